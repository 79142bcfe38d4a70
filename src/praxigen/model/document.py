"""A document as read: one text whose offsets never change, what stands where in it, and quotes taken from it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from praxigen.errors import QuoteMismatchError
from praxigen.model.layout import Line, Page, Part, SourceFile, Unread, Unused, Word


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Words copied from a document, with their place.

    `start` and `end` count characters of `Document.text`; `text` is exactly the characters between them.
    """

    document: str
    start: int
    end: int
    text: str


class Place(NamedTuple):
    """Where characters stand, as people look them up.

    `file` is empty in a document of one file, `page` None where the format has no pages. `line` counts from 1: within
    the page where there are pages, else within the file. `date` and `kind` are those of the part.
    """

    file: str
    page: int | None
    line: int
    date: date | None
    kind: str


@dataclass(frozen=True)
class Document:
    """One note, or one chart of several files: its name for quotes, its text, and what was noticed while reading it.

    `text` is kept exactly as decoded; offsets count its characters, lines count from 1. The rest says what stands where
    in it, as far as the format tells: `pages`; `words` with their boxes; `parts` (a visit note, an imaging report);
    `unused` stretches that are read past, such as page headers; `files` it was made from; `unread` pages and files.
    Each of these is in order of place.
    """

    name: str
    text: str
    warnings: tuple[str, ...] = field(default=())
    pages: tuple[Page, ...] = ()
    words: tuple[Word, ...] = field(default=(), repr=False)
    parts: tuple[Part, ...] = ()
    unused: tuple[Unused, ...] = ()
    files: tuple[SourceFile, ...] = ()
    unread: tuple[Unread, ...] = ()

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

    def line(self, number: int) -> Line:
        """A line of the text, counted from 1, without its line feed."""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] - 1 if number < len(self._line_starts) else len(self.text)
        return Line(number, start, end)

    def page_at(self, offset: int) -> Page | None:
        """The page on which the character at `offset` stands."""
        return _holding(self.pages, offset)

    def part_at(self, offset: int) -> Part | None:
        """The part in which the character at `offset` stands."""
        return _holding(self.parts, offset)

    def file_at(self, offset: int) -> SourceFile | None:
        """The file from which the character at `offset` was read."""
        return _holding(self.files, offset)

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words with boxes that share a character with the span: what to mark on the picture of the page."""
        first = bisect_right(self._word_ends, start)
        last = bisect_right(self._word_starts, end - 1)
        return self.words[first:last]

    def boxes(self, start: int, end: int) -> tuple[Word, ...]:
        """One box for each line of the span on its pages, so that a highlight runs over the spaces between words."""
        found: list[Word] = []
        for word in self.words_in(start, end):
            last = found[-1] if found else None
            if last is not None and last.page == word.page and _on_one_line(last, word):
                found[-1] = Word(
                    last.start,
                    word.end,
                    word.page,
                    min(last.left, word.left),
                    min(last.top, word.top),
                    max(last.right, word.right),
                    max(last.bottom, word.bottom),
                    _less_sure(last.confidence, word.confidence),
                )
            else:
                found.append(word)
        return tuple(found)

    def confidence(self, start: int, end: int) -> float | None:
        """How sure the least sure word of the span was recognized, 0 to 1; None where none came from a picture."""
        read = [word.confidence for word in self.words_in(start, end) if word.confidence is not None]
        return min(read, default=None)

    def unsure(self, start: int, end: int) -> tuple[str, ...]:
        """The words of the span that were recognized with low confidence, each once."""
        found = (self.text[word.start : word.end] for word in self.words_in(start, end) if word.unsure)
        return tuple(dict.fromkeys(found))

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _word_ends(self) -> list[int]:
        return [word.end for word in self.words]

    def place(self, offset: int) -> Place:
        """Where the character at `offset` stands: file, page, line, and the date and kind of its part."""
        file, page, part = self.file_at(offset), self.page_at(offset), self.part_at(offset)
        first = page.start if page is not None else file.start if file is not None else 0
        return Place(
            file=file.name if file is not None and len(self.files) > 1 else "",
            page=page.number if page is not None else None,
            line=self.line_of(offset) - self.line_of(first) + 1,
            date=part.date if part is not None else None,
            kind=part.kind if part is not None else "",
        )


_Stretch = TypeVar("_Stretch", Page, Part, SourceFile)


def _less_sure(first: float | None, second: float | None) -> float | None:
    return min((each for each in (first, second) if each is not None), default=None)


def _on_one_line(first: Word, second: Word) -> bool:
    """Whether two words that follow each other stand beside each other on the page as it is shown."""
    across = min(first.bottom, second.bottom) - max(first.top, second.top)
    height = min(first.bottom - first.top, second.bottom - second.top)
    return across > 0.5 * height


def _holding(stretches: Sequence[_Stretch], offset: int) -> _Stretch | None:
    at = bisect_right(stretches, offset, key=lambda stretch: stretch.start) - 1
    return stretches[at] if at >= 0 and offset < stretches[at].end else None
