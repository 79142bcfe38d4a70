"""ICD-10-CM by day of service: billable or not, since when, what to write instead, which code names the side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import simple_icd_10_cm as package
from hypothesis import given
from hypothesis import strategies as st

from praxigen.codesets import DiagnosisState, look_up_diagnosis, table
from praxigen.codesets.editions import editions, history

DAY = date(2026, 8, 3)


def test_a_code_that_was_split_says_since_when_and_names_its_successors() -> None:
    found = look_up_diagnosis("M51.36", DAY)
    assert found.state is DiagnosisState.HEADING
    assert found.says == (
        (
            "M51.36 is not billable since fiscal year 2025: only the codes under it are. "
            "Use M51.360, M51.361, M51.362 or M51.369."
        ),
    )
    assert found.instead == ("M51.360", "M51.361", "M51.362", "M51.369")


@pytest.mark.parametrize(
    ("code", "day", "state"),
    [
        ("M51.36", date(2021, 5, 3), DiagnosisState.BILLABLE),
        ("M51.36", date(2024, 9, 30), DiagnosisState.BILLABLE),
        ("M51.36", date(2024, 10, 1), DiagnosisState.HEADING),
        ("M51.360", date(2024, 9, 30), DiagnosisState.ABSENT),
        ("M51.360", date(2024, 10, 1), DiagnosisState.BILLABLE),
        ("M54.5", date(2021, 9, 30), DiagnosisState.BILLABLE),
        ("M54.5", date(2022, 8, 3), DiagnosisState.UNCERTAIN),
        ("M54.5", date(2025, 8, 3), DiagnosisState.HEADING),
        ("M48.062", DAY, DiagnosisState.BILLABLE),
        ("m48062", DAY, DiagnosisState.BILLABLE),
        ("M48.06", DAY, DiagnosisState.HEADING),
        ("S30.1XXA", DAY, DiagnosisState.ABSENT),
        ("S30.1XXA", date(2025, 8, 3), DiagnosisState.BILLABLE),
        ("Z99.99", DAY, DiagnosisState.UNKNOWN),
        ("hello", DAY, DiagnosisState.MALFORMED),
        ("", DAY, DiagnosisState.MALFORMED),
        ("M48.0621234", DAY, DiagnosisState.MALFORMED),
    ],
)
def test_the_state_on_a_day(code: str, day: date, state: DiagnosisState) -> None:
    assert look_up_diagnosis(code, day).state is state


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2015, 10, 1), date(2023, 5, 5)])
def test_a_day_of_no_held_release_says_which_answered(day: date) -> None:
    found = look_up_diagnosis("M48.062", day)
    assert not found.exact
    assert "the release of this day is not held" in found.says[-1]


def test_a_letter_of_another_script_is_named() -> None:
    assert look_up_diagnosis("\u041c51.36", DAY).says == (
        "The character U+041C only looks like one of a code. Type the code again.",
    )


def test_the_side_that_is_left_open() -> None:
    assert look_up_diagnosis("M17.10", DAY).sides == ("M17.11", "M17.12")
    assert look_up_diagnosis("M17.11", DAY).sides == ()
    assert look_up_diagnosis("M48.062", DAY).sides == ()


def test_the_releases_add_up() -> None:
    states = [row["2026-04"] for row in history().values()]
    assert len(states) == 2923
    assert [edition.id for edition in editions()] == ["2021-01", "2025-04", "2026-04"]
    assert all(before.last < after.first for before, after in zip(editions(), editions()[1:], strict=False))


@pytest.mark.parametrize("code", ["M51.36", "M51.360", "S30.11XA", "M54.5"])
def test_the_newest_release_of_the_history_is_that_of_the_table(code: str) -> None:
    now = "heading" if table.children(code) else "billable" if table.title(code) else "absent"
    assert history()[code]["2026-04"] == now


@pytest.mark.parametrize("code", ["M51.36", "M51.360", "A00", "nothing", "S30.11XA"])
def test_the_copy_and_the_package_agree(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    for copy in (None, _small_copy(tmp_path)):
        monkeypatch.setattr(table, "_copy", lambda copy=copy: copy)
        answers.append((table.title(code), table.children(code), table.leaves_under(code)))
    assert answers[0] == answers[1]


def _small_copy(folder: Path) -> object:
    path = folder / "icd10cm.sqlite"
    if not path.exists():
        table.write_copy(path)
    return table._copy(path)


def test_a_broken_copy_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "icd10cm.sqlite"
    assert table._copy(path) is None
    path.write_bytes(b"not a database at all" * 100)
    assert table._copy(path) is None


@given(st.text(max_size=12))
def test_no_text_is_too_strange(text: str) -> None:
    found = look_up_diagnosis(text, DAY)
    assert found.state is not DiagnosisState.BILLABLE or package.is_leaf(found.code)
