"""A document as read: one text whose offsets never change, and quotes taken from it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from praxigen.errors import QuoteMismatchError


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Words copied from a document, with their place.

    `start` and `end` count characters of `Document.text`; `text` is exactly the characters between them.
    """

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Document:
    """One document: its name for quotes, its text, and what was noticed while reading it.

    `text` is kept exactly as decoded. Lines count from 1.
    """

    name: str
    text: str
    warnings: tuple[str, ...] = field(default=())

    def quote(self, start: int, end: int) -> Quote:
        """The words from `start` to `end`, without the white space around them."""
        piece = self.text[start:end]
        left = len(piece) - len(piece.lstrip())
        start, end = start + left, start + left + len(piece.strip())
        return Quote(self.name, start, end, self.text[start:end])

    def prove(self, quote: Quote) -> None:
        """Raise QuoteMismatchError unless the quote is exactly the text at its place."""
        if quote.document != self.name or self.text[quote.start : quote.end] != quote.text or not quote.text:
            raise QuoteMismatchError(
                f"a quote of {quote.document} at {quote.start}-{quote.end} is not the text that stands there"
            )

    @cached_property
    def sha256(self) -> str:
        """Hash of the text in UTF-8, so that a report names the document that it read."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at != -1:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def line_of(self, offset: int) -> int:
        """The line, counted from 1, on which the character at `offset` stands."""
        return bisect_right(self._line_starts, offset)
