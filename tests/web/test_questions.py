"""Open criteria become neutral questions; signed answers become a part of the chart that the next check reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.cases.models import Case, ChartFile, Check, Question
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
NOTE = (Path(__file__).parents[2] / "examples" / "stimulator-trial.txt").read_text(encoding="utf-8")
REQUEST = {"payer": "QualCare", "codes": "63650", "date_of_service": "2026-12-03", "request_stage": "trial"}
ANSWER = "Dr. Lin, PhD, completed a psychological evaluation on 11/02/2026 and cleared her for the trial."


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def check(desk: Desk) -> Check:
    desk.client().post("/practice/cases/new/", {**REQUEST, "note": NOTE, "name": "Test Patient A"})
    return Check.of(desk.practice).get()


def ask(desk: Desk, check: Check) -> list[Question]:
    asked = [gap["id"] for gap in check.report["gaps"]]
    desk.client().post(f"/practice/cases/{check.case_id}/ask/", {"check": str(check.pk), "criterion": asked})
    return list(Question.of(desk.practice).order_by("created_at", "pk"))


def test_questions_are_the_librarys_words_and_wait_for_the_clinician(desk: Desk, check: Check) -> None:
    rows = ask(desk, check)
    assert [row.ask for row in rows] == [gap["ask"] for gap in check.report["gaps"]]
    assert Case.of(desk.practice).get().turn == "clinician"
    page = desk.client(Role.CLINICIAN).get("/practice/questions/").content.decode()
    assert "Test Patient A" in page
    assert rows[0].ask in page
    assert ask(desk, check) == rows  # a question that waits is not asked twice


def test_signed_answers_become_a_note_of_today(desk: Desk, check: Check) -> None:
    rows = ask(desk, check)
    asked = next(row for row in rows if "psycholog" in row.ask.lower() or "behavioral" in row.ask.lower())
    sent = {f"q-{asked.pk}": ANSWER, "by": "Elena Moreno, MD", "signed": "yes"}
    address = f"/practice/cases/{check.case_id}/questions/"
    assert desk.client(Role.CLINICIAN).post(address, sent).status_code == 302
    file = ChartFile.of(desk.practice).get(role="addendum")
    text = file.content.decode()
    assert text.startswith("ADDENDUM\n\nPatient: Test Patient A\nDate of visit: ")
    assert ANSWER in text
    assert "Electronically signed by Elena Moreno, MD" in text
    assert asked.ask not in text
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == (ANSWER, desk.members[Role.CLINICIAN])
    assert Event.objects.filter(action="question:answered").get().fields == {"answered": 1, "file": str(file.pk)}
    desk.client().post(f"/practice/cases/{check.case_id}/check/")
    again = Check.of(desk.practice).get(number=2)
    assert again.report["document"]["files"][1]["name"] == "Addendum 1"
    assert check.criteria != again.criteria
    page = desk.client().get(f"/practice/cases/{check.case_id}/checks/{again.pk}/").content.decode()
    assert "Changed since check 1" in page
    assert ANSWER in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"signed": ""}, "not signed"),
        ({"by": "  "}, "not signed"),
        ({"by": "x" * 130}, "longer than 120"),
        ({"answer": "  "}, "no question was answered"),
        ({"answer": "x" * 4001}, "more than 4000"),
        ({"other": "yes"}, "answered or withdrawn"),
    ],
)
def test_what_is_missing_is_told_and_the_answers_are_not_lost(
    desk: Desk, check: Check, wrong: dict[str, str], said: str
) -> None:
    row = ask(desk, check)[0]
    sent = {f"q-{row.pk}": wrong.pop("answer", "My answer as typed."), "by": "E. Moreno, MD", "signed": "yes"}
    if wrong.pop("other", ""):
        sent["q-" + str(check.pk)] = "An answer to no question."
    answer = desk.client(Role.CLINICIAN).post(f"/practice/cases/{check.case_id}/questions/", {**sent, **wrong})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page.lower()
    assert sent[f"q-{row.pk}"].strip() in page
    assert not ChartFile.of(desk.practice).filter(role="addendum").exists()


def test_only_who_may_answer_answers_and_only_who_works_asks(desk: Desk, check: Check) -> None:
    assert desk.client(Role.VIEWER).get("/practice/questions/").status_code == 403
    sent = {"check": str(check.pk), "criterion": [check.report["gaps"][0]["id"]]}
    assert desk.client(Role.CLINICIAN).post(f"/practice/cases/{check.case_id}/ask/", sent).status_code == 403
    stranger = make_desk("Other").client(Role.OWNER)
    assert stranger.post(f"/practice/cases/{check.case_id}/ask/", sent).status_code == 404
    assert stranger.get(f"/practice/cases/{check.case_id}/questions/").status_code == 404
    assert "Test Patient A" not in stranger.get("/practice/questions/").content.decode()


def test_a_criterion_that_is_not_open_is_not_asked(desk: Desk, check: Check) -> None:
    sent = {"check": str(check.pk), "criterion": ["no-such-criterion"]}
    page = desk.client().post(f"/practice/cases/{check.case_id}/ask/", sent, follow=True).content.decode()
    assert "No open criterion was chosen" in page
    assert not Question.of(desk.practice).exists()


def test_where_nothing_was_asked_the_page_does_not_say_that_everything_is_answered(desk: Desk, check: Check) -> None:
    browser = desk.client(Role.CLINICIAN)
    address = f"/practice/cases/{check.case_id}/questions/"
    assert "Nobody has asked a question" in browser.get(address).content.decode()
    case = f"/practice/cases/{check.case_id}/"
    assert address not in browser.get(case).content.decode()
    ask(desk, check)
    assert address in browser.get(case).content.decode()
    Question.of(desk.practice).update(answered_at=check.created_at)
    assert "Every question of this case is answered." in browser.get(address).content.decode()
    assert f'{address}">Answer' not in browser.get(case).content.decode()


def test_a_clinician_sees_on_arrival_how_many_questions_wait(desk: Desk, check: Check) -> None:
    assert "for your answer" not in desk.client(Role.CLINICIAN).get("/practice/").content.decode()
    number = len(ask(desk, check))
    assert number > 1
    page = desk.client(Role.CLINICIAN).get("/practice/").content.decode()
    assert f"{number} questions wait for your answer." in page
    for role in (Role.SPECIALIST, Role.VIEWER):
        assert "for your answer" not in desk.client(role).get("/practice/").content.decode()
    Case.of(desk.practice).update(stage="closed")
    assert "for your answer" not in desk.client(Role.CLINICIAN).get("/practice/").content.decode()
    assert "Nothing waits for an answer" in desk.client(Role.CLINICIAN).get("/practice/questions/").content.decode()


def test_a_note_says_who_entered_answers_that_are_anothers(desk: Desk, check: Check) -> None:
    rows = ask(desk, check)
    address = f"/practice/cases/{check.case_id}/questions/"
    for role, row, by in zip(
        (Role.SPECIALIST, Role.CLINICIAN), rows, ("Elena Moreno, MD", "Clinician, MD"), strict=False
    ):
        desk.client(role).post(address, {f"q-{row.pk}": "Since May.", "by": by, "signed": "yes"})
    first, second = (file.content.decode() for file in ChartFile.of(desk.practice).filter(role="addendum"))
    assert first.endswith("\nEntered in the workspace by Specialist\n")
    assert "Electronically signed by Elena Moreno, MD" in first
    assert "Entered in the workspace" not in second


def test_the_next_step_of_another_is_said_to_be_anothers(desk: Desk, check: Check) -> None:
    row = ask(desk, check)[0]
    address = f"/practice/cases/{check.case_id}/"
    assert "answer. This is for a clinician." in desk.client(Role.VIEWER).get(address).content.decode()
    desk.client(Role.CLINICIAN).post(f"{address}questions/", {f"q-{row.pk}": "May.", "by": "E. M.", "signed": "yes"})
    assert "below. This is for a specialist." in desk.client(Role.CLINICIAN).get(address).content.decode()
    assert "This is for" not in desk.client().get(address).content.decode()
