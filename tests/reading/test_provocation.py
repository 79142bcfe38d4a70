"""Tests of the sacroiliac joint: a result belongs to its own test, in whichever order a list is written."""

from __future__ import annotations

import pytest
from tests.support.readings import found

from praxigen import Document, find_facts
from praxigen.model.fact import State


def results(text: str) -> dict[str, str]:
    """The result of each test in an examination."""
    facts = find_facts(Document("note", f"HPI: Left buttock pain.\n\nEXAM: {text}"))
    return {
        fact.concept.removeprefix("provocation."): str(fact.state)
        for fact in facts
        if fact.concept.startswith("provocation.") and fact.quantity is None
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thigh thrust positive. Gaenslen's negative.", {"thigh_thrust": "present", "gaenslen": "absent"}),
        (
            "Positive FABER, thigh thrust and compression; negative Gaenslen.",
            {"patrick": "present", "thigh_thrust": "present", "compression": "present", "gaenslen": "absent"},
        ),
        (
            "Positive FABER and thigh thrust, Gaenslen negative.",
            {"patrick": "present", "thigh_thrust": "present", "gaenslen": "absent"},
        ),
        (
            "FABER (+), Gaenslen (-), thigh thrust (+).",
            {"patrick": "present", "gaenslen": "absent", "thigh_thrust": "present"},
        ),
        (
            "Thigh thrust, compression and distraction are positive.",
            {"thigh_thrust": "present", "compression": "present", "distraction": "present"},
        ),
        ("Negative Patrick's sign and Gaenslen.", {"patrick": "absent", "gaenslen": "absent"}),
        (
            "Gaenslen's, distraction, and FABER do not reproduce pain.",
            {"gaenslen": "absent", "distraction": "absent", "patrick": "absent"},
        ),
        ("FABER test not performed.", {"patrick": "possible"}),
    ],
)
def test_a_result_belongs_to_its_own_test(text: str, expected: dict[str, str]) -> None:
    assert results(text) == expected


@pytest.mark.parametrize(
    "text", ["FABER and Gaenslen.", "Will do thigh thrust next visit.", "If thigh thrust is positive, inject."]
)
def test_a_test_without_a_result_or_yet_to_be_done_shows_nothing(text: str) -> None:
    assert "present" not in results(text).values()


def test_a_compression_fracture_is_no_compression_test() -> None:
    assert results("Thigh thrust positive. Compression fracture at L1.") == {"thigh_thrust": "present"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3 of 5 SI provocative tests were positive on the left.", 3),
        ("Four positive sacroiliac provocation maneuvers.", 4),
    ],
)
def test_a_count_of_positive_tests_is_read(text: str, count: int) -> None:
    (fact,) = found(f"EXAM: {text}", "provocation.sacroiliac_count")
    assert fact.state is State.PRESENT
    assert fact.quantity is not None
    assert fact.quantity.low == count


def test_a_count_of_negative_tests_is_not_one_of_positive_tests() -> None:
    assert found("EXAM: 4 of 5 SI provocation tests were negative.", "provocation.sacroiliac_count") == []
