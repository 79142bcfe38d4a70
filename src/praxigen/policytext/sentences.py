"""The sentences of a block."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A stop, then white space and a capital, digit, bracket or bold mark. Not after an abbreviation or a single letter.
_END = re.compile(r"[.!?][)\"”’*]*\s+(?=[\"“(*]*[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|no|nos|sec|inc|dr|st|fig|approx|pub|ch|cf|ect|u\.s|ed|al)|\b[A-Za-z])\.$", re.IGNORECASE
)


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]` as spans, without outer white space."""
    begin = start
    for stop in _END.finditer(text, start, end):
        mark = stop.start() + 1
        if not _ABBREVIATED.search(text, begin, mark):
            yield begin, stop.start() + len(stop[0].rstrip())
            begin = stop.end()
    if begin < end:
        yield begin, end
