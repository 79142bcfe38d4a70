"""praxigen request-letter: the initial letter of medical necessity, from the chart and the policy."""

from __future__ import annotations

from typing import Any

import click

from praxigen.cli.letter_options import Asked, called, check_chart, deliver, letter_options, told_by


@click.command("request-letter")
@letter_options
def request_letter(**options: Any) -> int:
    """Draft the initial letter of medical necessity: each criterion with the chart's words.

    What the chart does not show becomes a placeholder with the question to ask, never a claim. Nothing is sent.
    --final needs the decision of a person about every criterion (--dispositions).

    \b
    Examples:
      praxigen request-letter --chart note.txt --payer qualcare --code 63650 --stage trial \\
          --date-of-service 2026-08-03 --date 2026-07-24 --practice practice.yaml -o request.docx
    """
    from praxigen.letters.composing.compose import compose
    from praxigen.letters.composing.gather import gather
    from praxigen.letters.composing.letter import LetterKind

    asked = Asked(**options)
    report, library = check_chart(asked)
    matter = gather(report, called(report, library), told_by(asked), literature=library.literature())
    return deliver(compose(matter, LetterKind.REQUEST, asked.templates), matter, asked)
