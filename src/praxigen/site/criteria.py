"""The criteria of one indication as lines to read: what is asked, on what it rests, and what would document it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from praxigen.exports import words
from praxigen.model.criterion import Criterion
from praxigen.model.provenance import Citation, Trust
from praxigen.site.blocks import Chip, Tree, TreeRow

Above: TypeAlias = dict[tuple[str, ...], str]  # parts of a tree by what they ask, each with where it stands
_TONES = {Trust.BINDING: "good", Trust.PROXY: "aside", Trust.PORTAL_ONLY: "open"}


def label(citation: Citation) -> Chip:
    """What kind of authority a line has and how it was read."""
    unseen = citation.trust is Trust.BINDING and not citation.is_seen
    return Chip(citation.label, "quiet" if unseen else _TONES[citation.trust])


def place(citation: Citation) -> str:
    """Where a line stands in its source."""
    named = citation.source.number or citation.source.title
    note = f" ({citation.note})" if citation.note else ""
    return f"{named}, {citation.at}{note}" if citation.at else f"{named}{note}"


def tree(anchor: str, root: Criterion, title: str = "", above: Above | None = None) -> Tree:
    """The whole tree. Parts that stand above already are named and not repeated.

    `above` holds the parts of trees of the same guideline that stand before it on the page, and takes those of this
    one, which is called `title` there.
    """
    writer = _Writer(above or {})
    shown = Tree(anchor, writer.row(root, "", "", None))
    if above is not None:
        for parts, number in writer.written.items():
            above.setdefault(parts, f"{title}, {number}")
    return shown


def size(row: TreeRow) -> int:
    """How many criteria a tree shows, groups included."""
    return 1 + sum(map(size, row.children))


def shortened(row: TreeRow, depth: int) -> TreeRow:
    """The first levels of a tree, with the number of criteria that are left out below each line."""
    if depth == 0 and row.children:
        return replace(row, children=(), left_out=size(row) - 1, passages=())
    return replace(row, children=tuple(shortened(part, depth - 1) for part in row.children))


def leaves(row: TreeRow) -> Iterator[TreeRow]:
    """The lines that ask for something themselves."""
    if not row.children:
        yield row
    for child in row.children:
        yield from leaves(child)


class _Writer:
    """Numbers a tree as a report does and keeps what was written already."""

    def __init__(self, above: Above) -> None:
        self.written: Above = {}
        self._above = above

    def row(self, node: Criterion, number: str, lead: str, above: Citation | None) -> TreeRow:
        parts = tuple(each.id + each.says for each in node.walk())
        seen = (self.written.get(parts) or self._above.get(parts, "")) if len(parts) > 1 else ""
        self.written.setdefault(parts, number or "the first line")
        citation = node.citation or above
        own = citation.words if citation else ()
        return TreeRow(
            number=number,
            lead=lead,
            says=node.says,
            group=words.group(node),
            label=label(citation) if citation else None,
            source=place(citation) if citation and (above is None or place(citation) != place(above)) else "",
            documents=node.would_document,
            passages=tuple(map(words.plain, own if above is None or own != above.words else ())),
            same_as=seen,
            children=() if seen else tuple(self._below(node, number, citation)),
        )

    def _below(self, node: Criterion, number: str, citation: Citation | None) -> Iterator[TreeRow]:
        if node.applies_if is not None:
            yield self.row(node.applies_if, f"{number}c", "Asked only if", citation)
        if node.unless is not None:
            yield self.row(node.unless, f"{number}w", "Waived if", citation)
        for index, child in enumerate(node.children, start=1):
            dot = "." if number and not number.isalpha() else ""
            yield self.row(child, f"{number}{dot}{index}", "", citation)
