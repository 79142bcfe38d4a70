"""Lays text out on a terminal, or on plain lines of 100 characters where the stream is no terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NoReturn, TextIO

from rich.console import Console
from rich.text import Text

from praxigen.exports import words
from praxigen.exports.safe_text import printable
from praxigen.model.guideline import Statement

PIPED_WIDTH = 100
_WIDEST = 120
_NARROW = 60
_FIELD = 15
_LEAST = 12


class _Console(Console):
    """A console that leaves a closed pipe to the command, which has an exit code for it."""

    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError


def terminal(stream: TextIO) -> Console:
    """A console on the stream: no control codes unless it is a terminal, and none for colour under NO_COLOR."""
    if not stream.isatty():
        return _Console(file=stream, width=PIPED_WIDTH, force_terminal=False, color_system=None, legacy_windows=False)
    console = _Console(file=stream)
    console.width = min(console.width, _WIDEST)
    return console


class Sheet:
    """A page that is written from top to bottom."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._width = console.width  # of a terminal it is asked for anew each time
        self._plain = console.color_system is None and not console.is_terminal and not console.record

    @property
    def narrow(self) -> bool:
        """Whether there is too little room for columns."""
        return self._width < _NARROW

    def block(self, body: Text, indent: int = 0, first: Text | None = None) -> None:
        """A paragraph, indented; `first` stands in the indent of its first line."""
        lead = first or Text("")
        for line in self._lines(body, indent):
            self._put(lead, " " * max(indent - lead.cell_len, 0), line)
            lead = Text("")

    def hanging(self, body: Text, indent: int) -> None:
        """A paragraph whose further lines are indented."""
        for number, line in enumerate(self._lines(body, indent)):
            self._put(" " * indent if number else "", line)

    def _lines(self, body: Text, indent: int) -> Iterable[Text]:
        """The paragraph in lines that fit beside the indent."""
        width = max(self._width - indent, _LEAST)
        if body.cell_len <= width and body.plain.isprintable() and body.plain.strip():
            return (body,)
        return body.wrap(self.console, width)

    def _put(self, *pieces: Text | str) -> None:
        """One line. A file has no colors, so that nothing of rich is needed to write it."""
        if self._plain:
            line = "".join(piece if isinstance(piece, str) else piece.plain for piece in pieces)
            self.console.file.write(line.rstrip() + "\n")
            return
        out = Text.assemble(*pieces)
        out.rstrip()
        self.console.print(out, soft_wrap=True)

    def gap(self) -> None:
        """An empty line."""
        self._put()

    def line(self, text: str, style: str = "", indent: int = 0) -> None:
        """A paragraph of one style."""
        self.block(Text(printable(text), style), indent)

    def wide(self, text: str, style: str = "") -> None:
        """A line that is never broken, so that editors can follow the place that it names."""
        self.console.print(Text(printable(text), style), soft_wrap=True)

    def heading(self, text: str) -> None:
        """The title of a section, underlined so that it stands out without colour."""
        self.gap()
        self.line(text, "bold")
        self.line("-" * min(len(text), self.console.width), "dim")

    def item(self, text: str, style: str = "", mark: str = "-", indent: int = 0) -> None:
        """One entry of a list, its further lines under its first word."""
        self.block(Text(printable(text), style), indent + len(mark) + 1, Text(" " * indent + mark))

    def field(self, name: str, value: str, style: str = "") -> None:
        """A name and its value, in two columns where there is room."""
        if self.narrow:
            self.line(f"{name}: {value}" if name else value, style)
        else:
            self.block(Text(printable(value), style), _FIELD, Text(name, "dim"))

    def under_field(self, body: Text) -> None:
        """A paragraph under the value of the field before it."""
        self.block(body, 0 if self.narrow else _FIELD)

    def statements(self, title: str, lines: Sequence[Statement]) -> None:
        """Lines with their sources; lines in a row that come from one place name it once, after the last."""
        if lines:
            self.heading(title)
        for line, following in zip_longest(lines, lines[1:]):
            self.item(line.says)
            if following is None or words.cite(following.citation) != words.cite(line.citation):
                self.line(words.cite(line.citation), "dim", indent=2)
