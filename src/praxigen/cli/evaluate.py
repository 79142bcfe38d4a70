"""praxigen evaluate: how often the reader and the engine are right on labelled notes."""

from __future__ import annotations

import json
from pathlib import Path

import click

from praxigen.cli.options import format_option
from praxigen.cli.output import show

_File = click.Path(path_type=Path)


@click.command("evaluate")
@click.argument("labels", type=_File)
@click.option("--notes", required=True, type=_File, help="The notes: JSON lines with id and text.")
@click.option("--guideline", type=_File, help="The questions as a guideline file; by default the shipped ones.")
@click.option("--errors", is_flag=True, help="List every answer that the labels do not accept (text only).")
@format_option("text", "json")
def evaluate(labels: Path, notes: Path, guideline: Path | None, errors: bool, form: str) -> None:
    """Score the answers to LABELS, JSON lines of labelled notes, beside a baseline that never answers.

    \b
    Example:
      praxigen evaluate benchmarks/labelled/public_labels.jsonl --notes benchmarks/labelled/public_notes.jsonl
    """
    from praxigen.evaluation import as_json, as_text, evaluate_files, lost_quotes

    rows = evaluate_files(labels, notes, guideline)
    lost = lost_quotes(rows)
    if lost:
        click.echo(f"praxigen: warning: {lost}\n  Copy quotes exactly as they stand in the note.", err=True)
    show(json.dumps(as_json(rows), indent=2) + "\n" if form == "json" else as_text(rows, errors=errors))
