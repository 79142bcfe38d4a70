"""The trees of data files, kept for the next start: made at set-up, never needed.

Parsing a guideline, and importing the parser, take longer than checking a note against it. A tree is found by the hash
of the file's bytes, so that an edited file is parsed anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from praxigen.datafiles.nodes import ListNode, MapNode, Node, TextNode

FOLDER = Path(__file__).resolve().parent.parent / "_compiled"
_NAME = "trees.jsonl"  # the first line tells where in the rest each tree stands


def kept_tree(data: bytes) -> Node | None:
    """The tree of a file with these bytes; None where it is not kept."""
    places = _places()
    if not places:
        return None
    try:
        start, length = places[hashlib.sha256(data).hexdigest()]
        with (FOLDER / _NAME).open("rb") as file:
            file.seek(start)
            return _node(json.loads(file.read(length)))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # a copy that cannot be used is as good as none


def keep_trees(files: Iterable[Path], parse: Callable[[bytes, str], Node]) -> None:
    """Write the copy of these files, which are without faults. Raises OSError."""
    places: dict[str, tuple[int, int]] = {}
    written: list[bytes] = []
    start = 0
    for path in files:
        data = path.read_bytes()
        tree = json.dumps(_plain(parse(data, path.name)), separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        places[hashlib.sha256(data).hexdigest()] = (start, len(tree))
        written.append(tree)
        start += len(tree)
    head = json.dumps({"made_by": _made_by(), "trees": places}, separators=(",", ":")).encode() + b"\n"
    FOLDER.mkdir(parents=True, exist_ok=True)
    part = FOLDER / f"{_NAME}.{os.getpid()}.part"  # moved in one step, so that nobody ever reads half of it
    part.write_bytes(head + b"".join(written))
    part.replace(FOLDER / _NAME)
    _places.cache_clear()


@cache
def _places() -> dict[str, tuple[int, int]]:
    """Where the tree of each file begins, and how long it is, by the hash of the file."""
    try:
        with (FOLDER / _NAME).open("rb") as file:
            line = file.readline()
        head = json.loads(line)
        if head["made_by"] != _made_by():
            return {}
        return {sha256: (len(line) + start, length) for sha256, (start, length) in head["trees"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _made_by() -> str:
    """What a tree depends on beside the file: how files are read."""
    digest = hashlib.sha256()
    for module in ("strict.py", "tree.py"):
        digest.update(Path(__file__).with_name(module).read_bytes())
    return digest.hexdigest()


def _plain(node: Node) -> list[Any]:
    """A text as [text, line, column], a list as [line, column, items], a map as [line, column, keys, values]."""
    if isinstance(node, TextNode):
        return [node.text, node.line, node.column]
    if isinstance(node, ListNode):
        return [node.line, node.column, [_plain(item) for item in node.items]]
    entries = [_plain(key) for key, _ in node.entries], [_plain(item) for _, item in node.entries]
    return [node.line, node.column, *entries]


def _node(plain: list[Any]) -> Node:
    if isinstance(plain[0], str):
        return TextNode(*plain)
    line, column, *held = plain
    if len(held) == 1:
        return ListNode(tuple(map(_node, held[0])), line, column)
    keys, values = held
    return MapNode(tuple((TextNode(*key), _node(item)) for key, item in zip(keys, values, strict=True)), line, column)
