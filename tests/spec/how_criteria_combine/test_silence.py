"""Silence

Nothing found is `not_documented`. Inside exclusions, waivers and conditions a policy may say what silence means
(`on_silence`); it speaks only where nothing in the chart came near.
"""

from praxigen.model.answer import Answer, Reason
from praxigen.model.fact import State
from support.charts import all_, fact, leaf, none_, pattern, says

QUIET = leaf("infection", on_silence=Answer.NOT_MET)


def test_nothing_found_is_not_documented() -> None:
    assert says(leaf("infection")) == (Answer.NOT_DOCUMENTED, Reason.SILENT)


def test_a_policy_may_say_what_silence_means() -> None:
    assert says(QUIET) == (Answer.NOT_MET, Reason.SILENT)


def test_a_near_miss_is_not_silence() -> None:
    assert says(QUIET, fact("infection", State.POSSIBLE)) == (Answer.NOT_DOCUMENTED, Reason.POSSIBLE_ONLY)


def test_a_statement_that_decides_nothing_is_silence() -> None:
    quiet = leaf("infection", on_silence=Answer.NOT_MET, absent_refutes=False)
    assert says(quiet, fact("infection", State.ABSENT)) == (Answer.NOT_MET, Reason.SILENT)


def test_exclusions_that_nobody_mentions_do_not_exclude() -> None:
    assert says(none_(QUIET)) == (Answer.MET, Reason.NONE_FOUND)


def test_an_exclusion_that_holds_excludes_and_is_quoted() -> None:
    tree = none_(QUIET, leaf(pattern("plan.burst", State.PLANNED)))
    assert says(tree, fact("plan.burst", State.PLANNED)) == (Answer.NOT_MET, Reason.EXCLUDED)
    assert says(none_(all_(QUIET)), fact("infection")) == (Answer.NOT_MET, Reason.EXCLUDED)


def test_an_exclusion_that_is_possible_leaves_the_group_open() -> None:
    assert says(none_(QUIET), fact("infection", State.POSSIBLE)) == (Answer.NOT_DOCUMENTED, Reason.OPEN_PARTS)
