"""Open cases that a changed policy turns, with the criterion and the editions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.policy import turned_cases

_MOST = 200  # cases on the page; those with the nearest service first


@gate(Permission.SEE)
@require_GET
def policy_changes(request: Asking) -> HttpResponse:
    """Every open case that turns."""
    turned = [(case_head(change.case), change) for change in turned_cases(request.practice)[:_MOST]]
    record(request.actor, Action.CASES_LISTED, shown=len(turned), part="policy")
    return render(request, "cases/policy.html", {"turned": turned})
