"""The patient's age is read where it is the patient's, and where it is the age now."""

from __future__ import annotations

import pytest
from tests.support.readings import found


def ages(text: str) -> list[int]:
    return [int(fact.quantity.low) for fact in found(text, "patient.age") if fact.quantity and fact.quantity.low]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("HPI: 63-year-old woman with low back pain.", 63),
        ("HPI: Pt is a 58 y/o M with neck pain.", 58),
        ("HPI: This 71 yo retired nurse has leg pain.", 71),
        ("Age: 44\nHPI: Low back pain.", 44),
        ("HPI: She is 39 years of age and works as a nurse.", 39),
    ],
)
def test_the_patient_s_age_is_read(text: str, age: int) -> None:
    assert ages(text) == [age]


@pytest.mark.parametrize(
    "text",
    [
        "HPI: Low back pain. Lives with her 80-year-old mother.",
        "HPI: He hurt his back when he was 19 years old.",
        "HPI: She was 22 years old when she had her first fusion.",
        "HPI: 6-year-old compression fracture of L1.",
        "HPI: Low back pain since age 30.",
        "FAMILY HISTORY: Father, 81 years old, has scoliosis.",
        "HPI: Smokes, 30 pack years.",
    ],
)
def test_another_age_is_not_the_patient_s(text: str) -> None:
    assert ages(text) == []
