"""Distances, angles and losses of height that a study gives in numbers: a slip of 5 mm, a curve of 34 degrees.

Each number belongs to the nearest word in its sentence that such a number can measure; where that word is something
else (a nodule, the width of the canal, a straight-leg raise) the number is not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from praxigen.model.amount import Quantity
from praxigen.model.fact import Fact, State, Who
from praxigen.model.frozen import frozen
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence, mention_at
from praxigen.reading.patterns import Pattern, Said, Together

_SKIPPED = frozenset({"education", "consent", "family", "allergies", "goals", "operation"})
_UNREAL = (State.HYPOTHETICAL, State.CLAIMED, State.DENIED, State.DECLINED)
_REACH = 70  # characters between a number and what it measures
_HUNDREDTH = Fraction(1, 100)

_NUMBER = (
    r"(?P<more>(?:>|≥|at least|more than|greater than|over|exceed\w*|in excess of)\s*(?:or equal to\s*)?)?"
    r"(?P<less>(?:<|≤|less than|under|up to|no more than|not more than|within|below)\s*)?"
    r"(?<![\w.])(?P<low>\d{1,3}(?:\.\d{1,2})?)(?:\s*(?:-|–|to)\s*(?P<high>\d{1,3}(?:\.\d{1,2})?))?\s*-?\s*"
)
_DECOY = "decoy"


@frozen
class _Scale:
    """Numbers with one unit, and the words that they can measure, each with its concept, or as a decoy."""

    unit: str
    number: Pattern
    names: tuple[tuple[str, Pattern], ...]


def _scale(unit: str, written: str, **names: str) -> _Scale:
    table = tuple(
        (concept.replace("__", "."), Pattern(rf"\b(?:{words})", re.IGNORECASE)) for concept, words in names.items()
    )
    return _Scale(unit, Pattern(_NUMBER + rf"(?P<unit>{written})", re.IGNORECASE), table)


_LENGTH_DECOYS = (
    r"canal (?:diameter|width)|ap diameter|diameter|screws?\b|incision|cyst\w*|nodul\w*|conus|fragment\w*|retropul\w*"
    r"|tumou?r|mass\b|leg[- ]length|limb[- ]length|lesion\w*|hemangioma|drain|cage|interbody|spacer|ligamentum"
    r"|retrolisthesis of the patella|joint space|scar\b|wound|tonsil\w*|foramen magnum|basion|dens\b"
    r"|atlantodental|adi\b"
    r"|slices?|sections?|cuts\b"
)
_SCALES = (
    _scale(
        "mm",
        r"mm\b|millimeters?\b|cm\b|centimeters?\b",
        measure__translation=(
            r"translat\w+|(?:dynamic|abnormal|segmental|intersegmental) (?:motion|movement)|motion (?:on|with|between)"
            r"|displacement of (?:one )?vertebra\w*|moves|excursion|instability|sublux\w+|widens to|increas\w+ to"
            r"|change (?:on|with|between|from) (?:flexion|extension|supine)"
        ),
        measure__slip=r"(?:antero|retro|spondylo|postero|dys|)listhesis|slip(?:page|ped|s)?\b|spondylolistheses",
        measure__imbalance=(
            r"sagittal (?:vertical axis|imbalance|balance|malalignment|alignment|plane)|sva\b|coronal (?:imbalance"
            r"|balance|shift|offset|malalignment|plane|alignment)|c7 plumb\w*|plumb ?line|trunk shift|c7[- ]csvl"
        ),
        measure__disc_protrusion=r"(?:dis[ck] )?(?:protrusion|extrusion|herniation|bulg\w+)|hnp\b|(?:protrud"
        r"|extrud)\w+",
        decoy=_LENGTH_DECOYS,
    ),
    _scale(
        "deg",
        r"deg(?:rees?)?\b|°|º",
        measure__angulation=(
            r"angulat\w+|angular (?:motion|change|instability|displacement)|sagittal rotation|rotational (?:difference"
            r"|instability)|segmental (?:angle|kyphosis)|angle between adjacent"
        ),
        measure__curve=r"cobb|(?:scolio\w+|curv\w+|levoscoliosis|dextroscoliosis|kyphoscoliosis)",
        measure__curve_progression=r"progress\w+|worsen\w+ (?:of|by)|increase\w* (?:of|by|in)|advanc\w+ (?:of|by)",
        decoy=(
            r"straight[- ]leg|slr|rais\w+|flexion|extension|range of motion|rom\b|bending|lordosis|pelvic|tilt"
            r"|incidence"
            r"|slope|temperature|abduction|hip\b|knee|shoulder|lasegue|elevat\w+|head of (?:the )?bed|forward|rotation"
            r"|thoracic kyphosis|mismatch|pi-ll|neck\b|visual|fever"
        ),
    ),
    _scale(
        "%",
        r"%|percent\b",
        measure__height_loss=(
            r"(?:vertebral |vertebral body |body |anterior |central )?height(?: loss| reduction)?"
            r"|loss of (?:vertebral )?height"
            r"|(?:vertebral )?collaps\w+|compression (?:fracture|deformity)|wedg\w+|compressed"
        ),
        decoy=(
            r"dis[ck] (?:space )?height|relief|pain|disabilit\w+|oswestry|odi\b|canal|stenosis|narrow\w+"
            r"|improve\w*|better"
            r"|slip\w*|listhesis|ejection|saturation|sat\b|o2\b|oxygen|risk|coverage|reduc\w+ in pain|chance"
            r"|success|ndi\b"
            r"|range of motion|weight"
        ),
    ),
)
_TWO_SIDES = Pattern(r"\d\s*(?:mm|cm)?\s*[x×]\s*$", re.IGNORECASE)
_BEFORE_NOW = Pattern(
    r"\b(?:from|previously|prior|formerly|initially|last year|earlier|in (?:19|20)\d\d|compared (?:to|with)|had been"
    r"|on the (?:prior|previous) (?:study|films?|mri|ct))\b[^.;,]{0,18}$",
    re.IGNORECASE,
)
_THEN_NOW = Pattern(r"\s*(?:previously|before|at that time|in (?:19|20)\d\d|on (?:the )?prior)\b", re.IGNORECASE)
_FROM_TO = Pattern(
    r"\bfrom\s+(?P<first>\d{1,3}(?:\.\d)?)\s*(?:deg(?:rees?)?|°)?\s*(?:\([^)]{0,20}\)\s*)?(?:[^.;\d]{0,40})?\bto\s+"
    r"(?P<second>\d{1,3}(?:\.\d)?)\s*(?:deg|°)",
    re.IGNORECASE,
)
_CURVE_WORDS = Pattern(r"\b(?:curve|cobb|scolio\w+|kypho\w+|deformity)", re.IGNORECASE)
_T_SCORE = Pattern(r"\bt[- ]?scores?\b[^.;\d]{0,40}?(?P<value>[-−–]\s?\d(?:\.\d{1,2})?)", re.IGNORECASE)
_OSTEOPOROTIC = Fraction(-5, 2)  # World Health Organization: a T-score of -2.5 or less
# Ranawat's classes run to III (IIIA, IIIB), Nurick's grades to 5.
_CLASS = Pattern(
    r"\b(?:ranawat|nurick|myelopathy)\s*(?:class|grade|score)?\s*(?:of|is|:|=)?\s*(?P<class>iii[ab]?|iv|ii|i|v"
    r"|[0-5])\b(?!\s*/)",
    re.IGNORECASE,
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iiia": "3", "iiib": "3", "iv": "4", "v": "5"}


_MEASURED: tuple[Pattern | Together, ...] = (
    _CLASS,
    Together(_FROM_TO, _CURVE_WORDS),
    _T_SCORE,
    *(Together(scale.number, name) for scale in _SCALES for concept, name in scale.names if concept != _DECOY),
)


def measure_facts(context: Context) -> Iterator[Fact]:
    """Facts about what was measured on the spine."""
    for sentence in context.page.where(*_MEASURED):
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim:
            continue
        text = sentence.text
        yield from _myelopathy_class(context, sentence, text)
        if not sentence.has_figures:
            continue
        for scale in _SCALES:
            if scale.number.may_match(text):
                yield from _measured(context, sentence, text, scale)
        yield from _grown(context, sentence, text)
        yield from _t_score(context, sentence, text)


def _measured(context: Context, sentence: Sentence, text: Said, scale: _Scale) -> Iterator[Fact]:
    if not any(pattern.may_match(text) for concept, pattern in scale.names if concept != _DECOY):
        return
    names = [
        (match, concept)
        for concept, pattern in scale.names
        for match in pattern.finditer(text)
        if match.group().strip()
    ]
    if not names:
        return
    for match in scale.number.finditer(text):
        if _TWO_SIDES.search(text[: match.start("low")]):
            continue  # "3 x 6 mm": which of the two is meant is not said
        nearest = min(names, key=lambda item: (_gap(text, match, item[0]), item[1]))
        if _gap(text, match, nearest[0]) > _REACH or nearest[1] == _DECOY:
            continue
        fact = _fact(context, sentence, text, nearest[1], match, nearest[0], _quantity(match, scale.unit))
        if fact is not None:
            yield fact


def _gap(text: str, number: re.Match[str], name: re.Match[str]) -> int:
    """Characters between a number and a name; a clause end between them counts as much more."""
    if name.end() <= number.start():
        between = text[name.end() : number.start()]
    else:
        between = text[number.end() : max(number.end(), name.start())]
        if between.strip() in ("", "of", "of dynamic", "of anterior", "of residual"):
            return 0
    stops = sum(between.count(mark) for mark in ";.") + between.lower().count(" but ")
    return len(between) + 200 * stops + 25 * between.count(",")


def _quantity(match: re.Match[str], unit: str) -> Quantity:
    factor = Fraction(10) if match.group("unit").lower().startswith("c") else Fraction(1)
    low = Fraction(match.group("low")) * factor
    high = Fraction(match.group("high") or match.group("low")) * factor
    if match.group("more"):
        return Quantity(low, None, unit)
    if match.group("less"):
        return Quantity(None, high if "up to" in match.group("less").lower() else high - _HUNDREDTH, unit)
    return Quantity(min(low, high), max(low, high), unit)


def _fact(
    context: Context,
    sentence: Sentence,
    text: str,
    concept: str,
    number: re.Match[str],
    name: re.Match[str],
    quantity: Quantity,
) -> Fact | None:
    start, end = sentence.start + min(number.start(), name.start()), sentence.start + max(number.end(), name.end())
    both = mention_at(context.page, sentence, start, end, concept)
    senses = [
        context.sense(
            mention_at(context.page, sentence, sentence.start + m.start(), sentence.start + m.end(), concept), sentence
        )
        for m in (number, name)
    ]
    if any(sense.state in _UNREAL for sense in senses) or any(sense.who is Who.OTHER for sense in senses):
        return None
    state = State.PRESENT
    if any(sense.state is State.POSSIBLE for sense in senses):
        state = State.POSSIBLE
    if any(sense.state is State.ABSENT for sense in senses):
        # "No translation greater than 3 mm": it is at most that; "no 3 mm slip" says no number at all.
        if quantity.high is not None:
            return None
        quantity = Quantity(None, quantity.low, quantity.unit)
    ahead, after = text[: number.start()], text[number.end() :]
    if _BEFORE_NOW.search(ahead) or _THEN_NOW.match(after):
        state = State.PAST
    return context.fact(
        concept, state, sentence, both, "measure", qualities=context.site(both, sentence), quantity=quantity
    )


def _grown(context: Context, sentence: Sentence, text: str) -> Iterator[Fact]:
    """ "The curve went from 22 to 36 degrees": it has grown by 14."""
    match = _FROM_TO.search(text)
    if match is None or not _CURVE_WORDS.search(text):
        return
    grown = Fraction(match.group("second")) - Fraction(match.group("first"))
    mention = _whole(context, sentence, match)
    if grown <= 0 or not _is_told(context, mention, sentence):
        return
    yield context.fact(
        "measure.curve_progression",
        State.PRESENT,
        sentence,
        mention,
        "measure.grown",
        qualities=context.site(mention, sentence),
        quantity=Quantity(grown, grown, "deg"),
    )


def _t_score(context: Context, sentence: Sentence, text: str) -> Iterator[Fact]:
    for match in _T_SCORE.finditer(text):
        value = Fraction(match.group("value").replace(" ", "").replace("−", "-").replace("–", "-"))
        mention = _whole(context, sentence, match)
        if _is_told(context, mention, sentence):
            low = value <= _OSTEOPOROTIC
            yield context.fact(
                "diagnosis.osteoporosis",
                State.PRESENT if low else State.POSSIBLE,
                sentence,
                mention,
                "measure.t-score",
            )


def _myelopathy_class(context: Context, sentence: Sentence, text: str) -> Iterator[Fact]:
    for match in _CLASS.finditer(text):
        mention = _whole(context, sentence, match)
        if not _is_told(context, mention, sentence):
            continue
        value = Fraction(_ROMAN.get(match.group("class").lower(), match.group("class")[:1]))
        yield context.fact(
            "measure.myelopathy_class",
            State.PRESENT,
            sentence,
            mention,
            "measure.class",
            quantity=Quantity(value, value, "class"),
        )


def _whole(context: Context, sentence: Sentence, match: re.Match[str]) -> Mention:
    return mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end())


def _is_told(context: Context, mention: Mention, sentence: Sentence) -> bool:
    sense = context.sense(mention, sentence)
    return sense.state not in (*_UNREAL, State.ABSENT) and sense.who is Who.PATIENT
