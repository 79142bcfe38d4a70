"""praxigen library new: a guideline or requirement to fill in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from praxigen.errors import UsageError

_into = click.option("--into", type=click.Path(path_type=Path), required=True, help="The library folder to write into.")


@click.group("new")
def new() -> None:
    """Write a new file to fill in. It loads at once; 'library lint' points at every TODO in it."""


@new.command("guideline")
@click.argument("guideline_id", metavar="ID")
@_into
def guideline(guideline_id: str, into: Path) -> None:
    """Begin a guideline. ID is <publisher>.<number>.

    \b
    Example:
      praxigen library new guideline aetna.cpb-0660 --into policies
    """
    from praxigen.library.scaffold import new_guideline

    _write(into, *new_guideline(guideline_id, _today()))


@new.command("requirement")
@click.argument("requirement_id", metavar="ID")
@click.option("--procedure", default="", help="Its id in procedures.yaml; by default the second part of ID.")
@click.option("--code", "codes", multiple=True, required=True, help="A code that it speaks of. Repeat it.")
@_into
def requirement(requirement_id: str, procedure: str, codes: tuple[str, ...], into: Path) -> None:
    """Begin a requirement. ID is <payer>.<name>.

    \b
    Example:
      praxigen library new requirement example-health.laminectomy --code 63047 --code 63048 --into policies
    """
    from praxigen.library.scaffold import new_requirement

    _write(into, *new_requirement(requirement_id, procedure, codes, _today()))


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _write(into: Path, place: str, text: str) -> None:
    """Write a file that was not there. What is there already, be it a link, is never touched."""
    if not into.is_dir():
        raise UsageError(f"there is no folder {str(into)!r}", "Name the folder that holds 'guidelines'.")
    path = into / place
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} is there already", "Choose another id, or edit that file.") from None
    except OSError as error:
        raise UsageError(f"{path} could not be written: {error.strerror}", "Name a folder to write into.") from None
    click.echo(f"{path}: fill in every TODO; 'praxigen library lint --library {into}' lists them.")
