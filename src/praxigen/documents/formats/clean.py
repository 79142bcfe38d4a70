"""Prepares the picture of a page for recognition: straight, without specks and without the lines of a dirty scanner."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_STEEPEST = 4.0  # degrees
_COARSE, _FINE = 0.5, 0.1
_SMALL = 400  # pixels across, enough to see how lines run
_FULL = 90  # of 255: a row of text is never darker on the average
_DARK = 160  # of 255; darker is ink
_FEW = 10  # dark pixels of the 49 around one, at 300 dpi: less is a speck, a full stop has more
_RULED = 0.9  # of a run's pixels are dark where a scanner drew a line


@dataclass(frozen=True, slots=True)
class Straightened:
    """A page turned by `angle` degrees counterclockwise about its middle: as it came, and cleaned."""

    raw: Any
    clean: Any
    angle: float

    def back(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box on the page before it was straightened."""
        if not self.angle:
            return box
        middle_x, middle_y = self.raw.width / 2, self.raw.height / 2
        sine, cosine = math.sin(math.radians(self.angle)), math.cos(math.radians(self.angle))
        x, y = (box[0] + box[2]) / 2 - middle_x, (box[1] + box[3]) / 2 - middle_y
        # The middle of the word is turned; its height stays, for the slant of one word is too small to see.
        new_x, new_y = cosine * x - sine * y + middle_x, sine * x + cosine * y + middle_y
        half_x, half_y = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2 + abs(sine) * (box[2] - box[0]) / 2
        return new_x - half_x, new_y - half_y, new_x + half_x, new_y + half_y


def straighten(page: Any) -> Straightened:
    """The page with its lines level, and the same without what is no letter."""
    from PIL import Image

    cleaned = clean(page)
    angle = skew(cleaned)
    if abs(angle) < _FINE / 2:
        return Straightened(page, cleaned, 0.0)
    turned = [each.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) for each in (page, cleaned)]
    return Straightened(turned[0], turned[1], angle)


def clean(page: Any) -> Any:
    """The page without specks, and without lines that run level over a long way as only a scanner draws them."""
    from PIL import ImageChops, ImageFilter

    ink = page.point([255 if value < _DARK else 0 for value in range(256)])
    crowded = ink.filter(ImageFilter.BoxBlur(3)).point([255 if value > 255 * _FEW / 49 else 0 for value in range(256)])
    run = ImageFilter.BoxBlur((max(page.width // 10, 20), 0))
    on_line = ink.filter(run).point([255 if value > 255 * _RULED else 0 for value in range(256)])
    beside = on_line.filter(run).point([0 if value > 0 else 255 for value in range(256)])
    dirt = ImageChops.subtract(ink, ImageChops.darker(crowded, beside))
    return ImageChops.lighter(page, dirt)


def skew(page: Any) -> float:
    """By how many degrees counterclockwise the page must be turned: rows of letters and gaps then differ most."""
    from PIL import Image, ImageChops

    factor = max(1, page.width // _SMALL)
    small = ImageChops.invert(page.reduce(factor))

    def sharpness(angle: float) -> int:
        turned = small.rotate(angle, Image.Resampling.BILINEAR) if angle else small
        rows = [min(row, _FULL) for row in turned.resize((1, small.height), Image.Resampling.BOX).tobytes()]
        return sum((one - other) ** 2 for one, other in pairwise(rows))

    steps = round(_STEEPEST / _COARSE)
    coarse: float = max([step * _COARSE for step in sorted(range(-steps, steps + 1), key=abs)], key=sharpness)
    fine: float = max([coarse + step * _FINE for step in sorted(range(-4, 5), key=abs)], key=sharpness)
    return round(fine, 1)
