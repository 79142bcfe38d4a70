"""When: counted back from the date of service"""

from datetime import date

import pytest

from praxigen.engine.limits import before
from praxigen.model.answer import Answer, Reason
from support.charts import fact, leaf, pattern, says, span

MET, OPEN, REFUTED = Answer.MET, Answer.NOT_DOCUMENTED, Answer.NOT_MET
RECENT = leaf(pattern("imaging.study", within="6 months"))
LONG_AGO = leaf(pattern("history.spine_surgery", ended="> 12 weeks"))


def test_a_recent_study_counts() -> None:
    assert says(RECENT, fact("imaging.study", ended=date(2026, 2, 3))) == (MET, Reason.DOCUMENTED)
    assert says(RECENT, fact("imaging.study", ended=date(2026, 8, 3))) == (MET, Reason.DOCUMENTED)
    assert says(RECENT, fact("imaging.study", began=date(2026, 5, 1))) == (MET, Reason.DOCUMENTED)


def test_an_old_study_does_not_show_that_there_is_no_newer_one() -> None:
    assert says(RECENT, fact("imaging.study", ended=date(2026, 2, 2))) == (OPEN, Reason.OUT_OF_WINDOW)


def test_a_date_after_the_date_of_service_is_not_within_the_time_before_it() -> None:
    assert says(RECENT, fact("imaging.study", ended=date(2026, 8, 4))) == (OPEN, Reason.OUT_OF_WINDOW)


def test_an_undated_study_leaves_it_open() -> None:
    assert says(RECENT, fact("imaging.study")) == (OPEN, Reason.UNDATED)
    assert says(LONG_AGO, fact("history.spine_surgery", began=date(2020, 1, 1))) == (OPEN, Reason.UNDATED)


def test_without_a_date_of_service_nothing_can_be_counted_back() -> None:
    assert says(RECENT, fact("imaging.study", ended=date(2026, 2, 3)), date=None) == (OPEN, Reason.NOT_ASKED)
    dated = fact("history.spine_surgery", ended=date(2020, 1, 1))
    assert says(LONG_AGO, dated, date=None) == (OPEN, Reason.NOT_ASKED)


@pytest.mark.parametrize(
    ("limit", "ended", "expected"),
    [
        ("> 12 weeks", date(2026, 5, 10), (MET, Reason.DOCUMENTED)),
        ("> 12 weeks", date(2026, 5, 11), (REFUTED, Reason.TOO_RECENT)),
        (">= 12 weeks", date(2026, 5, 11), (MET, Reason.DOCUMENTED)),
        (">= 12 weeks", date(2026, 5, 12), (REFUTED, Reason.TOO_RECENT)),
        ("< 12 weeks", date(2026, 5, 12), (MET, Reason.DOCUMENTED)),
        ("< 12 weeks", date(2026, 5, 11), (REFUTED, Reason.SAID_OTHERWISE)),
        ("<= 12 weeks", date(2026, 5, 11), (MET, Reason.DOCUMENTED)),
        ("<= 12 weeks", date(2026, 5, 10), (REFUTED, Reason.SAID_OTHERWISE)),
    ],
)
def test_how_long_ago_something_ended(limit: str, ended: date, expected: tuple[Answer, Reason]) -> None:
    criterion = leaf(pattern("history.spine_surgery", ended=limit))
    assert says(criterion, fact("history.spine_surgery", ended=ended)) == expected


@pytest.mark.parametrize(
    ("day", "length", "expected"),
    [
        (date(2026, 8, 31), "6 months", date(2026, 2, 28)),
        (date(2024, 8, 30), "6 months", date(2024, 2, 29)),
        (date(2026, 5, 31), "1 month", date(2026, 4, 30)),
        (date(2026, 1, 15), "1 month", date(2025, 12, 15)),
        (date(2024, 2, 29), "1 year", date(2023, 2, 28)),
        (date(2026, 8, 3), "3/2 months", date(2026, 6, 18)),
        (date(2026, 8, 3), "12 weeks", date(2026, 5, 11)),
        (date(2026, 8, 3), "48 hours", date(2026, 8, 1)),
        (date(2026, 8, 3), "9999 years", date.min),
        (date(2026, 8, 3), "999999 weeks", date.min),
        (date(2026, 8, 3), "999999999999 days", date.min),
    ],
)
def test_calendar_months_are_calendar_months(day: date, length: str, expected: date) -> None:
    assert before(day, span(length)) == expected
