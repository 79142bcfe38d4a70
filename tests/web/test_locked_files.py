"""A locked PDF or ZIP waits on the case page for its password, which is used once and stands nowhere afterwards."""

from __future__ import annotations

import base64
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from documents.test_unlocking import ZIPS
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.cases.models import Case, ChartFile, Check, Decision, FileState
from support.files import drawn_pdf, pdf
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
SECRET = "Zebra-Quartz-7781"
NOTE = "Left leg pain for 8 months. Failed physical therapy for 8 weeks."
REQUEST = {"payer": "QualCare", "codes": "63650", "date_of_service": "2026-08-03", "request_stage": "trial"}


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def opened_case(browser: Client, *data: bytes) -> ChartFile:
    """A case with locked files; the first of them."""
    files = [SimpleUploadedFile(f"chart-{at}.pdf", each) for at, each in enumerate(data)]
    answer = browser.post("/practice/cases/new/", {**REQUEST, "files": files})
    row = ChartFile.every.order_by("number").first()
    assert row is not None
    assert answer["Location"] == f"/practice/cases/{row.case_id}/"
    return row


def give(browser: Client, row: ChartFile, password: str) -> str:
    """Give a password on the case page; the page after it."""
    address = f"/practice/cases/{row.case_id}/files/{row.pk}/unlock/"
    return browser.post(address, {"password": password}, follow=True).content.decode()


def test_a_locked_pdf_asks_for_its_password_and_is_read_with_it(desk: Desk) -> None:
    browser = desk.client()
    row = opened_case(browser, pdf(NOTE, password=SECRET))
    assert (row.state, row.document) == (FileState.LOCKED, b"")
    page = browser.get(f"/practice/cases/{row.case_id}/").content.decode()
    assert 'type="password" autocomplete="off"' in page
    assert "Used once to open the file and not kept" in page
    assert Check.of(desk.practice).count() == 0

    page = give(browser, row, SECRET.lower())
    assert "The password does not open the file" in page
    assert f"unlock-{row.pk}" in page
    row.refresh_from_db()
    assert row.state == FileState.LOCKED

    page = give(browser, row, SECRET)
    assert "The file is open and read" in page
    row.refresh_from_db()
    assert (row.state, row.pages) == (FileState.READ, 1)
    browser.post(f"/practice/cases/{row.case_id}/check/")
    check = Check.of(desk.practice).get()
    assert b"Left leg pain" in browser.get(f"/practice/cases/{row.case_id}/checks/{check.pk}/").content
    assert browser.get(f"/practice/cases/{row.case_id}/checks/{check.pk}/pages/0.png").content.startswith(b"\x89PNG")
    told = [(e.outcome, e.fields) for e in Event.objects.filter(action="file:unlocked").order_by("sequence")]
    assert told[0] == ("refused", {})
    assert told[1][0] == "done"
    assert told[1][1]["state"] == "read"


def test_the_password_stands_nowhere(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    browser = desk.client()
    caplog.set_level(logging.DEBUG)
    row = opened_case(browser, pdf(NOTE, password=SECRET))
    pages = give(browser, row, SECRET + "x") + give(browser, row, SECRET)
    row.refresh_from_db()
    held = [pages, caplog.text, str(list(Event.objects.values())), str(browser.session.items()), str(browser.cookies)]
    assert not any(SECRET in each for each in held)
    assert SECRET.encode() not in row.content + row.document
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names of our own tables
            assert SECRET not in str(cursor.fetchall())


def test_a_locked_zip_is_read_as_a_chart(desk: Desk) -> None:
    browser = desk.client()
    row = opened_case(browser, base64.b64decode(ZIPS["aes-256 deflated"]))
    assert row.state == FileState.LOCKED
    assert "The file is open and read" in give(browser, row, "open sesame")


def test_a_locked_scan_waits_for_its_reading_after_it_was_opened(desk: Desk) -> None:
    from io import BytesIO

    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(drawn_pdf())) as scan:
        scan.save(out, encryption=pikepdf.Encryption(owner=SECRET, user=SECRET))
    browser = desk.client()
    row = opened_case(browser, out.getvalue())
    assert row.state == FileState.LOCKED
    page = give(browser, row, SECRET)
    row.refresh_from_db()
    assert row.state in (FileState.WAITING, FileState.REFUSED)  # refused where the extra "ocr" is not installed
    assert ("being read now" in page) == (row.state == FileState.WAITING)


@pytest.mark.parametrize("password", ["", "x" * 501])
def test_no_password_or_an_endless_one_is_asked_for_again(desk: Desk, password: str) -> None:
    browser = desk.client()
    row = opened_case(browser, pdf(NOTE, password=SECRET))
    assert "Give the password of the file" in give(browser, row, password)
    assert Event.objects.filter(action="file:unlocked").count() == 0


def test_a_file_that_is_open_is_not_opened_again(desk: Desk) -> None:
    browser = desk.client()
    row = opened_case(browser, pdf(NOTE, password=SECRET))
    give(browser, row, SECRET)
    row.refresh_from_db()
    before = (row.sha256, row.size)
    assert "not locked any more" in give(browser, row, SECRET)
    row.refresh_from_db()
    assert (row.sha256, row.size) == before


def test_who_may_open_it(desk: Desk) -> None:
    row = opened_case(desk.client(), pdf(NOTE, password=SECRET))
    address = f"/practice/cases/{row.case_id}/files/{row.pk}/unlock/"
    for role in (Role.VIEWER, Role.CLINICIAN):
        browser = desk.client(role)
        assert browser.post(address, {"password": SECRET}).status_code == 403
        assert "unlock-" not in browser.get(f"/practice/cases/{row.case_id}/").content.decode()
    other = make_desk("Another Practice").client()
    assert other.post(address, {"password": SECRET}).status_code == 404
    case = Case.every.create(practice=desk.practice, payer="")
    elsewhere = f"/practice/cases/{case.pk}/files/{row.pk}/unlock/"
    assert desk.client().post(elsewhere, {"password": SECRET}).status_code == 404
    row.refresh_from_db()
    assert row.state == FileState.LOCKED


def test_a_locked_letter_of_the_payer_says_where_to_open_it(desk: Desk) -> None:
    browser = desk.client()
    case = Case.every.create(practice=desk.practice, payer="qualcare", codes=["63650"])
    letter = SimpleUploadedFile("denial.pdf", pdf("Your request is denied.", password=SECRET))
    browser.post(f"/practice/cases/{case.pk}/payer/answer/", {"file": letter})
    row = Decision.of(desk.practice).get()
    page = browser.get(f"/practice/decisions/{row.pk}/").content.decode()
    assert "locked with a password" in page
    assert row.letter is not None
    give(browser, row.letter, SECRET)
    assert "locked with a password" not in browser.get(f"/practice/decisions/{row.pk}/").content.decode()
