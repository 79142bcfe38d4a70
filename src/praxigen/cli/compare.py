"""praxigen compare: the limits that payers set for one code, side by side."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from praxigen.cli.options import date_option, format_option, library_option, open_library
from praxigen.cli.output import show
from praxigen.errors import UsageError

if TYPE_CHECKING:
    from praxigen.library.compare import Comparison


@click.command("compare")
@click.option("--code", required=True, help="A CPT or HCPCS code.")
@click.option(
    "--payers", multiple=True, metavar="A,B,C", help="Ids, names or aliases. Without it, all that list the code."
)
@click.option("--plan", help="Plan type, for example commercial. Without it, every plan type.")
@click.option("--stage", help="trial, permanent, revision, replacement or removal. Without it, every stage.")
@date_option
@format_option("text", "json", "html", "markdown")
@library_option
def compare(
    code: str,
    payers: tuple[str, ...],
    plan: str | None,
    stage: str | None,
    day: str | None,
    form: str,
    folders: tuple[Path, ...],
) -> None:
    """Compare what payers ask for one code: conservative care, imaging, trial, exclusions, who reviews, how known.

    The limits come from the criteria themselves, never from their wording. "Not asked" is told only of a text that the
    library keeps whole; what is only in a portal, or was not found, is told as such.

    \b
    Examples:
      praxigen compare --code 63650 --payers qualcare,aetna,medicare
      praxigen compare --code 63650 --stage trial --format html > stimulator.html
    """
    from praxigen.exports.looking_up import compare_payers
    from praxigen.library.catalog import Catalog
    from praxigen.model.request import Request

    on = Request("any", code, date=day, stage=stage).date
    catalog = Catalog.open(open_library(folders))
    _show(compare_payers(catalog, code, _names(payers), plan=plan, stage=stage, on=on), form, on)


def _names(payers: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(name.strip() for part in payers for name in part.split(","))
    if payers and not all(names):
        raise UsageError("an empty name among the payers", "Write: --payers qualcare,aetna,medicare")
    return names


def _show(comparison: Comparison, form: str, on: date | None) -> None:
    from praxigen.exports.comparison import to_json
    from praxigen.exports.comparison_page import to_html, to_markdown, write_text

    if form == "text":
        write_text(comparison, sys.stdout)
    elif form == "json":
        show(to_json(comparison, on))
    else:
        show(to_html(comparison) if form == "html" else to_markdown(comparison))
