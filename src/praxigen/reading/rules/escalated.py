"""Care that ended, pain that did not: told as going on, or to be operated on now, so that the care has failed.

That the patient still has the pain is shown with a treatment and not taken for its result. Where the writer says that
it goes on, or turns to an operation or a stimulator for it, the note itself has drawn the conclusion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.patterns import Pattern

_NEXT_STEPS = ("plan.spine_surgery", "plan.scs_trial", "plan.scs_permanent", "trial.scs")
_PAINS = ("symptom.radicular", "symptom.limb_pain", "symptom.axial_pain", "symptom.neurogenic_claudication")
_GOES_ON = Pattern(
    r"\b(?:still|continu(?:es|ed|ing)|persist\w*|remains?|ongoing|unrelenting|intractable|unremitting|worse(?:ning"
    r"|ned)?"
    r"|progressive\w*|as before|no better|despite)\b",
    re.IGNORECASE,
)
_BETTER = Pattern(
    r"\b(?:better|improv\w+|resol\w+|less|mild|occasional\w*|intermittent|tolerable|manageable|controlled|helped|relief"
    r"|comes and goes|now and then)\b",
    re.IGNORECASE,
)
_TOLD_NOW = frozenset({"history", "opening", "assessment", "diagnosis", "indications", "prior_treatment", "other"})


def as_escalated(context: Context, facts: Iterable[Fact]) -> list[Fact]:
    """The facts, in which finished care for a pain that goes on has failed."""
    facts = list(facts)
    if not any(_ended(fact) for fact in facts):
        return facts
    why = _next_step(facts) or _told_to_go_on(context, facts)
    if why is None:
        return facts
    return [_failed(fact, why) if _ended(fact) else fact for fact in facts]


def _next_step(facts: list[Fact]) -> Quote | None:
    steps = (f for f in facts if f.concept in _NEXT_STEPS and f.state is State.PLANNED and f.who is Who.PATIENT)
    return next((fact.quote for fact in steps), None)


def _told_to_go_on(context: Context, facts: list[Fact]) -> Quote | None:
    """The words that tell of the pain as going on, where none tell that it is better."""
    del context
    pains = [
        f
        for f in facts
        if f.concept in _PAINS and f.state is State.PRESENT and f.who is Who.PATIENT and f.section in _TOLD_NOW
    ]
    if any(_BETTER.search(fact.quote.text) for fact in pains):
        return None
    return next((fact.quote for fact in pains if _GOES_ON.search(fact.quote.text)), None)


def _ended(fact: Fact) -> bool:
    return (
        fact.state is State.DONE
        and fact.who is Who.PATIENT
        and fact.duration is not None
        and fact.quality("outcome") == ("persisting",)
        and "treatment.conservative" in fact.kinds
    )


def _failed(fact: Fact, why: Quote) -> Fact:
    qualities = {**fact.qualities, "outcome": ("none",)}
    return replace(fact, qualities=qualities, basis=(*fact.basis, why), rule=f"{fact.rule}.escalated")
