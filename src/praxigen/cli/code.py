"""praxigen code: what a diagnosis or procedure code is, and whether a claim of that day accepts it."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from praxigen.cli.options import date_option, format_option, library_option, open_library
from praxigen.cli.output import show
from praxigen.errors import UsageError
from praxigen.model.request import Request

if TYPE_CHECKING:
    from praxigen.codesets import DiagnosisCode, ProcedureCode
    from praxigen.library import Library

SCHEMA = "praxigen.codes/1"


@click.command("code")
@click.argument("codes", nargs=-1, required=True)
@date_option
@format_option("text", "json")
@library_option
def code(codes: tuple[str, ...], day: str | None, form: str, folders: tuple[Path, ...]) -> None:
    """Show what each of CODES is: a diagnosis (ICD-10-CM) or a procedure (CPT, HCPCS).

    A diagnosis is looked up in the edition of the day of service (by default, of today): whether it is billable, what
    replaced it, and which codes name the side that it leaves open. Of a CPT code only its number is known here; the
    practice's own descriptors are shown where they were imported.

    \b
    Examples:
      praxigen code M51.36 --date-of-service 2026-08-03
      praxigen code 63650 L8679 M17.9
    """
    on = Request("any", "any", date=day).date or datetime.now(UTC).astimezone().date()
    library = open_library(folders)
    found = [_one(text, on, library) for text in codes]
    if form == "json":
        show(
            json.dumps({"schema": SCHEMA, "date": on.isoformat(), "codes": found}, ensure_ascii=False, indent=2) + "\n"
        )
    else:
        _write(found)


def _one(text: str, on: date, library: Library) -> dict[str, Any]:
    from praxigen.codesets import DiagnosisState, look_up_diagnosis, look_up_procedure

    procedure = look_up_procedure(text)
    diagnosis = look_up_diagnosis(text, on)
    if procedure.system is not None and diagnosis.state in (DiagnosisState.MALFORMED, DiagnosisState.UNKNOWN):
        return _procedure(procedure, library)
    return _diagnosis(diagnosis)


def _procedure(found: ProcedureCode, library: Library) -> dict[str, Any]:
    label = _label(found.code, library)
    return {
        "code": found.code,
        "system": found.system.value if found.system else None,
        "state": "in_library" if label else "not_in_library",
        "title": library.descriptor(found.code) or label,
        "instead": [],
        "sides": [],
        "says": list(found.says),
    }


def _label(code: str, library: Library) -> str:
    """The library's own words for a code; empty where no requirement has any."""
    try:
        listing = library.requirements(code=code)
    except UsageError:
        return ""
    return next((each.codes[code].label for each in listing if each.codes[code].label), "")


def _diagnosis(found: DiagnosisCode) -> dict[str, Any]:
    return {
        "code": found.code,
        "system": "ICD-10-CM",
        "state": found.state.value,
        "title": found.title,
        "instead": list(found.instead),
        "sides": list(found.sides),
        "says": list(found.says),
    }


def _write(found: list[dict[str, Any]]) -> None:
    from praxigen.exports.sheet import Sheet, terminal

    sheet = Sheet(terminal(sys.stdout))
    for number, each in enumerate(found):
        if number:
            sheet.gap()
        sheet.line(f"{each['code']}  {each['title']}".strip(), "bold")
        sheet.line(f"{each['system'] or 'no code system'}, {each['state'].replace('_', ' ')}", indent=2)
        for line in each["says"]:
            sheet.item(line, indent=2)
