"""A symptom that the writer concludes to be over is over, whatever the story above told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.patterns import Pattern

_SYMPTOMS = ("symptom.limb_pain", "symptom.radicular", "symptom.neurogenic_claudication")
_CONCLUDING = frozenset({"assessment", "diagnosis"})


def as_concluded(facts: Iterable[Fact]) -> list[Fact]:
    """The facts, in which what a diagnosis or an assessment says to be gone ("no longer present") is of the past.

    Only what stands before the conclusion, of the same limb where both name one: a later word may tell of its return.
    """
    facts = list(facts)
    over = [
        fact
        for fact in facts
        if fact.concept in _SYMPTOMS
        and fact.state is State.ABSENT
        and fact.who is Who.PATIENT
        and fact.section in _CONCLUDING
        and fact.rule in ("finding.cue.past", "finding.now-gone")
    ]
    none = [
        fact
        for fact in facts
        if fact.concept == "symptom.radicular"
        and fact.state is State.ABSENT
        and fact.section == "assessment"
        and fact.rule in ("finding.cue.negated", "finding.phrase")
    ]
    if not over and not none:
        return facts
    return [
        _past(fact)
        if any(_overrules(end, fact) for end in over)
        else _unexplained(fact)
        if any(_overrules(end, fact) and _only_felt(fact) for end in none)
        else fact
        for fact in facts
    ]


def _only_felt(fact: Fact) -> bool:
    """Numbness or tingling without pain: a limb's own nerve may do that, and the writer says that no root does."""
    return _FELT.search(fact.quote.text) is not None and _HURTS.search(fact.quote.text) is None


_FELT = Pattern(r"\b(?:numb\w*|tingl\w+|(?:dys|par|hyp)\w*esthesia\w*)\b", re.IGNORECASE)
_HURTS = Pattern(r"\b(?:pain\w*|ach\w+|hurt\w*|radicul\w+|sciatic\w*|claudication|shoot\w*)\b", re.IGNORECASE)


def _unexplained(fact: Fact) -> Fact:
    return replace(fact, state=State.POSSIBLE, rule="concluded.no-root")


def _overrules(end: Fact, fact: Fact) -> bool:
    if fact.concept not in _SYMPTOMS or fact.state is not State.PRESENT or fact.quote.start >= end.quote.start:
        return False
    limbs, sides = (end.quality("limb"), fact.quality("limb")), (end.quality("side"), fact.quality("side"))
    return all(not one or not other or one == other for one, other in (limbs, sides))


def _past(fact: Fact) -> Fact:
    return replace(fact, state=State.PAST, rule="concluded.over")
