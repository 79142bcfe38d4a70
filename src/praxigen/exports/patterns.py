"""An evidence pattern in words, for people who ask what a criterion looks for."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from praxigen.model.criterion import Bound, Criterion, Evidence, TimeBound
from praxigen.model.fact import Who

_OPS = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}


def describe(pattern: Evidence) -> str:
    """What a fact must be, in one line: "treatment.medication, for at least 6 months, with outcome none"."""
    parts = [pattern.concept]
    if pattern.states:
        parts.append(f"stated as {_either(pattern.states)}")
    if pattern.who is Who.OTHER:
        parts.append("of another person")
    parts.extend(f"{name}: {_either(values)}" for name, values in _plain(pattern.where))
    parts.extend(f"unless {name}: {_either(values)}" for name, values in _plain(pattern.unless_where))
    if pattern.duration:
        parts.append(f"for {_time(pattern.duration)}")
    if pattern.value:
        parts.append(f"with a value of {_value(pattern.value)}")
    if pattern.outcome:
        parts.append(f"with outcome {_either(pattern.outcome)}")
    if pattern.contrary_outcome:
        parts.append(f"refuted by outcome {_either(pattern.contrary_outcome)}")
    if pattern.within:
        parts.append(f"within {pattern.within} before the date of service")
    if pattern.ended:
        parts.append(f"ended {_time(pattern.ended)} before the date of service")
    return ", ".join(parts)


def looks_for(criterion: Criterion) -> list[str]:
    """What shows a criterion, one line for each alternative."""
    return [describe(pattern) for pattern in criterion.shown_by]


def refuted_by(criterion: Criterion) -> list[str]:
    """What says that a criterion is not met, beside the expressed denial of what shows it."""
    return [describe(pattern) for pattern in criterion.refuted_by]


def _plain(qualities: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    return [(name.replace("_", " "), values) for name, values in qualities.items()]


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(word.replace("_", " ") for word in words)


def _time(bound: TimeBound) -> str:
    return f"{_OPS[bound.op]} {bound.span}"


def _value(bound: Bound) -> str:
    space = "" if bound.unit.startswith(("/", "%")) else " "
    return f"{_OPS[bound.op]} {_number(bound.number)}{space}{bound.unit}".rstrip()


def _number(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):g}"
