"""A condition: `applies_if`

Where the condition is not met, or the chart does not mention it at all, the criterion does not apply and is left out.
Where the chart comes near the condition without settling it, the criterion stays open.
"""

import pytest

from praxigen.engine.evaluate import evaluate
from praxigen.model.answer import Answer, Reason
from praxigen.model.fact import State, Who
from support.charts import all_, answer, attest, fact, leaf, none_, request, says

TABLE = """
condition        criterion        -> answer
met              met              -> met
met              not_met          -> not_met
met              not_documented   -> not_documented
not_met          met              -> not_applicable
not_met          not_documented   -> not_applicable
silent           met              -> not_applicable
silent           not_documented   -> not_applicable
possible         met              -> not_documented
possible         not_met          -> not_documented
"""
STATES = {"met": State.PRESENT, "not_met": State.ABSENT, "possible": State.POSSIBLE}
INTERVAL = leaf("interval", applies_if=leaf("surgery"))


@pytest.mark.parametrize("line", TABLE.strip().splitlines()[1:])
def test_the_table(line: str) -> None:
    surgery, interval, _, expected = line.split()
    said = (("surgery", surgery), ("interval", interval))
    assert answer(INTERVAL, *[fact(name, STATES[word]) for name, word in said if word in STATES]).answer == expected


def test_a_criterion_left_open_by_its_condition_has_the_reason_of_the_condition() -> None:
    result = answer(INTERVAL, fact("surgery", State.POSSIBLE, words="may have had surgery"), fact("interval"))
    assert (result.reason, result.own) == (Reason.POSSIBLE_ONLY, Answer.MET)
    assert result.near[0].quotes[0].text == "may have had surgery"


def test_a_condition_that_is_denied_brings_its_words() -> None:
    result = answer(INTERVAL, fact("surgery", State.ABSENT, words="no earlier surgery"))
    assert (result.answer, result.reason) == (Answer.NOT_APPLICABLE, Reason.CONDITION_NOT_MET)
    assert [quote.text for quote in result.quotes] == ["no earlier surgery"]


def test_a_condition_of_which_one_part_is_shown_is_not_silent() -> None:
    interval = leaf("interval", applies_if=all_(leaf("surgery"), leaf("same-level")))
    assert answer(interval, fact("surgery")).answer is Answer.NOT_DOCUMENTED
    assert answer(interval).answer is Answer.NOT_APPLICABLE


def test_a_condition_that_waits_for_a_person_is_not_silent() -> None:
    assert says(leaf("interval", applies_if=attest("repeat"))) == (Answer.NOT_DOCUMENTED, Reason.NOT_ATTESTED)


def test_a_condition_that_does_not_apply_does_not_hold() -> None:
    interval = leaf("interval", applies_if=leaf("same-level", applies_if=leaf("surgery")))
    assert answer(interval, fact("interval")).answer is Answer.NOT_APPLICABLE


def test_a_condition_comes_before_a_waiver() -> None:
    interval = leaf("interval", applies_if=leaf("surgery"), unless=leaf("redflag"))
    result = answer(interval, fact("redflag"))
    assert (result.answer, result.own) == (Answer.NOT_APPLICABLE, Answer.NOT_DOCUMENTED)


def test_what_is_left_out_does_not_stand_in_the_way() -> None:
    assert says(all_(INTERVAL, leaf("imaging")), fact("imaging")) == (Answer.MET, Reason.PARTS)


def test_where_nothing_applies_the_whole_does_not_apply() -> None:
    assert says(all_(INTERVAL)) == (Answer.NOT_APPLICABLE, Reason.CONDITION_NOT_MET)
    assert says(none_(INTERVAL)) == (Answer.NOT_APPLICABLE, Reason.CONDITION_NOT_MET)


def test_a_tree_keeps_every_part_of_the_answer() -> None:
    tree = all_(leaf("interval", applies_if=leaf("surgery"), unless=leaf("redflag")), leaf("imaging"))
    names = [part.criterion.id for part in evaluate(tree, (), request()).walk()]
    assert names == ["all-of-interval-imaging", "interval", "surgery", "redflag", "imaging"]


@pytest.mark.parametrize("state", [State.HYPOTHETICAL, State.CLAIMED])
def test_words_about_no_one_leave_the_chart_silent(state: State) -> None:
    assert answer(INTERVAL, fact("surgery", state)).answer is Answer.NOT_APPLICABLE


def test_a_relative_does_not_make_a_criterion_apply() -> None:
    assert answer(INTERVAL, fact("surgery", who=Who.OTHER)).answer is Answer.NOT_APPLICABLE
