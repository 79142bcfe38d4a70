"""The case page says what to do next, with the page where it is done, and nothing that the role may not do."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from praxigen.web.accounts.roles import Permission, Role
from praxigen.web.cases.asking import questions_of
from praxigen.web.cases.checking import newest_check
from praxigen.web.cases.models import Case, ChartFile, Check, FileState, Question, Stage
from praxigen.web.cases.next_step import Step, next_step
from praxigen.web.cases.views.charts import files_of
from support.files import pdf
from support.practices import Desk, make_desk
from support.ready import READY_NOTE, READY_REQUEST

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def step_of(case: Case) -> Step | None:
    return next_step(case, files_of(case)["files"], newest_check(case), questions_of(case))


def said(case: Case) -> tuple[str, str]:
    """The sentence and the end of the address, without ids."""
    case.refresh_from_db()
    step = step_of(case)
    assert step is not None
    return step.says, step.to.rpartition(f"{case.pk}/")[2] if step.to else ""


def test_before_the_check(desk: Desk) -> None:
    browser = desk.client()
    case = Case.every.create(practice=desk.practice, payer="")
    assert said(case)[0] == "There is no chart yet: add it below."
    browser.post(f"/practice/cases/{case.pk}/files/", {"note": READY_NOTE})
    assert said(case) == ("Say which payer is asked for which code.", "request/")
    Case.of(desk.practice).update(payer="aim", codes=["27447"])
    assert said(case)[0] == "The chart has to be checked: press Check below."
    locked = SimpleUploadedFile("scan.pdf", pdf("x", password="secret"))
    browser.post(f"/practice/cases/{case.pk}/files/", {"files": locked})
    assert said(case)[0] == "A file is locked: give its password below."
    ChartFile.of(desk.practice).filter(state=FileState.LOCKED).update(state=FileState.WAITING)
    assert "are being read" in said(case)[0]


def test_after_the_check(desk: Desk) -> None:
    browser = desk.client()
    browser.post("/practice/cases/new/", {**READY_REQUEST, "note": READY_NOTE})
    case, check = Case.of(desk.practice).get(), Check.of(desk.practice).get()
    says, to = said(case)
    assert says.startswith("Nobody has decided about")
    assert to == f"checks/{check.pk}/"
    for name in check.criteria:
        browser.post(
            f"/practice/cases/{case.pk}/checks/{check.pk}/decide/", {"criterion": name, "decided": "confirmed"}
        )
    assert said(case) == ("Everything is decided. Take letter and packet.", f"checks/{check.pk}/export/")
    Case.of(desk.practice).update(open_criteria=1)
    assert said(case)[0].startswith("1 criterion is open")
    Question.every.create(practice=desk.practice, case=case, criterion="x", ask="When did it begin?")
    assert said(case) == ("1 question waits for the clinician's answer.", "questions/")
    browser.post(f"/practice/cases/{case.pk}/files/", {"note": "Addendum: it began in May."})
    assert "press Check again" in said(case)[0]


@pytest.mark.parametrize(
    ("stage", "begins", "to"),
    [
        (Stage.SUBMITTED, "The payer has the request", "payer/answer/"),
        (Stage.DENIED, "The payer denied it", "payer/"),
        (Stage.APPEALED, "The payer has the appeal", "payer/answer/"),
        (Stage.AUTHORIZED, "It is authorized", "schedule/"),
    ],
)
def test_after_it_was_sent(desk: Desk, stage: Stage, begins: str, to: str) -> None:
    case = Case.every.create(practice=desk.practice, payer="aim", codes=["27447"], stage=stage)
    says, where = said(case)
    assert says.startswith(begins)
    assert where == to


def test_a_closed_case_asks_for_nothing(desk: Desk) -> None:
    assert step_of(Case.every.create(practice=desk.practice, payer="", stage=Stage.CLOSED)) is None


def test_who_may_not_do_it_sees_the_sentence_without_a_button(desk: Desk) -> None:
    case = Case.every.create(practice=desk.practice, payer="aim", codes=["27447"], stage=Stage.SUBMITTED)
    step = step_of(case)
    assert step is not None
    assert step.needs == Permission.WORK
    for role in Role:
        page = desk.client(role).get(f"/practice/cases/{case.pk}/").content.decode()
        assert step.says in page
        assert (f'class="button" href="{step.to}"' in page) is (role in (Role.OWNER, Role.SPECIALIST))


def test_the_version_of_a_case_is_not_taken_for_the_programs(desk: Desk) -> None:
    case = Case.every.create(practice=desk.practice, payer="aim", codes=["27447"], version=77)
    page = desk.client().get(f"/practice/cases/{case.pk}/request/").content.decode()
    assert 'name="version" value="77"' in page
    assert "praxigen 77" not in page


def test_the_work_list_names_procedures_in_words(desk: Desk) -> None:
    Case.every.create(practice=desk.practice, payer="aim", codes=["63650"], procedure="spinal-cord-stimulation")
    page = desk.client().get("/practice/").content.decode()
    assert "Spinal cord stimulation" in page
    assert "spinal-cord-stimulation" not in page
