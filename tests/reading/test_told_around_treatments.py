"""Lengths and outcomes of treatments, told with a date, a purpose, a hope or a reason around them."""

from __future__ import annotations

import pytest

from praxigen.model.fact import State
from support.readings import days, found, treated

DATED = "Date of visit: 01/15/2024\n\nHPI: Low back pain. "


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("In PT for back pain since 01/02/2024 and no better.", (13, 13)),
        ("In PT for back pain since October 2023 and no better.", (76, 106)),
        ("In PT since 2023 and no better.", (15, 379)),
    ],
)
def test_since_a_day_is_no_longer_than_from_that_day(words: str, length: tuple[int, int]) -> None:
    (fact,) = found(DATED + words, "treatment.physical_therapy")
    assert days(fact) == length


def test_since_a_day_has_no_end_where_the_note_has_no_day() -> None:
    assert days(treated("He took part in PT since 01/02/2024. On 01/15/2024 he fell."))[1] is None


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("Neck pain began in early January 2024.", 14),
        ("Onset: 01/10/2024. Neck pain.", 5),
        ("Neck pain. The MRI is of 01/10/2024.", None),
    ],
)
def test_the_day_of_onset_bounds_how_long_it_hurt(words: str, most: int | None) -> None:
    onset = found(f"Date of visit: 01/15/2024\n\nHPI: {words}", "symptom.onset")
    assert [days(fact)[1] for fact in onset] == ([] if most is None else [most])


@pytest.mark.parametrize(
    ("words", "longest"),
    [
        ("10 day h/o progressively worsening low back pain.", 10),
        ("Low back pain. This has been present for about nine months.", 276),
    ],
)
def test_how_long_the_complaint_has_lasted(words: str, longest: int) -> None:
    (fact,) = found(f"HPI: {words}", "symptom.onset")
    assert days(fact)[1] == longest


@pytest.mark.parametrize(
    "words",
    ["She fell two months ago and has had more pain in her back since.", "Back pain. Abdominal pain for 3 weeks."],
)
def test_a_flare_or_another_complaint_is_no_onset(words: str) -> None:
    assert found(f"HPI: Low back pain. {words}", "symptom.onset") == []


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Physical therapy with no result.", "none"),
        ("He finished physical therapy. Result: poor.", "none"),
        ("He attended physical therapy. Low back pain no better.", "none"),
        ("He took part in physical therapy without adequate control.", "insufficient"),
        ("He did physical therapy. It was stopped because the pain had cleared.", "good"),
    ],
)
def test_what_the_treatment_did(words: str, outcome: str) -> None:
    assert treated(words).quality("outcome") == (outcome,)


def test_relief_that_is_hoped_for_is_none_yet() -> None:
    hoped = treated("She attends physical therapy and should have good relief.")
    assert hoped.quality("outcome") != ("good",)
    assert treated("She attended physical therapy and had good relief.").quality("outcome") == ("good",)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("For nine months the clinic treated his sciatica with supervised physical therapy.", (273, 276)),
        ("12 physical therapy treatments, two each week, with no benefit.", (42, 42)),
        ("Physical therapy for a few days gave no benefit.", (2, 13)),
        ("PT, no help for his back pain. PT lasted 2 months.", (59, 62)),
    ],
)
def test_how_long_it_was_given(words: str, length: tuple[int, int]) -> None:
    facts = found(f"HPI: Low back pain. {words}", "treatment.physical_therapy")
    assert length in [days(fact) for fact in facts]


@pytest.mark.parametrize("words", ["the script expires in 6 months", "f/u 1 mo"])
def test_what_lies_ahead_is_no_length(words: str) -> None:
    assert treated(f"Gabapentin 300 mg tid, {words}.", "anticonvulsant").duration is None


def test_who_was_able_to_attend_all_went() -> None:
    assert treated("Physical therapy was authorised. He was able to attend all of it.").state is State.DONE


@pytest.mark.parametrize(
    ("words", "none"),
    [
        ("He has refused physical therapy and injections. There has been no other treatment.", True),
        ("He has not received physical therapy or any other treatment.", True),
        ("He completed physical therapy without relief. There has been no other treatment.", False),
        ("He takes naproxen daily. In the late 1990s he had neck trouble, but no treatment.", False),
    ],
)
def test_no_other_treatment_is_none_only_where_none_was_given(words: str, none: bool) -> None:
    facts = found(f"HPI: Low back pain. {words}", "treatment.unspecified")
    assert any(fact.state is State.ABSENT for fact in facts) is none


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("He was in physical therapy from November 2023 to February without relief.", (89, 123)),
        ("He was in physical therapy from March 2023 to May without relief.", (59, 92)),
        ("He was in physical therapy for 6wks+ without relief.", (42, None)),
        ("He was in physical therapy for 6wks without relief.", (42, 42)),
    ],
)
def test_a_range_into_the_next_year_and_a_length_with_a_plus(words: str, length: tuple[int, int | None]) -> None:
    assert days(treated(words)) == length


def test_what_one_may_do_is_no_month() -> None:
    facts = found("HPI: Back pain since March 2023 to may be treated.", "symptom.onset")
    assert all(days(fact)[1] is None for fact in facts)
