"""A case is closed with a reason, and opened again."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from praxigen.errors import UsageError
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.cases.changes import take
from praxigen.web.cases.clocks import today
from praxigen.web.cases.closing import close, reopen
from praxigen.web.cases.deadlines import sorted_rows
from praxigen.web.cases.forms.payers_side import Versioned
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.models import Case, ClosedFor, Deadline


class ClosingForm(Versioned):
    """Why the case is closed."""

    why = forms.ChoiceField(
        label="Why", choices=ClosedFor.choices, widget=forms.RadioSelect,
        error_messages={"required": "Say why, so that others know whether anything is left to do."},
    )  # fmt: skip


@gate(Permission.WORK)
@require_http_methods(["GET", "POST"])
def close_case(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Close the case; what still runs is shown first."""
    case = Case.find(request.practice, case_id)
    form = ClosingForm(request.POST if request.method == "POST" else None, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                close(take(request.practice, case_id, told["version"]), ClosedFor(told["why"]), request.actor)
        except UsageError as error:
            data = form.data.copy()
            data["version"] = Case.find(request.practice, case_id).version
            form = ClosingForm(data)
            form.is_valid()
            form.add_error(None, f"{error.message[0].upper()}{error.message[1:]}. {error.hint}")
        else:
            messages.success(request, "Closed. The list shows it where you choose the stage Closed.")
            return redirect("cases:worklist")
    running = Deadline.of(request.practice).filter(case=case, done_on=None).select_related("case")
    told = {"case": case, "head": case_head(case), "form": form, "running": sorted_rows(running, today())}
    return render(request, "cases/close.html", told, status=422 if request.method == "POST" else 200)


@gate(Permission.WORK)
@require_POST
def reopen_case(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Open a closed case again."""
    try:
        with transaction.atomic():
            reopen(take(request.practice, case_id), request.actor)
    except UsageError as error:
        messages.error(request, f"{error.message[0].upper()}{error.message[1:]}. {error.hint}")
    else:
        messages.success(request, "Open again.")
    return redirect("cases:case", case_id)
