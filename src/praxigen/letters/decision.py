"""What a letter decides, who sends it, for which kind of plan, and who is said to have reviewed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from praxigen.errors import UsageError
from praxigen.letters.fields import label, text_value, values
from praxigen.letters.view import Letter, Sentence
from praxigen.library import Library
from praxigen.model.denial import Outcome, Reviewer, Stated, StatedCode
from praxigen.model.document import Quote

# A sentence that says what would happen, not what did.
_CONDITIONAL = re.compile(
    r"^(?:if|when|should|unless|in case)\b|\b(?:if (?:you|we|your|the)|may be|might be|could be)\b"
    r"|^you (?:may|can|have|must)\b",
    re.IGNORECASE,
)
_CREDENTIALS = r"(?:M\.?D\.?|D\.?O\.?|R\.?N\.?|PharmD|D\.?C\.?|MPH|PT|DPT)"
_WORD = r"[A-Z][\w'\u2019-]+"
_NAMED = re.compile(
    r"(?P<name>(?!Physician\b|Carrier|Reviewed|Reviewer)(?:Dr\.[ ]+)?"
    rf"{_WORD}(?:[ ]+[A-Z]\.?)?(?:[ ]+{_WORD}){{1,2}})[ ]*,?\s+"
    rf"(?P<credentials>{_CREDENTIALS}(?:,?[ ]+{_CREDENTIALS})*)(?![\w])"
)
_DOCTOR = re.compile(rf"(?P<name>Dr\.[ ]+{_WORD}(?:[ ]+[A-Z]\.)?(?:[ ]+{_WORD}){{1,2}})(?P<credentials>)")
_BY_NAME = re.compile(
    r"\b(?i:made|reviewed|rendered|decided|determined|issued|completed)\b.{0,30}(?:by|:)\s+(?:an? [\w ]{3,40}?,? )?"
    + _NAMED.pattern
)
_LETTERHEAD = re.compile(
    r"(?m)^[ \t]*(?P<name>[A-Z][\w&.'\u2019-]*(?:[ ]+(?:of|and|the|&|[A-Z][\w&.'\u2019-]*)){0,6}[ ]+"
    r"(?i:Health Plans?|Insurance Company|Insurance Group|Insurance Fund|Insurance|Healthcare|HealthCare|Health"
    r"|Mutual|Casualty|Indemnity|Benefit Fund|Administrators|Health Insurance|Managed Care|Community Plan)"
    r"(?:,? Inc\.?)?)[ \t]*(?:$|[-\u2013|])"
)
_BLUE = re.compile(r"blue\s*cross(?:\s+(?:and|&))?\s+blue\s*shield", re.IGNORECASE)
_HEAD = 2500  # characters in which a letter names its sender
_AUTHOR = re.compile(
    r"(?:'s|\u2019s)?\s+(?:[A-Z][\w-]*\s+){0,3}?(?:guidelines?|criteria|polic(?:y|ies)|CMM-?\s?\d)", re.IGNORECASE
)
_BEHALF = re.compile(
    r"\b(?:on behalf of|administered for|for members of|reviews? .{0,60}? for)\s+(?:your health plan,?\s+)?",
    re.IGNORECASE,
)


def outcome_of(letter: Letter, codes: Iterable[StatedCode]) -> tuple[Outcome, Quote | None]:
    """What was decided, and the words that say so."""
    said = list(_decisions(letter))
    outcomes = {code.outcome for code in codes if code.outcome is not None}
    for outcome, pattern in letter.phrases.outcomes:
        found = [(start + hit.start(), start + hit.end()) for start, text in said if (hit := pattern.search(text))]
        if found:
            quotes = [_around(letter, *place) for place in found]
            quote = next((each for each in quotes if each.text.endswith(".")), quotes[0])  # a sentence before a title
            if outcome is Outcome.DENIED and outcomes & {Outcome.APPROVED, Outcome.DENIED_IN_PART}:
                return Outcome.DENIED_IN_PART, quote
            return outcome, quote
    return Outcome.UNCLEAR, None


def _decisions(letter: Letter) -> Iterator[tuple[int, str]]:
    """The stretches that may tell a decision: what is neither a right nor a condition, and the lines of the head."""
    for sentence in letter.sentences:
        if sentence.zone != "rights" and not _CONDITIONAL.search(sentence.text):
            yield sentence.start, letter.text[sentence.start : sentence.end]
    for line in re.finditer(r"[^\n]+", letter.text[letter.start :]):
        start = letter.start + line.start()
        if letter.zone_at(start) != "rights" and len(line[0].strip()) < 90 and not _CONDITIONAL.search(line[0].strip()):
            yield start, line[0]


def _around(letter: Letter, start: int, end: int) -> Quote:
    """The whole sentence, or line, that holds the words."""
    for sentence in letter.sentences:
        if sentence.start <= start and end <= sentence.end:
            return letter.quote(sentence.start, sentence.end)
    first = letter.text.rfind("\n", 0, start) + 1
    last = letter.text.find("\n", end)
    return letter.quote(first, last if last >= 0 else letter.end)


def payer_of(letter: Letter, library: Library) -> tuple[Stated | None, str | None, Stated | None]:
    """The payer as the letter names it, its id in the library, and the company that reviews for it."""
    administrator = _administrator(letter)
    names = _known_payers(letter, library)
    payer = text_value(letter, "payer")
    if payer is None:
        for match in _BEHALF.finditer(letter.text, letter.start):
            payer = payer or _at(letter, names, match.end())
    payer = payer or _first(letter, names, letter.start)
    if payer is None:
        head = _LETTERHEAD.search(letter.text, letter.start, min(letter.start + _HEAD, letter.end))
        if head is not None:
            payer = Stated(" ".join(head["name"].split()), letter.quote(head.start("name"), head.end("name")))
    if payer is None and administrator is not None:
        return None, None, administrator
    return payer, payer_id(payer, library), administrator


def _administrator(letter: Letter) -> Stated | None:
    """The first company that reviews for payers, where it is not only named as the author of a guideline."""
    for match in _names(sorted(letter.phrases.administrators, key=lambda name: (-len(name), name))).finditer(
        letter.text, letter.start
    ):
        if letter.zone_at(match.start()) != "policy" and not _AUTHOR.match(letter.text, match.end()):
            return Stated(" ".join(match[0].split()), letter.quote(match.start(), match.end()))
    return None


def _known_payers(letter: Letter, library: Library) -> tuple[str, ...]:
    """Names long enough to mean nothing else, the longest first; reviewing companies are left out."""
    reviewing = {name.lower() for name in letter.phrases.administrators}
    known = list(letter.phrases.payers)
    for payer in library.payers():
        known += [name for name in (payer.name, *payer.also) if " " in name or name == payer.name]
    kept = {name for name in known if name.lower() not in reviewing and name not in ("Medicare", "Priority", "Clover")}
    return tuple(sorted(kept, key=lambda name: (-len(name), name)))


def _names(names: Iterable[str]) -> re.Pattern[str]:
    """The names as they are written, or in capitals as in a letterhead; "BlueCross" and "Blue Cross and" alike."""
    names = [form for name in names for form in dict.fromkeys((name, name.upper()))]
    state = r"(?:\s+of\s+(?:New\s+|North\s+|South\s+|West\s+)?[A-Z][a-z]+)?"  # "Wellcare of New Jersey"
    return re.compile(rf"(?<![\w-])(?:{'|'.join(_spelled(name) for name in names)})(?!\w){state}")


def _spelled(name: str) -> str:
    spelled = re.escape(name).replace("\\ ", r"\s+")
    blue = r"\g<1>\\s*\g<2>(?:\\s+(?i:and|&))?\\s+\g<3>\\s*\g<4>"
    return re.sub(r"(?i)(blue)\\s\+(cross)(?:\\s\+and)?\\s\+(blue)\\s\+(shield)", blue, spelled)


def _first(letter: Letter, names: tuple[str, ...], start: int) -> Stated | None:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    reviewing = [match.span() for match in _names(letter.phrases.administrators).finditer(letter.text, start)]
    for match in _names(ordered).finditer(letter.text, start):
        if not any(a <= match.start() and match.end() <= b for a, b in reviewing):
            return Stated(" ".join(match[0].split()), letter.quote(match.start(), match.end()))
    return None


def _at(letter: Letter, names: tuple[str, ...], start: int) -> Stated | None:
    match = _names(names).match(letter.text, start)
    return None if match is None else Stated(" ".join(match[0].split()), letter.quote(match.start(), match.end()))


def payer_id(payer: Stated | None, library: Library) -> str | None:
    """The library's id of a payer as an answer names it; None where the library does not know it."""
    if payer is None:
        return None
    words = _BLUE.sub("Blue Cross Blue Shield", payer.value).split()
    for number in range(len(words), 0, -1):  # "Braven Health Medicare Advantage" is Braven Health
        try:
            return library.payer(" ".join(words[:number])).id
        except UsageError:
            continue
    return None


def board_of(letter: Letter, library: Library) -> str | None:
    """The library's id of the state's workers' compensation whose board the letter names: its rules decide."""
    for payer in library.payers():
        if payer.plans == ("workers_comp",):
            state = re.escape(re.split(r"\s+(?:State\s+)?Workers", payer.name)[0])
            if re.search(rf"(?i)\b{state}\b[^.\n]{{0,20}}\bworkers['\u2019]?\s+comp", letter.text[letter.start :]):
                return payer.id
    return None


def first_kind(letter: Letter, kinds: Mapping[str, re.Pattern[str]]) -> tuple[str | None, Quote | None]:
    """The first of some kinds of which a phrase stands in the letter, and the words."""
    for name, pattern in kinds.items():
        match = pattern.search(letter.text, letter.start)
        if match is not None:
            return name, letter.quote(match.start(), match.end())
    return None, None


def peer_to_peer_of(letter: Letter) -> Quote | None:
    """The words that offer a talk with a physician of the payer."""
    for sentence in letter.sentences:
        says = letter.phrases.says
        if says("peer_to_peer", sentence.text) and not says("no_peer_to_peer", sentence.text):
            return letter.quote(sentence.start, sentence.end)
    return None


def reviewer_of(letter: Letter) -> Reviewer | None:
    """Who is said to have decided; None where the letter does not say."""
    for sentence in letter.sentences:
        if letter.phrases.says("no_human_review", sentence.text):
            return Reviewer(human=False, quote=letter.quote(sentence.start, sentence.end))
    for start, end in values(letter, label(letter, "reviewer").pattern):
        made = _reviewer(letter, start, end)
        if made is not None and (made.name or made.specialty):
            return made
    told: Reviewer | None = None
    for sentence in letter.sentences:
        if (letter.phrases.says("human_review", sentence.text) or _BY_NAME.search(sentence.text)) and _past(sentence):
            made = _reviewer(letter, sentence.start, sentence.end)
            if made is not None and made.name:
                return made
            told = told or made
    signed = _signature(letter)
    if told is not None and signed is not None and not told.name:
        return Reviewer(True, told.quote, signed.name, signed.credentials, told.specialty or signed.specialty)
    return told or signed


def _past(sentence: Sentence) -> bool:
    return not re.search(
        r"\b(?:will|may|can|must|has not|not) (?:be )?(?:review|decide|made|make)", sentence.text, re.IGNORECASE
    )


def _reviewer(letter: Letter, start: int, end: int) -> Reviewer | None:
    quote = letter.quote(start, end)
    if not quote.text:
        return None
    named = _NAMED.search(quote.text) or _DOCTOR.search(quote.text)
    specialty = _specialties(letter).search(quote.text)
    if specialty is None and (following := re.compile(r"[^\n]*\n[ \t]*(?P<line>[^\n]+)").match(letter.text, end)):
        alone = _specialties(letter).fullmatch(following["line"].strip())
        specialty = alone and _specialties(letter).search(following["line"])
        quote = letter.quote(start, following.end()) if alone else quote
    if specialty is None and (behind := re.compile(r"[.\s]*\((?P<words>[^()\n]{5,60})\)").match(letter.text, end)):
        specialty = _specialties(letter).fullmatch(behind["words"])
        quote = letter.quote(start, behind.end()) if specialty else quote
    return Reviewer(
        human=True,
        quote=quote,
        name=" ".join(named["name"].split()) if named else "",
        credentials=(named["credentials"] or "") if named else "",
        specialty=" ".join(specialty[0].split()) if specialty else "",
    )


def _specialties(letter: Letter) -> re.Pattern[str]:
    """One specialty, or two with "and" between."""
    one = letter.phrases.lists["specialties"].pattern
    return re.compile(rf"{one}(?:\s+and\s+{one})?", re.IGNORECASE)


def _signature(letter: Letter) -> Reviewer | None:
    """A physician who signs as the payer's medical director."""
    for match in re.finditer(
        r"(?i)\b(?:medical director|physician reviewer|physician advisor|plan physician)\b", letter.text
    ):
        if match.start() < letter.start or letter.zone_at(match.start()) == "":
            continue
        first = max(letter.text.rfind("\n", 0, letter.text.rfind("\n", 0, match.start())), letter.start)
        named = _NAMED.search(letter.text, first, match.end())
        if named is not None:
            line = letter.text.find("\n", match.end())
            return _reviewer(letter, named.start(), line if line >= 0 else letter.end)
    return None
