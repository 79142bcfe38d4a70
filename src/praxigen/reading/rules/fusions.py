"""Fusions: how many vertebrae the planned one joins, and whether an earlier operation helped at first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from praxigen.model.amount import Quantity
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern

_FUSION = Pattern(r"\b(?:fusions?|arthrodes[ie]s|acdf|plif|tlif|alif|xlif|llif|olif|plf|psif|psf)\b", re.IGNORECASE)
_LEVEL = Pattern(r"\b(?P<a>[CTLS])\s?-?(?P<m>\d{1,2})\s*(?:-|–|to|/|through|and)\s*(?P<b>[CTLS]?)\s?-?(?P<n>\d{1,2})\b")
# The vertebrae from the top of the neck to the sacrum, numbered through: C1 is 1, L5 is 24, S1 is 25.
_FIRST = {"C": 0, "T": 7, "L": 19, "S": 24}
_MOST = {"C": 7, "T": 12, "L": 5, "S": 2}
_EARLIER = Pattern(
    r"\b(?:prior|previous|s/p|status[- ]post|history of|h/o|adjacent|existing|old|underwent|had|removal of"
    r"|from (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_LEVELS_ONLY_DECOMPRESSED = Pattern(
    r"\b(?:laminectom\w+|decompress\w+|laminotom\w+|foraminotom\w+|discectom\w+|diskectom\w+)\b", re.IGNORECASE
)

_OPERATION = Pattern(
    r"\b(?:fusion|surgery|operation|laminectomy|discectomy|diskectomy|acdf|plif|tlif|alif"
    r"|decompression)\b",
    re.IGNORECASE,
)
_HELPED = Pattern(
    r"\b(?:initial(?:ly)?|at first|early|for (?:about |approximately |the first |nearly |over )?(?:\d+|a|one|two"
    r"|three|four|five|six"
    r"|seven|eight|nine|ten|several|many)\s?(?:-\s?\d+ )?(?:weeks?|months?|years?))\b[^.;]{0,60}\b(?:relief"
    r"|improve\w*|better"
    r"|did (?:very )?well|pain[- ]free|benefit\w*|helped|resol\w+|reduc\w+|decreas\w+)\b"
    r"|\b(?:did (?:very )?well|relief|improve\w*|better|pain[- ]free|benefit\w*|helped|resol\w+|reduc\w+"
    r"|decreas\w+)\b[^.;]{0,60}"
    r"\b(?:initial(?:ly)?|at first|for (?:about |approximately |the first |nearly |over )?(?:\d+|a|one|two|three"
    r"|four|five|six|seven"
    r"|eight|nine|ten|several|many)\s?(?:-\s?\d+ )?(?:weeks?|months?|years?))\b",
    re.IGNORECASE,
)
_NEVER_HELPED = Pattern(
    r"\b(?:never|no|not|without|did not|didn't|failed to|minimal|little)\b[^.;]{0,40}\b(?:relief|improve\w*"
    r"|better|helped|help"
    r"|benefit\w*|resol\w+|pain[- ]free)\b",
    re.IGNORECASE,
)
_PLACES = frozenset(
    {
        "history",
        "opening",
        "assessment",
        "indications",
        "past_surgical",
        "prior_treatment",
        "other",
        "records",
        "diagnosis",
    }
)


def fusion_facts(context: Context, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts about the planned fusion's length and about what an earlier operation did."""
    planned = {
        fact.quote.start
        for fact in facts
        if fact.concept == "plan.spine_surgery" and fact.state is State.PLANNED and fact.who is Who.PATIENT
    }
    page = context.page
    planning = {sentence.index: sentence for start in planned if (sentence := page.sentence_at(start)) is not None}
    for sentence in page.in_order(planning.values(), page.where(_HELPED, _NEVER_HELPED)):
        if sentence.general or sentence.claim:
            continue
        if sentence.index in planning:
            yield from _joined(context, sentence)
        if sentence.section.kind in _PLACES:
            yield from _helped(context, sentence)


def _joined(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """The vertebrae of one sentence that plans a fusion; nothing where the sentence also tells of other operations."""
    text = sentence.text
    fusion = _FUSION.search(text)
    if fusion is None or _EARLIER.search(text):
        return
    spans = [span for match in _LEVEL.finditer(text) if (span := _span(match)) is not None]
    if not spans:
        return
    if len(spans) > 1 and _LEVELS_ONLY_DECOMPRESSED.search(text):
        return  # which levels are fused and which are only decompressed is not for us to guess
    joined = {vertebra for first, last in spans for vertebra in range(first, last + 1)}
    count = Fraction(max(_runs(joined)))
    mention = mention_at(context.page, sentence, sentence.start + fusion.start(), sentence.start + fusion.end())
    yield context.fact(
        "plan.fusion_levels",
        State.PLANNED,
        sentence,
        mention,
        "fusion.levels",
        quantity=Quantity(count, count, "vertebrae"),
        qualities=context.site(mention, sentence),
    )


def _span(match: re.Match[str]) -> tuple[int, int] | None:
    upper, lower = match.group("a"), match.group("b") or match.group("a")
    first, last = int(match.group("m")), int(match.group("n"))
    if not match.group("b") and last < first:  # "L5-1" is L5-S1
        lower = {"C": "T", "T": "L", "L": "S"}.get(upper, "S")
    if not 1 <= first <= _MOST[upper] or not 1 <= last <= _MOST[lower]:
        return None
    top, bottom = _FIRST[upper] + first, _FIRST[lower] + last
    return (top, bottom) if top < bottom else None


def _runs(vertebrae: set[int]) -> Iterator[int]:
    length = 0
    for vertebra in range(1, 28):
        length = length + 1 if vertebra in vertebrae else 0
        yield length


def _helped(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    near = text
    if not _HELPED.may_match(text) and not _NEVER_HELPED.may_match(text):
        return
    if not _OPERATION.search(text):
        before = context.page.sentences[max(0, sentence.index - 1) : sentence.index]
        if not before or before[0].section is not sentence.section:
            return
        if not _OPERATION.search(before[0].text):
            return
        if any(c.name.startswith("treatment.") for c in sentence.concepts):
            return  # relief by something else
    elif any(c.name.startswith("treatment.") for c in sentence.concepts):
        return
    helped, never = _HELPED.search(near), _NEVER_HELPED.search(near)
    match = never or helped
    if match is None:
        return
    mention = mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end())
    sense = context.sense(mention, sentence)
    if sense.state in (State.HYPOTHETICAL, State.CLAIMED, State.PLANNED, State.POSSIBLE) or sense.who is Who.OTHER:
        return
    yield context.fact(
        "history.relief_after_surgery",
        State.ABSENT if never else State.PRESENT,
        sentence,
        mention,
        "fusion.never-helped" if never else "fusion.helped",
    )
