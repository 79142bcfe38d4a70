"""Every open deadline of the practice, by the day on which it runs out."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.clocks import today
from praxigen.web.cases.deadlines import calendar, open_rows, sorted_rows
from praxigen.web.cases.downloads import download
from praxigen.web.cases.headers import short_id
from praxigen.web.cases.models import Case, Deadline


@gate(Permission.SEE)
@require_GET
def deadlines(request: Asking) -> HttpResponse:
    """The page."""
    day = today()
    rows = open_rows(request.practice, day)
    groups = (
        ("Overdue", [each for each in rows if each.state == "overdue"]),
        ("Missed by the payer", [each for each in rows if each.state == "missed"]),
        ("Within a week", [each for each in rows if each.state == "soon"]),
        ("Later", [each for each in rows if each.state == "open"]),
    )
    record(request.actor, Action.DEADLINES_VIEWED, shown=len(rows))
    return render(request, "cases/payer/deadlines.html", {"groups": groups, "rows": rows, "today": day})


@gate(Permission.EXPORT)
@require_GET
def deadlines_calendar(request: Asking, case_id: uuid.UUID | None = None) -> HttpResponse:
    """The open deadlines of all cases, or of one, as a file for any calendar."""
    if case_id is None:
        rows, name = open_rows(request.practice, today()), "deadlines.ics"
    else:
        case = Case.find(request.practice, case_id)
        mine = Deadline.of(request.practice).filter(case=case, done_on=None).select_related("case")
        rows, name = sorted_rows(mine, today()), f"deadlines-{short_id(case)}.ics"
    record(request.actor, Action.DEADLINES_EXPORTED, shown=len(rows))
    return download(calendar(rows).encode(), name, "text/calendar; charset=utf-8")
