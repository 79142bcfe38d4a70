"""The lines at the edges of pages that are no part of what was written: banners of fax machines, headers, footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from praxigen.model.layout import Page, Unused

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


def furniture(text: str, pages: Sequence[Page]) -> list[Unused]:
    """The header, footer, fax and page number lines of the pages of one file, in order of place.

    The first time that a running header or footer stands it is read: it may name the visit.
    """
    edges = [(page, *_edges(text, page)) for page in pages]
    heads = Counter(key for _, top, _ in edges for key in {_key(text[s:e]) for s, e in top})
    feet = Counter(key for _, _, bottom in edges for key in {_key(text[s:e]) for s, e in bottom})
    often = 2 if len(pages) < 6 else 3
    found: list[Unused] = []
    seen: set[str] = set()
    for _, top, bottom in edges:
        for lines, counts, why in ((top, heads, "header"), (bottom, feet, "footer")):
            for start, end in lines:
                words = text[start:end].strip()
                marked = _machine(words)
                if marked is None:
                    key = _key(words)
                    if counts[key] < often or words.endswith(":"):
                        break  # running lines stand together at the very edge
                    if key in seen:
                        marked = why
                    seen.add(key)
                if marked is not None:
                    found.append(Unused(start, min(end + 1, len(text)), marked))
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
