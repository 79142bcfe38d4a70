"""praxigen practice: what is done to a whole practice."""

from __future__ import annotations

from pathlib import Path

import click

from praxigen.cli.recheck import recheck
from praxigen.cli.workspace import data_options, open_workspace
from praxigen.errors import UsageError


@click.group("practice")
def practice() -> None:
    """What is done to a whole practice."""


practice.add_command(recheck)


@practice.command("destroy")
@click.argument("name")
@click.option("--cancel", "take_back", is_flag=True, help="Take an asking back.")
@data_options
def destroy(name: str, data: Path | None, key_file: Path | None, *, take_back: bool) -> int:
    """Destroy the practice NAME for good: its keys, its members, every case. Only the trail stays.

    Asked for once, done when asked again a day later, within a week. Where the practice has two owners or more, two of
    them agree in the workspace. NAME is the whole name as it stands in the workspace. Nothing brings it back; destroy
    its old backups as well.
    """
    open_workspace(data, key_file)
    from django.utils import timezone

    from praxigen.web.accounts import destruction
    from praxigen.web.accounts.models import Practice

    row = Practice.objects.filter(name=name).first()
    if row is None:
        raise UsageError("there is no practice of that name", "Write the whole name as it stands in the workspace.")
    asked = destruction.asked(row)
    if take_back:
        destruction.cancel(row)
        click.echo("Taken back. Nothing was destroyed.")
    elif asked is None:
        made = destruction.ask(row)
        click.echo(
            f"Asked. From {made.due:%Y-%m-%d %H:%M} UTC on, the same command destroys it. --cancel takes it back."
        )
        if made.missing:
            click.echo(f"{made.missing} of the owners must agree in the workspace: Practice, Destroy.")
    elif timezone.now() < asked.due:
        click.echo(f"Asked already. It can be destroyed from {asked.due:%Y-%m-%d %H:%M} UTC on.")
        if asked.missing:
            click.echo(f"{asked.missing} more of the owners must agree in the workspace: Practice, Destroy.")
        return 1
    else:
        rows = destruction.destroy(row)
        click.echo(f"Destroyed: the keys and {rows:,} rows. The trail stays.")
    return 0
