"""What rows say beside their day: a doubt about the citation, what a rule does not give, and holidays of states."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from praxigen.datafiles import shipped
from praxigen.law import Case, Event, Law, answer
from praxigen.law.lint import lint_law

TODAY = date(2026, 11, 22)


def test_a_citation_that_nobody_saw_whole_says_so_beside_it() -> None:
    case = Case("commercial", "insured", "NJ", None, (Event("request_made", date(2026, 10, 2)),), urgency="urgent")
    (found,) = [each for each in answer(case).deadlines if each.id == "nj-urgent"]
    assert found.law == "N.J.S.A. 17B:30-55.11"
    assert found.verify == "The paragraph of the section that says this was not seen."
    assert any(each.startswith("To verify before it is cited:") for each in found.warnings)


def test_no_shipped_citation_holds_a_doubt() -> None:
    law = Law.open()
    for clock in (*law.clocks, *law.withheld):
        assert "(" not in clock.law or "seen" not in clock.law
    assert [fault.code for fault in lint_law((), TODAY) if fault.code == "citation-doubt"] == []


def test_lint_refuses_a_doubt_within_a_citation(tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    text = (shipped("policies") / "law" / "new-jersey.yaml").read_text(encoding="utf-8")
    changed = text.replace("law: N.J.S.A. 17B:30-55.9\n", "law: N.J.S.A. 17B:30-55.9 (paragraph not seen)\n", 1)
    assert changed != text
    (tmp_path / "law" / "new-jersey.yaml").write_text(changed, encoding="utf-8")
    (fault,) = [fault for fault in lint_law([tmp_path], TODAY) if fault.code == "citation-doubt"]
    assert "55.9 (paragraph not seen)" in changed.splitlines()[fault.line - 1]
    assert "'verify'" in fault.hint


@pytest.mark.parametrize(
    ("plan", "funding", "state", "event", "urgency", "says"),
    [
        ("nj_insured_group", None, None, "appeal_received", "standard", "Holidays that only NJ keeps"),
        ("commercial", "insured", "CA", "information_received", "standard", "Holidays that only CA keeps"),
    ],
)
def test_a_states_business_days_say_which_holidays_they_leave_out(
    plan: str, funding: str | None, state: str | None, event: str, urgency: str, says: str
) -> None:
    case = Case(plan, funding, state, None, (Event(event, date(2026, 10, 2)),), urgency=urgency)
    counted = [each for each in answer(case).deadlines if "business day" in each.counted]
    assert counted
    for each in counted:
        assert any("federal holidays" in warning for warning in each.warnings)
        assert any(warning.startswith(says) for warning in each.warnings)
    others = [each for each in answer(case).deadlines if "business day" not in each.counted]
    assert not any("Holidays" in warning for each in others for warning in each.warnings)
