"""praxigen lookup: what payers require for a code, without a note."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from praxigen.cli.options import date_option, format_option, library_option, open_library
from praxigen.cli.output import show
from praxigen.errors import UsageError
from praxigen.exports.lookup import Decided, Found, to_json
from praxigen.library import Library
from praxigen.model.request import Request
from praxigen.model.requirement import Requirement


@click.command("lookup")
@click.option("--payer", help="An id, name or alias. Without it, every payer known for the code.")
@click.option("--code", help="A CPT or HCPCS code. Without it, everything known for the payer.")
@click.option("--plan", help="Plan type, for example commercial. Without it, every plan type.")
@date_option
@format_option("text", "json")
@library_option
def lookup(
    payer: str | None, code: str | None, plan: str | None, day: str | None, form: str, folders: tuple[Path, ...]
) -> None:
    """Show what is required for a code: authorization, criteria, who reviews, how to submit.

    \b
    Examples:
      praxigen lookup --payer qualcare --code 63047
      praxigen lookup --code 63650
      praxigen lookup --payer qualcare
    """
    if payer is None and code is None:
        raise UsageError("neither a payer nor a code was given", "Give --payer, --code or both.")
    on = Request(payer or "any", code or "any", date=day).date
    library = open_library(folders)
    found = tuple(_found(library, each, code, on) for each in _requirements(library, payer, code, plan))
    if form == "json":
        show(to_json(found))
    else:
        from praxigen.exports.lookup_text import write_text

        write_text(found, sys.stdout)


def _requirements(library: Library, payer: str | None, code: str | None, plan: str | None) -> tuple[Requirement, ...]:
    if payer is not None and code is not None and plan is not None:
        return (library.requirement_for(payer, code, plan),)
    found = library.requirements(payer, code)
    fitting = tuple(each for each in found if plan is None or plan in each.plans)
    if not fitting:
        plans = sorted({name for each in found for name in each.plans})
        hint = f"It knows: {', '.join(plans)}. " if plans else ""
        raise UsageError(
            f"the library has no requirement for this in {plan or 'any'} plans",
            f"{hint}This does not say that no prior authorization is needed: ask the payer.",
        )
    return fitting


def _found(library: Library, requirement: Requirement, code: str | None, on: date | None) -> Found:
    entry = requirement.codes[code.strip().upper()] if code else None
    decided = tuple(
        Decided(route, library.guideline(route.guideline, on) if route.guideline else None)
        for route in requirement.routes
        if entry is None or entry.code in route.codes
    )
    return Found(library.payer(requirement.payer), requirement, entry, decided)
