"""praxigen read: what the reader finds in a note, for people who look for its mistakes."""

from __future__ import annotations

import sys

import click

from praxigen.cli.options import format_option
from praxigen.cli.output import show


@click.command("read")
@click.argument("note")
@click.option("--explain", is_flag=True, help="Show the rule, section and reading behind each finding.")
@format_option("text", "json")
def read(note: str, explain: bool, form: str) -> None:
    """Show what is found in NOTE, a text file or - for standard input.

    \b
    Example:
      praxigen read note.txt --explain
    """
    from praxigen.api import find_facts
    from praxigen.documents import read_document
    from praxigen.exports.findings import to_json, write_text

    document = read_document(note)
    facts = find_facts(document)
    if form == "json":
        show(to_json(document, facts))
    else:
        write_text(document, facts, sys.stdout, explain=explain)
