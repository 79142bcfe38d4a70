"""Cuts a note into pieces so that its evidence can be marked, overlapping quotes included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from praxigen.model.document import Document, Quote


class Mark(StrEnum):
    """What quoted words do for a criterion; the first of several decides how a piece looks."""

    AGAINST = "against"
    CONFLICT = "conflict"
    SHOWS = "shows"
    ASIDE = "aside"
    NEAR = "near"
    WARNED = "warned"
    TIMED = "timed"


_ORDER = {mark: place for place, mark in enumerate(Mark)}


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a quote: by which row of the page (its anchor and its visible number), and to what effect."""

    quote: Quote
    mark: Mark
    anchor: str
    number: str
    says: str


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the note that something quotes; `id` is the anchor that quotes link to."""

    id: str
    start: int
    end: int
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters in one line that the same spans cover.

    `begins` are the anchors that start here, `uses` those of the spans that end here, `mark` is None for plain text.
    """

    text: str
    mark: Mark | None
    spans: tuple[str, ...]
    begins: tuple[str, ...]
    uses: tuple[Use, ...]


def spans(uses: Iterable[Use]) -> tuple[Span, ...]:
    """The quoted places of a document in order, each once, with everything that uses it."""
    found: dict[tuple[int, int], list[Use]] = defaultdict(list)
    for use in uses:
        found[use.quote.start, use.quote.end].append(use)
    ordered = sorted(found, key=lambda place: (place[0], -place[1]))
    return tuple(Span(f"q{n}", *place, _once(found[place])) for n, place in enumerate(ordered, start=1))


def lines(document: Document, marked: tuple[Span, ...]) -> Iterator[tuple[Piece, ...]]:
    """The document line by line, cut where quotes begin and end. Joined, the pieces are the text without line feeds."""
    at, first = 0, 0
    active: list[Span] = []
    for line in document.text.removesuffix("\n").split("\n"):
        end = at + len(line)
        while first < len(marked) and marked[first].start <= end:
            active.append(marked[first])
            first += 1
        yield tuple(_pieces(line, at, active)) if active else (Piece(line, None, (), (), ()),)
        active = [span for span in active if span.end > end]
        at = end + 1


def _pieces(line: str, at: int, active: list[Span]) -> Iterator[Piece]:
    end = at + len(line)
    edges = {edge for span in active for edge in (span.start, span.end) if at < edge < end}
    cuts = sorted(edges | {at, end})
    for start, stop in pairwise(cuts):
        cover = [span for span in active if span.start <= start and stop <= span.end]
        marks = sorted((use.mark for span in cover for use in span.uses), key=_ORDER.__getitem__)
        yield Piece(
            text=line[start - at : stop - at],
            mark=marks[0] if marks else None,
            spans=tuple(span.id for span in cover),
            begins=tuple(span.id for span in cover if span.start == start),
            uses=_once(use for span in cover if span.end == stop for use in span.uses),
        )


def _once(uses: Iterable[Use]) -> tuple[Use, ...]:
    return tuple({(use.anchor, use.mark): use for use in uses}.values())
