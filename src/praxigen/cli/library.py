"""praxigen library: whether the policy files hold together, and how well they are known."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from praxigen.cli.group import Commands
from praxigen.cli.options import format_option, library_option, open_library
from praxigen.cli.output import show
from praxigen.errors import EXIT_USAGE, InputError, UsageError

_COMMANDS = {
    "diff": "praxigen.cli.library_changes:diff",
    "changes": "praxigen.cli.library_changes:changes",
    "export": "praxigen.cli.library_export:export",
    "schema": "praxigen.cli.library_export:schema",
    "new": "praxigen.cli.library_new:new",
}


@click.group("library", cls=Commands, commands_at=_COMMANDS)
def library() -> None:
    """Look after the policy library."""


def _today(_context: click.Context, _option: click.Parameter, value: str | None) -> date:
    if value is None:
        return datetime.now(UTC).astimezone().date()
    try:
        return date.fromisoformat(value)
    except ValueError:
        hint = "Write it as year-month-day, for example 2026-08-03."
        raise UsageError(f"{value!r} is not a date", hint) from None


_today_option = click.option(
    "--today", metavar="YYYY-MM-DD", callback=_today, help="The day that ages are counted to; by default, today."
)


@library.command("lint")
@_today_option
@format_option("text", "json")
@library_option
def lint(today: date, form: str, folders: tuple[Path, ...]) -> int:
    """Find what is wrong in the policy files: file, line, and what to write instead.

    Exits with 0 where there is no error (warnings may remain) and 2 where there is one.
    """
    from praxigen.exports.library_report import faults_to_json, write_faults
    from praxigen.law.lint import lint_law
    from praxigen.letters.composing.protected import lint_protected
    from praxigen.library.lint import Severity
    from praxigen.library.lint import lint as find_faults

    shelf = open_library(folders)
    faults = tuple(
        sorted(
            {*find_faults(shelf, today, _concepts()), *lint_law(shelf.folders, today), *lint_protected(shelf.folders)}
        )
    )
    if form == "json":
        show(faults_to_json(faults))
    else:
        write_faults(faults, sys.stdout)
    return EXIT_USAGE if any(fault.severity is Severity.ERROR for fault in faults) else 0


def _concepts() -> frozenset[str]:
    """Every name that a policy may use, kinds included."""
    from praxigen.lexicon import open_lexicon

    return frozenset(name for kinds in open_lexicon().kinds.values() for name in kinds)


@library.command("status")
@_today_option
@format_option("text", "json", "html")
@library_option
def status(today: date, form: str, folders: tuple[Path, ...]) -> None:
    """Show what the library holds, how each part was read, and how long ago it was verified."""
    from praxigen.exports.library_report import status_to_html, status_to_json, write_status
    from praxigen.library.status import status as look

    found = look(open_library(folders), today)
    if form == "json":
        show(status_to_json(found))
    elif form == "html":
        show(status_to_html(found))
    else:
        write_status(found, sys.stdout)


@library.command("index")
@library_option
def index(folders: tuple[Path, ...]) -> None:
    """Make the index that lookup and compare search, ahead of the first question; after an edit, bring it up to date.

    They do so themselves where it is missing or stale: a large folder then answers its first question later.
    """
    from praxigen.library.catalog import Catalog

    catalog = Catalog.open(open_library(folders))
    place = catalog.kept_at or "memory only, for no place could be written to"
    show(f"{catalog.count():,} requirements in the index; it is kept at {place}\n")


@library.command("coverage")
@click.argument("guideline", required=False)
@format_option("text", "json")
@library_option
def coverage(guideline: str | None, form: str, folders: tuple[Path, ...]) -> None:
    """Show how much of the texts that the library keeps its criteria model.

    Without GUIDELINE, one line for each guideline whose source is kept; with one (cms.l35136), every requirement
    sentence of its text: computed, shown only, set aside with the reason, or not modelled.
    """
    from praxigen.exports.library_coverage import coverage_to_json, write_coverage

    shelf = open_library(folders)
    books = shelf.all_guidelines() if guideline is None else (shelf.guideline(guideline),)
    found = [each for each in map(shelf.coverage, books) if each is not None]
    if guideline is not None and not found:
        raise UsageError(
            f"the library keeps no text of {guideline}", "'praxigen library coverage' lists those that it keeps."
        )
    if form == "json":
        show(coverage_to_json(found))
    else:
        write_coverage(found, sys.stdout, each_sentence=guideline is not None)


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    return None if value is None else _today(_context, _option, value)


@library.command("draft")
@click.argument("policy")
@click.option("--publisher", required=True, help="Who publishes it, as the name of a folder: aetna.")
@click.option("--number", required=True, help="Its number, as the name of a file: cpb-0743.")
@click.option("--title", required=True, help="Its title, in our own words.")
@click.option("--edition", required=True, help="Its edition or version, as the document says it.")
@click.option("--effective", metavar="YYYY-MM-DD", callback=_day, help="Its first day; by default what the text says.")
@click.option("--url", default="", help="Where it was taken from.")
@click.option("--into", type=click.Path(path_type=Path), required=True, help="The library folder to write into.")
@_today_option
def draft(
    policy: str,
    publisher: str,
    number: str,
    title: str,
    edition: str,
    effective: date | None,
    url: str,
    into: Path,
    today: date,
) -> None:
    """Make a draft guideline of the lists in POLICY, a payer's document, for a curator to finish.

    Every criterion carries its words and their place. What the text does not say is marked TODO, and what could not
    be placed is listed: nothing is made up. Existing files are never replaced.

    \b
    Example:
      praxigen library draft policy.txt --publisher example --number sp-1 --title "Lumbar surgery" \\
        --edition 2026 --effective 2026-01-01 --into my-policies
    """
    from praxigen.cli.draft import draft_policy

    values = {"publisher": publisher, "title": title, "edition": edition, "url": url}
    draft_policy(policy, number, values, today, effective, into)


@library.command("descriptors")
@click.argument("licensed", type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), required=True, help="The practice's own policy folder.")
def descriptors(licensed: Path, into: Path) -> None:
    """Import the practice's own descriptors of procedure codes from LICENSED, a file that it has a licence for.

    praxigen ships no CPT descriptor. The file needs a line that names its columns, such as CPT Code and Long
    Descriptor; the descriptors go into the folder given with --into and are shown wherever --library names it.
    """
    from praxigen.cli.output import write_file
    from praxigen.codesets.descriptors import FILE, MAX_BYTES, read_licensed, write_descriptors

    try:
        with licensed.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{licensed} could not be read: {error.strerror}", "Check the path.") from None
    found = read_licensed(data, licensed.name)
    into.mkdir(parents=True, exist_ok=True)
    write_file(into / FILE, write_descriptors(found))
    show(f"{len(found)} descriptors written to {into / FILE}. They are licensed: keep the file in the practice.\n")
