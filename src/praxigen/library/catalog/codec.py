"""Values of the model as plain lists for JSON, and back. Follows the fields of the classes, whatever they become.

A source is written once for each requirement and referred to by its number: a hundred lines may cite it.
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

from praxigen.model.provenance import Source
from praxigen.model.requirement import Requirement

_Sources = list[Any]
_Encode = Callable[[Any, _Sources], Any]
_Decode = Callable[[Any, _Sources], Any]
_PLAIN = (str, int, bool, float, type(None))


def write_requirement(value: Requirement) -> str:
    """The requirement as JSON text."""
    sources: _Sources = []
    body = _coders(Requirement)[0](value, sources)
    encode = _coders(Source)[0]
    return json.dumps([[encode(source, []) for source in sources], body], ensure_ascii=False, separators=(",", ":"))


def read_requirement(text: str) -> Requirement:
    """The requirement in JSON text that `write_requirement` wrote under the same `shape`."""
    written, body = json.loads(text)
    decode = _coders(Source)[1]
    value: Requirement = _coders(Requirement)[1](body, [decode(source, []) for source in written])
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


def _same(value: Any, _: _Sources) -> Any:
    return value


def _optional(arguments: tuple[Any, ...]) -> tuple[_Encode, _Decode]:
    (inner,) = (each for each in arguments if each is not type(None))
    encode, decode = _within(inner)
    return (
        lambda value, sources: None if value is None else encode(value, sources),
        lambda data, sources: None if data is None else decode(data, sources),
    )


def _list(inner: Any) -> tuple[_Encode, _Decode]:
    encode, decode = _within(inner)
    return (
        lambda value, sources: [encode(each, sources) for each in value],
        lambda data, sources: tuple([decode(each, sources) for each in data]),
    )


def _map(inner: Any) -> tuple[_Encode, _Decode]:
    encode, decode = _within(inner)
    return (
        lambda value, sources: {key: encode(each, sources) for key, each in value.items()},
        lambda data, sources: types.MappingProxyType({key: decode(each, sources) for key, each in data.items()}),
    )


def _record(kind: type) -> tuple[_Encode, _Decode]:
    hints = typing.get_type_hints(kind)
    fields = [(each.name, *_within(hints[each.name])) for each in dataclasses.fields(kind)]

    def encode(value: Any, sources: _Sources) -> Any:
        return [write(getattr(value, name), sources) for name, write, _ in fields]

    def decode(data: Any, sources: _Sources) -> Any:
        if len(data) != len(fields):
            raise ValueError(f"{kind.__name__} has other fields")
        return kind(*[read(each, sources) for each, (_, _, read) in zip(data, fields, strict=True)])

    return encode, decode


def _within(hint: Any) -> tuple[_Encode, _Decode]:
    return (_refer, _referred) if hint is Source else _coders(hint)


def _refer(value: Any, sources: _Sources) -> int:
    for number, known in enumerate(sources):
        if known is value:
            return number
    sources.append(value)
    return len(sources) - 1


def _referred(number: Any, sources: _Sources) -> Any:
    return sources[number]
