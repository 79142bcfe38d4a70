"""One fact against one evidence pattern: does it show it, refute it, or come near?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from praxigen.engine.limits import thresholds
from praxigen.model.answer import Reason
from praxigen.model.criterion import Evidence
from praxigen.model.fact import Fact, State
from praxigen.model.frozen import frozen

_USUAL_STATES = (State.PRESENT, State.DONE)
PLACES = ("region", "side", "level", "limb", "site", "root")
_STATE_REASONS = {
    State.ABSENT: Reason.DENIED_IN_NOTE,
    State.PLANNED: Reason.PLANNED_ONLY,
    State.POSSIBLE: Reason.POSSIBLE_ONLY,
    State.PAST: Reason.PAST_ONLY,
    State.DECLINED: Reason.DECLINED,
    State.DENIED: Reason.DENIED_BY_INSURANCE,
    State.CLAIMED: Reason.CLAIMED_ONLY,
    State.HYPOTHETICAL: Reason.HYPOTHETICAL_ONLY,
    State.PRESENT: Reason.OTHER_KIND,
    State.DONE: Reason.OTHER_KIND,
}


@frozen
class Match:
    """What one fact says about one pattern: True shows it, False refutes it, None neither, for `reason`.

    `open` is True where the fact is meant, or may be, and a fuller note about the same thing could still show it.
    """

    truth: bool | None
    reason: Reason
    open: bool = False


_SHOWN = Match(True, Reason.DOCUMENTED)


def match(fact: Fact, evidence: Evidence, on: date | None) -> Match | None:
    """The match of a fact with a pattern on a date of service; None where the fact speaks of another concept."""
    if not is_a(fact, evidence.concept):
        return None
    elsewhere = _contradicted_filter(fact, evidence)
    if elsewhere is not None:
        return Match(None, elsewhere)
    if fact.state not in (evidence.states or _USUAL_STATES):
        return _other_state(fact, evidence)
    return _limits(fact, evidence, on)


def _other_state(fact: Fact, evidence: Evidence) -> Match:
    """A fact in another state. Only the absence of the concept itself refutes: "no opioids" says nothing of NSAIDs."""
    if fact.state is not State.ABSENT:
        return Match(None, _STATE_REASONS[fact.state])
    same = fact.concept == evidence.concept
    return Match(False, Reason.DENIED_IN_NOTE) if same else Match(None, Reason.OTHER_KIND)


def is_a(fact: Fact, concept: str) -> bool:
    """Whether the fact's concept is this one or a kind of it."""
    return fact.concept == concept or concept in fact.kinds


def values(fact: Fact, quality: str) -> set[str]:
    """The values of one quality that hold for the fact; what is on both sides is on the left and on the right."""
    stated = set(fact.quality(quality))
    return stated | {"left", "right"} if quality == "side" and "bilateral" in stated else stated


def _contradicted_filter(fact: Fact, evidence: Evidence) -> Reason | None:
    if fact.who is not evidence.who:
        return Reason.OTHER_PERSON
    for quality, accepted in _in_order(evidence.where):
        stated = values(fact, quality)
        if stated and stated.isdisjoint(accepted):
            return _other(quality)
    for quality, excluded in _in_order(evidence.unless_where):
        if not values(fact, quality).isdisjoint(excluded):
            return _other(quality)
    return None


def _in_order(where: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    return sorted(where.items())


def _other(quality: str) -> Reason:
    return Reason.OTHER_SITE if quality in PLACES else Reason.OTHER_KIND


def _limits(fact: Fact, evidence: Evidence, on: date | None) -> Match:
    findings = tuple(thresholds(fact, evidence, on))
    failed = next((finding for finding in findings if finding.truth is False), None)
    if any(not fact.quality(quality) for quality in evidence.where):
        # A fact that may be about something else never refutes, however short it falls.
        return Match(None, Reason.DETAIL_MISSING, open=failed is None)
    if failed is not None:
        return Match(False, failed.reason)
    unknown = next((finding for finding in findings if finding.truth is None), None)
    return _SHOWN if unknown is None else Match(None, unknown.reason, open=True)
