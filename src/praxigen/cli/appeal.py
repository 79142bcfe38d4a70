"""praxigen appeal: the letter that answers a payer's decision, argued from the payer's own policy."""

from __future__ import annotations

from typing import Any

import click

from praxigen.cli.letter_options import Asked, answer_options, deliver

KINDS = (
    "appeal-level-1", "appeal-level-2", "appeal-expedited", "external-review", "missing-information",
    "corrected-request", "retro-authorization", "benefit-question", "ask-for-the-reason",
)  # fmt: skip


@click.command("appeal")
@click.option("--kind", type=click.Choice(KINDS), help="Which letter; else the one that answers the decision.")
@answer_options
def appeal(kind: str | None, **options: Any) -> int:
    """Draft the letter that answers a payer's decision, from the chart and the payer's own policy.

    It answers the stated reason first, then shows each criterion with the chart's words. Where an appeal is the wrong
    remedy it says so and drafts the right one. What the chart does not show becomes a question in brackets, never a
    claim. Nothing is sent. --final needs the decision of a person about every criterion (--dispositions).

    \b
    Examples:
      praxigen appeal --denial letter.pdf --chart chart.pdf --received 2026-10-06 --date 2026-10-20 -o appeal.docx
      praxigen appeal --reason "Six months of conservative care are not documented." --chart note.txt \\
          --payer qualcare --code 63650 --stage trial --date-of-service 2026-08-03 -o appeal.docx
    """
    from praxigen.cli.answered import answered_matter
    from praxigen.letters.composing.compose import compose
    from praxigen.letters.composing.letter import LetterKind

    asked = Asked(**options)
    matter, chosen = answered_matter(asked, kind, LetterKind.LEVEL_1)
    return deliver(compose(matter, chosen, asked.templates), matter, asked)
