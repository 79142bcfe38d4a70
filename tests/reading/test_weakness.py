"""What is a muscle weak from a root, and what is want of training, pain, or another organ's atrophy."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import State

OPENING = "HISTORY: Low back pain with lumbar radiculopathy.\n\n"


def weak(text: str) -> set[State]:
    """The states of weakness in a spine note, apart from full strength."""
    facts = find_facts(Document("note", OPENING + text))
    return {f.state for f in facts if f.concept == "sign.motor_weakness"} - {State.ABSENT}


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("ASSESSMENT: Therapy to address her decreased strength and core stability.", State.POSSIBLE),
        ("ASSESSMENT: Decreased strength.", State.POSSIBLE),
        ("ASSESSMENT: Decreased strength of the right quadriceps.", State.PRESENT),
        ("PHYSICAL EXAMINATION: Decreased strength in the left leg.", State.PRESENT),
        ("PHYSICAL EXAMINATION: MRI shows hippocampal atrophy.", State.POSSIBLE),
        ("PHYSICAL EXAMINATION: Atrophy of the left calf.", State.PRESENT),
        ("PHYSICAL EXAMINATION: Left hemiparesis.", State.POSSIBLE),
        ("PHYSICAL EXAMINATION: Deltoids are 5-/5.", State.POSSIBLE),
        ("PHYSICAL EXAMINATION: Deltoids are 4/5.", State.PRESENT),
    ],
)
def test_only_a_muscle_or_a_root_makes_weakness_a_sign(words: str, state: State) -> None:
    assert weak(words) == {state}


def test_a_grade_whose_test_hurt_is_no_sign() -> None:
    exam = "STRENGTH:\nRight lower extremity: knee flexion 4/5. "
    assert weak(exam + "With manual muscle testing she reports an increase in hip pain.") == set()
    assert weak(exam + "Sensation is intact.") == {State.PRESENT}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Reflexes: patellar +0/2 bilaterally.", {State.POSSIBLE}),
        ("Reflexes: patellar 2+ bilaterally.", {State.ABSENT}),
        ("Reflexes are absent in the upper and lower extremities.", {State.POSSIBLE}),
        ("The right ankle reflex is absent, the left is 2+.", {State.PRESENT}),
    ],
)
def test_reflexes_lost_on_both_sides_are_neither_a_sign_nor_normal(words: str, found: set[State]) -> None:
    facts = find_facts(Document("note", f"{OPENING}PHYSICAL EXAMINATION: {words}\n"))
    assert {f.state for f in facts if f.concept == "sign.reflex_change"} == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("There were bilateral Babinski signs.", {State.PRESENT}),
        ("There were no Babinski signs.", {State.ABSENT}),
        ("It is not certain whether there is a Babinski sign.", {State.POSSIBLE}),
    ],
)
def test_a_sign_that_was_there_and_one_that_nobody_is_sure_of(words: str, found: set[State]) -> None:
    facts = find_facts(Document("note", f"{OPENING}PHYSICAL EXAMINATION: {words}\n"))
    assert {f.state for f in facts if f.concept == "sign.babinski"} == found


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("MRI: C4-5 disc compresses the cord. Hoffmann sign present and clonus present at both ankles.", True),
        ("PHYSICAL EXAMINATION: T3 sensory level. Babinski sign present bilaterally.", True),
        ("MRI: C4-5 disc touches the root. Hoffmann sign present on the left.", False),
    ],
)
def test_signs_of_the_cord_prove_it_ill_where_the_cord_is_named(words: str, named: bool) -> None:
    facts = find_facts(Document("note", f"{words}\n"))
    assert any(f.concept == "diagnosis.myelopathy" and f.state is State.PRESENT for f in facts) is named


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("His clinical exam was consistent with radiculopathy and weakness.", {State.PRESENT}),
        ("On manual testing there is weakness of right ankle dorsiflexion.", {State.PRESENT}),
        ("His clinical exam was not consistent with radiculopathy or weakness.", set()),
        ("He complains of weakness.", set()),
    ],
)
def test_weakness_that_an_examination_showed(words: str, state: set[State]) -> None:
    facts = find_facts(Document("note", f"{OPENING}INDICATIONS: {words}\n"))
    found = [f for f in facts if f.concept == "sign.motor_weakness" and f.quality("seen") == ("examined",)]
    assert {f.state for f in found} - {State.ABSENT} == state


@pytest.mark.parametrize(
    ("words", "normal"),
    [
        ("Strength is 5/5. Pinprick is intact. Straight leg raising gives hamstring tightness only.", True),
        ("Neurologic examination was normal for strength, sensation and reflexes.", True),
        ("Power and reflexes are normal in the leg.", True),
        ("Strength full. Sensation normal.", True),
        ("He reports that strength is normal. He reports that sensation is normal.", False),
        ("EXAM: Strength is 5/5. Pinprick is intact. Straight leg raising is positive on the left.", False),
        ("Strength is 5/5.", False),
    ],
)
def test_an_examination_is_normal_in_two_parts_with_no_abnormal_sign(words: str, normal: bool) -> None:
    facts = find_facts(Document("note", f"Low back pain with sciatica.\n\n{words}\n"))
    assert any(f.concept == "sign.normal_examination" for f in facts) is normal
