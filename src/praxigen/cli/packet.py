"""praxigen packet: cover sheet, letter, checklist and the chart pages that answer a criterion, as one PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from praxigen.cli.appeal import KINDS
from praxigen.cli.letter_options import Asked, answer_options, stands_against
from praxigen.cli.output import write_file
from praxigen.errors import EXIT_GAPS, EXIT_MET, UsageError

if TYPE_CHECKING:
    from praxigen.model.document import Document


@click.command("packet")
@click.option(
    "--kind", type=click.Choice(("request", *KINDS)), help="Which letter; else what the answer needs, or request."
)
@click.option("--with-protected", is_flag=True, help="Include pages that may be psychotherapy notes.")
@answer_options
def packet(kind: str | None, with_protected: bool, **options: Any) -> int:
    """Assemble a request or appeal as one PDF: cover sheet, letter, checklist, and the pages that answer a criterion.

    Every other page of the chart stays out. Pages that look like psychotherapy notes are left out and named. Nothing
    is sent.

    \b
    Examples:
      praxigen packet --chart chart.pdf --payer qualcare --code 63650 --stage trial \\
          --date-of-service 2026-08-03 --practice practice.yaml --output packet.pdf
    """
    from praxigen.cli.answered import answered_matter
    from praxigen.letters.composing.compose import compose
    from praxigen.letters.composing.letter import LetterKind
    from praxigen.letters.composing.packet import pack
    from praxigen.letters.composing.protected import protected_records
    from praxigen.letters.composing.writers.packet import to_packet

    asked = Asked(**options)
    if asked.output is None or asked.output.suffix.lower() != ".pdf":
        raise UsageError("a packet is a PDF", "Give --output FILE.pdf.")
    matter, chosen = answered_matter(asked, kind, LetterKind.REQUEST)
    letter = compose(matter, chosen, asked.templates)
    made = pack(matter, letter, with_protected=with_protected, classes=protected_records(asked.folders))
    for warning in made.warnings:
        click.echo(f"praxigen: {warning}", err=True)
    if asked.final and stands_against(letter, matter):
        return EXIT_GAPS
    stamp = ", ".join(each.value for each in matter.references) or matter.payer_name
    document = matter.report.document
    sources = _sources(document, asked.chart)
    write_file(asked.output, to_packet(made, document, sources, draft=not asked.final, stamp=stamp))
    pages = len(made.exhibits)
    click.echo(
        f"{'final' if asked.final else 'draft'}: {letter.title}, {pages} exhibits, is in {asked.output}", err=True
    )
    return EXIT_MET


def _sources(document: Document, chart: tuple[str, ...]) -> Mapping[str, Path]:
    """The PDFs of the chart that lie on this machine as they were read, by the names that the chart gives them."""
    import hashlib

    hashes = {file.name: file.sha256 for file in document.files if file.kind == "pdf"}
    found: dict[str, Path] = {}
    for given in map(Path, chart):
        inner = sorted(path for path in given.rglob("*") if path.is_file()) if given.is_dir() else [given]
        for path in inner:
            name = path.relative_to(given).as_posix() if given.is_dir() else path.name
            if name in hashes and hashlib.sha256(path.read_bytes()).hexdigest() == hashes[name]:
                found[name] = path
    return found
