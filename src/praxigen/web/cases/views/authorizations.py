"""What was authorized and what is scheduled, held against each other on the page of the case."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.changes import StaleError, put, take
from praxigen.web.cases.decisions import authorized_in
from praxigen.web.cases.forms.schedule import AuthorizationForm, ScheduleForm
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.models import Authorization, Case, Stage, Turn


@gate(Permission.WORK)
@require_http_methods(["GET", "POST"])
def schedule(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Say what is scheduled."""
    case = Case.find(request.practice, case_id)
    told = case.scheduled or {}
    first = {**told, "codes": " ".join(told.get("codes") or ()), "version": case.version}
    form = ScheduleForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kept = {
            "date": given["date"].isoformat() if given["date"] else "",
            "codes": given["codes"],
            "units": given["units"],
            "side": given["side"],
            "site": given["site"],
        }
        try:
            with transaction.atomic():
                held = take(request.practice, case_id, given["version"])
                put(held, scheduled=kept)
                record(request.actor, Action.CASE_CHANGED, held, fields=["scheduled"])
        except StaleError as error:
            form = _anew(form, case_id, request)
            form.add_error(None, f"{error.message}. {error.hint}")
        else:
            messages.success(request, "Noted. It was held against what is authorized.")
            return redirect("cases:case", case_id)
    return _page(request, case, form, "What is scheduled", "It is held against every authorization of the case.")


@gate(Permission.WORK)
@require_http_methods(["GET", "POST"])
def add_authorization(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Note an authorization as the payer's answer says it."""
    case = Case.find(request.practice, case_id)
    first = {"version": case.version, "codes": " ".join(case.codes)} | authorized_in(case)
    form = AuthorizationForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        version, number = given.pop("version"), given.pop("number")
        try:
            with transaction.atomic():
                held = take(request.practice, case_id, version)
                row = Authorization(practice=request.practice, created_by=request.member, case=held, **given)
                row.number = number
                row.save(force_insert=True)
                over = held.stage == Stage.CLOSED
                put(held, **({} if over else {"stage": Stage.AUTHORIZED, "turn": Turn.NOBODY}))
                record(request.actor, Action.AUTHORIZATION_NOTED, row, case=str(held.pk), codes=row.codes)
        except StaleError as error:
            form = _anew(form, case_id, request)
            form.add_error(None, f"{error.message}. {error.hint}")
        else:
            messages.success(request, "Noted. It was held against what is scheduled.")
            return redirect("cases:case", case_id)
    return _page(request, case, form, "Authorization obtained", "Copy it as the payer's answer says it.")


@gate(Permission.WORK)
@require_POST
def remove_authorization(request: Asking, case_id: uuid.UUID, authorization_id: uuid.UUID) -> HttpResponse:
    """Take an authorization out that was noted by mistake."""
    row = Authorization.find(request.practice, authorization_id)
    if row.case_id != case_id:
        raise Http404
    with transaction.atomic():
        held = take(request.practice, case_id)
        record(request.actor, Action.AUTHORIZATION_NOTED, row, outcome="removed", case=str(case_id))
        row.delete()
        put(held)
    messages.success(request, "Taken out.")
    return redirect("cases:case", case_id)


def _anew(form: Any, case_id: uuid.UUID, request: Asking) -> Any:
    """The form as typed, with the version of now: sending it again is a decision."""
    data = request.POST.copy()
    data["version"] = str(Case.find(request.practice, case_id).version)
    again = type(form)(data)
    again.is_valid()
    return again


def _page(request: Asking, case: Case, form: forms.Form, title: str, lead: str) -> HttpResponse:
    context = {"case": case, "head": case_head(case), "form": form, "title": title, "lead": lead}
    return render(request, "cases/plain_form.html", context, status=400 if form.errors else 200)
