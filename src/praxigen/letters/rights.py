"""The time limits that a letter states, and where it says to write or call."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from praxigen.documents.dates import DAY, written_day
from praxigen.letters.view import Letter, Sentence
from praxigen.model.amount import Span, Unit
from praxigen.model.denial import Contact, StatedDeadline
from praxigen.reading.numbers import COUNT, read_number

_LENGTH = re.compile(
    rf"(?P<number>{COUNT})\s*(?:\((?P<digits>\d{{1,3}})\)\s*)?(?P<days>calendar|business|working)?[\s-]*"
    r"(?P<unit>hours?|days?|weeks?|months?|years?)\b"
    r"(?:\s+(?:of|from|after|following|beginning on)\s+(?:when\s+)?"
    r"(?P<event>[^.;,()\n]{3,70}(?:\n[^.;,()\n]{3,70})?))?",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"\b(?:by|before|no later than|on or before|until|through)\s+(?:\w+day,\s+)?(?P<day>{DAY})", re.IGNORECASE
)
_EVENT_ENDS = re.compile(r"\s+(?:to|and|or|in|by|at|unless|for|we|if|with)\b.*", re.IGNORECASE | re.DOTALL)
_PHONE = re.compile(r"(?<![\w-])(?:1[-. ])?\(?[2-9]\d{2}\)?[-. ]\s?\d{3}[-. ]\d{4}(?![\w-])")
_ADDRESS = re.compile(
    r"(?:P\.?\s?O\.?\s+(?i:box)\s+\d+|\d{1,5}\s+[A-Z][\w.]*(?:\s+[A-Z][\w.]*){0,4})(?:,\s*|\s+|\n\s*)"
    r"(?:(?:Suite|Ste\.?|Floor|Fl\.?|Room|Unit|Dept\.?|Mail Stop)\s+[\w-]+(?:,\s*|\s+))?"
    r"[A-Z][A-Za-z. ]+?,?\s+[A-Z]{2},?\s+\d{5}(?:-\d{4})?"
)
_NEARBY = 220
_HELP = re.compile(
    r"\b(?:language|translat\w+|tty|braille|large print|(?:get(?:ting)? )?help(?:line| ?desk)?(?: (?:&"
    r"|and) more information)?|questions?|interpreters?"
    r"|member services|complain(?:ts?)?|espa\w+)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(r"(?im)^[ \t]*(?:dear\b|to whom it may concern)")
_PORTAL = re.compile(
    r"(?<![\w@./])(?:(?:https?://|www\.)[^\s,;()<>]+[\w/]"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|example)/[\w/-]*\w)"
)
# To whom an address belongs: "write to Anthem Provider Appeals, P.O. Box 1".
_TO = re.compile(
    r"(?:\b(?i:to|at|mail)\b:?|:|[a-z\d][.!?])\s+(?P<who>(?!(?:Write|Mail|Send|Fax|Call|Or|By|Address)\b)[A-Z]"
    r"(?:[\w&'\u2019-]|\.(?=\w)|,?\s+(?=[A-Z(&]|of\b|and\b|for\b|the\b)|: (?=[A-Z])){3,110}),?\s*$"
)
_FILES = re.compile(
    r"\b(?:file|request|ask for|asks? for|submit|send|make|start|begin)\s+(?:an?|the|your|this"
    r"|any)?\s*(?:[\w-]+\s+){0,2}?"
    r"(?:appeal|reconsideration|grievance)\b",
    re.IGNORECASE,
)
_BEFORE_APPEAL = ("continuation", "expedited_appeal", "external_review", "fair_hearing", "peer_to_peer")
_WAITS = re.compile(
    r"\b(?:must (?:have|receive|get|reach)|need|needed|send|reply|respond|answer|due|return)\b", re.IGNORECASE
)
# What stands between two ways to reach the same desk: "Rochester, NY 14604, fax 585-555-0151".
_SAME_DESK = re.compile(
    r"[\s,;.(]*(?:or|and)?\s*(?:by|you (?:may|can))?\s*(?:toll[- ]free|fax(?:ed)?(?: it)?(?: to)?|phone"
    r"|telephone|tel|call|online|at|e-?mail)*"
    r"(?:\s+at|\s+to)?[\s:.(]*",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:do so|(?:this|that|your|the) (?:request|application|form)|(?:it|they) must)\b", re.IGNORECASE
)
_IN_HEAD = re.compile(r"(?i)\b(?:from|to|via fax|attn|attention|return fax|tel|fax|phone)\b")
_TRANSMITS = re.compile(r"(?i)[ \t]*(?:(?:from|to|attention|attn)[ ]?:|via fax|return fax)")
_TITLE = 6  # words of a title at the head of an entry of a list: "State Fair Hearing."


def deadlines_of(letter: Letter, *, pended: bool = False) -> tuple[StatedDeadline, ...]:
    """Every limit that the letter states for what the practice or the patient may do; `pended` where it waits."""
    found: dict[tuple[str, int], StatedDeadline] = {}
    for sentence in letter.sentences:
        said = remedy_of(letter, sentence)
        if not said and pended and _WAITS.search(sentence.text):
            said = "information"
        waited = said == "information" and pended
        if not said or (not waited and letter.phrases.says("payer_acts", sentence.text)):
            continue
        for limit in _limits(letter, sentence, said):
            found.setdefault((limit.remedy, limit.quote.start), limit)
    kept: dict[tuple[object, ...], StatedDeadline] = {}
    for limit in found.values():
        kept.setdefault((limit.remedy, limit.within, limit.by, limit.counted_from), limit)
    return tuple(kept.values())


def remedy_of(letter: Letter, sentence: Sentence) -> str:
    """Which right a sentence speaks of; empty where it speaks of none."""
    before = _sentence_before(letter, sentence)
    titled = before is not None and len(before.text.split()) <= (_TITLE if before.bullet else 3) and not sentence.bullet
    if before is not None and titled and (title := _spoken_of(letter, before.text)):
        return title
    if own := _spoken_of(letter, sentence.text):
        return own
    again = before is not None and (before.text.endswith("?") or _AGAIN.search(sentence.text) is not None)
    if before is not None and again and (same := _spoken_of(letter, before.text)):
        return same
    if sentence.zone == "rights":
        # "You must file within 180 days" under the heading "How to appeal".
        stretch = letter.text[max(letter.start, sentence.start - _NEARBY) : sentence.start]
        last = [
            (match.end(), remedy)
            for remedy, pattern in letter.phrases.remedies.items()
            for match in pattern.finditer(stretch)
        ]
        return max(last)[1] if last else ""
    return ""


def _spoken_of(letter: Letter, text: str) -> str:
    if _FILES.search(text) and not any(letter.phrases.remedies[name].search(text) for name in _BEFORE_APPEAL):
        return "appeal"  # records may come with it: "may request an appeal with additional records"
    return next((remedy for remedy, pattern in letter.phrases.remedies.items() if pattern.search(text)), "")


def _sentence_before(letter: Letter, sentence: Sentence) -> Sentence | None:
    """The sentence before it in the same paragraph."""
    at = bisect_left([each.start for each in letter.sentences], sentence.start)
    before = letter.sentences[at - 1] if at else None
    if before is None or re.search(r"\n[ \t]*\n", letter.text[before.end : sentence.start]):
        return None
    return before


def _limits(letter: Letter, sentence: Sentence, remedy: str) -> Iterator[StatedDeadline]:
    text = letter.text[sentence.start : sentence.end]
    quote = letter.quote(sentence.start, sentence.end)
    by = _BY.search(text)
    day = written_day(" ".join(by["day"].split())) if by else None
    for match in _LENGTH.finditer(text):
        if re.search(
            r"\b(?:a|per|each|every|hours?|24|waiting|least|for)\W*$",
            text[max(0, match.start() - 9) : match.start()],
            re.IGNORECASE,
        ):
            continue  # "24 hours a day, 7 days a week"
        if re.match(r"\s*(?:(?:a|per) (?:day|week)|,\s*(?:7|seven) days)\b", text[match.end() :], re.IGNORECASE):
            continue
        number = read_number(match["digits"] or match["number"])
        if number is None or number < 1:
            continue
        event = _EVENT_ENDS.sub("", " ".join((match["event"] or "").split()))
        unit = Unit(match["unit"].lower().rstrip("s"))
        yield StatedDeadline(
            remedy, quote, Span(number, unit), event, (match["days"] or "").lower() in ("business", "working"), day
        )
        return
    if day is not None:
        yield StatedDeadline(remedy, quote, by=day)


def contacts_of(letter: Letter, *, pended: bool = False) -> tuple[Contact, ...]:
    """Telephone, fax, address and portal, each with the right that it is for; lines for general help are left out."""
    found: dict[tuple[str, str], Contact] = {}
    matches = sorted(
        (
            (kind, match)
            for kind, pattern in (("phone", _PHONE), ("address", _ADDRESS), ("portal", _PORTAL))
            for match in pattern.finditer(letter.text, letter.start)
        ),
        key=lambda each: each[1].start(),
    )
    greeting = _GREETING.search(letter.text, letter.start)
    head = greeting.start() if greeting else letter.start
    last, said = letter.start, ""
    for kind, match in matches:
        begin = match.start()
        line = _line_before(letter, begin)
        if _TRANSMITS.match(line) or (begin < head and (kind == "address" or _IN_HEAD.search(line))):
            continue  # the sender's or the reader's own
        before = letter.text[max(letter.start, begin - _NEARBY) : begin]
        to = _TO.search(letter.text, max(letter.start, begin - 130), begin) if kind == "address" else None
        remedy = said if said and _SAME_DESK.fullmatch(letter.text, last, begin) and last > letter.start else ""
        announced = to is not None and re.search(r":\s*\n\s*$", letter.text[: to.start("who")]) is not None
        for at in (to.start("who"), begin) if to and announced else (begin,):
            remedy = remedy or _contact_for(letter, at, max(last, begin - _NEARBY), named=at < begin)
        last = match.end()
        if not remedy and pended and kind in ("phone", "fax") and not _HELP.search(_line_before(letter, begin)):
            remedy = "information" if begin > head else ""
        said = remedy
        if not remedy:
            continue
        if kind == "phone" and re.search(r"\bfax\b[^\d]{0,20}$", before, re.IGNORECASE):
            kind = "fax"
        if to is not None:
            begin = to.start("who")
        quote = letter.quote(begin, match.end())
        value = " ".join(quote.text.split())
        found.setdefault((kind, value), Contact(kind, value, remedy, quote))
    return tuple(sorted(found.values(), key=lambda contact: contact.quote.start))


def _only_one(letter: Letter, sentence: Sentence) -> bool:
    """Whether a sentence names a single way to reach somebody."""
    text = letter.text[sentence.start : sentence.end]
    return sum(len(pattern.findall(text)) for pattern in (_PHONE, _ADDRESS, _PORTAL)) == 1


def _line_before(letter: Letter, at: int) -> str:
    return letter.text[letter.text.rfind("\n", 0, at) + 1 : at]


def _contact_for(letter: Letter, at: int, since: int, *, named: bool = False) -> str:
    """What a contact is for, by the words right before it, else of its sentence, else of what stands before.

    Empty where those speak of no right, or of help in general. Behind `named` stands the name of an office, which
    says nothing of its own: external reviewers are called "Appeals", too.
    """
    column = max(letter.text.rfind(mark, since, at) for mark in ("\n", "   "))
    own = next((each for each in letter.sentences if each.start <= at < each.end), None)
    begun = max(since, own.start) if own else since
    alone = own is not None and not named and _only_one(letter, own) and not _HELP.search(own.text)
    if own is not None and alone and (said := _spoken_of(letter, own.text)):
        return said
    beginnings = [max(begun, column), begun]
    for begin in beginnings:
        words = letter.text[begin:at]
        if _HELP.search(words):
            return ""
        if said := _spoken_of(letter, words):
            return said
    if own is not None and not named:
        rest = re.split(r"[ ]{3,}|\n[ \t]*(?=[-*\u2022A-Z]|\n)", letter.text[at : own.end], maxsplit=1)[0]
        if said := _spoken_of(letter, rest):
            return said
    near = [each for each in letter.sentences if at - _NEARBY <= each.end <= at]
    hits = [(0, "")]
    for each in near:
        hits += [(each.end, said) for said in (_spoken_of(letter, each.text),) if said]
    covered = max(hits)[0]
    stretch = max(letter.start, covered, at - _NEARBY)
    for remedy, pattern in letter.phrases.remedies.items():
        hits += [(match.end(), remedy) for match in pattern.finditer(letter.text, stretch, at)]
    if (helps := [match.end() for match in _HELP.finditer(letter.text, stretch, at)]) and max(helps) >= max(hits)[0]:
        return ""
    return max(hits)[1]
