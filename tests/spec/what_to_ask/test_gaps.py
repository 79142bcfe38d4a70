"""Which questions are asked"""

import pytest

from praxigen.engine.gaps import gaps
from praxigen.model.answer import Answer, Reason
from praxigen.model.criterion import Criterion, Op
from praxigen.model.fact import Fact, State
from support.charts import all_, answer, any_, attest, fact, group, leaf, none_, pattern, requested

A, B, C, D = (leaf(name) for name in "abcd")


def asked(tree: Criterion, *facts: Fact) -> list[str]:
    return [gap.criterion.id for gap in gaps(answer(tree, *facts))]


def yes(*names: str) -> list[Fact]:
    return [fact(name) for name in names]


def no(*names: str) -> list[Fact]:
    return [fact(name, State.ABSENT) for name in names]


def test_nothing_is_asked_where_everything_is_met() -> None:
    assert asked(all_(A, B), *yes("a", "b")) == []


def test_nothing_is_asked_where_nothing_can_help() -> None:
    assert asked(all_(A, B), *no("a")) == []


def test_every_open_part_of_all_is_asked_in_order() -> None:
    assert asked(all_(A, B, C), *yes("b")) == ["a", "c"]


def test_the_shortest_way_through_any_is_asked() -> None:
    assert asked(any_(all_(A, B), C)) == ["c"]
    assert asked(any_(all_(A, B), all_(C, D)), *yes("c")) == ["d"]


def test_of_two_ways_of_the_same_length_the_one_where_more_is_met() -> None:
    assert asked(any_(A, all_(B, C)), *yes("b")) == ["c"]
    assert asked(any_(A, B)) == ["a"]


def test_as_many_as_are_missing_are_asked() -> None:
    tree = group(Op.AT_LEAST, A, B, C, D, count=3)
    assert asked(tree, *yes("b"), *no("c")) == ["a", "d"]
    assert asked(tree, *no("b", "c")) == []
    assert asked(group(Op.AT_LEAST, all_(A, B), C, D, count=2)) == ["c", "d"]


def test_open_exclusions_are_asked() -> None:
    assert asked(none_(A, B), *no("a")) == ["b"]
    assert asked(none_(A, B), *yes("a")) == []
    assert asked(none_(all_(A, B), any_(C, D))) == ["a", "c", "d"]


def test_an_attestation_inside_an_exclusion_cannot_be_answered_no() -> None:
    assert asked(none_(attest("a"))) == []


def test_a_waiver_is_asked_only_where_the_criterion_itself_cannot_be_met() -> None:
    care = all_(A, B, unless=leaf("contraindication"))
    assert asked(care) == ["a", "b"]
    assert asked(care, *no("b")) == ["contraindication"]


def test_an_emergency_is_never_suggested() -> None:
    care = leaf("a", unless=any_(leaf("redflag.cauda_equina"), leaf("redflag")))
    assert asked(care, *no("a")) == []
    either = leaf("a", unless=any_(leaf("redflag.cauda_equina"), leaf("contraindication")))
    assert asked(either, *no("a")) == ["contraindication"]


def test_an_emergency_that_is_a_criterion_of_its_own_is_asked() -> None:
    assert asked(leaf("redflag.fracture")) == ["redflag-fracture"]


def test_a_waiver_that_holds_costs_nothing() -> None:
    care = all_(A, B, unless=leaf("redflag"))
    assert asked(all_(care, C), *yes("redflag")) == ["c"]
    assert asked(none_(care), *yes("redflag")) == []


def test_what_does_not_apply_must_apply_before_it_can_be_waived() -> None:
    care = all_(leaf("a", applies_if=C), unless=leaf("redflag"))
    assert asked(care, *yes("redflag")) == ["a", "c"][::-1]
    never = all_(leaf("a", applies_if=C), unless=leaf("redflag"))
    assert asked(never, *yes("redflag"), *no("c")) == []


def test_a_condition_that_is_open_is_asked() -> None:
    conditional = leaf("a", applies_if=leaf("surgery"))
    possible = fact("surgery", State.POSSIBLE)
    assert asked(all_(conditional, B), possible, *yes("b")) == ["surgery"]
    assert asked(conditional, possible) == ["surgery", "a"]


def test_a_condition_may_be_asked_about_only_where_the_chart_came_near() -> None:
    possible = fact("surgery", State.POSSIBLE)
    earlier = any_(leaf("surgery"), leaf("ablation"))
    assert asked(all_(leaf("a", applies_if=earlier), leaf("d")), possible) == ["surgery", "d"]
    shown = all_(leaf("a", applies_if=all_(leaf("surgery"), leaf("ablation"))), leaf("d"))
    assert asked(shown, *yes("surgery")) == ["ablation", "d"]


def test_a_condition_without_exclusions_holds_once_they_are_denied() -> None:
    conditional = leaf("a", applies_if=none_(leaf("surgery")))
    assert asked(all_(conditional, D), fact("surgery", State.POSSIBLE)) == ["surgery", "d"]


def test_a_condition_that_waits_for_a_person_can_only_be_confirmed() -> None:
    assert asked(all_(leaf("a", applies_if=attest("b")), D)) == ["b", "a", "d"]


def test_a_condition_with_a_condition_is_asked_about_like_any_criterion() -> None:
    conditional = leaf("a", applies_if=any_(leaf("surgery", unless=leaf("c")), leaf("ablation")))
    assert asked(all_(conditional, D), fact("surgery", State.POSSIBLE)) == ["surgery", "a", "d"]


def test_what_does_not_apply_is_not_asked() -> None:
    assert asked(all_(leaf("a", applies_if=leaf("surgery")), B)) == ["b"]


def test_what_applies_only_to_others_cannot_be_met() -> None:
    assert asked(leaf("a", applies_if=leaf("surgery")), *no("surgery")) == []


def test_the_question_is_that_of_the_criterion_whatever_answer_would_help() -> None:
    [wanted] = gaps(answer(A))
    [unwanted] = gaps(answer(none_(A)))
    assert wanted.ask == unwanted.ask == "What about a?"


@pytest.mark.parametrize(
    ("criterion", "ask"),
    [
        (requested("stage", "trial"), "Which stage is requested?"),
        (Criterion("x", "MRI is recent", Op.EVIDENCE, None), "What does the record say about this: MRI is recent"),
    ],
)
def test_a_criterion_without_a_question_is_asked_for_neutrally(criterion: Criterion, ask: str) -> None:
    assert [gap.ask for gap in gaps(answer(criterion))] == [ask]


def test_a_part_that_is_used_twice_asks_once() -> None:
    again = leaf("a", id="a")
    copy = Criterion("a-2", "a", Op.EVIDENCE, None, ask=again.ask, shown_by=again.shown_by)
    assert asked(all_(again, copy, attest("b"), attest("c"))) == ["a", "b", "c"]


def test_a_gap_shows_what_came_near() -> None:
    [gap] = gaps(answer(leaf(pattern("a", duration=">= 6 weeks")), *yes("a")))
    assert (gap.reason, [miss.reason for miss in gap.near]) == (Reason.NO_DURATION, [Reason.NO_DURATION])


def test_a_gap_shows_both_sides_of_a_conflict() -> None:
    result = answer(A, fact("a", words="pain", at=1), fact("a", State.ABSENT, words="no pain", at=30))
    assert result.answer is Answer.NOT_DOCUMENTED
    [gap] = gaps(result)
    assert [(miss.reason, [quote.text for quote in miss.quotes]) for miss in gap.near] == [
        (Reason.CONFLICTING, ["pain", "no pain"])
    ]
