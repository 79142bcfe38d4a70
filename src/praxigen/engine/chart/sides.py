"""Sides that disagree: with the side requested, with the plan, or between the parts of a chart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from praxigen.engine.chart import witnesses as chart
from praxigen.model.chart import ChartWarning, Trouble
from praxigen.model.fact import Fact
from praxigen.model.request import Request

_OTHER = {"left": "right", "right": "left"}
_WORDS = {
    "left": re.compile(r"\b(?:left|bilateral\w*|both|Lt|LLE|LUE)\b", re.IGNORECASE),
    "right": re.compile(r"\b(?:right|bilateral\w*|both|Rt|RLE|RUE)\b", re.IGNORECASE),
}
_IN_ORDER = (chart.COMPLAINT, chart.EXAMINATION, chart.IMAGING, chart.CONCLUSION, chart.PLAN)


def side_warnings(facts: Sequence[Fact], request: Request) -> Iterator[ChartWarning]:
    """Warnings where one witness knows only the left and another only the right of the same region.

    A witness that tells of both sides, or of a side and of none, agrees with everything: much disease is on both.
    """
    regions = chart.witnesses(facts)
    asked = request.side if request.side in _OTHER else None
    if asked is not None:
        yield from _against_request(regions, asked)
    for told in regions.values():
        yield from _disagreeing(told)


def _disagreeing(told: Mapping[str, list[Fact]]) -> Iterator[ChartWarning]:
    """One warning for a region of which some witnesses know only the left and others only the right."""
    sides = {witness: side for witness in _IN_ORDER if witness in told and (side := _only(told[witness])) is not None}
    if len(set(sides.values())) < 2:
        return
    first = next(iter(sides.values()))
    groups = [[witness for witness in sides if sides[witness] == side] for side in (first, _OTHER[first])]
    says = "; ".join(f"{_names(group)} of the {sides[group[0]]}" for group in groups)
    quotes = (_first(told[witness], sides[witness]).quote for group in groups for witness in group)
    yield ChartWarning(Trouble.SIDE, f"Side: {says}.", tuple(dict.fromkeys(quotes)))


def _against_request(regions: Mapping[str, Mapping[str, list[Fact]]], asked: str) -> Iterator[ChartWarning]:
    """The witnesses that know only the other side, unless a region of the chart speaks of the side requested."""
    if any(asked in _sides(found) for told in regions.values() for found in told.values()):
        against = [
            (chart.PLAN, told[chart.PLAN])
            for told in regions.values()
            if chart.PLAN in told and _only(told[chart.PLAN]) == _OTHER[asked]
        ]
    else:
        against = [
            (witness, told[witness])
            for told in regions.values()
            for witness in _IN_ORDER
            if witness in told and _only(told[witness]) == _OTHER[asked]
        ]
    if against:
        yield ChartWarning(
            Trouble.SIDE,
            f"Side: the {asked} is requested; {_names([witness for witness, _ in against])} of the {_OTHER[asked]}.",
            tuple(dict.fromkeys(_first(found, _OTHER[asked]).quote for _, found in against)),
        )


def _names(witnesses: Sequence[str]) -> str:
    """ "the complaint is", "the complaint, the imaging and the plan are"."""
    *most, last = dict.fromkeys(map(chart.name, witnesses))
    return f"{', '.join(most)} and {last} are" if most else f"{last} is"


def _sides(facts: Sequence[Fact]) -> set[str]:
    stated = {side for fact in facts for side in fact.quality("side")}
    return stated | set(_OTHER) if "bilateral" in stated else stated


def _only(facts: Sequence[Fact]) -> str | None:
    """The one side that all these facts and their words name; None where one names another or none."""
    sides = {fact.quality("side") for fact in facts}
    (first,) = sides if len(sides) == 1 else ((),)
    if len(first) != 1 or first[0] not in _OTHER or any(_WORDS[_OTHER[first[0]]].search(f.quote.text) for f in facts):
        return None
    return first[0]


def _first(facts: Sequence[Fact], side: str) -> Fact:
    return next(fact for fact in facts if side in fact.quality("side"))
