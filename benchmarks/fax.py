"""Makes faxes: the pages of a PDF as a fax machine delivers them, at 200 dpi, askew, blurred, speckled, black on white.

The same pages and the same seed always give the same bytes.
"""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

DPI = 200
_BLUR = 0.6  # pixels
_INK = 150  # of 255; darker is black


def as_fax(pdf: bytes, seed: int = 1) -> bytes:
    """A TIFF of Group 4 pages, as fax servers store them."""
    pages = fax_pages(pdf, seed)
    out = BytesIO()
    pages[0].save(out, "TIFF", compression="group4", dpi=(DPI, DPI), save_all=True, append_images=pages[1:])
    return out.getvalue()


def as_scan(pdf: bytes, seed: int = 1) -> bytes:
    """The same pages as a PDF that holds nothing but pictures."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in fax_pages(pdf, seed):
        wide, high = page.width * 72 / DPI, page.height * 72 / DPI
        canvas.setPageSize((wide, high))
        canvas.drawImage(ImageReader(page.convert("L")), 0, 0, wide, high)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def fax_pages(pdf: bytes, seed: int = 1) -> list[Any]:
    """Each page as a picture of black and white pixels."""
    import pypdfium2

    chance = random.Random(seed)  # noqa: S311  noise, not a secret
    document = pypdfium2.PdfDocument(pdf)
    return [
        _faxed(document[index].render(scale=DPI / 72, grayscale=True).to_pil(), chance)
        for index in range(len(document))
    ]


def _faxed(page: Any, chance: random.Random) -> Any:
    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    askew = chance.choice((-1, 1)) * chance.uniform(0.6, 1.4)  # degrees
    page = page.rotate(askew, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(_BLUR))
    noise = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height))
    # One pixel in 256 turns black, and one white.
    black = noise.point([0 if value == 0 else 255 for value in range(256)])
    white = noise.point([255 if value == 255 else 0 for value in range(256)])
    page = ImageChops.lighter(ImageChops.darker(page, black), white)
    draw = ImageDraw.Draw(page)
    for _ in range(2):  # lines that a dirty scanner leaves
        row = chance.randrange(page.height)
        draw.line((0, row, page.width, row), fill=0 if chance.random() < 0.5 else 255)
    return page.point([0 if value < _INK else 255 for value in range(256)]).convert("1")
