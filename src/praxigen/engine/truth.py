"""How the answers of several criteria combine: Kleene's three-valued logic, in which silence stays silence.

`waived` counts as `met`. `not_applicable` is left out; where nothing else is left, the whole is not applicable.
The tables are in docs/how-criteria-combine.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from praxigen.model.answer import Answer
from praxigen.model.criterion import Op

_NEGATED = {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET}


def counts_as_met(answer: Answer) -> bool:
    """Whether a group may count this answer as met."""
    return answer in (Answer.MET, Answer.WAIVED)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Every one: not met when one is not met, met when all are."""
    answers = tuple(answers)
    return at_least(len(answers), answers)


def any_of(answers: Iterable[Answer]) -> Answer:
    """One of them: met when one is met, not met when all are not."""
    return at_least(1, answers)


def none_of(answers: Iterable[Answer]) -> Answer:
    """Not any of them: not met when one holds, met when all are not met."""
    answer = any_of(answers)
    return _NEGATED.get(answer, answer)


def at_least(count: int, answers: Iterable[Answer]) -> Answer:
    """So many of them: met when `count` are met, not met when too few can still be.

    Where fewer than `count` apply, every one that applies is needed: that is what makes "all" the same as "at least n".
    """
    left = [answer for answer in answers if answer is not Answer.NOT_APPLICABLE]
    if not left:
        return Answer.NOT_APPLICABLE
    needed = min(count, len(left))
    met = sum(counts_as_met(answer) for answer in left)
    if met >= needed:
        return Answer.MET
    possible = met + sum(answer is Answer.NOT_DOCUMENTED for answer in left)
    return Answer.NOT_DOCUMENTED if possible >= needed else Answer.NOT_MET


def combine(op: Op, count: int, answers: Iterable[Answer]) -> Answer:
    """The answer of a group from the answers of its children."""
    if op is Op.ALL:
        return all_of(answers)
    if op is Op.ANY:
        return any_of(answers)
    return none_of(answers) if op is Op.NONE else at_least(count, answers)
