"""What stands out in a chart as a whole: sides, levels, conflicts, old facts, copies; and what must not be warned."""

from __future__ import annotations

from datetime import date

import pytest

from praxigen import Request, check, find_facts, read_document
from praxigen.engine.chart import chart_warnings
from praxigen.errors import UsageError
from praxigen.model.answer import Answer, Reason
from praxigen.model.chart import ChartWarning, Trouble
from praxigen.model.criterion import Criterion, Op
from praxigen.model.report import CriterionResult
from praxigen.model.spine import segments
from support.matters import EXAMPLES

CHART = EXAMPLES / "letters" / "chart.txt"
LEFT = "HPI: Low back pain radiating down the left leg for five months.\n"


def warnings(text: str, *kinds: Trouble, **asked: object) -> tuple[ChartWarning, ...]:
    document = read_document(text.encode())
    request = Request("qualcare", "63047", **asked)  # type: ignore[arg-type]
    found = chart_warnings(document, find_facts(document), request, ())
    for warning in found:
        for quote in warning.quotes:
            document.prove(quote)
    return tuple(warning for warning in found if not kinds or warning.trouble in kinds)


def quoted(warning: ChartWarning) -> list[str]:
    return [quote.text for quote in warning.quotes]


def test_the_plan_is_of_another_side_than_the_complaint() -> None:
    (warning,) = warnings(f"{LEFT}Plan: Right L4-5 microdiscectomy.\n", Trouble.SIDE)
    assert warning.says == "Side: the complaint is of the left; the plan is of the right."
    assert quoted(warning) == [LEFT.strip().removeprefix("HPI: "), "Right L4-5 microdiscectomy."]


def test_several_witnesses_of_one_side_are_one_warning() -> None:
    text = (
        f"{LEFT}Exam: EHL 4/5 on the right.\nImaging: MRI lumbar: right L4-5 disc extrusion compressing the right L5 "
        "nerve root.\nAssessment: Left lumbar radiculopathy.\n"
    )
    (warning,) = warnings(text, Trouble.SIDE)
    assert warning.says == (
        "Side: the complaint and the assessment are of the left; the examination and the imaging are of the right."
    )
    assert len(warning.quotes) == 4


@pytest.mark.parametrize(
    "rest",
    [
        "Plan: Left L4-5 microdiscectomy.\n",
        "Plan: L4-5 microdiscectomy.\n",
        "Plan: Bilateral L4-5 laminectomy.\n",
        "Exam: EHL 4/5 on the right and 4/5 on the left.\n",
        "She also has pain down the right leg.\nPlan: Right L4-5 microdiscectomy.\n",
        "Exam: Right grip 4/5.\n",  # of another limb
        "Family history: father has right sciatica.\n",
    ],
)
def test_sides_that_agree_or_may_agree_are_no_trouble(rest: str) -> None:
    assert warnings(LEFT + rest, Trouble.SIDE) == ()


def test_the_side_requested_is_not_the_side_of_the_chart() -> None:
    (warning,) = warnings(LEFT, Trouble.SIDE, side="right")
    assert warning.says == "Side: the right is requested; the complaint is of the left."
    assert quoted(warning) == [LEFT.strip().removeprefix("HPI: ")]
    assert warnings(LEFT, Trouble.SIDE, side="left") == ()
    assert warnings(LEFT, Trouble.SIDE, side="bilateral") == ()


def test_the_level_requested_is_not_that_of_the_imaging() -> None:
    text = f"{LEFT}MRI lumbar 1/15/2026: left L5-S1 disc extrusion compressing the S1 nerve root.\n"
    (warning,) = warnings(text, Trouble.LEVEL, levels=["L3-L4"])
    assert warning.says == "Level: L3-L4 is requested; the imaging tells of L5-S1."
    assert "L5-S1 disc extrusion" in quoted(warning)[0]
    assert warnings(text, Trouble.LEVEL, levels=["L5-S1"]) == ()
    assert warnings(text, Trouble.LEVEL, levels=["L4-S1"]) == ()
    assert warnings(text, Trouble.LEVEL, levels=["C5-6"]) == ()  # the imaging of another region may be elsewhere


def test_the_level_planned_is_not_that_of_the_imaging() -> None:
    text = f"{LEFT}MRI lumbar: left L5-S1 disc extrusion compressing the S1 root.\nPlan: Left L3-4 microdiscectomy.\n"
    (warning,) = warnings(text, Trouble.LEVEL)
    assert warning.says == "Level: L3-L4 is planned; the imaging tells of L5-S1."
    assert len(warning.quotes) == 2


def test_the_level_planned_is_not_the_one_requested() -> None:
    text = f"{LEFT}Plan: Left L3-4 microdiscectomy.\n"
    (warning,) = warnings(text, Trouble.LEVEL, levels=["L5-S1"])
    assert warning.says == "Level: L5-S1 is requested; the plan is of L3-L4."
    assert len(warning.quotes) == 1
    assert warnings(text, Trouble.LEVEL, levels=["L3-L4"]) == ()


def test_a_finding_without_a_level_may_be_the_one_requested() -> None:
    text = f"{LEFT}MRI lumbar: severe central canal stenosis. L5-S1 disc protrusion.\n"
    assert warnings(text, Trouble.LEVEL, levels=["L3-L4"]) == ()


@pytest.mark.parametrize(
    ("told", "denied", "name"),
    [
        ("PSH: L4-5 laminectomy 2019.", "HPI: Back pain. No prior spine surgery.", "earlier spine surgery"),
        ("Social: Current smoker, 1 ppd.", "HPI: Back pain. She has never smoked.", "tobacco use"),
        (LEFT.strip(), "ROS: Denies weakness, leg pain.", "pain or numbness in a limb"),
        (
            "HPI: Back pain. Physical therapy 10/01/2025 to 12/15/2025 without relief.",
            "Plan: She has had no physical therapy.",
            "physical therapy",
        ),
        ("HPI: Back pain.\nExam: EHL 4/5 on the right.", "Neuro: Strength 5/5 throughout.", "a weak muscle"),
    ],
)
def test_what_is_told_and_denied_in_one_chart_is_a_conflict(told: str, denied: str, name: str) -> None:
    (warning,) = warnings(f"{told}\n{denied}\n", Trouble.CONFLICT)
    assert name in warning.says
    assert len(warning.quotes) == 2
    assert warnings(f"{told}\n", Trouble.CONFLICT) == ()
    assert warnings(f"{denied}\n", Trouble.CONFLICT) == ()


@pytest.mark.parametrize(
    "text",
    [
        "HPI: Pain down the left leg; no pain down the right leg.\nROS: Denies right leg pain.\n",
        "Exam: EHL 4/5 on the right, otherwise 5/5 throughout.\n",
        "Exam: EHL 4/5 on the right. Upper extremities 5/5 throughout.\n",
        "Social: Former smoker, quit 2019. She does not smoke.\n",
        "PSH: knee arthroscopy.\nHPI: No prior spine surgery.\n",
        "HPI: Leg pain. EMG was negative for radiculopathy.\nAssessment: Lumbar radiculopathy.\n",
    ],
)
def test_what_can_both_be_so_is_no_conflict(text: str) -> None:
    assert warnings(text, Trouble.CONFLICT) == ()


VISIT = "Follow-up visit\nPatient: Test A\nDate of visit: {}\nProvider: Elena Moreno, MD\n\n{}\n"
STORY = (
    "She has had constant burning pain in the left leg since the operation and cannot stand for ten minutes. "
    "Physical therapy for eight weeks and gabapentin 300 mg three times daily gave no lasting relief."
)


def test_a_symptom_that_a_later_visit_denies_is_no_conflict() -> None:
    first = VISIT.format("03/02/2026", LEFT)
    second = VISIT.format("07/20/2026", "ROS: Denies leg pain.")
    assert warnings(f"{first}\n\n\n{second}", Trouble.CONFLICT) == ()


def test_care_that_an_earlier_visit_denies_is_no_conflict_and_that_a_later_one_denies_is() -> None:
    none, given = "Has had no physical therapy.", "Completed 8 weeks of physical therapy without relief."
    first, second = VISIT.format("03/02/2026", none), VISIT.format("07/20/2026", given)
    assert warnings(f"{first}\n\n\n{second}", Trouble.CONFLICT) == ()
    first, second = VISIT.format("03/02/2026", given), VISIT.format("07/20/2026", none)
    (warning,) = warnings(f"{first}\n\n\n{second}", Trouble.CONFLICT)
    assert warning.says.startswith("Conflict: the chart tells of physical therapy")


def test_the_same_paragraph_in_two_visits_is_shown_with_both_places() -> None:
    text = f"{VISIT.format('03/02/2026', STORY)}\n\n\n{VISIT.format('07/20/2026', STORY)}"
    (warning,) = warnings(text, Trouble.COPIED)
    assert warning.says == "Copied: the same words stand in the note of 2026-03-02 and in the note of 2026-07-20."
    first, second = warning.quotes
    assert first.text == second.text
    assert first.start < second.start


def test_the_same_paragraph_twice_in_one_note() -> None:
    (warning,) = warnings(f"HPI:\n\n{STORY}\n\nAssessment:\n\n{STORY}\n", Trouble.COPIED)
    assert warning.says == "Copied: the same words stand twice in one note."


def test_a_paragraph_that_begins_with_one_endless_word_is_cut_within_it() -> None:
    text = f"HPI:\n\n{'x' * 300} {STORY}\n\nAssessment:\n\n{'x' * 300} {STORY}\n"
    (warning,) = warnings(text, Trouble.COPIED)
    assert {len(quote.text) for quote in warning.quotes} == {len(warning.quotes[0].text)}
    assert set(warning.quotes[0].text) == {"x"}


def test_a_short_paragraph_is_quoted_whole() -> None:
    short = " ".join(["acetylcholinesterase"] * 7 + ["compliance"])  # hardly any spaces: as short as may be
    (warning,) = warnings(f"HPI:\n\n{short}\n\nAssessment:\n\n{short}\n", Trouble.COPIED)
    assert [quote.text.strip() for quote in warning.quotes] == [short, short]


def test_notices_and_short_lines_are_no_copies() -> None:
    notice = "This note is confidential and was dictated with voice recognition software; " * 4
    short = "Constitutional: no fever, no chills, no weight loss."
    assert warnings(f"{notice}\n\n{short}\n\nPlan.\n\n{notice}\n\n{short}\n", Trouble.COPIED) == ()


def test_an_old_note_and_old_imaging() -> None:
    text = VISIT.format("03/02/2026", f"{LEFT}MRI lumbar spine 01/15/2024 showed left L4-5 disc extrusion.")
    says = [warning.says for warning in warnings(text, Trouble.STALE, date="2026-12-01")]
    assert says == [
        "Old: the newest note of the chart is of 2026-03-02, 8 months before 2026-12-01.",
        "Old: the newest lumbar imaging in the chart is of 2024-01-15, 34 months before 2026-12-01.",
    ]
    newer = text.replace("01/15/2024", "01/15/2026")
    assert warnings(newer, Trouble.STALE, date="2026-05-01") == ()


def test_a_study_without_a_date_may_be_the_newest() -> None:
    text = VISIT.format("03/02/2026", "MRI lumbar spine 01/15/2024: L4-5 disc extrusion. MRI lumbar: L4-5 stenosis.")
    assert warnings(text, Trouble.STALE, date="2026-05-01") == ()


def test_an_answer_that_rests_on_an_old_visit_alone() -> None:
    text = f"{VISIT.format('03/02/2025', LEFT)}\n\n\n{VISIT.format('07/20/2026', 'HPI: Back pain.')}"
    document = read_document(text.encode())
    facts = find_facts(document)
    quote = next(fact.quote for fact in facts if fact.concept == "symptom.radicular")
    leaf = Criterion(id="leg", says="Pain along a nerve root", citation=None, op=Op.EVIDENCE)
    result = CriterionResult(leaf, Answer.MET, Reason.DOCUMENTED, (quote,))
    found = chart_warnings(document, facts, Request("qualcare", "63047"), [result])
    (warning,) = [each for each in found if each.trouble is Trouble.STALE]
    assert warning.says == (
        "Old: this is told last in the note of 2025-03-02, 16 months before the newest: Pain along a nerve root."
    )
    assert warning.quotes == (quote,)


@pytest.mark.parametrize(
    ("level", "named"),
    [
        ("L4-L5", ["L4-L5"]),
        ("l4/5", ["L4-L5"]),
        ("L3-S1", ["L3-L4", "L4-L5", "L5-S1"]),
        ("L5", ["L4-L5", "L5-S1"]),
        ("C7-T1", ["C7-T1"]),
        ("L5-1", ["L5-S1"]),
        ("C1", ["C1-C2"]),
        ("L9", []),
        ("L5-L4", []),
        ("lumbar", []),
        ("", []),
    ],
)
def test_levels_as_segments(level: str, named: list[str]) -> None:
    assert [str(segment) for segment in sorted(segments(level))] == named


@pytest.mark.parametrize("asked", [{"side": "up"}, {"side": "Left "}, {"levels": ["L9"]}, {"levels": ["knee"]}])
def test_a_side_or_level_that_does_not_exist_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(UsageError) as refused:
        Request("qualcare", "63047", **asked)  # type: ignore[arg-type]
    assert refused.value.hint


def test_levels_are_kept_in_one_way_of_writing() -> None:
    assert Request("qualcare", "63047", levels=["l4-5", "L4/L5", "L5-S1"]).levels == ("L4-L5", "L5-S1")


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 9, 20), "Later: these words are of the note of 2026-09-21, after the date of service 2026-09-20: "),
        (date(2026, 9, 21), ""),
        (None, ""),
    ],
)
def test_words_of_a_note_after_the_service_are_told_and_still_count(day: date | None, says: str) -> None:
    report = check(read_document(CHART), Request("qualcare", "63650", date=day, stage="trial"))
    found = [warning for warning in report.chart if warning.trouble is Trouble.LATER]
    assert bool(found) is bool(says)
    evaluation = report.document.text.index("Red Bank")
    assert all(warning.says.startswith(says) and warning.quotes[0].start > evaluation for warning in found)
    shown = [part for one in report.determinations if one.result for part in one.result.walk()]
    assert any(part.answer is Answer.MET and quote.start > evaluation for part in shown for quote in part.quotes)


def test_a_study_of_a_day_after_the_service_is_told_though_its_note_has_no_day() -> None:
    text = b"IMAGING: MRI of the lumbar spine on 12/19/2026 shows severe central stenosis at L4-L5.\n"
    report = check(read_document(text), Request("qualcare", "63047", date=date(2026, 10, 6)))
    found = [warning.says for warning in report.chart if warning.trouble is Trouble.LATER]
    assert found
    assert all(
        says.startswith("Later: these words tell of 2026-12-19, after the date of service 2026-10-06: ")
        for says in found
    )
