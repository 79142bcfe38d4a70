"""praxigen check: answers, exit codes, files written whole or not at all. The report itself is made by hand."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from praxigen import api
from praxigen.cli.main import run
from praxigen.model.report import Report
from praxigen.model.request import Request
from support import reports

ASK = ["--payer", "qualcare", "--code", "63650"]


@pytest.fixture
def note(tmp_path: Path) -> str:
    path = tmp_path / "clinic-note.txt"
    path.write_text(reports.NOTE, encoding="utf-8")
    return str(path)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[Report], list[Request]]:
    def set_answer(report: Report) -> list[Request]:
        asked: list[Request] = []

        def check(_document: object, request: Request, _library: object) -> Report:
            asked.append(request)
            return report

        monkeypatch.setattr(api, "check", check)
        return asked

    return set_answer


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (reports.everything_met, 0),
        (reports.open_trial, 1),
        (reports.refused, 1),
        (reports.asked_stage, 1),
        (reports.private, 4),
    ],
)
def test_the_exit_code_is_the_verdict(
    make: Callable[[], Report], code: int, note: str, answers: Callable[[Report], list[Request]]
) -> None:
    answers(make())
    assert run(["check", note, *ASK]) == code


def test_every_option_reaches_the_request(note: str, answers: Callable[[Report], list[Request]]) -> None:
    (asked,) = [answers(reports.open_trial())]
    given = "--code 63685 --plan medicare --date-of-service 2026-08-03 --stage trial --attest a --attest b"
    run(["check", note, *ASK, *given.split()])
    assert asked == [Request("qualcare", ("63650", "63685"), "medicare", "2026-08-03", "trial", ("a", "b"))]


def test_text_is_the_default_and_names_the_payer(
    note: str, answers: Callable[[Report], list[Request]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers(reports.open_trial())
    run(["check", note, *ASK])
    assert "QualCare, commercial plan; code 63650" in capsys.readouterr().out


def test_json_is_json(
    note: str, answers: Callable[[Report], list[Request]], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    answers(reports.open_trial())
    run(["check", note, *ASK, "--format", "json"])
    assert json.loads(capsysbinary.readouterr().out)["schema"] == "praxigen.report/1"


@pytest.mark.parametrize(
    ("name", "begins"), [("r.html", "<!doctype html>"), ("r.json", "{\n"), ("r.txt", "Dorsal column"), ("r", "Dorsal")]
)
def test_the_ending_of_the_output_picks_the_format(
    name: str,
    begins: str,
    note: str,
    tmp_path: Path,
    answers: Callable[[Report], list[Request]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers(reports.open_trial())
    assert run(["check", note, *ASK, "--output", str(tmp_path / name)]) == 1
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    written = capsys.readouterr()
    assert (written.out, written.err) == ("", f"not_documented: the report is in {tmp_path / name}\n")


@pytest.mark.parametrize("name", ["r.docx", "r.md", "r.DOCX"])
def test_an_ending_that_no_report_has_is_refused_before_anything_is_read(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / name
    assert run(["check", str(tmp_path / "none.txt"), *ASK, "--output", str(output)]) == 2
    assert capsys.readouterr().err == (
        f"praxigen: {output}: there is no report of the kind '{output.suffix.lower()}'\n"
        "  Name it .html, .pdf, .json or .txt, or say with --format what to write.\n"
    )
    assert not output.exists()


def test_a_format_that_is_given_may_have_any_ending(
    note: str, tmp_path: Path, answers: Callable[[Report], list[Request]]
) -> None:
    answers(reports.open_trial())
    assert run(["check", note, *ASK, "--output", str(tmp_path / "r.log"), "--format", "text"]) == 1
    assert (tmp_path / "r.log").read_text(encoding="utf-8").startswith("Dorsal column")


def test_a_format_that_is_given_wins(note: str, tmp_path: Path, answers: Callable[[Report], list[Request]]) -> None:
    answers(reports.open_trial())
    run(["check", note, *ASK, "--output", str(tmp_path / "r.html"), "--format", "json"])
    assert json.loads((tmp_path / "r.html").read_text(encoding="utf-8"))


def test_the_report_never_replaces_the_note(
    note: str, answers: Callable[[Report], list[Request]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers(reports.open_trial())
    assert run(["check", note, *ASK, "--output", note]) == 2
    assert Path(note).read_text(encoding="utf-8") == reports.NOTE
    assert capsys.readouterr().err == "praxigen: the report would replace the note\n  Give --output another name.\n"


def test_where_nothing_can_be_written_nothing_is_left(
    note: str, tmp_path: Path, answers: Callable[[Report], list[Request]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers(reports.open_trial())
    before = sorted(tmp_path.iterdir())
    assert run(["check", note, *ASK, "--output", str(tmp_path / "none" / "r.html")]) == 2
    assert "could not be written: No such file or directory" in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before


def test_the_note_is_read_before_the_output_is_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "report.json"
    output.write_text("earlier")
    assert run(["check", str(tmp_path / "none.txt"), *ASK, "--output", str(output)]) == 3
    assert output.read_text() == "earlier"
    assert capsys.readouterr().err == (
        f"praxigen: {tmp_path / 'none.txt'}: there is no such file\n  Check the path; - reads standard input.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--code", "63650"], "Missing option '--payer'"),
        (["--payer", "qualcare"], "Missing option '--code'"),
        ([*ASK, "--format", "rtf"], "'rtf' is not one of 'text', 'json', 'html', 'pdf'"),
        ([*ASK, "--date-of-service", "tomorrow"], "'tomorrow' is not a date"),
        ([*ASK, "--stage", "trail"], "unknown stage 'trail'"),
        (["--payer", "qualcar", "--code", "63650"], "unknown payer 'qualcar'"),
        (["--payer", "qualcare", "--code", "63651"], "63651"),
        (["--payer", "qualcare", "--code", "6365"], "6365"),
        ([*ASK, "--date-of-service", "1999-01-01", "--stage", "trial"], "no edition for 1999-01-01"),
        (["--payer", "qualcare", "--code", "63661", "--stage", "trial"], "63661"),
        (["--payer", "qualcare", "--code", "63047", "--stage", "trial"], "'trial', but 63047 has no stages"),
        ([*ASK, "--library", "/nowhere"], "/nowhere"),
    ],
)
def test_wrong_usage_is_one_message(
    arguments: list[str], message: str, note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", note, *arguments]) == 2
    shown = capsys.readouterr()
    assert message in shown.err
    assert shown.err.startswith("praxigen: ")
    assert shown.err.count("\n") <= 3
    assert shown.out == ""


@pytest.mark.parametrize(
    ("payer", "plan"),
    [("clover", "medicare_advantage"), ("tricare", "tricare"), ("medicare", "medicare"), ("qualcare", "commercial")],
)
def test_without_a_plan_the_only_one_of_the_payer_is_meant(
    payer: str, plan: str, note: str, answers: Callable[[Report], list[Request]]
) -> None:
    asked = answers(reports.open_trial())
    run(["check", note, "--payer", payer, "--code", "63650"])
    assert [request.plan for request in asked] == [plan]
