"""Prepares the picture of a page for recognition: straight, without specks and without the lines of a dirty scanner.

All of it together takes a tenth of the time of recognition: benchmarks/pages.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_STEEPEST = 4.0  # degrees
_COARSE, _FINE = 0.5, 0.1
_PIECES, _ROWS = 48, 550  # a page is shrunk to so many pieces across and rows down: enough to see how lines run
_FULL = 90  # of 255: a row of text is never darker on the average
_DARK = 160  # of 255; darker is ink
_DENSE = 250  # dpi, from which on a speck is looked for among more pixels
_SPECK = {False: (2, 4), True: (3, 10)}  # pixels to each side, and how many dark ones a speck has at most there
_RULED = 0.9  # of a run's pixels are dark where a scanner drew a line
_MOST_RULED = 200  # rows; a page with more of them holds a dark picture, and is taken at once


@dataclass(frozen=True, slots=True)
class Straightened:
    """A page, cleaned and turned by `angle` degrees counterclockwise about its middle."""

    clean: Any
    angle: float

    @property
    def size(self) -> tuple[int, int]:
        """Pixels across and down, which are those of the page as it came."""
        return self.clean.width, self.clean.height

    def back(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box on the page before it was straightened."""
        if not self.angle:
            return box
        middle_x, middle_y = self.clean.width / 2, self.clean.height / 2
        sine, cosine = math.sin(math.radians(self.angle)), math.cos(math.radians(self.angle))
        x, y = (box[0] + box[2]) / 2 - middle_x, (box[1] + box[3]) / 2 - middle_y
        # The middle of the word is turned; its height stays, for the slant of one word is too small to see.
        new_x, new_y = cosine * x - sine * y + middle_x, sine * x + cosine * y + middle_y
        half_x, half_y = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2 + abs(sine) * (box[2] - box[0]) / 2
        return new_x - half_x, new_y - half_y, new_x + half_x, new_y + half_y


def straighten(page: Any, dpi: float) -> Straightened:
    """The page with its lines level and without what is no letter."""
    from PIL import Image

    cleaned = clean(page, dpi)
    angle = skew(cleaned)
    if abs(angle) < _FINE / 2:
        return Straightened(cleaned, 0.0)
    return Straightened(cleaned.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255), angle)


def clean(page: Any, dpi: float) -> Any:
    """The page without specks, and without lines that run level over a long way as only a scanner draws them."""
    from PIL import ImageChops, ImageFilter

    far, few = _SPECK[dpi >= _DENSE]
    least = 255 * few / (2 * far + 1) ** 2
    ink = page.point([255 if value < _DARK else 0 for value in range(256)])
    kept = ink.filter(ImageFilter.BoxBlur(far)).point([255 if value > least else 0 for value in range(256)])
    rows = _ruled(ink)
    if len(rows) > _MOST_RULED:
        kept = ImageChops.darker(kept, _beside_lines(ink))
    else:
        for row in rows:
            strip = (0, row, page.width, row + 1)
            kept.paste(ImageChops.darker(kept.crop(strip), _beside_lines(ink.crop(strip))), strip)
    return ImageChops.lighter(page, ImageChops.subtract(ink, kept))


def _ruled(ink: Any) -> list[int]:
    """The rows in which a line of a scanner may run: it would fill one of ten pieces of the row."""
    from PIL import Image

    pieces = ink.resize((10, ink.height), Image.Resampling.BOX).tobytes()
    least = int(255 * (2 * _RULED - 1))
    return [row for row in range(ink.height) if max(pieces[10 * row : 10 * row + 10]) >= least]


def _beside_lines(ink: Any) -> Any:
    """White where no long level line runs, for each row by itself."""
    from PIL import ImageFilter

    run = ImageFilter.BoxBlur((max(ink.width // 10, 20), 0))
    on_line = ink.filter(run).point([255 if value > 255 * _RULED else 0 for value in range(256)])
    return on_line.filter(run).point([0 if value > 0 else 255 for value in range(256)])


def skew(page: Any) -> float:
    """By how many degrees counterclockwise the page must be turned: rows of letters and gaps then differ most.

    For so small an angle it is enough to move the pieces of the page, each as a whole, up and down.
    """
    from PIL import Image, ImageChops

    wide, high = max(1, page.width // _PIECES), max(1, page.height // _ROWS)
    small = ImageChops.invert(page.reduce((wide, high)))

    def best(angles: list[float]) -> float:
        def sharpness(angle: float) -> int:
            slope = math.tan(math.radians(angle)) * wide / high
            moved = (1, 0, 0, slope, 1, -slope * small.width / 2)
            turned = small.transform(small.size, Image.Transform.AFFINE, moved, Image.Resampling.BILINEAR)
            rows = [min(row, _FULL) for row in turned.resize((1, small.height), Image.Resampling.BOX).tobytes()]
            return sum((one - other) ** 2 for one, other in pairwise(rows))

        return max(sorted(angles, key=abs), key=sharpness)

    steps = round(_STEEPEST / _COARSE)
    coarse = best([step * _COARSE for step in range(-steps, steps + 1)])
    return round(best([coarse + step * _FINE for step in range(-3, 4)]), 1)
