"""praxigen keys: changes the keys that seal what the workspace stores."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from praxigen.cli.workspace import data_options, open_workspace
from praxigen.errors import UsageError


@click.group("keys")
def keys() -> None:
    """Change the keys of a workspace."""


@keys.command("rotate")
@data_options
def rotate(data: Path | None, key_file: Path | None) -> int:
    """Make a new master key and wrap every data key with it.

    Quick: what is sealed stays as it is. The new key becomes the first line of the key file; copy the file to its safe
    place again. Older lines stay: they open older backups and prove older checkpoints. The workspace must be stopped.
    """
    refuse_while_serving(open_workspace(data, key_file))
    from django.conf import settings

    from praxigen.web.accounts.rotation import rotate_master

    changed = rotate_master(settings.CONFIGURATION.key_file)
    click.echo(f"{changed:,} data keys are wrapped by the new master key {settings.KEYRING.current.id}.")
    click.echo("Copy the key file to its safe place now.")
    return 0


@keys.command("reseal")
@data_options
def reseal(data: Path | None, key_file: Path | None) -> int:
    """Seal everything that is stored with new data keys.

    May be interrupted and run again: it goes on. Keys that nothing needs any more are destroyed by a later run.
    """
    open_workspace(data, key_file)
    from praxigen.web.accounts.models import Practice
    from praxigen.web.accounts.rotation import reseal as reseal_practice

    for practice in Practice.objects.order_by("pk"):
        done = reseal_practice(practice, lambda rows: click.echo(f"{rows:,} rows so far"))
        click.echo(f"practice {practice.pk}: {done:,} rows sealed with a new key.")
    return 0


def refuse_while_serving(data: Path) -> None:
    """Raises UsageError where the workspace is running on these data."""
    try:
        told = json.loads((data / "serving.json").read_text(encoding="ascii"))
        os.kill(int(told["pid"]), 0)
    except (OSError, ValueError, KeyError, TypeError):
        return
    raise UsageError("the workspace is running on these data", "Stop it first, then run this again.")
