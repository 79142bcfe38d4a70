"""Dates, lengths of time and limits as they are written in data files: `2026-08-03`, `6 months`, `>= 50 %`."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from praxigen.model.amount import Span, Unit
from praxigen.model.criterion import Bound, TimeBound

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = r"([0-9]{1,6}(?:\.[0-9]{1,6})?)"
_SPAN = re.compile(rf"{_NUMBER} ?([a-z]*)")
_LIMIT = re.compile(r"(>=|<=|>|<) ?(.*)")
# A percent sign, a score out of something (/10), or the name of a scale or unit (ODI, kg/m2).
_QUANTITY = re.compile(rf"{_NUMBER} ?(%|/[0-9]{{1,4}}|[A-Za-z][A-Za-z0-9/.-]*)?")
_UNITS = {form: unit for unit in Unit for form in (unit.value, f"{unit.value}s")}


class LimitError(ValueError):
    """The text is not what is asked for. `message` completes "'duration' ..."; `hint` says what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def read_date(text: str) -> date:
    """A day, written year-month-day."""
    hint = 'Write it as year-month-day in quotes, for example "2026-08-03".'
    if not _DATE.fullmatch(text):
        raise LimitError(f"is not a date: {text!r}", hint)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LimitError(f"is no day of the calendar: {text!r}", hint) from None


def read_span(text: str) -> Span:
    """A length of time, with its unit."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise LimitError(f"is not a length of time: {text!r}", "Write a number and a unit, for example '6 months'.")
    number, unit = found.groups()
    if unit not in _UNITS:
        problem = f"has the unknown unit {unit!r}" if unit else f"has no unit: {text!r}"
        raise LimitError(problem, "Write hours, days, weeks, months or years.")
    return Span(Fraction(number), _UNITS[unit])


def read_time_bound(text: str) -> TimeBound:
    """A limit on a length of time."""
    found = _LIMIT.fullmatch(text)
    if found is None:
        raise LimitError(f"is not a limit: {text!r}", "Begin with >=, >, <= or <, for example '>= 6 months'.")
    return TimeBound(found[1], read_span(found[2]))


def read_bound(text: str) -> Bound:
    """A limit on a measured value, with its unit."""
    found = _LIMIT.fullmatch(text)
    if found is None:
        raise LimitError(f"is not a limit: {text!r}", "Begin with >=, >, <= or <, for example '>= 50 %'.")
    quantity = _QUANTITY.fullmatch(found[2])
    if quantity is None or quantity[2] is None:
        raise LimitError(
            f"has no number with a unit: {text!r}", "Write for example '>= 50 %', '<= 3 /5' or '>= 40 ODI'."
        )
    if quantity[2] in _UNITS:
        raise LimitError(f"is a length of time: {text!r}", "Use 'duration' or 'ended' for lengths of time.")
    return Bound(found[1], Fraction(quantity[1]), quantity[2])
