"""A denial as PDF and as Word file says what its text says; so does a chart, and so does the appeal from both."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from docx import Document as Word
from reportlab.pdfgen.canvas import Canvas

from letters.test_appeals import FILES
from praxigen.cli.main import run
from support.matters import EXAMPLES

CHART = EXAMPLES / "letters" / "chart.txt"
_LINES = 50  # of a page


def as_pdf(text: str) -> bytes:
    """The text as a typewriter would set it, page by page."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(612, 792), invariant=1)
    for page in text.split("\f"):
        lines = page.splitlines()
        for first in range(0, max(len(lines), 1), _LINES):
            canvas.setFont("Courier", 8)
            for number, line in enumerate(lines[first : first + _LINES]):
                canvas.drawString(30, 750 - 14 * number, line)
            canvas.showPage()
    canvas.save()
    return stream.getvalue()


def as_docx(text: str) -> bytes:
    """The text with a paragraph for each line, and for each value where a line holds several in columns."""
    document = Word()
    for page in text.split("\f"):
        for line in page.splitlines():
            for part in re.split(r"(?<=\S) {2,}", line):
                document.add_paragraph(part)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


MAKE = {"pdf": as_pdf, "docx": as_docx}


def flat(told: object) -> object:
    """What was read, without the places that differ from format to format; words without their line ends."""
    if isinstance(told, dict):
        places = ("document", "start", "end", "line", "page", "name", "sha256", "place", "where", "boxes")
        return {key: flat(value) for key, value in told.items() if key not in places}
    if isinstance(told, list):
        return [flat(each) for each in told]
    return " ".join(told.split()) if isinstance(told, str) else told


def read(path: Path, capsys: pytest.CaptureFixture[str]) -> object:
    run(["denial", str(path), "--format", "json"])
    return flat(json.loads(capsys.readouterr().out.replace(path.name, "letter")))


@pytest.mark.parametrize("ending", MAKE)
@pytest.mark.parametrize("number", ["01", "02", "05"])
def test_a_denial_reads_alike_in_every_format(
    number: str, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = next(path for path in FILES if path.name.startswith(number))
    other = tmp_path / f"letter.{ending}"
    other.write_bytes(MAKE[ending](source.read_text(encoding="utf-8")))
    assert read(other, capsys) == read(source, capsys)


@pytest.mark.parametrize("ending", MAKE)
def test_an_appeal_from_files_says_what_it_says_from_text(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def appeal(denial: Path, chart: Path) -> list[str]:
        options = ["--received", "2026-10-06", "--date", "2026-10-12", "--format", "json"]
        assert run(["appeal", "--denial", str(denial), "--chart", str(chart), *options]) == 0
        told = json.loads(capsys.readouterr().out)
        texts = [each["text"] for block in told["blocks"] for each in block.get("sentences", ())]
        # The place of a quote names the file, and the enclosures do: the words are what has to be the same.
        return [re.sub(r" \([^()]*(?:letter|chart|01-cigna)[^()]*\)$", "", text) for text in texts]

    denial, chart = tmp_path / f"letter.{ending}", tmp_path / f"chart.{ending}"
    denial.write_bytes(MAKE[ending](FILES[0].read_text(encoding="utf-8")))
    chart.write_bytes(MAKE[ending](CHART.read_text(encoding="utf-8")))
    assert appeal(denial, chart) == appeal(FILES[0], CHART)
