"""What a data file holds: texts, lists and maps, each with the line and column where it begins (both from 1)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeAlias

from praxigen.model.frozen import frozen


@frozen
class TextNode:
    """One scalar, always text: the code 063047 stays "063047" and NO stays "NO"."""

    text: str
    line: int
    column: int


@frozen
class ListNode:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


@frozen
class MapNode:
    """A map whose keys are all different, in the order of the file."""

    entries: tuple[tuple[TextNode, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None where the key is not there."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None

    def key(self, key: str) -> TextNode | None:
        """The key itself, for its place."""
        for name, _ in self.entries:
            if name.text == key:
                return name
        return None

    def some(self, keys: Collection[str]) -> MapNode | None:
        """A map of these entries alone, or None where they do not all stand in this one."""
        wanted = tuple(entry for entry in self.entries if entry[0].text in keys)
        return MapNode(wanted, self.line, self.column) if len(wanted) == len(keys) else None


Node: TypeAlias = TextNode | ListNode | MapNode


def describe(node: Node) -> str:
    """What a person calls this node in an error message."""
    if isinstance(node, MapNode):
        return "a map"
    if isinstance(node, ListNode):
        return "a list"
    return f"the text {node.text!r}" if node.text else "nothing"


def plain_values(node: Node) -> Any:
    """The same as texts, lists and dicts, without places: what JSON can hold."""
    if isinstance(node, MapNode):
        return {key.text: plain_values(value) for key, value in node.entries}
    if isinstance(node, ListNode):
        return [plain_values(item) for item in node.items]
    return node.text
