"""A long chart says beforehand how long it will take; a note of some pages says nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "stimulator-trial.txt"


def told(note: Path) -> str:
    """What `praxigen read` writes to standard error."""
    command = [str(Path(sys.executable).with_name("praxigen")), "read", str(note), "--format", "json"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stderr  # noqa: S603


def test_a_long_chart_is_announced_on_standard_error(tmp_path: Path) -> None:
    chart = tmp_path / "chart.txt"
    text = EXAMPLE.read_text("utf-8")
    chart.write_text("\n\n".join([text] * (310_000 // len(text) + 1)), encoding="utf-8")
    assert told(chart).startswith("Reading some 10")
    assert "Ctrl-C" in told(chart)


def test_a_note_of_some_pages_is_read_without_a_word() -> None:
    assert told(EXAMPLE) == ""
