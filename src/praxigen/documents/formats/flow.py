"""Text in the making: words, line ends and list marks as a reader of a rendered page would see them."""

from __future__ import annotations

import re

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_LABEL = 32  # characters of the longest cell that names the one beside it
_GAP = "   "  # what stands between two columns of one line, as in a page set in columns
_NAMED = re.compile(rf"[^:]{{1,{_LABEL}}}:\s*\S")
_TAB = "\x1f"  # a tab until its line is whole; no document holds this character
_NAME_AFTER = re.compile(rf" *{_TAB}[ {_TAB}]*(?=[^:{_TAB}]{{1,{_LABEL}}}:(?:[ {_TAB}]|$))")
_TABS = re.compile(rf" *{_TAB}[ {_TAB}]*")


class Flow:
    """Collects a text block by block. White space collapses; a blank line is never written twice."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self._line = ""
        self._titled = False

    def title(self, words: str) -> None:
        """A heading on a line of its own, with nothing between it and what it heads."""
        self.blank()
        if words:
            self.words(words if words.endswith((":", ".")) else f"{words}:")
            self.end_line()
            self._titled = True

    def words(self, text: str) -> None:
        """Running text: any white space counts as one blank."""
        text = _SPACE.sub(" ", text)
        if not self._line or self._line.endswith((" ", _TAB)):
            text = text.removeprefix(" ")
        self._line += text

    def tab(self) -> None:
        """A tab: it sets off a column where the name of a field follows; anywhere else it is a blank."""
        if self._line.strip(f" {_TAB}"):
            self._line += _TAB

    def raw(self, text: str) -> None:
        """Text whose white space stands as it is, over several lines if it has them."""
        first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._line += first
        for line in rest:
            self._end(keep=True)
            self._line = line

    def end_line(self) -> None:
        """End the line, if anything stands in it."""
        if self._line.strip():
            self._end()
        else:
            self._line = ""

    def line_break(self) -> None:
        """End the line, even an empty one."""
        self._end()

    def blank(self) -> None:
        """A blank line, unless there is one or nothing stands before it."""
        self.end_line()
        if self._pieces and self._pieces[-1] != "\n" and not self._titled:
            self._add("\n")

    def row(self, cells: list[str]) -> None:
        """A row of a table on a line of its own: names with their values, or cells set off from each other."""
        told = [" ".join(cell.split()) for cell in cells]
        told = [cell for cell in told if cell]
        fields = _fields(told)
        self.end_line()
        if len(fields) > 1:
            self._line = _GAP.join(fields)
        elif len(told) == 2 and len(told[0]) <= _LABEL:
            self.words(f"{told[0]} {told[1]}" if told[0].endswith(":") else f"{told[0]}: {told[1]}")
        elif len(told) > 1:
            self.words(f"- {' | '.join(told)}")
        elif told:
            self.words(told[0])
        self.end_line()

    def text(self) -> str:
        """All of it, ended by a line feed."""
        self.end_line()
        return "".join(self._pieces)

    def _end(self, *, keep: bool = False) -> None:
        line = self._line
        if _TAB in line:
            line = _TABS.sub(" ", _NAME_AFTER.sub(_GAP, line))
        line = line if keep else line.rstrip(" ")
        self._line = ""
        if not line and not keep and self._pieces[-1:] == ["\n"]:
            return
        self._add(f"{line}\n")

    def _add(self, piece: str) -> None:
        self._titled = False
        self._pieces.append(piece)
        self.length += len(piece)


def _fields(cells: list[str]) -> list[str]:
    """The fields of a form's row, each "name: value"; none where any cell is something else.

    A cell of a name alone takes the cell beside it. A name beside another name has no value: it is left as it stands.
    """
    found: list[str] = []
    left = list(cells)
    while left:
        cell = left.pop(0)
        if cell.endswith(":") and len(cell) <= _LABEL:
            alone = not left or left[0].endswith(":") or _NAMED.match(left[0]) is not None
            found.append(cell if alone else f"{cell} {left.pop(0)}")
        elif _NAMED.match(cell):
            found.append(cell)
        else:
            return []
    return found
