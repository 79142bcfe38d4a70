"""Draws pages as small PNG pictures in shades of grey, to show evidence where it stands."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from praxigen.documents.formats.ocr import page_picture
from praxigen.documents.parsed import Embedded, Parsed, Refusal

_SHADES = 16  # as many as letters need to look smooth
_MOST_BYTES = 24_000_000  # of all pictures together; what a browser still opens at once


def draw(data: bytes, spec: dict[str, Any], password: str | None) -> Parsed:
    """A picture of each page in `spec["pages"]`, as embedded files named by the page's number."""
    drawn: list[Embedded] = []
    size = 0
    for number in spec["pages"]:
        try:
            sheet, _, _ = page_picture(spec["kind"], data, number, password, spec["dpi"])
        except Refusal:
            continue
        out = BytesIO()
        sheet.quantize(_SHADES).save(out, "PNG", optimize=True)
        size += out.tell()
        if size > _MOST_BYTES:
            break
        drawn.append(Embedded(str(number), out.getvalue()))
    return Parsed(embedded=tuple(drawn))
