"""Levels of the spine as segments, so that "L3-L5" is known to hold L4-L5 and "L5" to touch L5-S1."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_VERTEBRAE = (
    *(f"C{number}" for number in range(1, 8)),
    *(f"T{number}" for number in range(1, 13)),
    *(f"L{number}" for number in range(1, 6)),
    "S1",
)
_AT = {name: place for place, name in enumerate(_VERTEBRAE)}
_LEVEL = re.compile(r"([CTLS])\s?(\d{1,2})(?:\s?[-/]\s?([CTLS])?\s?(\d{1,2}))?", re.IGNORECASE)


class Segment(NamedTuple):
    """Two vertebrae that meet, from above to below, by their place counted from C1."""

    upper: int

    def __str__(self) -> str:
        return f"{_VERTEBRAE[self.upper]}-{_VERTEBRAE[self.upper + 1]}"


def segments(level: str) -> frozenset[Segment]:
    """The segments that a level names or touches; empty for words that are no level of the spine.

    "L4-L5" is one segment, "L3-L5" two; a single "L5" touches the segment above it and the one below.
    """
    match = _LEVEL.fullmatch(level.strip())
    if match is None:
        return frozenset()
    letter, number, other, second = match.groups()
    first = _AT.get(f"{letter.upper()}{int(number)}")
    end = (letter if other is None else other).upper()
    if other is None and end == "L" and second == "1" and int(number) > 1:
        end = "S"  # "L5-1"
    last = first if second is None else _AT.get(f"{end}{int(second)}")
    if first is None or last is None or last < first:
        return frozenset()
    if first == last:
        return frozenset(Segment(place) for place in (first - 1, first) if 0 <= place < len(_VERTEBRAE) - 1)
    return frozenset(Segment(place) for place in range(first, last))


def all_segments(levels: Iterable[str]) -> frozenset[Segment]:
    """The segments of several levels together."""
    return frozenset(segment for level in levels for segment in segments(level))
