"""praxigen library diff, praxigen library changes: what is different, and what changed when."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from praxigen.cli.options import format_option, library_option, open_library
from praxigen.cli.output import show
from praxigen.errors import UsageError

if TYPE_CHECKING:
    from praxigen.library import Library
    from praxigen.library.diff import Comparison
    from praxigen.model.guideline import Guideline
    from praxigen.model.requirement import Requirement


@click.command("diff")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@format_option("text", "json", "markdown")
@library_option
def diff(old: str, new: str, form: str, folders: tuple[Path, ...]) -> None:
    """Say what is different between two editions, two files or two library folders.

    Which criteria appeared, went, tightened or loosened, which codes moved, and which requirements use the guideline.
    A and B are editions (evicore.cmm-211@V1.0.2025; without @, the newest), files or folders.

    \b
    Examples:
      praxigen library diff evicore.cmm-211@V1.0.2025 evicore.cmm-211
      praxigen library diff old/requirements/qualcare/laminectomy.yaml policies/requirements/qualcare/laminectomy.yaml
      praxigen library diff ../last-year/policies policies --format markdown
    """
    from praxigen.exports.library_changes import comparisons_to_json, comparisons_to_markdown, write_comparisons

    found = _comparisons(old, new, open_library(folders))
    if form == "json":
        show(comparisons_to_json(found))
    elif form == "markdown":
        show(comparisons_to_markdown(found))
    else:
        write_comparisons(found, sys.stdout)


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        hint = "Write it as year-month-day, for example 2026-08-03."
        raise UsageError(f"{value!r} is not a date", hint) from None


@click.command("changes")
@click.option("--since", metavar="YYYY-MM-DD", callback=_day, help="Only editions that begin on this day or later.")
@format_option("text", "json", "atom")
@library_option
def changes(since: date | None, form: str, folders: tuple[Path, ...]) -> None:
    """List what each edition of each guideline changed, newest first, also as a feed (Atom).

    Every date is the first day of an edition, so the same library gives the same feed.
    """
    from praxigen.exports.library_changes import feed_to_atom, feed_to_json, newest_first, write_comparisons
    from praxigen.library.diff import edition_history

    entries = newest_first(edition_history(open_library(folders)), since)
    if form == "json":
        show(feed_to_json(entries))
    elif form == "atom":
        show(feed_to_atom(entries))
    else:
        write_comparisons(entries, sys.stdout)


def _comparisons(old: str, new: str, library: Library) -> tuple[Comparison, ...]:
    from praxigen.library import Library
    from praxigen.library.diff import compare_libraries

    folders = [Path(name).is_dir() for name in (old, new)]
    if all(folders):
        return compare_libraries(Library.open(old), Library.open(new))
    if any(folders):
        raise UsageError("a folder can only be compared with a folder", "Give two folders, two files or two editions.")
    return (_compared(_one(old, library), _one(new, library), library),)


def _compared(old: Guideline | Requirement, new: Guideline | Requirement, library: Library) -> Comparison:
    from praxigen.library.diff import Comparison, compare_guidelines, compare_requirements, users_of
    from praxigen.model.guideline import Guideline
    from praxigen.model.requirement import Requirement

    if isinstance(old, Guideline) and isinstance(new, Guideline):
        changes = compare_guidelines(old, new)
        used = users_of(library, new.id)
        was, now = (each.edition if old.id == new.id else f"{each.id} {each.edition}" for each in (old, new))
        return Comparison("guideline", new.id, new.title, was, now, changes, new.effective_from, used)
    if isinstance(old, Requirement) and isinstance(new, Requirement):
        changes = compare_requirements(old, new)
        was, now = (f"{each.id} as verified {each.last_verified}" for each in (old, new))
        return Comparison("requirement", new.id, new.title, was, now, changes)
    raise UsageError(
        "a guideline can only be compared with a guideline, a requirement with a requirement",
        "Give two files of one kind.",
    )


def _one(name: str, library: Library) -> Guideline | Requirement:
    """The guideline or requirement that a file, or an id with or without its edition, names."""
    path = Path(name)
    if path.is_file():
        return _in_file(path)
    guideline_id, _, wanted = name.partition("@")
    if "/" in name or name.endswith((".yaml", ".yml")):
        raise UsageError(f"there is no file {name!r}", "Name a file of a guideline or requirement.")
    if not wanted:
        named = [requirement for requirement in library.requirements() if requirement.id == name]
        return named[0] if named else library.guideline(guideline_id)
    editions = {edition.edition: edition for edition in library.editions(guideline_id)}
    if wanted not in editions:
        raise UsageError(f"the library has no edition {wanted!r} of {guideline_id}", f"It has: {', '.join(editions)}.")
    return editions[wanted]


def _in_file(path: Path) -> Guideline | Requirement:
    from praxigen.datafiles import MapNode, TextNode, parse_yaml, read_bytes
    from praxigen.library.guidelines import SCHEMA, read_guideline
    from praxigen.library.requirements import read_requirement

    root = parse_yaml(read_bytes(path, path.name), path.name)
    schema = root.get("schema") if isinstance(root, MapNode) else None
    if isinstance(schema, TextNode) and schema.text == SCHEMA:
        return read_guideline(root, path.name)
    return read_requirement(root, path.name)
