"""Discharge summaries and attendance lists of therapists: fields and days instead of sentences."""

from datetime import date

import pytest

from support.answers import answer
from support.readings import days, found

TOP = "PHYSICAL THERAPY DISCHARGE SUMMARY\nDx: lumbar radiculopathy, right\n"


@pytest.mark.parametrize(
    "fields",
    [
        "Start of care: 02/03/2025\nDischarge: 04/14/2025\nVisits attended: 18 of 20",
        "SOC 2/3/2025   D/C 4/14/2025   Visits: 18",
        "Eval date: 2/3/25    D/C date: 4/14/25    Total visits: 18",
        "Initial evaluation 02/03/2025, last visit 04/14/2025. 18 of 20 scheduled visits attended.",
        "First visit: 2/3/2025\nLast visit: 4/14/2025\nNumber of visits: 18",
        "Dates of treatment: 02/03/25-04/14/25\nNumber of treatments: 18",
        "SOC: 2/3/2025\nDOD: 4/14/2025\nVisits: 18 attended, 2 cancelled",
    ],
)
def test_a_record_lasts_from_its_first_day_to_its_last(fields: str) -> None:
    facts = [f for f in found(f"{TOP}{fields}\nLeg pain unchanged.", "treatment.physical_therapy") if f.duration]
    assert {(f.began, f.ended, days(f), f.quality("outcome")) for f in facts} == {
        (date(2025, 2, 3), date(2025, 4, 14), (70, 70), ("none",))
    }


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("Goals met: 1 of 4", ("insufficient",)),
        ("LTG 0/3 met", ("none",)),
        ("Goals: not met", ("none",)),
        ("All goals met", ("good",)),
        ("NPRS 7/10 at eval, 7/10 at discharge", ("none",)),
        ("NPRS 8/10 -> 7/10", ("insufficient",)),
        ("NPRS 8/10 -> 1/10", ("good",)),
        ("NDI: 46% -> 44%", ("insufficient",)),
        ("ODI              48        46", ("insufficient",)),
        ("NPRS 8/10 -> 5/10", ("persisting",)),
        ("NPRS 8/10 -> 1/10. Goals met: 0 of 4", ("persisting",)),
    ],
)
def test_scores_and_goals_say_what_it_did(told: str, outcome: tuple[str, ...]) -> None:
    text = f"{TOP}SOC 2/3/2025   D/C 4/14/2025   Visits: 18\n{told}"
    (fact,) = [f for f in found(text, "treatment.physical_therapy") if f.rule == "treatment.record"]
    assert fact.quality("outcome") == outcome


@pytest.mark.parametrize(
    "text",
    [
        (
            "REFERRAL FOR PHYSICAL THERAPY\nDx: lumbar radiculopathy\nStart date: 03/10/25  End date: 05/19/25\n"
            "Number of visits requested: 16\nAuthorization pending."
        ),
        (
            "PT Initial Evaluation 09/08/2025\nDx: lumbar radiculopathy\n"
            "Plan of care: 2x/week x 8 weeks, 09/08/2025 to 11/03/2025\nGoals: decrease pain to 3/10"
        ),
        (
            "Outpatient PT discharge\nDx: s/p right rotator cuff repair\n"
            "Start of care 1/6/2025. Discharge 4/7/2025. 24 visits. Goals not met.\nLow back pain mentioned, not "
            "treated here."
        ),
        (
            "Attendance record, Bridge St Physical Therapy. Lumbar radiculopathy.\n4/2/25 evaluation\n4/9/25 "
            "cancelled\n"
            "4/16/25 no show\n4/23/25 cancelled\n5/21/25 no show\nDischarged for non-attendance."
        ),
        "HOSPITAL DISCHARGE SUMMARY\nAdmission date: 3/3/2025\nDischarge date: 5/3/2025\nLow back pain.",
        f"{TOP}SOC 2/3/2025   D/C 4/14/2025   Visits: 2\nLeg pain unchanged.",
    ],
)
def test_what_was_not_given_or_not_for_the_spine_is_no_course(text: str) -> None:
    assert answer("conservative-6wk", text) == "not_documented"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (f"{TOP}SOC 3/3/2025   D/C 3/24/2025   Visits 5\nPain 8/10 at start, 8/10 at end. Goals not met.", "not_met"),
        (f"{TOP}SOC 3/3/2025   D/C 5/19/2025   Visits 20\nPain 8/10 at start, 8/10 at end. Goals not met.", "met"),
        (f"{TOP}SOC 2/3/2025  D/C 4/14/2025  Visits: 18\nNPRS 8/10 -> 0/10. All goals met. Pain free.", "not_met"),
        (
            (
                "PT visits for lumbar radiculopathy: 1/8, 1/10, 1/15, 1/17, 1/22, 1/29, 2/5, 2/12, 2/19, 3/5/2025. "
                "No relief of leg pain."
            ),
            "met",
        ),
        ("PT visits for lumbar radiculopathy: 1/8, 1/10, 1/15, 1/17, 1/22/2025. No relief of leg pain.", "not_met"),
        (
            "PT visits scheduled for lumbar radiculopathy: 1/8, 1/15, 1/22, 1/29, 2/5, 2/12, 2/19/2025.",
            "not_documented",
        ),
        ("PT visits for lumbar radiculopathy: 1/8, 2/27, 5/5/2025. No relief of leg pain.", "not_documented"),
    ],
)
def test_six_weeks_of_therapy(note: str, expected: str) -> None:
    assert answer("conservative-6wk", note) == expected


def test_a_list_with_one_visit_a_line_spans_the_days_that_were_kept() -> None:
    lines = "".join(f"{day} attended\n" for day in ("4/2/25", "4/16/25", "4/30/25", "5/14/25"))
    text = f"Attendance, physical therapy. Lumbar spine.\n{lines}6/25/25 cancelled\nSciatica no better."
    assert {days(fact) for fact in found(text, "treatment.physical_therapy")} == {(42, 42)}


def test_visits_over_the_turn_of_a_year_are_one_list() -> None:
    text = "HPI: Low back pain. PT visits: 12/3, 12/10, 12/17, 12/30, 1/7, 1/14/2025, no relief."
    assert {days(fact) for fact in found(text, "treatment.physical_therapy")} == {(42, 42)}


@pytest.mark.parametrize("list_", ["13/45, 13/46, 13/47/2025", "2/30, 3/1, 3/2/2025", "1/8, 1/10"])
def test_days_that_do_not_exist_or_are_too_few_give_no_length(list_: str) -> None:
    text = f"HPI: Low back pain. PT visits: {list_}, no relief."
    assert {days(fact) for fact in found(text, "treatment.physical_therapy")} == {(None, None)}


def test_a_count_of_goals_is_not_that_they_were_met() -> None:
    text = "HPI: Sciatica. He attended physical therapy for 8 weeks. Goals met: 1 of 4. Leg pain is unchanged."
    assert answer("conservative-6wk", text) == "met"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "was seen for 15 visits between 4/7/2025 and 6/9/2025 for right C6 radiculopathy. He has made no gains",
            "met",
        ),
        (
            "was seen on 4/7/2025 for C6 radiculopathy. I anticipate 15 visits between 4/7/2025 and 6/9/2025",
            "not_documented",
        ),
    ],
)
def test_a_letter_of_a_therapist(told: str, expected: str) -> None:
    text = f"RE: Discharge from physical therapy\nDear Dr. Ames, Mr. Poe {told}."
    assert answer("conservative-6wk", text) == expected
