"""The check as people work with it: the document beside the criteria, and a decision about each criterion."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from praxigen.errors import UsageError
from praxigen.exports import summary, words
from praxigen.exports.html_report import row_anchor
from praxigen.exports.outline import Row
from praxigen.model.criterion import Op
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.pace import costly
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.asking import questions_of
from praxigen.web.cases.checking import SEALED, StaleCheckError, is_newest, open_check, with_pages
from praxigen.web.cases.comparing import Change, changes_between
from praxigen.web.cases.deciding import Choice, DecidedMeanwhileError, decide, standing
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.models import Case, Check, Disposition
from praxigen.web.cases.numbers import whole_number
from praxigen.web.cases.opened import OpenedCheck
from praxigen.web.cases.removal import removed_from
from praxigen.web.cases.views.case_page import TONES
from praxigen.web.cases.views.exporting import find_check
from praxigen.web.cases.views.new_case import check_or_say
from praxigen.web.prepared import Prepared

_TOKEN = secrets.token_hex(16)  # stands in what is kept where each page puts its own


@gate(Permission.WORK)
@costly("POST")
@require_POST
def check_again(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Check the chart as it is now."""
    return check_or_say(request, Case.find(request.practice, case_id))


@gate(Permission.SEE)
@require_GET
def check_page(request: Asking, case_id: uuid.UUID, check_id: uuid.UUID) -> HttpResponse:
    """The document beside the criteria."""
    case, check = find_check(request, case_id, check_id)
    record(request.actor, Action.CHECK_VIEWED, check, number=check.number)
    return _page(request, case, check)


@gate(Permission.DECIDE)
@require_POST
def decide_criterion(request: Asking, case_id: uuid.UUID, check_id: uuid.UUID) -> HttpResponse:
    """Keep one decision about one criterion."""
    case, check = find_check(request, case_id, check_id)
    try:
        opened = open_check(check)
    except StaleCheckError:
        opened = None
    if opened is None or not opened.same or check.removed_files or not is_newest(check):
        messages.error(request, "This check is no longer the one to decide on. Check again, and decide there.")
        return redirect("cases:check", case.pk, check.pk)
    choice = _choice(request)
    fault = None
    try:
        decide(check, opened, choice, request.actor, request.member)
    except UsageError as error:
        fault = error
    row = opened.first.get(choice.criterion)
    if request.headers.get("HX-Request") and row is not None:
        return _fragment(request, case, check, opened, row, choice, fault)
    if fault is None:
        return redirect(f"{reverse('cases:check', args=(case.pk, check.pk))}#{row_anchor(row) if row else ''}")
    return _page(request, case, check, choice, fault)


@gate(Permission.SEE)
@require_GET
def page_picture(request: Asking, case_id: uuid.UUID, check_id: uuid.UUID, page: int) -> HttpResponse:
    """A picture of one page of the document, drawn when it is asked for."""
    from praxigen.documents.marking import page_pictures

    _, check = find_check(request, case_id, check_id)
    try:
        document = with_pages(check)
    except StaleCheckError:
        raise Http404 from None
    if not 0 <= page < len(document.pages):
        raise Http404
    drawn = page_pictures(document, [page]).get(page)
    if drawn is None:
        raise Http404
    record(request.actor, Action.FILE_VIEWED, check, page=page)
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "no-store"
    return response


def _page(
    request: Asking, case: Case, check: Check, choice: Choice | None = None, fault: UsageError | None = None
) -> HttpResponse:
    before = _before.one(case.practice_id, case.pk, check.number)
    context: dict[str, Any] = {
        "case": case,
        "check": check,
        "head": case_head(case),
        "is_newest": is_newest(check),
        "before": before,
        "verdict_tone": TONES[check.verdict],
        "removed": removed_from(check),
        "fault": fault,
    }
    try:
        opened = open_check(check)
    except StaleCheckError:
        opened = None
    if opened is None or not opened.same:
        context |= {"stored": check.report, "changes": _changes(before, check, None)}
        return render(request, "cases/check_stored.html", context, status=200)
    decided = standing(check)
    asked = {question.criterion for question in questions_of(case)}
    may_decide = "decide" in _held(request) and context["is_newest"] and not check.removed_files
    shared = {"case": case, "check": check, "may": may_decide, "token": get_token(request)}
    control = partial(_control, shared, opened, decided, choice, fault)
    address = None if check.removed_files else partial(_picture, case, check)
    report = opened.report
    context |= {
        "changes": _changes(before, check, opened),
        "report": report,
        "note": opened.note(address),
        "criteria": opened.criteria(address, control),
        "verdict": words.VERDICTS[report.verdict],
        "means": summary.verdict_means(report),
        "needed": len(opened.needed),
        "undecided": sum(name not in decided for name in opened.needed),
        "gaps": report.gaps,
        "asked": asked,
        "rows": opened.first,
        "roots": opened.roots,
    }
    status = 200 if fault is None else 409 if isinstance(fault, DecidedMeanwhileError) else 400
    return render(request, "cases/check.html", context, status=status)


_before: Prepared[Check] = Prepared(
    lambda practice, case, number: (
        Check.of(practice).filter(case=case, number__lt=number).defer(*SEALED).order_by("-number")[:1]
    )
)


def _picture(case: Case, check: Check, page: int) -> str:
    return reverse("cases:page_picture", args=(case.pk, check.pk, page))


def _changes(before: Check | None, check: Check, opened: OpenedCheck | None) -> tuple[Change, ...]:
    """What changed since the check before it."""
    if before is None:
        return ()
    if opened is None:
        return changes_between(before.report, check.report)
    key = (before.pk, before.shredded_at)  # the words of the one before may be destroyed, never those of another
    if key not in opened.changes:
        opened.changes[key] = changes_between(before.report, check.report)
    return opened.changes[key]


def _control(
    shared: dict[str, Any],
    opened: OpenedCheck,
    decided: Mapping[str, Disposition],
    choice: Choice | None,
    fault: UsageError | None,
    row: Row,
) -> str:
    """What stands under a criterion: the decision that holds, and the ways to decide."""
    name = row.criterion.id
    if name not in opened.needed:
        return ""
    mine, decision = choice is not None and choice.criterion == name, decided.get(name)
    context = shared | {
        "row": row,
        "anchor": row_anchor(row),
        "decision": decision,
        "attested": row.criterion.op is Op.ATTEST,
        "choice": choice if mine and fault is not None else None,
        "fault": fault if mine else None,
        "csrf_token": _TOKEN,
    }
    token = context.pop("token")
    if mine:
        made = render_to_string("cases/decision.html", context)
    else:
        by = decision.created_by.name if decision is not None and decision.created_by is not None else ""
        key = (name, decision.pk if decision is not None else None, by, shared["may"])
        made = opened.fragment(key, lambda: render_to_string("cases/decision.html", context))
    return made.replace(_TOKEN, token)


def _fragment(
    request: Asking, case: Case, check: Check, opened: OpenedCheck, row: Row, choice: Choice, fault: UsageError | None
) -> HttpResponse:
    """The controls of one criterion anew, with the number of those that nobody has decided about."""
    decided = standing(check)
    case.refresh_from_db()
    shared = {"case": case, "check": check, "may": True, "token": get_token(request)}
    control = _control(shared, opened, decided, choice, fault, row)
    undecided = sum(name not in decided for name in opened.needed)
    counted = {"undecided": undecided, "needed": len(opened.needed), "swap": True}
    counts = render_to_string("cases/undecided.html", counted, request=request)
    return HttpResponse(control + counts)


def _choice(request: Asking) -> Choice:
    data = request.POST
    return Choice(
        criterion=data.get("criterion", ""),
        decided=data.get("decided", ""),
        reason=data.get("reason", ""),
        answer=data.get("answer", ""),
        words=data.get("words", ""),
        start=whole_number(data.get("start", "")),
        end=whole_number(data.get("end", "")),
        seen=data.get("seen", ""),
    )


def _held(request: Asking) -> set[str]:
    return {permission.value for permission in Permission if request.member.may(permission)}
