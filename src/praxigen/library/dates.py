"""From when a file's content holds, and how often it must be verified again."""

from __future__ import annotations

from datetime import date

from praxigen.datafiles import Fields
from praxigen.model.amount import Unit
from praxigen.model.frozen import frozen


@frozen
class Validity:
    """The first and the last day on which something holds. None: not known, or not ended."""

    first: date | None
    last: date | None


def read_validity(head: Fields, *, may_end: bool = True) -> Validity:
    """The days under `effective`."""
    node = head.node("effective")
    fields = Fields(node, head.faults, "'effective'", required=("from",), optional=("to",) if may_end else ())
    first, last = fields.known_day("from"), fields.known_day("to")
    if first is not None and last is not None and last < first:
        fields.faults.add(fields.place("to"), f"it ends on {last} before it begins on {first}", "Correct one of them.")
    return Validity(first, last)


def read_review_every(head: Fields) -> int:
    """The number of days under `review_every`."""
    span = head.span("review_every")
    if span is None:
        return 0
    if span.unit is not Unit.DAY or span.number.denominator != 1:
        place = head.place("review_every")
        head.faults.add(place, "'review_every' is counted in days", "Write for example '180 days'.", code="limit")
    return int(span.number)
