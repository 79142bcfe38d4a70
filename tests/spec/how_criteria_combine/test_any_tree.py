"""What holds for every tree and every chart

These are tried on random trees and charts. A waiver or a condition that a new fact establishes may change
what was decided; that is what waivers and conditions are for.
"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from praxigen.engine.evaluate import evaluate
from praxigen.engine.truth import all_of, any_of, at_least, counts_as_met, none_of
from praxigen.model.answer import Answer
from praxigen.model.criterion import Criterion, Op
from praxigen.model.fact import State
from praxigen.model.report import CriterionResult
from support.charts import answer, fact, request
from support.trees import charts, open_leaves, trees

ANSWERS = st.lists(st.sampled_from(Answer), min_size=1, max_size=6)
DECIDED = (Answer.MET, Answer.NOT_MET)
ANY_TREE = trees(waivers=True, conditions=True)


def _turned(tree: Criterion) -> Criterion:
    return replace(tree, children=tuple(_turned(child) for child in reversed(tree.children)))


@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(answers: list[Answer], random: object) -> None:
    shuffled = list(answers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for combine in (all_of, any_of, none_of, lambda given: at_least(2, given)):
        assert combine(answers) is combine(shuffled)


@given(ANSWERS)
def test_at_least_one_is_any_and_at_least_as_many_as_there_are_is_all(answers: list[Answer]) -> None:
    assert at_least(1, answers) is any_of(answers)
    assert at_least(len(answers), answers) is all_of(answers)


@given(ANSWERS)
def test_none_is_the_opposite_of_any(answers: list[Answer]) -> None:
    opposite = {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET}
    assert none_of(answers) is opposite.get(any_of(answers), any_of(answers))


@given(st.data())
def test_the_order_of_children_changes_no_answer(data: st.DataObject) -> None:
    tree = data.draw(ANY_TREE)
    facts = data.draw(charts(tree))
    assert answer(tree, *facts).answer is answer(_turned(tree), *facts).answer


@given(st.data())
def test_the_order_of_facts_changes_nothing(data: st.DataObject) -> None:
    tree = data.draw(ANY_TREE)
    facts = data.draw(charts(tree))
    assert evaluate(tree, data.draw(st.permutations(facts)), request()) == evaluate(tree, facts, request())


@given(st.data())
def test_a_new_fact_about_an_open_leaf_changes_nothing_that_is_decided(data: st.DataObject) -> None:
    tree = data.draw(trees())
    facts = data.draw(charts(tree))
    before = answer(tree, *facts)
    names = [leaf.id for leaf in open_leaves(before) if leaf.op is Op.EVIDENCE]
    if before.answer in DECIDED and names:
        new = fact(data.draw(st.sampled_from(names)), data.draw(st.sampled_from(State)), at=9000)
        assert answer(tree, *facts, new).answer is before.answer


@given(st.data())
def test_a_new_fact_about_an_open_leaf_never_undoes_met_where_there_are_waivers(data: st.DataObject) -> None:
    tree = data.draw(trees(waivers=True))
    facts = data.draw(charts(tree))
    before = answer(tree, *facts)
    names = [leaf.id for leaf in open_leaves(before) if leaf.op is Op.EVIDENCE]
    if counts_as_met(before.answer) and names:
        new = fact(data.draw(st.sampled_from(names)), data.draw(st.sampled_from(State)), at=9000)
        assert counts_as_met(answer(tree, *facts, new).answer)


@given(st.data())
def test_nothing_found_is_never_met_unless_a_policy_says_what_silence_means(data: st.DataObject) -> None:
    tree = data.draw(ANY_TREE)
    assert answer(tree).answer in (Answer.NOT_DOCUMENTED, Answer.NOT_APPLICABLE)


@given(st.data())
def test_no_leaf_is_answered_from_the_chart_without_a_quote(data: st.DataObject) -> None:
    tree = data.draw(ANY_TREE)
    facts = data.draw(charts(tree))
    for part in answer(tree, *facts).walk():
        if part.criterion.op is Op.EVIDENCE and part.answer in DECIDED:
            assert part.quotes
            assert _all_about(part)


def _all_about(part: CriterionResult) -> bool:
    return all(quote.text.startswith(f"{part.criterion.id} ") for quote in part.quotes)
