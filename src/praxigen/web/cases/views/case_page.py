"""One case on one page: its request, chart, checks, questions, and what passed between practice and payer."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from praxigen.exports import words
from praxigen.model.answer import Verdict
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.asked import typed_of
from praxigen.web.cases.asking import questions_of
from praxigen.web.cases.authorized import mismatches, schedule_of
from praxigen.web.cases.checking import SEALED
from praxigen.web.cases.clocks import today
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.models import Authorization, Case, Check, Deadline, Letter, Submission
from praxigen.web.cases.next_step import next_step
from praxigen.web.cases.policy import turned_case
from praxigen.web.cases.views.charts import files_of
from praxigen.web.prepared import Prepared

_NEWEST, _MOST = 8, 1000  # checks listed at first, and when all are asked for
_all: Prepared[Check] = Prepared(
    lambda practice, case: Check.of(practice).filter(case=case).defer(*SEALED).order_by("-number")[: _MOST + 1]
)
_newest: Prepared[Check] = Prepared(
    lambda practice, case: Check.of(practice).filter(case=case).defer(*SEALED).order_by("-number")[: _NEWEST + 1]
)
_authorizations: Prepared[Authorization] = Prepared(
    lambda practice, case: Authorization.of(practice).filter(case=case).order_by("created_at")
)
_deadlines: Prepared[Deadline] = Prepared(
    lambda practice, case: Deadline.of(practice).filter(case=case, done_on=None)[:5]
)
_submissions: Prepared[Submission] = Prepared(lambda practice, case: Submission.of(practice).filter(case=case))
_letters: Prepared[Letter] = Prepared(
    lambda practice, case: Letter.of(practice).filter(case=case).defer("content_sealed")
)
TONES = {"met": "good", "not_met": "bad", "not_documented": "open", "no_public_criteria": "aside"}


@gate(Permission.SEE)
@require_GET
def case_page(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """The case."""
    case = Case.find(request.practice, case_id)
    record(request.actor, Action.CASE_VIEWED, case, part="case")
    mine = case.practice_id, case.pk
    most = _MOST if request.GET.get("checks") == "all" else _NEWEST
    checks = (_newest if most == _NEWEST else _all)(*mine)
    files = files_of(case)
    held = _authorizations(*mine)
    questions = questions_of(case)
    context = {
        **files,
        "authorizations": held,
        "policy_change": turned_case(case),
        "plan": schedule_of(case),
        "mismatches": mismatches(case, held, today()),
        "head": case_head(case),
        "step": next_step(case, files["files"], checks[0] if checks else None, questions),
        "typed": typed_of(case),
        "checks": [(check, words.VERDICTS[Verdict(check.verdict)], TONES[check.verdict]) for check in checks[:most]],
        "earlier": len(checks) > most,
        "questions": questions,
        "unanswered": any(each.answered_at is None for each in questions),
        "deadlines": _deadlines(*mine),
        "submissions": _submissions(*mine),
        "letters": _letters(*mine),
    }
    return render(request, "cases/case.html", context)
