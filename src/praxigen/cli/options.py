"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from praxigen.library import Library

Command = TypeVar("Command", bound=Callable[..., Any])


def library_option(command: Command) -> Command:
    """--library DIR, repeatable."""
    return click.option(
        "--library",
        "folders",
        metavar="DIR",
        multiple=True,
        type=click.Path(path_type=Path),
        help="Use the policies in DIR instead of the shipped ones. Repeat it to lay folders over each other.",
    )(command)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """--format, the first of the formats unless given."""

    def add(command: Command) -> Command:
        return click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="How to show the answer.",
        )(command)

    return add


def date_option(command: Command) -> Command:
    """--date-of-service; read by Request, which says what is wrong with it."""
    return click.option(
        "--date-of-service",
        "day",
        metavar="YYYY-MM-DD",
        help="Day of the planned service: it picks the edition, and time limits count back from it.",
    )(command)


def notes_argument(command: Command) -> Command:
    """NOTES: the files, folders and ZIPs of one chart."""
    return click.argument("notes", nargs=-1, required=True)(command)


def password_option(command: Command) -> Command:
    """--password for encrypted PDFs; the environment keeps it out of the list of processes."""
    return click.option(
        "--password",
        metavar="WORD",
        envvar="PRAXIGEN_PASSWORD",
        help="Opens encrypted PDFs. PRAXIGEN_PASSWORD in the environment does the same and is not seen by others.",
    )(command)


def ocr_options(command: Command) -> Command:
    """--no-ocr and --ocr-cache."""
    kept = click.option(
        "--ocr-cache/--no-ocr-cache",
        "ocr_cache",
        envvar="PRAXIGEN_OCR_CACHE",
        help="Keep the text of scanned pages for the next time, in your cache folder. Off unless asked for: it is "
        "patient data.",
    )
    return click.option("--no-ocr", is_flag=True, help="Leave scanned pages and pictures unread.")(kept(command))


def open_library(folders: tuple[Path, ...]) -> Library:
    """The library in these folders; the shipped one where none is given."""
    from praxigen.library import Library

    return Library.open(*folders)
