"""A waiver: `unless`

A waiver lifts its own criterion and nothing else. It speaks only where the criterion is not already met, and the
answer stays `waived`, so that a reviewer sees which of the two it was.
"""

import pytest

from praxigen.model.answer import Answer, Reason
from praxigen.model.fact import State
from support.charts import all_, answer, any_, fact, leaf, says

TABLE = """
criterion        waiver           -> answer
met              met              -> met
met              not_documented   -> met
not_met          met              -> waived
not_met          not_met          -> not_met
not_met          not_documented   -> not_met
not_documented   met              -> waived
not_documented   not_met          -> not_documented
not_documented   not_documented   -> not_documented
"""
STATES = {"met": State.PRESENT, "not_met": State.ABSENT}
CARE = leaf("care", unless=leaf("redflag"))


@pytest.mark.parametrize("line", TABLE.strip().splitlines()[1:])
def test_the_table(line: str) -> None:
    care, waiver, _, expected = line.split()
    facts = [fact(name, STATES[said]) for name, said in (("care", care), ("redflag", waiver)) if said in STATES]
    assert answer(CARE, *facts).answer == expected


def test_a_waiver_brings_its_own_words() -> None:
    result = answer(CARE, fact("care", State.ABSENT, words="no therapy"), fact("redflag", words="foot drop", at=50))
    assert (result.answer, result.reason, result.own) == (Answer.WAIVED, Reason.WAIVER, Answer.NOT_MET)
    assert [quote.text for quote in result.quotes] == ["foot drop"]


def test_the_words_of_a_waiver_of_parts_are_those_of_the_parts_that_hold() -> None:
    care = leaf("care", unless=any_(leaf("fracture"), leaf("tumor"), all_(leaf("fever"), leaf("culture"))))
    found = [fact(name, words=name, at=at) for at, name in ((9, "fever"), (20, "culture"))]
    assert [quote.text for quote in answer(care, *found).quotes] == ["fever", "culture"]


def test_a_waiver_waives_only_its_own_criterion() -> None:
    tree = all_(CARE, leaf("imaging"))
    assert says(tree, fact("redflag")) == (Answer.NOT_DOCUMENTED, Reason.OPEN_PARTS)


def test_a_waived_part_counts_as_met() -> None:
    assert says(all_(CARE, leaf("imaging")), fact("redflag"), fact("imaging")) == (Answer.MET, Reason.PARTS)


def test_what_does_not_apply_has_nothing_to_waive() -> None:
    care = all_(leaf("care", applies_if=leaf("surgery")), unless=leaf("redflag"))
    assert says(care, fact("redflag")) == (Answer.NOT_APPLICABLE, Reason.CONDITION_NOT_MET)
