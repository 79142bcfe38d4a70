"""The lists of payers and of procedures."""

from __future__ import annotations

from collections.abc import Iterable

from praxigen.datafiles import Faults, Fields, Node
from praxigen.library.sources import read_sources
from praxigen.library.statements import check_schema, read_list, refuse_repeats
from praxigen.library.words import PLANS
from praxigen.model.requirement import Payer, Procedure

PAYERS_SCHEMA = "praxigen.payers/1"
PROCEDURES_SCHEMA = "praxigen.procedures/1"


def read_payers(root: Node, file: str) -> tuple[Payer, ...]:
    """The payers that a file lists. Raises FaultyFileError with everything that is wrong in it."""
    faults = Faults(file)
    head = Fields(root, faults, "a list of payers", ("schema", "payers"))
    check_schema(head, PAYERS_SCHEMA)
    names: list[tuple[str, Fields]] = []

    def read(fields: Fields) -> Payer:
        payer = Payer(
            id=fields.name("id"),
            name=fields.text("name"),
            also=fields.texts("also"),
            plans=fields.words("plans", PLANS),
            nature=fields.text("nature"),
            sources=read_sources(fields),
        )
        names.extend((name, fields) for name in names_of(payer.id, payer.name, payer.also))
        return payer

    payers = read_list(head, "payers", read, ("id", "name", "plans"), ("also", "nature", "sources"))
    refuse_repeats(names, faults, "among ids, names and aliases")
    _refuse_empty(head, "payers")
    faults.raise_any()
    return payers


def read_procedures(root: Node, file: str) -> tuple[Procedure, ...]:
    """The procedures that a file lists. Raises FaultyFileError with everything that is wrong in it."""
    faults = Faults(file)
    head = Fields(root, faults, "a list of procedures", ("schema", "procedures"))
    check_schema(head, PROCEDURES_SCHEMA)
    names: list[tuple[str, Fields]] = []

    def read(fields: Fields) -> Procedure:
        procedure = Procedure(fields.name("id"), fields.text("label"), fields.texts("also"))
        names.extend((name, fields) for name in names_of(procedure.id, procedure.label, procedure.also))
        return procedure

    procedures = read_list(head, "procedures", read, ("id", "label"), ("also",))
    refuse_repeats(names, faults, "among ids, labels and aliases")
    _refuse_empty(head, "procedures")
    faults.raise_any()
    return procedures


def names_of(identifier: str, name: str, also: Iterable[str]) -> tuple[str, ...]:
    """Everything that one payer or procedure may be called, in one form for comparing, each once."""
    return tuple(dict.fromkeys(plain(word) for word in (identifier, name, *also)))


def plain(name: str) -> str:
    """A name as it is compared: without case, and with '-' and '_' as blanks."""
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def _refuse_empty(head: Fields, key: str) -> None:
    if head.has(key) and not head.items(key):
        head.faults.add(head.place(key), f"{key!r} is empty", "List at least one, or remove the file.")
