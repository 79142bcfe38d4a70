"""Words that answer a criterion, but are of a day after the service: they cannot have been there when it was asked.

The answer stays. A signed addendum, or the report of an earlier study, is written after the service and still tells of
what was before it; and a mistyped day of service would take the whole chart away. So a person is told, and looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from praxigen.model.chart import ChartWarning, Trouble
from praxigen.model.document import Document, Quote
from praxigen.model.fact import Fact, State
from praxigen.model.report import CriterionResult
from praxigen.model.request import Request

_HAPPENED = (State.PRESENT, State.DONE)


def later(
    document: Document, facts: Sequence[Fact], request: Request, results: Sequence[CriterionResult]
) -> Iterator[ChartWarning]:
    """A warning for each criterion whose answer shows words of a later day; none without a day of service."""
    if request.date is None:
        return
    told: dict[Quote, date] = {}
    for fact in facts:
        day = fact.began or fact.ended
        if day is not None and fact.state in _HAPPENED:
            told.setdefault(fact.quote, day)
    for result in results:
        if result.children:
            continue  # a group shows the words of its parts
        for quote in result.quotes:
            warning = _later(document, told, request.date, result, quote)
            if warning is not None:
                yield warning
                break


def _later(
    document: Document, told: Mapping[Quote, date], on: date, result: CriterionResult, quote: Quote
) -> ChartWarning | None:
    part = document.part_at(quote.start)
    if part is not None and part.date is not None and part.date > on:
        what = f"these words are of the note of {part.date}"
    elif quote in told and told[quote] > on:
        what = f"these words tell of {told[quote]}"
    else:
        return None
    says = f"Later: {what}, after the date of service {on}: {result.criterion.says}."
    return ChartWarning(Trouble.LATER, says, (quote,))
