"""The installed command as a process: pipes, standard input, what it imports."""
# ruff: noqa: S603  the commands are ours

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support import reports

PRAXIGEN = str(Path(sys.executable).with_name("praxigen"))


def start(
    *arguments: str, text: str = "", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | (environment or {})
    command = [PRAXIGEN, *arguments]
    return subprocess.run(command, input=text.encode(), env=environment, capture_output=True, check=False, timeout=60)


@pytest.fixture
def note(tmp_path: Path) -> str:
    path = tmp_path / "note.txt"
    path.write_text(reports.NOTE, encoding="utf-8")
    return str(path)


def test_standard_input_is_checked() -> None:
    ask = ("check", "-", "--payer", "qualcare", "--code", "63650", "--stage", "trial")
    done = start(*ask, text=reports.NOTE)
    assert done.returncode == 1
    assert b"note stdin" in done.stdout
    assert b"\x1b" not in done.stdout
    assert done.stderr == b""


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_the_same_note_gives_the_same_bytes(form: str, note: str) -> None:
    command = ("check", note, "--payer", "qualcare", "--code", "63650", "--stage", "trial", "--format", form)
    runs = {start(*command, environment={"PYTHONHASHSEED": seed, "COLUMNS": seed}).stdout for seed in ("1", "77")}
    assert len(runs) == 1


def test_a_reader_that_stops_is_no_error() -> None:
    command = [PRAXIGEN, "lookup", "--code", "63650"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait(60) == 141


def test_bad_notes_have_their_exit_code(tmp_path: Path) -> None:
    pdf = tmp_path / "note.pdf"
    pdf.write_bytes(b"%PDF-1.7\n")
    done = start("check", str(pdf), "--payer", "qualcare", "--code", "63650")
    assert done.returncode == 3
    assert done.stdout == b""
    assert done.stderr.decode() == (
        f"praxigen: {pdf} is a damaged or cut off PDF\n  Open it in a PDF viewer and print it to a new PDF.\n"
    )


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a command imports."""
    program = (
        "import sys\nfrom praxigen.cli.main import run\n"
        f"run({list(arguments)!r})\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, timeout=60)
    return set(done.stderr.decode().split())


def test_a_check_imports_only_what_it_uses(note: str) -> None:
    ask = ("check", note, "--payer", "qualcare", "--code", "63650", "--stage", "trial", "--format")
    text, as_json, html = loaded_by(*ask, "text"), loaded_by(*ask, "json"), loaded_by(*ask, "html")
    assert "rich" in text
    assert "jinja2" not in text
    assert not {"rich", "jinja2"} & as_json
    assert "jinja2" in html
    assert "rich" not in html
    assert not {"simple_icd_10_cm", "socket", "django"} & (text | as_json)
    assert not {"lxml", "pypdfium2", "striprtf", "ctypes", "concurrent.futures", "zipfile"} & as_json


def test_help_imports_no_export() -> None:
    assert not {"rich", "jinja2"} & loaded_by("--help")
