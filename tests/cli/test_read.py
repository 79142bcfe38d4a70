"""praxigen read: findings as text and as JSON, and notes that are none."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.exports.findings import to_json, write_text
from praxigen.model.document import Document
from praxigen.model.fact import Fact, State

NOTE = "HPI: Left leg pain. Physical therapy for eight weeks without relief. Mother had sciatica.\n"


@pytest.fixture
def note(tmp_path: Path) -> str:
    path = tmp_path / "note.txt"
    path.write_text(NOTE)
    return str(path)


def test_findings_are_shown_with_their_quotes_in_the_order_of_the_note(
    note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", note]) == 0
    assert capsys.readouterr().out == (
        "symptom.limb_pain  present, limb: leg, side: left\n"
        '  "Left leg pain."  line 1 (5-19)\n'
        "treatment.physical_therapy  done, outcome: none, supervised: yes, lasting 8 weeks\n"
        '  "Physical therapy for eight weeks without relief."  line 1 (20-68)\n'
        "symptom.radicular  present, another person, limb: leg\n"
        '  "Mother had sciatica."  line 1 (69-89)\n'
        "3 findings\n"
    )


def test_explain_adds_rule_and_section_to_each(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", note, "--explain"]) == 0
    reasons = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  rule ")]
    assert len(reasons) == 3
    assert all(line.endswith("; section history") for line in reasons)


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        ("for 5-6 months", "lasting at least 5 months and at most 6 months"),
        ("for over 6 weeks", "lasting at least 6 weeks"),
        ("for up to 6 weeks", "lasting at most 6 weeks"),
        ("3/14/25-9/20/25", "lasting 190 days, from 2025-03-14, to 2025-09-20"),
    ],
)
def test_a_length_is_shown_as_far_as_the_note_says(
    length: str, shown: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.txt"
    note.write_text(f"Low back pain. Completed physical therapy {length} without relief.\n")
    assert run(["read", str(note)]) == 0
    assert f", {shown} " in " ".join(capsys.readouterr().out.split())


def test_json_has_every_finding_with_its_place(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", note, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["warnings"]) == ("praxigen.findings/1", [])
    leg, therapy, mother = found["facts"]
    assert leg["quote"] == {
        "start": 5,
        "end": 19,
        "text": "Left leg pain.",
        "line": 1,
        "file": "note.txt",
        "page": None,
        "date": None,
        "part": "other",
        "confidence": None,
        "unsure": [],
        "boxes": [],
    }
    assert therapy["duration"] == {"low": "8 weeks", "high": "8 weeks"}
    assert (mother["who"], mother["kinds"][0]) == ("other", "symptom.radicular")


def test_a_note_without_findings_has_none(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Hello.\n")))
    assert run(["read", "-"]) == 0
    assert capsys.readouterr().out == "0 findings\n"


def test_bytes_that_are_not_utf_8_come_with_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = tmp_path / "note.txt"
    note.write_bytes(b"Left leg pain \x93sharp\x94.\n")
    assert run(["read", str(note)]) == 0
    text = capsys.readouterr().out
    assert "it was read as Windows-1252" in text
    assert "“sharp”" in text


def test_signs_that_steer_a_terminal_are_shown_and_not_sent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = tmp_path / "note.txt"
    note.write_bytes(b"\x1b[31mLeft leg pain.\n")
    assert run(["read", str(note)]) == 0
    text = capsys.readouterr().out
    assert "\x1b" not in text
    assert "<U+001B>" in text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty: there is nothing to check\n  Give a note with text in it.\n"),
        (b"%PDF-1.4", "is a damaged or cut off PDF\n  Open it in a PDF viewer and print it to a new PDF.\n"),
    ],
)
def test_a_file_that_is_no_note_is_refused(
    data: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.txt"
    note.write_bytes(data)
    assert run(["read", str(note)]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"praxigen: {note} {message}")


def test_a_note_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = tmp_path / "gone.txt"
    assert run(["read", str(gone)]) == 3
    expected = f"praxigen: {gone}: there is no such file\n  Check the path; - reads standard input.\n"
    assert capsys.readouterr().err == expected


def test_a_folder_without_files_is_no_chart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(tmp_path)]) == 3
    expected = f"praxigen: {tmp_path} is a folder without files\n  Put the notes of the chart into it.\n"
    assert capsys.readouterr().err == expected


def test_no_note_at_all_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read"]) == 2
    assert capsys.readouterr().err.startswith("praxigen: Missing argument 'NOTES...'.\n")


def test_an_unknown_format_is_wrong_usage(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", note, "--format", "pdf"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "'--format': 'pdf' is not one of" in shown.err


def test_the_same_finding_of_several_rules_is_shown_once() -> None:
    document = Document("note.txt", "Left leg pain after back surgery.\n")
    whole = document.quote(0, 33)
    facts = tuple(
        Fact("symptom.limb_pain", ("symptom.limb_pain",), State.PRESENT, whole, rule, qualities={"side": (side,)})
        for rule, side in (("one", "left"), ("two", "left"), ("three", "right"))
    )
    stream = io.StringIO()
    write_text(document, facts, stream, explain=True)
    assert stream.getvalue() == (
        "symptom.limb_pain  present, side: left, side: right\n"
        '  "Left leg pain after back surgery."  line 1 (0-33)\n'
        "  rule one; section none\n"
        "  rule three; section none\n"
        "  rule two; section none\n"
        "1 finding; 3 facts in JSON, which keeps repeats apart\n"
    )
    assert len(json.loads(to_json(document, facts))["facts"]) == 3


def test_html_marks_each_finding_in_the_note_and_runs_nothing(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", note, "--explain", "--format", "html"]) == 0
    text = capsys.readouterr().out
    assert '<mark class="shows" data-q="q1">Left leg pain.</mark>' in text
    assert '<mark class="near" data-q="q3">Mother had sciatica.</mark>' in text
    assert "present, another person</span>" in text
    assert "; section history</p>" in text
    assert "<script" not in text
    assert "script-src" not in text
    ids, links = re.findall(r' id="([^"]*)"', text), re.findall(r'href="#([^"]*)"', text)
    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)
    assert run(["read", note, "--format", "html"]) == 0
    assert "; section history</p>" not in capsys.readouterr().out


def test_markup_in_a_note_stays_text_on_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(b"Left leg pain <b onclick='x()'>sharp</b> \x93since\x94 May.\n")
    assert run(["read", str(path), "--format", "html"]) == 0
    text = capsys.readouterr().out
    assert "<b " not in text
    assert "&lt;b onclick=" in text
    assert "Please note</h2>" in text


def test_a_page_without_findings_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Hello.\n")))
    assert run(["read", "-", "--format", "html"]) == 0
    assert "The reader found nothing that it knows." in capsys.readouterr().out
