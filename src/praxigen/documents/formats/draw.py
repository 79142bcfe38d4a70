"""Draws pages as small PNG pictures in shades of grey, to show evidence where it stands."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from praxigen.documents.formats.ocr import page_picture
from praxigen.documents.parsed import Embedded, Parsed, Refusal

_BITS = 4  # of a pixel: sixteen shades are as many as letters need to look smooth
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
        _few_shades(sheet).save(out, "PNG", bits=_BITS)
        size += out.tell()
        if size > _MOST_BYTES:
            break
        drawn.append(Embedded(str(number), out.getvalue()))
    return Parsed(embedded=tuple(drawn))


def _few_shades(sheet: Any) -> Any:
    """The picture in sixteen even shades. Choosing the best ones, and packing harder, takes ten times as long."""
    from PIL import Image

    most = 2**_BITS - 1
    shades = sheet.point([round(value * most / 255) for value in range(256)])
    few = Image.frombytes("P", shades.size, shades.tobytes())
    few.putpalette([round(shade * 255 / most) for shade in range(most + 1) for _ in "RGB"])
    return few
