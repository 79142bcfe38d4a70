"""A letter as plain text, 78 characters wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from praxigen.letters.composing.letter import Block, Heading, Items, Letter, Lines, Paragraph, Quoted
from praxigen.letters.composing.writers.plain import DRAFT, NOTES_TITLE

_WIDTH = 78


def to_text(letter: Letter, *, draft: bool) -> str:
    """The whole letter; a draft is marked at head and foot and ends with its notes."""
    return "\n".join(_lines(letter, draft=draft)).rstrip() + "\n"


def _lines(letter: Letter, *, draft: bool) -> Iterator[str]:
    if draft:
        yield from (f"*** {DRAFT} ***", "")
    for each in letter.head:
        yield each.text
    yield from ("", letter.title.upper(), "=" * min(len(letter.title), _WIDTH), "")
    for block in letter.blocks:
        yield from _block(block)
    if draft:
        yield from (f"*** {DRAFT} ***", "")
        if letter.notes:
            yield from (NOTES_TITLE, "-" * len(NOTES_TITLE))
            for note in letter.notes:
                yield from _wrap(note, "- ")


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        lines = list(_wrap(block.sentence.text))
        yield from lines
        yield ("-" if block.level == 2 else "~") * max(map(len, lines))
    elif isinstance(block, Quoted):
        yield from _wrap(block.sentence.text, "    ", "    ")
        yield ""
    elif isinstance(block, Items):
        for number, item in enumerate(block.items, start=1):
            mark = f"{number}. " if block.numbered else "- "
            yield from _wrap(" ".join(each.text for each in item), mark)
        yield ""
    elif isinstance(block, Lines):
        for each in block.sentences:
            yield from _wrap(each.text)
        yield ""
    elif isinstance(block, Paragraph):
        yield from _wrap(" ".join(each.text for each in block.sentences))
        yield ""
    else:
        wide = max((len(field.name) for field in block.fields), default=0) + 2
        for field in block.fields:
            yield from _wrap(field.value.text, field.name.ljust(wide), " " * wide)
        yield ""


def _wrap(text: str, first: str = "", rest: str | None = None) -> list[str]:
    rest = " " * len(first) if rest is None else rest
    wrapped = textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return wrapped or [first.rstrip()]
