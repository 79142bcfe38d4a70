"""praxigen practice recheck: which open cases a changed policy turns."""

from __future__ import annotations

from pathlib import Path

import click

from praxigen.cli.workspace import data_options, open_workspace


@click.command("recheck")
@data_options
def recheck(data: Path | None, key_file: Path | None) -> int:
    """Make the newest check of every open case again where its policy changed, and say which cases turn.

    A running workspace does this by itself. Stored checks stay as they are. Cases are named by the first letters of
    their address in the workspace, never by a patient.
    """
    open_workspace(data, key_file)
    from praxigen.web.accounts.models import Practice
    from praxigen.web.cases.headers import payer_name, short_id
    from praxigen.web.cases.policy import open_cases, recheck_open_cases, turned_cases

    recheck_open_cases()
    for practice in Practice.objects.order_by("name"):
        turned = list(turned_cases(practice))
        click.echo(f"{practice.name}: {open_cases(practice)} open cases checked, {len(turned)} turn.")
        for change in turned:
            case = change.case
            click.echo(f"  {short_id(case)}  {payer_name(case.payer)}, {' '.join(case.codes)}")
            for flip in change.flips:
                click.echo(f"    {flip['says']}: {flip['before']}, now {flip['after']}")
            if change.problem:
                click.echo(f"    cannot be checked again: {change.problem}")
    return 0
