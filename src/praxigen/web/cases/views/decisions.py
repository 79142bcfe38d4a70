"""The payer's decision: its letter taken in, what was read of it shown, and confirmed or corrected by a person."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from praxigen.errors import InputError, PraxigenError
from praxigen.model.denial import Denial, DenialReading
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.pace import costly
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.changes import StaleError, take
from praxigen.web.cases.clocks import APPROVALS, today
from praxigen.web.cases.decisions import PASTED, confirm, plain_reading, read_decision, take_answer
from praxigen.web.cases.forms.decisions import DecisionForm, LetterForm
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.models import Case, Decision, FileState
from praxigen.web.cases.numbers import whole_number
from praxigen.web.cases.said import answer_said
from praxigen.web.cases.scanning import ScannedError


@gate(Permission.WORK)
@costly("POST")
@require_http_methods(["GET", "POST"])
def add_decision(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Take the payer's letter in."""
    case = Case.find(request.practice, case_id)
    form = LetterForm(
        request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        file, text = form.cleaned_data["file"], form.cleaned_data["text"]
        name, data = (file.name, file.read()) if file else (PASTED, text.encode())
        try:
            row = take_answer(case, name, data, request.member, request.actor)
        except ScannedError as error:
            form.add_error("file" if file else "text", f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}")
        except InputError:
            form.add_error("file" if file else "text", "This could not be read. Save it anew, or paste its text.")
        else:
            return redirect("cases:decision", row.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/payer/add_decision.html", {"head": case_head(case), "form": form}, status=status)


@gate(Permission.SEE)
@require_http_methods(["GET", "POST"])
def decision(request: Asking, decision_id: uuid.UUID) -> HttpResponse:
    """What was read, and the form to confirm or correct it."""
    row = Decision.find(request.practice, decision_id)
    case = row.case
    if request.method == "POST" and not request.member.may(Permission.WORK):
        from django.core.exceptions import PermissionDenied  # the gate let a reader in, who may not change

        record(request.actor, Action.REFUSED, row, outcome="refused", needed=Permission.WORK.value)
        raise PermissionDenied
    told: dict[str, Any] = {"head": case_head(case), "decision": row, "letter": row.letter}
    try:
        reading = read_decision(row, today())
    except InputError as error:
        told |= {"problem": error.message, "next_step": error.hint}
        return render(request, "cases/payer/decision.html", told, status=200)
    if reading is None:
        waiting = row.letter is not None and row.letter.state in (FileState.WAITING, FileState.READING)
        return render(request, "cases/payer/decision.html", told | {"waiting": waiting})
    number = _which(request, row, reading)
    denial = reading.denials[number] if reading.denials else None
    form = DecisionForm(request.POST if request.method == "POST" else None, row, denial, number, today())
    if request.method == "POST" and form.is_valid():
        try:
            return _confirm(request, row, form, reading)
        except PraxigenError as error:
            data = form.data.copy()
            if isinstance(error, StaleError):
                data["version"] = Case.find(request.practice, case.pk).version
            form = DecisionForm(data, row, denial, number, today())
            form.is_valid()
            form.add_error(None, f"{error.message[0].upper()}{error.message[1:]}. {error.hint}")
    record(request.actor, Action.FILE_VIEWED, row.letter, case=str(case.pk))
    told |= _shown(reading, denial, form, number)
    return render(request, "cases/payer/decision.html", told, status=422 if request.method == "POST" else 200)


@gate(Permission.WORK)
@require_POST
def drop_decision(request: Asking, decision_id: uuid.UUID) -> HttpResponse:
    """Take back a decision that nobody confirmed; the letter stays a file of the case."""
    row = Decision.find(request.practice, decision_id)
    case_id = row.case_id
    if row.confirmed:
        messages.error(request, "A confirmed decision stays. Open it to correct it.")
    else:
        with transaction.atomic():
            record(request.actor, Action.DECISION_NOTED, row, case=str(case_id), kind="dropped")
            row.delete()
        messages.success(request, "The unconfirmed decision was taken back.")
    return redirect("cases:payers_side", case_id)


def _which(request: Asking, row: Decision, reading: DenialReading) -> int:
    """Which of several answers is meant: as asked for, as confirmed, else the first about this case's codes."""
    asked = whole_number(request.POST.get("answer") or request.GET.get("answer") or "")
    if asked is not None and asked < len(reading.denials):
        return asked
    stored = (row.reading or {}).get("answer")
    if isinstance(stored, int) and stored < len(reading.denials):
        return stored
    codes = set(row.case.codes)
    fitting = (at for at, each in enumerate(reading.denials) if codes & {code.code for code in each.codes})
    return next(fitting, 0)


def _confirm(request: Asking, row: Decision, form: DecisionForm, reading: DenialReading) -> HttpResponse:
    told = form.confirmed()
    with transaction.atomic():
        held = take(request.practice, row.case_id, form.cleaned_data["version"])
        confirm(row, held, told, reading, request.member, request.actor)
    messages.success(request, "The decision is stored, and its deadlines are counted.")
    if told.outcome.value in APPROVALS:
        return redirect("cases:add_authorization", row.case_id)
    return redirect("cases:payers_side", row.case_id)


def _shown(reading: DenialReading, denial: Denial | None, form: DecisionForm, number: int) -> dict[str, Any]:
    plain = plain_reading(reading)
    answer = plain["answers"][number] if denial is not None else None
    said = answer_said(reading.document, denial, answer) if denial is not None and answer is not None else None
    pairs = [(form[kind], form[criterion]) for kind, criterion in form.reason_names]
    return {
        "reading": reading,
        "form": form,
        "said": said,
        "reasons": list(zip(said.reasons if said else (), pairs, strict=True)),
        "number": number,
        "others": [(at, each) for at, each in enumerate(plain["answers"])] if len(plain["answers"]) > 1 else [],
        "text": reading.document.text,
    }
