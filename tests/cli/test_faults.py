"""Whatever goes wrong: one line, no traceback, and never a word of the note."""

import io
import os
import sys
from pathlib import Path
from typing import NoReturn

import click
import pytest

from praxigen import api
from praxigen.cli import output
from praxigen.cli.main import praxigen, run
from praxigen.errors import QuoteMismatchError, UsageError

CANARY = "Wilhelmina Canary"


@pytest.fixture
def note(tmp_path: Path) -> str:
    path = tmp_path / "note.txt"
    path.write_text(f"Patient: {CANARY}. Leg pain.\n")
    return str(path)


def break_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(*_arguments: object) -> NoReturn:
        raise error

    monkeypatch.setattr(api, "check", check)


def shown(note: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = run(["check", note, "--payer", "qualcare", "--code", "63650"])
    text = capsys.readouterr()
    assert text.out == ""
    assert CANARY not in text.err
    assert "Traceback" not in text.err
    return code, text.err


@pytest.mark.parametrize("error", [ValueError(CANARY), KeyError(CANARY), RecursionError(CANARY), MemoryError(CANARY)])
def test_an_error_of_ours_names_its_place_and_not_the_patient(
    error: BaseException, note: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    break_with(error, monkeypatch)
    code, text = shown(note, capsys)
    assert code == 70
    assert text.startswith(f"praxigen: internal error: {type(error).__name__} at praxigen.cli.check:")
    assert text.count("\n") == 2


def test_a_quote_that_is_not_in_the_note_is_our_fault(
    note: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    break_with(QuoteMismatchError("a quote of note.txt at 1-2 is not the text that stands there"), monkeypatch)
    code, text = shown(note, capsys)
    assert code == 70
    assert "internal error: a quote of note.txt at 1-2" in text


def test_an_interrupt_is_quiet(note: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    break_with(KeyboardInterrupt(), monkeypatch)
    assert shown(note, capsys) == (130, "")


def test_a_message_for_the_user_has_its_hint(
    note: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    break_with(UsageError("what is wrong", "What to do."), monkeypatch)
    assert shown(note, capsys) == (2, "praxigen: what is wrong\n  What to do.\n")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.html"
    target.write_text("earlier")

    def fail(_handle: int) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UsageError, match="No space left on device"):
        output.write_file(target, "later")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert target.read_text() == "earlier"


def test_a_file_is_replaced_and_line_ends_stay(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("earlier")
    output.write_file(target, "later\r\nFüße\n")
    assert target.read_bytes() == "later\r\nFüße\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("earlier")
    link.symlink_to(real)
    output.write_file(link, "later")
    assert link.is_symlink()
    assert real.read_text() == "later"


def test_a_device_is_never_replaced() -> None:
    output.write_file(Path(os.devnull), "later")
    assert Path(os.devnull).is_char_device()


def test_a_terminal_without_the_letters_shows_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)

    @click.command("letters")
    def letters() -> None:
        stream.write("Füße")

    monkeypatch.setitem(praxigen.commands, "letters", letters)
    assert run(["letters"]) == 0
    stream.seek(0)
    assert stream.buffer.read() == rb"F\xfc\xdfe"  # type: ignore[attr-defined]
