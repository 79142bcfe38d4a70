"""The policies that a letter says it rests on, and which of the library's guidelines they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.documents.dates import DAY, written_day
from praxigen.letters.view import Letter
from praxigen.library import Library
from praxigen.library.index import FileKind
from praxigen.model.denial import CitedPolicy

# The shapes of policy numbers: eviCore CMM, Aetna CPB, Medicare LCD and NCD, Carelon MSK, UnitedHealthcare, Centene.
_NUMBER = re.compile(
    r"\b(?:CMM[- ]?\d{3}|CPB[- #]*\d{4}|(?:LCD[ ]*\(?)?L\d{5}|"
    r"(?:NCD|National\s+Coverage\s+Determination)[ (]*\d{2,3}(?:\.\d{1,2}){1,3}"
    r"|MSK\d{2}(?:-\d{4}(?:\.\d)?)?|20\d{2}T\d{4}[A-Z]{0,3}|CP\.MP\.\d{2,3}|HUM-\d{4}(?:-\d{3})?|OR-\d{4}"
    r"|(?:MM|MP|CG-SURG|SURG|MED|CG)[- .]\d{2,3}(?:\.\d+)*)(?!\w)"
)
# A number of another shape counts where it follows the name of a kind of policy, perhaps behind its title.
_ANY_NUMBER = re.compile(
    r"\b(?i:polic(?:y|ies)|guidelines?|bulletin|manual|criteria|standards?|protocol|determination"
    r"|article)\b(?:\s+(?i:number|no\.|manual|bulletin))?"
    r"(?:[,:]?\s+(?:\"[^\"]{4,90}\",?|(?:for\s+)?(?:[A-Z][\w/&-]*[a-z]\s+|and\s+|of\s+){1,8}))?[\s,(#]*"
    r"(?P<number>(?!20\d\d\b|V\d)(?:[A-Z]{3,10}[ ])?(?:[A-Z]{1,6}(?:[-.][A-Z]{1,4}){0,2}[-.]?\d[\w.-]*\w"
    r"|\d{3,5}-\d{2,3}|0\d{2,5}(?!\.\d)|(?<=[#.] )\d{3,6}(?!\.\d)"
    r"|\d{1,4}\.\d{1,3}(?:\.\d{1,3})?(?:-[A-Z])?))(?![\w/])"
)
_EDITION = re.compile(
    r"\b(?:V\d+(?:\.\d+)+|20\d\d(?=[ ]+edition)|version\s+[\w.]*\d[\w.]*|(?:revision|rev\.|edition|R)\s*\d+)(?!\w)",
    re.IGNORECASE,
)
_EFFECTIVE = re.compile(
    rf"\b(?:effective|dated|in effect)(?:\s+date)?\s*(?:of|on|from|since|:)?\s*(?P<day>{DAY})", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:(?:[A-Z][\w/&'\u2019-]*|of|and|for|the)\s+){0,8}"
    r"(?:Medical Treatment Guidelines?|Guidelines?|Medical Policy|Clinical Policy|Coverage Policy|Policy Bulletin"
    r"|Coverage Determination|Treatment Guidelines?|InterQual|MCG|Summary\s+Plan\s+Description|Evidence\s+of\s+Coverage"
    r"|Certificate\s+of\s+Coverage)(?!\w)(?:,?[ ]+(?:Rule|Chapter|Section|Exhibit|Part|Title|Appendix)[ ]+[\w.]*\w)*"
)
# Criteria that are sold: cited by name and year, beside a payer's own policy.
_SOLD = re.compile(
    r"\b(?P<name>InterQual|MCG|ODG|Official\s+Disability\s+Guidelines)\b[\u00ae]?"
    r"(?:[^.;:]{0,90}?\b(?P<year>20\d{2})\b(?!-))?"
)
_YEAR = re.compile(r"[,(\s]{1,3}(?P<year>20\d{2})\b(?!-\d\d-\d\d)")
# UnitedHealthcare's numbers hold the year and the issue of the edition: 2026T0567Z is an edition of T0567.
_YEARLY = re.compile(r"^20\d{2}(t\d{4})[a-z]*$", re.IGNORECASE)
_REACH = 160


def cited_policies(letter: Letter, library: Library) -> tuple[CitedPolicy, ...]:
    """Every policy with a number; where there is none, one that is only named."""
    found: dict[str, CitedPolicy] = {}
    for match in _NUMBER.finditer(letter.text, letter.start):
        number = " ".join(match[0].split()).replace("(", "").strip()
        number = re.sub(r"(?i)^national coverage determination", "NCD", number)
        policy = _policy(letter, match.start(), match.end(), number, library)
        old = found.get(_slug(number))
        if old is None or (policy.edition and not old.edition) or (policy.effective and not old.effective):
            found[_slug(number)] = policy
    for match in _ANY_NUMBER.finditer(letter.text, letter.start):
        begin, end = match.span("number")
        if letter.zone_at(begin) == "rights" or any(
            each.quote.start < end and begin < each.quote.end for each in found.values()
        ):
            continue
        number = " ".join(match["number"].split())
        found.setdefault(_slug(number), _policy(letter, begin, end, number, library))
    named = tuple(found.values()) or tuple(_named(letter))
    return (*named, *_sold(letter, named))


def _sold(letter: Letter, named: tuple[CitedPolicy, ...]) -> Iterator[CitedPolicy]:
    cited = [
        CitedPolicy(" ".join(match["name"].split()), letter.quote(*match.span()), edition=match["year"] or "")
        for match in _SOLD.finditer(letter.text, letter.start)
        if letter.zone_at(match.start()) != "rights" and not any(match["name"] in each.title for each in named)
    ]
    yield from sorted(cited, key=lambda each: not each.edition)[:1]


def guideline_of(number: str, library: Library) -> str | None:
    """The library's id of a policy number; None where it has no such guideline, or more than one."""
    slug = _slug(number)
    ids = {file.id for file in library.index if file.kind is FileKind.GUIDELINE}
    fitting = sorted(each for each in ids if _slug(each.partition(".")[2]) == slug)
    if len(fitting) == 1:
        return fitting[0]
    from praxigen.datafiles import MapNode, TextNode
    from praxigen.library.loading import parse

    # A file may be named by its subject and cite its number in its main source.
    likely = [
        file for file in library.index if file.kind is FileKind.GUIDELINE and file.mentions(_YEARLY.sub(r"\1", number))
    ]
    held = []
    for file in likely:
        root = parse(file)[0]
        sources = root.get("sources") if isinstance(root, MapNode) else None
        main = root.get("main_source") if isinstance(root, MapNode) else None
        source = sources.get(main.text) if isinstance(sources, MapNode) and isinstance(main, TextNode) else None
        cited = source.get("number") if isinstance(source, MapNode) else None
        if isinstance(cited, TextNode) and _slug(cited.text) == slug:
            held.append(file.id)
    return held[0] if len(set(held)) == 1 else None


def _slug(number: str) -> str:
    plain = re.sub(r"[^a-z0-9]", "", number.lower()).removeprefix("lcd")
    return _YEARLY.sub(r"\1", plain)


def _policy(letter: Letter, start: int, end: int, number: str, library: Library) -> CitedPolicy:
    stop = min(
        [letter.text.find(mark, end) for mark in (";", "\n\n") if letter.text.find(mark, end) >= 0]
        + [end + _REACH, letter.end]
    )
    following = _NUMBER.search(letter.text, end, stop)
    stop = following.start() if following else stop
    sentence = re.search(r"\.(?=\s+[A-Z])|\.\s*$", letter.text[end:stop])
    stop = end + sentence.start() if sentence else stop
    edition = _EDITION.search(letter.text, end, stop)
    effective = _EFFECTIVE.search(letter.text, end, stop)
    last = max([end, *(match.end() for match in (edition, effective) if match)])
    guideline = guideline_of(number, library)
    return CitedPolicy(
        title=library.edition(guideline).load().title if guideline else "",
        quote=letter.quote(start, last),
        number=number,
        edition=edition[0] if edition else number if _YEARLY.match(number) else "",
        effective=written_day(" ".join(effective["day"].split())) if effective else None,
        guideline=guideline,
    )


def _is_policy(name: str) -> bool:
    """Whether words name a policy, and not only say that there is one."""
    return "Official Disability" not in name and (len(name.split()) > 1 or _SOLD.match(name) is not None)


def _named(letter: Letter) -> Iterator[CitedPolicy]:
    for sentence in letter.sentences:
        if sentence.zone == "rights":
            continue
        match = next(
            (each for each in _NAMED.finditer(letter.text, sentence.start, sentence.end) if _is_policy(each[0])), None
        )
        if match is None:
            continue
        words = re.sub(r"^(?:the|of|and|for|our|under)\s+", "", " ".join(match[0].split()), flags=re.IGNORECASE)
        begin = match.end() - len(match[0].lstrip())
        effective = _EFFECTIVE.search(letter.text, match.end(), sentence.end)
        year = _YEAR.match(letter.text, match.end())
        yield CitedPolicy(
            words,
            letter.quote(begin, effective.end() if effective else year.end("year") if year else match.end()),
            edition=year["year"] if year else "",
            effective=written_day(" ".join(effective["day"].split())) if effective else None,
        )
        return
