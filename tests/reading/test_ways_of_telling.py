"""Ways in which notes tell what other notes tell in one sentence: headings, lists, passives, stories, other places."""

from __future__ import annotations

from fractions import Fraction

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact, State, Who


def facts(note: str, concept: str) -> list[Fact]:
    return [fact for fact in find_facts(Document("n", note)) if fact.concept == concept or concept in fact.kinds]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("## Past Surgical History", "past_surgical"),
        ("**Past Surgical History**", "past_surgical"),
        ("**Past Surgical History:**", "past_surgical"),
        ("### History of Present Illness", "history"),
    ],
)
def test_headings_in_markdown(title: str, kind: str) -> None:
    (fact,) = facts(f"## Family History\nNothing.\n\n{title}\nL4-5 laminectomy 2019.\n", "history.spine_surgery")
    assert fact.section == kind


@pytest.mark.parametrize("title", ["FHX/SHX", "Family and Social History", "FH/SH"])
def test_a_heading_of_family_and_habits_is_read_sentence_by_sentence(title: str) -> None:
    note = f"HPI: Low back pain.\n{title}: Mother with sciatica. Patient smokes 1 ppd.\n"
    assert {fact.who for fact in facts(note, "tobacco.use")} == {Who.PATIENT}
    assert {fact.who for fact in facts(note, "symptom.radicular")} == {Who.OTHER}


@pytest.mark.parametrize("example", ["e.g.", "i.e."])
def test_an_example_ends_no_sentence(example: str) -> None:
    (fact,) = facts(f"She tried medicines for back pain, {example} Gabapentin for 8 weeks.", "treatment.anticonvulsant")
    assert fact.quote.text.startswith("She tried")


def test_months_that_are_listed_are_no_course() -> None:
    (listed,) = facts("Low back pain. She had injections in March, May and July 2023.", "treatment.injection")
    (between,) = facts("Low back pain. She had PT between March and July 2023.", "treatment.physical_therapy")
    assert listed.duration is None
    assert between.duration is not None


@pytest.mark.parametrize("verb", ["attended weekly", "completed", "helpful"])
def test_therapy_in_the_passive_is_therapy(verb: str) -> None:
    assert facts(f"Low back pain. PT was {verb} for 8 weeks.", "treatment.physical_therapy")


@pytest.mark.parametrize("verb", ["checked weekly", "12.4 seconds", "prolonged", "drawn"])
def test_a_test_of_the_blood_is_no_therapy(verb: str) -> None:
    assert not facts(f"Warfarin for AF. PT was {verb} for 8 weeks. Low back pain.", "treatment.physical_therapy")


@pytest.mark.parametrize(
    "said",
    ["an epidural during labor", "an epidural for the delivery of her son", "an epidural with her c-section"],
)
def test_an_epidural_for_childbirth_treats_no_spine(said: str) -> None:
    assert not facts(f"Low back pain. She had {said} without relief.", "treatment.epidural_injection")
    assert facts("Low back pain. She had an epidural in 2015 without relief.", "treatment.epidural_injection")


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("PILD was offered and she declined it.", State.DECLINED),
        ("PILD was discussed; the patient does not want it.", State.DECLINED),
        ("PILD is planned.", State.PLANNED),
    ],
)
def test_what_was_offered_and_declined_is_not_planned(said: str, state: State) -> None:
    (fact,) = facts(f"Lumbar stenosis L4-5. {said}", "plan.percutaneous_decompression")
    assert fact.state is state


def test_no_care_of_the_neck_is_no_word_against_care_of_the_back() -> None:
    note = "Neck pain: no treatment to date. Low back pain: PT for 8 weeks, no relief."
    assert [fact.state for fact in facts(note, "treatment.unspecified")] == [State.PAST]
    (alone,) = facts("Neck pain: no treatment to date.", "treatment.unspecified")
    assert alone.state is State.ABSENT


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("Relief 80% leg, 30% back.", 80, 80),
        ("Relief 30% back, 80% leg.", 80, 80),
        ("Relief 55% back, 20% leg.", 20, 55),
        ("Relief 40% leg, 30% back.", 40, 40),
        ("Relief 60%.", 60, 60),
    ],
)
def test_relief_of_limb_and_trunk(said: str, low: int, high: int) -> None:
    (trial,) = facts(f"SCS trial completed. {said}", "trial.scs")
    assert trial.quantity is not None
    assert (trial.quantity.low, trial.quantity.high) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("said", "percent"),
    [
        ("Pain was 9 going in, 4 by day 3 and stayed 4.", Fraction(500, 9)),
        ("She went in at an 8. By day two she was down to a 3.", Fraction(125, 2)),
    ],
)
def test_a_trial_that_is_told_as_a_story(said: str, percent: Fraction) -> None:
    (trial,) = facts(f"SCS trial. {said}", "trial.scs")
    assert trial.quantity is not None
    assert trial.quantity.low == percent


def test_a_gain_that_was_lost_again_is_none() -> None:
    assert not facts("SCS trial. Pain was 9 going in, 4 by day 3, then back to 8.", "trial.scs")


def test_years_of_relief_by_an_implant_are_no_trial() -> None:
    implant = "SCS implanted in 2018. She had 70% relief for 5 years with the device."
    assert not facts(implant, "trial.scs")
    assert facts(implant, "device.benefit")
    (poor,) = facts("SCS implanted in 2018. She had 20% relief for years with the device.", "trial.scs")
    assert poor.quantity is not None


def test_pictures_that_guide_the_surgeon_are_no_study() -> None:
    assert not facts("Intraoperative CT was obtained and showed good position of the screws.", "imaging.study")
    assert facts("CT was obtained and showed stenosis at L4-5.", "imaging.study")


def test_heavy_drinking_is_abuse_and_its_denial_speaks_of_alcohol_alone() -> None:
    (heavy,) = facts("Social: heavy drinker, a pint of vodka daily.", "substance.abuse")
    assert heavy.state is State.PRESENT
    (denied,) = facts("Social: no heavy drinking.", "substance.abuse")
    assert (denied.state, denied.quality("substance")) == (State.ABSENT, ("one",))
    assert not facts("Social: a glass of wine with dinner.", "substance.abuse")


@pytest.mark.parametrize(
    ("before", "lasted"),
    [("Followed in our clinic for 12 weeks.", True), ("Low back pain for 12 weeks.", False), ("He works.", False)],
)
def test_the_whole_time_is_that_of_the_care_told_before(before: str, lasted: bool) -> None:
    found = facts(f"Lumbar radiculopathy. {before} Pregabalin the whole time.", "treatment.anticonvulsant")
    assert [fact.duration is not None for fact in found] == [lasted]
