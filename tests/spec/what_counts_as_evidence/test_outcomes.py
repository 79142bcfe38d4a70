"""With what result"""

from praxigen.model.answer import Answer, Reason
from support.charts import fact, leaf, pattern, says

FAILED = leaf(pattern("treatment", outcome="none insufficient temporary", contrary="good resolved"))
CLEARED = leaf(pattern("evaluation", outcome="cleared", contrary="withheld"))
NOT_GOOD = leaf(pattern("treatment", contrary="good"))


def test_an_outcome_that_is_asked_for_shows_it() -> None:
    assert says(FAILED, fact("treatment", outcome="insufficient")) == (Answer.MET, Reason.DOCUMENTED)


def test_a_treatment_that_worked_refutes_that_it_failed() -> None:
    assert says(FAILED, fact("treatment", outcome="good")) == (Answer.NOT_MET, Reason.GOOD_RESPONSE)


def test_a_contrary_outcome_refutes() -> None:
    assert says(CLEARED, fact("evaluation", outcome="withheld")) == (Answer.NOT_MET, Reason.OUTCOME_CONTRARY)


def test_a_good_result_that_did_not_last_is_the_outcome_asked_for() -> None:
    assert says(FAILED, fact("treatment", outcome="good temporary")) == (Answer.MET, Reason.DOCUMENTED)


def test_an_outcome_that_is_not_stated_leaves_it_open() -> None:
    assert says(FAILED, fact("treatment")) == (Answer.NOT_DOCUMENTED, Reason.NO_OUTCOME)


def test_an_outcome_that_is_neither_leaves_it_open() -> None:
    assert says(CLEARED, fact("evaluation", outcome="conditional")) == (Answer.NOT_DOCUMENTED, Reason.NO_OUTCOME)


def test_contrary_outcomes_alone_only_keep_facts_out() -> None:
    assert says(NOT_GOOD, fact("treatment")) == (Answer.MET, Reason.DOCUMENTED)
    assert says(NOT_GOOD, fact("treatment", outcome="partial")) == (Answer.MET, Reason.DOCUMENTED)
    assert says(NOT_GOOD, fact("treatment", outcome="good")) == (Answer.NOT_MET, Reason.GOOD_RESPONSE)
