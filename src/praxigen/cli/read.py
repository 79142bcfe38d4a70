"""praxigen read: what the reader finds in a note, for people who look for its mistakes."""

from __future__ import annotations

import sys

import click

from praxigen.cli.options import format_option, notes_argument, ocr_options, password_option
from praxigen.cli.output import open_notes, show


@click.command("read")
@notes_argument
@click.option("--explain", is_flag=True, help="Show the rule, section and reading behind each finding.")
@password_option
@ocr_options
@format_option("text", "json", "html")
def read(notes: tuple[str, ...], explain: bool, password: str | None, no_ocr: bool, ocr_cache: bool, form: str) -> None:
    """Show what is found in NOTES: files, folders or ZIPs as one chart, or - for standard input.

    The same finding from several rules is shown once; JSON keeps every fact. HTML is one page, with the note beside the
    findings.

    \b
    Examples:
      praxigen read note.txt --explain
      praxigen read note.txt --explain --format html > findings.html
    """
    from praxigen.api import find_facts
    from praxigen.exports.findings import to_json, write_text

    document = open_notes(notes, password, no_ocr=no_ocr, ocr_cache=ocr_cache)
    facts = find_facts(document)
    if form == "json":
        show(to_json(document, facts))
    elif form == "html":
        from praxigen.exports.findings_html import to_html

        show(to_html(document, facts, explain=explain))
    else:
        write_text(document, facts, sys.stdout, explain=explain)
