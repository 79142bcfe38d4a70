"""Peer-to-peer calls: the sheet for the physician, and what the reviewer said."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from praxigen.errors import PraxigenError
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.pace import costly
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.changes import StaleError, put, take
from praxigen.web.cases.clocks import today
from praxigen.web.cases.downloads import download
from praxigen.web.cases.forms.calls import CallForm
from praxigen.web.cases.headers import case_head, short_id
from praxigen.web.cases.letters import sheet_of
from praxigen.web.cases.models import Call, Case

_NOTED = ("reviewer", "specialty", "reference", "said", "next_step", "noted_by")


@gate(Permission.EXPORT)
@costly("GET")
@require_GET
def call_sheet(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """The one-page sheet for the call as a PDF: weak points first, then every criterion with its words."""
    from praxigen.letters.composing.writers.pdf import to_pdf  # typesetting is not loaded for the other pages

    case = Case.find(request.practice, case_id)
    try:
        sheet = sheet_of(case)
    except PraxigenError as error:
        messages.error(request, f"{error.message[0].upper()}{error.message[1:]}. {error.hint}")
        return redirect("cases:payers_side", case_id)
    record(request.actor, Action.LETTER_EXPORTED, case, form="pdf", kind="peer-to-peer")
    return download(to_pdf(sheet, draft=False), f"call-{short_id(case)}.pdf", "application/pdf")


@gate(Permission.WORK)
@require_POST
def remove_call(request: Asking, case_id: uuid.UUID, call_id: uuid.UUID) -> HttpResponse:
    """Take out a call that was noted by mistake. A letter that was drafted with it keeps its words."""
    row = Call.find(request.practice, call_id)
    if row.case_id != case_id:
        raise Http404
    with transaction.atomic():
        held = take(request.practice, case_id)
        record(request.actor, Action.CALL_NOTED, row, outcome="removed", case=str(case_id))
        row.delete()
        put(held)
    messages.success(request, "Taken out. Look at the drafts: a letter keeps what it repeats of the call.")
    return redirect("cases:payers_side", case_id)


@gate(Permission.WORK)
@require_http_methods(["GET", "POST"])
def add_call(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Note a call."""
    case = Case.find(request.practice, case_id)
    first = {"version": case.version, "on": today(), "noted_by": request.member.name}
    form = CallForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                held = take(request.practice, case_id, told["version"])
                row = Call(
                    practice=request.practice, created_by=request.member, case=held, on=told["on"],
                    outcome=told["outcome"],
                )  # fmt: skip
                row.notes = {name: told[name] for name in _NOTED}
                row.save()
                put(held)
                record(request.actor, Action.CALL_NOTED, row, case=str(held.pk), outcome=row.outcome or "not_said")
        except StaleError as error:
            data = form.data.copy()
            data["version"] = Case.find(request.practice, case_id).version
            form = CallForm(data)
            form.is_valid()
            form.add_error(None, f"{error.message[0].upper()}{error.message[1:]}. {error.hint}")
        else:
            messages.success(request, "The call is noted. A letter drafted from now on repeats what the reviewer said.")
            return redirect("cases:payers_side", case_id)
    told = {
        "head": case_head(case), "form": form, "title": "Note a peer-to-peer call",
        "lead": "Write the reviewer's words as they were said.",
    }  # fmt: skip
    return render(request, "cases/payer/form.html", told, status=422 if request.method == "POST" else 200)
