"""Pictures of pages: PNG, JPEG and TIFF of one or many pages. Here they are only measured; formats/ocr.py reads them.

A picture says how large it is before it is unpacked, so a bomb is refused by its first bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from praxigen.documents.parsed import Parsed, Refusal

KINDS = ("PNG", "JPEG", "TIFF")
MOST_PAGES = 500
MOST_PIXELS = 40_000_000  # of a page; letter paper at 600 dpi has 34 million
LEAST = 16  # pixels of a side
USUAL_WIDTH = 8.5  # inches of a page that does not say how large it is
NO_TEXT_LAYER = "it is a picture"
_DAMAGED = "is a damaged or cut off picture"
_AGAIN = "Scan it again, or ask the sender for it anew."


def parse(data: bytes) -> Parsed:
    """Name each page that can be recognized, and each that cannot with its reason. Reads no letter."""
    unread: list[tuple[int | None, str]] = []
    with opened(data) as picture:
        for number in range(1, MOST_PAGES + 2):
            if number > MOST_PAGES:
                unread.append((None, f"only the first {MOST_PAGES} pages of a file are read; split it"))
                break
            try:
                picture.seek(number - 1)
            except EOFError:
                break
            unread.append((number, _fault(picture) or NO_TEXT_LAYER))
    if len(unread) == 1 and unread[0][1] != NO_TEXT_LAYER:
        raise Refusal(unread[0][1].replace("it is", "is", 1), _AGAIN)
    scanned = tuple(page for page, reason in unread if page is not None and reason == NO_TEXT_LAYER)
    return Parsed(unread=tuple(unread), scanned=scanned)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The picture, its pages not unpacked yet. Raises Refusal where it is damaged or of another kind."""
    import warnings

    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # measured here, with a reason in our words
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=KINDS) as picture:
                yield picture
    except UnidentifiedImageError:
        raise Refusal("is a picture that is damaged or of a kind that is not read", f"Save it as {_kinds()}.") from None
    except (OSError, ValueError, TypeError, KeyError, IndexError, SyntaxError, struct.error, zlib.error, EOFError):
        raise Refusal(_DAMAGED, _AGAIN) from None


def grey(picture: Any, number: int) -> Any:
    """One page, counted from 1, as a picture in shades of grey, upright as its maker meant it."""
    from PIL import Image, ImageOps

    picture.seek(number - 1)
    fault = _fault(picture)
    if fault:
        raise Refusal(fault, _AGAIN)
    if picture.format == "JPEG":
        picture.draft("L", picture.size)
    picture.load()
    page = ImageOps.exif_transpose(picture)
    if page.mode in ("RGBA", "LA", "PA") or "transparency" in page.info:
        page = page.convert("RGBA")
        ground = Image.new("RGBA", page.size, "white")
        page = Image.alpha_composite(ground, page)
    return page.convert("L")


def resolution(picture: Any) -> tuple[float, float]:
    """Pixels an inch across and down; as if on letter paper where the picture does not say, or says nonsense.

    The two differ on a fax of standard resolution: 204 across and 98 down.
    """
    told = picture.info.get("dpi", (0, 0))
    try:
        across, down = float(told[0]), float(told[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        across = down = 0.0
    if not 90 <= across <= 1200:
        across = down = max(float(picture.width) / USUAL_WIDTH, 36.0)
    return across, down if across / 4 <= down <= across * 4 else across


def paper_size(sheet: Any, source: Any) -> tuple[float, float]:
    """Width and height, in points, of the paper from which the page of a picture came, turned as it is shown."""
    across, down = resolution(source)
    if sheet.width != source.width:  # its maker said to turn it
        across, down = down, across
    return sheet.width * 72 / across, sheet.height * 72 / down


def _fault(picture: Any) -> str:
    wide, high = picture.size
    if wide * high > MOST_PIXELS:
        most = MOST_PIXELS // 1_000_000
        return f"it is a picture of {wide * high // 1_000_000:,} megapixels, and at most {most} are read"
    if min(wide, high) < LEAST:
        return f"it is a picture of {wide} by {high} pixels, too small to hold words"
    return ""


def _kinds() -> str:
    return f"{', '.join(KINDS[:-1])} or {KINDS[-1]}"
