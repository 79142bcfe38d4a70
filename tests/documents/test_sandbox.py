"""What a parser's process may not do, and what becomes of one that crashes or never ends."""
# ruff: noqa: S603  the programs are ours

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks import formats, fuzz_documents

from praxigen.documents import child, sandbox
from praxigen.documents.parsed import Refusal

SOURCE = str(Path(child.__file__).parents[2])
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")


def inside(program: str) -> str:
    """What a program prints that runs under the limits of a parser."""
    start = f"import sys; sys.path[:] = {[SOURCE, *sys.path]!r}; from praxigen.documents.child import limit; limit()\n"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", start + program], capture_output=True, check=False, timeout=60
    )
    return (done.stdout + done.stderr).decode()


@pytest.mark.parametrize(
    "program",
    [
        "import socket; socket.socket()",
        "open('/tmp/praxigen-test-never', 'w')",
        "import os; os.open('/tmp/praxigen-test-never', os.O_CREAT)",
        "import os; os.mkdir('/tmp/praxigen-test-never')",
        "import os; os.remove('/tmp/praxigen-test-never')",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_python_may_not_reach_out(program: str) -> None:
    assert "PermissionError" in inside(program)


@LINUX
@pytest.mark.parametrize(
    "call",
    [
        "socket(2, 1, 0)",
        "fork()",
        "open(b'/tmp/praxigen-test-never', 0o101, 0o600)",
        "mkdir(b'/tmp/praxigen-never', 0o700)",
    ],
)
def test_native_code_may_not_reach_out(call: str) -> None:
    told = inside(f"import ctypes; c = ctypes.CDLL(None, use_errno=True); print(c.{call}, ctypes.get_errno())")
    assert told.split() == ["-1", "1"]


@LINUX
def test_memory_is_bounded() -> None:
    assert "MemoryError" in inside("b'x' * (600 * 1024 * 1024)")


def test_reading_files_still_works() -> None:
    assert inside(f"print(len(open({child.__file__!r}).read()) > 100)").strip() == "True"


def run_instead(program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let another program stand in for the parser's process."""
    path = tmp_path / "child.py"
    path.write_text(program)
    monkeypatch.setattr(sandbox, "_CHILD", str(path))


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "is damaged: its parser crashed"),
        ("import os; os.abort()", "needs more than 512 MB to be read"),
        ("import sys; sys.exit(3)", "is damaged: its parser crashed"),
        ("print('+nonsense')", "made its parser answer nonsense"),
        ("print('')", "made its parser answer nonsense"),
        ("import sys; sys.stdout.buffer.write(b'-[1]')", "made its parser answer nonsense"),
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)",
            "took more than 20 seconds of processor time to read",
        ),
    ],
)
def test_a_parser_that_ends_badly_is_a_refusal(
    program: str, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run_instead(program, monkeypatch, tmp_path)
    with pytest.raises(Refusal, match=message):
        sandbox.parse_apart("html", b"x" * 1_000_000)


def test_a_parser_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run_instead("while True: pass", monkeypatch, tmp_path)
    monkeypatch.setattr(sandbox, "WALL", 0.2)
    with pytest.raises(Refusal, match="took longer than"):
        sandbox.parse_apart("html", b"x")


def test_a_parser_that_answers_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run_instead("import sys\nwhile True: sys.stdout.write('x' * 65536)", monkeypatch, tmp_path)
    monkeypatch.setattr(sandbox, "MOST_ANSWER", 1_000_000)
    with pytest.raises(Refusal, match="inflates to more than a chart can hold"):
        sandbox.parse_apart("html", b"x")


def test_an_unknown_kind_is_no_parser() -> None:
    with pytest.raises(Refusal, match="its parser failed"):
        sandbox.parse_apart("os", b"x")


def test_the_fuzzer_reads_a_file_as_a_fresh_child_does() -> None:
    if not hasattr(os, "fork"):
        pytest.skip("the system cannot fork")
    whole = formats.as_rtf(fuzz_documents.NOTE)
    assert fuzz_documents.forked("rtf", whole) == sandbox.parse_apart("rtf", whole)
    with pytest.raises(Refusal) as caught:
        fuzz_documents.forked("pdf", b"%PDF-1.4 and no more")
    assert "damaged or cut off PDF" in caught.value.what
