"""How the practice's requests fare: turnaround, reasons of denials, what is undocumented, trouble with authorizations.

Counted from what stands in the clear: codes, days, states, classes. No patient is opened for it.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from praxigen.model.answer import Answer
from praxigen.web.accounts.models import Practice
from praxigen.web.cases.authorized import by_case, mismatches
from praxigen.web.cases.clocks import APPROVALS, DENIALS, day_of
from praxigen.web.cases.headers import payer_name
from praxigen.web.cases.models import Case, Check, Decision, Stage, Submission, SubmissionKind

K = TypeVar("K")

_MOST = 12  # rows of one chart; the file holds all


@dataclass(frozen=True, slots=True)
class Period:
    """The days that count, both included; None: open on that side."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it. A day that is not known lies in none but the open one."""
        if day is None:
            return self.first is None and self.last is None
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, in units of the drawing."""

    label: str
    value: int
    y: int
    width: float
    says: str
    of: float = 0.0  # width of all of which the bar is a part; 0 where it is no part


@dataclass(frozen=True, slots=True)
class Figure:
    """One table with its chart: columns, rows of text and numbers, and which column the bars show."""

    key: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    bars: tuple[Bar, ...] = ()

    @property
    def height(self) -> int:
        """Of the drawing."""
        return 26 * max(1, len(self.bars)) + 4


def overview(practice: Practice, period: Period, today: date) -> tuple[Figure, ...]:
    """Every figure of a period."""
    cases = {case.pk: case for case in Case.of(practice)}
    decisions = list(Decision.of(practice).filter(confirmed=True))
    return (
        _turnaround(practice, cases, decisions, period),
        _reasons(cases, decisions, period),
        _criteria(cases, decisions, period),
        _undocumented(practice, period),
        _authorizations(list(cases.values()), period, today),
    )


def table(figures: Iterable[Figure]) -> list[list[str | int]]:
    """All figures below each other, for a file."""
    told: list[list[str | int]] = []
    for each in figures:
        told += [[each.title], list(each.columns), *(list(row) for row in each.rows), []]
    return told


def turnaround_days(sent: Sequence[date], answered: Sequence[date]) -> list[int]:
    """From each request to the first answer after it and before the next request, in days."""
    found = []
    days = sorted(sent)
    for place, day in enumerate(days):
        until = days[place + 1] if place + 1 < len(days) else date.max
        first = min((each for each in answered if day <= each < until or each == day), default=None)
        if first is not None:
            found.append((first - day).days)
    return found


def ninetieth(days: Sequence[int]) -> int:
    """The number of days within which nine of ten were answered (nearest rank)."""
    ranked = sorted(days)
    return ranked[max(0, -(-len(ranked) * 9 // 10) - 1)]


def _turnaround(practice: Practice, cases: Mapping[object, Case], decisions: list[Decision], period: Period) -> Figure:
    sent: dict[object, list[date]] = defaultdict(list)
    for row in Submission.of(practice).filter(kind=SubmissionKind.REQUEST):
        if period.holds(row.sent_on):
            sent[row.case_id].append(row.sent_on)
    answered: dict[object, list[date]] = defaultdict(list)
    for decision in decisions:
        day = decision.received_on or decision.dated
        if day is not None and decision.outcome in (*DENIALS, *APPROVALS):
            answered[decision.case_id].append(day)
    by_payer: dict[str, list[int]] = defaultdict(list)
    waiting: Counter[str] = Counter()
    for name, days in sent.items():
        payer = payer_name(cases[name].payer)
        found = turnaround_days(days, answered[name])
        by_payer[payer] += found
        waiting[payer] += len(days) - len(found)
    rows = []
    for payer, found in by_payer.items():
        median = round(statistics.median(found)) if found else 0
        rows.append((payer, len(found), median, ninetieth(found), waiting[payer]) if found else
                    (payer, 0, "", "", waiting[payer]))  # fmt: skip
    rows.sort(key=lambda row: (row[2] == "", -(row[2] if isinstance(row[2], int) else 0), str(row[0])))
    return Figure(
        "turnaround", "Days from request to answer, by payer",
        "Requests sent in the period. The bar is the median; nine of ten were answered within the 90th percentile.",
        ("Payer", "Answered", "Median days", "90th percentile", "Not answered yet"), tuple(rows),
        _bars([(str(row[0]), row[2], f"{row[2]} days") for row in rows if isinstance(row[2], int)]),
    )  # fmt: skip


def _reasons(cases: Mapping[object, Case], decisions: list[Decision], period: Period) -> Figure:
    counts: Counter[tuple[str, str]] = Counter()
    for row in _denied(decisions, period):
        for kind in {each["class"] for each in row.reasons}:
            counts[payer_name(cases[row.case_id].payer), _words(kind)] += 1
    rows = tuple((payer, kind, number) for (payer, kind), number in _ranked(counts))
    return Figure(
        "reasons", "Reasons of denials, by payer", "Confirmed denials received in the period; one may state several.",
        ("Payer", "Class of reason", "Denials"), rows,
        _bars([(f"{payer}: {kind}", number, str(number)) for payer, kind, number in rows]),
    )  # fmt: skip


def _criteria(cases: Mapping[object, Case], decisions: list[Decision], period: Period) -> Figure:
    counts: Counter[tuple[str, str]] = Counter()
    for row in _denied(decisions, period):
        for name in {each["criterion"] for each in row.reasons if each.get("criterion")}:
            counts[payer_name(cases[row.case_id].payer), _words(name)] += 1
    rows = tuple((payer, name, number) for (payer, name), number in _ranked(counts))
    return Figure(
        "criteria", "Criteria that denials say are unmet, by payer",
        "Where the person who confirmed the denial named the criterion.",
        ("Payer", "Criterion", "Denials"), rows,
        _bars([(f"{payer}: {name}", number, str(number)) for payer, name, number in rows]),
    )  # fmt: skip


def _undocumented(practice: Practice, period: Period) -> Figure:
    """Of the first check of each case: what a chart lacks before anybody asked."""
    seen: set[object] = set()
    asked: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    rows_of = Check.of(practice).only("case_id", "criteria", "created_at", "number", "practice_id").order_by("number")
    for row in rows_of:
        if row.case_id in seen or not period.holds(day_of(row.created_at)):
            continue
        seen.add(row.case_id)
        for name, answer in row.criteria.items():
            if answer == Answer.NOT_APPLICABLE:
                continue
            asked[name] += 1
            silent[name] += answer == Answer.NOT_DOCUMENTED
    found = [(name, number) for name, number in _ranked(silent) if number]
    rows = tuple(
        (_words(name), number, asked[name], f"{round(100 * number / asked[name])} %") for name, number in found
    )
    return Figure(
        "undocumented", "What charts leave undocumented",
        "At the first check of each case in the period, before questions were asked. The pale bar is all charts asked.",
        ("Criterion", "Not documented", "Charts asked", "Share"), rows,
        _bars(
            [(str(name), int(number), f"{number} of {of}") for name, number, of, _ in rows],
            [int(of) for _, _, of, _ in rows],
        ),
    )  # fmt: skip


def _authorizations(cases: list[Case], period: Period, today: date) -> Figure:
    counts: Counter[str] = Counter()
    open_ones = [
        case for case in cases
        if case.stage in (Stage.SUBMITTED, Stage.AUTHORIZED, Stage.DENIED, Stage.APPEALED, Stage.READY)
        and period.holds(case.date_of_service)
    ]  # fmt: skip
    held = by_case(open_ones)
    for case in open_ones:
        for trouble in {each.trouble for each in mismatches(case, held.get(case.pk, []), today)}:
            counts[str(trouble)] += 1
    rows = tuple((name.capitalize(), number) for name, number in _ranked(counts))
    return Figure(
        "authorizations", "Authorizations that do not fit the schedule",
        "Open cases whose date of service lies in the period, as they stand today; one case may show several.",
        ("Problem", "Cases"), rows, _bars([(str(name), int(number), str(number)) for name, number in rows]),
    )  # fmt: skip


def _denied(decisions: list[Decision], period: Period) -> list[Decision]:
    return [row for row in decisions if row.outcome in DENIALS and period.holds(row.received_on or row.dated)]


def _ranked(counts: Mapping[K, int]) -> list[tuple[K, int]]:
    """Most first, then by name."""
    return sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))


def _bars(values: Sequence[tuple[str, int, str]], wholes: Sequence[int] = ()) -> tuple[Bar, ...]:
    """The bars of the first rows, the longest as wide as the drawing has room; `wholes` are what they are parts of."""
    shown = values[:_MOST]
    longest = max((*(value for _, value, _ in shown), *wholes[:_MOST]), default=0) or 1
    return tuple(
        Bar(
            label,
            value,
            26 * place + 4,
            round(max(2.0, 300 * value / longest), 1),
            says,
            round(300 * wholes[place] / longest, 1) if wholes else 0.0,
        )
        for place, (label, value, says) in enumerate(shown)
    )


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
