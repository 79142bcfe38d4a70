"""Words that look like a finding or a treatment of the spine and are something else."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact, State

OPENING = "Low back pain with lumbar radiculopathy.\n\n"


def found(words: str, concept: str) -> list[Fact]:
    """The facts of one concept in a spine note with these words."""
    facts = find_facts(Document("note", OPENING + words))
    return [f for f in facts if f.concept == concept and f.quote.start >= len(OPENING)]


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("He had eight weeks of physical therapy for his ankle fracture.", "treatment.physical_therapy"),
        ("Gabapentin for shingles without relief.", "treatment.anticonvulsant"),
    ],
)
def test_a_treatment_for_another_disease_is_not_for_the_spine(words: str, concept: str) -> None:
    assert [fact.quality("region") for fact in found(words, concept)] == [("other",)]


def test_therapy_for_a_compression_fracture_of_the_spine_is_for_the_spine() -> None:
    facts = found("He had physical therapy for his lumbar compression fracture.", "treatment.physical_therapy")
    assert [fact.quality("region") == ("other",) for fact in facts] == [False]


@pytest.mark.parametrize(
    ("words", "concept", "state"),
    [
        ("MRI came back negative, but he has radiating symptoms into the leg.", "symptom.radicular", State.PRESENT),
        ("The MRI came back negative.", "imaging.study", State.DONE),
        ("MRI of the lumbar spine was not done.", "imaging.study", State.ABSENT),
        ("I have recommended that we obtain an MRI as he did not go.", "imaging.study", State.PLANNED),
        ("Urinary retention since May, due to prostate enlargement.", "redflag.bowel_bladder", State.POSSIBLE),
        ("EXAM: Poor rectal tone. stool guaiac negative.", "redflag.bowel_bladder", State.PRESENT),
        ("EXAM: Sensory level is at the C4 dermatome.", "sign.sensory_level", State.PRESENT),
        ("EXAM: No sensory level.", "sign.sensory_level", State.ABSENT),
        ("MRI: minor stenosis of an intracranial artery.", "diagnosis.stenosis", State.POSSIBLE),
        ("EXAM: Grip is 4/5 on the left.", "sign.motor_weakness", State.PRESENT),
        ("Plan: Microdiscectomy L5-S1 on 05/30/2024 as authorized 05/09.", "plan.spine_surgery", State.PLANNED),
        ("No operation has ever been performed on his spine.", "history.spine_surgery", State.ABSENT),
    ],
)
def test_the_state_is_what_the_sentence_says(words: str, concept: str, state: State) -> None:
    facts = found(words, concept)
    assert facts
    assert {fact.state for fact in facts} == {state}


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("EXAM: Lungs: CTA bilaterally.", "imaging.study"),
        ("MRI showed epidural lipomatosis and epidural veins.", "treatment.epidural_injection"),
        ("MEDICATIONS: Lidoderm and pain patches.", "treatment.opioid"),
        ("He moved to Oregon three months ago.", "symptom.onset"),
        ("CTA neck: minor extracranial stenosis.", "imaging.compression"),
    ],
)
def test_no_fact_comes_from_a_word_of_another_meaning(words: str, concept: str) -> None:
    assert found(words, concept) == []


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Smokes 1 ppd.", State.PRESENT),
        ("Does not smoke.", State.ABSENT),
        ("Nonsmoker.", State.ABSENT),
        ("Denies smoking.", State.ABSENT),
        ("Former smoker.", State.PAST),
        ("Quit smoking in 2019.", State.PAST),
        ("Rare cigarette use.", State.PRESENT),
    ],
)
def test_nicotine_is_used_was_used_or_is_not_used(words: str, state: State) -> None:
    assert {fact.state for fact in found(f"SOCIAL HISTORY: {words}", "tobacco.use")} == {state}


def test_a_side_that_is_only_worse_does_not_make_it_one_sided() -> None:
    facts = found("MRI: bilateral foraminal stenosis at C6-7 (left greater than right).", "imaging.compression")
    assert {fact.quality("side") for fact in facts} == {("bilateral",)}


@pytest.mark.parametrize("words", ["non-compressive disc bulge at L3-4", "noncompressive disc bulge at L3-4"])
def test_the_prefix_non_turns_one_word_around_and_not_the_finding(words: str) -> None:
    assert {fact.state for fact in found(f"MRI: {words}.", "imaging.disc")} == {State.PRESENT}


def test_pain_after_an_operation_may_name_no_part_of_the_body() -> None:
    told = "She is status post lumbar decompression. The patient reports greatly increasing pain."
    facts = find_facts(Document("note", told))
    assert [f.rule for f in facts if f.concept == "history.pain_after_surgery"] == ["aftermath.unnamed"]


def test_no_increasing_pain_after_an_operation_is_no_pain_after_it() -> None:
    told = "She is status post lumbar decompression. The patient denies persistent pain."
    assert [f for f in find_facts(Document("note", told)) if f.concept == "history.pain_after_surgery"] == []
