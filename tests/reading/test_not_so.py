"""What a note denies, leaves open, has seen go, or says of another thing is not what it states."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.amount import Unit
from praxigen.model.fact import State

OPENING = "Low back pain with lumbar radiculopathy.\n\n"


def states(words: str, concept: str) -> set[State]:
    """The states that these words give to a concept in a spine note."""
    facts = find_facts(Document("note", OPENING + words))
    return {f.state for f in facts if f.concept == concept and f.quote.start >= len(OPENING)}


@pytest.mark.parametrize("answer", [": no", " - no.", ": None", ": N", ": denies"])
def test_a_form_that_answers_no_says_no(answer: str) -> None:
    assert states(f"Myelopathy{answer}", "diagnosis.myelopathy") == {State.ABSENT}


def test_no_that_begins_a_sentence_is_no_answer() -> None:
    assert states("Myelopathy: no change since May", "diagnosis.myelopathy") != {State.ABSENT}


def test_a_choice_that_nobody_made_says_nothing() -> None:
    assert states("Left leg pain: Yes / No", "symptom.limb_pain") == {State.HYPOTHETICAL}


@pytest.mark.parametrize(
    "words", ["Leg pain is denied.", "Leg pain resolved after injection.", "Leg pain, now resolved."]
)
def test_a_symptom_that_is_denied_or_gone_is_absent(words: str) -> None:
    assert states(words, "symptom.limb_pain") == {State.ABSENT}


@pytest.mark.parametrize(
    "words",
    ["Leg pain has not resolved.", "Leg pain never resolved.", "Leg pain was gone for a year and has returned."],
)
def test_a_symptom_that_stayed_or_came_back_is_present(words: str) -> None:
    assert states(words, "symptom.limb_pain") == {State.PRESENT}


@pytest.mark.parametrize(
    ("words", "concept", "state"),
    [
        ("Foot drop in 2018, fully resolved.", "sign.motor_weakness", State.PAST),
        ("Consider failed back surgery syndrome.", "diagnosis.fbss", State.POSSIBLE),
        ("Painful diabetic neuropathy with burning feet pain.", "symptom.neuropathic_pain", State.POSSIBLE),
        ("Psychologist cleared him for bariatric surgery.", "evaluation.psychological", State.POSSIBLE),
        ("Psychologist cleared him for the implant.", "evaluation.psychological", State.DONE),
    ],
)
def test_past_possible_and_other_things_are_told_apart(words: str, concept: str, state: State) -> None:
    assert states(words, concept) == {state}


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("Surgery is not ruled out.", "plan.spine_surgery"),
        ("Denies failed back surgery syndrome.", "history.spine_surgery"),
        ("Consider failed back surgery syndrome.", "history.spine_surgery"),
        ("Lumbar fusion was discussed in 2024 but not done.", "history.spine_fusion"),
    ],
)
def test_these_words_tell_of_no_operation(words: str, concept: str) -> None:
    assert states(words, concept) == set()


@pytest.mark.parametrize(
    ("words", "weeks"),
    [
        ("He completed physical therapy for 8 weeks and chiropractic care for 3 weeks.", {"physical": 8, "chiro": 3}),
        ("He completed physical therapy for 3 weeks and chiropractic care for 8 weeks.", {"physical": 3, "chiro": 8}),
        ("He tried physical therapy for 7 weeks, chiropractic care for 2 weeks.", {"physical": 7, "chiro": 2}),
    ],
)
def test_each_treatment_has_its_own_length(words: str, weeks: dict[str, int]) -> None:
    facts = find_facts(Document("note", OPENING + words))
    for name, expected in weeks.items():
        lasted = [f.duration for f in facts if f.concept.startswith(f"treatment.{name}")]
        assert [(d.low.number, d.low.unit) for d in lasted if d is not None and d.low is not None] == [
            (expected, Unit.WEEK)
        ]


def test_the_length_of_the_relief_is_not_the_length_of_the_treatment() -> None:
    facts = find_facts(Document("note", OPENING + "He had relief for two weeks after an epidural steroid injection."))
    assert [f.duration for f in facts if f.concept == "treatment.epidural_injection"] == [None]


def test_the_quote_of_a_trial_shows_its_length_and_its_relief() -> None:
    told = "The stimulator trial was successful with at least 50% improvement in pain, leads in for 24 hours."
    quotes = [f.quote.text for f in find_facts(Document("note", OPENING + told)) if f.concept == "trial.scs"]
    assert quotes == [told]


def test_a_red_flag_belongs_to_the_part_of_the_spine_that_the_note_is_about() -> None:
    facts = find_facts(Document("note", OPENING + "New urinary retention since Monday."))
    assert [f.quality("region") for f in facts if f.concept == "redflag.bowel_bladder"] == [("lumbar",)]


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("EXAM: Pinprick sensation decreased in a stocking distribution.", "sign.sensory_loss"),
        ("EXAM: Non-anatomic sensory loss of the entire left leg.", "sign.sensory_loss"),
        ("EXAM: Ankle reflexes absent bilaterally.", "sign.reflex_change"),
    ],
)
def test_a_loss_that_follows_no_root_is_only_possible(words: str, concept: str) -> None:
    assert states(words, concept) == {State.POSSIBLE}


def test_a_sentence_that_is_taken_back_is_no_evidence_even_in_quotation_marks() -> None:
    told = 'I wrote: "She failed eight weeks of physical therapy." That sentence was wrong.'
    assert states(told, "treatment.physical_therapy") <= {State.HYPOTHETICAL}


def test_the_percent_of_a_disability_is_no_relief() -> None:
    told = "Stimulator trial done. He asks about disability paperwork (wants an increase from 70% to 100%)."
    facts = find_facts(Document("note", OPENING + told))
    assert [f.quantity for f in facts if f.concept == "trial.scs" and f.quantity is not None] == []


def test_therapy_for_the_arthritis_of_a_knee_is_not_for_the_spine() -> None:
    facts = find_facts(Document("note", OPENING + "Left knee OA: did 10 weeks of physical therapy without relief."))
    assert [f.quality("region") for f in facts if f.concept == "treatment.physical_therapy"] == [("other",)]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("EXAM: 4+/5 in the deltoids, biceps, triceps, wrist flexors, wrist extensors and grip.", State.POSSIBLE),
        ("EXAM: 3/5 in the deltoids, biceps, triceps, wrist flexors, wrist extensors and grip.", State.PRESENT),
        ("EXAM: 4+/5 in the left EHL and tibialis anterior.", State.PRESENT),
    ],
)
def test_a_slight_grade_for_a_whole_limb_points_to_no_root(words: str, state: State) -> None:
    assert states(words, "sign.motor_weakness") == {state}


def test_an_examination_with_a_doubtful_sign_is_not_called_normal() -> None:
    words = "EXAM: 4+/5 in deltoids, biceps, triceps, wrist flexors and grip. Sensation intact. DTRs 2+."
    assert states(words, "sign.normal_examination") == set()


@pytest.mark.parametrize(
    ("words", "concept", "state"),
    [
        ("EXAM: No ankle clonus is elicited.", "sign.clonus", State.ABSENT),
        ("EXAM: Ankle clonus is elicited.", "sign.clonus", State.PRESENT),
        ("EXAM: No sustained clonus was elicited.", "sign.clonus", State.ABSENT),
        ("She feels that her activities of daily living are increased.", "symptom.functional_limit", State.POSSIBLE),
        ("The pain limits her activities of daily living.", "symptom.functional_limit", State.PRESENT),
        ("Her activities of daily living are limited.", "symptom.functional_limit", State.PRESENT),
        ("EXAM: Dystonia of the right foot.", "crps.motor_trophic", State.PRESENT),
    ],
)
def test_the_verb_after_a_name_does_not_undo_the_no_before_it(words: str, concept: str, state: State) -> None:
    assert states(words, concept) == {state}


def test_dystonia_of_the_neck_is_no_sign_of_a_painful_limb() -> None:
    assert states("DIAGNOSES: Cervical dystonia.", "crps.motor_trophic") == set()


def test_a_narrow_foramen_is_no_narrow_canal() -> None:
    words = "MRI of the cervical spine 5/19/2026 shows {} at C4-C5."
    places = {
        each: [
            fact.quality("place")
            for fact in find_facts(Document("note", words.format(each)))
            if fact.concept == "imaging.compression"
        ]
        for each in ("foraminal narrowing", "narrowing of the foramen", "central stenosis", "narrowing of the canal")
    }
    foramen, other = [("foramen",)], [()]
    assert list(places.values()) == [foramen, foramen, other, other]
