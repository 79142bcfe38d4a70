"""Neutral questions to the clinician, and the signed answers as a new part of the chart.

The questions are the library's words, the same for every answer that would help or hurt. Only the answers become part
of the chart: a question says what a policy asks, and could be taken for a finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction
from django.utils import timezone

from praxigen.errors import UsageError
from praxigen.letters.composing.addendum import Addendum
from praxigen.letters.composing.patient import same_name
from praxigen.model.report import Report
from praxigen.web.accounts.models import Member, Practice
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.clocks import today
from praxigen.web.cases.intake import Given, take_in
from praxigen.web.cases.models import Case, ChartFile, Question, Role, Stage, Turn
from praxigen.web.prepared import Prepared

MOST_ANSWER = 4000  # characters


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signs the answers: name with credentials as typed."""

    by: str
    confirmed: bool


def ask(case: Case, report: Report, criteria: Sequence[str], actor: Actor, member: Member) -> int:
    """Put the questions of open criteria to the clinician. Returns how many are new. Raises UsageError for none."""
    gaps = {gap.criterion.id: gap for gap in report.gaps if gap.ask}
    wanted = [name for name in dict.fromkeys(criteria) if name in gaps]
    if not wanted:
        raise UsageError("no open criterion was chosen", "Tick at least one question.")
    with transaction.atomic():
        held = Case.of(case.practice_id).select_for_update().get(pk=case.pk)
        waiting = set(open_questions(held).values_list("criterion", flat=True))
        new = [name for name in wanted if name not in waiting]
        for name in new:
            Question(
                practice_id=held.practice_id, case=held, created_by=member, criterion=name, ask=gaps[name].ask
            ).save(force_insert=True)
        held.turn = Turn.CLINICIAN
        held.save()
        record(actor, Action.QUESTION_ASKED, held, criteria=new)
    return len(new)


def waiting_questions(practice: Practice) -> models.QuerySet[Question]:
    """The questions of all open cases of a practice that nobody has answered."""
    rows = Question.of(practice).filter(answered_at=None).exclude(case__stage=Stage.CLOSED)
    return rows.order_by("created_at", "pk")


def open_questions(case: Case) -> models.QuerySet[Question]:
    """The questions of a case that nobody has answered."""
    return Question.of(case.practice_id).filter(case=case, answered_at=None).order_by("created_at", "pk")


def questions_of(case: Case) -> list[Question]:
    """Every question of a case, answered or not, in the order asked."""
    return _questions(case.practice_id, case.pk)


_questions: Prepared[Question] = Prepared(
    lambda practice, case: Question.of(practice).filter(case=case).order_by("created_at", "pk")
)


def answer(case: Case, answers: Mapping[str, str], signed: Signed, actor: Actor, member: Member) -> ChartFile:
    """Keep the answers of one sitting as a dated, signed addendum to the chart. Raises UsageError for what is missing.

    `answers` are texts by the id of the question; a question without one stays open.
    """
    told = {name: " ".join(text.split()) for name, text in answers.items() if text.strip()}
    by = " ".join(signed.by.split())
    if not told:
        raise UsageError("no question was answered", "Answer at least one; leave the others empty.")
    if any(len(text) > MOST_ANSWER for text in told.values()):
        raise UsageError(f"an answer has more than {MOST_ANSWER} characters", "Write a note, and add it as a file.")
    if not by or not signed.confirmed:
        raise UsageError("the addendum is not signed", "Give your name with credentials, and tick that you sign it.")
    if len(by) > 120:
        raise UsageError("the name is longer than 120 characters", "Give name and credentials only.")
    with transaction.atomic():
        held = Case.of(case.practice_id).select_for_update().get(pk=case.pk)
        rows = [row for row in open_questions(held) if str(row.pk) in told]
        if len(rows) != len(told):
            raise UsageError(
                "a question was answered or withdrawn since this page was opened", "Reload the page; answer the rest."
            )
        for row in rows:
            row.answer = told[str(row.pk)]
            row.answered_at, row.answered_by = timezone.now(), member
            row.save()
        text = _addendum(
            held, [told[str(row.pk)] for row in rows], by, today(), "" if same_name(member.name, by) else member.name
        )
        number = ChartFile.of(held.practice_id).filter(case=held, role=Role.ADDENDUM).count() + 1
        file = take_in(held, Given(f"Addendum {number}", text.encode()), actor, member, "addendum")
        if not open_questions(held).exists():
            held.turn = Turn.SPECIALIST
        held.save()
        record(actor, Action.QUESTION_ANSWERED, held, answered=len(rows), file=str(file.pk))
    return file


def _addendum(case: Case, answers: Sequence[str], by: str, on: date, entered_by: str) -> str:
    patient = str((case.patient or {}).get("name") or "")
    return Addendum(patient, by, on, tuple(enumerate(answers, start=1)), entered_by).text()
