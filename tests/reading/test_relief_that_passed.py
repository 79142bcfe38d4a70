"""Relief that lasted for days, results told without the treatment's name, and what fell on ice."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact, State


def facts(note: str, concept: str) -> list[Fact]:
    return [fact for fact in find_facts(Document("n", note)) if fact.concept == concept or concept in fact.kinds]


def outcome(note: str, concept: str) -> tuple[str, ...]:
    (fact,) = facts(note, concept)
    return fact.quality("outcome")


@pytest.mark.parametrize(
    "told",
    [
        "gave her maybe four days",
        "each gave 2-3 wks",
        "with benefit measured in days",
        "that helped for a while",
        "gave 70% relief x 9 days",
        "was better for the afternoon",
        "bought him a couple of good weeks",
    ],
)
def test_what_passed_within_weeks_was_temporary(told: str) -> None:
    assert outcome(f"Left sciatica. L5 TFESI in March {told}.", "treatment.epidural_injection") == ("temporary",)


@pytest.mark.parametrize("told", ["gave 80% relief", "that helped", "with lasting relief, pain resolved"])
def test_what_did_not_pass_was_good(told: str) -> None:
    assert outcome(f"Left sciatica. L5 TFESI in March {told}.", "treatment.epidural_injection") == ("good",)


def test_weeks_of_therapy_are_no_length_of_relief() -> None:
    assert "temporary" not in outcome("Low back pain. The clinic gave her 6 weeks of PT.", "treatment.physical_therapy")


@pytest.mark.parametrize(
    "told",
    [
        "Their discharge note says his symptoms were essentially unchanged.",
        "He was worse at its end than when he began.",
        "It made the arm worse.",
        "Therapist noted minimal progress with his pain.",
    ],
)
def test_a_result_told_in_the_next_sentence(told: str) -> None:
    found = outcome(f"Neck and left arm pain. He did PT for 8 weeks. {told}", "treatment.physical_therapy")
    assert found[0] in ("none", "worse")


def test_a_result_of_another_disease_is_none_of_the_therapy() -> None:
    told = "Neck pain. He did PT for 8 weeks. His diabetes is well controlled on metformin."
    assert outcome(told, "treatment.physical_therapy") == ("persisting",)


@pytest.mark.parametrize(("told", "count"), [("slip on ice", 0), ("ice without relief", 1)])
def test_ice_underfoot_is_no_treatment(told: str, count: int) -> None:
    assert len(facts(f"Low back pain x 14 months, {told}.", "treatment.massage")) == count


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("Back pain. She is about to begin six months of PT.", State.PLANNED),
        ("Back pain. She did six months of PT.", State.DONE),
    ],
)
def test_about_to_begin_is_planned(told: str, state: State) -> None:
    (fact,) = facts(told, "treatment.physical_therapy")
    assert fact.state is state
