"""A policy's text as blocks: headings, paragraphs and list items, each with the block that introduces it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

_TAB = 4
_HEADING_WORDS = 12
_ABBREVIATION = 3
_HASHES = re.compile(r"#{1,6}\s+")
_BOLD_LINE = re.compile(r"\*\*(?P<title>[^*]+)\*\*:?")
_MARKER = re.compile(
    r"(?P<bullet>[-*•▪◦o–·](?=\s))"
    r"|(?P<number>\(?\d{1,2}(?:\.\d{1,2})*[.)](?=\s))"
    r"|(?P<roman>\(?(?:x{0,2}(?:ix|iv|v?i{1,3}|v)|x{1,2})[.)](?=\s))"
    r"|(?P<small>\(?[a-z][.)](?=\s))"
    r"|(?P<large>\(?[A-Z][.)](?=\s))"
)
_COLON = re.compile(r":\**\s*$")
_ANY_LINE = re.compile(r"[^\n]+")


class BlockKind(StrEnum):
    """What a block of a policy's text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a policy without its marker: `text[start:end]`.

    `level` counts lists within lists from 1; 0 for headings and paragraphs. `lead` is the position, in the list of
    blocks, of the paragraph or item that introduces an item; `heading` that of the heading above; None without one.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    marker: str = ""
    lead: int | None = None
    heading: int | None = None


@dataclass(frozen=True, slots=True)
class _Open:
    """A list that is open while lines are read: how far it is indented, how it is marked, its last item.

    `announces`: its last item ends with a colon, so that bullets after it, though no deeper, stand under it.
    """

    indent: int
    style: str
    item: int
    lead: int | None
    announces: bool = False


def split_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text whose paragraphs and items are one line each, in order."""
    blocks: list[Block] = []
    open_lists: list[_Open] = []
    heading: int | None = None
    for start, end, indent in _lines(text):
        marker = _MARKER.match(text, start, end)
        title = _title(text, start, end)
        if title is not None:
            heading, open_lists = len(blocks), []
            blocks.append(Block(BlockKind.HEADING, *title))
        elif marker is not None:
            announces = _COLON.search(text[start:end]) is not None
            open_lists = _opened(open_lists, _Open(indent, str(marker.lastgroup), len(blocks), None, announces), blocks)
            begin = _skip_space(text, marker.end(), end)
            blocks.append(Block(BlockKind.ITEM, begin, end, len(open_lists), marker[0], open_lists[-1].lead, heading))
        else:
            if not indent:
                open_lists = []
            blocks.append(Block(BlockKind.PARAGRAPH, start, end, heading=heading))
    return tuple(blocks)


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and indentation of every line that is not blank, without outer white space."""
    for match in _ANY_LINE.finditer(text):
        line = match[0]
        body = line.strip()
        if body:
            before = line[: len(line) - len(line.lstrip())]
            start = match.start() + len(before)
            yield start, start + len(body), sum(_TAB if each == "\t" else 1 for each in before)


def _title(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of a heading's words, if the line is one: marked as one, or wholly bold, or short with a colon."""
    hashes = _HASHES.match(text, start, end)
    if hashes is not None:
        return hashes.end(), end
    bold = _BOLD_LINE.fullmatch(text, start, end)
    if bold is not None and len(bold["title"].split()) <= _HEADING_WORDS:
        return bold.span("title")
    line = text[start:end]
    short = len(line.split()) <= _HEADING_WORDS and not _MARKER.match(line)
    if short and line.isupper() and len(line) > _ABBREVIATION:
        return start, end
    return None


def _opened(open_lists: list[_Open], new: _Open, blocks: list[Block]) -> list[_Open]:
    """The open lists once an item of this indentation and style has been put into the innermost of them."""
    for depth in range(len(open_lists), 0, -1):
        known = open_lists[depth - 1]
        if known.indent == new.indent and known.style == new.style:
            if known.announces and known.style == "bullet":
                return [*open_lists[: depth - 1], replace(known, announces=False), replace(new, lead=known.item)]
            return [*open_lists[: depth - 1], replace(new, lead=known.lead)]
    kept = [known for known in open_lists if known.indent <= new.indent]
    lead = kept[-1].item if kept else _paragraph_before(blocks)
    kept = [replace(known, announces=False) for known in kept]
    return [*kept, replace(new, lead=lead)]


def _paragraph_before(blocks: list[Block]) -> int | None:
    """The paragraph that a new list stands under; where a heading is nearer, the list stands under that."""
    for number in range(len(blocks) - 1, -1, -1):
        if blocks[number].kind is not BlockKind.ITEM:
            return number
    return None


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start
