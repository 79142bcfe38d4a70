"""Opens the workspace's data for a command: where they are, with which key."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from praxigen.errors import UsageError

_PATH = click.Path(path_type=Path)


def data_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --data and --key-file to a command."""
    for option in (
        click.option("--key-file", type=_PATH, metavar="FILE", help="The master key. Else as `praxigen serve` has it."),
        click.option("--data", type=_PATH, metavar="DIR", help="The data folder. Else as `praxigen serve` has it."),
    ):
        command = option(command)
    return command


def open_workspace(data: Path | None, key_file: Path | None) -> Path:
    """Load Django for the data, and return their folder. Raises UsageError where none are there."""
    from praxigen.web.serving.places import Places, default_places
    from praxigen.web.serving.prepare import set_environment, start_django

    usual = default_places()
    places = Places(
        (data or Path(os.environ.get("PRAXIGEN_DATA") or usual.data)).absolute(),
        (key_file or Path(os.environ.get("PRAXIGEN_KEY_FILE") or usual.key_file)).absolute(),
    )
    if not places.data.is_dir():
        raise UsageError(f"there is no data folder {places.data}", "Name it with --data.")
    set_environment(places)
    start_django()
    return places.data
