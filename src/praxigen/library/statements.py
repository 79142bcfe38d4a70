"""Lines that inform but are not computed: definitions, exclusions, cautions, what a payer's page says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from praxigen.datafiles import Faults, Fields, TextNode
from praxigen.datafiles.faults import Place
from praxigen.datafiles.nodes import describe
from praxigen.library.sources import read_citation
from praxigen.model.guideline import Statement
from praxigen.model.provenance import Source

T = TypeVar("T")


def read_statements(head: Fields, key: str, sources: Mapping[str, Source]) -> tuple[Statement, ...]:
    """The list of `{id, says, source}` under `key`."""

    def read(fields: Fields) -> Statement:
        return Statement(fields.name("id"), fields.text("says"), read_citation(fields, sources))

    return read_list(head, key, read, required=("id", "says", "source"), unique="id")


def read_list(
    head: Fields,
    key: str,
    read: Callable[[Fields], T],
    required: Iterable[str],
    optional: Iterable[str] = (),
    unique: str = "",
) -> tuple[T, ...]:
    """The list of maps under `key`, each read by `read`; the values of the key `unique` may not repeat."""
    required, optional = tuple(required), tuple(optional)
    rows = [Fields(node, head.faults, f"an item of {key!r}", required, optional) for node in head.items(key)]
    if unique:
        refuse_repeats(((row.text(unique), row.place(unique)) for row in rows), head.faults, f"in {key!r}")
    return tuple(read(row) for row in rows)


def refuse_repeats(names: Iterable[tuple[str, Place]], faults: Faults, where: str) -> None:
    """Note a fault for every name that came before."""
    seen: dict[str, int] = {}
    for name, place in names:
        if name and name in seen:
            message = f"{name!r} stands twice {where}, first on line {seen[name]}"
            faults.add(place, message, "Keep one of them.", code="repeated-id")
        seen.setdefault(name, place.line)


def check_schema(head: Fields, schema: str) -> None:
    """Note a fault unless the file says that it is of this kind and version."""
    node = head.node("schema")
    if node is not None and not (isinstance(node, TextNode) and node.text == schema):
        told = repr(node.text) if isinstance(node, TextNode) else describe(node)
        message = f"this file must be of schema {schema!r}, not {told}"
        head.faults.add(node, message, f"Write: 'schema: {schema}'.")


def check_place(head: Fields, expects: Mapping[str, str]) -> None:
    """Note a fault where a file says something else of itself than the folder that it lies in."""
    for key, value in expects.items():
        node = head.node(key)
        if isinstance(node, TextNode) and node.text != value:
            message = f"{key!r} is {node.text!r}, but the place of this file says {value!r}"
            head.faults.add(node, message, "Correct it, or move the file.", code="misplaced")
