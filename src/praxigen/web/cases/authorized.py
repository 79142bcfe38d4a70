"""What was authorized against what is scheduled: the ways in which a service is done without valid authorization."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from praxigen.web.cases.models import Authorization, Case, Stage
from praxigen.web.prepared import Prepared

SOON = timedelta(days=14)
_OVER = (Stage.CLOSED,)


class Trouble(StrEnum):
    """One way in which schedule and authorization do not fit."""

    NONE = "no authorization"
    CODE = "wrong code"
    UNITS = "too few units"
    SIDE = "wrong side"
    DATE = "date outside"
    SITE = "site differs"
    EXPIRED = "expired"
    EXPIRES = "expires soon"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What does not fit, in words that name both sides."""

    trouble: Trouble
    says: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is scheduled. `codes` are those of the case where the schedule names none."""

    codes: tuple[str, ...]
    units: int | None
    side: str
    day: date | None
    site: str


def schedule_of(case: Case) -> Schedule:
    """The schedule of a case."""
    told: Mapping[str, Any] = case.scheduled or {}
    day = told.get("date")
    units = told.get("units")
    return Schedule(
        tuple(told.get("codes") or case.codes),
        int(units) if units else None,
        str(told.get("side") or ""),
        date.fromisoformat(day) if day else case.date_of_service,
        str(told.get("site") or ""),
    )


def mismatches(case: Case, held: Sequence[Authorization], today: date) -> tuple[Mismatch, ...]:
    """Everything that does not fit, each once. Nothing for a closed case."""
    if case.stage in _OVER:
        return ()
    return tuple(dict.fromkeys(_mismatches(schedule_of(case), held, today)))


def _mismatches(plan: Schedule, held: Sequence[Authorization], today: date) -> Iterator[Mismatch]:
    if not held:
        if plan.day is not None and plan.day - today <= SOON:
            yield Mismatch(Trouble.NONE, f"No authorization is noted, and the service is on {plan.day.isoformat()}.")
        return
    for code in plan.codes:
        fitting = [each for each in held if code in each.codes]
        if not fitting:
            listed = ", ".join(dict.fromkeys(one for each in held for one in each.codes)) or "no code"
            yield Mismatch(Trouble.CODE, f"{code} is scheduled; authorized is {listed}.")
            continue
        # Where several authorizations name the code, the one that fits best is the one meant.
        yield from min((tuple(_against(plan, each, today)) for each in fitting), key=len)


def _against(plan: Schedule, each: Authorization, today: date) -> Iterator[Mismatch]:
    if plan.units and each.units and plan.units > each.units:
        yield Mismatch(Trouble.UNITS, f"{plan.units} units are scheduled; {each.units} are authorized.")
    if plan.side and each.side and not _covers(each.side, plan.side):
        yield Mismatch(Trouble.SIDE, f"The {plan.side} side is scheduled; authorized is {each.side}.")
    if plan.site and each.site and _plain(plan.site) != _plain(each.site):
        yield Mismatch(Trouble.SITE, f"Scheduled at {plan.site}; authorized for {each.site}.")
    if plan.day is not None and each.valid_from and plan.day < each.valid_from:
        yield Mismatch(Trouble.DATE, f"Scheduled on {plan.day}; authorized from {each.valid_from} on.")
    if plan.day is not None and each.valid_to and plan.day > each.valid_to:
        yield Mismatch(Trouble.DATE, f"Scheduled on {plan.day}; authorized until {each.valid_to}.")
    done = plan.day is not None and plan.day < today
    if each.valid_to is None or done:
        return
    if each.valid_to < today:
        yield Mismatch(Trouble.EXPIRED, f"The authorization expired on {each.valid_to}.")
    elif each.valid_to - today <= SOON:
        yield Mismatch(Trouble.EXPIRES, f"The authorization expires on {each.valid_to}.")


def _covers(authorized: str, scheduled: str) -> bool:
    return authorized in ("bilateral", scheduled)


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())


def by_case(cases: Sequence[Case]) -> dict[Any, list[Authorization]]:
    """The authorizations of several cases of one practice, by case."""
    found: dict[Any, list[Authorization]] = {case.pk: [] for case in cases}
    names = list(found)
    for at in range(0, len(names), _AT_ONCE):
        some = names[at : at + _AT_ONCE]
        some += [some[0]] * (_AT_ONCE - len(some))  # always as many, so that the statement is always the same
        for row in _of_cases(cases[0].practice_id, *some):
            found[row.case_id].append(row)
    return found


_AT_ONCE = 50
_of_cases: Prepared[Authorization] = Prepared(
    lambda practice, *cases: Authorization.of(practice).filter(case__in=cases)
)
