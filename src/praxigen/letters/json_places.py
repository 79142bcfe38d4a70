"""JSON with the place of every text in it, so that what a transaction says can be quoted from the file itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from json.decoder import py_scanstring as scanstring  # type: ignore[attr-defined]
from typing import TypeAlias

_SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN = re.compile(r"-?\d[\d.eE+-]*|true|false|null")
DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text or number; `start` and `end` bound its characters without quotation marks."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Group:
    """An object or a list, with its place. Of a list, the keys are its numbers."""

    entries: tuple[tuple[str, Place], ...]
    start: int
    end: int

    def get(self, *keys: str) -> Place | None:
        """What stands under the keys; of a list the first item is taken where the key is a name."""
        here: Place | None = self
        for key in keys:
            while isinstance(here, Group) and here.entries and here.entries[0][0] == "0" and key != "0":
                here = here.entries[0][1]
            if not isinstance(here, Group):
                return None
            here = next((value for name, value in here.entries if name == key), None)
        return here

    def leaf(self, *keys: str) -> Leaf | None:
        """The text under the keys; None where there is none."""
        found = self.get(*keys)
        return found if isinstance(found, Leaf) and found.text else None

    def groups(self, key: str) -> tuple[Group, ...]:
        """The objects of a list under a key."""
        found = next((value for name, value in self.entries if name == key), None)
        return (
            tuple(value for _, value in found.entries if isinstance(value, Group)) if isinstance(found, Group) else ()
        )

    def groups_or_self(self) -> tuple[Group, ...]:
        """The objects of a list; an object alone."""
        if self.entries and self.entries[0][0] == "0":
            return tuple(value for _, value in self.entries if isinstance(value, Group))
        return (self,)


Place: TypeAlias = Leaf | Group


def read_places(text: str) -> Group:
    """The object in a JSON text. ValueError where there is none, or one nested too deep."""
    json.loads(text)  # the standard reader says what is wrong
    value, _ = _value(text, _skip(text, 0), 0)
    if not isinstance(value, Group):
        raise ValueError("not an object")  # noqa: TRY004  the text is at fault, not its type
    return value


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int, depth: int) -> tuple[Place, int]:
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    if text[at] == '"':
        said, end = scanstring(text, at + 1)
        return Leaf(said, at + 1, end - 1), end
    if text[at] not in "{[":
        found = _PLAIN.match(text, at)
        if found is None:
            raise ValueError("not a value")
        return Leaf("" if found[0] == "null" else found[0], at, found.end()), found.end()
    start, is_list = at, text[at] == "["
    entries: list[tuple[str, Place]] = []
    at = _skip(text, at + 1)
    while text[at] not in "}]":
        if is_list:
            key = str(len(entries))
        else:
            key, at = scanstring(text, at + 1)
            at = _skip(text, _skip(text, at) + 1)
        value, at = _value(text, at, depth + 1)
        entries.append((key, value))
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return Group(tuple(entries), start, at + 1), at + 1
