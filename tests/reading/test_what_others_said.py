"""Diagnoses and findings of others that the writer does not find borne out; what was said of surgery and clearance."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact, State


def facts(note: str, concept: str) -> list[Fact]:
    return [fact for fact in find_facts(Document("n", note)) if fact.concept == concept or concept in fact.kinds]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("CRPS was diagnosed elsewhere; I find no signs of it.", State.ABSENT),
        ("She carries a diagnosis of CRPS. The bone scan and examination do not support it.", State.ABSENT),
        ("I do not think this is complex regional pain syndrome.", State.ABSENT),
        ("CRPS was diagnosed elsewhere, and I find the signs of it.", State.PRESENT),
    ],
)
def test_a_diagnosis_that_is_not_borne_out(told: str, state: State) -> None:
    found = facts(f"HPI: Right foot pain after an ankle fracture.\n\n{told}", "diagnosis.crps")
    assert {fact.state for fact in found} == {state}


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("MRI: L5-S1 degeneration, nothing pinching the nerves.", State.ABSENT),
        ("MRI: L4-5 protrusion without mass effect on the thecal sac or roots.", State.ABSENT),
        ("MRI: L4-5 protrusion with mass effect on the thecal sac.", State.PRESENT),
        ("The MRI was called stenosis, but I see none on my review.", State.POSSIBLE),
    ],
)
def test_nothing_that_presses(told: str, state: State) -> None:
    found = facts(f"Low back and left leg pain.\n\n{told}", "imaging.compression")
    assert {fact.state for fact in found} == {state}


@pytest.mark.parametrize(
    "told",
    [
        "Surgeon felt another operation would not help.",
        "The surgeon told her there is nothing left to fix.",
        "He is too sick for an operation.",
        "Surgical options have been exhausted.",
        "She has been turned down for surgery by two surgeons.",
        "We agreed that surgery is off the table.",
        "Not a surg candidate per NSGY.",
        "He'd rather live with it than have surgery.",
        "Patient declined sx.",
    ],
)
def test_surgery_is_no_option(told: str) -> None:
    found = facts(f"HPI: Low back pain and left sciatica.\n\n{told}", "plan.spine_surgery")
    assert {fact.state for fact in found} <= {State.ABSENT, State.DECLINED}
    assert found


@pytest.mark.parametrize("told", ["Surgery is her best option and she agrees.", "We will proceed with ACDF."])
def test_surgery_is_wanted(told: str) -> None:
    found = facts(f"HPI: Low back pain and left sciatica.\n\n{told}", "plan.spine_surgery")
    assert {fact.state for fact in found} == {State.PLANNED}


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("Psych clearance on file (Dr. Bell, 1/12/25).", "cleared"),
        ("PsyD note 4/3: good candidate, low risk.", "cleared"),
        ("Dr. Wu (psychology) saw him twice and supports the trial.", "cleared"),
        ("Psychologist's report of 2/3 finds him a suitable candidate.", "cleared"),
        ("Psychologist wants her depression treated first.", "withheld"),
        ("Psych eval done; recommends deferring implant for three months.", "withheld"),
        ("Dr. Bell (psych) did not feel she was ready.", "withheld"),
    ],
)
def test_what_the_psychologist_concluded(told: str, outcome: str) -> None:
    found = facts(f"Failed back surgery syndrome.\n\n{told}", "evaluation.psychological")
    assert {fact.quality("outcome") for fact in found if fact.state is State.DONE} == {(outcome,)}


@pytest.mark.parametrize("told", ["Psych eval pending.", "Needs psych clearance.", "Sees a psychologist for stress."])
def test_no_evaluation_yet(told: str) -> None:
    found = facts(f"Failed back surgery syndrome.\n\n{told}", "evaluation.psychological")
    assert [fact for fact in found if fact.quality("outcome")] == []
