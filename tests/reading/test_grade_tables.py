"""Grades of strength written without "/5", and signs that only an examination shows, wherever they stand."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact, State


def facts(note: str, concept: str) -> list[Fact]:
    return [fact for fact in find_facts(Document("n", note)) if fact.concept == concept or concept in fact.kinds]


@pytest.mark.parametrize(
    ("told", "weak"),
    [
        ("TA 4+, EHL 4, GS 5.", 2),
        ("Strength: IP 5 QD 5 TA 3 EHL 3 GS 5", 2),
        ("Delt 5, bi 5, tri 4-, grip 5 on the right", 1),
        ("Motor: quad 3+ on the left.", 1),
        ("HF 5 KE 5 TA 5 EHL 5 GS 5", 0),
        ("Reflexes: biceps 2+, triceps 2+, brachioradialis 2+.", 0),
        ("Biceps 2+, triceps 2+, brachioradialis 2+.", 0),
        ("Grip 40 kg R, 42 kg L.", 0),
        ("Quad sets 3 x 10, ham curls 4 x 10.", 0),
    ],
)
def test_grades_without_their_scale(told: str, weak: int) -> None:
    found = facts(f"HPI: Low back and left leg pain.\n\nExam:\n{told}\n", "sign.motor_weakness")
    assert sum(fact.state is State.PRESENT for fact in found) == weak


@pytest.mark.parametrize(
    "told", ["SLR pos on L at 45.", "Absent left Achilles reflex.", "Spurling's reproduces arm pain."]
)
def test_only_an_examination_shows_it(told: str) -> None:
    found = facts(f"Low back and left leg pain. {told}", "sign.deficit")
    assert {fact.state for fact in found} == {State.PRESENT}
    assert {fact.quality("seen") for fact in found} == {("examined",)}


def test_a_question_about_a_test_is_no_result() -> None:
    note = "Low back pain.\n\nAre the findings valid (straight leg raise criteria met)?\n"
    assert State.PRESENT not in {fact.state for fact in facts(note, "sign.tension")}
