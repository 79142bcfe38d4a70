"""What a letter decides, who sends it, for which kind of plan, and who is said to have reviewed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from praxigen.errors import UsageError
from praxigen.letters.fields import spans, text_value
from praxigen.letters.people import doctor_in, person_in
from praxigen.letters.sender import (
    care_of,
    is_contractor,
    is_employees_plan,
    letterhead,
    reviews,
    signed_by,
    written_for,
)
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
# Who decided, before and after the name: "made by", "our medical director", "made this decision", "looked at your
# appeal".
_DECIDED = re.compile(
    r"\b(?:made|reviewed|rendered|decided|determined|issued|completed|reached|signed|looked at|performed|conducted"
    r"|denied|considered|evaluated)\b|\b(?:reviewer|reviewing|medical director|physician advisor|peer reviewer)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:(?:reviewed|decided|determined|made|rendered|issued|completed|denied|signed)\s+(?:electronically\s+)?by"
    r"|(?:reviewer|reviewing (?:physician|doctor)|medical director|physician advisor)\s+(?:was|is))[:,]?\s+",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:denied|denials?|denying|non-?\s?cert\w*|disapprov\w+|declin(?:ed|es|ing|e)|refus(?:ed|al)|disallow\w*"
    r"|adverse (?:benefit )?(?:determination|decision)|unfavorable|non-?affirm\w+"
    r"|(?:not|cannot be|can't be) (?:\w+ )?(?:approved|authorized|certified|covered|payable|allowed|affirmed|granted"
    r"|supported|recommended|medically necessary))\b",
    re.IGNORECASE,
)
# "This is not a denial", and the patient who denied a symptom.
_NO_DENIAL = re.compile(
    r"\b(?:(?:not|no|isn't)\s+(?:a|an)?|(?:patient|pt\.?|he|she|they)(?:\s+(?:also|further|has|had))?)\s*$",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"\b(?:appeals?|reconsider\w*|grievance|redetermination|dispute|hearing|peer[- ]to[- ]peer|authorization|claim"
    r"|member id|coverage|utilization|certification)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:is|are|was|were|be) (?:not (?:supported|approved|authorized|certified|medically necessary)|denied)\b",
    re.IGNORECASE,
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
            if outcome is Outcome.APPROVED and (against := _refused(letter)) is not None:
                return Outcome.DENIED_IN_PART, against
            if outcome is Outcome.DENIED and outcomes & {Outcome.APPROVED, Outcome.DENIED_IN_PART}:
                return Outcome.DENIED_IN_PART, quote
            return outcome, quote
    return _by_a_word(letter) if _RIGHTS.search(letter.text, letter.start) else (Outcome.UNCLEAR, None)


def _refused(letter: Letter) -> Quote | None:
    """A plain refusal in a letter that approves something else: another level of care, another number."""
    for sentence in letter.sentences:
        if sentence.zone != "rights" and not _CONDITIONAL.search(sentence.text) and _REFUSED.search(sentence.text):
            return letter.quote(sentence.start, sentence.end)
    return None


def _by_a_word(letter: Letter) -> tuple[Outcome, Quote | None]:
    """A denial by the bare words that name one, where no phrase tells the decision: first outside of what may be done.

    "Denied" under the head of a column, or "the reason for this denial", says what was decided as well.
    """
    for rights in (False, True):
        for sentence in letter.sentences:
            apart = (sentence.zone == "rights") is rights and not _CONDITIONAL.search(sentence.text)
            hit = _DENIAL.search(sentence.text) if apart else None
            if hit is not None and not _NO_DENIAL.search(sentence.text[: hit.start()]):
                return Outcome.DENIED, letter.quote(sentence.start, sentence.end)
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
    names = _known_payers(letter, library)
    head, contractor = _head_company(letter, names), is_contractor(letter)
    other = written_for(letter)
    if other is not None and is_employees_plan(other.value):
        other = None
    payer = _labelled_payer(letter, names) or other
    administrator = _administrator(letter)
    if head is not None and administrator is None and head.value != (payer.value if payer else ""):
        acts = contractor or reviews(head.value) or other is not None
        administrator = head if acts else None
    if payer is None and head is not None and head is not administrator:
        same = administrator is not None and head.value.lower().startswith(administrator.value.lower())
        payer = None if same else head
    if payer is None and not contractor:
        payer = _first(letter, names, letter.start) or _kind_of_company(letter)
    administrator = administrator or care_of(letter)
    if payer is not None and administrator is not None and payer.value.lower() == administrator.value.lower():
        administrator = None
    payer = payer or (None if contractor else signed_by(letter)) or text_value(letter, "plan_name")
    if payer is None and administrator is not None:
        return None, "medicare" if contractor else None, administrator
    return payer, payer_id(payer, library), administrator


def _labelled_payer(letter: Letter, names: tuple[str, ...]) -> Stated | None:
    """The payer behind a label, or the known one on whose behalf the letter is written."""
    labelled = text_value(letter, "payer")
    if labelled is None:
        for match in _BEHALF.finditer(letter.text, letter.start):
            labelled = labelled or _at(letter, names, match.end())
    return labelled


def _head_company(letter: Letter, names: tuple[str, ...]) -> Stated | None:
    """The company at the head; a known payer in its name, or before it, counts as that payer."""
    head = letterhead(letter)
    known = _first(letter, names, letter.start) if head is not None else None
    if head is None or known is None:
        return head
    within = head.quote.start <= known.quote.start and known.quote.end <= head.quote.end
    if known.quote.start < head.quote.start or (within and not _more_than(head.value, known.value)):
        return known
    return head


def _kind_of_company(letter: Letter) -> Stated | None:
    """A line of the head that ends as the names of insurers do."""
    found = _LETTERHEAD.search(letter.text, letter.start, min(letter.start + _HEAD, letter.end))
    if found is None:
        return None
    return Stated(" ".join(found["name"].split()), letter.quote(found.start("name"), found.end("name")))


def _more_than(name: str, known: str) -> bool:
    """Whether a name says more than the known one in it: "Magnolia State Health Partners" is not HealthPartners."""
    return name.lower().find(known.lower()) > 0


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
    """The words that offer a talk with a physician of the payer; None where the letter says that none is to be had."""
    if any(letter.phrases.says("peer_to_peer_over", sentence.text) for sentence in letter.sentences):
        return None
    for sentence in letter.sentences:
        says = letter.phrases.says
        if says("peer_to_peer", sentence.text) and not says("no_peer_to_peer", sentence.text):
            return letter.quote(sentence.start, sentence.end)
    return None


def reviewer_of(letter: Letter, provider: str = "") -> Reviewer | None:
    """Who is said to have decided; None where the letter does not say. The one who asked did not decide."""
    for sentence in letter.sentences:
        if letter.phrases.says("no_human_review", sentence.text):
            return Reviewer(human=False, quote=letter.quote(sentence.start, sentence.end))
    for start, end in spans(letter, "reviewer"):
        made = _reviewer(letter, start, end)
        if made is not None and (made.name or made.specialty):
            return made
    told: Reviewer | None = None
    for sentence in letter.sentences:
        named = person_in(letter.text, sentence.start, sentence.end)
        told_by = named is not None and _DECIDED.search(sentence.text) and not _asked(letter, named["name"])
        if (letter.phrases.says("human_review", sentence.text) or told_by) and _past(sentence):
            made = _reviewer(letter, sentence.start, sentence.end)
            if made is not None and made.name and not _is(made.name, provider):
                return made
            told = told or (made if made is not None and not made.name else None)
    if (by_name := _by_name(letter, provider)) is not None:
        return by_name
    signed = _signature(letter)
    if told is not None and signed is not None and not told.name:
        return Reviewer(True, told.quote, signed.name, signed.credentials, told.specialty or signed.specialty)
    return told or signed


def _by_name(letter: Letter, provider: str) -> Reviewer | None:
    """A person right behind the words that somebody decided, wherever an initial may seem to end the sentence."""
    for match in _BY.finditer(letter.text, letter.start):
        stop = min(match.end() + 60, letter.end)
        named = person_in(letter.text, match.end(), stop) or doctor_in(letter.text, match.end(), stop)
        if named is None or named.start() > match.end() + 12 or _is(named["name"], provider):
            continue
        end = re.compile(r"\.(?=\s)|\n[ \t]*\n").search(letter.text, named.end(), min(named.end() + 90, letter.end))
        return _reviewer(letter, match.start(), end.start() if end else named.end())
    return None


def _is(name: str, provider: str) -> bool:
    """Whether a name is the provider's: the last words agree."""
    words = re.findall(r"[\w'-]{3,}", provider.lower())
    return bool(words) and name.lower().split()[-1] in words


def _asked(letter: Letter, name: str) -> bool:
    """Whether the letter names a person as the one who asked."""
    return (
        re.search(rf"{re.escape(name)}[^.;]{{0,20}}\b(?:asked|requested|ordered|sent|submitted)\b", letter.text)
        is not None
    )


def _past(sentence: Sentence) -> bool:
    return not re.search(
        r"\b(?:will|may|can|must|has not|not) (?:be )?(?:review|decide|made|make)", sentence.text, re.IGNORECASE
    )


def _reviewer(letter: Letter, start: int, end: int) -> Reviewer | None:
    quote = letter.quote(start, end)
    if not quote.text:
        return None
    named = person_in(quote.text, 0, len(quote.text)) or doctor_in(quote.text, 0, len(quote.text))
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
        credentials=(named.groupdict().get("credentials") or "") if named else "",
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
        named = person_in(letter.text, first, match.end())
        if named is not None:
            line = letter.text.find("\n", match.end())
            return _reviewer(letter, named.start(), line if line >= 0 else letter.end)
    return None
