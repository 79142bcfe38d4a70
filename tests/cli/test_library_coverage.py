"""praxigen library coverage, and the words of a policy beside its criteria."""

import json
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.library.coverage import Modelled
from support.kept_text import TEXT, library
from support.policy_files import GUIDELINE


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) == 0
    return capsys.readouterr().out


def test_one_line_a_guideline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(tmp_path)
    assert " ".join(answer(capsys, "library", "coverage", "--library", str(tmp_path)).split()) == (
        "- evicore.cmm-608 V1.0.2025: 7 requirement sentences: 3 computed, 1 shown only, 1 set aside, "
        "2 not modelled (29%)"
    )


def test_every_sentence_with_its_fate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(tmp_path)
    shown = answer(capsys, "library", "coverage", "evicore.cmm-608", "--library", str(tmp_path))
    assert "Not modelled (2)\n----------------\n- A second opinion is not required.\n- Surgeons must" in shown
    assert "- Contractors must publish their rates.\n  It binds the contractor.\n" in shown
    assert "- The pain is in the leg.\n  leg-pain\n" in shown


def test_json_gives_the_spans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(tmp_path)
    found = json.loads(answer(capsys, "library", "coverage", "--format", "json", "--library", str(tmp_path)))
    (book,) = found["guidelines"]
    assert book["counts"] == {"computed": 3, "shown": 1, "set_aside": 1, "not_modelled": 2}
    assert set(book["counts"]) == {fate.value for fate in Modelled}
    assert all(TEXT[each["start"] : each["end"]] == each["text"] for each in book["sentences"])
    (leg,) = [each for each in book["anchors"] if each["criterion"] == "leg-pain"]
    assert TEXT[leg["start"] : leg["end"]] == "The pain is in the leg."


def test_a_guideline_whose_text_is_not_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(tmp_path, GUIDELINE)
    assert run(["library", "coverage", "evicore.cmm-608", "--library", str(tmp_path)]) == 2
    assert "the library keeps no text of evicore.cmm-608" in capsys.readouterr().err
    assert answer(capsys, "library", "coverage", "--library", str(tmp_path)) == ""


def test_the_policy_speaks_beside_the_criterion(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(tmp_path / "policies")
    shown = answer(capsys, "explain", "leg-pain", "--library", str(tmp_path / "policies"))
    assert "Policy's words “The pain is in the leg.”" in " ".join(shown.split())
    note = tmp_path / "note.txt"
    note.write_text("Leg pain.", encoding="utf-8")
    page = tmp_path / "report.html"
    where = ["--library", str(tmp_path / "policies"), "--output", str(page)]
    run(["check", str(note), "--payer", "qualcare", "--code", "63047", *where])
    text = page.read_text(encoding="utf-8")
    assert text.count("The pain is in the leg.</blockquote>") == 1
    assert "Decompression is covered when</blockquote>" in text
