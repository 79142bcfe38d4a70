"""A practice's own list of open cases: a file in, cases out. It needs no patient's name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from praxigen.datafiles import Faults, Fields, Node, read_yaml
from praxigen.errors import InputError, LibraryError, UsageError
from praxigen.law.case import TIME_ZONE, Case, Event, read_day
from praxigen.library.statements import check_schema, read_list

SCHEMA = "praxigen.cases/1"
_MAY = ("plan", "funding", "state", "payer", "letter_deadline", "urgency", "stage", "time_zone", "note")


@dataclass(frozen=True, slots=True)
class MyCase:
    """One case of the file, under the practice's own reference."""

    id: str
    case: Case
    note: str = ""


def read_cases(path: Path) -> tuple[MyCase, ...]:
    """The cases in a YAML or JSON file. Raises InputError for no file, FaultyFileError for faults in it."""
    if not path.is_file():
        raise InputError(f"there is no file {str(path)!r}", "Name a YAML or JSON file of schema praxigen.cases/1.")
    try:
        root = read_yaml(path, path.name)
    except LibraryError as error:
        raise UsageError(error.message, error.hint) from None
    return _read(root, path.name)


def _read(root: Node, file: str) -> tuple[MyCase, ...]:
    faults = Faults(file)
    head = Fields(root, faults, "a list of cases", ("schema", "cases"))
    check_schema(head, SCHEMA)

    def read(fields: Fields) -> MyCase:
        return MyCase(fields.text("id"), _case(fields), fields.text("note"))

    found = read_list(head, "cases", read, ("id", "events"), _MAY, unique="id")
    faults.raise_any()
    return found


def _case(fields: Fields) -> Case:
    events: list[Event] = []
    for key, node in fields.entries("events"):
        text = getattr(node, "text", "")
        try:
            events.append(Event.read(key.text, text))
        except UsageError as error:
            fields.faults.add(node, error.message, error.hint, code="date")
    letter = fields.known("letter_deadline")
    day = None
    if letter is not None:
        try:
            day = read_day(letter, "letter_deadline")
        except UsageError as error:
            fields.faults.add(fields.place("letter_deadline"), error.message, error.hint, code="date")
    return Case(
        plan=fields.known("plan"),
        funding=fields.known("funding"),
        state=fields.known("state"),
        payer=fields.known("payer"),
        events=tuple(events),
        letter_deadline=day,
        urgency=fields.known("urgency"),
        stage=fields.known("stage"),
        time_zone=fields.text("time_zone", TIME_ZONE),
    )
