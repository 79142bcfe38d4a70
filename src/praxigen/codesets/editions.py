"""The releases of ICD-10-CM that are held, and the codes in which they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from praxigen.datafiles import Faults, Fields, read_yaml, shipped
from praxigen.errors import LibraryError


@dataclass(frozen=True, slots=True)
class Edition:
    """One release, and the days of service that it answers for, both ends included."""

    id: str
    fiscal_year: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A change whose first day is known."""

    code: str
    first: date
    says: str


@cache
def editions() -> tuple[Edition, ...]:
    """Every release that is held, oldest first."""
    head = _head()
    items = [
        Fields(node, head.faults, "an edition", ("id", "fiscal_year", "from", "to")) for node in head.items("editions")
    ]
    found = tuple(Edition(one.text("id"), one.text("fiscal_year"), one.day("from"), one.day("to")) for one in items)
    head.faults.raise_any()
    return found


@cache
def dated_changes() -> Mapping[str, DatedChange]:
    """The changes whose first day is known, by code."""
    head = _head()
    items = [Fields(node, head.faults, "a dated change", ("code", "from", "says")) for node in head.items("dated")]
    found = {one.text("code"): DatedChange(one.text("code"), one.day("from"), one.text("says")) for one in items}
    head.faults.raise_any()
    return MappingProxyType(found)


@cache
def history() -> Mapping[str, Mapping[str, str]]:
    """For every code in which the releases differ: its state in each of them."""
    path = shipped("codesets") / "icd10cm" / "history.tsv"
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise LibraryError(f"codesets/icd10cm/{path.name} cannot be read: {error.strerror}") from None
    names = lines[0].split("\t")[1:]
    rows = (line.split("\t") for line in lines[1:])
    return MappingProxyType({code: MappingProxyType(dict(zip(names, states, strict=True))) for code, *states in rows})


def _head() -> Fields:
    name = "codesets/icd10cm/editions.yaml"
    faults = Faults(name)
    root = read_yaml(shipped("codesets") / "icd10cm" / "editions.yaml", name)
    head = Fields(root, faults, "the list of editions", ("schema", "editions"), ("dated",))
    faults.raise_any()
    return head
