"""A criterion's tree against the facts of a chart: every node with its answer, its reason and the words for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from praxigen.engine.leaf import in_order, leaf
from praxigen.engine.silence import is_quiet
from praxigen.engine.truth import combine, counts_as_met
from praxigen.model.answer import Answer, Reason
from praxigen.model.criterion import Condition, Criterion, Op
from praxigen.model.document import Quote
from praxigen.model.fact import Fact
from praxigen.model.report import CriterionResult
from praxigen.model.request import Request


def evaluate(criterion: Criterion, facts: Iterable[Fact], request: Request) -> CriterionResult:
    """The answer of a criterion and of everything below it. The order of the facts changes nothing."""
    return _node(criterion, in_order(facts), request)


def own_answer(result: CriterionResult) -> Answer:
    """The answer of a node without its waiver and condition."""
    return result.own or result.answer


def _node(criterion: Criterion, facts: Sequence[Fact], request: Request) -> CriterionResult:
    result = _own(criterion, facts, request)
    if criterion.unless is not None:
        result = _with_waiver(result, _node(criterion.unless, facts, request))
    if criterion.applies_if is not None:
        result = _with_condition(result, _node(criterion.applies_if, facts, request))
    return result


def _own(criterion: Criterion, facts: Sequence[Fact], request: Request) -> CriterionResult:
    match criterion.op:
        case Op.EVIDENCE:
            return leaf(criterion, facts, request.date)
        case Op.ATTEST:
            if criterion.id in request.attested:
                return CriterionResult(criterion, Answer.MET, Reason.ATTESTED)
            return CriterionResult(criterion, Answer.NOT_DOCUMENTED, Reason.NOT_ATTESTED)
        case Op.REQUEST:
            return _asked(criterion, request)
        case _:
            return _group(criterion, tuple(_node(child, facts, request) for child in criterion.children))


def _asked(criterion: Criterion, request: Request) -> CriterionResult:
    given = _given(criterion.condition, request)
    if criterion.condition is None or not given:
        return CriterionResult(criterion, Answer.NOT_DOCUMENTED, Reason.NOT_ASKED)
    holds = any(value in criterion.condition.values for value in given)
    return CriterionResult(criterion, Answer.MET if holds else Answer.NOT_MET, Reason.BY_REQUEST)


def _given(condition: Condition | None, request: Request) -> tuple[str, ...]:
    stage = (request.stage,) if request.stage is not None else ()
    fields = {"stage": stage, "codes": request.codes, "plan": (request.plan,), "payer": (request.payer,)}
    return fields.get(condition.field, ()) if condition is not None else ()


def _group(criterion: Criterion, children: tuple[CriterionResult, ...]) -> CriterionResult:
    answer = combine(criterion.op, criterion.count, (child.answer for child in children))
    reason = {Answer.NOT_DOCUMENTED: Reason.OPEN_PARTS, Answer.NOT_APPLICABLE: Reason.CONDITION_NOT_MET}.get(answer)
    quotes: tuple[Quote, ...] = ()
    if reason is None and criterion.op is Op.NONE:
        reason = Reason.NONE_FOUND if answer is Answer.MET else Reason.EXCLUDED
        quotes = _carrying(children)
    return CriterionResult(criterion, answer, reason or Reason.PARTS, quotes, children=children)


def _with_waiver(result: CriterionResult, waiver: CriterionResult) -> CriterionResult:
    if not counts_as_met(waiver.answer) or result.answer not in (Answer.NOT_MET, Answer.NOT_DOCUMENTED):
        return replace(result, waiver=waiver)
    return replace(
        result,
        answer=Answer.WAIVED,
        reason=Reason.WAIVER,
        quotes=_carrying((waiver,)),
        near=(),
        waiver=waiver,
        own=result.answer,
    )


def _with_condition(result: CriterionResult, condition: CriterionResult) -> CriterionResult:
    if counts_as_met(condition.answer):
        return replace(result, condition=condition)
    own = own_answer(result)
    if condition.answer is Answer.NOT_DOCUMENTED and not _silent(condition):
        answer, reason = Answer.NOT_DOCUMENTED, condition.reason
    else:
        answer, reason = Answer.NOT_APPLICABLE, Reason.CONDITION_NOT_MET
    return replace(
        result, answer=answer, reason=reason, quotes=condition.quotes, near=condition.near, condition=condition, own=own
    )


def _silent(condition: CriterionResult) -> bool:
    """Whether nothing in the chart speaks for a condition, not even nearly."""
    return all(
        part.children or is_quiet(part.reason) or part.answer in (Answer.NOT_MET, Answer.NOT_APPLICABLE)
        for part in condition.walk()
    )


def _carrying(results: Iterable[CriterionResult]) -> tuple[Quote, ...]:
    """The quotes of the leaves that are met, each once."""
    found: dict[Quote, None] = {}
    for result in results:
        if counts_as_met(result.answer):
            found.update(dict.fromkeys(result.quotes or _carrying(result.children)))
    return tuple(found)
