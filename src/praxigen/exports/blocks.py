"""A page of headings, names with values, and lists: written once, shown on a terminal, as Markdown or as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from praxigen.exports import words
from praxigen.exports.inline import csp_hash, data, template
from praxigen.exports.safe_text import printable
from praxigen.exports.sheet import Sheet, terminal
from praxigen.model.guideline import Statement

# Markdown's own marks, where they could begin something.
_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: a title, heading, line, field, item or remark. `depth` is that of an item in its list."""

    kind: str
    text: str
    name: str = ""
    depth: int = 0


class Blocks:
    """A page that is written from top to bottom and shown afterwards."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def title(self, text: str) -> None:
        """What the page, or the next part of it, is about."""
        self._add("title", text)

    def subtitle(self, text: str) -> None:
        """A line under a title."""
        self._add("subtitle", text)

    def heading(self, text: str) -> None:
        """The title of a section."""
        self._add("heading", text)

    def line(self, text: str) -> None:
        """A paragraph."""
        self._add("line", text)

    def field(self, name: str, value: str) -> None:
        """A name and its value. A field of the same name as the one before it goes on with it."""
        if value:
            self._add("field", value, name)

    def item(self, text: str, depth: int = 0) -> None:
        """One entry of a list."""
        self._add("item", text, depth=depth)

    def remark(self, text: str, depth: int = 0) -> None:
        """A line about the one before it: where it comes from."""
        self._add("remark", text, depth=depth)

    def statements(self, title: str, lines: tuple[Statement, ...]) -> None:
        """Lines with their sources."""
        if lines:
            self.heading(title)
        for line in lines:
            self.item(line.says)
            self.remark(words.cite(line.citation), 1)

    def _add(self, kind: str, text: str, name: str = "", depth: int = 0) -> None:
        self.blocks.append(Block(kind, text, name, depth))


def write_text(page: Blocks, stream: TextIO) -> None:
    """Write the page for a terminal or a pipe."""
    sheet = Sheet(terminal(stream))
    before: Block | None = None
    for block in page.blocks:
        if block.kind == "title":
            if before is not None:
                sheet.gap()
            sheet.line(block.text, "bold")
        elif block.kind == "subtitle":
            sheet.line(block.text)
            sheet.gap()
        elif block.kind == "heading":
            sheet.heading(block.text)
        elif block.kind == "field":
            again = before is not None and before.kind == "field" and before.name == block.name
            sheet.field("" if again else block.name, block.text)
        elif block.kind == "item":
            if before is not None and before.kind == "field":
                sheet.gap()
            sheet.item(block.text, indent=2 * block.depth)
        elif block.kind == "remark":
            sheet.line(block.text, "dim", indent=2 * block.depth)
        else:
            if before is not None and before.kind not in {"title", "heading", "line"}:
                sheet.gap()
            sheet.line(block.text)
        before = block


def to_markdown(page: Blocks) -> str:
    """The page as Markdown."""
    lines: list[str] = []
    for number, (kind, group) in enumerate(groupby(page.blocks, key=_group)):
        lines += [""] if number else []
        for block in group:
            text, indent = markdown(block.text), "  " * block.depth
            lines += {
                "title": [f"# {text}"],
                "heading": [f"## {text}"],
                "field": [f"- **{markdown(block.name)}**: {text}"],
                "item": [f"{indent}- {text}"],
                "remark": [f"{indent}*{text}*"],
            }.get(block.kind, [text])
            lines += [""] if kind == "line" else []
        while lines and not lines[-1]:
            lines.pop()
    return "\n".join(lines) + "\n"


def to_html(page: Blocks) -> str:
    """The page as one HTML file that loads nothing."""
    style = data("report.css") + data("sheet.css")
    head = next((block.text for block in page.blocks if block.kind == "title"), "")
    parts = list(_parts(page))
    return template("sheet.html.jinja").render(head=head, parts=parts, style=style, style_hash=csp_hash(style))


def markdown(text: str) -> str:
    """Text in which nothing is taken for a mark of Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(printable(text).split()))


def _parts(page: Blocks) -> Iterator[list[tuple[str, list[Block]]]]:
    """The parts of the page, each begun by a title or a heading, as runs of blocks of one kind."""
    part: list[Block] = []
    for block in page.blocks:
        if block.kind in {"title", "heading"} and part:
            yield _runs(part)
            part = []
        part.append(block)
    if part:
        yield _runs(part)


def _runs(part: list[Block]) -> list[tuple[str, list[Block]]]:
    return [(kind, list(run)) for kind, run in groupby(part, key=_group)]


def _group(block: Block) -> str:
    return "list" if block.kind in {"item", "remark"} else block.kind
