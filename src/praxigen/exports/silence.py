"""Answers that rest on nothing but silence, as a report tells them: never as met or not met.

The engine lets silence speak where a guideline allows it: an exclusion that nobody mentions does not hold, and neither
does a waiver. Whoever reads the report must still see that no words carry it.
"""

from __future__ import annotations

from praxigen.model.answer import Answer, Reason
from praxigen.model.criterion import Op
from praxigen.model.report import CriterionResult


def told_answer(result: CriterionResult, *, excluding: bool = False) -> Answer:
    """The answer of a node as it is told; `excluding` inside a group of exclusions.

    An exclusion that the chart does not mention is not applicable, a waiver or a condition that it does not mention is
    not documented: with these the tables of how criteria combine still give every answer above them.
    """
    if not rests_on_silence(result, excluding=excluding):
        return result.answer
    return Answer.NOT_APPLICABLE if excluding or result.criterion.op is Op.NONE else Answer.NOT_DOCUMENTED


def rests_on_silence(result: CriterionResult, *, excluding: bool = False) -> bool:
    """Whether the answer met or not met of a node has no words for it, only what silence was taken to mean."""
    if result.own is not None or result.reason is Reason.WAIVER:
        return False
    if not result.children:
        return result.answer is Answer.NOT_MET and result.reason is Reason.SILENT
    if result.criterion.op is Op.NONE:
        return result.answer is Answer.MET and all(
            child.answer is Answer.NOT_APPLICABLE or rests_on_silence(child, excluding=True)
            for child in result.children
        )
    if result.answer is not Answer.NOT_MET:
        return False
    refused = [child for child in result.children if child.answer is Answer.NOT_MET]
    silent = [rests_on_silence(child, excluding=excluding) for child in refused]
    # One part that is denied settles "all"; "any" is settled only once every part is denied, or out of the question.
    return all(silent) if result.criterion.op is Op.ALL or excluding else any(silent)
