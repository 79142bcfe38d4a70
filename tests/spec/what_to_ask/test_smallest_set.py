"""The smallest set that settles the request"""

from itertools import combinations, product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from praxigen.engine.gaps import gaps
from praxigen.engine.truth import counts_as_met
from praxigen.model.criterion import Criterion, Op
from praxigen.model.fact import Fact
from support.charts import answer
from support.trees import charts, open_leaves, settled, trees

_MOST = 6  # open leaves that are tried in every combination


def _settles(tree: Criterion, facts: tuple[Fact, ...], leaves: tuple[Criterion, ...]) -> bool:
    """Whether some answers to these leaves make the tree met."""
    ways = [(True,) if leaf.op is Op.ATTEST else (True, False) for leaf in leaves]
    names = [leaf.id for leaf in leaves]
    return any(
        counts_as_met(settled(tree, facts, dict(zip(names, answers, strict=True))).answer) for answers in product(*ways)
    )


@settings(deadline=None)
@given(st.data())
def test_no_smaller_set_settles_the_request(data: st.DataObject) -> None:
    tree = data.draw(trees(conditions=True))
    facts = data.draw(charts(tree))
    result = answer(tree, *facts)
    leaves = open_leaves(result)
    assume(len(leaves) <= _MOST)
    sets = (chosen for size in range(len(leaves) + 1) for chosen in combinations(leaves, size))
    smallest = next((len(chosen) for chosen in sets if _settles(tree, facts, chosen)), None)
    found = gaps(result)
    assert len(found) == (smallest or 0)
    assert smallest is None or _settles(tree, facts, tuple(gap.criterion for gap in found))


@settings(deadline=None)
@given(st.data())
def test_answering_exactly_what_is_asked_settles_the_request_where_there_are_waivers(data: st.DataObject) -> None:
    tree = data.draw(trees(waivers=True, conditions=True))
    facts = data.draw(charts(tree))
    found = gaps(answer(tree, *facts))
    assume(found and len(found) <= _MOST)
    assert _settles(tree, facts, tuple(gap.criterion for gap in found))


@given(st.data())
def test_met_answers_settle_a_tree_without_exclusions_and_conditions(data: st.DataObject) -> None:
    tree = data.draw(trees(exclusions=False, waivers=True))
    facts = data.draw(charts(tree))
    found = gaps(answer(tree, *facts))
    assume(found)
    assert counts_as_met(settled(tree, facts, {gap.criterion.id: True for gap in found}).answer)
