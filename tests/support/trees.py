"""Random trees of criteria and random charts for them, for claims that hold for every tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count

from hypothesis import strategies as st

from praxigen.engine.evaluate import evaluate, own_answer
from praxigen.model.answer import Answer
from praxigen.model.criterion import Criterion, Op
from praxigen.model.fact import Fact, State
from praxigen.model.report import CriterionResult
from praxigen.model.request import Request
from support.charts import attest, fact, group, leaf, request

_GROUPS = (Op.ALL, Op.ANY, Op.AT_LEAST, Op.NONE)
_SAID = {
    "nothing": (),
    "shown": (State.PRESENT,),
    "denied": (State.ABSENT,),
    "possible": (State.POSSIBLE,),
    "both": (State.PRESENT, State.ABSENT),
}


@st.composite
def trees(
    draw: st.DrawFn, *, depth: int = 2, waivers: bool = False, conditions: bool = False, exclusions: bool = True
) -> Criterion:
    """A tree in which every leaf has its own concept. Waivers stand nowhere inside exclusions."""
    numbers = count()

    def node(depth: int, *, waivers: bool, conditions: bool) -> Criterion:
        if depth == 0 or draw(st.integers(0, 3)) == 0:
            made = _leaf(draw(st.integers(0, 9)), next(numbers))
        else:
            op = draw(st.sampled_from(_GROUPS if exclusions else _GROUPS[:-1]))
            inside = waivers and op is not Op.NONE
            below = range(draw(st.integers(1, 3)))
            children = [node(depth - 1, waivers=inside, conditions=conditions) for _ in below]
            made = group(op, *children, id=f"g{next(numbers)}", count=draw(st.integers(1, len(children))))
        if waivers and draw(st.integers(0, 3)) == 3:
            made = replace(made, unless=node(0, waivers=False, conditions=False))
        if conditions and draw(st.integers(0, 5)) == 5:
            made = replace(made, applies_if=node(1, waivers=False, conditions=False))
        return made

    return node(depth, waivers=waivers, conditions=conditions)


def _leaf(kind: int, number: int) -> Criterion:
    return attest(f"c{number}") if kind == 9 else leaf(f"c{number}")


def charts(tree: Criterion) -> st.SearchStrategy[tuple[Fact, ...]]:
    """What a chart may say about each leaf of a tree."""
    names = [node.id for node in tree.walk() if node.op is Op.EVIDENCE]
    said = st.tuples(*[st.sampled_from(sorted(_SAID)) for _ in names])
    return said.map(lambda words: tuple(_facts(dict(zip(names, words, strict=True)))))


def _facts(said: Mapping[str, str]) -> Iterator[Fact]:
    for name, word in said.items():
        for state in _SAID[word]:
            yield fact(name, state, at=int(name[1:]) * 100)


def open_leaves(result: CriterionResult) -> list[Criterion]:
    """The leaves that are still to be answered."""
    return [
        part.criterion
        for part in result.walk()
        if not part.criterion.children and own_answer(part) is Answer.NOT_DOCUMENTED
    ]


def settled(tree: Criterion, facts: tuple[Fact, ...], answers: Mapping[str, bool]) -> CriterionResult:
    """The result after the chart, or a person, has answered some leaves."""
    kept = [fact for fact in facts if fact.concept not in answers]
    told = [fact(name, State.PRESENT if yes else State.ABSENT) for name, yes in answers.items()]
    asked: Request = request(attested=[name for name, yes in answers.items() if yes])
    return evaluate(tree, [*kept, *told], asked)
