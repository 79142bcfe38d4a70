"""Questions to the clinician: asked from a check, answered on a page of their own, signed as an addendum."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from praxigen.errors import UsageError
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.asking import Signed, answer, ask, open_questions, waiting_questions
from praxigen.web.cases.checking import StaleCheckError, open_check
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.models import Case, Check, Question

_MOST = 100  # cases with open questions on one page


@gate(Permission.WORK)
@require_POST
def ask_questions(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Put the chosen questions of a check to the clinician."""
    case = Case.find(request.practice, case_id)
    check = Check.find(request.practice, request.POST.get("check", ""))
    try:
        report = open_check(check).report
        new = ask(case, report, request.POST.getlist("criterion"), request.actor, request.member)
    except (UsageError, StaleCheckError) as error:
        messages.error(request, f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}")
    else:
        messages.success(request, f"Asked: {new}. It is the clinician's turn." if new else "All of these wait already.")
    return redirect("cases:check", case.pk, check.pk)


@gate(Permission.ANSWER)
@require_GET
def my_questions(request: Asking) -> HttpResponse:
    """Every case of the practice that waits for a clinician's answer."""
    rows = waiting_questions(request.practice).select_related("case")
    by_case: dict[uuid.UUID, list[Question]] = {}
    for row in rows:
        by_case.setdefault(row.case_id, []).append(row)
    waiting = [(case_head(found[0].case), found) for found in list(by_case.values())[:_MOST]]
    record(request.actor, Action.CASES_LISTED, shown=len(waiting), part="questions")
    return render(request, "cases/questions.html", {"waiting": waiting})


@gate(Permission.ANSWER)
@require_http_methods(["GET", "POST"])
def answer_questions(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Answer the open questions of a case and sign the answers."""
    case = Case.find(request.practice, case_id)
    fault = None
    if request.method == "POST":
        answers = {name[2:]: text for name, text in request.POST.items() if name.startswith("q-")}
        signed = Signed(request.POST.get("by", ""), request.POST.get("signed") == "yes")
        try:
            answer(case, answers, signed, request.actor, request.member)
        except UsageError as error:
            fault = error
        else:
            messages.success(request, "Signed. The answers are a part of the chart now; check again to use them.")
            return redirect("cases:case", case.pk)
    else:
        record(request.actor, Action.CASE_VIEWED, case, part="questions")
    rows = [(row, request.POST.get(f"q-{row.pk}", "")) for row in open_questions(case)]
    by = request.POST.get("by", request.member.name)
    asked = Question.of(request.practice).filter(case=case).exists()
    context = {"case": case, "head": case_head(case), "rows": rows, "asked": asked, "fault": fault, "by": by}
    return render(request, "cases/answer.html", context, status=400 if fault else 200)
