"""The lines at the edges of pages that are no part of what was written: banners of fax machines, headers, footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from praxigen.model.layout import Page, Unused

_MANY = 6  # pages, from which on a running line must stand on three of them
_EDGE = 4  # lines from the top and from the bottom of a page
_PAGE_NUMBER = re.compile(
    r"(?:page|pg\.?|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s+of\s+\d{1,4}",
    re.IGNORECASE,
)
_FAX_PAGE = re.compile(
    r"\b(?:p|pg|page)[ .:#]*\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\s*$|\b\d{1,3}/\d{3}\s*$", re.IGNORECASE
)
_FAX_SIGN = re.compile(
    r"\bfax\b|\bfacsimile\b|\bfrom\s*:|\bto\s*:|\b\d{1,2}:\d{2}\b.*\(?\d{3}\)?[-. ]\s?\d{3}[-. ]\d{4}"
    r"|\(?\d{3}\)?[-. ]\s?\d{3}[-. ]\d{4}.*\b\d{1,2}:\d{2}\b",
    re.IGNORECASE,
)
# What differs between the pages of one running line.
_CHANGES = re.compile(
    r"(?:page|pg\.?|p\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s+of\s+\d+|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}:\d{2}(?::\d{2})?",
    re.IGNORECASE,
)


def machine_lines(text: str, pages: Sequence[Page]) -> list[Unused]:
    """The banners of fax machines and the page numbers at the edges of pages, in order of place."""
    found = [
        Unused(start, min(end + 1, len(text)), why)
        for page in pages
        for lines in _edges(text, page)
        for start, end in lines
        if (why := _machine(text[start:end].strip())) is not None
    ]
    return sorted(found, key=lambda span: span.start)


def running_lines(text: str, pages: Sequence[Page]) -> list[Unused]:
    """The headers and footers that the pages of one file share, in order of place.

    The first time that one stands it is read: it may name the visit.
    """
    edges = [_edges(text, page) for page in pages]
    heads = Counter(key for top, _ in edges for key in {_key(text[start:end]) for start, end in top})
    feet = Counter(key for _, bottom in edges for key in {_key(text[start:end]) for start, end in bottom})
    often = 2 if len(pages) < _MANY else 3
    found: list[Unused] = []
    seen: set[str] = set()
    for top, bottom in edges:
        for lines, counts, why in ((top, heads, "header"), (bottom, feet, "footer")):
            for start, end in lines:
                words = text[start:end].strip()
                key = _key(words)
                if _machine(words) is not None:
                    continue
                if counts[key] < often or words.endswith(":"):
                    break  # running lines stand together at the very edge
                if key in seen:
                    found.append(Unused(start, min(end + 1, len(text)), why))
                seen.add(key)
    return sorted(found, key=lambda span: span.start)


def _machine(words: str) -> str | None:
    if _PAGE_NUMBER.fullmatch(words):
        return "page_number"
    return "fax" if len(words) < 140 and _FAX_PAGE.search(words) and _FAX_SIGN.search(words) else None


def _edges(text: str, page: Page) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The first lines of a page from the top, and its last from the bottom; a line is never both."""
    lines: list[tuple[int, int]] = []
    at = page.start
    while at < page.end:
        stop = text.find("\n", at, page.end)
        stop = page.end if stop < 0 else stop
        if text[at:stop].strip():
            lines.append((at, stop))
        at = stop + 1
    half = (len(lines) + 1) // 2
    return lines[: min(_EDGE, half)], lines[::-1][: min(_EDGE, len(lines) - half)]


def _key(line: str) -> str:
    return " ".join(_CHANGES.sub("#", line).lower().split())
