"""praxigen denial, as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from praxigen.cli.main import run
from support.screens import ROOT

LETTERS = ROOT / "examples" / "denials"


def test_a_denial_is_shown_with_reasons_criteria_and_limits(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["denial", str(LETTERS / "01-cigna-evicore-stimulator.txt"), "--today", "2026-10-05"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Teodor Brandvold" in out
    assert "Criterion said to be unmet" in out
    assert "conservative-care" in out
    assert "180 days from receipt of this notice" in out


def test_json_holds_every_quote_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    path = LETTERS / "03-aetna-laminectomy-nicotine.txt"
    assert run(["denial", str(path), "--format", "json", "--today", "2026-10-05"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "praxigen.denial/1"
    (answer,) = found["answers"]
    text = path.read_text(encoding="utf-8")
    for reason in answer["reasons"]:
        quote = reason["quote"]
        assert text[quote["start"] : quote["end"]] == quote["text"]
    assert answer["reasons"][0]["flags"]["human_review_stated"] is True


def test_html_is_one_page_that_loads_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["denial", str(LETTERS / "06-nj-insurer-experimental.txt"), "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "experimental and investigational" in page


def test_html_shows_the_words_of_a_letter_and_runs_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Member: <script>alert(1)</script>\nYour request is denied because <b>records</b> are missing.")
    run(["denial", str(letter), "--format", "html"])
    assert "<script>alert" not in capsys.readouterr().out


def test_a_rejection_is_no_denial_and_exits_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["denial", str(LETTERS / "15-aaa-rejection.txt")]) == 1
    assert "not a denial" in " ".join(capsys.readouterr().out.split())


def test_a_future_date_is_doubted(capsys: pytest.CaptureFixture[str]) -> None:
    run(["denial", str(LETTERS / "09-turningpoint-partial.txt"), "--today", "2026-01-01"])
    assert "after 2026-01-01" in " ".join(capsys.readouterr().out.split())


def test_a_payer_that_the_library_does_not_know_is_said_and_the_letter_is_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["denial", str(LETTERS / "01-cigna-evicore-stimulator.txt"), "--payer", "nobody at all"]) == 0
    told = capsys.readouterr()
    assert "knows no payer 'nobody at all'" in told.err
    assert "1184420967" in told.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["no-such-file.txt"], 3),
        ([str(LETTERS / "01-cigna-evicore-stimulator.txt"), "--payer", "qualcar"], 2),
        ([str(LETTERS / "01-cigna-evicore-stimulator.txt"), "--today", "soon"], 2),
        ([str(LETTERS / "01-cigna-evicore-stimulator.txt"), "--date-of-service", "32/32/2026"], 2),
    ],
)
def test_wrong_usage_says_what_to_do(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["denial", *arguments]) == code
    error = capsys.readouterr().err
    assert error.startswith("praxigen: ")
    assert "Traceback" not in error
