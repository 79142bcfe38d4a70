"""praxigen check: a note against the criteria of one payer."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from praxigen.cli.options import date_option, library_option, notes_argument, ocr_options, open_library, password_option
from praxigen.cli.output import open_notes, refuse_overwrite, show, write_file
from praxigen.errors import EXIT_GAPS, EXIT_MET, EXIT_NO_PUBLIC_CRITERIA, UsageError
from praxigen.model.answer import Verdict
from praxigen.model.report import Report

_EXITS = {Verdict.MET: EXIT_MET, Verdict.NO_PUBLIC_CRITERIA: EXIT_NO_PUBLIC_CRITERIA}
_FORMATS = ("text", "json", "html", "pdf")
_ENDINGS = {"": "text", ".txt": "text", ".json": "json", ".html": "html", ".htm": "html", ".pdf": "pdf"}


@click.command("check")
@notes_argument
@click.option("--payer", required=True, help="Who pays: an id, name or alias, for example qualcare.")
@click.option("--code", "codes", required=True, multiple=True, help="A CPT or HCPCS code. Repeat it for several.")
@click.option("--plan", help="Plan type, for example medicare_advantage; else the payer's only one, or commercial.")
@date_option
@click.option(
    "--stage",
    help="Where the criteria depend on it: trial, permanent, initial, repeat, diagnostic ...; a wrong word lists all.",
)
@click.option("--side", help="Requested side: left, right or bilateral. A chart that speaks of another is warned of.")
@click.option("--level", "levels", multiple=True, metavar="L4-L5", help="Requested level. Repeat it for several.")
@click.option("--attest", "attested", metavar="ID", multiple=True, help="A criterion that a person attests.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Else the ending of --output decides.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE, whole or not at all.")
@password_option
@ocr_options
@library_option
def check_note(
    notes: tuple[str, ...],
    payer: str,
    codes: tuple[str, ...],
    plan: str | None,
    day: str | None,
    stage: str | None,
    side: str | None,
    levels: tuple[str, ...],
    attested: tuple[str, ...],
    form: str | None,
    output: Path | None,
    password: str | None,
    no_ocr: bool,
    ocr_cache: bool,
    folders: tuple[Path, ...],
) -> int:
    """Check NOTES against a payer's criteria: files, folders or ZIPs as one chart, or - for standard input.

    Reads text, PDF, Word (DOCX), RTF, HTML, C-CDA, FHIR and HL7 v2, by what a file holds and not by its name.

    HTML shows the evidence on the pages of a PDF or scan; PDF is a copy of the chart with highlights and bookmarks.

    Shows the requirement, each criterion with its answer and the words of the note, and what to ask where the note is
    silent. Exits with 0 where every criterion is met, 1 where there are gaps, 4 where no criteria are public.

    \b
    Examples:
      praxigen check note.txt --payer qualcare --code 63650 --stage trial
      praxigen check note.txt --payer qualcare --code 63047 --date-of-service 2026-08-03 --output report.html
      praxigen check note.pdf mri.docx --payer qualcare --code 63047 --output marked.pdf
      cat note.txt | praxigen check - --payer qualcare --code 63047 --format json
    """
    from praxigen.api import check
    from praxigen.model.request import Request

    refuse_overwrite(output, notes)
    form = form or _form_of(output)
    library = open_library(folders)
    plan = plan or library.usual_plan(payer)
    request = Request(payer, codes, plan=plan, date=day, stage=stage, attested=attested, side=side, levels=levels)
    report = check(open_notes(notes, password, no_ocr=no_ocr, ocr_cache=ocr_cache), request, library)
    name = library.payer(report.requirement.payer).name
    if output is not None:
        write_file(output, _render(report, form, name, password))
        click.echo(f"{report.verdict.value}: the report is in {output}", err=True)
    elif form == "text":
        from praxigen.exports.text import write_text

        write_text(report, sys.stdout, name)
    else:
        show(_render(report, form, name, password))
    return _EXITS.get(report.verdict, EXIT_GAPS)


def _form_of(output: Path | None) -> str:
    ending = output.suffix.lower() if output is not None else ""
    if ending not in _ENDINGS:
        hint = "Name it .html, .pdf, .json or .txt, or say with --format what to write."
        raise UsageError(f"{output}: there is no report of the kind {ending!r}", hint)
    return _ENDINGS[ending]


def _render(report: Report, form: str, payer: str, password: str | None) -> str | bytes:
    if form == "json":
        from praxigen.exports.json_report import to_json

        return to_json(report)
    if form == "html":
        from praxigen.exports.html_report import evidence_pages, to_html

        return to_html(report, payer, _pictures(report, evidence_pages(report), password))
    if form == "pdf":
        from praxigen.exports.marked_pdf import to_pdf

        return to_pdf(report, payer, password=password)
    from praxigen.exports.text import to_text

    return to_text(report, payer)


def _pictures(report: Report, pages: tuple[int, ...], password: str | None) -> dict[int, bytes]:
    """Pictures of the pages with evidence; none for a note that has no pages to show."""
    if not any(file.data for file in report.document.files):
        return {}
    from praxigen.documents.marking import page_pictures

    return page_pictures(report.document, pages, password)
