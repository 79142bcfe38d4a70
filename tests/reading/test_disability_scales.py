"""Scales of disability that a note gives a number for, and ages that are no past."""

from __future__ import annotations

import pytest

from praxigen.model.fact import State
from support.readings import found, one


@pytest.mark.parametrize(
    ("words", "concept", "value"),
    [
        ("NDI 42%", "score.neck_disability", 42),
        ("Neck Disability Index score: 18", "score.neck_disability", 18),
        ("PROMIS physical function T-score 34", "score.other_disability", 34),
        ("Quebec Back Pain Disability Scale 51", "score.other_disability", 51),
        ("PDAS was 30", "score.other_disability", 30),
    ],
)
def test_a_scale_with_its_number(words: str, concept: str, value: int) -> None:
    quantity = one(f"HPI: Neck pain. {words}.", concept).quantity
    assert quantity is not None
    assert quantity.low == value


@pytest.mark.parametrize(
    "words",
    [
        "NDI will be obtained",
        "Goal: NDI 20",
        "NDI in 6 weeks",
        "Her mother has an NDI of 40",
        "If the NDI is 40 surgery may help",
        "PROMIS questionnaires were given",
    ],
)
def test_a_scale_without_a_number_of_its_own(words: str) -> None:
    assert not found(f"HPI: Neck pain. {words}.", "score.neck_disability")
    assert not found(f"HPI: Neck pain. {words}.", "score.other_disability")


@pytest.mark.parametrize("age", ["30-year-old woman", "30 yr old woman", "30 years old"])
def test_an_age_puts_nothing_into_the_past(age: str) -> None:
    assert one(f"HPI: {age}, synovial cyst at L4-5.", "diagnosis.facet_cyst").state is State.PRESENT


def test_an_old_finding_is_past() -> None:
    assert one("ASSESSMENT: Old synovial cyst at L4-5.", "diagnosis.facet_cyst").state is State.PAST
