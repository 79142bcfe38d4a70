"""Operations that were done before, told in a report of another, long ago, or denied; and what a report lacks."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact, State

REPORT = "PREOPERATIVE DIAGNOSIS: Lumbar stenosis.\n\nPROCEDURE: L4-5 laminectomy.\n\n"


def history(text: str) -> list[Fact]:
    """The facts about earlier operations on the spine."""
    return [f for f in find_facts(Document("note", text)) if "history.spine_surgery" in f.kinds]


@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("She had previously undergone bilateral hemilaminectomies at L4-5.", True),
        ("She is status post posterior lumbar fusion.", True),
        ("A laminectomy was then carried out at L4-5.", False),
    ],
)
def test_the_report_of_an_operation_may_tell_of_an_earlier_one(words: str, before: bool) -> None:
    assert bool(history(f"{REPORT}DESCRIPTION OF PROCEDURE: The patient was prepped and draped. {words}\n")) is before


@pytest.mark.parametrize("heading", ["PATIENT PROFILE", "PREOPERATIVE DIAGNOSIS"])
def test_an_earlier_operation_may_stand_under_any_heading(heading: str) -> None:
    found = history(f"{REPORT}{heading}: Back pain with history of L4-L5 discectomy. Prepped and draped.\n")
    assert [f.state for f in found] == [State.DONE]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("He had a lumbar discectomy in the 1990s.", State.DONE),
        ("He denied any previous history of back pain or back surgeries.", State.ABSENT),
    ],
)
def test_an_operation_decades_ago_and_one_that_is_denied(words: str, state: State) -> None:
    assert {f.state for f in history(f"HISTORY: Low back pain. {words}\n")} == {state}


@pytest.mark.parametrize(
    ("words", "refused"),
    [("Further back surgery may or may not be indicated.", False), ("Further back surgery is not indicated.", True)],
)
def test_surgery_that_may_or_may_not_be_needed_is_open(words: str, refused: bool) -> None:
    facts = find_facts(Document("note", f"HISTORY: Low back pain. {words}\n"))
    assert any(f.concept == "plan.spine_surgery" and f.state is State.ABSENT for f in facts) is refused


BODY = "C3-4: Normal.\n\nC4-5: There is disc desiccation. {} CSF surrounds the cord.\n\nC5-6: Normal central canal.\n"


@pytest.mark.parametrize(
    ("words", "seen"), [("There is severe foraminal stenosis.", True), ("There is no foraminal stenosis.", False)]
)
def test_the_body_of_a_report_is_read_without_its_head(words: str, seen: bool) -> None:
    facts = find_facts(Document("note", BODY.format(words)))
    assert any(f.concept == "imaging.compression" and f.state is State.PRESENT for f in facts) is seen


def test_one_level_in_a_letter_is_no_report() -> None:
    facts = find_facts(Document("note", "C4-5: There is severe foraminal stenosis with CSF around the cord.\n"))
    assert not any(f.concept == "imaging.compression" for f in facts)


@pytest.mark.parametrize("organ", ["The liver parenchyma is", "CT scan of the appendix was", "The orbits are"])
def test_another_organ_that_is_normal_says_nothing_of_nerves(organ: str) -> None:
    text = f"HISTORY: Low back pain.\n\nCT SCAN: {organ} normal.\n"
    assert not any(f.concept == "imaging.compression" for f in find_facts(Document("note", text)))


@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("He had a herniated disc in the neck, which was treated surgically.", True),
        ("The herniated disc in the neck may be treated surgically.", False),
        ("PAST SURGICAL HISTORY: Bypass, neck fusion in the remote past, hernia repair.", True),
        ("She was treated for a T9 fracture with vertebroplasty.", True),
        ("Laminectomy will be performed once cardiology signs off.", False),
        ("They advise a revision fusion and she has accepted a date.", False),
    ],
)
def test_an_operation_done_and_one_to_come(words: str, before: bool) -> None:
    assert any(f.state is State.DONE for f in history(f"Low back pain. {words}\n")) is before


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("Back pain, status post back surgery.", True),
        ("Knee pain, status post back surgery.", False),
        ("No pain, status post back surgery.", False),
    ],
)
def test_pain_named_with_the_operation_it_follows(words: str, after: bool) -> None:
    facts = find_facts(Document("note", f"HISTORY: Lumbar spondylosis.\n\nASSESSMENT: {words}\n"))
    found = [f for f in facts if f.concept == "history.pain_after_surgery" and f.state is State.PRESENT]
    assert bool(found) is after


@pytest.mark.parametrize(("words", "seen"), [("cord signal change", True), ("neck pain", False)])
def test_the_signal_of_the_cord_is_seen_on_a_magnet(words: str, seen: bool) -> None:
    facts = find_facts(Document("note", f"INDICATIONS: He was noted to have {words} at C4-5 from a disc herniation.\n"))
    assert any(f.concept == "imaging.compression" and f.state is State.PRESENT for f in facts) is seen
