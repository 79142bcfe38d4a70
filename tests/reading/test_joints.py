"""Knees and hips: which joint a note speaks of, whether it is the one to be replaced, and what it says of it."""

from __future__ import annotations

import pytest

from praxigen.model.fact import Fact, State
from support.readings import days, found, one

KNEE = "HPI: Right knee pain.\n"
PLAN = "\nPLAN: Right total knee arthroplasty."


def present(text: str, concept: str, joint: str = "knee") -> list[Fact]:
    """Facts of a joint that are so now, of the joint and side that the note plans to replace."""
    return [
        fact
        for fact in found(text, f"joint.{concept}")
        if fact.state in (State.PRESENT, State.DONE)
        and fact.quality("joint") == (joint,)
        and fact.quality("concerned") != ("no",)
        and str(fact.who) == "patient"
    ]


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("X-rays of the right knee show medial joint space narrowing.", "narrowing"),
        ("X-rays of the right knee show bone-on-bone articulation.", "bone_on_bone"),
        ("Radiographs: right knee with marginal osteophytes.", "osteophytes"),
        ("X-rays of the right knee show subchondral sclerosis.", "sclerosis"),
        ("MRI of the right knee shows subchondral cysts.", "cysts"),
        ("MRI of the right knee shows avascular necrosis.", "necrosis"),
        ("The right knee has severe osteoarthritis.", "arthritis"),
        ("CT of the right knee shows a tibial plateau fracture.", "fracture_proximal_tibia"),
        ("X-rays of the right knee show a distal femur fracture.", "fracture_distal_femur"),
        ("Right knee with a failed high tibial osteotomy.", "failed_osteotomy"),
        ("She has a failed unicompartmental knee replacement on the right.", "failed_unicompartmental"),
        ("She cannot climb stairs because of the right knee.", "limits"),
    ],
)
def test_what_a_note_says_of_the_joint(words: str, concept: str) -> None:
    assert present(KNEE + words + PLAN, concept)


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("X-rays of the right knee show no joint space narrowing.", "narrowing"),
        ("X-rays of the left knee show joint space narrowing.", "narrowing"),
        ("X-rays of the right hip show joint space narrowing.", "narrowing"),
        ("X-rays of the lumbar spine show osteophytes.", "osteophytes"),
        ("MRI shows disc space narrowing at L4-5.", "narrowing"),
        ("Rule out avascular necrosis of the right knee.", "necrosis"),
        ("Possible avascular necrosis of the right knee.", "necrosis"),
        ("If X-rays of the right knee show bone on bone, surgery is an option.", "bone_on_bone"),
        ("Her mother has severe osteoarthritis of the knee.", "limits"),
        ("History of a tibial plateau fracture of the left knee.", "fracture_proximal_tibia"),
        ("No tibial plateau fracture of the right knee.", "fracture_proximal_tibia"),
        ("Multiple sclerosis. The right knee is stable.", "sclerosis"),
    ],
)
def test_another_joint_side_person_or_time_is_not_the_joint(words: str, concept: str) -> None:
    assert not present(KNEE + words + PLAN, concept)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("Kellgren-Lawrence grade 3", 3, 3),
        ("Kellgren and Lawrence grade IV", 4, 4),
        ("KL grade 2-3", 2, 3),
        ("grade 4 Kellgren-Lawrence", 4, 4),
        ("KL 1", 1, 1),
    ],
)
def test_grade_of_osteoarthritis(words: str, low: int, high: int) -> None:
    quantity = one(f"IMAGING: X-rays of the right knee: {words}.", "joint.grade").quantity
    assert quantity is not None
    assert (quantity.low, quantity.high, quantity.unit) == (low, high, "grade")


@pytest.mark.parametrize(
    ("words", "concept", "value"),
    [
        ("BMI 38.4", "patient.bmi", 38.4),
        ("Body mass index is 29", "patient.bmi", 29),
        ("HbA1c 7.2%", "patient.hba1c", 7.2),
        ("Her hemoglobin A1c was 6.9", "patient.hba1c", 6.9),
    ],
)
def test_measured_values(words: str, concept: str, value: float) -> None:
    quantity = one(f"EXAM: {words}.", concept).quantity
    assert quantity is not None
    assert quantity.low is not None
    assert float(quantity.low) == value


@pytest.mark.parametrize("words", ["BMI must be below 40", "A1c goal 7.0", "HbA1c < 8 is required"])
def test_an_aim_is_no_value(words: str) -> None:
    assert not found(f"PLAN: {words}.", "patient.bmi")
    assert not found(f"PLAN: {words}.", "patient.hba1c")


def test_care_of_the_knee_has_its_length_and_result() -> None:
    note = "HPI: Right knee pain. Physical therapy for 14 weeks without relief."
    (fact,) = present(note + PLAN, "care.therapy")
    assert (days(fact), fact.quality("outcome")) == ((98, 98), ("none",))


@pytest.mark.parametrize(
    "note",
    [
        "HPI: Low back pain. Physical therapy for the low back for 14 weeks without relief. Right knee pain.",
        "HPI: Right knee pain. Physical therapy for low back pain for 14 weeks without relief.",
        "HPI: Right knee pain. Left shoulder pain. Physical therapy for 14 weeks without relief.",
        "HPI: Right knee pain. Physical therapy for the left knee for 14 weeks without relief.",
        "HPI: Right knee pain. Physical therapy for 14 weeks is planned.",
        "HPI: Right knee pain. Her husband had physical therapy for 14 weeks without relief.",
    ],
)
def test_care_of_another_part_is_not_the_knees(note: str) -> None:
    assert not present(note + PLAN, "care.therapy")


@pytest.mark.parametrize(
    "note",
    [
        "HPI: Right knee pain. Physical therapy for 14 weeks without relief.\nASSESSMENT: Knee osteoarthritis.",
        "HPI: Low back pain and right knee pain. Physical therapy for the right knee for 14 weeks without relief.",
        "HPI: Low back pain. Right knee injection in May without relief.",
    ],
)
def test_care_of_the_knee_is_not_the_spines(note: str) -> None:
    facts = [*found(note, "treatment.physical_therapy"), *found(note, "treatment.injection")]
    assert all(fact.quality("region") == ("other",) for fact in facts)


def test_an_artificial_joint_is_told_from_the_one_that_is_planned() -> None:
    assert not present(KNEE + "She wants a total knee arthroplasty." + PLAN, "replacement")
    assert not present(KNEE + "Left total knee arthroplasty in 2015." + PLAN, "replacement")
    assert present("HPI: Painful right total knee arthroplasty, done in 2012." + PLAN, "replacement")


@pytest.mark.parametrize(
    ("words", "loose"),
    [
        ("X-rays show loosening of the tibial component.", True),
        ("X-rays show no loosening of the tibial component.", False),
        ("Risks include infection, loosening and stiffness.", False),
        ("The components are well fixed without loosening.", False),
    ],
)
def test_a_loose_component(words: str, *, loose: bool) -> None:
    note = f"HPI: Painful right total knee arthroplasty, done in 2012. {words}\nPLAN: Revision right total knee."
    assert bool(present(note, "loosening")) is loose


def test_one_painless_test_is_not_a_painless_joint() -> None:
    assert not [
        f for f in found("EXAM: Right knee: no pain with varus stress.", "joint.pain") if f.state is State.ABSENT
    ]
    assert one("HPI: No right knee pain.", "joint.pain").state is State.ABSENT


def test_pain_carries_its_score() -> None:
    quantity = one("HPI: Right knee pain 8/10." + PLAN, "joint.pain").quantity
    assert quantity is not None
    assert (quantity.low, quantity.unit) == (8, "/10")


def test_a_score_of_function_needs_its_number() -> None:
    assert present(KNEE + "KOOS JR 42." + PLAN, "scale")
    assert not present(KNEE + "KOOS will be obtained." + PLAN, "scale")


def test_a_note_of_the_spine_has_no_facts_of_joints() -> None:
    note = (
        "HPI: Low back pain 8/10. Physical therapy for 14 weeks. MRI: osteophytes, disc space narrowing, instability."
    )
    assert not [
        fact for name in ("pain", "osteophytes", "narrowing", "instability") for fact in found(note, f"joint.{name}")
    ]
