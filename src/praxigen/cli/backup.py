"""praxigen backup and praxigen restore: the workspace as one sealed file, and back."""

from __future__ import annotations

import os
from pathlib import Path

import click

from praxigen.cli.workspace import data_options
from praxigen.errors import UsageError

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("backup")
@click.argument("file", type=_FILE)
@data_options
def backup(file: Path, data: Path | None, key_file: Path | None) -> int:
    """Write the workspace into FILE, sealed under the master key, while it runs.

    The file is no use without the key file, which never lies in it: keep a copy of that somewhere else.
    """
    from praxigen.web.serving.backup import back_up

    _refuse_postgresql()
    places, keys = _opened(data, key_file)
    checkpoints = Path(os.environ.get("PRAXIGEN_CHECKPOINTS") or places / "checkpoints")
    told = back_up(places / "praxigen.sqlite3", checkpoints, file, keys)
    click.echo(f"{file}: {sum(told.rows.values()):,} rows in {len(told.rows)} tables, {len(told.trails)} trails.")
    return 0


@click.command("restore")
@click.argument("file", type=_FILE)
@data_options
def restore(file: Path, data: Path | None, key_file: Path | None) -> int:
    """Make a workspace of the backup FILE in an empty folder, and examine it. Nothing is ever written over."""
    from praxigen.cli.workspace import open_workspace
    from praxigen.web.serving.backup import restore as put_back

    _refuse_postgresql()
    if not file.is_file():
        raise UsageError(f"there is no file {file}", "Name a file that `praxigen backup` wrote.")
    places, keys = _opened(data, key_file)
    told = put_back(file, places, keys)
    click.echo(f"{places}: {sum(told.rows.values()):,} rows in {len(told.rows)} tables restored.")
    open_workspace(places, key_file)
    from praxigen.web.audit.verify import verify_all

    found = verify_all()
    for fault in found.faults:
        click.echo(f"practice {fault.practice}: {f'event {fault.sequence}: ' if fault.sequence else ''}{fault.what}")
    click.echo("The trail is broken." if found.faults else f"{found.events:,} events examined: nothing is missing.")
    return 1 if found.faults else 0


def _opened(data: Path | None, key_file: Path | None):  # type: ignore[no-untyped-def]  # a folder and a keyring
    from praxigen.web.crypto.keyring import read_keyring
    from praxigen.web.serving.places import default_places

    usual = default_places()
    folder = (data or Path(os.environ.get("PRAXIGEN_DATA") or usual.data)).absolute()
    return folder, read_keyring(key_file or Path(os.environ.get("PRAXIGEN_KEY_FILE") or usual.key_file))


def _refuse_postgresql() -> None:
    if os.environ.get("PRAXIGEN_DATABASE"):
        raise UsageError(
            "the workspace lies on a PostgreSQL server", "Back it up with pg_dump (docs/security/keys.md, Backups)."
        )
