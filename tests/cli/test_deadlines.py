"""praxigen deadlines as a user runs it: what it prints, what it refuses, the calendar and the list of cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from praxigen.cli.main import run

ERISA = ("deadlines", "--plan", "erisa_self_funded", "--event", "denial_received=2026-10-02")
CASES = """\
schema: praxigen.cases/1
cases:
  - {id: "1042", plan: commercial, funding: self_funded, payer: QualCare, events: {denial_received: "2026-10-02"}}
  - id: "1043"
    plan: nj_insured
    urgency: standard_electronic_portal
    events: {request_made: "2026-10-02"}
  - {id: "1044", plan: commercial, events: {denial_received: "2026-10-02"}}
"""


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


def test_the_day_comes_with_its_law_and_how_it_was_counted(capsys: pytest.CaptureFixture[str]) -> None:
    shown = " ".join(told(capsys, *ERISA, "--letter-deadline", "2027-01-16").split())
    assert "Saturday, 2027-01-16: File the appeal" in shown
    assert "Law Plans that private employers fund themselves (ERISA), Federal external review" in shown
    assert "By the law 2027-03-31 By the letter 2027-01-16" in shown
    assert "29 CFR 2560.503-1(h)(3)(i)" in shown
    assert "180 calendar days after 2026-10-02" in shown
    assert "file by Friday, 2027-01-15" in shown


def test_without_funding_there_is_a_question_and_no_date(capsys: pytest.CaptureFixture[str]) -> None:
    shown = told(
        capsys, "deadlines", "--plan", "commercial", "--payer", "QualCare", "--event", "denial_received=2026-10-02"
    )
    assert "Whose law holds is not known yet" in shown
    assert "Who funds the plan" in shown
    assert "No date is given." in shown
    assert "2027" not in shown


def test_a_missed_deadline_is_named_with_its_consequence(capsys: pytest.CaptureFixture[str]) -> None:
    shown = told(
        capsys,
        *("deadlines", "--plan", "commercial", "--funding", "insured", "--state", "NJ"),
        *("--event", "request_made=2026-10-02", "--urgency", "standard_electronic_portal", "--today", "2026-10-20"),
    )
    text = " ".join(shown.split())
    assert "the day has passed: if nothing came until then, it was missed" in text
    assert "counts as authorized. (N.J.S.A. 17B:30-55.15)" in text


def test_json_says_everything_that_a_day_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, *ERISA, "--format", "json"))
    (deadline,) = found["deadlines"]
    assert found["schema"] == "praxigen.deadlines/1"
    assert deadline["due"] == "2027-03-31T23:59:00-04:00"
    assert (deadline["confidence"], deadline["effective"], deadline["retrieved_on"]) == ("B", None, "2026-11-21")
    assert deadline["law"] == "29 CFR 2560.503-1(h)(3)(i)"
    assert {each["same_specialty"] for each in found["reviewers"]} == {"not_stated"}


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_other_formats_hold_the_day(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "2027-03-31" in told(capsys, *ERISA, "--format", form)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--plan", "erisa", "--event", "denial_received=2026-10-02"), "there is no plan 'erisa'"),
        (("--plan", "nj_insured", "--event", "denial_received"), "--event 'denial_received' has no date"),
        (("--plan", "nj_insured", "--event", "denial_received=2026-02-30"), "is no date of the calendar"),
        (("--plan", "nj_insured", "--event", "denail_received=2026-02-03"), "Did you mean 'denial_received'"),
        (("--plan", "nj_insured", "--payer", "qualcair"), "qualcare"),
        (("--plan", "nj_insured", "--today", "soon"), "'soon' is no date of the calendar (--today)"),
        (("--plan", "nj_insured", "--time-zone", "Newark"), "there is no time zone 'Newark'"),
        (("--plan", "nj_insured", "--cases", "x.yaml"), "--cases was given together with the facts of one case"),
    ],
)
def test_bad_input_gets_a_message(arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert message in refused(capsys, "deadlines", *arguments)


def test_nothing_told_asks_for_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Which kind of plan is it?" in told(capsys, "deadlines")


# --- Several cases ---------------------------------------------------------------------------------------------------


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "open-cases.yaml"
    path.write_text(CASES, encoding="utf-8")
    return path


def test_what_is_open_is_shown_by_the_day_on_which_it_runs_out(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = told(capsys, "deadlines", "--cases", str(cases), "--today", "2026-10-20")
    assert "2 open steps in 3 cases" in shown
    first, second = shown.index("Sunday, 2026-10-11  1043"), shown.index("Wednesday, 2027-03-31  1042")
    assert first < second
    assert "counts as authorized" in shown
    assert "1044: Who funds the plan" in shown


def test_the_cases_as_json(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, "deadlines", "--cases", str(cases), "--format", "json"))
    assert found["schema"] == "praxigen.open-cases/1"
    assert [(row["case"], row["day"]) for row in found["open"]] == [("1043", "2026-10-11"), ("1042", "2027-03-31")]
    assert found["cases"]["1044"]["deadlines"] == []


def test_cases_may_be_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.json"
    case = {"id": "a", "plan": "erisa_self_funded", "events": {"denial_received": "2026-10-02"}}
    path.write_text(json.dumps({"schema": "praxigen.cases/1", "cases": [case]}), encoding="utf-8")
    assert "2027-03-31  a: File the appeal" in told(capsys, "deadlines", "--cases", str(path))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema: praxigen.cases/1\ncases:\n  - {id: a, evnts: {}}\n", "an item of 'cases' has no key 'evnts'"),
        (
            'schema: praxigen.cases/1\ncases:\n  - {id: a, events: {denial_received: "2026-13-01"}}\n',
            "open.yaml:3:39: '2026-13-01' is no date of the calendar (denial_received)",
        ),
        (
            'schema: praxigen.cases/1\ncases:\n  - {id: a, plan: erisa, events: {denial_received: "2026-10-01"}}\n',
            "open.yaml, case a: there is no plan 'erisa'",
        ),
        ("schema: praxigen.other/1\ncases: []\n", "this file must be of schema 'praxigen.cases/1'"),
        ("cases: [", "open.yaml:"),
    ],
)
def test_faults_in_the_file_are_told_with_their_place(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "open.yaml"
    path.write_text(text, encoding="utf-8")
    assert message in refused(capsys, "deadlines", "--cases", str(path))


def test_a_missing_file_of_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("deadlines", "--cases", str(tmp_path / "none.yaml"))) == 3
    assert "there is no file" in capsys.readouterr().err


# --- The calendar ----------------------------------------------------------------------------------------------------


def test_the_calendar_is_whole_and_the_same_every_time(
    cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / "one.ics", tmp_path / "two.ics"]
    for file in files:
        told(capsys, "deadlines", "--cases", str(cases), "--ics", str(file))
    data = files[0].read_bytes()
    assert data == files[1].read_bytes()
    assert data.replace(b"\r\n", b"").count(b"\n") == 0
    lines = data.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = data.decode().replace("\r\n ", "").split("\r\n")
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-2:] == ["END:VCALENDAR", ""]
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20270331" in unfolded
    assert "DTEND;VALUE=DATE:20270401" in unfolded
    assert "SUMMARY:1042: File the appeal" in unfolded
    assert len({line for line in unfolded if line.startswith("UID:")}) == 2


def test_hours_have_their_time_in_the_calendar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "hours.ics"
    event = "request_made=2026-10-30T10:00"  # the clocks go back on 2026-11-01
    arguments = ("deadlines", "--plan", "nj_insured", "--event", event, "--urgency", "urgent", "--ics", str(file))
    assert "Monday, 2026-11-02 09:00 EST" in told(capsys, *arguments)
    assert "DTSTART:20261102T140000Z\r\n" in file.read_bytes().decode()


# --- The law files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("starts: denial_received", "starts: denial_recieved", "'starts' cannot be 'denial_recieved'"),
        ("within: 180 calendar days", "within: 180 days", "'180 days' is not the length of a clock"),
        ("on_miss: lost_right", "on_miss: lost_rights", "'on_miss' cannot be 'lost_rights'"),
        ("confidence: A", "confidence: D", "'confidence' cannot be 'D'"),
        ("id: erisa-post", "id: erisa-pre", "'erisa-pre' stands twice in 'clocks'"),
        ("plan: erisa_self_funded", "plan: erisa_other", "no plan has the clocks of 'erisa_other'"),
        ("confidence: B", "confidence: A", "is of confidence A, but its source is cited as summary"),
        ("tolled: yes\n    answer_within: 45 calendar days", "tolled: yes", "needs 'answer_within' here"),
        ("same_specialty: not_stated", "same_specialty: no", "'same_specialty' cannot be 'no'"),
        ("id: erisa\n", "id: other\n", "'id' is 'other', but the place of this file says 'erisa'"),
    ],
)
def test_lint_tells_the_faults_of_a_law_file(
    old: str, new: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = Path(__file__).parents[2] / "policies" / "law" / "erisa.yaml"
    text = shipped.read_text(encoding="utf-8")
    assert old in text
    folder = tmp_path / "mine" / "law"
    folder.mkdir(parents=True)
    (folder / "erisa.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    run(("library", "lint", "--library", str(tmp_path / "mine"), "--today", "2026-11-22"))
    assert message in capsys.readouterr().out
