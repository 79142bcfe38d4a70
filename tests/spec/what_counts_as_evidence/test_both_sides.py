"""Where the chart says two things"""

from datetime import date

import pytest

from praxigen.model.answer import Answer, Reason
from praxigen.model.criterion import Prefer
from praxigen.model.fact import Fact, State
from praxigen.model.report import CriterionResult
from support.charts import answer, fact, leaf, pattern, says

MET, OPEN, REFUTED = Answer.MET, Answer.NOT_DOCUMENTED, Answer.NOT_MET
CONFLICT = (OPEN, Reason.CONFLICTING)
RADICULAR = leaf("symptom.radicular")
CARE = leaf(pattern("treatment", duration=">= 6 weeks"))
CLEARED = leaf(
    pattern("evaluation", outcome="cleared"),
    refuted_by=(pattern("psychiatric.uncontrolled"), pattern("support.family", State.ABSENT)),
)


def _words(result: CriterionResult) -> list[str]:
    return [quote.text for quote in result.quotes]


def _denied(**place: str) -> Fact:
    return fact("symptom.radicular", State.ABSENT, **place)


def test_a_contradiction_is_a_conflict_with_both_quotes() -> None:
    result = answer(
        RADICULAR,
        fact("symptom.radicular", State.ABSENT, words="denies leg pain", at=90),
        fact("symptom.radicular", words="pain down the leg", at=10),
    )
    assert (result.answer, result.reason) == CONFLICT
    assert _words(result) == ["pain down the leg", "denies leg pain"]


@pytest.mark.parametrize(
    ("prefer", "expected"),
    [(Prefer.SHOWN, (MET, Reason.DOCUMENTED)), (Prefer.REFUTED, (REFUTED, Reason.DENIED_IN_NOTE))],
)
def test_a_policy_may_say_which_side_wins(prefer: Prefer, expected: tuple[Answer, Reason]) -> None:
    assert says(leaf("symptom.radicular", prefer=prefer), fact("symptom.radicular"), _denied()) == expected


@pytest.mark.parametrize(
    ("shown", "denied", "conflict"),
    [
        ({}, {}, True),
        ({"side": "left"}, {}, True),
        ({"side": "left"}, {"side": "left"}, True),
        ({"side": "left"}, {"side": "right"}, False),
        ({"side": "left"}, {"side": "bilateral"}, True),
        ({"side": "bilateral"}, {"side": "right"}, True),
        ({"region": "lumbar"}, {"region": "cervical"}, False),
        ({"region": "lumbar", "side": "left"}, {"region": "lumbar", "side": "right"}, False),
        ({"level": "L4-L5 L5-S1"}, {"level": "L5-S1"}, True),
        ({"root": "L5"}, {"root": "S1"}, False),
        ({"limb": "leg"}, {"limb": "arm"}, False),
        ({"site": "leg"}, {"site": "arm"}, False),
    ],
)
def test_a_denial_about_another_place_contradicts_nothing(
    shown: dict[str, str], denied: dict[str, str], conflict: bool
) -> None:
    expected = CONFLICT if conflict else (MET, Reason.DOCUMENTED)
    assert says(RADICULAR, fact("symptom.radicular", **shown), _denied(**denied)) == expected


def test_a_denial_of_the_whole_and_a_statement_of_a_kind_contradict_each_other() -> None:
    sign = leaf("sign.deficit")
    assert says(sign, fact("sign.deficit.motor"), fact("sign.deficit", State.ABSENT)) == CONFLICT


def test_a_denial_of_one_kind_leaves_a_statement_of_the_whole() -> None:
    shown, denied = fact("sign.deficit"), fact("sign.deficit.motor", State.ABSENT)
    assert says(leaf("sign.deficit"), shown, denied) == (MET, Reason.DOCUMENTED)


def test_a_denial_of_one_kind_does_not_deny_another() -> None:
    shown, denied = fact("sign.deficit.sensory"), fact("sign.deficit.motor", State.ABSENT)
    assert says(leaf("sign.deficit"), shown, denied) == (MET, Reason.DOCUMENTED)


def test_a_template_line_does_not_outweigh_what_was_dictated() -> None:
    denied = fact("symptom.radicular", State.ABSENT, template=True)
    assert says(RADICULAR, fact("symptom.radicular"), denied) == (MET, Reason.DOCUMENTED)


def test_a_short_course_does_not_deny_a_long_one() -> None:
    long, short = fact("treatment", for_="8 weeks"), fact("treatment", for_="3 weeks", at=50)
    assert says(CARE, long, short) == (MET, Reason.DOCUMENTED)


def test_what_the_policy_names_as_the_contrary_refutes() -> None:
    assert says(CLEARED, fact("psychiatric.uncontrolled")) == (REFUTED, Reason.SAID_OTHERWISE)
    assert says(CLEARED, fact("support.family", State.ABSENT)) == (REFUTED, Reason.DENIED_IN_NOTE)


def test_what_the_policy_names_as_the_contrary_contradicts_what_is_shown() -> None:
    cleared = fact("evaluation", State.DONE, outcome="cleared")
    assert says(CLEARED, cleared, fact("psychiatric.uncontrolled", template=True)) == CONFLICT


def test_the_contrary_must_be_certain() -> None:
    assert says(CLEARED, fact("psychiatric.uncontrolled", State.POSSIBLE)) == (OPEN, Reason.SILENT)


def test_a_fact_on_both_sides_is_a_conflict_with_one_quote() -> None:
    strange = leaf("symptom.pain", refuted_by=(pattern("symptom.pain", where={"region": "trunk"}),))
    result = answer(strange, fact("symptom.pain", region="trunk", words="trunk pain"))
    assert (result.answer, result.reason) == CONFLICT
    assert _words(result) == ["trunk pain"]


@pytest.mark.parametrize(
    ("shown", "denied", "expected"),
    [
        (date(2026, 7, 20), date(2026, 3, 2), (MET, Reason.DOCUMENTED)),
        (date(2026, 3, 2), date(2026, 7, 20), (REFUTED, Reason.DENIED_IN_NOTE)),
        (date(2026, 7, 20), date(2026, 7, 20), CONFLICT),
        (None, date(2026, 7, 20), CONFLICT),
        (date(2026, 7, 20), None, CONFLICT),
        (None, None, CONFLICT),
    ],
)
def test_a_policy_may_ask_for_the_newest_examination(
    shown: date | None, denied: date | None, expected: tuple[Answer, Reason]
) -> None:
    newest = leaf("symptom.radicular", prefer=Prefer.NEWEST)
    one, other = fact("symptom.radicular", day=shown), fact("symptom.radicular", State.ABSENT, day=denied)
    assert says(newest, one, other) == expected
    assert says(newest, other, one) == expected


def test_the_newest_examination_is_that_of_its_own_place() -> None:
    newest = leaf("symptom.radicular", prefer=Prefer.NEWEST)
    left = fact("symptom.radicular", day=date(2026, 3, 2), side="left")
    right = fact("symptom.radicular", State.ABSENT, day=date(2026, 7, 20), side="right")
    assert says(newest, left, right) == (MET, Reason.DOCUMENTED)


def test_what_the_policy_names_as_the_contrary_counts_where_it_is_newer() -> None:
    newest = leaf("evaluation", refuted_by=(pattern("psychiatric.uncontrolled"),), prefer=Prefer.NEWEST)
    cleared = fact("evaluation", State.DONE, day=date(2026, 3, 2))
    assert says(newest, cleared, fact("psychiatric.uncontrolled", day=date(2026, 7, 20))) == (
        REFUTED, Reason.SAID_OTHERWISE)  # fmt: skip
    assert says(newest, cleared, fact("psychiatric.uncontrolled", day=date(2026, 1, 5)))[0] is MET


def test_a_newer_measurement_that_falls_short_sets_aside_an_older_one_that_did_not() -> None:
    newest = leaf(pattern("score.odi", value=">= 40 %"), prefer=Prefer.NEWEST)
    before = fact("score.odi", value="46 %", day=date(2026, 3, 2))
    after = fact("score.odi", value="22 %", day=date(2026, 7, 20))
    assert says(newest, before, after)[0] is REFUTED
    assert says(leaf(pattern("score.odi", value=">= 40 %")), before, after)[0] is MET
    again = fact("score.odi", value="44 %", day=date(2026, 8, 3))
    assert says(newest, before, after, again)[0] is MET


def test_what_one_examination_shows_beside_what_it_does_not_is_no_conflict() -> None:
    newest = leaf(pattern("score.odi", value=">= 40 %"), prefer=Prefer.NEWEST)
    day = date(2026, 7, 20)
    high, low = (fact("score.odi", value=value, day=day) for value in ("46 %", "22 %"))
    assert says(newest, high, low)[0] is MET
