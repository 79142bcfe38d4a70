"""What stands in a chart twice: pages sent again, and text copied forward from an earlier note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from praxigen.model.layout import Part, Unused

_PAGE = 60  # letters and digits; a page with fewer says too little to be told from another
_COPY = 150
_BLANK = re.compile(r"\n[ \t\r\f]*\n")
_OTHER = re.compile(r"[\W_]+")


def repeated_stretches(
    text: str, stretches: Sequence[tuple[int, int]], unused: Sequence[Unused]
) -> list[tuple[int, int]]:
    """Pairs of indices (the repeat, what it repeats) of pages or files that say the same, letter for letter."""
    first: dict[str, int] = {}
    found: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(stretches):
        key = _OTHER.sub("", _without(text, start, end, unused)).lower()
        if len(key) < _PAGE:
            continue
        if key in first:
            found.append((index, first[key]))
        else:
            first[key] = index
    return found


def copied_forward(text: str, parts: Sequence[Part]) -> Iterator[tuple[Unused, Part, Part]]:
    """Paragraphs that an earlier part already holds word for word: the copy, its part, and the part it was taken from.

    Earlier is by date; parts without a date count as they stand.
    """
    if len(parts) < 2:
        return
    order = sorted(range(len(parts)), key=lambda index: (parts[index].date or _before(parts, index), index))
    origin: dict[str, int] = {}
    for index in order:
        part = parts[index]
        for start, end in _paragraphs(text, part):
            key = _OTHER.sub("", text[start:end]).lower()
            if len(key) < _COPY:
                continue
            source = origin.setdefault(key, index)
            if source != index:
                yield Unused(start, end, "copied"), part, parts[source]


def _before(parts: Sequence[Part], index: int) -> date:
    return next((part.date for part in reversed(parts[:index]) if part.date is not None), date.min)


def _paragraphs(text: str, part: Part) -> Iterator[tuple[int, int]]:
    at = part.start
    for match in _BLANK.finditer(text, part.start, part.end):
        yield at, match.start()
        at = match.end()
    yield at, part.end


def _without(text: str, start: int, end: int, unused: Sequence[Unused]) -> str:
    pieces, at = [], start
    for span in unused:
        if span.end <= at or span.start >= end:
            continue
        pieces.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    pieces.append(text[at:end])
    return "".join(pieces)
