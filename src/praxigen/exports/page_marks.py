"""The evidence on the pictures of its pages: a box over the words, tied to the criterion that rests on them."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from praxigen.exports.highlight import Mark, Span, Use
from praxigen.model.document import Document


@dataclass(frozen=True, slots=True)
class Box:
    """A box on a page, in points; `spans` are the anchors of the words, `uses` the criteria that rest on them."""

    span: str
    first: bool
    left: float
    top: float
    width: float
    height: float
    mark: Mark
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page with its picture as an address that holds it, its measures in points, and its boxes."""

    caption: str
    picture: str
    width: float
    height: float
    boxes: tuple[Box, ...]


def sheets(document: Document, marked: Iterable[Span], pictures: Mapping[int, bytes | str]) -> tuple[Sheet, ...]:
    """The pages that have a picture (PNG, or its address), in their order, with every quoted place on them."""
    boxes: dict[int, list[Box]] = {index: [] for index in sorted(pictures)}
    seen: set[str] = set()
    for span in marked:
        for place in document.boxes(span.start, span.end):
            if place.page in boxes:
                boxes[place.page].append(
                    Box(
                        span.id,
                        span.id not in seen,
                        round(place.left, 1),
                        round(place.top, 1),
                        round(place.right - place.left, 1),
                        round(place.bottom - place.top, 1),
                        span.uses[0].mark,
                        span.uses,
                    )
                )
                seen.add(span.id)
    found = []
    for index, here in boxes.items():
        page = document.pages[index]
        file = document.file_at(page.start)
        name = f"{file.name}, " if file is not None and len(document.files) > 1 else ""
        given = pictures[index]
        picture = (
            given if isinstance(given, str) else f"data:image/png;base64,{base64.b64encode(given).decode('ascii')}"
        )
        found.append(Sheet(f"{name}page {page.number}", picture, page.width, page.height, tuple(here)))
    return tuple(found)
