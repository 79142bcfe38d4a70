"""Finding the line and column of a value that was loaded, in the file that it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from praxigen.datafiles import Fault, ListNode, MapNode, Node, Severity, TextNode
from praxigen.datafiles.faults import Place


@dataclass(frozen=True, slots=True)
class At:
    """A line and a column."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Page:
    """A file with its tree, on which faults are noted."""

    file: str
    root: Node
    _begun: dict[int, list[MapNode]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, *keys: str | int) -> Place:
        """The place of a value by the keys and list positions that lead to it, or of the nearest thing before it."""
        node = self.root
        for key in keys:
            inner: Node | None = None
            if isinstance(node, MapNode) and isinstance(key, str):
                inner = node.get(key)
            elif isinstance(node, ListNode) and isinstance(key, int):
                inner = node.items[key]
            if inner is None:
                break
            node = inner
        return node

    def at_line(self, line: int, *keys: str, text: str | None = None) -> Place:
        """The value of the first of `keys` (that reads `text`) in a map that begins on a line; else the line itself."""
        if not self._begun:
            for each in _maps(self.root):
                self._begun.setdefault(each.line, []).append(each)
        for key in keys:
            for node in self._begun.get(line, ()):
                value = node.get(key)
                if value is not None and (text is None or (isinstance(value, TextNode) and value.text == text)):
                    return value
        return At(line, 1)

    def error(self, place: Place, code: str, message: str, hint: str = "") -> Fault:
        """A fault that must be mended."""
        return Fault(self.file, place.line, place.column, code, message, hint)

    def warning(self, place: Place, code: str, message: str, hint: str = "") -> Fault:
        """A fault that a person should look at."""
        return Fault(self.file, place.line, place.column, code, message, hint, Severity.WARNING)


def _maps(node: Node) -> Iterator[MapNode]:
    if isinstance(node, MapNode):
        yield node
        for _, value in node.entries:
            yield from _maps(value)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _maps(item)
