"""Pain out of ten with what it rates, and scores of disability."""

from __future__ import annotations

import pytest
from tests.support.readings import found

from praxigen.model.fact import State


def scores(text: str) -> list[tuple[int, str | None]]:
    """The pain scores of a history that hold now, each with the limb that it rates."""
    return [
        (int(fact.quantity.low), (fact.quality("limb") or (None,))[0])
        for fact in found(f"HPI: {text}", "score.pain")
        if fact.state is State.PRESENT and fact.quantity and fact.quantity.low is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Right arm pain rated 8/10, neck pain 3/10.", [(8, "arm"), (3, None)]),
        ("Left leg pain, 7 out of 10.", [(7, "leg")]),
        ("Low back pain with a VAS of 6.", [(6, None)]),
        ("Left arm pain for months. It is rated 7/10.", [(7, "arm")]),
        ("Neck pain NRS 4-5/10.", [(4, None)]),
    ],
)
def test_a_pain_score_rates_the_pain_that_is_named_before_it(text: str, expected: list[tuple[int, str | None]]) -> None:
    assert scores(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Arm pain was 8/10 before the injection.",
        "Leg pain dropped from 8/10 to a lower level.",
        "After the injection back pain was 2/10.",
        "Goal is a back pain of 3/10.",
        "Call if the leg pain is 8/10.",
        "His wife rates her back pain 9/10.",
        "Low back pain. Strength 4/5, completed 8 of 10 visits.",
        "Back pain was 9/10 last year.",
    ],
)
def test_scores_of_another_time_person_or_aim_do_not_count(text: str) -> None:
    assert scores(text) == []


@pytest.mark.parametrize(
    ("text", "when"), [("Back pain 9/10 at worst.", "worst"), ("Back pain is 2/10 at best.", "best")]
)
def test_the_worst_and_the_best_are_marked(text: str, when: str) -> None:
    (fact,) = found(f"HPI: {text}", "score.pain")
    assert (fact.quality("when") == (when,)) or fact.state is State.PAST


def test_scores_of_disability() -> None:
    (oswestry,) = found("HPI: Back pain. ODI 44%.", "score.oswestry")
    (of_fifty,) = found("HPI: Back pain. Oswestry score 23/50.", "score.oswestry")
    (roland,) = found("HPI: Back pain. Roland-Morris score of 19/24.", "score.roland_morris")
    assert [int(f.quantity.low) for f in (oswestry, of_fifty, roland) if f.quantity and f.quantity.low] == [44, 46, 19]
    assert "score.disability" in roland.kinds
