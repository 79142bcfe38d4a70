"""So many of them: `at_least`

Met when so many parts are met; not met when too few still can be; open otherwise. Parts that do not apply are left
out; where fewer apply than are asked for, every one that applies is needed. The table is for two of three.
"""

from praxigen.engine.truth import all_of, any_of, at_least
from praxigen.model.answer import Answer
from spec.tables import check_rows

TABLE = """
first           second          third           -> answer
met             met             met             -> met
met             waived          not_met         -> met
met             met             not_documented  -> met
met             not_met         not_met         -> not_met
met             not_met         not_documented  -> not_documented
met             not_documented  not_documented  -> not_documented
not_met         not_met         not_documented  -> not_met
not_met         not_documented  not_documented  -> not_documented
not_documented  not_documented  not_documented  -> not_documented
met             met             not_applicable  -> met
met             not_met         not_applicable  -> not_met
met             not_documented  not_applicable  -> not_documented
met             not_applicable  not_applicable  -> met
not_met         not_applicable  not_applicable  -> not_met
not_applicable  not_applicable  not_applicable  -> not_applicable
"""


def test_the_table() -> None:
    check_rows(TABLE, lambda answers: at_least(2, answers))


def test_at_least_one_is_any() -> None:
    for first in Answer:
        for second in Answer:
            assert at_least(1, [first, second]) is any_of([first, second])


def test_at_least_as_many_as_there_are_is_all() -> None:
    for first in Answer:
        for second in Answer:
            assert at_least(2, [first, second]) is all_of([first, second])
