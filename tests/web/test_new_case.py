"""A case begins with its chart: read at once, confirmed by a person, checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.cases.models import Case, ChartFile, Check, FileState
from support.files import docx, packed, paragraph, pdf
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
NOTE = (Path(__file__).parents[2] / "examples" / "stimulator-trial.txt").read_text(encoding="utf-8")
REQUEST = {"payer": "QualCare", "codes": "63650", "date_of_service": "2026-08-03", "request_stage": "trial"}


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def browser(desk: Desk) -> Client:
    return desk.client()


def test_a_pasted_note_is_checked_at_once(desk: Desk, browser: Client) -> None:
    answer = browser.post("/practice/cases/new/", {**REQUEST, "note": NOTE, "name": "Test Patient A"}, follow=True)
    check = Check.of(desk.practice).get()
    assert answer.redirect_chain[-1][0] == f"/practice/cases/{check.case_id}/checks/{check.pk}/"
    assert check.verdict == "not_documented"
    assert check.case.undecided == len(check.criteria) > 5
    assert check.case.patient["name"] == "Test Patient A"
    page = answer.content.decode()
    assert "Left leg pain after back surgery" in page
    assert "all met" not in page.lower()
    assert [event.action for event in Event.objects.order_by("sequence")][:3] == [
        "case:opened", "file:added", "check:made",
    ]  # fmt: skip


def test_payer_and_codes_are_proposed_and_never_taken(desk: Desk, browser: Client) -> None:
    note = NOTE + "\nInsurance: QualCare\nRequest: CPT 63650, scheduled for 08/14/2026\n"
    answer = browser.post("/practice/cases/new/", {"note": note}, follow=True)
    case = Case.of(desk.practice).get()
    assert answer.redirect_chain[-1][0] == f"/practice/cases/{case.pk}/request/"
    assert (case.payer, case.codes, case.date_of_service) == ("", [], None)
    page = answer.content.decode()
    assert "Use QualCare" in page
    assert "Use 63650" in page
    assert "Use 2026-08-14" in page
    assert 'name="payer" list="payers" autocomplete="off" value=""' in page
    done = browser.post(f"/practice/cases/{case.pk}/request/", {**REQUEST, "version": case.version})
    assert done.status_code == 302
    assert Check.of(desk.practice).get().request["codes"] == ["63650"]


def test_several_files_of_many_kinds_are_one_chart(desk: Desk, browser: Client) -> None:
    files = [
        SimpleUploadedFile("visit.pdf", pdf(*[NOTE[at : at + 1500] for at in range(0, len(NOTE), 1500)])),
        SimpleUploadedFile("mri.docx", docx(paragraph("MRI of 06/02/2026: no stenosis."))),
        SimpleUploadedFile("rest.zip", packed(("a.txt", b"Seen on 07/21/2026. Pain 8/10."))),
        SimpleUploadedFile("broken.pdf", b"%PDF-1.7 nothing"),
    ]
    browser.post("/practice/cases/new/", {**REQUEST, "files": files})
    states = {file.name: file.state for file in ChartFile.of(desk.practice)}
    assert states == {
        "visit.pdf": FileState.READ, "mri.docx": FileState.READ, "rest.zip": FileState.READ,
        "broken.pdf": FileState.REFUSED,
    }  # fmt: skip
    check = Check.of(desk.practice).get()
    assert [file["name"] for file in check.report["document"]["files"]] == ["visit.pdf", "mri.docx", "a.txt"]
    page = browser.get(f"/practice/cases/{check.case_id}/").content.decode()
    refused = ChartFile.of(desk.practice).get(state=FileState.REFUSED)
    assert "damaged" in refused.reason
    assert "broken" not in refused.reason
    assert refused.reason in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"payer": "Qualcair"}, "Did you mean"),
        ({"codes": "63560"}, "no requirement"),
        ({"codes": "63650 nonsense"}, "five digits"),
        ({"date_of_service": "2026-02-31"}, "Not a day"),
        ({"date_of_service": "1926-02-01"}, "years away"),
        ({"request_stage": "later"}, "Choose one of"),
        ({"plan": "gold"}, "Choose one of"),
        ({"diagnoses": "XX9"}, "ICD-10-CM"),
        ({"birth_date": "2090-01-01"}, "birth date"),
        ({"name": "x" * 200}, "More than 120"),
        ({"note": "  "}, "Paste a note"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    desk: Desk, browser: Client, wrong: dict[str, str], said: str
) -> None:
    answer = browser.post("/practice/cases/new/", {**REQUEST, "note": NOTE, "record_number": "77-1", **wrong})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert "77-1" in page
    assert wrong.get("note") or "Left leg pain after back surgery" in page
    assert not Case.of(desk.practice).exists()


def test_a_stage_that_the_code_cannot_have_is_told_on_the_request(browser: Client) -> None:
    sent = {**REQUEST, "codes": "63047", "request_stage": "trial", "note": NOTE}
    answer = browser.post("/practice/cases/new/", sent, follow=True)
    assert "Not checked: the stage is given as" in answer.content.decode()


def _values(page: str) -> tuple[str, str, bool]:
    tree = html.fromstring(page)
    payer, codes = (tree.xpath(f"string(//input[@name='{name}']/@value)") for name in ("payer", "codes"))
    return payer, codes, bool(tree.xpath("//select[@name='plan']/option[@value='commercial' and @selected]"))


def test_a_public_page_proposes_payer_plan_and_code(desk: Desk, browser: Client) -> None:
    answer = browser.get("/practice/cases/new/?payer=qualcare&plan=commercial&codes=63650")
    assert _values(answer.content.decode()) == ("QualCare", "63650", True)
    assert "problem" not in answer.content.decode()
    assert not Case.of(desk.practice).exists()


@pytest.mark.parametrize(
    ("query", "filled"),
    [
        ("", ("", "", False)),
        ("payer=nobody-9876&codes=63650", ("", "", False)),
        ("payer=qualcare&codes=63560+63650+nonsense-9876", ("QualCare", "63650", False)),
        ("payer=qualcare&plan=gold-9876&codes=", ("QualCare", "", False)),
        ("payer=%22%3E%3Cscript%3E9876&codes=%00%0d%0a9876&plan=%ff9876", ("", "", False)),
        (f"payer={'9876' * 2000}&codes={'9876,' * 2000}", ("", "", False)),
        ("payer=qualcare&payer=nobody-9876&codes[]=63650&name=patient-9876&note=9876", ("", "", False)),
    ],
)
def test_a_link_fills_in_only_what_the_library_knows(
    browser: Client, query: str, filled: tuple[str, str, bool]
) -> None:
    answer = browser.get(f"/practice/cases/new/?{query}")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert _values(page) == filled
    assert "9876" not in page.partition("csrfmiddlewaretoken")[0] + page.partition("<fieldset")[2]
    assert ("The link named" in page) is ("9876" in query and "plan=gold" not in query)


def test_the_same_file_is_put_in_once(desk: Desk, browser: Client) -> None:
    browser.post("/practice/cases/new/", {**REQUEST, "note": NOTE})
    case = Case.of(desk.practice).get()
    browser.post(f"/practice/cases/{case.pk}/files/", {"note": NOTE})
    browser.post(f"/practice/cases/{case.pk}/files/", {"note": "Something else."})
    assert [file.name for file in ChartFile.of(desk.practice).order_by("number")] == ["Pasted note", "Pasted note (2)"]


def test_a_request_that_was_changed_meanwhile_is_not_overwritten(desk: Desk, browser: Client) -> None:
    browser.post("/practice/cases/new/", {**REQUEST, "note": NOTE})
    case = Case.of(desk.practice).get()
    other = {**REQUEST, "version": case.version, "record_number": "1"}
    assert browser.post(f"/practice/cases/{case.pk}/request/", other).status_code == 302
    answer = browser.post(f"/practice/cases/{case.pk}/request/", {**other, "record_number": "2-typed"})
    assert answer.status_code == 400
    assert "2-typed" in answer.content.decode()
    case.refresh_from_db()
    assert case.patient["record_number"] == "1"


def test_hints_for_codes_come_from_the_library(browser: Client) -> None:
    said = browser.post("/practice/codes/", {"payer": "QualCare", "codes": "63650"}).content.decode()
    assert "The library knows what this payer asks for" in said
    assert (
        "no requirement" in browser.post("/practice/codes/", {"payer": "QualCare", "codes": "99999"}).content.decode()
    )


def test_clinicians_and_viewers_open_no_case(desk: Desk) -> None:
    for role in (Role.CLINICIAN, Role.VIEWER):
        assert desk.client(role).post("/practice/cases/new/", {**REQUEST, "note": NOTE}).status_code == 403


def test_another_practice_sees_nothing_of_it(desk: Desk, browser: Client) -> None:
    browser.post("/practice/cases/new/", {**REQUEST, "note": NOTE})
    check, file = Check.of(desk.practice).get(), ChartFile.of(desk.practice).get()
    stranger = make_desk("Other").client(Role.OWNER)
    for address in (
        f"cases/{check.case_id}/", f"cases/{check.case_id}/request/", f"cases/{check.case_id}/reading/",
        f"cases/{check.case_id}/files/{file.pk}/", f"cases/{check.case_id}/checks/{check.pk}/",
        f"cases/{check.case_id}/checks/{check.pk}/pages/0.png",
    ):  # fmt: skip
        assert stranger.get(f"/practice/{address}").status_code == 404, address


def test_a_file_is_handed_out_as_it_came(desk: Desk, browser: Client) -> None:
    browser.post("/practice/cases/new/", {**REQUEST, "note": NOTE})
    file = ChartFile.of(desk.practice).get()
    answer = browser.get(f"/practice/cases/{file.case_id}/files/{file.pk}/")
    assert answer.content == NOTE.encode()
    assert answer["Content-Disposition"] == f'attachment; filename="file-{str(file.pk)[:8]}.txt"'
    assert "no-store" in answer["Cache-Control"]


def test_all_codes_of_a_requirement_are_offered_and_the_person_picks(desk: Desk, browser: Client) -> None:
    link = "/practice/cases/new/?payer=qualcare&plan=commercial&codes=63650,63655,63685,nonsense-9876"
    page = html.fromstring(browser.get(link).content)
    assert page.xpath("//input[@name='pick']/@value") == ["63650", "63655", "63685"]
    assert page.xpath("//input[@name='pick' and @checked]") == []
    assert page.xpath("string(//input[@name='codes']/@value)") == ""
    assert "lead" in page.xpath("string(//label[input[@value='63650']])")
    sent = {**REQUEST, "codes": "", "pick": ["63650", "63685"], "offered": "63650 63655 63685 9876<script>"}
    again = html.fromstring(browser.post("/practice/cases/new/", sent).content)  # the chart is missing
    assert again.xpath("//input[@name='pick']/@value") == ["63650", "63655", "63685"]
    assert again.xpath("//input[@name='pick' and @checked]/@value") == ["63650", "63685"]
    browser.post("/practice/cases/new/", {**sent, "note": NOTE, "codes": "63650"})
    assert Case.of(desk.practice).get().codes == ["63650", "63685"]


def test_a_chart_of_which_nothing_could_be_read_leads_to_its_reason(desk: Desk) -> None:
    for asked in (REQUEST, {}):
        file = SimpleUploadedFile("x.exe", b"MZ\x00\x01" * 50)
        answer = desk.client().post("/practice/cases/new/", {**asked, "files": file}, follow=True)
        case = Case.of(desk.practice).latest("created_at")
        assert answer.redirect_chain[-1][0] == f"/practice/cases/{case.pk}/"
        page = answer.content.decode()
        assert "Nothing could be read: the reason stands beside each file." in page
        assert ChartFile.of(desk.practice).get(case=case).reason in html.fromstring(page).text_content()
