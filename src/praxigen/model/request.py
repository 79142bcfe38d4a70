"""What is being requested of a payer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from praxigen.errors import UsageError
from praxigen.model.spine import segments

# Where in a course of treatment a request stands: a stimulator is tried, implanted, mended; an injection tells where
# pain comes from, confirms it, treats it, is repeated.
STAGES = (
    *("trial", "permanent", "revision", "replacement", "removal"),
    *("initial", "repeat"),
    *("diagnostic", "second-diagnostic", "therapeutic", "repeat-therapeutic"),
)


SIDES = ("left", "right", "bilateral")


@dataclass(frozen=True, slots=True, init=False)
class Request:
    """Payer, plan type, procedure codes, date of service and stage; side and levels, where they are known.

    `date` is the date of service: it picks the edition, and "within nine months" is counted back from it. It may be
    given as ISO text. None means not stated: the newest edition is used and limits that need a date stay open.
    `attested` are ids of criteria that a person has attested to. `side` and `levels` ("L4-L5") answer no criterion:
    a chart that speaks of others is warned of.
    """

    payer: str
    codes: tuple[str, ...]
    plan: str
    date: dt.date | None
    stage: str | None
    attested: tuple[str, ...]
    side: str | None
    levels: tuple[str, ...]

    def __init__(
        self,
        payer: str,
        codes: Sequence[str] | str,
        plan: str = "commercial",
        date: dt.date | str | None = None,
        stage: str | None = None,
        attested: Sequence[str] = (),
        side: str | None = None,
        levels: Sequence[str] | str = (),
    ) -> None:
        if stage is not None and stage not in STAGES:
            raise UsageError(f"unknown stage {stage!r}", f"Give one of: {', '.join(STAGES)}.")
        codes = (codes,) if isinstance(codes, str) else tuple(dict.fromkeys(codes))
        if not codes:
            raise UsageError("no procedure code was given", "Give at least one, for example --code 63650.")
        if side is not None and side not in SIDES:
            raise UsageError(f"unknown side {side!r}", f"Give one of: {', '.join(SIDES)}.")
        object.__setattr__(self, "payer", payer)
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "plan", plan)
        object.__setattr__(self, "date", _date(date))
        object.__setattr__(self, "stage", stage)
        object.__setattr__(self, "attested", tuple(attested))
        object.__setattr__(self, "side", side)
        object.__setattr__(self, "levels", _levels((levels,) if isinstance(levels, str) else levels))


def _levels(given: Sequence[str]) -> tuple[str, ...]:
    """The levels in one way of writing: "L4-5" and "l4/l5" are L4-L5."""
    found: dict[str, None] = {}
    for level in given:
        named = segments(level)
        if not named:
            raise UsageError(f"{level!r} is not a level of the spine", "Write it as two vertebrae, for example L4-L5.")
        found.update((str(segment), None) for segment in sorted(named))
    return tuple(found)


def _date(value: dt.date | str | None) -> dt.date | None:
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is not a date", "Write it as year-month-day, for example 2026-08-03.") from None
