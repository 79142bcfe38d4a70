"""What to ask: the smallest set of open criteria that would settle a result as met.

For every node the plans that would make it met, not met or not applicable are computed from those of its parts. A plan
is a list of open leaves to answer. Answers never depend on each other, so the cheapest plans of the parts make the
cheapest plan of the whole. A plan does not say how to answer: the question is neutral, and the chart decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from praxigen.engine.evaluate import own_answer
from praxigen.engine.silence import is_quiet
from praxigen.engine.stage import either
from praxigen.engine.truth import combine, counts_as_met
from praxigen.model.answer import Answer, Reason
from praxigen.model.criterion import Condition, Criterion, Op
from praxigen.model.report import STAGE, CriterionResult, Gap, NearMiss
from praxigen.model.requirement import Route

_Plan = tuple[CriterionResult, ...]
_Plans = Mapping[Answer, _Plan]  # what cannot be reached is not there
_Counts = tuple[int, int, int]  # children met, not met, not applicable
_Preference = tuple[int, int, tuple[int, ...]]  # length of the plan, minus the met leaves beside it, children changed


def gaps(result: CriterionResult) -> tuple[Gap, ...]:
    """The fewest open criteria that would settle the result as met, in the tree's order.

    Empty when it is met already, or cannot become met. Of several smallest sets, the one where most is met already.
    """
    if counts_as_met(result.answer):
        return ()
    plan = _plans(result, waiving=False).get(Answer.MET, ())
    questions = [_question(leaf.criterion) for leaf in plan]
    # A part that is used twice asks once.
    return tuple(_gap(leaf) for number, leaf in enumerate(plan) if questions[number] not in questions[:number])


def stage_gap(route: Route, stages: Sequence[str]) -> Gap:
    """The question for the stage, where only the stage could tell which criteria apply."""
    ask = f"Which stage is requested: {either(stages)}?"
    condition = Condition("stage", tuple(stages))
    criterion = Criterion(STAGE, "The stage of the request", Op.REQUEST, route.citation, ask, condition=condition)
    return Gap(criterion, Reason.NOT_ASKED, ask)


def _question(criterion: Criterion) -> object:
    return (criterion.ask, criterion.shown_by, criterion.refuted_by) if criterion.shown_by else criterion.id


def _gap(leaf: CriterionResult) -> Gap:
    near = leaf.near
    if leaf.reason is Reason.CONFLICTING:
        near = (NearMiss(Reason.CONFLICTING, leaf.quotes),)
    return Gap(leaf.criterion, leaf.reason, leaf.criterion.ask or _fallback(leaf.criterion), near)


def _fallback(criterion: Criterion) -> str:
    if criterion.condition is not None:
        return f"Which {criterion.condition.field} is requested?"
    return f"What does the record say about this: {criterion.says}"


def _plans(result: CriterionResult, *, waiving: bool) -> _Plans:
    plans = _group_plans(result, waiving=waiving) if result.children else _leaf_plans(result, waiving=waiving)
    if result.waiver is not None:
        plans = _with_waiver(plans, result, result.waiver)
    if result.condition is not None:
        plans = _with_condition(plans, result, result.condition, waiving=waiving)
    return plans


def _leaf_plans(result: CriterionResult, *, waiving: bool) -> _Plans:
    answer = own_answer(result)
    if answer is not Answer.NOT_DOCUMENTED:
        return {answer: ()}
    plans = {Answer.MET: (result,), Answer.NOT_MET: (result,)}
    if result.criterion.op is Op.ATTEST:
        del plans[Answer.NOT_MET]  # a person attests or does not; there is no answer "no"
    elif waiving and _is_emergency(result.criterion):
        del plans[Answer.MET]
    return plans


def _is_emergency(criterion: Criterion) -> bool:
    return any(pattern.concept.split(".")[0] == "redflag" for pattern in criterion.shown_by)


def _group_plans(result: CriterionResult, *, waiving: bool) -> _Plans:
    """The cheapest plan for each answer, over every way to answer some children and leave the rest as they are."""
    ways: dict[_Counts, tuple[_Preference, _Plan]] = {(0, 0, 0): ((0, 0, ()), ())}
    for index, child in enumerate(result.children):
        as_it_is = _plain(child.answer)
        plans = _plans(child, waiving=waiving).items()
        options = [(as_it_is, ()), *((answer, more) for answer, more in plans if more or answer is not as_it_is)]
        progress = 0
        if any(more for _, more in options):
            progress = sum(part.answer is Answer.MET and not part.children for part in child.walk())
        longer: dict[_Counts, tuple[_Preference, _Plan]] = {}
        for counts, ((length, beside, changed), plan) in ways.items():
            for answer, more in options:
                preference = length + len(more), beside, changed
                if more:
                    preference = length + len(more), beside - progress, (*changed, index)
                key = _count(counts, answer)
                if key not in longer or preference < longer[key][0]:
                    longer[key] = preference, plan + more
        ways = longer
    return _cheapest(result, ways)


def _cheapest(result: CriterionResult, ways: Mapping[_Counts, tuple[_Preference, _Plan]]) -> _Plans:
    best: dict[Answer, _Plan] = {}
    for counts, (_, plan) in sorted(ways.items(), key=lambda way: way[1][0]):
        answer = combine(result.criterion.op, result.criterion.count, _answers(counts, len(result.children)))
        best.setdefault(answer, plan)
    best.pop(Answer.NOT_DOCUMENTED, None)
    return best


def _plain(answer: Answer) -> Answer:
    return Answer.MET if counts_as_met(answer) else answer


def _count(counts: _Counts, answer: Answer) -> _Counts:
    met, not_met, left_out = counts
    return (
        met + (answer is Answer.MET),
        not_met + (answer is Answer.NOT_MET),
        left_out + (answer is Answer.NOT_APPLICABLE),
    )


def _answers(counts: _Counts, total: int) -> list[Answer]:
    met, not_met, left_out = counts
    return (
        [Answer.MET] * met
        + [Answer.NOT_MET] * not_met
        + [Answer.NOT_APPLICABLE] * left_out
        + [Answer.NOT_DOCUMENTED] * (total - met - not_met - left_out)
    )


def _with_waiver(own: _Plans, result: CriterionResult, waiver: CriterionResult) -> _Plans:
    """A waiver that holds costs nothing; one that could hold is asked for only where the node itself cannot be met."""
    plans = dict(own)
    holds = counts_as_met(waiver.answer)
    # Only what is not met or open can be waived; a node whose parts do not apply would first have to be not met.
    ground = own.get(Answer.NOT_MET) if own_answer(result) is Answer.NOT_APPLICABLE else ()
    if holds:
        plans.pop(Answer.NOT_MET, None)
    if (holds or Answer.MET not in own) and ground is not None:
        established = _plans(waiver, waiving=True).get(Answer.MET)
        if established is not None:
            plans[Answer.MET] = ground + established
    return plans


def _with_condition(own: _Plans, result: CriterionResult, condition: CriterionResult, *, waiving: bool) -> _Plans:
    holding = _plans(condition, waiving=waiving)
    plans: dict[Answer, _Plan] = {}
    if Answer.MET in holding:
        plans = {answer: holding[Answer.MET] + plan for answer, plan in own.items()}
    ways = [
        () if result.answer is Answer.NOT_APPLICABLE else None,
        holding.get(Answer.NOT_MET),
        holding.get(Answer.NOT_APPLICABLE),
        _silenced(condition),
        plans.get(Answer.NOT_APPLICABLE),
    ]
    left_out = _shortest(ways)
    if left_out is not None:
        plans[Answer.NOT_APPLICABLE] = left_out
    return plans


def _silenced(condition: CriterionResult) -> _Plan | None:
    """The leaves that came near a condition: once all are answered no, the chart is silent about it."""
    parts = tuple(condition.walk())
    leaves = [part for part in parts if not part.children]
    loud = tuple(part for part in leaves if part.answer is Answer.NOT_DOCUMENTED and not is_quiet(part.reason))
    if any(part.waiver or part.condition for part in parts) or any(part.answer is Answer.MET for part in leaves):
        return None
    if any(part.criterion.op is Op.ATTEST for part in loud) or _once_denied(condition) is Answer.MET:
        return None
    return loud


def _once_denied(result: CriterionResult) -> Answer:
    """The answer of a tree once everything in it that is not silent is answered no."""
    if result.children:
        return combine(result.criterion.op, result.criterion.count, [_once_denied(child) for child in result.children])
    return result.answer if result.reason is Reason.SILENT else Answer.NOT_MET


def _shortest(ways: Iterable[_Plan | None]) -> _Plan | None:
    return min((way for way in ways if way is not None), key=len, default=None)
