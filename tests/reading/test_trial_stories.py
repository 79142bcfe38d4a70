"""Stimulator trials told day by day, gains that were lost again, and relief that another therapy gave."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact

NOTE = "HPI: Failed back surgery syndrome with low back and right leg pain after L4-5 fusion 2018.\n\n"


def trials(told: str) -> list[Fact]:
    return [fact for fact in find_facts(Document("n", NOTE + told)) if fact.concept == "trial.scs"]


def relief(told: str) -> float:
    (low,) = {fact.quantity.low for fact in trials(told) if fact.quantity is not None}
    assert low is not None
    return float(low)


@pytest.mark.parametrize(
    ("told", "percent"),
    [
        ("SCS trial: baseline 8/10, day 1 3/10, day 3 5/10, day 6 7/10 at lead removal.", 12.5),
        ("SCS trial: baseline 8/10, day 1 5/10, day 3 3/10, day 6 2/10 at lead removal.", 75),
        ("Stim trial log: pre 8, d1 6, d2 4, d3 4, d5 2.", 75),
        ("SCS trial. Pain 8 on entry, 4 on day 2, 6 on day 5, 7 at pull.", 12.5),
        ("SCS trial: pain on stim 2-4/10 compared to 8/10 off.", 50),
        ("SCS trial: pain with stimulation 6/10, without 8/10.", 25),
    ],
)
def test_how_the_trial_ended_counts(told: str, percent: float) -> None:
    assert relief(told) == percent


@pytest.mark.parametrize(
    ("told", "percent"),
    [
        ("The SCS trial gave 70% relief for two days, after which it dropped to 30%.", 30),
        ("The SCS trial gave 30% relief at first; after reprogramming on day 2, 70% through the end.", 70),
        ("During the SCS trial she had 80% relief the first day only, then 20% for the rest of the week.", 20),
        ("During the SCS trial she had 80% relief the first day and 80% at the end.", 80),
        ("Lead migrated on day 3 of the SCS trial; 70% relief before, none since.", 0),
        ("The SCS trial gave no less than 60 percent improvement on every day.", 60),
    ],
)
def test_a_gain_that_was_lost_or_came_later(told: str, percent: float) -> None:
    assert relief(told) == percent


def test_where_the_tingling_is_felt_is_no_relief() -> None:
    assert relief("The SCS trial covered 90% of the painful area but pain fell only from 8 to 6.") == 25


@pytest.mark.parametrize(
    "told",
    [
        "SCS trial is set for 5/2. The caudal gave 80% relief for a week.",
        "SCS trial pending. Radiofrequency gave him 75% relief for a year.",
        "SCS trial scheduled; prior medial branch blocks gave 90% relief.",
        "The intrathecal trial gave 80% relief. SCS not yet tried.",
        "She read that SCS gives 50% relief or more.",
        "SCS was explained. With it about 70% of patients get half their pain gone.",
        "The patient is sure that SCS will give 80% relief.",
    ],
)
def test_relief_of_another_therapy_or_of_others_is_none_of_a_trial(told: str) -> None:
    assert [fact for fact in trials(told) if fact.quantity is not None] == []


def test_relief_told_after_a_trial_that_was_done_is_of_the_trial() -> None:
    assert relief("The SCS trial was completed last week. He had 80% relief throughout.") == 80
