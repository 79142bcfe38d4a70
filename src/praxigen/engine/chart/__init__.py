"""Reads the whole chart as a reviewer does: what contradicts itself, is old, late or copied, or of another side."""

from __future__ import annotations

from collections.abc import Sequence

from praxigen.engine.chart.contradictions import contradictions
from praxigen.engine.chart.copies import copies
from praxigen.engine.chart.later import later
from praxigen.engine.chart.levels import level_warnings
from praxigen.engine.chart.sides import side_warnings
from praxigen.engine.chart.stale import stale
from praxigen.model.chart import ChartWarning
from praxigen.model.document import Document
from praxigen.model.fact import Fact, Who
from praxigen.model.report import CriterionResult
from praxigen.model.request import Request

_MOST = 6  # of one kind; a chart with more is read by hand anyway


def chart_warnings(
    document: Document, facts: Sequence[Fact], request: Request, results: Sequence[CriterionResult]
) -> tuple[ChartWarning, ...]:
    """The warnings about a chart, in a fixed order of kinds and within a kind as they stand in the chart."""
    own = [fact for fact in facts if fact.who is Who.PATIENT]
    kinds = (
        side_warnings(own, request),
        level_warnings(own, request),
        contradictions(document, own),
        stale(document, own, request, results),
        later(document, own, request, results),
        copies(document),
    )
    found: list[ChartWarning] = []
    for kind in kinds:
        found.extend(list(dict.fromkeys(kind))[:_MOST])
    return tuple(found)
