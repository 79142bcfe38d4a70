"""In which sense a sentence speaks of a thing: present, absent, planned, refused, only claimed, another person's."""

import pytest

from praxigen.model.fact import State, Who
from support.readings import found, one, treated


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("He has left leg pain.", State.PRESENT),
        ("He has no leg pain.", State.ABSENT),
        ("He has weakness but denies leg pain.", State.ABSENT),
        ("He is not having leg pain.", State.ABSENT),
        ("If his leg pain returns, we will order an MRI.", State.HYPOTHETICAL),
        ("Return if leg pain develops.", State.HYPOTHETICAL),
        ("Risks include leg pain.", State.HYPOTHETICAL),
        ("[x] Leg pain", State.PRESENT),
    ],
)
def test_of_a_symptom(sentence: str, state: State) -> None:
    assert one(sentence, "symptom.limb_pain").state is state


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("No evidence of myelopathy.", State.ABSENT),
        ("Without myelopathy.", State.ABSENT),
        ("Myelopathy absent.", State.ABSENT),
        ("He has no history of myelopathy.", State.ABSENT),
        ("Concern for myelopathy.", State.POSSIBLE),
        ("Possible myelopathy.", State.POSSIBLE),
        ("Rule out myelopathy.", State.POSSIBLE),
        ("Myelopathy is suspected.", State.POSSIBLE),
        ("Myelopathy was ruled out.", State.ABSENT),
    ],
)
def test_of_a_diagnosis(sentence: str, state: State) -> None:
    assert one(sentence, "diagnosis.myelopathy").state is state


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("He completed physical therapy.", State.DONE),
        ("He has not had physical therapy.", State.ABSENT),
        ("Will start physical therapy.", State.PLANNED),
        ("Referred to physical therapy.", State.PLANNED),
        ("He is scheduled for physical therapy.", State.PLANNED),
        ("Physical therapy was recommended.", State.PLANNED),
        ("Physical therapy was discussed.", State.PLANNED),
        ("Physical therapy pending insurance approval.", State.PLANNED),
        ("He declined physical therapy.", State.DECLINED),
        ("He would like to avoid physical therapy.", State.DECLINED),
        ("Physical therapy was denied by insurance.", State.DENIED),
        ("If pain persists, we will consider physical therapy.", State.HYPOTHETICAL),
    ],
)
def test_of_a_treatment(sentence: str, state: State) -> None:
    assert treated(sentence).state is state


def test_what_was_offered_and_declined_is_declined() -> None:
    sentence = "An epidural steroid injection was offered but he declined."
    assert treated(sentence, "epidural_injection").state is State.DECLINED


def test_a_plan_governs_the_verb_that_would_say_that_it_happened() -> None:
    assert treated("Going to start him on naproxen.", "nsaid").state is State.PLANNED


@pytest.mark.parametrize("therapy", ["physical therapy", "chiropractic care", "injections"])
def test_a_list_is_denied_as_a_whole(therapy: str) -> None:
    text = "HPI: Low back pain. No physical therapy, chiropractic care or injections."
    concept = {"physical therapy": "physical_therapy", "chiropractic care": "chiropractic", "injections": "injection"}
    assert one(text, f"treatment.{concept[therapy]}").state is State.ABSENT


def test_but_ends_a_denial() -> None:
    text = "He has no leg pain but has back pain."
    assert one(text, "symptom.limb_pain").state is State.ABSENT
    assert one(text, "symptom.axial_pain").state is State.PRESENT


def test_a_semicolon_ends_a_denial() -> None:
    assert one("No fever; leg pain on the left.", "symptom.limb_pain").state is State.PRESENT


def test_a_denial_inside_a_phrase_denies_it() -> None:
    assert one("Pain without radiation into the leg.", "symptom.radicular").state is State.ABSENT


@pytest.mark.parametrize(
    "sentence", ["All criteria are met for physical therapy.", "Criteria met: failed six weeks of physical therapy."]
)
def test_what_is_only_claimed_is_no_evidence(sentence: str) -> None:
    assert treated(sentence).state is State.CLAIMED


@pytest.mark.parametrize(
    ("note", "state"),
    [
        ("PLAN: Physical therapy for six weeks.", State.PLANNED),
        ("PATIENT EDUCATION: Physical therapy for six weeks can help low back pain.", State.HYPOTHETICAL),
        ("CONSENT: Physical therapy for six weeks.", State.HYPOTHETICAL),
        ("PRIOR TREATMENT: Physical therapy for six weeks.", State.DONE),
    ],
)
def test_a_bare_mention_means_what_its_section_says(note: str, state: State) -> None:
    assert one(note, "treatment.physical_therapy").state is state


@pytest.mark.parametrize(("line", "state"), [("Stop naproxen.", State.DONE), ("Continue naproxen.", State.PLANNED)])
def test_what_a_plan_stops_was_given(line: str, state: State) -> None:
    assert one(f"PLAN: {line}", "treatment.nsaid").state is state


def test_an_allergy_is_no_treatment() -> None:
    assert found("ALLERGIES: Naproxen.", "treatment.nsaid") == []


@pytest.mark.parametrize(
    ("sentence", "concept"),
    [
        ("Her mother had sciatica.", "symptom.radicular"),
        ("Sister has lumbar stenosis.", "diagnosis.stenosis"),
        ("The patient's father has spinal stenosis.", "diagnosis.stenosis"),
        ("Her husband had physical therapy for eight weeks.", "treatment.physical_therapy"),
        ("FAMILY HISTORY: Lumbar stenosis.", "diagnosis.stenosis"),
    ],
)
def test_another_person_is_not_the_patient(sentence: str, concept: str) -> None:
    assert one(sentence, concept).who is Who.OTHER


@pytest.mark.parametrize(
    "sentence",
    [
        "The patient's father has spinal stenosis. The patient has left leg pain.",
        "Mother has sciatica; patient has left leg pain.",
        "His mother drove him because of his left leg pain.",
    ],
)
def test_the_patient_beside_another_person_is_the_patient(sentence: str) -> None:
    assert one(sentence, "symptom.limb_pain").who is Who.PATIENT
