"""Which length of time measures the treatment, and which the pain, the dose or the way to the next visit."""

from datetime import date

import pytest

from support.readings import days, found, one, treated


@pytest.mark.parametrize(
    ("sentence", "length"),
    [
        ("Physical therapy for 8 wks without relief.", 56),
        ("Physical therapy x 6 weeks with no improvement.", 42),
        ("He attended physical therapy 2x/wk for 6 weeks without benefit.", 42),
        ("He completed eight weeks of physical therapy.", 56),
        ("Physical therapy: 6/1/2025 - 7/12/2025, no relief.", 41),
        ("Physical therapy: 6/1/2025 - 7/13/2025, no relief.", 42),
        ("Completed physical therapy 3/14/25-9/20/25 with no relief.", 190),
        ("Failed physical therapy for 41 days.", 41),
        ("Failed physical therapy for 42 days.", 42),
        ("Two courses of physical therapy of ten weeks each gave no relief.", 140),
        ("He completed physical therapy for lumbar radiculopathy 3/1/2025 - 4/12/2025.", 42),
    ],
)
def test_a_treatment_lasted_so_many_days(sentence: str, length: int) -> None:
    assert days(treated(sentence)) == (length, length)


def test_half_a_year_may_span_181_to_184_days() -> None:
    assert days(treated("Physical therapy for half a year did not help.")) == (181, 184)


def test_a_range_of_dates_gives_the_first_and_the_last_day() -> None:
    fact = treated("Completed physical therapy 3/14/25-9/20/25 with no relief.")
    assert (fact.began, fact.ended) == (date(2025, 3, 14), date(2025, 9, 20))


def test_since_a_month_counts_to_the_day_of_the_note() -> None:
    text = "Date: 11/1/2025\nHPI: Low back pain. He has been in physical therapy since March 2025 without relief."
    fact = one(text, "treatment.physical_therapy")
    assert (days(fact), fact.began, fact.ended) == ((215, 245), date(2025, 3, 31), None)


def test_since_a_month_is_no_length_in_a_note_without_a_date() -> None:
    assert treated("He has been in physical therapy since March 2025.").duration is None


def test_an_impossible_date_gives_no_length() -> None:
    assert treated("Physical therapy 13/45/2025 - 7/13/2025, no relief.").duration is None


@pytest.mark.parametrize(
    "sentence",
    [
        "He completed physical therapy and has had pain for 8 weeks.",
        "He completed physical therapy. He has had symptoms for 8 weeks.",
        "Symptoms began 8 weeks ago. He completed physical therapy.",
        "Pain is VAS 8/10 after he completed physical therapy.",
        "He will return in 6 weeks, he completed physical therapy.",
        "Physical therapy helped for two days only.",
    ],
)
def test_what_measures_another_thing_is_no_length_of_the_treatment(sentence: str) -> None:
    assert treated(sentence).duration is None


@pytest.mark.parametrize("dose", ["every 4 to 6 hours", "two times a day", "500 mg", "1 tablet a day"])
def test_a_dose_is_no_length(dose: str) -> None:
    assert treated(f"He takes naproxen {dose}.", "nsaid").duration is None


def test_a_dose_does_not_hide_a_length() -> None:
    assert days(treated("Naproxen twice a day for 8 weeks gave no relief.", "nsaid")) == (56, 56)


@pytest.mark.parametrize("treatment", ["physical_therapy", "chiropractic", "nsaid"])
def test_a_list_shares_its_length_and_outcome(treatment: str) -> None:
    fact = treated("He tried PT, chiropractic care and NSAIDs for 8 weeks without relief.", treatment)
    assert (days(fact), fact.quality("outcome")) == ((56, 56), ("none",))


@pytest.mark.parametrize(
    "sentence",
    [
        "He completed 8 weeks of physical therapy and 3 weeks of chiropractic care.",
        "He completed physical therapy (8 weeks), chiropractic care (3 weeks).",
        "Physical therapy for 8 weeks gave no relief, while chiropractic care for 3 weeks helped.",
    ],
)
def test_each_treatment_keeps_its_own_length(sentence: str) -> None:
    assert days(treated(sentence)) == (56, 56)
    assert days(treated(sentence, "chiropractic")) == (21, 21)


def test_the_length_is_part_of_the_quote() -> None:
    assert "8 wks" in treated("Physical therapy for 8 wks without relief.").quote.text


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("Physical therapy for 8 weeks without relief.", "none"),
        ("Physical therapy did not help.", "none"),
        ("Physical therapy gave complete relief.", "good"),
        ("Physical therapy made the pain worse.", "worse"),
        ("Physical therapy helped for two days only.", "temporary"),
    ],
)
def test_what_the_treatment_did(sentence: str, outcome: str) -> None:
    assert treated(sentence).quality("outcome") == (outcome,)


def test_a_single_dose_in_an_emergency_room_has_not_failed() -> None:
    assert treated("He received ketorolac in the ED.", "nsaid").quality("outcome") == ()


def test_prothrombin_time_is_no_therapy() -> None:
    assert found("LABS: PT 12.1 seconds, INR 1.0, PTT 30.", "treatment.physical_therapy") == []
