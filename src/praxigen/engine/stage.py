"""Which stage is requested: as given, as the codes leave only one, or as the note says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from praxigen.engine.leaf import in_order
from praxigen.engine.matching import is_a
from praxigen.errors import UsageError
from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State, Who
from praxigen.model.frozen import frozen
from praxigen.model.request import STAGES, Request
from praxigen.model.requirement import Requirement

_SAID = (State.PLANNED, State.PRESENT, State.DONE)


@frozen
class Stage:
    """The stage and how it was settled: "given", "code", "note" (with the quote) or "" where it is not known.

    `fits` are the stages that the codes can have.
    """

    name: str | None
    settled_by: str
    fits: tuple[str, ...]
    quote: Quote | None = None


def settle_stage(request: Request, requirement: Requirement, facts: Iterable[Fact]) -> Stage:
    """The stage of a request. Raises UsageError where the codes cannot have the stage given, or have none in common."""
    codes = {code: requirement.stages[code] for code in request.codes if code in requirement.stages}
    fits = tuple(stage for stage in STAGES if all(stage in stages for stages in codes.values()))
    if request.stage is not None:
        _check_given(request.stage, codes)
        return Stage(request.stage, "given", fits)
    if not fits:
        what = "; ".join(f"{code} is {either(stages)}" for code, stages in codes.items())
        raise UsageError(f"no stage fits all the codes: {what}", "Check the codes one stage at a time.")
    if len(fits) == 1:
        return Stage(fits[0], "code", fits)
    return _from_note(requirement.stage_concepts, facts, fits) or Stage(None, "", fits)


def either(words: Iterable[str]) -> str:
    """A list of alternatives as a sentence has it: "trial, permanent or removal"."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _check_given(stage: str, codes: Mapping[str, tuple[str, ...]]) -> None:
    for code, stages in codes.items():
        if stage not in stages:
            raise UsageError(
                f"the stage is given as {stage!r}, but {code} is {either(stages)}",
                f"Give the stage as {either(stages)}, or another code.",
            )


def _from_note(concepts: Mapping[str, tuple[str, ...]], facts: Iterable[Fact], fits: tuple[str, ...]) -> Stage | None:
    said = [fact for fact in in_order(facts) if fact.state in _SAID and fact.who is Who.PATIENT]
    for stage, names in concepts.items():
        found = [fact for fact in said if any(is_a(fact, name) for name in names)]
        if found and stage in fits:
            return Stage(stage, "note", fits, found[0].quote)
    return None
