"""Values of the model as plain lists for JSON, and back. Follows the fields of the classes, whatever they become.

Sources and citations are written once for each requirement and referred to by their numbers: many lines share one.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from praxigen.model.provenance import Citation, Source
from praxigen.model.requirement import Requirement

_Known = list[Any]  # when reading: the shared values that came before
_Decode = Callable[[Any, _Known], Any]
_PLAIN = (str, int, bool, float, type(None))
_SHARED: tuple[type, ...] = (Source, Citation)


class _Shared:
    """The shared values of one requirement, in the order in which they can be read: a citation after its source."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[type, Any], int] = {}
        self.written: list[Any] = []

    def number(self, kind: type, value: Any, encode: _Encode) -> int:
        """The number of a value; one that is new is written."""
        key = (kind, value)
        if key not in self.numbers:
            body = encode(value, self)
            self.numbers[key] = len(self.written)
            self.written.append([_SHARED.index(kind), body])
        return self.numbers[key]


_Encode = Callable[[Any, _Shared], Any]


def write_requirement(value: Requirement) -> str:
    """The requirement as JSON text."""
    shared = _Shared()
    body = _coders(Requirement)[0](value, shared)
    return json.dumps([shared.written, body], ensure_ascii=False, separators=(",", ":"))


def read_requirement(text: str) -> Requirement:
    """The requirement in JSON text that `write_requirement` wrote under the same `shape`."""
    written, body = json.loads(text)
    known: _Known = []
    for kind, data in written:
        known.append(_coders(_SHARED[kind])[1](data, known))
    value: Requirement = _coders(Requirement)[1](body, known)
    return value


@cache
def shape() -> str:
    """A hash of every class and field that takes part. Texts of another shape cannot be read."""
    seen: dict[str, list[str]] = {}

    def visit(hint: Any) -> None:
        for part in typing.get_args(hint):
            visit(part)
        if dataclasses.is_dataclass(hint) and isinstance(hint, type) and hint.__name__ not in seen:
            hints = typing.get_type_hints(hint)
            seen[hint.__name__] = [f"{each.name}: {hints[each.name]}" for each in dataclasses.fields(hint)]
            for each in dataclasses.fields(hint):
                visit(hints[each.name])

    visit(Requirement)
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


@cache
def _coders(hint: Any) -> tuple[_Encode, _Decode]:
    """How values of a type are written and read. Raises TypeError for a type that no field of the model has yet."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in _PLAIN:
        return _same, _same
    if origin in (typing.Union, types.UnionType):
        return _optional(arguments)
    if origin is tuple and arguments[-1] is Ellipsis:
        return _list(arguments[0])
    if origin is not None and issubclass(origin, Mapping):
        return _map(arguments[1])
    if hint is date:
        return lambda value, _: value.isoformat(), lambda data, _: date.fromisoformat(data)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        members = {member.value: member for member in hint}
        return lambda value, _: value.value, lambda data, _: members[data]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _record(hint)
    raise TypeError(f"no way to write {hint}")


def _same(value: Any, _: object) -> Any:
    return value


def _optional(arguments: tuple[Any, ...]) -> tuple[_Encode, _Decode]:
    (inner,) = (each for each in arguments if each is not type(None))
    encode, decode = _within(inner)
    if decode is _same:
        return _same, _same
    return (
        lambda value, shared: None if value is None else encode(value, shared),
        lambda data, known: None if data is None else decode(data, known),
    )


def _list(inner: Any) -> tuple[_Encode, _Decode]:
    encode, decode = _within(inner)
    return (
        lambda value, shared: [encode(each, shared) for each in value],
        (lambda data, _: tuple(data))
        if decode is _same
        else lambda data, known: tuple([decode(each, known) for each in data]),
    )


def _map(inner: Any) -> tuple[_Encode, _Decode]:
    encode, decode = _within(inner)
    return (
        lambda value, shared: {key: encode(each, shared) for key, each in value.items()},
        lambda data, known: types.MappingProxyType({key: decode(each, known) for key, each in data.items()}),
    )


def _record(kind: type) -> tuple[_Encode, _Decode]:
    hints = typing.get_type_hints(kind)
    fields = [(each.name, *_within(hints[each.name])) for each in dataclasses.fields(kind)]

    def encode(value: Any, shared: _Shared) -> Any:
        return [write(getattr(value, name), shared) for name, write, _ in fields]

    # Most fields are text as they stand; only the others are worked on.
    others = [(number, read) for number, (_, _, read) in enumerate(fields) if read is not _same]
    size = len(fields)

    def decode(data: Any, known: _Known) -> Any:
        if len(data) != size:
            raise ValueError(f"{kind.__name__} has other fields")
        for number, read in others:
            data[number] = read(data[number], known)
        return kind(*data)

    return encode, decode


def _within(hint: Any) -> tuple[_Encode, _Decode]:
    encode, decode = _coders(hint)
    if hint in _SHARED:
        return lambda value, shared: shared.number(hint, value, encode), lambda number, known: known[number]
    return encode, decode
