"""Report out as PDF: the checklist, then the chart itself with the evidence highlighted and a bookmark a criterion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from praxigen.documents.marking import Bookmark, Link, Mark, marked_copy
from praxigen.exports.checklist import Placed, checklist
from praxigen.exports.outline import Row, Tone, outline
from praxigen.exports.proof import prove
from praxigen.exports.typeset import on_paper
from praxigen.model.document import Document, Quote
from praxigen.model.report import Report

_COLORS = {
    Tone.GOOD: (0.55, 0.88, 0.66),
    Tone.BAD: (1.0, 0.62, 0.64),
    Tone.OPEN: (1.0, 0.84, 0.4),
    Tone.ASIDE: (0.66, 0.76, 1.0),
    Tone.QUIET: (0.84, 0.86, 0.9),
}
_TITLE = 90  # characters of a bookmark


def to_pdf(report: Report, payer_name: str = "", *, password: str | None = None) -> bytes:
    """The annotated copy of the chart. The same report gives the same bytes.

    `password` opens originals that are encrypted; the copy is not. Raises InputError where a copy cannot be made.
    """
    prove(report)
    roots = outline(report)
    document, originals = on_paper(report.document)
    evidence = _Evidence(document)
    for root in roots:
        for row in root.walk() if root else ():
            for quote in row.quotes:
                evidence.add(row, quote)
    front, placed = checklist(report, roots, payer_name or report.requirement.payer, _key)
    return marked_copy(
        f"{report.requirement.title}: {report.document.name}",
        front,
        originals,
        evidence.marks,
        list(_links(evidence, placed)),
        list(_bookmarks(roots, evidence, placed)),
        password,
    )


def _key(row: Row, quote: Quote) -> tuple[int, int, int]:
    return id(row), quote.start, quote.end


class _Evidence:
    """The highlights, and which of them are the first of a row and of a quote in it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.marks: list[Mark] = []
        self._at: dict[tuple[int, int, int], int] = {}
        self.of_row: dict[int, int] = {}
        self.of_quote: dict[tuple[int, int, int], int] = {}

    def add(self, row: Row, quote: Quote) -> None:
        """Highlight a quote of a row, once on each page that it stands on."""
        by_page: dict[int, list[tuple[float, float, float, float]]] = defaultdict(list)
        for word in self._document.boxes(quote.start, quote.end):
            by_page[word.page].append((word.left, word.top, word.right, word.bottom))
        for index, boxes in by_page.items():
            page = self._document.pages[index]
            file = next(n for n, each in enumerate(self._document.files) if each.start <= page.start < each.end)
            number = f"{row.number} " if row.number else ""
            says = f"{number}{row.criterion.says}: {row.label.lower()}"
            key = (quote.start, quote.end, index)
            at = self._at.setdefault(key, len(self.marks))
            self.of_row.setdefault(id(row), at)
            self.of_quote.setdefault(_key(row, quote), at)
            if at == len(self.marks):
                self.marks.append(Mark(file, page.number, tuple(boxes), says, _COLORS[row.tone]))
            else:  # words that several criteria rest on are highlighted once, and named for each
                mark = self.marks[at]
                self.marks[at] = replace(mark, says=f"{mark.says}\n{says}")


def _links(evidence: _Evidence, placed: Placed) -> Iterator[Link]:
    """From each quote of the checklist to its highlight."""
    for key, mark in evidence.of_quote.items():
        if key in placed.boxes:
            page, box = placed.boxes[key]
            yield Link(page, box, mark)


def _bookmarks(roots: tuple[Row | None, ...], evidence: _Evidence, placed: Placed) -> Iterator[Bookmark]:
    yield Bookmark("Checklist", 0, None, 1, 792)
    for root in roots:
        for row in root.walk() if root else ():
            page, box = placed.boxes.get(("row", id(row)), (1, (0, 0, 0, 792)))
            number = f"{row.number} " if row.number else ""
            says = f"{number}{row.criterion.says}"
            short = says if len(says) <= _TITLE else f"{says[: _TITLE - 3].rstrip()}..."
            yield Bookmark(f"{short}: {row.label}", row.depth, evidence.of_row.get(id(row)), page, box[3] + 8)
