"""On which side, at which level and in which region a finding stands."""

import pytest

from support.readings import one, treated


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("Left leg pain.", "left"),
        ("Leg pain on the right.", "right"),
        ("Pain radiates down the right leg.", "right"),
        ("Bilateral leg pain.", "bilateral"),
        ("Pain in both legs.", "bilateral"),
    ],
)
def test_the_side(sentence: str, side: str) -> None:
    assert one(sentence, "symptom.limb_pain").quality("side") == (side,)


def test_no_side_is_made_up() -> None:
    assert one("Leg pain.", "symptom.limb_pain").quality("side") == ()


@pytest.mark.parametrize(
    ("sentence", "level", "region"),
    [
        ("L4-5 stenosis.", "L4-L5", "lumbar"),
        ("L4/L5 stenosis.", "L4-L5", "lumbar"),
        ("Stenosis at L5-S1.", "L5-S1", "lumbar"),
        ("C5-C6 stenosis.", "C5-C6", "cervical"),
    ],
)
def test_the_level_and_its_region(sentence: str, level: str, region: str) -> None:
    fact = one(sentence, "diagnosis.stenosis")
    assert (fact.quality("level"), fact.quality("region")) == ((level,), (region,))


@pytest.mark.parametrize(
    ("sentence", "side", "level", "region"),
    [
        ("Right L5 radiculopathy.", "right", "L5", "lumbar"),
        ("Left C6 radiculopathy.", "left", "C6", "cervical"),
        ("Right-sided sciatica at L5-S1.", "right", "L5-S1", "lumbar"),
    ],
)
def test_of_a_nerve_root(sentence: str, side: str, level: str, region: str) -> None:
    fact = one(sentence, "symptom.radicular")
    assert [fact.quality(name) for name in ("side", "level", "region")] == [(side,), (level,), (region,)]


def test_each_limb_keeps_its_side() -> None:
    text = "HPI: Left leg pain. Right L5 weakness."
    assert one(text, "symptom.limb_pain").quality("side") == ("left",)
    assert one(text, "sign.motor_weakness").quality("side") == ("right",)


@pytest.mark.parametrize(
    ("sentence", "region"),
    [
        ("Physical therapy for the neck for 8 weeks without relief.", "cervical"),
        ("Physical therapy for the low back for 8 weeks without relief.", "lumbar"),
        ("Physical therapy for the left shoulder for 8 weeks without relief.", "other"),
        ("His knee was treated with physical therapy for 8 weeks.", "other"),
    ],
)
def test_for_which_part_a_treatment_was_given(sentence: str, region: str) -> None:
    assert treated(sentence).quality("region") == (region,)


def test_a_treatment_in_a_note_about_a_knee_is_for_the_knee() -> None:
    note = "HPI: Knee pain. He completed physical therapy for 8 weeks without relief."
    assert one(note, "treatment.physical_therapy").quality("region") == ("other",)
