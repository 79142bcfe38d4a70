"""What is done with the pages of a chart after it was read: highlights in a copy as PDF, and pictures of pages.

The originals are parsed once more for it, in the limited child process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from praxigen.documents.parsed import Refusal
from praxigen.documents.sandbox import parse_apart
from praxigen.errors import InputError
from praxigen.model.document import Document

DPI = 110  # of the pictures: letters stay readable on a screen


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight: boxes on one page of an original in points from the upper left, what to say of it, its colour."""

    file: int
    page: int
    boxes: tuple[tuple[float, float, float, float], ...]
    says: str
    color: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Link:
    """A place on our own pages (in points from the lower left) that leads to a mark, by its index."""

    page: int
    rect: tuple[float, float, float, float]
    mark: int


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: leads to a mark, by its index, or to a height on one of our own pages."""

    title: str
    depth: int
    mark: int | None
    page: int
    top: float


def marked_copy(
    title: str,
    front: bytes,
    originals: Sequence[tuple[str, bytes]],
    marks: Sequence[Mark],
    links: Sequence[Link],
    bookmarks: Sequence[Bookmark],
    password: str | None = None,
) -> bytes:
    """One PDF: our own pages, then those of the originals (their kind and bytes) with the marks on them."""
    spec: dict[str, object] = {
        "title": title,
        "sizes": [len(front), *(len(data) for _, data in originals)],
        "kinds": [kind for kind, _ in originals],
        "marks": [asdict(mark) for mark in marks],
        "links": [asdict(link) for link in links],
        "bookmarks": [asdict(bookmark) for bookmark in bookmarks],
    }
    blob = b"".join([front, *(data for _, data in originals)])
    try:
        return parse_apart("annotate", blob, password, spec).embedded[0].data
    except Refusal as refusal:
        raise InputError(
            f"the annotated copy could not be made: one of the originals {refusal.what}",
            f"{refusal.hint} Reports as text, HTML and JSON can be made all the same.",
        ) from None


def page_pictures(document: Document, pages: Iterable[int], password: str | None = None) -> dict[int, bytes]:
    """PNG pictures of some pages, by their index in `Document.pages`; pages that cannot be drawn are left out."""
    found: dict[int, bytes] = {}
    wanted = sorted(set(pages))
    for file in document.files:
        here = [index for index in wanted if file.start <= document.pages[index].start < file.end]
        if not here or not file.data:
            continue
        numbers = [document.pages[index].number for index in here]
        try:
            drawn = parse_apart("draw", file.data, password, {"kind": file.kind, "pages": numbers, "dpi": DPI})
        except Refusal:
            continue
        by_name = {each.name: each.data for each in drawn.embedded}
        found.update((index, by_name[str(n)]) for index, n in zip(here, numbers, strict=True) if str(n) in by_name)
    return found
