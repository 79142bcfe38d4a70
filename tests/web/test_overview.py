"""The figures of a practice: counted by hand beside what the page and the file say."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse

from praxigen.web.accounts.roles import Role
from praxigen.web.cases.models import Case, Check, Decision, Submission
from praxigen.web.cases.overview import Period, ninetieth, overview, turnaround_days
from support.cases import CANARY, make_case
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("clocks", "views.overview"):
        monkeypatch.setattr(f"praxigen.web.cases.{place}.today", lambda: DAY)


def asked(desk: Desk, days: int | None, sent: date = date(2026, 9, 1), kind: str = "medical_necessity") -> Case:
    """A case that was sent, and denied after some days."""
    case = make_case(desk, stage="submitted")
    Submission(practice=desk.practice, case=case, sent_on=sent, way="portal").save()
    if days is not None:
        row = Decision(practice=desk.practice, case=case, outcome="denied", confirmed=True,
                       received_on=sent + timedelta(days=days))  # fmt: skip
        row.reasons = [{"class": kind, "criterion": "conservative-care"}]
        row.save()
    return case


def test_turnaround_is_counted_from_each_request_to_its_own_answer() -> None:
    first, second = date(2026, 1, 1), date(2026, 3, 1)
    assert turnaround_days([first, second], [date(2026, 1, 11), date(2026, 3, 4)]) == [10, 3]
    assert turnaround_days([first, second], [date(2026, 3, 4)]) == [3]
    assert turnaround_days([first], [date(2025, 12, 1)]) == []
    assert [ninetieth(range(1, n + 1)) for n in (1, 9, 10, 11, 20)] == [1, 9, 9, 10, 18]


def test_the_figures_are_those_counted_by_hand_and_of_one_practice_alone() -> None:
    desk = make_desk("One")
    for days in (2, 4, 9, None):
        asked(desk, days)
    asked(make_desk("Two"), 100, kind="network")
    for number, answer in enumerate(("not_documented", "met", "not_applicable")):
        case = Case.of(desk.practice)[number]
        Check(practice=desk.practice, case=case, number=1, request={}, verdict="x",
              criteria={"psych-evaluation": answer}).save()  # fmt: skip
    turn, reasons, criteria, undocumented, authorizations = overview(desk.practice, Period(), DAY)
    assert turn.rows == (("QualCare", 3, 4, 9, 1),)
    assert reasons.rows == (("QualCare", "Medical necessity", 3),)
    assert criteria.rows == (("QualCare", "Conservative care", 3),)
    assert undocumented.rows == (("Psych evaluation", 1, 2, "50 %"),)
    (bar,) = undocumented.bars
    assert (bar.width, bar.of) == (150.0, 300.0)  # a half of those asked
    assert [bar.of for bar in turn.bars] == [0.0]
    assert sum(row[1] for row in authorizations.rows if isinstance(row[1], int)) >= 4  # none was obtained for any
    old = overview(desk.practice, Period(date(2026, 9, 2), None), DAY)
    assert old[0].rows == ()


def test_the_page_shows_each_chart_with_its_table_and_no_patient() -> None:
    desk = make_desk()
    asked(desk, 4)
    page = desk.client().get(reverse("cases:overview"), {"back": "all"}).content.decode()
    assert page.count('role="img"') >= 3
    assert page.count("<caption") >= 3
    assert "style=" not in page
    assert CANARY not in page
    wrong = desk.client().get(reverse("cases:overview"), {"back": "own", "first": "2026-09-02", "last": "2026-09-01"})
    assert wrong.status_code == 422
    assert "before the first day" in wrong.content.decode()


def test_the_file_opens_again_and_a_payer_named_as_a_formula_stays_text() -> None:
    desk = make_desk()
    case = asked(desk, 4)
    case.payer = '=HYPERLINK("https://example.org")'
    case.save()
    answer = desk.client().get(reverse("cases:overview_file"), {"back": "all"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert ["Payer", "Answered", "Median days", "90th percentile", "Not answered yet"] in rows
    assert ['\'=HYPERLINK("https://example.org")', "1", "4", "4", "0"] in rows
    assert answer["Content-Disposition"] == 'attachment; filename="overview.csv"'
    assert desk.client(Role.CLINICIAN).get(reverse("cases:overview_file")).status_code == 403
