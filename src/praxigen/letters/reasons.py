"""The reasons that a letter states: which sentences they are, what each is about, and how exact it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from praxigen.letters.adjustments import ADJUSTMENT, NO_REFUSAL
from praxigen.letters.cells import columns
from praxigen.letters.families import field_of
from praxigen.letters.matching import words_of
from praxigen.letters.policy_words import concepts_in
from praxigen.letters.tables import categories, codes, phrases
from praxigen.letters.view import Letter, Sentence
from praxigen.model.denial import Category, Outcome, ReasonCode, StatedReason
from praxigen.model.document import Quote

_REMARK = re.compile(r"(?<![\w-])(?P<code>(?:N|M|MA)\d{1,3})(?![\w-])")
_CAUSE = re.compile(r"\b(?:because|due to|since|as the|reasons?|for lack of|based on the lack)\b", re.IGNORECASE)
CLAUSES = re.compile(
    r"(?:[.;]|,\s+(?:and|or|nor|but))\s+(?=(?:the|there|no|nor|that|your|you|it|this|also|we)\b)", re.IGNORECASE
)
# A sentence that goes on with the one before.
_GOES_ON = re.compile(r"(?:they|it|therefore|thus|hence|consequently|for (?:this|these) reasons?)\b", re.IGNORECASE)
_MAY = re.compile(
    r"\b(?:(?:appeals?|reconsideration|review|hearing|dispute|discussion|you|doctor|provider|peer)\s+(?:\w+\s+){0,3}?"
    r"(?:may|must|can|should)\b"
    r"|(?:may|must|can|should) be (?:requested|filed|asked|started|made|submitted|mailed|sent))"
)
_ANOTHER = re.compile(
    r"(?:(?:\w+ ){0,2}also|in addition|additionally|furthermore|moreover|further|finally|second|third|nor"
    r"|there (?:is|are|was|were) (?:also )?no)\b",
    re.IGNORECASE,
)
# "As a result the trial is not medically necessary": what follows from the reasons is none.
_FOLLOWS = re.compile(
    r"(?:as a result|therefore|thus|hence|accordingly|consequently|so|for (?:this|these|the above) reasons?"
    r"|based on (?:this|these|the above)|because of this)\b",
    re.IGNORECASE,
)
# "We could not approve the fusion because": the decision before its reason.
_DECISION_BEFORE = re.compile(
    r"^[^.;]{0,120}?\b(?:approve|authorize|certify|cover|deny|denied|denying|pay for)\b[^.;]{0,80}?\b(?:because"
    r"|since)\b\s*",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:as (?:that term is |)defined|definition of|is defined (?:as|in)|not a (?:ground|basis))\b", re.IGNORECASE
)
_ASKS_FOR = re.compile(
    r"\b(?:send|provide|submit|need|needed|missing|require[ds]?|supply|forward|following|include)\b", re.IGNORECASE
)
_NAMED_FACT = re.compile(r"(?P<label>[A-Z][\w /#.'()-]{1,40}):\s")
_LACKS = re.compile(r"\b(?:does|do|did|has|have|had|is|are|was|were|could|can)(?:n['\u2019]t|[ ]?not)\b", re.IGNORECASE)
# Words of any denial; what is left of a sentence without them says what is missing.
_GENERAL = frozenset(
    words_of(
        "necessity necessary medically appropriate support supported supporting need indicated determined"
        " submitted provided"
        " review reviewed reviewer plan coverage covered benefit approve approved deny denied determination"
        " decision health"
        " condition diagnosis evidence established establish demonstrate justify sufficient insufficient"
        " requested standard"
        " requirements time currently level setting case member's following able unable understand answer hoped"
        " used using"
        " further additional detail details specific find found was were our"
    )
)
_FEWEST_OF_ITS_OWN = 4
_ABSENT = re.compile(r"(?:there (?:is|was|are|were) )?(?:no|nothing|lack|missing|absent)\b", re.IGNORECASE)
_FEWEST_IN_ENTRY = 2  # an entry of the list of reasons is one by its place
_FEWEST_IN_ROW = 3
_ROW_CODE = re.compile(r"(?:\d{1,2}[ ]+)?(?:\d{4}[0-9TFU]|[A-Z]\d{4})\b")
_REFUSED_ROW = re.compile(
    r"(?i)(?:not (?:approved|covered|certified|authorized|affirmed)|non-?\s?(?:certified|affirmed|covered)"
    r"|denied|denial)"
)
# "The policy has no exception for that": it says nothing of the chart, and asks for nothing.
_NO_EXCEPTION = re.compile(
    r"^(?:the|this|our|your) (?:[\w-]+ ){0,2}(?:policy|plan|guideline|criteria|rules?) (?:has|have|makes?"
    r"|allows?|gives?|contains?) no\b",
    re.IGNORECASE,
)
_HOPED = re.compile(r"^we (?:understand|know|realize|recognize|regret|are sorry|apologize)\b", re.IGNORECASE)
_TURN = re.compile(r"(?:,\s*(?:and|but|yet|while)|;|\bbut\b|\bhowever\b)", re.IGNORECASE)
_CONDITIONAL = re.compile(r"^(?:if|when|unless)\b", re.IGNORECASE)
_MEASURED = re.compile(
    r"(?:\d|\b(?:one|two|three|four|six|eight|nine|twelve|eighteen))[\s-]+"
    r"(?:percent|weeks?|months?|years?|visits?|days?)\b|\d\s*%",
    re.IGNORECASE,
)
# Categories whose sentence names the fault by itself.
_VAGUE = frozenset(
    {Category.MEDICAL_NECESSITY, Category.PA_DENIED, Category.DOCUMENTATION, Category.OTHER, Category.PENDED}
)
_CLINICAL = frozenset({Category.MEDICAL_NECESSITY, Category.PA_DENIED})
_AUTHORIZATION = frozenset({Category.AUTH_MISSING, Category.AUTH_EXCEEDED, Category.AUTH_MISMATCH, Category.AUTH_LATE})
_HAS_REASONS = frozenset({Outcome.DENIED, Outcome.DENIED_IN_PART, Outcome.UPHELD, Outcome.PENDED, Outcome.REJECTED})


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence that gives a reason, or several that give one together."""

    start: int
    end: int
    category: Category
    specific: bool
    unmet: bool
    concepts: frozenset[str]
    lacking: bool = False  # whether a sentence of it says what is not shown
    asked: bool = False  # whether it begins with what a policy asks, so that what the chart tells belongs to it


def letter_reasons(letter: Letter, outcome: Outcome, *, cites: bool) -> tuple[StatedReason, ...]:
    """Every stated reason in order. `cites` says whether the letter names a policy anywhere."""
    if outcome not in _HAS_REASONS:
        return ()
    coded = [*_coded(letter, cites), *_beside_codes(letter, cites)]
    lines = [(reason.quote.start, reason.quote.end) for reason in coded]
    every = _sentences(letter)
    if not coded and not any(each.specific for each in every):
        every = _sentences(letter, anywhere=True) or every
    found = [each for each in every if not any(a <= each.start < b for a, b in lines)]
    if any(each.specific for each in found):
        # The conclusion ("not medically necessary") is no reason of its own beside what it rests on.
        found = [each for each in found if each.specific or each.category not in _CLINICAL]
    elif len([each for each in found if each.category in _CLINICAL]) > 1:
        first = next(each for each in found if each.category in _CLINICAL)
        found = [each for each in found if each is first or each.category not in _CLINICAL]
    made = [
        make_reason(letter.quote(each.start, each.end), each.category, specific=each.specific, cites=cites)
        for each in found
    ]
    if outcome is Outcome.PENDED and not made:
        made = list(_asked_for(letter))
    if outcome is Outcome.PENDED:
        made = [replace_category(reason, Category.PENDED) for reason in made]
    if outcome is Outcome.REJECTED:
        made = [replace_category(reason, Category.REJECTED_TECHNICAL) for reason in made]
    return tuple(sorted([*coded, *made], key=lambda reason: reason.quote.start))


def _asked_for(letter: Letter) -> Iterator[StatedReason]:
    """What a letter that waits asks for, entry by entry."""
    for sentence in letter.sentences:
        lead = letter.sentences[sentence.lead] if sentence.lead is not None else None
        if lead is not None and sentence.bullet and _ASKS_FOR.search(lead.text):
            quote = letter.quote(sentence.start, sentence.end)
            yield make_reason(quote, Category.PENDED, specific=True, cites=False)


def make_reason(
    quote: Quote, category: Category, *, specific: bool, cites: bool, reason_codes: Iterable[ReasonCode] = ()
) -> StatedReason:
    """A reason with what its category says of it."""
    entry = categories()[category]
    return StatedReason(
        quote, category, entry.remedy, entry.appealable, entry.correctable, specific, cites, tuple(reason_codes)
    )


def replace_category(reason: StatedReason, category: Category) -> StatedReason:
    """The same reason as one of another category."""
    made = make_reason(reason.quote, category, specific=reason.specific, cites=reason.criteria_cited)
    return replace(made, codes=reason.codes, alignments=reason.alignments)


def coded_category(reason_codes: Iterable[ReasonCode]) -> Category:
    """The category of the first code that has one; the remark may be more exact than the adjustment."""
    table = codes()
    known = [entry.category for code in reason_codes if (entry := table.get((code.system, code.code))) is not None]
    return next((category for category in known if category is not None), Category.OTHER)


def category_of(text: str) -> Category:
    """What a free sentence is about; medical necessity where it only says that something is not shown."""
    table = phrases()
    named = next((category for category, said in table.categories.items() if said.search(text)), None)
    return named or (Category.MEDICAL_NECESSITY if table.says("unmet", text) else Category.OTHER)


def code_label(system: str, code: str) -> str:
    """What a code stands for in our words; empty where praxigen does not know it."""
    entry = codes().get((system, code))
    return entry.label if entry else ""


def adjustments(letter: Letter) -> tuple[StatedReason, ...]:
    """The reasons that stand in a printed remittance as codes."""
    return tuple(_coded(letter, cites=False))


def _coded(letter: Letter, cites: bool) -> Iterator[StatedReason]:
    """Adjustment codes in a printed remittance: "CO-50 N115"."""
    for line in re.finditer(r"[^\n]+", letter.text[letter.start :]):
        start = letter.start + line.start()
        adjustments = list(ADJUSTMENT.finditer(letter.text, start, start + len(line[0])))
        for number, match in enumerate(adjustments):
            stop = adjustments[number + 1].start() if number + 1 < len(adjustments) else start + len(line[0])
            if match["code"] in NO_REFUSAL:
                continue
            found = [_code(letter, "carc", match, match["group"])]
            found += [_code(letter, "rarc", remark) for remark in _REMARK.finditer(letter.text, match.end(), stop)]
            named = cites or any(code.code in ("N115", "N386") for code in found)
            category = coded_category(found)
            quote = letter.quote(match.start(), found[-1].quote.end)
            yield make_reason(quote, category, specific=category not in _VAGUE, cites=named, reason_codes=found)


def _code(letter: Letter, system: str, match: re.Match[str], group: str = "") -> ReasonCode:
    code = match["code"]
    return ReasonCode(system, code, code_label(system, code), letter.quote(match.start(), match.end()), group)


def _beside_codes(letter: Letter, cites: bool) -> Iterator[StatedReason]:
    """The words behind what was decided in the row of a code: "77003 x 1   DENIED   included in 62323"."""
    for line in columns(letter):
        texts = [column.text for column in line]
        for at in range(1, len(line)):
            words = texts[at]
            if (
                _REFUSED_ROW.fullmatch(texts[at - 1])
                and _ROW_CODE.match(texts[0])
                and len(words.split()) > _FEWEST_IN_ROW
            ):
                quote = letter.quote(line[at].start, line[at].end)
                category = category_of(words)
                category = Category.MEDICAL_NECESSITY if category is Category.OTHER else category
                yield make_reason(quote, category, specific=True, cites=cites)


def _sentences(letter: Letter, *, anywhere: bool = False) -> list[_Found]:
    """The reasons that sentences give, in the part that gives them; `anywhere` where no part is known to."""
    zoned = any(sentence.zone == "reason" for sentence in letter.sentences)
    found: list[_Found] = []
    before: tuple[Sentence, _Found] | None = None
    aside: Sentence | None = None  # no reason by itself: what is asked, or what the chart tells, right before a reason
    every = [part for whole in letter.sentences for part in _parts(letter, whole)]
    for number, sentence in enumerate(every):
        made = _reason(letter, sentence, zoned=zoned, anywhere=anywhere)
        if made is None:
            if before is not None and (goes_on := _goes_on(letter, before, sentence)) is not None:
                found[-1] = goes_on
                goes_further = goes_on.asked or goes_on.category is not before[1].category
                before = (before[0], goes_on) if goes_further else None
            else:
                before, aside = None, sentence if sentence.zone == "reason" and sentence.lead is None else None
            continue
        if found and _restates(letter, found[-1], sentence, made):
            if made.unmet and made.category not in _VAGUE:
                found[-1] = replace(found[-1], end=made.end, unmet=True)
            continue
        joined = _joined(letter, before, sentence, made)
        if joined is not None:
            found[-1] = joined
            before = (replace(sentence, bullet=before[0].bullet) if before else sentence, joined)
            continue
        if aside is not None and number + 1 < len(every) and _answered(letter, sentence, every[number + 1]):
            aside = None  # what the chart tells comes behind
        if aside is not None and not _asks_and_tells(letter, sentence.text) and _answers(letter, aside, sentence):
            made = replace(made, start=aside.start, specific=True, unmet=True)
        aside = None
        found.append(made)
        before = (sentence, made)
    return found


def _answered(letter: Letter, sentence: Sentence, following: Sentence) -> bool:
    """Whether the next sentence says that what this one asks for is not there."""
    says = letter.phrases.says
    return says("refers_back", following.text) and says("unmet", following.text) and _asks(letter, sentence.text)


def _restates(letter: Letter, last: _Found, sentence: Sentence, made: _Found) -> bool:
    """Whether a sentence only says again, or in general, what the reason before it says."""
    if not _next_to(letter, last.end, sentence) or _asks(letter, sentence.text):
        return False
    again = made.category is last.category and made.category not in _VAGUE and not made.concepts - last.concepts
    told = letter.phrases.says("tells", sentence.text) or _MEASURED.search(sentence.text) is not None
    general = made.category in _CLINICAL and last.unmet and not made.concepts and not told
    refers = letter.phrases.says("refers_back", sentence.text) or re.search(
        r"\b(?:for|of|to) (?:that|this)\b", sentence.text
    )
    return (again and not told) or (general and bool(refers))


def _goes_on(letter: Letter, before: tuple[Sentence, _Found], sentence: Sentence) -> _Found | None:
    """The reason before together with a sentence that is none by itself."""
    first, reason = before
    if not reason.unmet and _answers(letter, first, sentence):
        return replace(reason, end=sentence.end, unmet=True)
    category = _category(letter, sentence.text)
    if {reason.category, category} <= _AUTHORIZATION and _next_to(letter, reason.end, sentence):
        return replace(reason, end=sentence.end, category=category or reason.category)
    return None


def _next_to(letter: Letter, end: int, sentence: Sentence) -> bool:
    return "\n\n" not in letter.text[end : sentence.start] and not sentence.bullet


def _answers(letter: Letter, first: Sentence, second: Sentence) -> bool:
    """Whether one sentence says what is asked and the next what the chart tells, or the other way round."""
    if _is_conclusion(letter, first.text) and not _CAUSE.search(first.text):
        return False
    asked = [_asks(letter, each.text) for each in (first, second)]
    told = [_tells(letter, each.text) for each in (first, second)]
    return (
        first.zone == second.zone
        and _next_to(letter, first.end, second)
        and not _ANOTHER.match(second.text)
        and ((asked[0] and told[1] and not asked[1]) or (asked[1] and told[0] and not asked[0]))
    )


def _tells(letter: Letter, text: str) -> bool:
    """Whether a sentence says what the chart has, or what was not done."""
    category = _category(letter, text)
    return letter.phrases.says("tells", text) or (
        (category is None or category in _CLINICAL) and letter.phrases.says("unmet", text)
    )


def _asks(letter: Letter, text: str) -> bool:
    """Whether a sentence says what a policy asks, before any word of what is not shown."""
    text = _DECISION_BEFORE.sub("", text)
    asked, unmet = (letter.phrases.lists[name].search(text) for name in ("asks", "unmet"))
    return asked is not None and (unmet is None or asked.start() < unmet.start())


def _asks_and_tells(letter: Letter, text: str) -> bool:
    """Whether a sentence says what is asked and, behind a turn, what the chart has or lacks instead."""
    asked = letter.phrases.lists["asks"].search(text)
    turns = [turn.end() for turn in _TURN.finditer(text, asked.end())] if asked else []
    return any(letter.phrases.says("tells", text[at:]) or _LACKS.search(text[at:]) for at in turns)


def _parts(letter: Letter, sentence: Sentence) -> list[Sentence]:
    """The clauses of a sentence that give reasons of different kinds; else the sentence alone."""
    cuts = [(match.start(), match.end()) for match in CLAUSES.finditer(letter.text, sentence.start, sentence.end)]
    bounds = list(zip([sentence.start, *(b for _, b in cuts)], [*(a for a, _ in cuts), sentence.end], strict=True))
    parts = [
        replace(sentence, start=start, end=end, text=" ".join(letter.text[start:end].split())) for start, end in bounds
    ]
    kinds = [
        next((name for name, said in letter.phrases.categories.items() if said.search(each.text)), None)
        for each in parts
    ]
    apart = len(parts) > 1 and len(set(kinds)) == len(parts) and all(_says_unmet(letter, each.text) for each in parts)
    return parts if apart else [sentence]


def _joined(letter: Letter, before: tuple[Sentence, _Found] | None, sentence: Sentence, made: _Found) -> _Found | None:
    """The reason before together with this sentence: one says what is asked, the other that it is not there."""
    if before is None or sentence.bullet:
        return None
    first = before[1]
    if first.asked and _asks(letter, sentence.text) and first.unmet:
        return None
    new = first.lacking and made.unmet and not _GOES_ON.match(sentence.text)
    if first.asked and not new and _belongs(letter, first, sentence) and not _asks_and_tells(letter, sentence.text):
        concepts = first.concepts | made.concepts
        return replace(first, end=made.end, unmet=True, specific=True, concepts=concepts, lacking=made.unmet)
    if before[0].bullet and "\n\n" not in letter.text[first.end : sentence.start]:
        whole = made.category if first.category in _CLINICAL else first.category  # an entry of a list is one reason
        return _Found(first.start, made.end, whole, True, True, first.concepts | made.concepts)
    if {first.category, made.category} <= _AUTHORIZATION and _next_to(letter, first.end, sentence):
        return replace(first, end=made.end, category=made.category, unmet=True)
    says_more = made.specific or made.category not in _CLINICAL
    if (_GOES_ON.match(sentence.text) and says_more and _next_to(letter, first.end, sentence)) or (
        _answers(letter, before[0], sentence) and not (first.unmet and _asks(letter, before[0].text))
    ):
        exact = made.category if made.category not in _CLINICAL else first.category
        specific = first.specific or made.specific
        return _Found(first.start, made.end, exact, specific, True, first.concepts | made.concepts)
    if first.unmet or not made.unmet:
        return None
    refers = letter.phrases.says("refers_back", sentence.text)
    if not refers and first.concepts.isdisjoint(made.concepts):
        return None
    category = made.category if made.category not in _CLINICAL else first.category
    return _Found(
        first.start, made.end, category, first.specific or made.specific, True, first.concepts | made.concepts
    )


def _belongs(letter: Letter, first: _Found, sentence: Sentence) -> bool:
    """Whether a sentence goes on telling what the chart has beside what was asked before it."""
    return (
        _next_to(letter, first.end, sentence)
        and _tells(letter, sentence.text)
        and not _asks(letter, sentence.text)
        and not _ANOTHER.match(sentence.text)
        and _category(letter, sentence.text) in (None, *_CLINICAL)
    )


def _reason(letter: Letter, sentence: Sentence, *, zoned: bool, anywhere: bool = False) -> _Found | None:
    """The sentence as a reason; None where it is none."""
    says, text = letter.phrases.says, sentence.text
    if text.endswith(":") or sentence.zone == "rights" or _CONDITIONAL.search(text) or _tells_a_right(letter, text):
        return None
    named = _NAMED_FACT.match(text)
    if named is not None and field_of(named["label"]) not in (None, "reason", "policy"):
        return None
    lead = letter.sentences[sentence.lead] if sentence.lead is not None else None
    whole = f"{lead.text} {text}" if lead is not None and sentence.bullet else text
    category = _category(letter, whole)
    unmet, asked = _says_unmet(letter, whole), says("requires", whole) or _asks(letter, whole)
    if letter.phrases.says("peer_to_peer", text) or _NO_EXCEPTION.search(text) or _HOPED.search(text):
        return None
    if _DEFINES.search(text) and not _asks_and_tells(letter, text):
        return None
    if sentence.zone == "reason" or (lead is not None and sentence.bullet and lead.zone == "reason"):
        if not (category or unmet or asked) or (
            letter.phrases.lists["no_reason"].match(text) and not (category and unmet)
        ):
            return None
    elif anywhere and _grounds(letter, sentence, unmet=unmet):
        pass  # nothing tells where the reasons stand
    elif not zoned and _follows_decision(letter, sentence) and _states_ground(letter, text, unmet=unmet):
        pass  # no heading announces the reasons: they stand behind the decision
    elif (
        zoned
        or not _stands_alone(letter, whole, category)
        or (letter.phrases.lists["no_reason"].match(text) and not unmet)
    ):
        return None
    category = category or Category.MEDICAL_NECESSITY
    unmet = (unmet and not _asks(letter, text)) or _asks_and_tells(letter, text)
    concepts = concepts_in(text)
    concluded = _FOLLOWS.match(text) is not None and category in _CLINICAL
    entry = sentence.bullet and sentence.zone == "reason" and _is_conclusion(letter, text)
    if entry and len(words_of(text) - _GENERAL) >= _FEWEST_IN_ENTRY:
        return _Found(sentence.start, sentence.end, category, True, True, concepts, lacking=True)
    bare = not _CAUSE.search(text) and not _unmet_beyond(letter, text) and not _asks(letter, text)
    if (_is_conclusion(letter, text) or concluded) and bare:
        return _Found(sentence.start, sentence.end, category, category not in _VAGUE, unmet, frozenset())
    specific = category not in _VAGUE or bool(concepts) or says("documents", text) or _MEASURED.search(text) is not None
    fewest = _FEWEST_OF_ITS_OWN - (1 if _ABSENT.match(text) else 0)
    specific = specific or len(words_of(text) - _GENERAL) >= fewest
    return _Found(
        sentence.start, sentence.end, category, specific, unmet, concepts, lacking=unmet, asked=_asks(letter, text)
    )


def _grounds(letter: Letter, sentence: Sentence, *, unmet: bool) -> bool:
    """Whether a sentence in the body of a letter states a ground, and not what may be done or who reviewed it."""
    text, says = sentence.text, letter.phrases.says
    if sentence.start < _body(letter) or says("human_review", text) or says("payer_acts", text):
        return False
    if letter.phrases.lists["no_reason"].match(text) and not (unmet and says("tells", text)):
        return False
    own = len(words_of(text) - _GENERAL) >= _FEWEST_OF_ITS_OWN
    return own and (_asks(letter, text) or unmet or _category(letter, text) not in (None, *_VAGUE))


def _body(letter: Letter) -> int:
    """Where the body of a letter begins: behind its greeting and its labelled facts."""
    greeting = re.compile(r"(?im)^[ \t]*(?:dear|hi|hello|to whom)\b[^\n]*").search(letter.text, letter.start)
    return greeting.end() if greeting else letter.start


def _follows_decision(letter: Letter, sentence: Sentence) -> bool:
    """Whether an earlier sentence of the same paragraph tells the decision."""
    for before in reversed([each for each in letter.sentences if each.end <= sentence.start]):
        if "\n\n" in letter.text[before.end : sentence.start]:
            return False
        if _is_conclusion(letter, before.text):
            return True
    return False


def _states_ground(letter: Letter, text: str, *, unmet: bool) -> bool:
    """Whether a sentence says what a policy asks, or that the chart does not tell something."""
    says = letter.phrases.says
    if letter.phrases.lists["no_reason"].match(text) and not unmet:
        return False
    shown = says("tells", text) or says("documents", text) or bool(concepts_in(text))
    named = next((name for name, said in letter.phrases.categories.items() if said.search(text)), None)
    return _asks(letter, text) or (unmet and shown) or (named is not None and named not in _VAGUE)


def _tells_a_right(letter: Letter, text: str) -> bool:
    """Whether a sentence says what may be done against the decision: "Your appeal must reach us within 65 days"."""
    return _MAY.search(text) is not None and any(said.search(text) for said in letter.phrases.remedies.values())


def _category(letter: Letter, text: str) -> Category | None:
    return next((name for name, said in letter.phrases.categories.items() if said.search(text)), None)


def _says_unmet(letter: Letter, text: str) -> bool:
    """Whether a sentence says that something is not shown; "must not have smoked" only asks for it."""
    unmet, asked = (letter.phrases.lists[name].search(text) for name in ("unmet", "requires"))
    return unmet is not None and (asked is None or unmet.start() < asked.start())


def _stands_alone(letter: Letter, text: str, category: Category | None) -> bool:
    """Whether a sentence outside of the part with the reasons gives one: "we cannot approve it because ..."."""
    caused, decides = _CAUSE.search(text) is not None, _decides(letter, text)
    return (category is not None and (caused or decides)) or (caused and decides)


def _decides(letter: Letter, text: str) -> bool:
    return any(said.search(text) for outcome, said in letter.phrases.outcomes if outcome in _HAS_REASONS)


def _is_conclusion(letter: Letter, text: str) -> bool:
    """Whether a sentence only says that the service is refused."""
    return any(said.search(text) for outcome, said in letter.phrases.outcomes if outcome is Outcome.DENIED)


def _unmet_beyond(letter: Letter, text: str) -> bool:
    """Whether words remain that say what is not shown once the words of the refusal are taken away."""
    for outcome, said in letter.phrases.outcomes:
        if outcome is Outcome.DENIED:
            text = said.sub(" ", text)
    return letter.phrases.says("unmet", text)
