"""Levels of the spine that disagree: the level requested or planned, and where the imaging finds something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from praxigen.engine.chart import witnesses as chart
from praxigen.model.chart import ChartWarning, Trouble
from praxigen.model.document import Quote
from praxigen.model.fact import Fact
from praxigen.model.request import Request
from praxigen.model.spine import Segment, all_segments


def level_warnings(facts: Sequence[Fact], request: Request) -> Iterator[ChartWarning]:
    """Warnings where a level that is requested or planned is none of those at which imaging finds something.

    Where a finding of the imaging has no level nothing is said: it may be the one.
    """
    asked = all_segments(request.levels)
    for told in chart.witnesses(facts).values():
        imaging, plan = _by_level(told.get(chart.IMAGING, ())), _by_level(told.get(chart.PLAN, ()))
        planned = {segment for segment, _ in plan or ()}
        if asked and plan and planned.isdisjoint(asked) and _same_region(asked, planned):
            yield ChartWarning(
                Trouble.LEVEL,
                f"Level: {_named(asked)} is requested; the plan is of {_named(planned)}.",
                (plan[0][1],),
            )
        found = {segment for segment, _ in imaging or ()}
        wanted = asked or planned
        if imaging and wanted and found.isdisjoint(wanted) and _same_region(wanted, found):
            quotes = (imaging[0][1],) if asked or not plan else (plan[0][1], imaging[0][1])
            source = "requested" if asked else "planned"
            yield ChartWarning(
                Trouble.LEVEL,
                f"Level: {_named(wanted)} is {source}; the imaging tells of {_named(found)}.",
                quotes,
            )


def _by_level(facts: Sequence[Fact]) -> list[tuple[Segment, Quote]] | None:
    """Each segment with the words that name it; None where a fact names no level."""
    found: list[tuple[Segment, Quote]] = []
    for fact in facts:
        named = all_segments(fact.quality("level"))
        if not named:
            return None
        found.extend((segment, fact.quote) for segment in sorted(named))
    return found


def _same_region(one: set[Segment] | frozenset[Segment], other: set[Segment]) -> bool:
    return {str(segment)[0] for segment in one} & {str(segment)[0] for segment in other} != set()


def _named(found: set[Segment] | frozenset[Segment]) -> str:
    return ", ".join(map(str, sorted(found)))
