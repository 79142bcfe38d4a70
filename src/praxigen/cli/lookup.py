"""praxigen lookup: what payers require, without a note."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from praxigen.cli.options import date_option, format_option, library_option, open_library
from praxigen.cli.output import show


@click.command("lookup")
@click.argument("words", nargs=-1)
@click.option("--payer", help="An id, name or alias. Without it, every payer.")
@click.option("--code", "codes", multiple=True, help="A CPT or HCPCS code. Repeat it for several.")
@click.option("--procedure", help="An id, label or alias, for example laminectomy.")
@click.option("--diagnosis", help="An ICD-10-CM code or category: requirements that name it as supporting.")
@click.option("--plan", help="Plan type, for example commercial. Without it, every plan type.")
@click.option("--state", help="Two letters; for national and state rules only.")
@date_option
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Requirements to show.")
@click.option(
    "--detail", type=click.Choice(("brief", "full")), help="With criteria or without; by default few answers have them."
)
@format_option("text", "json", "html", "markdown")
@library_option
def lookup(
    words: tuple[str, ...],
    payer: str | None,
    codes: tuple[str, ...],
    procedure: str | None,
    diagnosis: str | None,
    plan: str | None,
    state: str | None,
    day: str | None,
    limit: int,
    detail: str | None,
    form: str,
    folders: tuple[Path, ...],
) -> None:
    """Show what is required: authorization and why, criteria, who reviews, how to submit.

    WORDS are a payer, code, procedure, diagnosis, plan type or any word of a requirement, in any order; small mistakes
    are mended and said. What the library does not know is never told as "not required".

    \b
    Examples:
      praxigen lookup scs qualcare
      praxigen lookup 63650 nj
      praxigen lookup --payer qualcare --code 63047
      praxigen lookup --diagnosis M48.062
    """
    from praxigen.exports.looking_up import look_up
    from praxigen.exports.lookup import to_json
    from praxigen.library.catalog import Catalog
    from praxigen.model.request import Request

    on = Request("any", "any", date=day).date
    given = {
        "payers": () if payer is None else (payer,),
        "codes": codes,
        "procedure": procedure,
        "diagnosis": diagnosis,
        "plan": plan,
        "state": state,
    }
    catalog = Catalog.open(open_library(folders))
    full = None if detail is None else detail == "full"
    found = look_up(catalog, " ".join(words), given, on=on, limit=limit, full=full)
    if form == "json":
        show(to_json(found))
        return
    from praxigen.exports.blocks import to_html, to_markdown, write_text
    from praxigen.exports.lookup_page import to_page

    page = to_page(found)
    if form == "text":
        write_text(page, sys.stdout)
    else:
        show(to_html(page) if form == "html" else to_markdown(page))
