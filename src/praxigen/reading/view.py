"""What the reader sees of a document: its text without what is read past, part by part, words joined over line ends.

Characters keep their places, but for the end of a word that was broken with a hyphen: it moves up to its beginning, and
`Stretch.in_document` knows where it stood.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from praxigen.model.document import Document, Quote
from praxigen.model.fact import Fact
from praxigen.model.frozen import frozen
from praxigen.model.layout import Part
from praxigen.reading.transmission import as_sent

_BROKEN = re.compile(r"(?P<head>[A-Za-z]?[a-z]+)-(?P<gap>[ \t]*\r?\n\s*)(?P<tail>[a-z]{2,})")
_AT_LINE_END = re.compile(r"-[ \t]*\r?\n")
# A line of a page that ends where the paper does, not the sentence: the next one goes on in small letters.
_RUNS_ON = re.compile(r"(?<=[^\n]{39}[a-z,\d)])\n(?=[a-z])")
# Formats that state the day of a document in a field of its own.
_DATED = frozenset({"ccda", "fhir", "hl7v2"})


@frozen
class Stretch:
    """A part of a document as the reader sees it. `text` begins at `start` of the document; `day` is the part's."""

    document: Document
    start: int
    text: str
    day: date | None
    part: Part | None
    joins: tuple[tuple[int, int, int], ...] = ()  # where a moved word end begins and ends, and by how much it moved

    def note(self) -> Document:
        """The stretch as a document of its own, whose offsets count from its beginning."""
        return Document(self.document.name, self.text)

    def in_document(self, fact: Fact) -> Fact:
        """A fact about the stretch with its quotes cut from the document.

        What a radiologist reports of a study is of the day of the report, where the words name no other.
        """
        if self.text is self.document.text and self.start == 0 and self.day is None:
            return fact  # the stretch is the document, and no day is to be told
        began, ended = fact.began, fact.ended
        if began is None and ended is None and fact.concept.startswith("imaging") and self._reports_study:
            began = ended = self.day
        return replace(
            fact,
            quote=self._quote(fact.quote),
            basis=tuple(self._quote(quote) for quote in fact.basis),
            began=began,
            ended=ended,
            day=self.day,
        )

    @property
    def _reports_study(self) -> bool:
        return self.part is not None and self.part.kind == "imaging"

    def _quote(self, quote: Quote) -> Quote:
        start, end = quote.start, quote.end
        if self.joins:
            start, end = self._back(start, first=True), self._back(end, first=False)
        return self.document.quote(self.start + start, self.start + end)

    def _back(self, offset: int, *, first: bool) -> int:
        at = bisect_right(self.joins, offset, key=lambda join: join[0] if first else join[0] + 1) - 1
        if at >= 0:
            _, end, by = self.joins[at]
            if offset < end or (not first and offset == end):
                return offset + by
        return offset


def stretches(document: Document, known: Callable[[str], bool]) -> Iterator[Stretch]:
    """The parts of a document in order. `known` says whether a word exists, so that broken words can be told."""
    text = document.text
    if "\f" in text:
        text = re.sub(r"(?<!\n)\f", "\n", text).replace("\f", " ")
    if document.words:
        text = _RUNS_ON.sub(" ", text)
    if document.unused:
        text = _without(text, document)
    text = as_sent(text)
    if len(document.parts) < 2:
        part = document.parts[0] if document.parts else None
        dated = document.files[0].kind in _DATED if len(document.files) == 1 else False
        yield _stretch(document, 0, text, part.date if part and dated else None, part, known)
        return
    for part in document.parts:
        yield _stretch(document, part.start, text[part.start : part.end], part.date, part, known)


def _without(text: str, document: Document) -> str:
    pieces: list[str] = []
    at = 0
    for span in document.unused:
        if span.end > at:
            start = max(at, span.start)
            pieces += (text[at:start], " " * (span.end - start))
            at = span.end
    return "".join([*pieces, text[at:]])


def _stretch(
    document: Document, start: int, text: str, day: date | None, part: Part | None, known: Callable[[str], bool]
) -> Stretch:
    joins: list[tuple[int, int, int]] = []
    pieces: list[str] = []
    at = 0
    for match in _BROKEN.finditer(text) if _AT_LINE_END.search(text) else ():
        word = (match["head"] + match["tail"]).lower()
        if match.start() < at or not (known(word) or _stands(word, text)):
            continue
        hyphen, tail, end = match.end("head"), match.start("tail"), match.end("tail")
        by = tail - hyphen
        pieces += (text[at:hyphen], match["tail"], " " * by)
        joins.append((hyphen, hyphen + len(match["tail"]), by))
        at = end
    return Stretch(document, start, "".join([*pieces, text[at:]]) if joins else text, day, part, tuple(joins))


def _stands(word: str, text: str) -> bool:
    return re.search(rf"\b{word}\b", text, re.IGNORECASE) is not None
