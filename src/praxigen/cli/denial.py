"""praxigen denial: what a payer's answer decides, why, and how each reason stands to the policy."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from praxigen.cli.options import date_option, format_option, library_option, open_library, password_option
from praxigen.cli.output import show
from praxigen.errors import EXIT_GAPS, UsageError
from praxigen.model.request import Request


@click.command("denial")
@click.argument("letter")
@click.option("--payer", help="Who pays, where the letter does not name a payer of the library.")
@click.option("--code", "codes", multiple=True, help="A CPT or HCPCS code, where the letter names none. Repeatable.")
@click.option("--plan", help="Plan type, for example medicare_advantage.")
@date_option
@click.option("--stage", help="trial, permanent and so on, where the criteria depend on it.")
@click.option("--today", metavar="YYYY-MM-DD", help="Doubt dates after this day; by default, today.")
@format_option("text", "json", "html")
@password_option
@library_option
def denial(
    letter: str,
    payer: str | None,
    codes: tuple[str, ...],
    plan: str | None,
    day: str | None,
    stage: str | None,
    today: str | None,
    form: str,
    password: str | None,
    folders: tuple[Path, ...],
) -> int:
    """Read LETTER: a denial in any document format, an 835, a 278 response or a FHIR ClaimResponse.

    Shows who decided what, every stated reason in its own words with what answers it, and for each reason the
    criterion that it says is unmet, or that the policy does not ask for it. What was not found is asked for. Exits with
    0 for a denial that was read, 1 where it is no denial or no decision was found.

    \b
    Examples:
      praxigen denial letter.pdf
      praxigen denial letter.txt --payer qualcare --code 63047 --date-of-service 2026-10-06
      praxigen denial remittance.835 --format json
    """
    from praxigen.api import read_denials
    from praxigen.letters import Hints, read_answer
    from praxigen.letters.composing.unknown import is_no_payer_of

    request = Request("any", codes or ("any",), date=day, stage=stage)
    library = open_library(folders)
    if payer is not None and is_no_payer_of(library, payer):
        click.echo(f"praxigen: the library knows no payer {payer!r} and none of a like name.", err=True)
        payer = None
    hints = Hints(payer, tuple(code.strip().upper() for code in codes), plan, request.date, stage)
    reading = read_denials(read_answer(letter, password=password), library, hints, _day(today))
    if form == "json":
        from praxigen.exports.denial import to_json

        show(to_json(reading))
    else:
        from praxigen.exports.blocks import to_html, write_text
        from praxigen.exports.denial import to_blocks

        page = to_blocks(reading)
        if form == "html":
            show(to_html(page))
        else:
            write_text(page, sys.stdout)
    return 0 if any(each.is_denial for each in reading.denials) else EXIT_GAPS


def _day(today: str | None) -> date:
    if today is None:
        return datetime.now(UTC).astimezone().date()
    try:
        return date.fromisoformat(today)
    except ValueError:
        raise UsageError(f"{today!r} is not a date", "Write it as year-month-day, for example 2026-08-03.") from None
