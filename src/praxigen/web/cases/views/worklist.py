"""The work list: every open case, what is missing, whose turn it is, and the next deadline."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.models import Case


@gate(Permission.SEE)
def worklist(request: Asking) -> HttpResponse:
    """The cases of the practice."""
    cases = Case.of(request.practice).order_by("next_deadline", "-changed_at")[:50]
    record(request.actor, Action.CASES_LISTED, shown=len(cases))
    return render(request, "cases/worklist.html", {"cases": cases})
