"""praxigen explain: what a criterion asks, from which source, and what would document it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from praxigen.cli.options import date_option, format_option, library_option, open_library
from praxigen.cli.output import show
from praxigen.datafiles import did_you_mean
from praxigen.errors import UsageError
from praxigen.exports.explanation import Explained, to_json
from praxigen.library import Library
from praxigen.model.guideline import Guideline
from praxigen.model.request import Request


@click.command("explain")
@click.argument("criterion")
@date_option
@format_option("text", "json")
@library_option
def explain(criterion: str, day: str | None, form: str, folders: tuple[Path, ...]) -> None:
    """Show what CRITERION asks. Give its id, or guideline/id where several guidelines have it.

    \b
    Examples:
      praxigen explain conservative-care
      praxigen explain cmm-211/conservative-care
    """
    on = Request("any", "any", date=day).date
    known = tuple(_explained(each) for each in _guidelines(open_library(folders), on))
    found = tuple(each for group in known for each in group if criterion in _names(each))
    if not found:
        raise _unknown(criterion, tuple(each for group in known for each in group))
    if form == "json":
        show(to_json(found))
    else:
        from praxigen.exports.explanation_text import write_text

        write_text(found, sys.stdout)


def _guidelines(library: Library, on: date | None) -> list[Guideline]:
    """The edition of each guideline that holds on the day; the newest where no day is given."""
    newest = {each.id: each for each in library.all_guidelines() if on is None or each.effective_from <= on}
    return list(newest.values())


def _explained(guideline: Guideline) -> tuple[Explained, ...]:
    """Every criterion of a guideline once, with the indications that ask it."""
    found: dict[tuple[str, str, int], Explained] = {}
    for indication in guideline.indications.values():
        for node in indication.criteria.walk():
            key = (node.id, node.says, node.line)
            used = found[key].indications if key in found else ()
            found[key] = Explained(guideline, node, tuple(dict.fromkeys((*used, indication.id))))
    return tuple(found.values())


def _names(each: Explained) -> tuple[str, ...]:
    name, short = each.criterion.id, each.guideline.id.partition(".")[2]
    return (name, f"{each.guideline.id}/{name}", f"{short}/{name}")


def _unknown(criterion: str, known: tuple[Explained, ...]) -> UsageError:
    names = {name for each in known for name in (_names(each) if "/" in criterion else _names(each)[:1])}
    hint = did_you_mean(criterion, names) or "'praxigen lookup --payer PAYER --code CODE --format json' lists all ids."
    return UsageError(f"no guideline has a criterion {criterion!r}", hint)
