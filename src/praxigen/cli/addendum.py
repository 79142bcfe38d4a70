"""praxigen addendum: the open questions as a sheet for the clinician, and the answered sheet as a part of the chart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from praxigen.cli.letter_options import Asked, called, check_chart, letter_options, read_day, told_by, write_out
from praxigen.cli.output import refuse_overwrite, show, write_file
from praxigen.errors import EXIT_MET, UsageError


@click.command("addendum")
@click.option(
    "--read", "answered", metavar="SHEET", help="Read an answered sheet, and write it as a part of the chart."
)
@letter_options
def addendum(answered: str | None, **options: Any) -> int:
    """Print the neutral questions of a check as a sheet to answer, or read the answered sheet (--read).

    The answered sheet has to be dated and signed. It becomes a note of its own, with the answers alone; give it to
    check or appeal as one more --chart.

    \b
    Examples:
      praxigen addendum --chart note.txt --payer qualcare --code 63650 --date-of-service 2026-08-03 -o sheet.docx
      praxigen addendum --read sheet.docx --date 2026-08-10 --output addendum.txt
    """
    asked = Asked(**options)
    return _take_in(answered, asked) if answered else _print(asked)


def _print(asked: Asked) -> int:
    from praxigen.letters.composing.addendum import addendum_sheet
    from praxigen.letters.composing.gather import gather

    report, library = check_chart(asked)
    matter = gather(report, called(report, library), told_by(asked))
    write_out(addendum_sheet(matter), asked, draft=False)
    return EXIT_MET


def _take_in(answered: str, asked: Asked) -> int:
    from praxigen.documents import read_document
    from praxigen.letters.composing.addendum import read_addendum

    output: Path | None = asked.output
    if output is not None and output.suffix.lower() != ".txt":
        raise UsageError("an addendum is written as text", "Give --output FILE.txt.")
    refuse_overwrite(output, (answered,))
    found = read_addendum(read_document(answered, password=asked.password), read_day(asked.written_on, "--date"))
    if output is None:
        show(found.text())
    else:
        write_file(output, found.text())
        click.echo(f"{len(found.answers)} answers of {found.on.isoformat()} are in {output}", err=True)
    return EXIT_MET
