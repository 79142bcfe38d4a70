"""From the events of the YAML parser to a tree of nodes, refusing what the format does not allow."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import cast

import yaml

from praxigen.datafiles.faults import Faults
from praxigen.datafiles.nodes import ListNode, MapNode, Node, TextNode
from praxigen.model.frozen import frozen

MAX_DEPTH = 40

# The C parser reads a file about twenty times as fast; a PyYAML built without it still works.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@frozen
class Place:
    """A line and a column of a file, from 1."""

    line: int
    column: int


class NotYamlError(Exception):
    """The text cannot be parsed: the problem in the parser's words, and its place where that is told."""

    def __init__(self, problem: str, place: Place | None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.place = place


def events(text: str) -> Iterator[yaml.Event]:
    """What the parser reads, one after the other. Raises NotYamlError."""
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else None
        raise NotYamlError(error.problem or "it cannot be parsed", place) from None


@dataclass(slots=True)
class _Open:
    """A list or map whose end has not been seen yet; `key` is the key that waits for its value."""

    place: Place
    is_map: bool
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[TextNode, Node]] = field(default_factory=list)
    seen: dict[str, TextNode] = field(default_factory=dict)
    key: TextNode | None = None


class Builder:
    """Builds the tree from the parser's events and notes everything that the format does not allow."""

    def __init__(self, faults: Faults) -> None:
        self.root: Node | None = None
        self.stopped = False
        self._faults = faults
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the stream."""
        mark = cast("yaml.Mark", event.start_mark)
        place = Place(mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_properties(event, place)
            self._put(TextNode(event.value, place.line, place.column))
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(place, f"an alias (*{event.anchor})", "Write the value again; criteria are shared with 'use'.")
            self._put(TextNode("", place.line, place.column))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_properties(event, place)
            self._begin(_Open(place, isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._begin_document(event, place)

    def entries(self, keys: Collection[str]) -> MapNode | None:
        """These entries of the outermost map, as soon as all of them have been taken."""
        if len(self._open) != 1 or self._open[0].key is not None:
            return None
        top = self._open[0]
        wanted = tuple(entry for entry in top.entries if entry[0].text in keys)
        return MapNode(wanted, top.place.line, top.place.column) if len(wanted) == len(keys) else None

    def _begin_document(self, event: yaml.DocumentStartEvent, place: Place) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(place, "a second document in one file", "Make it a file of its own.")
        elif event.version or event.tags:
            self._refuse(place, "a YAML directive (%)", "Remove it.")

    def _begin(self, opened: _Open) -> None:
        if self._open and self._open[-1].is_map and self._open[-1].key is None:
            self._stop(opened.place, "a list or map as a key", "Write a plain word as the key.")
        elif len(self._open) == MAX_DEPTH:
            self._stop(opened.place, f"more than {MAX_DEPTH} levels deep", "Give the inner part a name in 'parts'.")
        else:
            self._open.append(opened)

    def _end(self) -> None:
        done = self._open.pop()
        if done.is_map:
            self._put(MapNode(tuple(done.entries), done.place.line, done.place.column))
        else:
            self._put(ListNode(tuple(done.items), done.place.line, done.place.column))

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if not parent.is_map:
            parent.items.append(node)
        elif parent.key is not None:
            parent.entries.append((parent.key, node))
            parent.key = None
        else:
            # Lists and maps as keys were refused when they began.
            self._take_key(cast("TextNode", node), parent)

    def _take_key(self, key: TextNode, parent: _Open) -> None:
        parent.key = key
        if not key.text:
            self._refuse(key, "an empty key", "Write a word before the ':'.")
        elif key.text in parent.seen:
            first = parent.seen[key.text].line
            self._refuse(key, f"{key.text!r} stands twice in this map, first on line {first}", "Keep one of them.")
        else:
            parent.seen[key.text] = key

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place) -> None:
        if event.anchor is not None:
            self._refuse(
                place, f"an anchor (&{event.anchor})", "Remove it; criteria are shared with 'parts' and 'use'."
            )
        if event.tag is not None:
            self._refuse(place, f"a tag ({event.tag})", "Remove it; every value is text.")

    def _refuse(self, place: Place | TextNode, message: str, hint: str) -> None:
        self._faults.add(place, message, hint, code="yaml")

    def _stop(self, place: Place, message: str, hint: str) -> None:
        self._refuse(place, message, hint)
        self.stopped = True
