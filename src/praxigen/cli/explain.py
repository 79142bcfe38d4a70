"""praxigen explain: what a criterion asks, from which source, and what would document it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from praxigen.cli.options import date_option, format_option, library_option, open_library
from praxigen.cli.output import show
from praxigen.datafiles import did_you_mean
from praxigen.errors import UsageError
from praxigen.exports.explanation import Explained, to_json
from praxigen.exports.outline import numbered
from praxigen.exports.summary import short_name
from praxigen.library import Library
from praxigen.model.criterion import Criterion
from praxigen.model.guideline import Guideline
from praxigen.model.request import STAGES, Request

# As a report numbers its lines: 1.2, 1.2w (a waiver), 1.2c.1 (part of a condition), B1.2 (of a second procedure).
_NUMBER = re.compile(r"[A-Z]?(?P<number>\d+[.\dcw]*)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A criterion at one place: its guideline, its indication and its number there."""

    guideline: Guideline
    indication: str
    number: str
    criterion: Criterion


@click.command("explain")
@click.argument("criterion")
@click.option("--payer", help="Only what decides for this payer: an id, name or alias.")
@click.option("--code", help="Only what decides this CPT or HCPCS code.")
@click.option("--stage", type=click.Choice(STAGES), help="Only what decides at this stage.")
@date_option
@format_option("text", "json")
@library_option
def explain(
    criterion: str,
    payer: str | None,
    code: str | None,
    stage: str | None,
    day: str | None,
    form: str,
    folders: tuple[Path, ...],
) -> None:
    """Show what CRITERION asks.

    Give its id, or guideline/id where several guidelines have it. A number of a report's line, such as 1.1.1.4, counts
    within one set of criteria: give guideline/indication/number, or the payer, code and stage of the check.

    \b
    Examples:
      praxigen explain conservative-care
      praxigen explain cmm-211/conservative-care
      praxigen explain 1.1.1.4 --payer qualcare --code 63650 --stage trial
    """
    on = Request("any", "any", date=day).date
    library = open_library(folders)
    asked = _asked(library, payer, code, stage)
    books = [each for each in _guidelines(library, on) if asked is None or each.id in asked]
    known = tuple(line for each in books for line in _lines(each, None if asked is None else asked[each.id]))
    found = _merged(line for line in known if criterion in _names(line))
    number = _NUMBER.fullmatch(criterion.rpartition("/")[2])
    if not found and number is not None:
        path = criterion.rpartition("/")[0]
        found = _at_number(known, path, number["number"], sure=bool(path) or asked is not None)
    if not found:
        raise _unknown(criterion, known)
    if form == "json":
        show(to_json(found))
    else:
        from praxigen.exports.explanation_text import write_text

        write_text(found, sys.stdout)


def _asked(
    library: Library, payer: str | None, code: str | None, stage: str | None
) -> Mapping[str, tuple[str, ...]] | None:
    """The indications, by guideline, that decide such a request; None where no request is described."""
    if payer is None and code is None and stage is None:
        return None
    wanted = None if code is None else code.strip().upper()
    found: dict[str, tuple[str, ...]] = {}
    for requirement in library.requirements(payer, code):
        for route in requirement.routes:
            at_stage = stage is None or not route.stages or stage in route.stages
            if route.guideline and route.indication and at_stage and (wanted is None or wanted in route.codes):
                found[route.guideline] = (*found.get(route.guideline, ()), route.indication)
    if not found:
        given = (("payer", payer), ("code", code), ("stage", stage))
        what = " ".join(f"--{name} {value}" for name, value in given if value)
        raise UsageError(
            f"no public criteria decide {what}", "'praxigen lookup' shows what is known of a payer or code."
        )
    return found


def _guidelines(library: Library, on: date | None) -> list[Guideline]:
    """The edition of each guideline that holds on the day; the newest where no day is given."""
    newest = {each.id: each for each in library.all_guidelines() if on is None or each.effective_from <= on}
    return list(newest.values())


def _lines(guideline: Guideline, indications: Iterable[str] | None) -> Iterator[_Line]:
    """Every criterion of a guideline, at each place that it has in these indications; in all of them for None."""
    for indication in guideline.indications.values():
        if indications is None or indication.id in indications:
            for number, node in numbered(indication.criteria):
                yield _Line(guideline, indication.id, number, node)


def _merged(lines: Iterable[_Line]) -> tuple[Explained, ...]:
    """Each criterion once, with the indications that ask it."""
    found: dict[tuple[str, str, str, int], Explained] = {}
    for line in lines:
        node = line.criterion
        key = (line.guideline.id, node.id, node.says, node.line)
        used = found[key].indications if key in found else ()
        found[key] = Explained(line.guideline, node, tuple(dict.fromkeys((*used, line.indication))))
    return tuple(found.values())


def _at_number(known: Iterable[_Line], path: str, number: str, *, sure: bool) -> tuple[Explained, ...]:
    """The criteria with a number. Raises UsageError where it stands for several and nothing says in which set."""
    lines = [line for line in known if line.number == number and (not path or path in _sets(line))]
    found = _merged(lines)
    if len(found) > 1 and not sure:
        sets = ", ".join(f"{_sets(line)[-1]}/{number}" for line in lines)
        raise UsageError(
            f"{number} is the number of {len(found)} criteria, each in another set",
            f"Give one of {sets}; or --payer, --code and --stage as in the check that showed the number.",
        )
    return found


def _sets(line: _Line) -> tuple[str, ...]:
    """What may stand before a number: the guideline, or guideline and indication."""
    books = (line.guideline.id, short_name(line.guideline))
    return (*books, *(f"{book}/{line.indication}" for book in books))


def _names(line: _Line) -> tuple[str, ...]:
    name = line.criterion.id
    return (name, f"{line.guideline.id}/{name}", f"{short_name(line.guideline)}/{name}")


def _unknown(criterion: str, known: Iterable[_Line]) -> UsageError:
    names = {name for line in known for name in (_names(line) if "/" in criterion else _names(line)[:1])}
    hint = did_you_mean(criterion, names)
    if _NUMBER.fullmatch(criterion.rpartition("/")[2]):
        hint = (
            "Give the number as the check shows it, with the same --payer, --code and --stage, or the criterion's id."
        )
    ids = "'praxigen lookup --payer PAYER --code CODE --format json' lists all ids."
    return UsageError(f"no guideline has a criterion {criterion!r}", hint or ids)
