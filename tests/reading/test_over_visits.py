"""A treatment that one visit starts and a later visit of the same text still names, or calls stopped."""

import pytest

from support.answers import answer
from support.readings import days, found


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (
            (
                "3/3/2025\nLeft L5 radiculopathy. Start gabapentin 300 mg TID.\n\n"
                "6/9/2025\nStill taking gabapentin 300 mg TID without relief of the leg pain."
            ),
            "met",
        ),
        (
            (
                "3/3/2025\nLeft L5 radiculopathy. Start gabapentin 300 mg TID.\n\n"
                "3/31/2025\nStill taking gabapentin 300 mg TID without relief of the leg pain."
            ),
            "not_documented",
        ),
        (
            (
                "3/3/2025\nLeft L5 radiculopathy. Start gabapentin 300 mg TID.\n\n"
                "3/24/2025\nStopped gabapentin last week for sedation. Leg pain unchanged."
            ),
            "not_met",
        ),
        (
            (
                "Visit 01/15/2025\nHPI: Right sciatica. Plan: start meloxicam 15 mg daily and HEP.\n\n"
                "Visit 04/22/2025\nHPI: Right leg pain persists. She continues meloxicam daily with no "
                "relief.\nPlan: MRI."
            ),
            "met",
        ),
        (
            (
                "Visit 01/15/2025\nHPI: Right sciatica. Plan: start meloxicam 15 mg daily.\n\n"
                "Visit 04/22/2025\nHPI: Right leg pain persists. Never filled the meloxicam.\nPlan: MRI."
            ),
            "not_documented",
        ),
        (
            (
                "Visit 01/15/2025\nHPI: Right sciatica. Plan: start PT.\n\nVisit 04/22/2025\nHPI: Right leg pain "
                "persists. "
                "PT has not been scheduled yet because of the wait list.\nPlan: PT."
            ),
            "not_documented",
        ),
        (
            (
                "02/10/2025 - Neck and left arm pain. Begin pregabalin 75 mg BID.\n"
                "03/10/2025 - Pregabalin increased to 150 mg BID, arm pain the same.\n"
                "05/12/2025 - On pregabalin 150 mg BID, no improvement. Refer to surgeon."
            ),
            "met",
        ),
        (
            (
                "DOS 1/6/2025: Lumbar radiculopathy. Started duloxetine 30 mg.\n"
                "DOS 8/4/2025: Lumbar radiculopathy again after a pain-free spring. Will restart duloxetine."
            ),
            "not_documented",
        ),
        (
            (
                "Progress note 2/4/2025\nLumbar radiculopathy right. Physical therapy begun this week.\n\n"
                "Progress note 4/15/2025\nCompleted physical therapy. No relief; leg pain as before."
            ),
            "not_documented",
        ),
    ],
)
def test_six_weeks_from_one_visit_to_another(note: str, expected: str) -> None:
    assert answer("conservative-6wk", note) == expected


def test_it_lasted_as_long_as_the_visits_are_apart_at_the_least() -> None:
    text = "3/3/2025\nSciatica. Started gabapentin 300 mg TID.\n\n6/9/2025\nStill on gabapentin, no relief of leg pain."
    assert (98, None) in {days(fact) for fact in found(text, "treatment.anticonvulsant")}


def test_the_newest_visit_may_stand_first() -> None:
    text = "6/9/2025\nStill on gabapentin, no relief of leg pain.\n\n3/3/2025\nSciatica. Started gabapentin 300 mg TID."
    assert (98, None) in {days(fact) for fact in found(text, "treatment.anticonvulsant")}


def test_what_was_stopped_lasted_to_the_last_visit_that_named_it_and_no_longer_than_to_this_one() -> None:
    text = (
        "3/3/2025\nSciatica. Started gabapentin 300 mg TID.\n\n4/7/2025\nContinues gabapentin, leg pain the same.\n\n"
        "6/9/2025\nStopped gabapentin, it did not help the leg pain."
    )
    assert (35, 98) in {days(fact) for fact in found(text, "treatment.anticonvulsant")}


def test_another_medicine_of_its_class_is_another_treatment() -> None:
    text = "3/3/2025\nSciatica. Started gabapentin 300 mg TID.\n\n6/9/2025\nTaking pregabalin, no relief of leg pain."
    assert {days(fact) for fact in found(text, "treatment.anticonvulsant")} == {(None, None)}


def test_days_in_no_order_are_no_visits() -> None:
    text = (
        "3/3/2025\nSciatica. Started gabapentin 300 mg TID.\n\n1/2/2025\nMRI.\n\n"
        "6/9/2025\nStill on gabapentin, no relief of leg pain."
    )
    assert {days(fact) for fact in found(text, "treatment.anticonvulsant")} == {(None, None)}


def test_pain_on_a_medicine_says_that_it_is_taken() -> None:
    text = (
        "Office visit 2/3/2025: Right L5 radiculopathy. Rx naproxen 500 BID.\n"
        "Office visit 5/5/2025: Leg pain no better on naproxen."
    )
    assert (91, None) in {days(fact) for fact in found(text, "treatment.nsaid")}
