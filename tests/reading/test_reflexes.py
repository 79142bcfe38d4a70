"""Tendon reflexes: weaker on one side points to a root, equal on both sides does not."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import State

OPENING = "Low back pain with lumbar radiculopathy.\n\nEXAM: "


def reflexes(words: str) -> set[tuple[State, str | None]]:
    """State and side of each fact about a changed reflex in an examination with these words."""
    facts = find_facts(Document("note", OPENING + words))
    return {
        (fact.state, (fact.quality("side") or (None,))[0])
        for fact in facts
        if fact.concept == "sign.reflex_change" and fact.rule.startswith("reflex.")
    }


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("R knee jerk 1+ vs L 2+.", "right"),
        ("The left ankle jerk cannot be obtained, the right being brisk.", "left"),
        ("Reflexes: knees 2+, ankles 1+ R, 2+ L.", "right"),
        ("Left Achilles reflex is diminished compared with the right.", "left"),
        ("Ankle jerk absent on the right.", "right"),
    ],
)
def test_a_reflex_that_is_weaker_on_one_side_is_a_sign_on_that_side(words: str, side: str) -> None:
    assert (State.PRESENT, side) in reflexes(words)


@pytest.mark.parametrize(
    "words",
    ["DTRs 2+ throughout.", "KJ 1+ and AJ 1+, symmetric.", "The ankle jerks are equal.", "Knee and ankle jerks 2+."],
)
def test_reflexes_that_are_there_and_equal_are_normal(words: str) -> None:
    assert reflexes(words) == {(State.ABSENT, None)}


@pytest.mark.parametrize("words", ["Ankle reflexes were not tested.", "DTRs 1+ in the ankles.", "Reflexes deferred."])
def test_what_says_nothing_of_equal_or_unequal_makes_no_fact(words: str) -> None:
    assert reflexes(words) == set()


def test_brisk_reflexes_on_both_sides_are_a_sign_of_the_cord() -> None:
    facts = find_facts(Document("note", OPENING + "Reflexes 3+ throughout."))
    assert [f.state for f in facts if f.concept == "sign.hyperreflexia"] == [State.PRESENT]
