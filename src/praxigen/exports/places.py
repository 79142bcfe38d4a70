"""Where a quote stands, in the words in which people look it up: file, page, day, line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from praxigen.exports.sources import iso
from praxigen.model.document import Document, Quote


def place(document: Document, offset: int) -> str:
    """File, page, day of the note and line, as far as there are several to tell apart. Lines count within the page."""
    return ", ".join([*_lead(document, offset), f"line {document.place(offset).line}"])


def lead(document: Document, offset: int) -> str:
    """The same without the line; empty in a single text."""
    return ", ".join(_lead(document, offset))


def _lead(document: Document, offset: int) -> Iterator[str]:
    found = document.place(offset)
    if found.file:
        yield found.file
    if found.page is not None:
        yield f"page {found.page}"
    if found.date is not None and len(document.parts) > 1:
        yield found.date.isoformat()


def doubt(document: Document, quote: Quote) -> str:
    """What to say beside a quote whose words were recognized from a picture; empty for any other."""
    if document.confidence(quote.start, quote.end) is None:
        return ""
    unsure = document.unsure(quote.start, quote.end)
    return f"read from a picture, not sure of: {', '.join(unsure)}" if unsure else "read from a picture"


def place_dict(document: Document, start: int, end: int) -> dict[str, Any]:
    """The same as plain values, with the boxes to mark on the page."""
    file, found = document.file_at(start), document.place(start)
    return {
        "file": file.name if file else document.name,
        "page": found.page,
        "date": iso(found.date),
        "part": found.kind or None,
        "confidence": document.confidence(start, end),
        "unsure": list(document.unsure(start, end)),
        "boxes": [
            {"page": document.pages[box.page].number, "box": [box.left, box.top, box.right, box.bottom]}
            for box in document.boxes(start, end)
        ],
    }


def line_numbers(document: Document) -> list[int]:
    """By which number each line of the text is cited: lines count within their page, or a file without pages."""
    starts = [*(file.start for file in document.files), *(page.start for page in document.pages)]
    firsts = {document.line_of(start) for start in starts}
    found: list[int] = []
    for line in range(1, document.text.count("\n") + 2):
        found.append(1 if line in firsts or not found else found[-1] + 1)
    return found


def captions(document: Document) -> dict[int, str]:
    """For the lines of the text at which another file, page or part begins: what begins there."""
    found: dict[int, list[str]] = {}
    if len(document.files) > 1:
        for file in document.files:
            found.setdefault(document.line_of(file.start), []).append(file.name)
    for page in document.pages:
        found.setdefault(document.line_of(page.start), []).append(f"page {page.number}")
    if len(document.parts) > 1:
        for part in document.parts:
            told = [part.kind, *([part.date.isoformat()] if part.date else []), *([part.author] if part.author else [])]
            found.setdefault(document.line_of(part.start), []).extend(told)
    return {line: ", ".join(words) for line, words in found.items()}


_WHY = {
    "header": "a page header, read once",
    "footer": "a page footer, read once",
    "fax": "the banner of a fax machine, not read",
    "page_number": "a page number, not read",
    "duplicate": "a page sent before, read once",
    "copied": "copied forward from an earlier note, read there",
    "hidden": "not seen by a person on the page, not used",
}


def unused_lines(document: Document) -> dict[int, str]:
    """The lines of the text that lie wholly in what is read past, and why."""
    found: dict[int, str] = {}
    for span in document.unused:
        first, last = document.line_of(span.start), document.line_of(max(span.start, span.end - 1))
        for number in range(first, last + 1):
            line = document.line(number)
            told = document.text[line.start : line.end]
            inside = document.text[max(line.start, span.start) : min(line.end, span.end)]
            if told.strip() and told.strip() == inside.strip():
                found[number] = _WHY[span.why]
    return found
