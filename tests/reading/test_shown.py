"""What studies show beside pressure on nerves, each finding with its study; fractures with their age; fusions."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.readings import found

from praxigen.model.fact import Fact, State


def shown(text: str, concept: str) -> list[tuple[State, str | None]]:
    """State and study of each finding in an imaging section."""
    facts = found(f"HPI: Low back pain.\n\nIMAGING: {text}", f"imaging.{concept}")
    return [(fact.state, (fact.quality("modality") or (None,))[0]) for fact in facts]


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("CT of the lumbar spine 5/1/2026 shows pseudarthrosis at L4-L5.", "pseudarthrosis", (State.PRESENT, "ct")),
        ("CT shows no bridging bone across L4-L5.", "pseudarthrosis", (State.PRESENT, "ct")),
        ("CT shows solid fusion at L4-L5.", "pseudarthrosis", (State.ABSENT, "ct")),
        ("X-rays: no pseudarthrosis.", "pseudarthrosis", (State.ABSENT, "xray")),
        ("CT ordered to evaluate for pseudarthrosis.", "pseudarthrosis", (State.POSSIBLE, "ct")),
        ("CT: possible pseudarthrosis at L5-S1.", "pseudarthrosis", (State.POSSIBLE, "ct")),
        ("Radiographs show a broken rod at L4.", "hardware_failure", (State.PRESENT, "xray")),
        ("Radiographs show no hardware loosening.", "hardware_failure", (State.ABSENT, "xray")),
        ("MRI of the lumbar spine: Modic type 2 changes at L5-S1.", "modic", (State.PRESENT, "mri")),
        ("MRI of the lumbar spine: no Modic changes.", "modic", (State.ABSENT, "mri")),
        ("MRI shows marrow edema in L1.", "marrow_edema", (State.PRESENT, "mri")),
        ("MRI shows no marrow edema.", "marrow_edema", (State.ABSENT, "mri")),
        ("Bone scan shows increased uptake at T12.", "marrow_edema", (State.PRESENT, "bone_scan")),
    ],
)
def test_a_finding_has_its_sense_and_its_study(text: str, concept: str, expected: tuple[State, str]) -> None:
    assert shown(text, concept) == [expected]


@pytest.mark.parametrize(("text", "kind"), [("Modic type I", "1"), ("Modic 2", "2"), ("type 3 Modic changes", "3")])
def test_the_type_of_a_modic_change_is_read(text: str, kind: str) -> None:
    (fact,) = found(f"IMAGING: MRI of the lumbar spine: {text} at L4-L5.", "imaging.modic")
    assert fact.quality("type") == (kind,)


def test_a_finding_has_the_day_of_its_study() -> None:
    (fact,) = found(
        "IMAGING: MRI of the lumbar spine 7/21/2026: L1 fracture. There is marrow edema.", "imaging.marrow_edema"
    )
    assert fact.ended == date(2026, 7, 21)


def test_what_a_pamphlet_says_is_not_shown() -> None:
    assert shown("Patients with Modic changes on MRI may benefit.", "modic") in ([], [(State.HYPOTHETICAL, "mri")])


def joint(text: str, name: str) -> list[tuple[State, str]]:
    return [(f.state, f.quality("modality")[0]) for f in found(f"IMAGING: {text}", f"imaging.{name}_study")]


def test_each_study_of_a_joint_counts_for_that_joint() -> None:
    assert joint("X-rays and CT of the sacroiliac joints 5/1/2026 show no fracture.", "sacroiliac") == [
        (State.DONE, "xray"),
        (State.DONE, "ct"),
    ]
    assert joint("MRI of the lumbar spine shows a bulge. AP pelvis radiograph is normal.", "pelvis") == [
        (State.DONE, "xray")
    ]
    assert joint("MRI of the lumbar spine shows a bulge. AP pelvis radiograph is normal.", "sacroiliac") == []


def test_a_study_that_is_ordered_was_not_made() -> None:
    assert joint("CT of the sacroiliac joints ordered.", "sacroiliac") == [(State.PLANNED, "ct")]


def fracture(text: str) -> Fact:
    facts = found(f"HPI: {text}", "fracture.vertebral")
    return facts[0]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Acute L1 compression fracture.", ("acute",)),
        ("Subacute T12 compression fracture.", ("subacute",)),
        ("Chronic L3 compression fracture.", ("chronic",)),
        ("L3 compression fracture.", ()),
        ("Acute on chronic L3 compression fracture.", ()),
        ("No acute findings, L3 compression fracture.", ()),
    ],
)
def test_the_age_of_a_fracture_is_read_close_before_it(text: str, age: tuple[str, ...]) -> None:
    assert fracture(text).quality("age") == age


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("L1 compression fracture.", State.PRESENT),
        ("No compression fracture.", State.ABSENT),
        ("Possible L1 compression fracture.", State.POSSIBLE),
        ("Call for signs of a compression fracture.", State.HYPOTHETICAL),
    ],
)
def test_a_fracture_has_its_sense(text: str, state: State) -> None:
    assert fracture(text).state is state


def test_a_fracture_has_its_cause_and_its_day() -> None:
    assert fracture("Osteoporotic L1 compression fracture.").quality("cause") == ("osteoporotic",)
    assert fracture("Pathologic L1 vertebral fracture from metastasis.").quality("cause") == ("pathologic",)
    lasted = fracture("L1 compression fracture 4 weeks ago.").duration
    assert lasted is not None
    assert lasted.high is not None
    assert lasted.high.most_days == 28


@pytest.mark.parametrize(
    ("plan", "vertebrae"),
    [
        ("L3-L5 posterior fusion.", 3),
        ("L4-S1 fusion.", 3),
        ("L5-S1 fusion.", 2),
        ("C5-6 and C6-7 ACDF.", 3),
        ("T10-L2 fusion.", 5),
    ],
)
def test_the_vertebrae_of_a_planned_fusion_are_counted(plan: str, vertebrae: int) -> None:
    (fact,) = found(f"HPI: Back pain.\n\nPLAN: Proceed with {plan}", "plan.fusion_levels")
    assert fact.quantity is not None
    assert fact.quantity.low == vertebrae


@pytest.mark.parametrize(
    "plan",
    [
        "L3-L5 laminectomy with L4-L5 fusion.",
        "L4-L5 fusion, adjacent to the prior L2-L4 fusion.",
        "Fusion.",
        "No fusion.",
    ],
)
def test_levels_that_are_not_surely_fused_are_not_counted(plan: str) -> None:
    assert found(f"HPI: Back pain.\n\nPLAN: Proceed with {plan}", "plan.fusion_levels") == []


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("After the fusion she did well for 8 months.", State.PRESENT),
        ("L4-L5 fusion in 2023. Initially her pain improved.", State.PRESENT),
        ("The fusion never gave any relief.", State.ABSENT),
    ],
)
def test_whether_an_operation_helped_at_first(text: str, state: State) -> None:
    assert [fact.state for fact in found(f"HPI: Low back pain. {text}", "history.relief_after_surgery")] == [state]


def test_relief_by_an_injection_is_not_relief_by_an_operation() -> None:
    assert found("HPI: Fusion in 2023. Epidural injection helped for two months.", "history.relief_after_surgery") == []


def lasting(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """Days and limb of each pain that a history gives a length of time to."""
    return [
        (int(fact.duration.low.fewest_days), fact.quality("limb"))
        for fact in found(f"HPI: {text}", "symptom.lasting")
        if fact.duration is not None and fact.duration.low is not None
    ]


def test_a_pain_has_its_own_length() -> None:
    assert lasting("Right arm pain for 14 weeks.") == [(98, ("arm",))]
    assert lasting("Chronic low back pain for three years.") == [(1095, ())]


@pytest.mark.parametrize(
    "text",
    [
        "Right arm pain. Physical therapy for 14 weeks.",
        "No arm pain for 14 weeks.",
        "Her mother had arm pain for 14 weeks.",
    ],
)
def test_the_length_of_a_treatment_or_of_no_pain_is_not_that_of_a_pain(text: str) -> None:
    assert lasting(text) == []


@pytest.mark.parametrize(
    ("text", "concept", "state"),
    [
        ("PLAN: DEXA ordered.", "bone_density", State.PLANNED),
        ("PLAN: Declines DEXA.", "bone_density", State.DECLINED),
        ("PLAN: Risks, benefits and alternatives were discussed.", "shared_decision", State.DONE),
        ("PLAN: Will discuss risks and benefits next visit.", "shared_decision", State.PLANNED),
    ],
)
def test_a_step_of_care_is_taken_ordered_or_refused(text: str, concept: str, state: State) -> None:
    assert [fact.state for fact in found(f"HPI: Back pain.\n\n{text}", f"care.{concept}")] == [state]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("HPI: Anxiety is made worse by instability in her marriage.", "diagnosis.spinal_instability"),
        ("HPI: Low back pain. He was hospitalized three months ago for pneumonia.", "status.hospitalized"),
        ("PLAN: Risks of the surgery include bleeding, nonunion and vertebral fracture.", "imaging.pseudarthrosis"),
        ("PLAN: Risks of the surgery include bleeding, nonunion and vertebral fracture.", "fracture.vertebral"),
        ("PLAN: Risks and benefits of the epidural steroid injection were discussed.", "care.shared_decision"),
        ("HPI: She completed a home exercise program last year.", "care.rehabilitation"),
    ],
)
def test_what_only_sounds_alike_is_not_there_now(text: str, concept: str) -> None:
    assert not {fact.state for fact in found(text, concept)} & {State.PRESENT, State.DONE}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("HPI: Instability at L4-L5 on flexion films.", "diagnosis.spinal_instability"),
        ("HPI: Hospitalized since yesterday with back pain.", "status.hospitalized"),
        ("PLAN: Risks and benefits of the fusion were discussed.", "care.shared_decision"),
        ("PLAN: She continues a home exercise program.", "care.rehabilitation"),
    ],
)
def test_the_same_words_about_the_spine_now_count(text: str, concept: str) -> None:
    assert {fact.state for fact in found(text, concept)} & {State.PRESENT, State.DONE}


def test_of_a_width_and_a_height_neither_is_taken() -> None:
    assert found("IMAGING: MRI: disc protrusion measures 3 x 6 mm at L4-L5.", "measure.disc_protrusion") == []


@pytest.mark.parametrize(
    ("text", "concept", "state"),
    [
        (
            "HPI: Back pain. He remains completely independent in his ADLs.",
            "symptom.functional_limit",
            State.ABSENT,
        ),
        ("HPI: The back pain does not interfere with her quality of life.", "symptom.functional_limit", State.ABSENT),
        ("HPI: The back pain interferes with her quality of life.", "symptom.functional_limit", State.PRESENT),
        ("IMAGING: X-ray shows a lytic lesion of the femoral neck.", "diagnosis.lytic_metastasis", State.POSSIBLE),
        ("IMAGING: CT shows a lytic lesion at T9.", "diagnosis.lytic_metastasis", State.PRESENT),
        ("PLAN: Discuss a workup for multiple myeloma.", "diagnosis.myeloma", State.POSSIBLE),
    ],
)
def test_words_that_turn_a_finding_around(text: str, concept: str, state: State) -> None:
    assert {fact.state for fact in found(text, concept)} == {state}
