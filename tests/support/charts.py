"""Facts and criteria in a few words, so that a test of the engine reads as the claim that it makes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from praxigen.engine.evaluate import evaluate
from praxigen.model.amount import Duration, Quantity, Span, Unit
from praxigen.model.answer import Answer, Reason
from praxigen.model.criterion import Bound, Condition, Criterion, Evidence, Op, TimeBound
from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State, Who
from praxigen.model.report import CriterionResult
from praxigen.model.request import Request

SERVICE = date(2026, 8, 3)


def span(text: str) -> Span:
    """A length of time: "6 months"."""
    number, unit = text.split()
    return Span(Fraction(number), Unit(unit.rstrip("s")))


def lasted(text: str) -> Duration:
    """A duration as a note has it: "6 months", "5-6 months", "over 6 weeks", "under 3 weeks"."""
    if text.startswith("over "):
        return Duration(span(text[5:]), None)
    if text.startswith("under "):
        return Duration(None, span(text[6:]))
    number, unit = text.split()
    low, _, high = number.partition("-")
    return Duration(span(f"{low} {unit}"), span(f"{high or low} {unit}"))


def measured(text: str) -> Quantity:
    """A quantity as a note has it: "70 %", "50-70 %", "over 50 %", "under 50 %"."""
    number, unit = text.split()[-2:]
    low, _, high = number.partition("-")
    lower = None if text.startswith("under ") else Fraction(low)
    upper = None if text.startswith("over ") else Fraction(high or low)
    return Quantity(lower, upper, unit)


def fact(
    concept: str,
    state: State = State.PRESENT,
    *,
    who: Who = Who.PATIENT,
    for_: str = "",
    value: str = "",
    began: date | None = None,
    day: date | None = None,
    ended: date | None = None,
    at: int = 0,
    words: str = "",
    basis: str = "",
    template: bool = False,
    **qualities: str,
) -> Fact:
    """A fact. A concept is a kind of everything before its dots; qualities are words: `region="lumbar cervical"`."""
    kinds = tuple(concept.rsplit(".", depth)[0] for depth in range(concept.count(".") + 1))
    return Fact(
        concept=concept,
        kinds=kinds,
        state=state,
        quote=quote(words or f"{concept} {state}", at),
        rule="test",
        who=who,
        basis=(quote(basis, at + 1000),) if basis else (),
        duration=lasted(for_) if for_ else None,
        quantity=measured(value) if value else None,
        began=began,
        day=day,
        ended=ended,
        qualities={name: tuple(words.split()) for name, words in qualities.items()},
        template=template,
    )


def quote(words: str, at: int = 0) -> Quote:
    """Words at a place of a note."""
    return Quote("note.txt", at, at + len(words), words)


def pattern(
    concept: str,
    *states: State,
    who: Who = Who.PATIENT,
    where: Mapping[str, str] | None = None,
    unless_where: Mapping[str, str] | None = None,
    duration: str = "",
    value: str = "",
    outcome: str = "",
    contrary: str = "",
    within: str = "",
    ended: str = "",
) -> Evidence:
    """An evidence pattern with limits as a policy file writes them: `duration=">= 6 weeks"`."""
    return Evidence(
        concept=concept,
        states=states,
        who=who,
        where={name: tuple(words.split()) for name, words in (where or {}).items()},
        unless_where={name: tuple(words.split()) for name, words in (unless_where or {}).items()},
        duration=_time(duration),
        value=_bound(value),
        outcome=tuple(outcome.split()),
        contrary_outcome=tuple(contrary.split()),
        within=span(within) if within else None,
        ended=_time(ended),
    )


def _time(text: str) -> TimeBound | None:
    if not text:
        return None
    op, rest = text.split(" ", 1)
    return TimeBound(op, span(rest))


def _bound(text: str) -> Bound | None:
    if not text:
        return None
    op, number, unit = text.split()
    return Bound(op, Fraction(number), unit)


def leaf(shown_by: Evidence | tuple[Evidence, ...] | str, *, id: str = "", **rest: object) -> Criterion:  # noqa: A002
    """A leaf answered from facts. A text is the name of the concept."""
    if isinstance(shown_by, str):
        shown_by = pattern(shown_by)
    patterns = shown_by if isinstance(shown_by, tuple) else (shown_by,)
    name = id or patterns[0].concept.replace(".", "-").replace("_", "-")
    return Criterion(name, f"{name} is shown", Op.EVIDENCE, None, ask=f"What about {name}?", shown_by=patterns, **rest)  # type: ignore[arg-type]


def attest(name: str, **rest: object) -> Criterion:
    """A leaf answered by a person."""
    return Criterion(name, f"{name} is attested", Op.ATTEST, None, ask=f"Is {name} so?", attest_by="practice", **rest)  # type: ignore[arg-type]


def requested(field: str, *values: str, **rest: object) -> Criterion:
    """A leaf answered from the request."""
    condition = Condition(field, values)
    return Criterion(f"{field}-requested", f"{field} is one", Op.REQUEST, None, condition=condition, **rest)  # type: ignore[arg-type]


def group(op: Op, *children: Criterion, id: str = "", **rest: object) -> Criterion:  # noqa: A002
    """A group of criteria."""
    name = id or re.sub(r"\W", "-", f"{op}-of-{'-'.join(child.id for child in children)}")
    return Criterion(name, f"{op} of these", op, None, children=children, **rest)  # type: ignore[arg-type]


def all_(*children: Criterion, **rest: object) -> Criterion:
    """Every child."""
    return group(Op.ALL, *children, **rest)  # type: ignore[arg-type]


def any_(*children: Criterion, **rest: object) -> Criterion:
    """One child."""
    return group(Op.ANY, *children, **rest)  # type: ignore[arg-type]


def none_(*children: Criterion, **rest: object) -> Criterion:
    """No child."""
    return group(Op.NONE, *children, **rest)  # type: ignore[arg-type]


def request(**given: object) -> Request:
    """A request on the usual date of service."""
    return Request(**{"payer": "qualcare", "codes": ["63650"], "date": SERVICE, **given})  # type: ignore[arg-type]


def answer(criterion: Criterion, *facts: Fact, **given: object) -> CriterionResult:
    """The result of a criterion for a chart with these facts."""
    return evaluate(criterion, facts, request(**given))


def says(criterion: Criterion, *facts: Fact, **given: object) -> tuple[Answer, Reason]:
    """The answer and its reason."""
    result = answer(criterion, *facts, **given)
    return result.answer, result.reason
