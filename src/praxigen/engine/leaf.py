"""A leaf's answer from the facts of a chart: what shows it, what says otherwise, what comes near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from praxigen.engine.matching import PLACES, Match, is_a, match, values
from praxigen.engine.silence import is_quiet
from praxigen.model.answer import Answer, Reason
from praxigen.model.criterion import Criterion, Prefer
from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State
from praxigen.model.frozen import frozen
from praxigen.model.report import CriterionResult, NearMiss

# From closest to farthest: first what is meant but lacks a detail, then what did not happen, then what is about
# something else, last what is no statement about a patient's care at all.
NEAREST_FIRST = (
    Reason.NOT_ASKED,
    Reason.OUT_OF_WINDOW,
    Reason.UNDATED,
    Reason.NO_DURATION,
    Reason.NO_VALUE,
    Reason.NO_OUTCOME,
    Reason.DETAIL_MISSING,
    Reason.PLANNED_ONLY,
    Reason.POSSIBLE_ONLY,
    Reason.DENIED_BY_INSURANCE,
    Reason.DECLINED,
    Reason.PAST_ONLY,
    Reason.OTHER_SITE,
    Reason.OTHER_KIND,
    Reason.HYPOTHETICAL_ONLY,
    Reason.CLAIMED_ONLY,
    Reason.OTHER_PERSON,
)
# From strongest to weakest: what the policy itself names as the contrary, what falls short, what is denied.
STRONGEST_FIRST = (
    Reason.SAID_OTHERWISE,
    Reason.TOO_SHORT,
    Reason.BELOW_THRESHOLD,
    Reason.GOOD_RESPONSE,
    Reason.OUTCOME_CONTRARY,
    Reason.TOO_RECENT,
    Reason.DENIED_IN_NOTE,
)
_AT_MOST = 3


@frozen
class _Contrary:
    fact: Fact
    reason: Reason
    named: bool  # by a `refuted_by` pattern


@dataclass(slots=True)
class _Sides:
    """The facts that touch a leaf, by what they do to it, each list in the order of the facts."""

    shown: list[Fact] = field(default_factory=list)
    contrary: list[_Contrary] = field(default_factory=list)
    near: list[NearMiss] = field(default_factory=list)
    open: bool = False  # whether a fact of the right kind leaves a limit open


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts by weight: what was dictated before what stands in a template, then as they stand in the document."""
    return tuple(sorted(facts, key=lambda fact: (fact.template, fact.quotes(), fact.concept, fact.state, fact.rule)))


def leaf(criterion: Criterion, facts: Sequence[Fact], on: date | None) -> CriterionResult:
    """The answer of one evidence leaf. `facts` are in the order of `in_order`; `on` is the date of service."""
    sides = _sides(criterion, facts, on)
    if sides.shown:
        return _shown(criterion, sides)
    near = tuple(sides.near[:_AT_MOST])
    if sides.contrary:
        if not (sides.open and all(_only_short(item) for item in sides.contrary)):
            return _refuted(criterion, sides.contrary, near)
        # Another course is open, so these settle nothing; whoever answers the question must still see them.
        short = dict.fromkeys(NearMiss(item.reason, item.fact.quotes()) for item in sides.contrary)
        near = (near[0], *short, *near[1:])[:_AT_MOST]
    if near and not (criterion.on_silence is Answer.NOT_MET and all(is_quiet(miss.reason) for miss in near)):
        return CriterionResult(criterion, Answer.NOT_DOCUMENTED, near[0].reason, near=near)
    return CriterionResult(criterion, criterion.on_silence, Reason.SILENT)


def join(facts: Iterable[Fact]) -> tuple[Quote, ...]:
    """The quotes of the first few facts, each quote once."""
    return tuple(dict.fromkeys(quote for fact in tuple(facts)[:_AT_MOST] for quote in fact.quotes()))


def _sides(criterion: Criterion, facts: Sequence[Fact], on: date | None) -> _Sides:
    sides = _Sides()
    asked = frozenset(pattern.concept for pattern in (*criterion.shown_by, *criterion.refuted_by))
    for fact in facts:
        if asked.isdisjoint(fact.kinds) and fact.concept not in asked:
            continue  # most facts of a chart touch no given leaf
        if any(_holds(match(fact, pattern, on)) for pattern in criterion.refuted_by):
            reason = Reason.DENIED_IN_NOTE if fact.state is State.ABSENT else Reason.SAID_OTHERWISE
            sides.contrary.append(_Contrary(fact, reason, named=True))
        found = _best(criterion, fact, on)
        if found is None:
            continue
        if found.truth:
            sides.shown.append(fact)
        elif found.truth is None:
            sides.near.append(NearMiss(found.reason, fact.quotes()))
            sides.open = sides.open or found.open
        elif found.reason is not Reason.DENIED_IN_NOTE or criterion.absent_refutes:
            sides.contrary.append(_Contrary(fact, found.reason, named=False))
    sides.contrary.sort(key=lambda contrary: (contrary.fact.template, STRONGEST_FIRST.index(contrary.reason)))
    sides.near.sort(key=lambda miss: NEAREST_FIRST.index(miss.reason))
    sides.near = list(dict.fromkeys(sides.near))
    return sides


def _only_short(contrary: _Contrary) -> bool:
    """A fact that falls short of a limit: one short course says nothing about another whose length is not given."""
    return not contrary.named and contrary.reason is not Reason.DENIED_IN_NOTE


def _holds(found: Match | None) -> bool:
    return found is not None and found.truth is True


def _best(criterion: Criterion, fact: Fact, on: date | None) -> Match | None:
    """What a fact says about the alternatives of a leaf: shown by one, refuted where none is left open."""
    matches = [found for pattern in criterion.shown_by if (found := match(fact, pattern, on)) is not None]
    refuted = [found for found in matches if found.truth is False]
    unknown = [found for found in matches if found.truth is None]
    if any(found.truth for found in matches):
        return Match(True, Reason.DOCUMENTED)
    if refuted and not any(found.open for found in unknown):
        return min(refuted, key=lambda found: STRONGEST_FIRST.index(found.reason))
    return min(unknown, key=lambda found: NEAREST_FIRST.index(found.reason), default=None)


def _shown(criterion: Criterion, sides: _Sides) -> CriterionResult:
    if criterion.prefer is Prefer.NEWEST:
        return _newest(criterion, sides)
    against = [contrary for contrary in sides.contrary if any(_contradicts(fact, contrary) for fact in sides.shown)]
    if not against or criterion.prefer is Prefer.SHOWN:
        return CriterionResult(criterion, Answer.MET, Reason.DOCUMENTED, join(sides.shown))
    if criterion.prefer is Prefer.REFUTED:
        return _refuted(criterion, against, ())
    first = against[0]
    for_it = next(fact for fact in sides.shown if _contradicts(fact, first))
    return CriterionResult(criterion, Answer.NOT_DOCUMENTED, Reason.CONFLICTING, join((for_it, first.fact)))


def _newest(criterion: Criterion, sides: _Sides) -> CriterionResult:
    """The answer of the newest examination: a later note about the same place sets aside what an earlier one shows."""
    later = [
        item
        for item in sides.contrary
        if any(_about_the_same(fact, item) and _is_later(item.fact, fact) for fact in sides.shown)
    ]
    left = [
        fact
        for fact in sides.shown
        if not any(_about_the_same(fact, item) and _is_later(item.fact, fact) for item in later)
    ]
    if not left:
        return _refuted(criterion, sorted(later, key=lambda item: item.fact.day or date.min, reverse=True), ())
    against = {
        id(fact): [item for item in sides.contrary if _contradicts(fact, item) and not _is_later(fact, item.fact)]
        for fact in left
    }
    settled = [fact for fact in left if not against[id(fact)]]
    if settled:
        return CriterionResult(criterion, Answer.MET, Reason.DOCUMENTED, join(settled))
    both = join((left[0], against[id(left[0])][0].fact))
    return CriterionResult(criterion, Answer.NOT_DOCUMENTED, Reason.CONFLICTING, both)


def _about_the_same(shown: Fact, contrary: _Contrary) -> bool:
    """Whether both speak of one thing at one place, as two examinations do; what a form says denies nothing."""
    other = contrary.fact
    if contrary.named:
        return True
    related = is_a(shown, other.concept) or is_a(other, shown.concept)
    return related and not other.template and all(_same_place(shown, other, quality) for quality in PLACES)


def _is_later(one: Fact, other: Fact) -> bool:
    return one.day is not None and other.day is not None and one.day > other.day


def _refuted(criterion: Criterion, contrary: Sequence[_Contrary], near: tuple[NearMiss, ...]) -> CriterionResult:
    quotes = join(item.fact for item in contrary)
    return CriterionResult(criterion, Answer.NOT_MET, contrary[0].reason, quotes, near)


def _contradicts(shown: Fact, contrary: _Contrary) -> bool:
    """Whether both cannot be so. A course of treatment that was too short does not deny another that was not."""
    other = contrary.fact
    if contrary.named:
        return True
    if other.state is not State.ABSENT or other.template:
        return False
    related = is_a(shown, other.concept) or is_a(other, shown.concept)
    return related and all(_same_place(shown, other, quality) for quality in PLACES)


def _same_place(one: Fact, other: Fact, quality: str) -> bool:
    mine, theirs = values(one, quality), values(other, quality)
    return not mine or not theirs or not mine.isdisjoint(theirs)
