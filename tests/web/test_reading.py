"""Files whose pages are pictures are read in the background: claimed once, taken over, stopped, given up."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from praxigen.documents import recognition
from praxigen.errors import InputError
from praxigen.model.document import Document
from praxigen.web.audit.models import Event
from praxigen.web.cases import reading
from praxigen.web.cases.models import Case, ChartFile, Check, FileState
from praxigen.web.cases.reading import GIVEN_UP, SILENT, STOPPED, claim, read_waiting, stop_reading
from support.files import drawn_pdf, pdf
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
with_ocr = pytest.mark.skipif(not recognition.available(), reason='the extra "ocr" is not installed')
NOTE = (Path(__file__).parents[2] / "examples" / "stimulator-trial.txt").read_text(encoding="utf-8")
REQUEST = {"payer": "QualCare", "codes": "63650", "date_of_service": "2026-08-03", "request_stage": "trial"}


def faxed() -> bytes:
    """The example note as a fax: its pages as pictures in a TIFF file."""
    import pypdfium2

    lines = NOTE.split("\n")
    pages = pdf("\n".join(lines[:26]), "\n".join(lines[26:]))
    pictures = [page.render(scale=2.5).to_pil().convert("L") for page in pypdfium2.PdfDocument(pages)]
    out = BytesIO()
    pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:], dpi=(180, 180))
    return out.getvalue()


def waiting(desk: Desk, data: bytes | None = None) -> ChartFile:
    """A file that waits to be read."""
    case = Case.every.create(practice=desk.practice, payer="")
    row = ChartFile(practice=desk.practice, case=case, number=1, pages=1)
    row.name, row.content = "scan.pdf", data or drawn_pdf()
    row.save(force_insert=True)
    return row


@with_ocr
def test_a_faxed_chart_waits_is_read_and_checked() -> None:
    desk = make_desk()
    browser = desk.client()
    sent = {**REQUEST, "files": [SimpleUploadedFile("fax.tif", faxed())]}
    answer = browser.post("/practice/cases/new/", sent)
    file = ChartFile.of(desk.practice).get()
    assert answer["Location"] == f"/practice/cases/{file.case_id}/request/"
    assert (file.state, file.pages, file.document) == (FileState.WAITING, 2, b"")
    page = browser.get(f"/practice/cases/{file.case_id}/").content.decode()
    assert "Waits to be read, 0 of 2 pages" in page
    assert 'hx-trigger="every 3s"' in page
    assert read_waiting() == 1
    file.refresh_from_db()
    assert (file.state, file.pages_done, file.claim) == (FileState.READ, 2, None)
    part = browser.get(f"/practice/cases/{file.case_id}/reading/").content.decode()
    assert "hx-trigger" not in part
    assert Event.objects.filter(action="file:read").get().fields == {"pages": 2, "kind": "picture"}
    browser.post(f"/practice/cases/{file.case_id}/check/")
    check = Check.of(desk.practice).get()
    assert "met" in check.criteria.values()
    shown = browser.get(f"/practice/cases/{file.case_id}/checks/{check.pk}/").content.decode()
    assert "/pages/0.png" in shown
    assert browser.get(f"/practice/cases/{file.case_id}/checks/{check.pk}/pages/0.png").content.startswith(b"\x89PNG")


def test_a_claim_is_given_once_and_the_longest_waiting_first() -> None:
    desk = make_desk()
    first, second = waiting(desk), waiting(desk)
    assert [taken.pk for taken in (claim(), claim()) if taken] == [first.pk, second.pk]
    assert claim() is None


def test_a_worker_that_fell_silent_is_replaced_and_its_result_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk()
    row = waiting(desk)
    old = claim()
    assert old is not None
    assert claim(timezone.now() + SILENT - timedelta(seconds=5)) is None
    new = claim(timezone.now() + SILENT + timedelta(seconds=5))
    assert new is not None
    assert new.claim != old.claim
    monkeypatch.setattr(reading, "read_with", lambda _given, _told: Document("scan.pdf", "the old worker's words"))
    reading._read(old)
    row.refresh_from_db()
    assert (row.state, row.document, row.claim) == (FileState.READING, b"", new.claim)


def test_a_file_that_ends_its_workers_is_given_up() -> None:
    desk = make_desk()
    row = waiting(desk)
    at = timezone.now()
    for attempt in range(3):
        assert claim(at + attempt * 2 * SILENT) is not None
    assert claim(at + 6 * SILENT) is None
    row.refresh_from_db()
    assert (row.state, row.reason) == (FileState.REFUSED, GIVEN_UP)


def test_what_cannot_be_read_is_refused_with_a_reason_that_names_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk()
    row = waiting(desk)

    def fail(_given: object, _told: object) -> Document:
        raise InputError("scan.pdf: none of its 2 pages could be read: page 1: it is blank", "Scan it again.")

    monkeypatch.setattr(reading, "read_with", fail)
    read_waiting()
    row.refresh_from_db()
    assert row.state == FileState.REFUSED
    assert row.reason == "None of its 2 pages could be read: page 1: it is blank. Scan it again."


def test_a_fault_refuses_the_file_and_not_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk()
    rows = [waiting(desk), waiting(desk)]
    outcomes = iter([RuntimeError("Zebulon's words"), Document("scan.pdf", "Pain.")])

    def read(_given: object, _told: object) -> Document:
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(reading, "read_with", read)
    assert read_waiting(5) == 2
    assert [ChartFile.every.get(pk=row.pk).state for row in rows] == [FileState.REFUSED, FileState.READ]
    assert "Zebulon" not in ChartFile.every.get(pk=rows[0].pk).reason


def test_a_reading_can_be_stopped_before_and_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk()
    browser = desk.client()
    row = waiting(desk)
    assert browser.post(f"/practice/cases/{row.case_id}/files/{row.pk}/stop/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason) == (FileState.REFUSED, STOPPED)
    assert claim() is None
    busy = waiting(desk)
    actor = next(iter(desk.members.values())).actor()

    def slow(_given: object, told: object) -> Document:
        import time

        for page in range(200):
            time.sleep(0.05)
            told(page, 200)  # type: ignore[operator]
        raise AssertionError("was not stopped")

    monkeypatch.setattr(reading, "read_with", slow)
    monkeypatch.setattr(reading, "_BEAT", 0.05)
    was = reading._still_mine
    beats = iter(range(1000))

    def stopping(mine: ChartFile) -> object:
        if next(beats) == 3:
            stop_reading(busy, actor)
        return was(mine)

    monkeypatch.setattr(reading, "_still_mine", stopping)
    assert read_waiting() == 1
    busy.refresh_from_db()
    assert (busy.state, busy.reason, busy.document) == (FileState.REFUSED, STOPPED, b"")


def test_another_practice_stops_nothing() -> None:
    row = waiting(make_desk())
    stranger = make_desk("Other").client()
    assert stranger.post(f"/practice/cases/{row.case_id}/files/{row.pk}/stop/").status_code == 404
    assert ChartFile.every.get(pk=row.pk).state == FileState.WAITING


@with_ocr
def test_a_picture_that_is_cut_off_is_refused_with_its_reason() -> None:
    desk = make_desk()
    out = BytesIO()
    Image.new("L", (300, 300), 255).save(out, "PNG")
    damaged = out.getvalue()[:60]
    desk.client().post("/practice/cases/new/", {**REQUEST, "files": [SimpleUploadedFile("scan.png", damaged)]})
    read_waiting()
    row = ChartFile.of(desk.practice).get()
    assert row.state == FileState.REFUSED
    assert "scan.png" not in row.reason
