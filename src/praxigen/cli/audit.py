"""praxigen audit: the trail of who did what, examined."""

from __future__ import annotations

from pathlib import Path

import click

from praxigen.cli.workspace import data_options, open_workspace


@click.group("audit")
def audit() -> None:
    """Examine the trail of a workspace."""


@audit.command("verify")
@data_options
def verify(data: Path | None, key_file: Path | None) -> int:
    """Examine every event, every checkpoint, and that each stored thing has an event that tells how it came.

    Exit code 0: nothing was changed, removed, swapped or cut. Exit code 1: the first bad event of each practice is
    named. Events after the last checkpoint are tied to each other, but their end can be cut without being seen.
    """
    open_workspace(data, key_file)
    from praxigen.web.audit.verify import verify_all

    found = verify_all()
    click.echo(f"{found.practices:,} trails, {found.events:,} events, {found.checkpoints:,} checkpoints examined.")
    for fault in found.faults:
        where = f"event {fault.sequence}: " if fault.sequence else ""
        click.echo(f"practice {fault.practice}: {where}{fault.what}")
    click.echo("The trail is broken." if found.faults else "Nothing is missing and nothing was changed.")
    return 1 if found.faults else 0
