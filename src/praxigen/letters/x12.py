"""Segments of X12 with their places: what the readers of an 835 and a 278 share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from praxigen.documents.dates import stamped_day
from praxigen.model.denial import Stated, StatedDay
from praxigen.model.document import Document, Quote

_SEGMENT = re.compile(r"(?:^|[~\n])\s*(?:ISA|ST|CLP|CAS|HCR|AAA|BHT|SVC|HL|LQ)(?P<separator>[*|^])", re.MULTILINE)
# Segments that stand in nothing else.
_OF_835 = frozenset({"CLP", "CAS", "BPR"})
_OF_278 = frozenset({"HCR", "AAA"})


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its name, and its elements with their places in the document."""

    document: Document
    start: int
    end: int
    elements: tuple[tuple[int, int], ...]

    @property
    def name(self) -> str:
        """CLP, CAS and so on."""
        return self[0]

    @property
    def quote(self) -> Quote:
        """The whole segment."""
        return self.document.quote(self.start, self.end)

    def __getitem__(self, number: int) -> str:
        """The element with this number, empty where there is none; 0 is the name."""
        if number >= len(self.elements):
            return ""
        start, end = self.elements[number]
        return self.document.text[start:end].strip()

    def part(self, number: int) -> Quote:
        """The words of one element."""
        return self.document.quote(*self.elements[number])

    def stated(self, number: int) -> Stated | None:
        """One element as a value."""
        return Stated(self[number], self.part(number)) if self[number] else None

    def day(self, number: int) -> StatedDay | None:
        """A day, or two with a dash between them, in an element."""
        text = self[number]
        first, _, second = text.partition("-")
        day = stamped_day(first)
        last = stamped_day(second) if second else None
        return StatedDay(day, self.part(number), last if last != day else None) if day else None


def separator_of(text: str) -> str | None:
    """The sign between elements, where the text is X12; else None."""
    found = [match["separator"] for match in _SEGMENT.finditer(text)]
    return found[0] if found else None


def segments(document: Document) -> tuple[Segment, ...]:
    """The segments of a document, whatever ends them: ~, a line, or both."""
    separator = separator_of(document.text)
    return tuple(_split(document, separator)) if separator else ()


def _split(document: Document, separator: str) -> Iterator[Segment]:
    for match in re.finditer(r"[^~\n\r]+", document.text):
        start, end = match.span()
        while start < end and document.text[start].isspace():
            start += 1
        while end > start and document.text[end - 1].isspace():
            end -= 1
        words = document.text[start:end]
        if not re.match(rf"[A-Z][A-Z0-9]{{1,2}}{re.escape(separator)}", words):
            continue
        places, at = [], start
        for piece in words.split(separator):
            places.append((at, at + len(piece)))
            at += len(piece) + 1
        yield Segment(document, start, end, tuple(places))


def is_remittance(found: tuple[Segment, ...]) -> bool:
    """Whether the segments are those of an 835."""
    return any(segment.name in _OF_835 for segment in found)


def is_answer(found: tuple[Segment, ...]) -> bool:
    """Whether the segments are those of a 278 response."""
    return any(segment.name in _OF_278 for segment in found)


def person(segment: Segment) -> Stated | None:
    """The name in an NM1 segment: first, middle and last name, or the name of an organization."""
    if not segment[3]:
        return None
    names = [segment[number] for number in (4, 5, 3) if segment[number]]
    last = max(segment.elements[number][1] for number in (3, 4, 5) if segment[number])
    return Stated(" ".join(names), segment.document.quote(segment.elements[3][0], last))


def composite(segment: Segment, number: int, separators: str = ":>") -> list[str]:
    """The parts of a composite element."""
    return re.split(f"[{re.escape(separators)}]", segment[number])


def inside(segment: Segment, number: int, words: str) -> Quote:
    """The place of some words inside an element."""
    start, end = segment.elements[number]
    at = segment.document.text.find(words, start, end)
    return segment.document.quote(at, at + len(words)) if at >= 0 and words else segment.part(number)


def day_of(text: str) -> date | None:
    """A day written as eight digits."""
    return stamped_day(text)
