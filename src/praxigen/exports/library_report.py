"""The state and the faults of the policy library, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, TextIO

from praxigen.datafiles import Fault, Severity
from praxigen.exports import words
from praxigen.exports.sheet import Sheet, terminal
from praxigen.library.status import GuidelineStatus, LibraryStatus, RequirementStatus
from praxigen.model.provenance import Read

STATUS_SCHEMA = "praxigen.library-status/1"
FAULTS_SCHEMA = "praxigen.library-faults/1"
_REQUIREMENT = ("Requirement", "Codes", "Decided in public", "Tests", "Verified")
_GUIDELINE = ("Guideline", "Edition", "From", "Criteria", "Tried both ways", "Tests", "Verified")


def faults_to_json(faults: Sequence[Fault]) -> str:
    """The faults as JSON text."""
    return _json({"schema": FAULTS_SCHEMA, "faults": [asdict(fault) for fault in faults]})


def write_faults(faults: Sequence[Fault], stream: TextIO) -> None:
    """Write every fault with its place and remedy, errors and warnings apart by their first word, and the count."""
    sheet = Sheet(terminal(stream))
    for fault in faults:
        style = "red" if fault.severity is Severity.ERROR else "yellow"
        sheet.wide(f"{fault.file}:{fault.line}:{fault.column}: {fault.severity}: {fault.message} [{fault.code}]", style)
        if fault.hint:
            sheet.wide(f"  {fault.hint}")
    errors = sum(fault.severity is Severity.ERROR for fault in faults)
    sheet.line(f"{words.count(errors, 'error')}, {words.count(len(faults) - errors, 'warning')}", "bold")


def status_to_json(status: LibraryStatus) -> str:
    """The state of the library as JSON text."""
    return _json(
        {
            "schema": STATUS_SCHEMA,
            "today": status.today.isoformat(),
            "guidelines": [_plain(each) for each in status.guidelines],
            "requirements": [_plain(each) for each in status.requirements],
        }
    )


def write_status(status: LibraryStatus, stream: TextIO) -> None:
    """Write two tables: what payers require, and the guidelines behind it."""
    sheet = Sheet(terminal(stream))
    sheet.line(f"Policy library on {status.today.isoformat()}", "bold")
    sheet.heading("Requirements")
    _table(sheet, _REQUIREMENT, map(_requirement, status.requirements))
    sheet.heading("Guidelines")
    _table(sheet, _GUIDELINE, map(_guideline, status.guidelines))
    sheet.heading("How the criteria were read")
    _table(sheet, ("Guideline", "Criteria"), [(each.id, _known(each.known)) for each in status.guidelines])


def _requirement(each: RequirementStatus) -> tuple[str, ...]:
    return (each.id, str(len(each.codes)), str(len(each.public)), str(each.examples), _age(each.age_days, each.overdue))


def _guideline(each: GuidelineStatus) -> tuple[str, ...]:
    tried = f"{each.tested} of {each.evidence}"
    begins = each.effective_from.isoformat()
    age = _age(each.age_days, each.overdue)
    return (each.id, f"{each.edition} ({each.status})", begins, str(each.criteria), tried, str(each.examples), age)


def _age(days: int, overdue: bool) -> str:
    return f"{words.count(days, 'day')} ago{', OVERDUE' if overdue else ''}"


def _known(known: Mapping[Read, int]) -> str:
    return ", ".join(f"{number} {read.value.replace('_', ' ')}" for read, number in known.items())


def _table(sheet: Sheet, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    lines = [columns, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for number, line in enumerate(lines):
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sheet.wide("  ".join(padded).rstrip(), "" if number else "dim")


def _plain(each: GuidelineStatus | RequirementStatus) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in each.__slots__:
        value = getattr(each, name)
        if isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, Mapping):
            value = {read.value: number for read, number in value.items()}
        values[name] = list(value) if isinstance(value, tuple) else value
    return values


def _json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
