"""praxigen p2p: the sheet for the physician's call with the payer's reviewer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from praxigen.cli.letter_options import Asked, answer_options, write_out
from praxigen.errors import EXIT_MET


@click.command("p2p")
@click.option(
    "--blank-call", "blank_call", type=click.Path(path_type=Path), metavar="FILE",
    help="Write the form for what the reviewer says, as a file that --call reads.",
)  # fmt: skip
@answer_options
def p2p(blank_call: Path | None, **options: Any) -> int:
    """Print the sheet for a peer-to-peer call: weak points first.

    Then the reason word by word, each criterion with its words, what the chart lacks, likely questions and the ask. One
    page, and a form behind it for what the reviewer says; `praxigen appeal --call FILE` repeats what was said.

    \b
    Examples:
      praxigen p2p --denial letter.pdf --chart chart.pdf --output call.pdf
    """
    from praxigen.cli.answered import answered_matter
    from praxigen.cli.output import write_file
    from praxigen.letters.composing.call import BLANK
    from praxigen.letters.composing.letter import LetterKind
    from praxigen.letters.composing.sheet import call_sheet

    asked = Asked(**options)
    matter, _ = answered_matter(asked, LetterKind.LEVEL_1.value, LetterKind.LEVEL_1)
    sheet = call_sheet(matter)
    if blank_call is not None:
        write_file(blank_call, BLANK)
    write_out(sheet, asked, draft=False)
    return EXIT_MET
