"""A file that the operator's scanner does not pass is not read, not kept and not handed out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from praxigen.errors import UsageError
from praxigen.web.cases.models import ChartFile, FileState
from praxigen.web.conf import read_configuration
from support.cases import make_case
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
NOTE = b"Low back pain for six months.\n"
BAD = b"Low back pain, and what a scanner knows.\n"
_SCANNER = """
import sys, time
data = sys.stdin.buffer.read()
sys.exit(1 if b"what a scanner knows" in data else 0)
"""


@pytest.fixture
def desk(settings: Any, tmp_path: Path) -> Desk:
    script = tmp_path / "scanner.py"
    script.write_text(_SCANNER)
    settings.SCANNER = (sys.executable, str(script))
    return make_desk()


def _add(desk: Desk, data: bytes) -> ChartFile:
    case = make_case(desk)
    file = SimpleUploadedFile("chart.txt", data, "text/plain")
    assert desk.client().post(f"/practice/cases/{case.pk}/files/", {"files": file}).status_code == 302
    return ChartFile.of(desk.practice).get(case=case)


def test_a_clean_file_is_read(desk: Desk) -> None:
    assert _add(desk, NOTE).state == FileState.READ


def test_a_file_with_malware_is_refused_and_not_kept(desk: Desk) -> None:
    row = _add(desk, BAD)
    assert (row.state, row.content) == (FileState.REFUSED, b"")
    assert (
        row.reason == "The scanner of this server found malware in it. Nothing of it was kept. Ask for the file anew."
    )
    answer = desk.client().get(f"/practice/cases/{row.case_id}/files/{row.pk}/")
    assert b"what a scanner knows" not in answer.content


def test_a_coded_answer_is_scanned_too(desk: Desk) -> None:
    case = make_case(desk)
    coded = b'{"resourceType": "ClaimResponse", "disposition": "what a scanner knows"}'
    answer = desk.client().post(
        f"/practice/cases/{case.pk}/payer/answer/", {"file": SimpleUploadedFile("answer.json", coded)}
    )
    assert "found malware in it" in answer.content.decode()
    assert not ChartFile.of(desk.practice).filter(case=case).exists()


def test_a_payers_letter_is_scanned_too(desk: Desk) -> None:
    case = make_case(desk)
    desk.client().post(f"/practice/cases/{case.pk}/payer/answer/", {"text": BAD.decode()})
    row = ChartFile.of(desk.practice).get(case=case)
    assert (row.state, row.content) == (FileState.REFUSED, b"")


@pytest.mark.parametrize("fault", ["ends with 2", "is not there", "takes too long"])
def test_without_an_answer_nothing_passes(
    desk: Desk, settings: Any, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    settings.SCANNER = {
        "ends with 2": (sys.executable, "-c", "import sys; sys.exit(2)"),
        "is not there": ("/nowhere/scanner",),
        "takes too long": (sys.executable, "-c", "import time; time.sleep(60)"),
    }[fault]
    monkeypatch.setattr("praxigen.web.cases.scanning._SECONDS", 1 if fault == "takes too long" else 60)
    row = _add(desk, NOTE)
    assert (row.state, row.content) == (FileState.REFUSED, b"")
    assert row.reason.startswith("The scanner for malware does not answer.")


def test_a_scanner_that_is_not_installed_stops_the_start() -> None:
    with pytest.raises(UsageError, match="PRAXIGEN_SCANNER"):
        read_configuration(dict(os.environ) | {"PRAXIGEN_SCANNER": "/nowhere/scanner -"})
    told = read_configuration(dict(os.environ) | {"PRAXIGEN_SCANNER": f"{sys.executable} -c 'print(1)'"})
    assert told.scanner == (sys.executable, "-c", "print(1)")
    assert read_configuration(dict(os.environ)).scanner == ()
