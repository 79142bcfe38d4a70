"""Not any of them: `none`

For exclusions. Not met when one of them holds; met when each of them is said not to hold; open otherwise. A waiver on
an exclusion would make it hold, so exclusions are written without.
"""

from praxigen.engine.truth import none_of
from praxigen.model.answer import Answer
from spec.tables import check_pairs

TABLE = """
                 met       not_met         not_documented   waived    not_applicable
met              not_met   not_met         not_met          not_met   not_met
not_met          not_met   met             not_documented   not_met   met
not_documented   not_met   not_documented  not_documented   not_met   not_documented
waived           not_met   not_met         not_met          not_met   not_met
not_applicable   not_met   met             not_documented   not_met   not_applicable
"""


def test_the_table() -> None:
    check_pairs(TABLE, none_of)


def test_silence_about_an_exclusion_leaves_it_open() -> None:
    assert none_of([Answer.NOT_MET, Answer.NOT_DOCUMENTED]) is Answer.NOT_DOCUMENTED
