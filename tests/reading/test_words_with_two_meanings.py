"""Small words that name no part of the body, no finding or no history: "came back", "a spinal", "w/o", "eval for"."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact, State


def facts(note: str, concept: str) -> list[Fact]:
    return [fact for fact in find_facts(Document("n", note)) if fact.concept == concept or concept in fact.kinds]


@pytest.mark.parametrize(
    ("told", "spine"),
    [
        ("Foot pain came back after the boot.", False),
        ("The specimen was sent, and she is back to work.", False),
        ("Pain of the low back.", True),
        ("Pain in her back.", True),
    ],
)
def test_back_as_an_adverb(told: str, spine: bool) -> None:
    filler = "Lisfranc fracture of the right foot. " * 45
    found = facts(f"{filler}\n{told} Weakness of ankle dorsiflexion on examination.\n", "sign.motor_weakness")
    assert {"elsewhere" not in fact.quality("seen") for fact in found} == {spine}


@pytest.mark.parametrize(("word", "state"), [("w/o", State.ABSENT), ("without", State.ABSENT), ("with", State.PRESENT)])
def test_without_in_short(word: str, state: State) -> None:
    (fact,) = facts(f"DX: cervical spondylosis {word}\nmyelopathy or radiculopathy", "diagnosis.myelopathy")
    assert fact.state is state


def test_a_study_to_look_for_something_found_nothing_yet() -> None:
    looked_for = facts("Neck pain. MRI c-spine to eval for stenosis.", "imaging.compression")
    found = facts("Neck pain. MRI c-spine shows canal stenosis.", "imaging.compression")
    assert State.PRESENT not in {fact.state for fact in looked_for}
    assert {fact.state for fact in found} == {State.PRESENT}


def test_neurovascularly_intact_is_normal() -> None:
    found = facts("Low back pain. Distally he is neurovascularly intact.", "sign.deficit")
    assert {fact.state for fact in found} == {State.ABSENT}


@pytest.mark.parametrize("told", ["nonradiating", "non-radiating", "non radiating"])
def test_pain_that_does_not_radiate(told: str) -> None:
    (fact,) = facts(f"Lumbar pain, central, {told}, worse in flexion.", "symptom.radicular")
    assert fact.state is State.ABSENT


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("Operations: thyroid biopsy, lumpectomy, nothing on the spine.", State.ABSENT),
        ("She has had a hysterectomy but never anything on the spine.", State.ABSENT),
        ("No prior c-spine surgery.", State.ABSENT),
        ("She asked about a re-do of her 2015 fusion.", State.DONE),
    ],
)
def test_earlier_operations_told_in_passing(told: str, state: State) -> None:
    found = facts(f"Low back pain. {told}", "history.spine_surgery")
    assert {fact.state for fact in found} == {state}


def test_nothing_on_the_spine_in_a_picture_is_no_history() -> None:
    assert facts("Low back pain. The x-ray showed nothing on the spine.", "history.spine_surgery") == []


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("She denies trouble w/ urine or stool.", State.ABSENT),
        ("He has not had any trouble with his bladder.", State.ABSENT),
        ("Voiding and stooling normally.", State.ABSENT),
    ],
)
def test_bladder_asked_and_denied(told: str, state: State) -> None:
    assert {fact.state for fact in facts(f"Low back pain. {told}", "redflag.bowel_bladder")} == {state}


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("He would do very well with a C6-7 discectomy.", State.PLANNED),
        ("I contest your denial of L5-S1 posterior fusion.", State.PLANNED),
        ("No surgical indication at the moment.", State.ABSENT),
    ],
)
def test_what_is_said_of_surgery(told: str, state: State) -> None:
    found = facts(f"Neck and arm pain. {told}", "plan.spine_surgery")
    assert {fact.state for fact in found} == {state}


def test_treatment_before_a_procedure_withholds_clearance() -> None:
    told = "Psychological consultation 4/24: major depressive disorder, severe; {} before any procedure is considered."
    withheld = facts(told.format("recommends treatment"), "evaluation.psychological")
    assert [fact.quality("outcome") for fact in withheld] == [("withheld",)]
