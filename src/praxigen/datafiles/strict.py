"""The strict YAML reader: every scalar is text, every value knows its place, and nothing surprising is allowed.

`yaml.safe_load` turns the code 063047 into the number 26151, NO into False and keeps the last of two equal keys. This
reader builds its own tree from the parser's events, so none of that can happen.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from praxigen.datafiles.faults import Fault, Faults, FaultyFileError
from praxigen.datafiles.kept import kept_tree
from praxigen.datafiles.nodes import MapNode, Node
from praxigen.errors import LibraryError

MAX_BYTES = 1_000_000

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
    kept = kept_tree(data)
    if kept is not None:
        return kept
    from praxigen.datafiles.tree import Builder, NotYamlError, events  # the parser; nothing kept needs it

    faults = Faults(name)
    text = _decode(data, faults)
    faults.raise_any()
    builder = Builder(faults)
    try:
        for event in events(text):
            builder.take(event)
            if builder.stopped:
                break
    except NotYamlError as error:
        hint = _HINTS.get(error.problem, "")
        faults.add(error.place or _START, f"this is not YAML: {error.problem}", hint, code="yaml")
    faults.raise_any()
    if builder.root is None:
        raise FaultyFileError([Fault(name, 1, 1, "yaml", "the file is empty", "Fill it in, or remove it.")])
    return builder.root


def parse_head(data: bytes, name: str, keys: Collection[str]) -> MapNode | None:
    """These entries of a document that is a map, without reading on; None where they do not all stand there.

    What is wrong further on is left for `parse_yaml`. Raises FaultyFileError for what is wrong before.
    """
    kept = kept_tree(data)
    if kept is not None:
        return kept.some(keys) if isinstance(kept, MapNode) else None
    from praxigen.datafiles.tree import Builder, NotYamlError, events  # the parser; nothing kept needs it

    faults = Faults(name)
    text = _decode(data, faults)
    faults.raise_any()
    builder = Builder(faults)
    found: MapNode | None = None
    try:
        for event in events(text):
            builder.take(event)
            found = builder.entries(keys)
            if builder.stopped or found is not None:
                break
    except NotYamlError:
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


class _Place(NamedTuple):
    line: int
    column: int


_START = _Place(1, 1)


def _place_of(text: str, offset: int) -> _Place:
    return _Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
