"""What has to be done next in a case, in one sentence with the page where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from praxigen.web.accounts.roles import Permission
from praxigen.web.cases.authorized import schedule_of
from praxigen.web.cases.clocks import today
from praxigen.web.cases.models import Case, ChartFile, Check, FileState, Question, Role, Stage


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing to do. `to` is the page where it is done, "" where it is this one; `needs` is its permission."""

    says: str
    button: str = ""
    to: str = ""
    needs: Permission = Permission.SEE

    @property
    def whose(self) -> str:
        """Who does it, for a member who may not."""
        return "a clinician" if self.needs is Permission.ANSWER else "a specialist"


def next_step(
    case: Case, files: Sequence[ChartFile], newest: Check | None, questions: Sequence[Question]
) -> Step | None:
    """The next step of a case with these files, this newest check and these questions; None for a closed case."""
    if case.stage == Stage.CLOSED:
        return None
    plan = schedule_of(case)
    if case.stage == Stage.AUTHORIZED and plan.day is not None and plan.day < today():
        return Step(
            "The day of the service is over. Close the case if it was done; else note the new day.", "Close the case",
            reverse("cases:close_case", args=(case.pk,)), Permission.WORK,
        )  # fmt: skip
    if case.stage in _AFTER:
        says, button, name, needs = _AFTER[Stage(case.stage)]
        return Step(says, button, reverse(f"cases:{name}", args=(case.pk,)), needs)
    return _of_chart(case, files) or _of_check(case, files, newest, questions)


_AFTER = {
    Stage.SUBMITTED: (
        "The payer has the request. Enter the answer when it comes.",
        "Enter the payer's answer",
        "add_decision",
        Permission.WORK,
    ),
    Stage.APPEALED: (
        "The payer has the appeal. Enter the answer when it comes.",
        "Enter the payer's answer",
        "add_decision",
        Permission.WORK,
    ),
    Stage.DENIED: ("The payer denied it. Look at the last day, and draft the answer.", "Payer and appeal",
                   "payers_side", Permission.SEE),
    Stage.AUTHORIZED: ("It is authorized. Compare what was authorized with what is scheduled.", "Schedule",
                       "schedule", Permission.WORK),
}  # fmt: skip


def _of_chart(case: Case, files: Sequence[ChartFile]) -> Step | None:
    """What keeps the chart from being checked."""
    states = {file.state for file in files}
    if FileState.LOCKED in states:
        return Step("A file is locked: give its password below.", needs=Permission.WORK)
    if states & {FileState.WAITING, FileState.READING}:
        return Step("Pages of the chart are being read. The list below shows how far it is.")
    if FileState.READ not in states:
        return Step("There is no chart yet: add it below.", needs=Permission.WORK)
    if not case.payer or not case.codes:
        return Step(
            "Say which payer is asked for which code.", "Confirm the request",
            reverse("cases:confirm_request", args=(case.pk,)), Permission.WORK,
        )  # fmt: skip
    return None


def _of_check(case: Case, files: Sequence[ChartFile], check: Check | None, questions: Sequence[Question]) -> Step:
    """What the newest check leaves to do."""
    if check is None or not case.verdict:
        return Step("The chart has to be checked: press Check below.", needs=Permission.WORK)
    if any(
        file.state == FileState.READ and file.role in (Role.CHART, Role.ADDENDUM) and file.created_at > check.created_at
        for file in files
    ):
        return Step("The chart has grown since the last check: press Check again below.", needs=Permission.WORK)
    page = reverse("cases:check", args=(case.pk, check.pk))
    if check.doubts:
        return Step("The chart may be another patient's. Compare name and birth date.", "Open the check", page)
    waiting = sum(question.answered_at is None for question in questions)
    if waiting:
        return Step(
            f"{_count(waiting, 'question')} wait{'s' if waiting == 1 else ''} for the clinician's answer.", "Answer",
            reverse("cases:answer_questions", args=(case.pk,)), Permission.ANSWER,
        )  # fmt: skip
    if case.undecided:
        return Step(f"Nobody has decided about {_count(case.undecided, 'criterion', 'criteria')} yet.", "Decide", page)
    if case.open_criteria:
        return Step(
            f"{_count(case.open_criteria, 'criterion is', 'criteria are')} open: ask the clinician, or add what shows "
            "it to the chart.", "Open the check", page,
        )  # fmt: skip
    if case.stage == Stage.READY:
        return Step(
            "Submit the request to the payer yourself, then note what was sent.", "Note what was sent",
            reverse("cases:add_submission", args=(case.pk,)), Permission.WORK,
        )  # fmt: skip
    return Step("Everything is decided. Take letter and packet.", "Letter and packet", _export(case, check),
                Permission.EXPORT)  # fmt: skip


def _export(case: Case, check: Check) -> str:
    return reverse("cases:export_page", args=(case.pk, check.pk))


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"
