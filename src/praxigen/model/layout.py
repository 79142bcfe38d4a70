"""What stands where in a document: files, pages, words with boxes, parts, and what is read past.

Every `start` and `end` counts characters of `Document.text`.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import NamedTuple

from praxigen.model.frozen import frozen

SURE = 0.8  # benchmarks/pages.py shows how many words above and below it are wrong


class Word(NamedTuple):
    """One word on a page, with its box in points from the upper left corner of the page as it is shown upright.

    `page` is the index of its page in `Document.pages`. `confidence`, 0 to 1, says how sure the recognition of its
    picture is; None where nothing had to be recognized.
    """

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None

    @property
    def unsure(self) -> bool:
        """Whether it was recognized from a picture with so little confidence that a person must look at it."""
        return self.confidence is not None and self.confidence < SURE


class Line(NamedTuple):
    """One line of the text, without its line feed; `number` counts from 1."""

    number: int
    start: int
    end: int


@frozen
class Page:
    """One page of a file. `number` counts from 1 within the file.

    `width` and `height` are points (1/72 inch) of the page as it is shown, after turning it by `rotation` degrees
    clockwise; 0 where the format has no measures.
    """

    number: int
    start: int
    end: int
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0


@frozen
class SourceFile:
    """A file that the document was made from. `kind` is what its content says that it is; `sha256` hashes its bytes.

    `data` are the bytes of a file whose pages can be shown (PDF, picture), empty for others.
    """

    name: str
    kind: str
    sha256: str
    start: int
    end: int
    data: bytes = field(default=b"", repr=False, compare=False)


@frozen
class Part:
    """One note, report or letter inside a document: the stretch between two seams.

    `kind` is visit, imaging, therapy, operation, psychology, discharge, laboratory, letter, message, cover or other.
    `date` is the day that it speaks from, None where it does not say; `author` and `title` are as written, or empty.
    """

    kind: str
    start: int
    end: int
    date: date | None = None
    author: str = ""
    title: str = ""


@frozen
class Unused:
    """A stretch that is kept in the text and read past, and why.

    `why` is header, footer, fax (the banner of a fax machine), page_number, duplicate (of an earlier page), copied
    (forward from an earlier note) or hidden (no person sees it on the page).
    """

    start: int
    end: int
    why: str


@frozen
class Unread:
    """A file, or a page of one, that could not be read, and why in words for people. `page` counts from 1."""

    file: str
    page: int | None
    reason: str

    def __str__(self) -> str:
        page = f", page {self.page}" if self.page is not None else ""
        return f"{self.file}{page}: not read: {self.reason}"
