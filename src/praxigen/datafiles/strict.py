"""The strict YAML reader: every scalar is text, every value knows its place, and nothing surprising is allowed.

`yaml.safe_load` turns the code 063047 into the number 26151, NO into False and keeps the last of two equal keys. This
reader builds its own tree from the parser's events, so none of that can happen.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import yaml

from praxigen.datafiles.faults import Fault, Faults, FaultyFileError
from praxigen.datafiles.nodes import ListNode, MapNode, Node, TextNode
from praxigen.errors import LibraryError
from praxigen.model.frozen import frozen

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

# The C parser reads a file about twenty times as fast; a PyYAML built without it still works.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Tabs; other control characters; line separators that editors do not count as lines; marks that reorder text on screen;
# a byte order mark inside the text; code points that are no characters.
_UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")

_HINTS = {
    "mapping values are not allowed in this context": "Put text that holds ': ' in quotes, and check the indentation.",
    "did not find expected key": "Check the indentation, and quote marks inside the text.",
    "could not find expected ':'": "Write 'key: value'; text that runs over several lines needs '|' or '>-'.",
    "found character that cannot start any token": "Put text that begins with this character in quotes.",
    "found unexpected end of stream": "A quote mark or bracket is not closed.",
    "did not find expected ',' or ']'": "A list in brackets is not closed, or a comma is missing.",
    "did not find expected ',' or '}'": "A map in braces is not closed, or a comma is missing.",
    "did not find expected '-' indicator": "Check the indentation of this list.",
    "found unknown escape character": "Use single quotes, in which a backslash means itself.",
}


@frozen
class _Place:
    line: int
    column: int


_START = _Place(1, 1)


def read_bytes(path: Path, name: str) -> bytes:
    """The content of a data file, cut where it becomes too large to parse. Raises LibraryError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        hint = "Make it a file that you may read, or remove it."
        raise LibraryError(f"{name} cannot be read: {error.strerror}", hint) from None


def read_yaml(path: Path, name: str) -> Node:
    """The tree of the file at `path`; errors call it `name`. Raises FaultyFileError or LibraryError."""
    return parse_yaml(read_bytes(path, name), name)


def parse_yaml(data: bytes, name: str) -> Node:
    """The tree of one YAML document. Raises FaultyFileError with every fault that can be told."""
    faults = Faults(name)
    text = _decode(data, faults)
    faults.raise_any()
    builder = _Builder(faults)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
            if builder.stopped:
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = _Place(mark.line + 1, mark.column + 1) if mark else _START
        problem = error.problem or "it cannot be parsed"
        faults.add(place, f"this is not YAML: {problem}", _HINTS.get(problem, ""), code="yaml")
    faults.raise_any()
    if builder.root is None:
        raise FaultyFileError([Fault(name, 1, 1, "yaml", "the file is empty", "Fill it in, or remove it.")])
    return builder.root


def parse_head(data: bytes, name: str, keys: Collection[str]) -> MapNode | None:
    """These entries of a document that is a map, without reading on; None where they do not all stand there.

    What is wrong further on is left for `parse_yaml`. Raises FaultyFileError for what is wrong before.
    """
    faults = Faults(name)
    text = _decode(data, faults)
    faults.raise_any()
    builder = _Builder(faults)
    found: MapNode | None = None
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
            found = builder.entries(keys)
            if builder.stopped or found is not None:
                break
    except yaml.MarkedYAMLError:
        return None
    faults.raise_any()
    return found


def _decode(data: bytes, faults: Faults) -> str:
    if len(data) > MAX_BYTES:
        faults.add(_START, f"the file is larger than {MAX_BYTES:,} bytes", "Split it.", code="yaml")
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        faults.add(_place_of(before, len(before)), "this byte is not UTF-8", "Save the file as UTF-8.", code="yaml")
        return ""
    text = text.replace("\r\n", "\n")
    for found in _UNWANTED.finditer(text):
        place = _place_of(text, found.start())
        if found.group() == "\t":
            faults.add(place, "a tab", "Write spaces.", code="yaml")
        else:
            faults.add(place, f"the invisible character U+{ord(found.group()):04X}", "Remove it.", code="yaml")
    return text


def _place_of(text: str, offset: int) -> _Place:
    return _Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


@dataclass(slots=True)
class _Open:
    """A list or map whose end has not been seen yet; `key` is the key that waits for its value."""

    place: _Place
    is_map: bool
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[TextNode, Node]] = field(default_factory=list)
    seen: dict[str, TextNode] = field(default_factory=dict)
    key: TextNode | None = None


class _Builder:
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
        place = _Place(mark.line + 1, mark.column + 1)
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

    def _begin_document(self, event: yaml.DocumentStartEvent, place: _Place) -> None:
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

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: _Place) -> None:
        if event.anchor is not None:
            self._refuse(
                place, f"an anchor (&{event.anchor})", "Remove it; criteria are shared with 'parts' and 'use'."
            )
        if event.tag is not None:
            self._refuse(place, f"a tag ({event.tag})", "Remove it; every value is text.")

    def _refuse(self, place: _Place | TextNode, message: str, hint: str) -> None:
        self._faults.add(place, message, hint, code="yaml")

    def _stop(self, place: _Place, message: str, hint: str) -> None:
        self._refuse(place, message, hint)
        self.stopped = True
