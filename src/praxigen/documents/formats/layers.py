"""What is painted over and under the words of a PDF page: opaque fills and pictures, in the order of painting."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
Shade = tuple[int, int, int]

MOST_LOOKED_AT = 2000  # objects of a page
_DEEPEST = 4  # forms inside forms
_COVERS = 0.5  # of the box of a word: the box has room above and below the letters
_LIKE = 16  # of 255, in each color: letters on such a ground cannot be told from it
_PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Patch:
    """An area that hides what was painted before it; `shade` is its color, None for a picture."""

    order: int
    box: Box
    shade: Shade | None


class Layers:
    """The patches of a page, and the place of each text object in the order of painting.

    A fill counts where it is an opaque rectangle: of another form the bounds would cover more than the fill.
    """

    def __init__(self, page: Any, upright: Callable[[float, float, float, float], Box]) -> None:
        self.patches: list[Patch] = []
        self._order: dict[int, int] = {}
        self._upright = upright
        self._seen = 0
        count = pdfium.FPDFPage_CountObjects(page.raw)
        self._walk(lambda index: pdfium.FPDFPage_GetObject(page.raw, index), count, _PLAIN, 0)

    def over(self, item: int, box: Box) -> Patch | None:
        """What covers a word of a text object."""
        at = self._order.get(item)
        if at is None:
            return None
        covers = [patch for patch in self.patches if patch.order > at and _share(box, patch.box) > 0]
        if sum(_share(box, patch.box) for patch in covers) < _COVERS:
            return None
        return max(covers, key=lambda patch: patch.order)

    def under(self, item: int, box: Box) -> Patch | None:
        """What a word of a text object stands on; None for bare paper."""
        at = self._order.get(item, -1)
        grounds = [patch for patch in self.patches if patch.order < at and _share(box, patch.box) >= _COVERS]
        return max(grounds, key=lambda patch: patch.order, default=None)

    def _walk(self, get: Callable[[int], Any], count: int, matrix: tuple[float, ...], depth: int) -> None:
        for index in range(count):
            if self._seen >= MOST_LOOKED_AT:
                return
            self._seen += 1
            item = get(index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._order[ctypes.cast(item, ctypes.c_void_p).value or 0] = self._seen
            elif pdfium.FPDFPageObj_HasTransparency(item) and kind != pdfium.FPDF_PAGEOBJ_FORM:
                continue
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._add(item, matrix, None)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH and _is_filled_rectangle(item):
                self._add(item, matrix, _shade(item))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _times(_matrix(item), matrix)
                self._walk(_getter(item), pdfium.FPDFFormObj_CountObjects(item), inner, depth + 1)

    def _add(self, item: Any, matrix: tuple[float, ...], shade: Shade | None) -> None:
        edges = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges)):
            return
        box: Box | None = (edges[0].value, edges[1].value, edges[2].value, edges[3].value)
        clip = _clip(item)
        if clip is not None and box is not None:
            box = _common(box, clip)
        if box is not None:
            self.patches.append(Patch(self._seen, self._upright(*_through(box, matrix)), shade))


def alike(one: Shade, other: Shade) -> bool:
    """Whether letters of one color cannot be seen on the other."""
    return all(abs(first - second) <= _LIKE for first, second in zip(one, other, strict=True))


def _getter(form: Any) -> Callable[[int], Any]:
    return lambda index: pdfium.FPDFFormObj_GetObject(form, index)


def _is_filled_rectangle(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)) or not fill.value:
        return False
    count = pdfium.FPDFPath_CountSegments(path)
    if not 4 <= count <= 6:
        return False
    points = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO:
            return False
        points.append(_point(segment))
    across, up = {round(x, 1) for x, _ in points}, {round(y, 1) for _, y in points}
    return len(across) == 2 and len(up) == 2


def _point(segment: Any) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def _shade(item: Any) -> Shade:
    colors = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, colors))
    return colors[0].value, colors[1].value, colors[2].value


def _clip(item: Any) -> Box | None:
    """The bounds of what an object may paint on; None where nothing bounds it."""
    path = pdfium.FPDFPageObj_GetClipPath(item)
    bounds: Box | None = None
    for index in range(max(0, pdfium.FPDFClipPath_CountPaths(path)) if path else 0):
        count = pdfium.FPDFClipPath_CountPathSegments(path, index)
        points = [_point(pdfium.FPDFClipPath_GetPathSegment(path, index, at)) for at in range(count)]
        if not points:
            continue
        across, up = [x for x, _ in points], [y for _, y in points]
        box = min(across), min(up), max(across), max(up)
        bounds = box if bounds is None else _common(bounds, box) or (0.0, 0.0, 0.0, 0.0)
    return bounds


def _common(one: Box, other: Box) -> Box | None:
    box = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return box if box[0] < box[2] and box[1] < box[3] else None


def _share(box: Box, patch: Box) -> float:
    """The share of a word's box that a patch takes."""
    common = _common(box, patch)
    area = (box[2] - box[0]) * (box[3] - box[1])
    return (common[2] - common[0]) * (common[3] - common[1]) / area if common and area > 0 else 0.0


def _matrix(form: Any) -> tuple[float, ...]:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(form, ctypes.byref(found)):
        return _PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    m, n, o, p, q, r = outer
    return a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r


def _through(box: Box, matrix: tuple[float, ...]) -> Box:
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)
