"""The state and the faults of the policy library, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TextIO

from praxigen.datafiles import Fault, Severity
from praxigen.exports import words
from praxigen.exports.inline import csp_hash, data, template
from praxigen.exports.sheet import Sheet, terminal
from praxigen.library.coverage import Modelled
from praxigen.library.status import GuidelineStatus, LibraryStatus, RequirementStatus
from praxigen.model.provenance import Read

STATUS_SCHEMA = "praxigen.library-status/1"
FAULTS_SCHEMA = "praxigen.library-faults/1"
_REQUIREMENT = ("Payer and procedure", "Codes", "In public", "Criteria", "Tried", "Page lines", "Verified")
_GUIDELINE = ("Guideline", "Edition", "From", "Criteria", "Tried", "Unread", "Tests", "Verified")
_SENTENCES = ("Guideline", "Sentences", "Computed", "Shown", "Set aside", "Not modelled")


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


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the status page: its title, what its columns mean, their names, and the rows."""

    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(status: LibraryStatus) -> tuple[Table, ...]:
    """What the library holds, as the tables that text and page both show."""
    kept = [each for each in status.guidelines if each.modelled is not None]
    return (
        Table(
            f"Requirements ({len(status.requirements)})",
            "Codes that the payer lists, and those of them that public criteria decide; the criteria that decide them, "
            "and how many of those that a chart answers are tried both ways; lines of the payer's page, with those "
            "that name thresholds which only a portal holds.",
            _REQUIREMENT,
            tuple(map(_requirement, status.requirements)),
        ),
        Table(
            f"Guidelines ({len(status.guidelines)})",
            "Criteria, how many of those that a chart answers are tried both ways, and the share that nobody read in "
            "a source.",
            _GUIDELINE,
            tuple(map(_guideline, status.guidelines)),
        ),
        Table(
            "How the criteria were read",
            "",
            ("Guideline", "Criteria"),
            tuple((each.id, _known(each.known)) for each in status.guidelines),
        ),
        Table(
            f"Texts that the library keeps ({len(kept)})",
            "What became of each sentence that asks, allows, limits or excludes something.",
            _SENTENCES,
            tuple(map(_sentences, kept)),
        ),
    )


def write_status(status: LibraryStatus, stream: TextIO) -> None:
    """Write what the library holds as tables."""
    sheet = Sheet(terminal(stream))
    sheet.line(f"Policy library on {status.today.isoformat()}", "bold")
    for table in tables(status):
        if table.rows:
            sheet.heading(table.title)
            if table.about:
                sheet.line(table.about, "dim")
            _table(sheet, table.columns, table.rows)


def status_to_html(status: LibraryStatus) -> str:
    """The same tables as one HTML file that loads nothing."""
    style = data("report.css") + data("status.css")
    shown = [table for table in tables(status) if table.rows]
    page = template("status.html.jinja")
    return page.render(today=status.today.isoformat(), tables=shown, style=style, style_hash=csp_hash(style))


def _requirement(each: RequirementStatus) -> tuple[str, ...]:
    lines = str(each.page_lines) + (f", {each.portal_lines} portal" if each.portal_lines else "")
    tried = f"{each.tested} of {each.evidence}" if each.evidence else "-"
    criteria = str(each.criteria) if each.criteria else "none public"
    age = _age(each.age_days, each.overdue)
    return (each.id, str(len(each.codes)), str(len(each.public)), criteria, tried, lines, age)


def _guideline(each: GuidelineStatus) -> tuple[str, ...]:
    edition = f"{each.edition} ({each.status})"
    begins = each.effective_from.isoformat()
    tried = f"{each.tested} of {each.evidence}"
    age = _age(each.age_days, each.overdue)
    return (each.id, edition, begins, str(each.criteria), tried, f"{each.inferred:.0%}", str(each.examples), age)


def _sentences(each: GuidelineStatus) -> tuple[str, ...]:
    counts = each.modelled or {}
    fates = (Modelled.COMPUTED, Modelled.SHOWN, Modelled.SET_ASIDE, Modelled.NOT_MODELLED)
    return (each.id, str(sum(counts.values())), *(str(counts.get(fate, 0)) for fate in fates))


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
            value = {key.value: number for key, number in value.items()}
        values[name] = list(value) if isinstance(value, tuple) else value
    return values


def _json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
