"""Forms that patients fill in: questions with boxes for yes and no, lists that end in "none of these"."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import Fact, State


def facts(note: str, concept: str) -> list[Fact]:
    return [fact for fact in find_facts(Document("n", note)) if fact.concept == concept or concept in fact.kinds]


@pytest.mark.parametrize(("boxes", "state"), [("[ ] yes  [x] no", State.ABSENT), ("☐ Yes ☒ No", State.ABSENT)])
def test_a_question_and_its_boxes_are_one_statement(boxes: str, state: State) -> None:
    note = f"Low back pain.\nHave you EVER had spine surgery?  {boxes}\nDo you smoke?  [x] yes  [ ] no\n"
    assert [fact.state for fact in facts(note, "history.spine_surgery")] == [state]
    assert State.ABSENT not in {fact.state for fact in facts(note, "tobacco.use")}


def test_a_question_that_nobody_answered_says_nothing() -> None:
    note = "Low back pain.\nHave you EVER had spine surgery?  [ ] yes  [ ] no\n"
    assert facts(note, "history.spine_surgery") == []


def test_what_was_asked_and_denied_by_one_box() -> None:
    asked = "Low back pain.\nDo you have: [ ] loss of bladder control  [ ] fever  {} none of these\n"
    denied = facts(asked.format("[x]"), "redflag.bowel_bladder")
    unanswered = facts(asked.format("[ ]"), "redflag.bowel_bladder")
    assert {fact.state for fact in denied} == {State.ABSENT}
    assert {fact.state for fact in unanswered} == {State.HYPOTHETICAL}


@pytest.mark.parametrize(
    ("boxes", "outcome"), [("[ ] yes [x] no", ("none",)), ("[x] yes [ ] no", ("good",)), ("[ ] yes [ ] no", ())]
)
def test_whether_it_helped_is_no_answer_to_whether_it_was_taken(boxes: str, outcome: tuple[str, ...]) -> None:
    (fact,) = facts(f"Leg pain resolved.\n[x] ibuprofen   helped? {boxes}\n", "treatment.nsaid")
    assert fact.state is not State.ABSENT
    assert fact.quality("outcome") == outcome


def test_how_long_by_a_box() -> None:
    note = "How long have you had the back pain?  [ ] < 6 weeks  [x] 6 weeks - 3 months  [ ] > 1 year\n"
    (onset,) = facts(note, "symptom.onset")
    assert onset.duration is not None
    assert onset.duration.high is not None
    assert 80 < onset.duration.high.most_days < 100
    assert facts(note.replace("How long have you had", "Which of these is worst:"), "symptom.onset") == []


@pytest.mark.parametrize(("head", "state"), [("Dear Margit,", State.DONE), ("Patient information", State.HYPOTHETICAL)])
def test_what_a_letter_says_to_a_colleague_is_about_the_patient(head: str, state: State) -> None:
    note = f"{head}\n\nLow back pain. You had him on naproxen for 8 weeks without relief.\n"
    assert {fact.state for fact in facts(note, "treatment.nsaid")} == {state}
