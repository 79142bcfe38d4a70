"""How long the pain has lasted, told at an earlier visit or copied forward; lengths without a year; seasons."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact
from praxigen.reading.times import counted_to, find_times


def facts(note: str, concept: str) -> list[Fact]:
    return [fact for fact in find_facts(Document("n", note)) if fact.concept == concept or concept in fact.kinds]


def longest_onset(note: str) -> Fraction:
    (onset,) = facts(note, "symptom.onset")
    assert onset.duration is not None
    assert onset.duration.high is not None
    return onset.duration.high.most_days


def test_an_onset_told_at_the_first_of_several_visits() -> None:
    first = "VISIT 1 - 06/14/23\nLow back pain started approx 3 mos ago.\n"
    assert 90 <= longest_onset(first) <= 95
    later = longest_onset(f"{first}\nVISIT 2 - 02/21/24\nSame low back pain.\n")
    assert 340 <= later <= 350


def test_an_onset_copied_forward() -> None:
    told = "{}Low back pain for 10 weeks.\nUpdate today: no better.\n"
    assert longest_onset(f"Date: 10/29/2024\n\n{told.format('')}") == 70
    copied = longest_onset(f"Date: 10/29/2024\n\n{told.format('[copied from 06/05/2024] ')}")
    assert copied == 70 + (date(2024, 10, 29) - date(2024, 6, 5)).days


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("PT 8/1-9/27", 57, 57),
        ("PT 11/22 through 5/23", 180, 217),
        ("PT 3/24-5/24", 60, 93),
        ("PT all summer", 56, 93),
        ("PT throughout 2024", 365, 366),
        ("PT for most of 2024", 180, 366),
        ("PT 2x6 weeks", 42, 42),
        ("PT weekly x 8", 56, 56),
        ("PT April until the end of June", 59, 93),
    ],
)
def test_lengths_without_a_year(words: str, low: int, high: int) -> None:
    lengths = [time.duration for time in find_times(words, None) if time.duration is not None]
    assert len(lengths) == 1
    (length,) = lengths
    assert length.low is not None
    assert length.high is not None
    assert low <= length.low.fewest_days <= length.high.most_days <= high


@pytest.mark.parametrize("words", ["Pain 6/10 to 8/10", "pain 7/10 - 3/10", "strength 4/5-5/5", "NRS 8/1 - 3/2"])
def test_scores_are_no_dates(words: str) -> None:
    assert [time for time in find_times(words, None) if time.kind == "range"] == []


@pytest.mark.parametrize(
    ("words", "days"),
    [("since May", 255), ("since last May", 255), ("since January", 10), ("since the fall", 72), ("since summer", 163)],
)
def test_since_a_month_or_season_counts_from_its_end(words: str, days: int) -> None:
    (time,) = find_times(words, None)
    assert time.duration is None
    counted = counted_to(time, date(2025, 2, 10)).duration
    assert counted is not None
    assert counted.low is not None
    assert counted.low.fewest_days == days
    assert counted.high is None


def test_since_a_season_says_nothing_where_the_day_of_the_note_is_not_stated() -> None:
    told = "Low back pain. Fell on 1/15/2024. Naproxen since spring without relief.\n"
    (open_ended,) = facts(told, "treatment.nsaid")
    (dated,) = facts(f"Date: 11/10/2024\n\n{told}", "treatment.nsaid")
    assert open_ended.duration is None
    assert dated.duration is not None


@pytest.mark.parametrize(
    ("told", "lasts"),
    [
        ("Started gabapentin 3 months ago without relief.", True),
        ("Started gabapentin 3 months ago, stopped after a week without relief.", False),
        ("Gabapentin was tried 3 months ago without relief.", False),
    ],
)
def test_what_was_begun_some_time_ago_has_lasted(told: str, lasts: bool) -> None:
    (fact,) = facts(f"Low back pain. {told}", "treatment.anticonvulsant")
    measured = fact.duration is not None and fact.duration.low is not None and fact.duration.low.most_days > 80
    assert measured is lasts
