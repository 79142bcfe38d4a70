"""The values of a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any


class Effect(StrEnum):
    """Which way a change goes for whoever asks for approval."""

    TIGHTENED = "tightened"  # fewer charts can meet it
    LOOSENED = "loosened"  # more charts can meet it
    APPEARED = "appeared"
    WENT = "went"
    MOVED = "moved"
    CHANGED = "changed"  # otherwise, or not comparable: a person must look
    REWORDED = "reworded"  # the words only

    @property
    def opposite(self) -> Effect:
        """The same change seen from inside an exclusion."""
        return {Effect.TIGHTENED: Effect.LOOSENED, Effect.LOOSENED: Effect.TIGHTENED}.get(self, self)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `part` says where (an indication, "codes", "routes" ...), `item` which (an id, a code).

    `says` is one clause in words that names the new state and the old one.
    """

    effect: Effect
    part: str
    item: str
    says: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What happened to one guideline, requirement or list. `used_by` are the requirements that rest on it.

    `old` and `new` name the two states; None where there was nothing before, or is nothing now. `day` is the first
    day of the new state, where it is known.
    """

    kind: str
    id: str
    title: str
    old: str | None
    new: str | None
    changes: tuple[Change, ...]
    day: date | None = None
    used_by: tuple[str, ...] = ()


def differing(old: object, new: object, names: Mapping[str, str], part: str) -> Iterator[Change]:
    """A change for each attribute that differs; `names` maps attributes to what a person calls them."""
    for attribute, name in names.items():
        was, now = shown(getattr(old, attribute)), shown(getattr(new, attribute))
        if was != now:
            yield Change(Effect.CHANGED, part, name, f"{name} is {now}, was {was}")


def listed(old: Mapping[str, str], new: Mapping[str, str], part: str, noun: str) -> Iterator[Change]:
    """What appeared, went or was reworded in a list of named texts."""
    for key, text in new.items():
        if key not in old:
            yield Change(Effect.APPEARED, part, key, f"{noun} {key} appeared{quoted(text)}")
        elif old[key] != text:
            yield Change(Effect.REWORDED, part, key, f"{noun} {key} says now{quoted(text)}, said{quoted(old[key])}")
    for key, text in old.items():
        if key not in new:
            yield Change(Effect.WENT, part, key, f"{noun} {key} went{quoted(text)}")


def quoted(text: str) -> str:
    """The text as it stands after a noun: `: "text"`."""
    return f': "{text.rstrip(".")}"' if text else ""


def shown(value: Any) -> str:
    """A value as a person reads it."""
    if value is None or value == "" or value == ():
        return "not stated"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def names_of_fields(kind: type, leave_out: Iterable[str] = ()) -> dict[str, str]:
    """The attributes of a value with their names in words."""
    skipped = frozenset(leave_out)
    return {field.name: field.name.replace("_", " ") for field in fields(kind) if field.name not in skipped}
