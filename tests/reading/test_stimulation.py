"""What Medicare asks of a stimulator chart: pairs of sentences that differ in the one thing that matters."""

from __future__ import annotations

from fractions import Fraction

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact, State, Who

OPENING = "Low back pain with lumbar radiculopathy.\n\n"


def told(words: str, concept: str) -> list[Fact]:
    """The facts of one concept that these words give in a spine note."""
    facts = find_facts(Document("note", OPENING + words))
    return [f for f in facts if f.concept == concept and f.quote.start >= len(OPENING)]


def states(words: str, concept: str) -> set[tuple[State, Who]]:
    """In which states, and of whom, these words speak of a concept."""
    return {(f.state, f.who) for f in told(words, concept)}


def of_patient(state: State) -> set[tuple[State, Who]]:
    return {(state, Who.PATIENT)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("HPI: He has chronic intractable low back and left leg pain.", of_patient(State.PRESENT)),
        ("HPI: The pain has become refractory to conservative treatment.", of_patient(State.PRESENT)),
        ("HPI: LBP and leg pain x 7 years, intractable despite maximal treatment.", of_patient(State.PRESENT)),
        ("HPI: Her mother has chronic intractable back pain.", {(State.PRESENT, Who.OTHER)}),
        ("HPI: There is no intractable pain.", of_patient(State.ABSENT)),
        ("HPI: Intractable nausea and vomiting since Monday.", set()),
        ("HPI: Moderate low back pain.", set()),
        ("PLAN: If the pain becomes intractable, we will consider stimulation.", of_patient(State.HYPOTHETICAL)),
    ],
)
def test_intractable_pain_is_what_the_note_says_of_the_patient_now(
    words: str, expected: set[tuple[State, Who]]
) -> None:
    assert states(words, "intractable_pain") == expected


@pytest.mark.parametrize(
    ("words", "low"),
    [
        ("HPI: Low back pain for 16 weeks.", "16 weeks"),
        ("HPI: LBP x 10 weeks.", "10 weeks"),
        ("HPI: 67 yo F with LBP x 2 years.", "2 years"),
        ("HPI: She has had low back pain for over 4 months.", "4 months"),
        ("HPI: Chronic low back pain for 6 years.", "6 years"),
        ("HPI: Low back pain for 5 years, no leg pain.", "5 years"),
        ("HPI: Low back pain. Physical therapy for 16 weeks.", None),
        ("HPI: His father had low back pain for 20 years.", None),
        ("HPI: He had low back pain for two years, which resolved.", None),
        ("HPI: Low back pain. She has worked here for 12 years.", None),
    ],
)
def test_how_long_the_pain_has_lasted(words: str, low: str | None) -> None:
    lengths = [str(f.duration.low) for f in told(words, "pain.course") if f.duration]
    assert lengths == ([low] if low else [])


def test_the_pain_of_another_region_keeps_its_own_length() -> None:
    facts = told("HPI: Neck pain for 3 years. Low back pain for two weeks.", "pain.course")
    assert [(f.quality("region"), str(f.duration.low)) for f in facts if f.duration] == [
        (("cervical",), "3 years"),
        (("lumbar",), "2 weeks"),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("SOCIAL HISTORY: Denies illicit drug use.", of_patient(State.ABSENT)),
        ("SOCIAL HISTORY: Drugs: denies.", of_patient(State.ABSENT)),
        ("SOCIAL HISTORY: Illicit drugs: None at present.", of_patient(State.ABSENT)),
        ("SOCIAL HISTORY: ETOH abuse in past.", of_patient(State.PAST)),
        ("PSYCHOLOGY: There is no evidence of active substance abuse.", of_patient(State.ABSENT)),
        (
            "SOCIAL HISTORY: History of illicit drug use, but denies IV drug use.",
            {*of_patient(State.PAST), *of_patient(State.ABSENT)},
        ),
        ("SOCIAL HISTORY: Uses cocaine on weekends.", of_patient(State.PRESENT)),
        ("Urine drug screen positive for methamphetamine.", of_patient(State.PRESENT)),
        ("ASSESSMENT: Active opioid use disorder.", of_patient(State.PRESENT)),
        ("SOCIAL HISTORY: History of alcohol abuse.", of_patient(State.PAST)),
        ("FAMILY HISTORY: Brother with substance abuse.", {(State.PRESENT, Who.OTHER)}),
        ("PLAN: She was screened for substance abuse.", set()),
        ("PLAN: Counseled on the risk of opioid abuse.", set()),
    ],
)
def test_substance_abuse_is_active_past_denied_or_not_stated(words: str, expected: set[tuple[State, Who]]) -> None:
    assert states(words, "substance.abuse") == expected


@pytest.mark.parametrize(
    ("words", "substance"),
    [
        ("SOCIAL HISTORY: Denies substance abuse.", "any"),
        ("SOCIAL HISTORY: No illicit drugs.", "drugs"),
        ("SOCIAL HISTORY: Denies alcohol, tobacco or illicit drug use.", "any"),
        ("SOCIAL HISTORY: Alcohol: rarely. Illicit drugs: none.", "any"),
        ("SOCIAL HISTORY: EtOH rare. Denies illicits.", "any"),
        ("SOCIAL HISTORY: Alcohol: six beers daily. No illicit drugs.", "drugs"),
        ("SOCIAL HISTORY: Denies IV drug use.", "one"),
        ("SOCIAL HISTORY: She does not smoke, drink, or use street drugs.", "any"),
        ("SOCIAL HISTORY: He denies illicit drug use and drinks two to three alcoholic beverages a day.", "drugs"),
    ],
)
def test_a_denial_reaches_as_far_as_it_says(words: str, substance: str) -> None:
    assert {f.quality("substance") for f in told(words, "substance.abuse")} == {(substance,)}


def test_past_abuse_is_over_only_where_the_note_says_so() -> None:
    sober = told("SOCIAL HISTORY: History of opioid use disorder in sustained remission since 2018.", "substance.abuse")
    unsaid = told("SOCIAL HISTORY: History of opioid use disorder.", "substance.abuse")
    assert [f.quality("remission") for f in (*sober, *unsaid)] == [("yes",), ()]


@pytest.mark.parametrize(
    ("words", "talked"),
    [
        ("PLAN: We discussed the risks and benefits of spinal cord stimulation at length.", True),
        ("PLAN: Stimulator trial. Risks, benefits and alternatives were reviewed and she wishes to proceed.", True),
        ("PLAN: Discussed r/b/a of SCS at length.", True),
        ("PLAN: Will discuss r/b/a of SCS.", False),
        ("PLAN: Risks and benefits of spinal cord stimulation will be discussed at the next visit.", False),
        ("PLAN: We have not discussed the risks and benefits of spinal cord stimulation.", False),
        ("PLAN: Stimulator trial. Risks and benefits of the epidural steroid injection were reviewed.", False),
        ("PLAN: Continue tramadol. Risks and benefits of opioids discussed.", False),
        ("PLAN: Risks and benefits of spinal cord stimulation are discussed with every patient.", False),
        ("CONSENT: I understand the risks and benefits of spinal cord stimulation.", False),
    ],
)
def test_a_talk_about_stimulation_took_place_or_not(words: str, talked: bool) -> None:
    assert states(words, "counseling.stimulation") == (of_patient(State.DONE) if talked else set())


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("HPI: Her case was reviewed at our multidisciplinary pain conference.", State.DONE),
        ("HPI: He was evaluated by a multidisciplinary team of psychology and pain medicine.", State.DONE),
        ("PLAN: Multidisciplinary review done 6/10/2026, in agreement.", State.DONE),
        ("PLAN: Multidisciplinary review to be done.", State.PLANNED),
        ("PLAN: Refer to the multidisciplinary pain team.", State.PLANNED),
        ("HPI: He has not been seen by a multidisciplinary team.", State.ABSENT),
    ],
)
def test_a_team_has_screened_or_is_to_screen(words: str, state: State) -> None:
    assert states(words, "evaluation.multidisciplinary") == of_patient(state)


@pytest.mark.parametrize(
    ("words", "examined"),
    [
        ("EXAM: Tenderness over L4-5. Strength 5/5.", True),
        ("HPI: On physical examination the straight leg raise is positive on the left.", True),
        ("EXAM: Deferred, telehealth visit.", False),
        ("PLAN: Physical examination of gait at the next visit.", False),
    ],
)
def test_the_patient_was_examined_or_not(words: str, examined: bool) -> None:
    assert states(words, "evaluation.physical") == (of_patient(State.DONE) if examined else set())


@pytest.mark.parametrize(
    ("words", "unsuitable"),
    [
        ("HPI: NSAIDs are contraindicated because of kidney disease.", True),
        ("HPI: He is not a candidate for physical therapy because of heart failure.", True),
        ("HPI: There are no contraindications to physical therapy.", False),
        ("HPI: She declined physical therapy.", False),
        ("PLAN: If gabapentin is contraindicated, duloxetine.", False),
    ],
)
def test_a_treatment_was_judged_unsuitable_or_only_not_done(words: str, unsuitable: bool) -> None:
    assert states(words, "treatment.unsuitable") == (of_patient(State.PRESENT) if unsuitable else set())


@pytest.mark.parametrize(
    ("words", "outcomes"),
    [
        ("TRIAL: During the stimulator trial she could walk for 40 minutes instead of 5.", [("good",)]),
        ("TRIAL: Stimulator trial gave 60% relief. Function did not improve.", [("none",)]),
        ("TRIAL: Stimulator trial gave 60% relief. No improvement in activity.", [("none",)]),
        ("HPI: The stimulator trial ran from 9/8 to 9/15. Walking went from one block to a mile.", [("good",)]),
        ("HPI: Stimulator trial last week. She could do her shopping again.", [("good",)]),
        ("HPI: Stimulator trial was recommended last week. She could do her shopping again.", []),
        ("TRIAL: Stimulator trial gave 60% relief.", []),
        ("PLAN: Stimulator trial. The goal is improved function.", []),
        ("HPI: She completed a stimulator trial. Physical therapy improved her walking.", []),
        ("HPI: Stimulator trial is scheduled. Walking is better with a brace.", []),
    ],
)
def test_what_a_trial_did_for_function(words: str, outcomes: list[tuple[str, ...]]) -> None:
    assert [f.quality("outcome") for f in told(words, "trial.function")] == outcomes


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("TRIAL: During the stimulator trial oxycodone fell from 60 MME to 15 MME.", 75),
        ("TRIAL: During the stimulator trial he cut his hydrocodone in half.", 50),
        ("TRIAL: During the stimulator trial there was a 60% reduction in opioid use.", 60),
        ("TRIAL: During the stimulator trial opioid intake fell by a third.", 33),
        ("TRIAL: During the stimulator trial Norco use went down from 4/d to 1/d.", 75),
        ("TRIAL: During the stimulator trial she cut her tramadol use by more than half.", 50),
        ("TRIAL: During the stimulator trial she stopped all opioids.", 100),
        ("TRIAL: During the stimulator trial opioid use was unchanged.", 0),
        ("TRIAL: During the stimulator trial she stopped opioids but still took tramadol.", None),
        ("PLAN: Stimulator trial. We expect opioid use to fall by 50%.", None),
        ("TRIAL: The stimulator trial gave a 60% reduction in pain.", None),
        ("HPI: Stimulator trial was done. PT helped her walking. Gabapentin was reduced by 50%.", None),
        ("HPI: Stimulator trial was done. Gabapentin was reduced by 50% due to side effects.", None),
    ],
)
def test_by_how_much_medicine_fell_during_a_trial(words: str, percent: int | None) -> None:
    amounts = [f.quantity.low for f in told(words, "trial.analgesic_reduction") if f.quantity]
    assert amounts == ([] if percent is None else [Fraction(percent)])


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("TRIAL: The stimulator trial gave a 60% reduction in pain.", 60),
        ("TRIAL: The stimulator trial cut her pain in half.", 50),
        ("TRIAL: During the stimulator trial there was a 60% reduction in opioid use.", None),
        ("TRIAL: During the stimulator trial there was a 60% reduction in pain medication.", None),
        ("TRIAL: During the stimulator trial analgesics were reduced by 60%.", None),
        ("TRIAL: During the stimulator trial he cut his hydrocodone in half.", None),
        ("TRIAL: The stimulator trial gave 70% improvement in function.", None),
    ],
)
def test_less_medicine_is_not_less_pain(words: str, percent: int | None) -> None:
    amounts = [f.quantity.low for f in told(words, "trial.scs") if f.quantity]
    assert amounts == ([] if percent is None else [Fraction(percent)])


@pytest.mark.parametrize(
    ("words", "concept", "state"),
    [
        ("PLAN: Third spinal cord stimulator trial.", "plan.third_scs_trial", State.PLANNED),
        ("PLAN: Implant with three percutaneous leads.", "plan.many_leads", State.PLANNED),
        ("PLAN: In-office stimulator trial.", "plan.office_setting", State.PLANNED),
        ("HPI: Prostate cancer with vertebral mets.", "diagnosis.metastatic", State.PRESENT),
        ("HPI: No metastatic disease.", "diagnosis.metastatic", State.ABSENT),
        ("HPI: She is not pregnant.", "diagnosis.pregnancy", State.ABSENT),
        ("HPI: She is pregnant.", "diagnosis.pregnancy", State.PRESENT),
        ("HPI: Rule out ankylosing spondylitis.", "diagnosis.inflammatory_pain_cause", State.POSSIBLE),
    ],
)
def test_the_words_of_exclusions(words: str, concept: str, state: State) -> None:
    assert states(words, concept) == of_patient(state)


def test_two_leads_are_no_excess() -> None:
    assert told("PLAN: Trial with two percutaneous leads, 16 contacts.", "plan.many_leads") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("HPI: Her spinal cord stimulator has worked well since 2018.", of_patient(State.PRESENT)),
        ("HPI: Stimulator placed in 2017. It gives her 70% relief.", of_patient(State.PRESENT)),
        (
            "HPI: Stimulator placed in 2017. It worked well until May, when it stopped helping.",
            of_patient(State.PRESENT),
        ),
        ("HPI: Stimulator placed in 2016. Has had excellent pain relief with the device.", of_patient(State.PRESENT)),
        ("HPI: The stimulator never helped.", of_patient(State.ABSENT)),
        ("HPI: Stimulator placed in 2017. She hopes that a new one will control her pain.", set()),
        ("HPI: The stimulator trial worked well.", set()),
        ("HPI: Stimulator placed in 2017. Gabapentin worked well.", set()),
    ],
)
def test_an_implanted_stimulator_has_worked_well_or_not(words: str, expected: set[tuple[State, Who]]) -> None:
    assert states(words, "device.benefit") == expected


def test_what_is_unsuitable_keeps_its_kind() -> None:
    facts = told(
        "HPI: NSAIDs are contraindicated. She is not a candidate for physical therapy.", "treatment.unsuitable"
    )
    assert [f.quality("modality") for f in facts] == [("drug",), ("physical",)]


@pytest.mark.parametrize(
    ("words", "concept", "expected"),
    [
        ("PLAN: Spinal cord stimulator for spasticity.", "plan.stimulation_for_motor", of_patient(State.PLANNED)),
        ("PLAN: Baclofen for spasticity. Stimulator for pain.", "plan.stimulation_for_motor", set()),
        ("PLAN: Trial of TENS.", "plan.tens_trial", of_patient(State.PLANNED)),
        ("PLAN: TENS unit.", "plan.tens_trial", set()),
        ("HPI: Acute postoperative pain after fusion.", "pain.postoperative", of_patient(State.PRESENT)),
        ("HPI: He fears postoperative pain.", "pain.postoperative", of_patient(State.POSSIBLE)),
        ("HPI: No postoperative pain.", "pain.postoperative", of_patient(State.ABSENT)),
        ("HPI: Adhesive dermatitis with every electrode.", "electrodes.skin", of_patient(State.PRESENT)),
        ("HPI: No adhesive allergy.", "electrodes.skin", of_patient(State.ABSENT)),
        ("HPI: The nerve supply is intact.", "nerve.supply_intact", of_patient(State.PRESENT)),
        ("PLAN: Conductive garment for TENS.", "plan.conductive_garment", of_patient(State.PLANNED)),
        (
            "PLAN: Conductive garment was considered but not ordered.",
            "plan.conductive_garment",
            of_patient(State.ABSENT),
        ),
        ("HPI: PENS over three weeks gave good relief.", "treatment.pens", of_patient(State.DONE)),
        ("PLAN: PENS for three weeks.", "treatment.pens", of_patient(State.PLANNED)),
        ("HPI: The generator has reached end of life.", "device.end_of_life", of_patient(State.PRESENT)),
        ("HPI: The generator is not at end of life.", "device.end_of_life", set()),
    ],
)
def test_the_words_of_other_stimulation(words: str, concept: str, expected: set[tuple[State, Who]]) -> None:
    assert states(words, concept) == expected


def test_a_gain_and_no_gain_in_one_chart_contradict_each_other() -> None:
    facts = told(
        "TRIAL: During the stimulator trial she was walking farther. No change in walking by step counter.",
        "trial.function",
    )
    assert [f.state for f in facts] == [State.DONE, State.ABSENT]


@pytest.mark.parametrize("words", ["HPI: He was on chronic pain medications.", "HPI: Seen at the chronic pain clinic."])
def test_chronic_pain_in_the_name_of_something_else_is_no_pain(words: str) -> None:
    assert states(words, "pain.chronic") == set()


@pytest.mark.parametrize(
    ("words", "outcomes"),
    [
        ("PSYCHOLOGY: Evaluated by Dr. Kim, PsyD. Cleared for the trial.", {("cleared",)}),
        ("PSYCHOLOGY: Psychological evaluation pending. If cleared, proceed with the trial.", set()),
        ("PSYCHOLOGY: Once cleared, she may proceed with the trial.", set()),
    ],
)
def test_a_clearance_that_is_a_condition_is_none(words: str, outcomes: set[tuple[str, ...]]) -> None:
    facts = told(words, "evaluation.psychological")
    assert {f.quality("outcome") for f in facts if f.state is State.DONE and f.quality("outcome")} == outcomes
