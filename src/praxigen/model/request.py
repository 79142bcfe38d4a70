"""What is being requested of a payer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from praxigen.errors import UsageError

# Where in a course of treatment a request stands: a stimulator is tried, implanted, mended; an injection tells where
# pain comes from, confirms it, treats it, is repeated.
STAGES = (
    *("trial", "permanent", "revision", "replacement", "removal"),
    *("initial", "repeat"),
    *("diagnostic", "second-diagnostic", "therapeutic", "repeat-therapeutic"),
)


@dataclass(frozen=True, slots=True, init=False)
class Request:
    """Payer, plan type, procedure codes, date of service and stage.

    `date` is the date of service: it picks the edition, and "within nine months" is counted back from it. It may be
    given as ISO text. None means not stated: the newest edition is used and limits that need a date stay open.
    `attested` are ids of criteria that a person has attested to.
    """

    payer: str
    codes: tuple[str, ...]
    plan: str
    date: dt.date | None
    stage: str | None
    attested: tuple[str, ...]

    def __init__(
        self,
        payer: str,
        codes: Sequence[str] | str,
        plan: str = "commercial",
        date: dt.date | str | None = None,
        stage: str | None = None,
        attested: Sequence[str] = (),
    ) -> None:
        if stage is not None and stage not in STAGES:
            raise UsageError(f"unknown stage {stage!r}", f"Give one of: {', '.join(STAGES)}.")
        codes = (codes,) if isinstance(codes, str) else tuple(dict.fromkeys(codes))
        if not codes:
            raise UsageError("no procedure code was given", "Give at least one, for example --code 63650.")
        object.__setattr__(self, "payer", payer)
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "plan", plan)
        object.__setattr__(self, "date", _date(date))
        object.__setattr__(self, "stage", stage)
        object.__setattr__(self, "attested", tuple(attested))


def _date(value: dt.date | str | None) -> dt.date | None:
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is not a date", "Write it as year-month-day, for example 2026-08-03.") from None
