"""What is concluded, weighed, put down to another cause, or asked of another organ."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import State

STORY = "HISTORY: Low back pain with right leg pain for a year.\n\n"


def states(text: str, concept: str) -> list[State]:
    """The states that a note gives to a concept, in order of place."""
    return [f.state for f in find_facts(Document("note", text)) if f.concept == concept]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("The leg pain is no longer present.", State.PAST),
        ("The right leg pain has resolved.", State.PAST),
        ("The left leg pain is no longer present.", State.PRESENT),
        ("The leg pain is unchanged.", State.PRESENT),
        ("The leg pain has not resolved.", State.PRESENT),
    ],
)
def test_a_symptom_concluded_to_be_over_is_over(words: str, state: State) -> None:
    assert states(f"{STORY}DIAGNOSIS: {words}\n", "symptom.limb_pain")[0] is state


def test_a_symptom_that_the_plan_says_to_have_gone_is_not_concluded() -> None:
    assert states(f"{STORY}FAMILY HISTORY: Leg pain is no longer present.\n", "symptom.limb_pain")[0] is State.PRESENT


NUMB = "HISTORY: Back pain. Numbness and tingling radiating down the left leg.\n\n"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("There is no evidence of lumbosacral radiculopathy.", State.POSSIBLE),
        ("Lumbosacral radiculopathy.", State.PRESENT),
    ],
)
def test_numbness_alone_is_no_root_where_the_writer_concludes_that_there_is_none(words: str, state: State) -> None:
    assert states(f"{NUMB}IMPRESSION: {words}\n", "symptom.radicular")[0] is state


def test_pain_down_the_leg_stands_against_a_conclusion_without_a_root() -> None:
    note = "HISTORY: Back pain radiating down the left leg.\n\nIMPRESSION: No evidence of radiculopathy.\n"
    assert states(note, "symptom.radicular")[0] is State.PRESENT


def test_what_is_weighed_under_its_own_heading_is_only_possible() -> None:
    note = "HISTORY: Back pain.\n\nDIFFERENTIAL DIAGNOSIS: Lumbar discitis, cauda equina syndrome.\n"
    assert states(note, "redflag.cauda_equina") == [State.POSSIBLE]
    assert states(note.replace("DIFFERENTIAL DIAGNOSIS", "DIAGNOSIS"), "redflag.cauda_equina") == [State.PRESENT]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Leg pain secondary to fibromyalgia.", State.POSSIBLE),
        ("Severe leg pain from a femoral neck fracture.", State.POSSIBLE),
        ("Leg pain from the L5-S1 disc herniation.", State.PRESENT),
    ],
)
def test_limb_pain_of_another_disease_is_not_the_spines(words: str, state: State) -> None:
    assert set(states(f"HISTORY: Low back pain. {words}\n", "symptom.limb_pain")) == {state}


@pytest.mark.parametrize(
    ("words", "tied"),
    [
        ("He has back, knee and ankle pain.", False),
        ("He has back pain, leg pain, abdominal pain and pain in the feet.", False),
        ("He has back and leg pain.", True),
        ("He has back pain, abdominal pain, and leg pain radiating down to the foot.", True),
    ],
)
def test_a_list_of_pains_ties_no_limb_to_the_spine(words: str, tied: bool) -> None:
    facts = find_facts(Document("note", f"HISTORY: {words}\n"))
    limb = [f for f in facts if f.concept in ("symptom.limb_pain", "symptom.radicular")]
    assert any(f.quality("with_spine") == ("yes",) or f.concept == "symptom.radicular" for f in limb) is tied


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("She denies bowel or bladder dysfunction.", True),
        ("No change in bowel or bladder function.", True),
        ("No change in her bowels, abdominal pain, rectal bleeding, or melena.", False),
        ("The urinary bladder is unremarkable.", False),
        ("Fetal bladder: Normal.", False),
    ],
)
def test_a_bladder_looked_at_is_no_answer_to_the_question_for_it(words: str, denied: bool) -> None:
    found = states(f"HISTORY: Low back pain. {words}\n", "redflag.bowel_bladder")
    assert (State.ABSENT in found) is denied


def test_organs_denied_among_past_illnesses_are_no_answer_either() -> None:
    note = "HISTORY: Low back pain.\n\nPAST MEDICAL HISTORY: Denies heart, lung, kidney, or bladder dysfunctions.\n"
    assert states(note, "redflag.bowel_bladder") == []


def test_a_denial_reaches_to_the_end_of_its_list() -> None:
    organs = ", ".join(f"{word} trouble" for word in ("heart", "lung", "liver", "skin", "eye", "ear", "nose", "throat"))
    listed = f"HISTORY: Low back pain. She denies {organs}, fevers, chills, rashes, cough, leg pain.\n"
    assert states(listed, "symptom.limb_pain") == [State.ABSENT]
    told = f"HISTORY: Low back pain. She denies {organs}, and for the past ten weeks or so had much leg pain.\n"
    assert states(told, "symptom.limb_pain") != [State.ABSENT]


@pytest.mark.parametrize(
    ("words", "asked"), [("Did not have claudication, angina or orthopnea.", False), ("Denies claudication.", True)]
)
def test_claudication_asked_of_the_heart_is_of_the_vessels(words: str, asked: bool) -> None:
    assert bool(states(f"HISTORY: Low back pain. {words}\n", "symptom.neurogenic_claudication")) is asked
