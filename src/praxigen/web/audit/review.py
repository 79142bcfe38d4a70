"""What an owner looks at once a month: who saw and took out how much, and what of it is unusual for that member.

Counted from the trail alone. A sign is a reason to look, never a finding about a person.
"""

from __future__ import annotations

import statistics
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from praxigen.web.audit.actions import Action
from praxigen.web.audit.models import Event

DUE_AFTER = timedelta(days=31)
LONGEST = timedelta(days=92)  # what one review looks back over
MANY = 20  # cases or exports on one day that nobody is asked about
TIMES = 3  # as many as on the member's usual day
WRONG_FACTORS = 5

_SEEN = (Action.CASE_VIEWED, Action.CASE_OPENED)
_TAKEN = (
    Action.FILE_VIEWED, Action.CHECK_EXPORTED, Action.LETTER_EXPORTED, Action.PACKET_EXPORTED, Action.OVERVIEW_EXPORTED,
    Action.DEADLINES_EXPORTED,
)  # fmt: skip
_OTHER = (Action.SIGNED_IN, Action.FACTOR_FAILED, Action.REFUSED)
_COUNTED = [action.value for action in (*_SEEN, *_TAKEN, *_OTHER)]


@dataclass(frozen=True, slots=True)
class Row:
    """One member in the time that is reviewed. `signs` say in words what is unusual."""

    member: uuid.UUID
    sign_ins: int
    cases: int
    taken: int
    busiest: int  # cases seen on one day
    refused: int
    signs: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    cases: set[str] = field(default_factory=set)
    by_day: defaultdict[date, set[str]] = field(default_factory=lambda: defaultdict(set))
    taken_by_day: Counter[date] = field(default_factory=Counter)
    seen_in_hour: Counter[int] = field(default_factory=Counter)
    hours: set[int] = field(default_factory=set)
    refused: int = 0
    too_often: int = 0
    wrong: int = 0
    sign_ins: int = 0


def last_review(practice: uuid.UUID) -> Event | None:
    """The last time that an owner signed."""
    return Event.objects.filter(practice=practice, action=Action.AUDIT_REVIEWED.value).order_by("-sequence").first()


def begins(practice: uuid.UUID, now: datetime) -> datetime:
    """From when on the next review looks: the last one, at most three months ago; a month where there was none."""
    last = last_review(practice)
    return max(last.at, now - LONGEST) if last is not None else now - DUE_AFTER


def review(practice: uuid.UUID, since: datetime) -> list[Row]:
    """The members who did anything, those with signs first."""
    events = Event.objects.filter(practice=practice, at__gte=since, actor__isnull=False, action__in=_COUNTED)
    tallies: defaultdict[uuid.UUID, _Tally] = defaultdict(_Tally)
    wanted = events.order_by("sequence").values_list("actor", "action", "at", "object_type", "object_id", "fields")
    for actor, action, at, kind, name, fields in wanted.iterator():
        _count(tallies[actor], Action(action), at, name if kind == "case" else "", fields)
    rows = [_row(member, tally, _hours_of_others(tallies, member)) for member, tally in tallies.items()]
    return sorted(rows, key=lambda row: (-len(row.signs), -row.cases, str(row.member)))


def _count(tally: _Tally, action: Action, at: datetime, case: str, fields: dict[str, object]) -> None:
    tally.hours.add(at.hour)
    if action in _SEEN and case:
        tally.cases.add(case)
        tally.by_day[at.date()].add(case)
        tally.seen_in_hour[at.hour] += 1
    elif action in _TAKEN:
        tally.taken_by_day[at.date()] += 1
    elif action is Action.SIGNED_IN:
        tally.sign_ins += 1
    elif action is Action.FACTOR_FAILED:
        tally.wrong += 1
    elif action is Action.REFUSED:
        tally.refused += 1
        tally.too_often += "too_often" in fields


def _hours_of_others(tallies: dict[uuid.UUID, _Tally], member: uuid.UUID) -> set[int] | None:
    """The hours of the day (UTC) in which anybody else worked; None where nobody else did at all."""
    others = [tally.hours for name, tally in tallies.items() if name != member]
    return set().union(*others) if others else None


def _row(member: uuid.UUID, tally: _Tally, others: set[int] | None) -> Row:
    days = [len(cases) for cases in tally.by_day.values()]
    alone = sum(seen for hour, seen in tally.seen_in_hour.items() if others is not None and hour not in others)
    signs = (
        _peak("cases seen on one day", days),
        _peak("documents taken out on one day", tally.taken_by_day.values()),
        f"{alone} times a case was seen in hours in which nobody else worked" if alone else "",
        f"asked too often, like a script: {tally.too_often}" if tally.too_often else "",
        f"asked for what the role does not allow: {tally.refused - tally.too_often}"
        if tally.refused > tally.too_often
        else "",
        f"wrong codes or passkeys: {tally.wrong}" if tally.wrong >= WRONG_FACTORS else "",
    )
    return Row(
        member=member,
        sign_ins=tally.sign_ins,
        cases=len(tally.cases),
        taken=sum(tally.taken_by_day.values()),
        busiest=max(days, default=0),
        refused=tally.refused,
        signs=tuple(filter(None, signs)),
    )


def _peak(what: str, days: Iterable[int]) -> str:
    """The sign of a day that holds many, and many more than the member's usual day."""
    counts = list(days)
    most = max(counts, default=0)
    if most < MANY or (len(counts) > 1 and most < TIMES * statistics.median(counts)):
        return ""
    usual = f", usually {statistics.median(counts):g}" if len(counts) > 1 else ""
    return f"{most} {what}{usual}"
