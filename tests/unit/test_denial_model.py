"""What a decision is, and which flags hold for each of its reasons."""

from __future__ import annotations

import pytest

from praxigen.model.denial import (
    Category,
    Denial,
    Flags,
    Form,
    Outcome,
    Remedy,
    Reviewer,
    StatedDeadline,
    StatedReason,
)
from praxigen.model.document import Quote

WORDS = Quote("letter.txt", 0, 5, "words")
REASON = StatedReason(
    WORDS,
    Category.DOCUMENTATION,
    Remedy.RESUBMIT,
    appealable=False,
    correctable=True,
    specific=True,
    criteria_cited=False,
)


def denial(outcome: Outcome = Outcome.DENIED, **values: object) -> Denial:
    return Denial("letter.txt", Form.LETTER, outcome, 0, 5, reasons=(REASON,), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", Outcome)
def test_only_a_refusal_is_a_denial(outcome: Outcome) -> None:
    refusals = {Outcome.DENIED, Outcome.DENIED_IN_PART, Outcome.UPHELD}
    assert denial(outcome).is_denial is (outcome in refusals)


def test_flags_join_those_of_the_reason_and_those_of_the_letter() -> None:
    bare = denial().flags(REASON)
    assert bare == Flags(
        appealable=False,
        correctable=True,
        peer_to_peer_offered=False,
        specific_reason_given=True,
        criteria_cited=False,
        human_review_stated=False,
        deadline_on_letter=False,
    )
    full = denial(
        peer_to_peer=WORDS, reviewer=Reviewer(human=True, quote=WORDS), deadlines=(StatedDeadline("appeal", WORDS),)
    ).flags(REASON)
    assert (full.peer_to_peer_offered, full.human_review_stated, full.deadline_on_letter) == (True, True, True)


def test_a_reviewer_that_is_no_person_is_no_human_review() -> None:
    assert not denial(reviewer=Reviewer(human=False, quote=WORDS)).flags(REASON).human_review_stated
