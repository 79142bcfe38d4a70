"""praxigen redact: the copy, its report and its key; and what bad input gets."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from praxigen.cli.main import run
from support.files import docx, paragraph, pdf

NOTE = (
    "Patient: Wilhelmina Canary\nMRN: 00482913\nDate of visit: 07/20/2026\n\nLeft leg pain at L4-L5 since 07/06/2026.\n"
)
WORDS = ("Wilhelmina", "Canary", "00482913", "07/20/2026", "07/06/2026")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration of this user, so that no test touches the real one."""
    folder = tmp_path / "home"
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / ".config"))
    return folder


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(NOTE, encoding="utf-8")
    return path


def test_the_copy_is_masked_and_the_report_holds_no_word_of_the_note(
    note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, key = tmp_path / "copy.txt", tmp_path / "practice.key"
    ask = ["redact", str(note), "--key", str(key), "--output", str(copy), "--date-of-service", "2026-08-03"]
    assert run(ask) == 0
    text, shown = copy.read_text(encoding="utf-8"), capsys.readouterr()
    assert text.startswith("[Identifiers masked, not certified de-identified.")
    assert "L4-L5" in text
    assert shown.out == ""
    assert f"The key is new and lies in {key}." in shown.err
    assert re.search(r"\n  date +2  \(C\)\n", shown.err)
    assert re.search(r"A date of service of 2026-08-03 is 202[678]-\d\d-\d\d in the copy\.", shown.err)
    assert [word for word in WORDS if word in text or word in shown.err] == []
    assert note.read_text(encoding="utf-8") == NOTE
    if os.name == "posix":
        assert key.stat().st_mode & 0o777 == 0o600


def test_the_same_key_gives_the_same_copy_and_another_key_another(
    note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = []
    for key in ("one", "one", "two"):
        assert run(["redact", str(note), "--key", str(tmp_path / key), "--subject", "4711"]) == 0
        copies.append(capsys.readouterr().out)
    assert copies[0] == copies[1] != copies[2]


def test_without_a_key_one_is_kept_for_this_user(note: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["redact", str(note)]) == 0
    first = capsys.readouterr()
    assert "The key is new" in first.err
    assert [path.name for path in home.rglob("*.key")] == ["redaction.key"]
    assert run(["redact", str(note)]) == 0
    second = capsys.readouterr()
    assert second.out == first.out
    assert "The key is new" not in second.err


def test_json_has_places_and_counts_and_no_original_word(note: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["redact", str(note), "--format", "json", "--date-of-service", "2026-08-03"]) == 0
    text = capsys.readouterr().out
    value = json.loads(text)
    assert value["schema"] == "praxigen.redaction/1"
    assert value["notice"] == "Identifiers masked, not certified de-identified."
    assert value["counts"] == {"name": 1, "date": 2, "mrn": 1}
    assert value["date_of_service"] > "2026-08-03"
    name = value["masks"][0]
    assert NOTE[name["start"] : name["end"]] == "Wilhelmina Canary"
    assert value["text"][name["masked_start"] : name["masked_end"]] == name["written"] == "[NAME-1]"
    assert [word for word in WORDS if word in text] == []


def test_dates_can_be_kept_which_the_report_says(note: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["redact", str(note), "--dates", "keep"]) == 0
    shown = capsys.readouterr()
    assert "07/20/2026" in shown.out
    assert "Dates were kept, so the copy still holds identifiers of paragraph (C)." in shown.err
    assert list(home.rglob("*.key")) == []


@pytest.mark.parametrize("data", [pdf(NOTE), docx("".join(map(paragraph, NOTE.split("\n"))))], ids=["pdf", "docx"])
def test_of_a_pdf_or_word_file_the_text_is_masked(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "note.bin"
    path.write_bytes(data)
    assert run(["redact", str(path)]) == 0
    text = capsys.readouterr().out
    assert "Patient: [NAME-1]" in text
    assert [word for word in WORDS if word in text] == []


def test_the_note_is_never_overwritten(note: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["redact", str(note), "--output", str(note)]) == 2
    assert note.read_text(encoding="utf-8") == NOTE
    assert "would replace the note" in capsys.readouterr().err


@pytest.mark.parametrize("role", ["note", "output"])
def test_the_key_is_neither_note_nor_copy(
    role: str, note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "copy.txt"
    key = note if role == "note" else output
    assert run(["redact", str(note), "--key", str(key), "--output", str(output)]) == 2
    assert "cannot be the key and a note or the copy at once" in capsys.readouterr().err
    assert note.read_text(encoding="utf-8") == NOTE
    assert not output.exists()


@pytest.mark.parametrize(
    ("content", "message"), [("", "a key has 16 to 4,096"), ("short", "a key has"), ("k" * 5000, "a key has")]
)
def test_a_key_that_can_be_guessed_is_refused(
    content: str, message: str, note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "practice.key"
    key.write_text(content)
    key.chmod(0o600)
    assert run(["redact", str(note), "--key", str(key)]) == 2
    shown = capsys.readouterr()
    assert message in shown.err
    assert shown.out == ""


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_a_key_that_others_can_read_is_refused(note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "practice.key"
    key.write_text("k" * 32)
    key.chmod(0o644)
    assert run(["redact", str(note), "--key", str(key)]) == 2
    assert (
        capsys.readouterr().err
        == f"praxigen: {key}: others can read this key\n  Make it yours alone: chmod 600 {key}\n"
    )


def test_a_folder_is_no_key(note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["redact", str(note), "--key", str(tmp_path)]) == 2
    assert "the key could not be used: Is a directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--output", "copy.pdf"], "a masked copy cannot be of the kind '.pdf'"),
        (["--date-of-service", "8/3/2026"], "'8/3/2026' is not a date"),
        (["--dates", "some"], "'some' is not one of"),
        (["--format", "html"], "'html' is not one of"),
    ],
)
def test_wrong_usage_is_told(
    options: list[str], message: str, note: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["redact", str(note), *options]) == 2
    shown = capsys.readouterr()
    assert message in shown.err
    assert shown.out == ""
    assert list(home.rglob("*.key")) == []


@pytest.mark.parametrize(("data", "message"), [(b"", "is empty"), (b"%PDF-1.7\n", "damaged or cut off PDF")])
def test_a_file_that_is_no_note_is_refused(
    data: bytes, message: str, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "note.bin"
    path.write_bytes(data)
    assert run(["redact", str(path)]) == 3
    assert message in capsys.readouterr().err
    assert list(home.rglob("*.key")) == []


def test_what_could_not_be_read_is_told_in_copy_and_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "chart"
    folder.mkdir()
    (folder / "a.txt").write_text(NOTE)
    (folder / "b.pdf").write_bytes(b"%PDF-1.7\n")
    assert run(["redact", str(folder)]) == 0
    shown = capsys.readouterr()
    assert "1 unread pages or files are left out." in shown.out
    assert "1 pages or files could not be read" in shown.err
