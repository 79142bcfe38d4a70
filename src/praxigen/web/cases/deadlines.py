"""Deadlines as they are shown: sorted by the day they run out, with what a missed one means."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from praxigen.exports.calendar import Entry, entries_to_ics
from praxigen.web.accounts.models import Practice
from praxigen.web.cases.clocks import day_of
from praxigen.web.cases.headers import case_head, payer_name, short_id
from praxigen.web.cases.models import Case, Deadline, Stage
from praxigen.web.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Row:
    """One deadline on a day: how many days are left, and what it comes to."""

    row: Deadline
    left: int
    state: str  # overdue, missed (by the payer), soon, open, done
    says: str
    patient: str = ""
    payer: str = ""
    short: str = ""

    @property
    def details(self) -> dict[str, Any]:
        """How it was counted."""
        return dict(self.row.details or {})


def sorted_rows(rows: Iterable[Deadline], day: date) -> list[Row]:
    """The deadlines, open ones first and overdue before all; within each by day."""
    found = [_row(each, day) for each in rows]
    return sorted(found, key=lambda each: (each.row.done_on is not None, each.row.due, each.row.what))


def open_rows(practice: Practice, day: date) -> list[Row]:
    """What is open in all cases of a practice that are not closed, by the day on which it runs out."""
    cases = {case.pk: case for case in _cases(practice.pk)}
    rows = [row for row in _open(practice.pk) if row.case_id in cases]  # one may have come between the two queries
    for row in rows:
        row.case = cases[row.case_id]
    return sorted_rows(rows, day)


def _running(practice: uuid.UUID) -> models.QuerySet[Deadline]:
    return Deadline.of(practice).filter(done_on=None).exclude(case__stage=Stage.CLOSED)


_open: Prepared[Deadline] = Prepared(_running)
_cases: Prepared[Case] = Prepared(lambda practice: Case.of(practice).filter(pk__in=_running(practice).values("case")))


def calendar(rows: Iterable[Row]) -> str:
    """The deadlines as a calendar. It leaves the workspace, so no word about a patient stands in it."""
    return entries_to_ics(_entry(each) for each in rows)


def _row(each: Deadline, day: date) -> Row:
    case: Case = each.case
    head = case_head(case)
    left = (each.due - day).days
    state, says = _state(each, left, day)
    return Row(each, left, state, says, head.patient, head.payer, head.short)


def _state(each: Deadline, left: int, day: date) -> tuple[str, str]:
    details = each.details or {}
    if each.done_on is not None:
        late = each.done_on > each.due
        return "done", f"Done {'late, ' if late else ''}on {each.done_on.isoformat()}"
    if left >= 0:
        says = "Today" if left == 0 else "Tomorrow" if left == 1 else f"In {left} days"
        return ("soon" if left <= 7 else "open"), says
    ago = f"{-left} day{'' if left == -1 else 's'} ago"
    if each.whose != "payer":
        return "overdue", f"Ran out {ago}"
    latest = details.get("latest", "")
    if latest and date.fromisoformat(latest) >= day:
        return "soon", f"Ran out {ago}, unless the payer gave notice that it takes until {latest}"
    return "missed", f"The payer's time ran out {ago}, if nothing came until then"


def _entry(each: Row) -> Entry:
    row, details = each.row, each.details
    about = [f"Payer: {payer_name(row.case.payer)}"]
    if details.get("by_rule") and details.get("by_letter"):
        about.append(f"By the law {details['by_rule']}, by the letter {details['by_letter']}.")
    about += [part for part in (row.source, details.get("counted", "")) if part]
    if details.get("if_missed"):
        about.append(f"If missed: {details['if_missed']}")
    made = row.started or day_of(row.created_at)
    return Entry(
        key=str(row.pk),
        day=row.due,
        # What a person typed may name the patient: only what the law calls a step leaves.
        says=f"{short_id(row.case)}: {row.what if row.rule else 'a deadline of your own'}",
        about="\n".join(about),
        made=made,
        alarm=row.whose != "payer",
    )
