"""A request leaves as a draft at any time, and as final only when a person has decided about every criterion."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document as Word

from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.cases.models import Case, Check
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
NOTE = (Path(__file__).parents[2] / "examples" / "stimulator-trial.txt").read_text(encoding="utf-8")
REQUEST = {"payer": "QualCare", "codes": "63650", "date_of_service": "2026-08-03", "request_stage": "trial"}
CANARY = "Zebulon Quartermain"


@pytest.fixture
def desk() -> Desk:
    desk = make_desk()
    desk.practice.letterhead = {"name": "Ridgeway Spine", "address": "1 Main St\nTrenton NJ", "phone": "555-0100",
                                "signer": "E. Moreno, MD"}  # fmt: skip
    desk.practice.save()
    return desk


@pytest.fixture
def check(desk: Desk) -> Check:
    desk.client().post("/practice/cases/new/", {**REQUEST, "note": NOTE, "name": "Test Patient A", "member_id": "W1"})
    return Check.of(desk.practice).get()


def address(check: Check, rest: str = "export/") -> str:
    return f"/practice/cases/{check.case_id}/checks/{check.pk}/{rest}"


def text_of(data: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))


def decide_all(desk: Desk, check: Check) -> None:
    for name in check.criteria:
        sent = {"criterion": name, "decided": "confirmed"}
        assert desk.client().post(address(check, "decide/"), sent).status_code == 302


def test_a_draft_is_marked_on_every_page_and_recorded(desk: Desk, check: Check) -> None:
    answer = desk.client().post(address(check), {"form": "packet"})
    assert answer["Content-Disposition"] == f'attachment; filename="packet-{str(check.case_id)[:8]}-draft.pdf"'
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(answer.content)]
    assert "DRAFT" in pages[1]
    assert "failed back surgery syndrome" in "\n".join(pages)
    event = Event.objects.filter(action="packet:exported").get()
    assert event.fields["final"] is False
    assert event.fields["form"] == "packet"


def test_a_final_request_is_refused_with_every_reason_in_words(desk: Desk, check: Check) -> None:
    answer = desk.client().post(address(check), {"form": "docx", "final": "yes", "recipient": "Kept Street 5"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert page.count("Nobody has decided about") >= len(check.criteria)
    assert "placeholders in brackets" in page
    assert "Kept Street 5" in page
    assert not Event.objects.filter(action="packet:exported").exists()


def test_decided_criteria_are_no_longer_in_the_way_but_open_ones_are(desk: Desk, check: Check) -> None:
    decide_all(desk, check)
    page = desk.client().get(address(check)).content.decode()
    assert "Nobody has decided about" not in page
    assert "placeholders in brackets" in page  # open criteria stay questions in brackets
    assert desk.client().post(address(check), {"form": "pdf", "final": "yes"}).status_code == 400


def test_a_request_with_nothing_open_becomes_final(desk: Desk) -> None:
    from support.ready import READY_NOTE, READY_REQUEST

    desk.client().post("/practice/cases/new/", {**READY_REQUEST, "note": READY_NOTE})
    check = Check.of(desk.practice).get()
    assert check.verdict == "met"
    decide_all(desk, check)
    address_line = "Utilization Management, PO Box 1, Trenton NJ"
    sent = {"form": "docx", "final": "yes", "recipient": address_line, "units": "1"}
    prepared = desk.client().post(address(check), {**sent, "final": "", "form": ""}).content.decode()
    assert "Nothing stands against a final request" in prepared
    answer = desk.client().post(address(check), sent)
    assert answer.status_code == 200, answer.content.decode()[:3000]
    words = "\n".join(paragraph.text for paragraph in Word(BytesIO(answer.content)).paragraphs)
    assert "DRAFT" not in words
    assert "PO Box 1" in words
    assert Case.of(desk.practice).get().stage == "ready"


def test_a_letter_that_was_finished_in_the_editor_is_the_one_that_leaves(desk: Desk) -> None:
    from praxigen.letters.composing.letter import LetterKind
    from praxigen.web.cases.letters import draft
    from support.ready import READY_NOTE, READY_REQUEST

    desk.client().post("/practice/cases/new/", {**READY_REQUEST, "note": READY_NOTE})
    check, member = Check.of(desk.practice).get(), desk.members[Role.SPECIALIST]
    row = draft(check.case, LetterKind.REQUEST, None, member, member.actor())
    assert "finished in the editor" not in desk.client().get(address(check)).content.decode()
    row.final = True
    row.save()
    assert "The letter is the one that was finished in the editor" in desk.client().get(address(check)).content.decode()
    assert desk.client().post(address(check), {"form": "packet"}).content.startswith(b"%PDF")


def test_words_that_a_person_picked_stand_in_the_letter_under_the_persons_name(desk: Desk, check: Check) -> None:
    name = next(gap["id"] for gap in check.report["gaps"])
    words = "She can walk one block and stand for ten minutes."
    sent = {"criterion": name, "decided": "corrected", "answer": "met", "reason": "It says so.", "words": words}
    assert desk.client(Role.CLINICIAN).post(address(check, "decide/"), sent).status_code == 302
    letter = Word(BytesIO(desk.client().post(address(check), {"form": "docx"}).content))
    told = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert words in told
    assert "Clinician has found on" in told


def test_a_rejected_criterion_is_not_claimed(desk: Desk, check: Check) -> None:
    name = next(name for name, answer in check.criteria.items() if answer == "met")
    desk.client().post(address(check, "decide/"), {"criterion": name, "decided": "rejected", "reason": "Not hers."})
    page = desk.client().post(address(check), {"form": "docx"})
    notes = "\n".join(paragraph.text for paragraph in Word(BytesIO(page.content)).paragraphs)
    assert "rejected by Specialist" in notes


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("html", b"<!doctype html>"), ("json", b"{")])
def test_the_check_itself_can_be_taken(desk: Desk, check: Check, form: str, begins: bytes) -> None:
    answer = desk.client().get(address(check, f"check.{form}"))
    assert answer.content.lstrip().startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="check-{str(check.pk)[:8]}.{form}"'
    if form == "json":
        assert json.loads(answer.content) == check.report
    assert Event.objects.filter(action="check:exported").get().fields == {"form": form}


def test_unknown_forms_and_roles_get_nothing(desk: Desk, check: Check) -> None:
    assert desk.client().get(address(check, "check.exe")).status_code == 404
    assert desk.client().post(address(check), {"form": "exe"}).status_code == 400
    assert desk.client().post(address(check), {"recipient": "x" * 501, "form": "pdf"}).status_code == 400
    for role in (Role.CLINICIAN, Role.VIEWER):
        assert desk.client(role).get(address(check)).status_code == 403
        assert desk.client(role).get(address(check, "check.json")).status_code == 403
    assert make_desk("Other").client(Role.OWNER).get(address(check)).status_code == 404


def test_two_patients_in_one_chart_stop_the_export_until_a_person_compared(desk: Desk) -> None:
    note = NOTE + f"\n\nPatient: {CANARY}   DOB: 02/03/1961\nDOB: 04/05/1970\n"
    desk.client().post("/practice/cases/new/", {**REQUEST, "note": note})
    check = Check.of(desk.practice).get()
    refused = desk.client().post(address(check), {"form": "pdf"})
    assert refused.status_code == 400
    assert "two patients" in refused.content.decode()
    assert desk.client().post(address(check), {"form": "pdf", "compared": "yes"}).status_code == 200


def test_files_and_trail_name_no_patient(desk: Desk, check: Check) -> None:
    answer = desk.client().post(address(check), {"form": "packet"})
    assert "Patient" not in answer["Content-Disposition"]
    assert "Test Patient A" not in json.dumps([event.fields for event in Event.objects.all()])
