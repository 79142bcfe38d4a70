"""What is old for the day of service: the newest note, the newest imaging, and answers that rest on old notes.

The limits are ours, not a payer's: a payer that has one asks it as a criterion. They are what reviewers commonly ask a
newer record for: symptoms and signs of the last six months, imaging of the last year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from praxigen.model.answer import Answer
from praxigen.model.chart import ChartWarning, Trouble
from praxigen.model.document import Document, Quote
from praxigen.model.fact import Fact, State
from praxigen.model.report import CriterionResult
from praxigen.model.request import Request

_PRESENT_STATE = timedelta(days=183)
_IMAGING = timedelta(days=366)
_SPINE = ("lumbar", "cervical", "thoracic")
_SPEAKS_OF_NOW = ("symptom.", "sign.", "pain.")


def stale(
    document: Document, facts: Sequence[Fact], request: Request, results: Sequence[CriterionResult]
) -> Iterator[ChartWarning]:
    """Warnings counted from the day of service; without one, from the newest note of the chart."""
    days = [part.date for part in document.parts if part.date is not None]
    newest = max(days, default=None)
    on = request.date or newest
    if on is None:
        return
    if newest is not None and on - newest > _PRESENT_STATE:
        yield ChartWarning(
            Trouble.STALE, f"Old: the newest note of the chart is of {newest}, {_months(newest, on)} before {on}."
        )
    yield from _imaging(facts, on)
    if newest is not None and newest > min(days):
        yield from _answers(document, facts, newest, results)


def _imaging(facts: Sequence[Fact], on: date) -> Iterator[ChartWarning]:
    for region in _SPINE:
        studies = [
            fact
            for fact in facts
            if fact.concept == "imaging.study"
            and fact.state is State.DONE
            and fact.quality("region") == (region,)
            and fact.quality("modality") != ("emg",)
        ]
        days = [fact.ended for fact in studies]
        known = [day for day in days if day is not None]
        if known and len(known) == len(days) and on - max(known) > _IMAGING:
            newest = max(studies, key=lambda fact: fact.ended or date.min)
            told = f"Old: the newest {region} imaging in the chart is of {newest.ended}, "
            yield ChartWarning(Trouble.STALE, f"{told}{_months(newest.ended or on, on)} before {on}.", (newest.quote,))


def _answers(
    document: Document, facts: Sequence[Fact], newest: date, results: Sequence[CriterionResult]
) -> Iterator[ChartWarning]:
    """Criteria met only by what notes long before the newest say of how things are."""
    of_now = {
        quote
        for fact in facts
        if fact.state is State.PRESENT and fact.concept.startswith(_SPEAKS_OF_NOW)
        for quote in fact.quotes()
    }
    for result in results:
        if result.answer is not Answer.MET or result.children or not result.quotes:
            continue
        days = [_day(document, quote) for quote in result.quotes]
        known = [day for day in days if day is not None]
        if len(known) == len(days) and newest - max(known) > _PRESENT_STATE and of_now.issuperset(result.quotes):
            yield ChartWarning(
                Trouble.STALE,
                f"Old: this is told last in the note of {max(known)}, {_months(max(known), newest)} before the newest: "
                f"{result.criterion.says}.",
                result.quotes,
            )


def _day(document: Document, quote: Quote) -> date | None:
    part = document.part_at(quote.start)
    return part.date if part is not None else None


def _months(first: date, last: date) -> str:
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return f"{months} months"
