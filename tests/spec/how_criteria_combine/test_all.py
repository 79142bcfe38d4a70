"""Every one: `all`

Not met when one part is not met; met when all are; open otherwise. Where no part applies, the whole does not apply.
"""

from praxigen.engine.truth import all_of
from praxigen.model.answer import Answer
from spec.tables import check_pairs

TABLE = """
                 met             not_met   not_documented   waived          not_applicable
met              met             not_met   not_documented   met             met
not_met          not_met         not_met   not_met          not_met         not_met
not_documented   not_documented  not_met   not_documented   not_documented  not_documented
waived           met             not_met   not_documented   met             met
not_applicable   met             not_met   not_documented   met             not_applicable
"""


def test_the_table() -> None:
    check_pairs(TABLE, all_of)


def test_one_part_that_is_not_met_decides_however_much_is_open() -> None:
    assert all_of([Answer.NOT_DOCUMENTED, Answer.MET, Answer.NOT_MET]) is Answer.NOT_MET
