"""What a telegraphic note answers in two or three words: earlier surgery, bladder, what is taken, what it did."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact, State

NOTE = "HPI: Low back pain and left leg pain.\n\n"


def facts(told: str, concept: str) -> list[Fact]:
    return [f for f in find_facts(Document("n", NOTE + told)) if f.concept == concept or concept in f.kinds]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("Spine surgery: no", State.ABSENT),
        ("Prior back surgery - none", State.ABSENT),
        ("No surgical hx.", State.ABSENT),
        ("No surgeries.", State.ABSENT),
        ("Hx L4-S1 fusion", State.DONE),
        ("She had disc surgery in her thirties.", State.DONE),
        ("He had his back operated on in 1998.", State.DONE),
        ("Hardware from L4 to S1 on x-ray.", State.DONE),
    ],
)
def test_earlier_surgery(told: str, state: State) -> None:
    assert {fact.state for fact in facts(told, "history.spine_surgery")} == {state}


@pytest.mark.parametrize("told", ["B&B intact.", "No change in urination or bowel habits.", "no cauda equina symptoms"])
def test_bladder_and_bowel(told: str) -> None:
    assert {fact.state for fact in facts(told, "redflag.bowel_bladder")} == {State.ABSENT}


@pytest.mark.parametrize(
    ("told", "concept", "given"),
    [
        ("On tramadol for the pain.", "treatment.opioid", True),
        ("Tramadol, as in other notes.", "treatment.opioid", False),
        ("Wears a back brace; still hurts.", "treatment.brace", True),
        ("A back brace is recommended.", "treatment.brace", False),
        ("She went to therapy and is no better.", "treatment.physical_therapy", True),
        ("Will go to therapy.", "treatment.physical_therapy", False),
    ],
)
def test_what_is_taken_or_worn(told: str, concept: str, given: bool) -> None:
    states = {fact.state for fact in facts(told, concept)}
    assert (not states.isdisjoint({State.DONE, State.PRESENT})) is given


def test_nothing_was_done() -> None:
    assert {fact.state for fact in facts("She has done nothing for it yet.", "treatment.unspecified")} == {State.ABSENT}


@pytest.mark.parametrize(
    ("told", "outcome"), [("pain gone", "good"), ("pain unchanged", "none"), ("did the trick", "good")]
)
def test_what_it_did(told: str, outcome: str) -> None:
    (fact,) = facts(f"PT 2x/week for 8 weeks, {told}.", "treatment.physical_therapy")
    assert fact.quality("outcome") == (outcome,)
