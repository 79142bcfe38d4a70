"""praxigen library schema, praxigen library export: the library for other tools."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from praxigen.cli.options import format_option, library_option, open_library
from praxigen.cli.output import show, write_file
from praxigen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from praxigen.library import Library

_KINDS = ("guideline", "requirement", "rule", "literature", "payers", "procedures", "law")


@click.command("schema")
@click.argument("kind", type=click.Choice(_KINDS))
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file, with which an editor checks it while you type."""
    from praxigen.library.schema import schema_of

    if kind == "law":
        from praxigen.law import Law
        from praxigen.law.schema import law_schema

        found = law_schema(Law.open().terms)
    else:
        found = schema_of(kind)
    show(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


@click.command("export")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--table",
    type=click.Choice(("criteria", "codes")),
    default="criteria",
    show_default=True,
    help="What a row of the CSV is: a criterion of a guideline, or a code of a requirement.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file instead of the screen.")
@format_option("json", "csv", "fhir-questionnaire")
@library_option
def export(ids: tuple[str, ...], table: str, output: Path | None, form: str, folders: tuple[Path, ...]) -> None:
    """Give the library, or the guidelines and requirements named, to another tool.

    json: every file as it is written, fit for its JSON Schema. csv: a row for each criterion or code.
    fhir-questionnaire: FHIR R4 Questionnaires, one for each indication, in a Bundle.

    \b
    Examples:
      praxigen library export --format csv --table codes --output codes.csv
      praxigen library export evicore.cmm-211 --format fhir-questionnaire
    """
    text = _exported(open_library(folders), ids, form, table)
    if output is None:
        show(text)
    else:
        write_file(output, text)


def _exported(library: Library, ids: Collection[str], form: str, table: str) -> str:
    from praxigen.exports.library_files import codes_to_csv, criteria_to_csv, files_to_json

    _refuse_unknown(library, ids)
    if form == "json":
        return files_to_json(_files(library, ids))
    requirements = [each for each in library.requirements() if not ids or each.id in ids]
    if form == "csv" and table == "codes":
        return codes_to_csv(requirements)
    guidelines = [edition for edition in library.all_guidelines() if not ids or edition.id in ids]
    if form == "csv":
        return criteria_to_csv(guidelines)
    from praxigen.exports.questionnaire import questionnaires_to_json

    return questionnaires_to_json(guidelines, _decided(library))


def _refuse_unknown(library: Library, ids: Collection[str]) -> None:
    from praxigen.datafiles import did_you_mean

    known = [file.id for file in library.index if file.id]
    for name in ids:
        if name not in known:
            raise UsageError(f"the library has no file {name!r}", did_you_mean(name, known))


def _files(library: Library, ids: Collection[str]) -> Iterator[tuple[str, str, str, Any]]:
    from praxigen.datafiles import plain_values
    from praxigen.library.index import FileKind
    from praxigen.library.loading import parse

    for file in library.index:
        if file.kind is not FileKind.MISPLACED and (not ids or file.id in ids):
            root, sha256 = parse(file)
            yield file.kind.value, file.name, sha256, plain_values(root)


def _decided(library: Library) -> dict[tuple[str, str], tuple[str, ...]]:
    """The codes that each indication of each guideline decides, for whichever payer."""
    found: dict[tuple[str, str], set[str]] = {}
    for requirement in library.requirements():
        for route in requirement.routes:
            if route.guideline and route.indication:
                found.setdefault((route.guideline, route.indication), set()).update(route.codes)
    return {key: tuple(sorted(codes)) for key, codes in found.items()}
