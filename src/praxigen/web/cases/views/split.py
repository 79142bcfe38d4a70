"""The check as people work with it: the document beside the criteria, and a decision about each criterion."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from praxigen.errors import UsageError
from praxigen.exports import summary, words
from praxigen.exports.html_report import evidence_pages, row_anchor
from praxigen.exports.outline import Row, outline
from praxigen.exports.screen import screen
from praxigen.model.criterion import Op
from praxigen.model.report import Report
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.pace import costly
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.checking import StaleCheckError, newest_check, open_check, rows_of, to_decide, with_pages
from praxigen.web.cases.comparing import changes_between
from praxigen.web.cases.deciding import Choice, DecidedMeanwhileError, decide, standing
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.models import Case, Check, Disposition, Question
from praxigen.web.cases.removal import removed_from
from praxigen.web.cases.views.case_page import TONES
from praxigen.web.cases.views.exporting import find_check
from praxigen.web.cases.views.new_case import check_or_say

_SHOWN_PAGES = 40  # pictures of pages on one screen; all evidence stands in the text too


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
    newest = newest_check(case)
    if opened is None or not opened.same or newest is None or newest.pk != check.pk or check.removed_files:
        messages.error(request, "This check is no longer the one to decide on. Check again, and decide there.")
        return redirect("cases:check", case.pk, check.pk)
    choice = _choice(request)
    fault = None
    try:
        decide(check, opened.report, choice, request.actor, request.member)
    except UsageError as error:
        fault = error
    rows = [row for row in rows_of(opened.report) if row.criterion.id == choice.criterion]
    if request.headers.get("HX-Request") and rows:
        return _fragment(request, case, check, opened.report, rows[0], choice, fault)
    if fault is None:
        return redirect(f"{reverse('cases:check', args=(case.pk, check.pk))}#{row_anchor(rows[0]) if rows else ''}")
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
    head = case_head(case)
    before = Check.of(request.practice).filter(case=case, number__lt=check.number).order_by("-number").first()
    newest = newest_check(case)
    context: dict[str, Any] = {
        "case": case,
        "check": check,
        "head": head,
        "is_newest": newest is not None and newest.pk == check.pk,
        "before": before,
        "changes": changes_between(before.report, check.report) if before is not None else (),
        "verdict_tone": TONES[check.verdict],
        "removed": removed_from(check),
        "fault": fault,
    }
    try:
        opened = open_check(check)
    except StaleCheckError:
        opened = None
    if opened is None or not opened.same:
        context["stored"] = check.report
        return render(request, "cases/check_stored.html", context, status=200)
    report = opened.report
    decided, needed = standing(check), to_decide(report)
    asked = set(Question.of(request.practice).filter(case=case).values_list("criterion", flat=True))
    # A criterion may stand on two lines; it is decided on the first.
    first = {row.criterion.id: row.number for row in reversed(list(rows_of(report)))}
    pages = evidence_pages(report)[:_SHOWN_PAGES] if _has_pages(report) and not check.removed_files else ()
    pictures = {page: reverse("cases:page_picture", args=(case.pk, check.pk, page)) for page in pages}
    may_decide = "decide" in _held(request) and context["is_newest"] and not check.removed_files
    shared = {"case": case, "check": check, "may": may_decide, "asked": asked, "request": request}
    control = partial(_control, shared, needed, decided, choice, fault)
    halves = screen(report, pictures, lambda row: control(row) if first.get(row.criterion.id) == row.number else "")
    context |= {
        "report": report,
        "screen": halves,
        "verdict": words.VERDICTS[report.verdict],
        "means": summary.verdict_means(report),
        "needed": len(needed),
        "undecided": sum(name not in decided for name in needed),
        "gaps": report.gaps,
        "asked": asked,
        "rows": {row.criterion.id: row for row in reversed(list(rows_of(report)))},
        "roots": [root for root in outline(report) if root is not None],
    }
    status = 200 if fault is None else 409 if isinstance(fault, DecidedMeanwhileError) else 400
    return render(request, "cases/check.html", context, status=status)


def _control(
    shared: dict[str, Any],
    needed: Any,
    decided: dict[str, Disposition],
    choice: Choice | None,
    fault: UsageError | None,
    row: Row,
) -> str:
    """What stands under a criterion: the decision that holds, and the ways to decide."""
    name = row.criterion.id
    if name not in needed:
        return ""
    mine = choice is not None and choice.criterion == name
    context = shared | {
        "row": row,
        "anchor": row_anchor(row),
        "decision": decided.get(name),
        "attested": row.criterion.op is Op.ATTEST,
        "choice": choice if mine and fault is not None else None,
        "fault": fault if mine else None,
    }
    return render_to_string("cases/decision.html", context, request=shared["request"])


def _fragment(
    request: Asking, case: Case, check: Check, report: Report, row: Row, choice: Choice, fault: UsageError | None
) -> HttpResponse:
    """The controls of one criterion anew, with the number of those that nobody has decided about."""
    decided, needed = standing(check), to_decide(report)
    case.refresh_from_db()
    shared = {"case": case, "check": check, "may": True, "asked": set(), "request": request}
    control = _control(shared, needed, decided, choice, fault, row)
    counted = {"undecided": sum(name not in decided for name in needed), "needed": len(needed), "swap": True}
    counts = render_to_string("cases/undecided.html", counted, request=request)
    return HttpResponse(control + counts)


def _choice(request: Asking) -> Choice:
    def place(name: str) -> int | None:
        text = request.POST.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None

    data = request.POST
    return Choice(
        criterion=data.get("criterion", ""),
        decided=data.get("decided", ""),
        reason=data.get("reason", ""),
        answer=data.get("answer", ""),
        words=data.get("words", ""),
        start=place("start"),
        end=place("end"),
        seen=data.get("seen", ""),
    )


def _has_pages(report: Report) -> bool:
    return any(file.kind in ("pdf", "picture") for file in report.document.files)


def _held(request: Asking) -> set[str]:
    return {permission.value for permission in Permission if request.member.may(permission)}
