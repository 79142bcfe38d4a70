"""praxigen redact: a copy of a chart in which the identifiers are masked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from praxigen.cli.options import date_option, notes_argument, password_option
from praxigen.cli.output import open_notes, refuse_overwrite, show, write_file
from praxigen.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

_FORMATS = ("text", "json")
_ENDINGS = {"": "text", ".txt": "text", ".json": "json"}


@click.command("redact")
@notes_argument
@click.option("--key", type=click.Path(path_type=Path), metavar="FILE", help="File of the key that moves the dates.")
@click.option(
    "--subject", metavar="WORD", help="Documents of one WORD move by the same days: your number for a patient."
)
@click.option(
    "--dates",
    type=click.Choice(("shift", "year", "keep")),
    default="shift",
    show_default=True,
    help="Move them together, leave the year only, or keep them.",
)
@click.option("--keep-weekday", is_flag=True, help="Move by whole weeks, so that a Monday stays a Monday.")
@date_option
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Else the ending of --output decides.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE, whole or not at all.")
@password_option
def redact(
    notes: tuple[str, ...],
    key: Path | None,
    subject: str | None,
    dates: str,
    keep_weekday: bool,
    day: str | None,
    form: str | None,
    output: Path | None,
    password: str | None,
) -> None:
    """Mask names, numbers, places and dates in NOTES: files, folders or ZIPs as one chart, or - for standard input.

    Identifiers are masked, not certified de-identified: read the copy before it leaves. The copy is text, whatever
    NOTES are; pictures are left out. What was masked, and how far the dates moved, is told on standard error.

    JSON holds the masked text, the place of each mask in the original and the days of the move: it is for the practice
    and does not leave it. Without --key the key is kept in the configuration folder of this user.

    \b
    Examples:
      praxigen redact note.pdf --output copy.txt
      praxigen redact note.txt --key practice.key --date-of-service 2026-08-03 --output copy.txt
      praxigen redact chart/ --subject 4711 --keep-weekday --output copy.txt
    """
    from praxigen.api import mask_identifiers
    from praxigen.cli.keyfile import open_key
    from praxigen.exports.redaction import to_json, to_report
    from praxigen.redaction import Dates

    service = _day(day)
    refuse_overwrite(output, notes)
    path = key or Path(click.get_app_dir("praxigen")) / "redaction.key"
    _refuse_same(path, (*notes, *([str(output)] if output else [])))
    form = form or _form_of(output)
    document = open_notes(notes, password)
    secret, made = open_key(path) if dates == "shift" else (b"", False)
    done = mask_identifiers(document, secret, subject=subject, dates=Dates(dates), keep_weekday=keep_weekday)
    text = to_json(done, service) if form == "json" else done.copy
    if output is not None:
        write_file(output, text)
    else:
        show(text)
    if made:
        click.echo(f"The key is new and lies in {path}. Whoever has it can move the dates back.", err=True)
    click.echo(to_report(done, service), err=True, nl=False)


def _day(text: str | None) -> date | None:
    from datetime import date

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is not a date", "Write it as year-month-day, for example 2026-08-03.") from None


def _form_of(output: Path | None) -> str:
    ending = output.suffix.lower() if output is not None else ""
    if ending not in _ENDINGS:
        hint = "The copy is text: name it .txt or .json, or say with --format what to write."
        raise UsageError(f"{output}: a masked copy cannot be of the kind {ending!r}", hint)
    return _ENDINGS[ending]


def _refuse_same(key: Path, others: tuple[str, ...]) -> None:
    """Raise UsageError where the key file is a note or the output."""
    for other in others:
        path = Path(other)
        if other != "-" and (
            path.absolute() == key.absolute() or (path.exists() and key.exists() and key.samefile(path))
        ):
            raise UsageError(f"{key} cannot be the key and a note or the copy at once", "Give --key another file.")
