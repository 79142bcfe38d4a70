"""The thresholds of an evidence pattern: whether one fact is enough. True, False, or None where it does not say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import TypeVar

from praxigen.model.amount import Duration, Quantity, Span
from praxigen.model.answer import Reason
from praxigen.model.criterion import Bound, Evidence, TimeBound
from praxigen.model.fact import Fact
from praxigen.model.frozen import frozen

_Amount = TypeVar("_Amount", Span, Fraction)


@frozen
class Finding:
    """Whether one limit holds, and the reason where it does not, or is not known to."""

    truth: bool | None
    reason: Reason = Reason.DOCUMENTED


_HOLDS = Finding(True)


def thresholds(fact: Fact, evidence: Evidence, on: date | None) -> Iterator[Finding]:
    """Every threshold that the pattern sets, in a fixed order. `on` is the date of service."""
    if evidence.duration is not None:
        yield _duration(fact.duration, evidence.duration)
    if evidence.value is not None:
        yield _value(fact.quantity, evidence.value)
    if evidence.outcome or evidence.contrary_outcome:
        yield _outcome(fact.quality("outcome"), evidence)
    if evidence.ended is not None:
        yield _ended(fact.ended, evidence.ended, on)
    if evidence.within is not None:
        yield _within(fact.ended or fact.began, evidence.within, on)


def before(on: date, span: Span) -> date:
    """The day that lies `span` before `on`. Calendar months: six months before 31 August is the last of February."""
    months = span.months
    if months is None:
        whole, days = 0, floor(span.fewest_days)
    else:
        whole, days = floor(months), floor((months - floor(months)) * 30)
    try:
        return _months_before(on, whole) - timedelta(days=days)
    except (ValueError, OverflowError):
        return date.min


def _months_before(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    for day in (on.day, 30, 29):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, 28)


def _duration(lasted: Duration | None, bound: TimeBound) -> Finding:
    if lasted is None:
        return Finding(None, Reason.NO_DURATION)
    truth = lasted.at_least(bound.span) if bound.op in (">=", "<") else _more(lasted.low, lasted.high, bound.span)
    if bound.op in ("<=", "<"):
        return _finding(_opposite(truth), Reason.SAID_OTHERWISE, Reason.NO_DURATION)
    return _finding(truth, Reason.TOO_SHORT, Reason.NO_DURATION)


def _value(quantity: Quantity | None, bound: Bound) -> Finding:
    if quantity is None or quantity.unit != bound.unit:
        return Finding(None, Reason.NO_VALUE)
    low, high, limit = quantity.low, quantity.high, bound.number
    truth = _at_least(low, high, limit) if bound.op in (">=", "<") else _more(low, high, limit)
    if bound.op in ("<=", "<"):
        truth = _opposite(truth)
    return _finding(truth, Reason.BELOW_THRESHOLD, Reason.NO_VALUE)


def _outcome(stated: tuple[str, ...], evidence: Evidence) -> Finding:
    contrary = [outcome for outcome in stated if outcome in evidence.contrary_outcome]
    if any(outcome in evidence.outcome for outcome in stated):
        return _HOLDS
    if contrary:
        return Finding(False, Reason.GOOD_RESPONSE if "good" in contrary else Reason.OUTCOME_CONTRARY)
    # Without a list of outcomes that show it, `contrary_outcome` only keeps facts out.
    return Finding(None, Reason.NO_OUTCOME) if evidence.outcome else _HOLDS


def _ended(ended: date | None, bound: TimeBound, on: date | None) -> Finding:
    if ended is None:
        return Finding(None, Reason.UNDATED)
    if on is None:
        return Finding(None, Reason.NOT_ASKED)
    limit = before(on, bound.span)
    truth = {">": ended < limit, ">=": ended <= limit, "<": ended > limit, "<=": ended >= limit}[bound.op]
    failed = Reason.TOO_RECENT if bound.op in (">", ">=") else Reason.SAID_OTHERWISE
    return Finding(True) if truth else Finding(False, failed)


def _within(day: date | None, span: Span, on: date | None) -> Finding:
    if day is None:
        return Finding(None, Reason.UNDATED)
    if on is None:
        return Finding(None, Reason.NOT_ASKED)
    return _HOLDS if before(on, span) <= day <= on else Finding(None, Reason.OUT_OF_WINDOW)


def _finding(truth: bool | None, failed: Reason, unknown: Reason) -> Finding:
    if truth is None:
        return Finding(None, unknown)
    return _HOLDS if truth else Finding(False, failed)


def _opposite(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _at_least(low: Fraction | None, high: Fraction | None, limit: Fraction) -> bool | None:
    if low is not None and low >= limit:
        return True
    return False if high is not None and high < limit else None


def _more(low: _Amount | None, high: _Amount | None, limit: _Amount) -> bool | None:
    # Only `<` is used: for spans it is the one comparison that does not depend on the unit as written.
    if low is not None and limit < low:
        return True
    return False if high is not None and not limit < high else None
