"""Several files as one chart: folders, ZIPs and lists of files, with what could not be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.documents import MAX_FILES, Recognition, read_chart, read_document
from praxigen.documents.recognition import OFF
from praxigen.errors import InputError
from support import files

NOTE = b"Follow-up visit\nPatient: A\nDate of visit: 07/20/2026\n\nHPI: Left leg pain for eight months.\n"
MRI = (
    "MRI LUMBAR SPINE\nPatient: A\nExam date: 06/30/2026\n\n"
    "IMPRESSION: L4-L5 disc extrusion compressing the left L5 root."
)

WITHOUT = Recognition(on=False)


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    folder = tmp_path / "chart"
    (folder / "old").mkdir(parents=True)
    (folder / "b.txt").write_bytes(NOTE)
    (folder / "a.pdf").write_bytes(files.pdf(MRI))
    (folder / "old" / "scan.pdf").write_bytes(files.drawn_pdf(2))
    (folder / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / ".hidden").write_bytes(b"Hidden.")
    return folder


def test_a_folder_is_one_chart_in_the_order_of_its_names(chart: Path) -> None:
    document = read_document(chart, ocr=WITHOUT)
    assert document.name == "chart"
    assert [(file.name, file.kind) for file in document.files] == [("a.pdf", "pdf"), ("b.txt", "text")]
    assert [str(unread) for unread in document.unread] == [
        "x.png: not read: it is a picture that is damaged or of a kind that is not read",
        f"old/scan.pdf, page 1: not read: it has no text layer, only a picture; {OFF}",
        f"old/scan.pdf, page 2: not read: it has no text layer, only a picture; {OFF}",
    ]
    assert "Hidden" not in document.text


def test_a_zip_reads_like_its_folder(chart: Path) -> None:
    entries = [(path.relative_to(chart).as_posix(), path.read_bytes()) for path in chart.rglob("*") if path.is_file()]
    shown = [entry for entry in entries if not entry[0].startswith(".")]
    document = read_document(files.packed(*shown), ocr=WITHOUT)
    assert document.text == read_document(chart, ocr=WITHOUT).text
    assert {unread.file for unread in document.unread} == {"x.png", "old/scan.pdf"}


def test_links_in_a_folder_are_not_followed(chart: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_bytes(b"Outside.")
    (chart / "link.txt").symlink_to(tmp_path / "outside.txt")
    assert "Outside" not in read_document(chart).text


def test_several_files_are_one_chart_in_the_order_given(chart: Path) -> None:
    document = read_chart([chart / "b.txt", chart / "a.pdf"])
    assert document.name == "b.txt and 1 more"
    assert document.text.startswith("Follow-up visit")
    assert document.place(document.text.index("extrusion")).file == "a.pdf"


def test_a_missing_file_of_several_is_refused(chart: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_chart([chart / "b.txt", chart / "gone.txt"])


def test_a_chart_of_nothing_readable_lists_the_reasons(chart: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_chart([chart / "x.png", chart / "old"], ocr=WITHOUT)
    assert caught.value.message == (
        "nothing in the chart could be read:\n"
        "  x.png: not read: it is a picture that is damaged or of a kind that is not read\n"
        f"  scan.pdf, page 1: not read: it has no text layer, only a picture; {OFF}\n"
        f"  scan.pdf, page 2: not read: it has no text layer, only a picture; {OFF}"
    )


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    for number in range(MAX_FILES + 1):
        (tmp_path / f"{number}.txt").write_bytes(b"Leg pain.")
    with pytest.raises(InputError, match="at most 100 are read as one chart"):
        read_document(tmp_path)


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="nothing to check"):
        read_chart([])


def test_a_chart_is_checked_and_its_quotes_name_file_page_and_day(
    chart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["check", str(chart), "--no-ocr", "--payer", "qualcare", "--code", "63047", "--date-of-service", "2026-08-03"]
    assert run(ask) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "a.pdf, page 1, 2026-06-30, line 5 (" in shown
    assert "x.png: not read: it is a picture" in shown
    assert run([*ask, "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [file["name"] for file in report["document"]["files"]] == ["a.pdf", "b.txt"]
    assert [part["date"] for part in report["document"]["parts"]] == ["2026-06-30", "2026-07-20"]
    assert len(report["document"]["unread"]) == 3
    quotes = [quote for criterion in report["criteria"] for quote in _quotes(criterion)]
    (first, *_) = [quote for quote in quotes if quote["file"] == "a.pdf"]
    assert (first["page"], first["date"], first["part"]) == (1, "2026-06-30", "imaging")
    (box, *_) = first["boxes"]
    assert box["page"] == 1
    assert 0 < box["box"][0] < box["box"][2] < 612
    assert run([*ask, "--format", "html"]) == 1
    page = capsys.readouterr().out
    assert '<p class="seam">a.pdf, page 1, imaging, 2026-06-30</p>' in page
    assert "a.pdf, page 1, 2026-06-30, line" in page


def _quotes(criterion: dict[str, object]) -> list[dict[str, object]]:
    found = list(criterion["quotes"])  # type: ignore[call-overload]
    for child in criterion["children"]:  # type: ignore[attr-defined]
        found += _quotes(child)
    return found


def test_a_report_never_replaces_a_file_of_the_chart(chart: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask = ["check", str(chart), "--no-ocr", "--payer", "qualcare", "--code", "63047", "--output", str(chart / "b.txt")]
    assert run(ask) == 2
    assert "the report would replace the note" in capsys.readouterr().err
    assert (chart / "b.txt").read_bytes() == NOTE


def test_the_password_is_an_option_or_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.pdf"
    note.write_bytes(files.pdf("Left leg pain.", password="open sesame"))
    assert run(["read", str(note)]) == 3
    assert "Give the password with --password" in capsys.readouterr().err
    assert run(["read", str(note), "--password", "open sesame"]) == 0
    monkeypatch.setenv("PRAXIGEN_PASSWORD", "open sesame")
    assert run(["read", str(note)]) == 0
