"""The payer's side of a case: what was sent, what came back, and the days by which something must be done."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from praxigen.exports.denial import OUTCOMES
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.changes import StaleError, put, take
from praxigen.web.cases.clocks import DENIALS, reckon, refresh, today
from praxigen.web.cases.deadlines import sorted_rows
from praxigen.web.cases.forms.calls import OUTCOMES as OUTCOMES_OF_CALLS
from praxigen.web.cases.forms.payers_side import OwnDeadlineForm, PlanForm, SubmissionForm
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.letters import title_of
from praxigen.web.cases.models import (
    Authorization,
    Call,
    Case,
    Deadline,
    Decision,
    Letter,
    Stage,
    Submission,
    SubmissionKind,
    Way,
)
from praxigen.web.cases.submissions import Sent, note_submission, take_out


@gate(Permission.SEE)
@require_GET
def payers_side(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Everything between the practice and the payer about one case."""
    case = Case.find(request.practice, case_id)
    record(request.actor, Action.CASE_VIEWED, case, part="payer")
    return render(request, "cases/payer/side.html", _shown(case))


@gate(Permission.WORK)
@require_http_methods(["GET", "POST"])
def add_submission(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Note that something was sent."""
    case = Case.find(request.practice, case_id)
    form = SubmissionForm(
        request.POST if request.method == "POST" else None, initial={"version": case.version, "sent_on": today()}
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        sent = Sent(
            SubmissionKind(told["kind"]), told["sent_on"], Way(told["way"]), told["urgency"], told["received_on"],
            told["reference"], told["note"],
        )  # fmt: skip
        try:
            with transaction.atomic():
                note_submission(take(request.practice, case_id, told["version"]), sent, request.member, request.actor)
        except StaleError as error:
            form = _anew(form, case_id, request, error)
        else:
            messages.success(request, "Noted. It is the payer's turn, and its clock runs.")
            return redirect("cases:payers_side", case_id)
    return _form_page(request, case, form, "Note what was sent", "Nothing is sent from here: note what you sent.")


@gate(Permission.WORK)
@require_POST
def remove_submission(request: Asking, case_id: uuid.UUID, submission_id: uuid.UUID) -> HttpResponse:
    """Take out what was noted as sent by mistake."""
    row = Submission.find(request.practice, submission_id)
    if row.case_id != case_id:
        raise Http404
    with transaction.atomic():
        take_out(row, take(request.practice, case_id), request.actor)
    messages.success(request, "Taken out, and the deadlines were counted anew.")
    return redirect("cases:payers_side", case_id)


@gate(Permission.WORK)
@require_http_methods(["GET", "POST"])
def plan_of(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Say whose law reaches the plan, and count the deadlines anew."""
    case = Case.find(request.practice, case_id)
    first = {"version": case.version, "plan": case.plan, "funding": case.funding, "state": case.state}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                held = take(request.practice, case_id, told["version"])
                held.plan, held.funding, held.state = told["plan"], told["funding"], told["state"]
                refresh(held)
                put(held)
                record(request.actor, Action.CASE_CHANGED, held, fields=["plan", "funding", "state"])
        except StaleError as error:
            form = _anew(form, case_id, request, error)
        else:
            messages.success(request, "Noted. The deadlines were counted anew.")
            return redirect("cases:payers_side", case_id)
    return _form_page(request, case, form, "Whose law reaches the plan", "It decides every deadline of the case.")


@gate(Permission.WORK)
@require_http_methods(["GET", "POST"])
def add_deadline(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Set a day of one's own."""
    case = Case.find(request.practice, case_id)
    form = OwnDeadlineForm(request.POST if request.method == "POST" else None, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                held = take(request.practice, case_id, told["version"])
                row = Deadline(
                    practice=request.practice, created_by=request.member, case=held, what=told["what"], due=told["due"],
                    started=today(),
                )  # fmt: skip
                row.save()
                refresh(held)
                put(held)
                record(request.actor, Action.DEADLINE_SET, row, case=str(held.pk))
        except StaleError as error:
            form = _anew(form, case_id, request, error)
        else:
            messages.success(request, "The deadline is set.")
            return redirect("cases:payers_side", case_id)
    return _form_page(request, case, form, "Set a deadline", "Beside those that law and letters set.")


@gate(Permission.WORK)
@require_POST
def end_deadline(request: Asking, deadline_id: uuid.UUID) -> HttpResponse:
    """Mark a deadline as done, or as open again."""
    row = Deadline.find(request.practice, deadline_id)
    with transaction.atomic():
        held = take(request.practice, row.case_id)
        row.done_on = None if request.POST.get("open") else today()
        row.save()
        refresh(held)
        put(held)
        record(request.actor, Action.DEADLINE_DONE, row, case=str(held.pk), done=row.done_on is not None)
    messages.success(request, "Marked as done." if row.done_on else "Open again.")
    return redirect("cases:deadlines" if request.POST.get("back") == "list" else "cases:payers_side", *(
        () if request.POST.get("back") == "list" else (row.case_id,)
    ))  # fmt: skip


def _shown(case: Case) -> dict[str, Any]:
    found = reckon(case, today())
    mine = {"case": case}
    practice = case.practice_id
    decided = Decision.of(practice).filter(**mine)
    denied = decided.filter(confirmed=True, outcome__in=DENIALS).last() if case.stage == Stage.DENIED else None
    return {
        "to_answer": denied,
        "head": case_head(case),
        "submissions": Submission.of(practice).filter(**mine),
        "decisions": [_told(each) for each in decided],
        "authorizations": Authorization.of(practice).filter(**mine),
        "deadlines": sorted_rows(Deadline.of(practice).filter(**mine).select_related("case"), today()),
        "letters": [(each, title_of(each)) for each in Letter.of(practice).filter(**mine)],
        "calls": [(each, dict(OUTCOMES_OF_CALLS).get(each.outcome, "")) for each in Call.of(practice).filter(**mine)],
        "reckoning": found,
    }


def _told(row: Decision) -> Decision:
    """The decision with its outcome and reasons in words."""
    if row.confirmed:
        row.outcome_says = _OUTCOMES.get(row.outcome, row.outcome)
        row.reason_says = list(dict.fromkeys(_reason_words(each) for each in row.reasons))
    return row


_OUTCOMES = {each.value: says for each, says in OUTCOMES.items()}


def _reason_words(each: dict[str, str]) -> str:
    return each["class"].replace("_", " ").capitalize()


def _form_page(request: Asking, case: Case, form: Any, title: str, lead: str) -> HttpResponse:
    status = 200 if request.method == "GET" else 422
    told = {"head": case_head(case), "form": form, "title": title, "lead": lead}
    return render(request, "cases/payer/form.html", told, status=status)


def _anew(form: Any, case_id: uuid.UUID, request: Asking, error: StaleError) -> Any:
    """The same form with what was typed, on the version that now holds."""
    data = form.data.copy()
    data["version"] = Case.find(request.practice, case_id).version
    again = type(form)(data)
    again.is_valid()
    again.add_error(None, f"{error.message[0].upper()}{error.message[1:]}. {error.hint}")
    return again
