"""Proves every quote of a report against its document before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.model.document import Quote
from praxigen.model.report import Report


def prove(report: Report) -> None:
    """Raise QuoteMismatchError unless every quote in the report is exactly the text at its place."""
    for quote in quotes(report):
        report.document.prove(quote)


def quotes(report: Report) -> Iterator[Quote]:
    """Every quote of the report; those of near misses, the stage, the chart and its treatments are among them."""
    if report.stage_quote is not None:
        yield report.stage_quote
    for warning in report.chart:
        yield from warning.quotes
    for episode in (*report.timeline.dated, *report.timeline.undated):
        yield from episode.quotes
    for determination in report.determinations:
        for gap in determination.gaps:
            for miss in gap.near:
                yield from miss.quotes
        if determination.result is None:
            continue
        for result in determination.result.walk():
            yield from result.quotes
            for miss in result.near:
                yield from miss.quotes
