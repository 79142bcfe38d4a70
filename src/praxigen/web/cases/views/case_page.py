"""One case on one page: its request, chart, checks, questions, and what passed between practice and payer."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from praxigen.exports import words
from praxigen.model.answer import Verdict
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.asked import typed_of
from praxigen.web.cases.authorized import mismatches, schedule_of
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.models import Authorization, Case, Check, Deadline, Letter, Question, Submission
from praxigen.web.cases.next_step import next_step
from praxigen.web.cases.policy import turned_cases
from praxigen.web.cases.views.charts import files_of

_NEWEST, _MOST = 8, 1000  # checks listed at first, and when all are asked for
TONES = {"met": "good", "not_met": "bad", "not_documented": "open", "no_public_criteria": "aside"}


@gate(Permission.SEE)
@require_GET
def case_page(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """The case."""
    case = Case.find(request.practice, case_id)
    record(request.actor, Action.CASE_VIEWED, case, part="case")
    mine = {"case": case}
    most = _MOST if request.GET.get("checks") == "all" else _NEWEST
    rows = Check.of(request.practice).filter(**mine).defer("document_sealed", "report_sealed")
    checks = list(rows.order_by("-number")[: most + 1])
    files = files_of(case)
    held = list(Authorization.of(request.practice).filter(**mine).order_by("created_at"))
    context = {
        **files,
        "authorizations": held,
        "policy_change": turned_cases(request.practice).filter(case=case).first(),
        "plan": schedule_of(case),
        "mismatches": mismatches(case, held, timezone.now().date()),
        "head": case_head(case),
        "step": next_step(case, files["files"], checks[0] if checks else None),
        "typed": typed_of(case),
        "checks": [(check, words.VERDICTS[Verdict(check.verdict)], TONES[check.verdict]) for check in checks[:most]],
        "earlier": len(checks) > most,
        "questions": Question.of(request.practice).filter(**mine).order_by("created_at"),
        "deadlines": Deadline.of(request.practice).filter(**mine, done_on=None)[:5],
        "submissions": Submission.of(request.practice).filter(**mine),
        "letters": Letter.of(request.practice).filter(**mine).defer("content_sealed"),
    }
    return render(request, "cases/case.html", context)
