"""One of them: `any`

Met when one part is met; not met when all are not met; open otherwise.
"""

from praxigen.engine.truth import any_of
from praxigen.model.answer import Answer
from spec.tables import check_pairs

TABLE = """
                 met   not_met         not_documented   waived   not_applicable
met              met   met             met              met      met
not_met          met   not_met         not_documented   met      not_met
not_documented   met   not_documented  not_documented   met      not_documented
waived           met   met             met              met      met
not_applicable   met   not_met         not_documented   met      not_applicable
"""


def test_the_table() -> None:
    check_pairs(TABLE, any_of)


def test_one_part_that_is_met_decides_however_much_is_open() -> None:
    assert any_of([Answer.NOT_DOCUMENTED, Answer.NOT_MET, Answer.MET]) is Answer.MET
