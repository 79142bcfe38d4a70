"""Criteria of several payers side by side, for a terminal, as Markdown and as one HTML page."""

from __future__ import annotations

from typing import TextIO

from rich.box import SIMPLE
from rich.table import Table
from rich.text import Text

from praxigen.exports.blocks import markdown
from praxigen.exports.comparison import DISCLAIMER, Entry, Line, entries, heads
from praxigen.exports.inline import csp_hash, data, template
from praxigen.exports.safe_text import printable
from praxigen.exports.sheet import Sheet, terminal
from praxigen.library.compare import Comparison

_NAME = 20  # characters of the column of names
_LEAST = 22  # characters that a column of criteria needs


def write_text(comparison: Comparison, stream: TextIO) -> None:
    """Write the table; payer under payer where they do not fit beside each other."""
    sheet = Sheet(terminal(stream))
    names, rows = heads(comparison), entries(comparison)
    sheet.line(title(comparison), "bold")
    if sheet.console.width >= _NAME + (_LEAST + 2) * len(names):
        _table(sheet, names, rows)
    else:
        _list(sheet, comparison, rows)
    sheet.gap()
    sheet.line(DISCLAIMER, "italic")


def to_markdown(comparison: Comparison) -> str:
    """The table as Markdown; lines of one cell are parted by line breaks."""
    names = heads(comparison)
    lines = [
        f"# {markdown(title(comparison))}",
        "",
        _row(["", *map(markdown, names)]),
        _row(["---"] * (len(names) + 1)),
    ]
    for entry in entries(comparison):
        cells = ["<br>".join(_said(line) for line in cell) for cell in entry.cells]
        lines.append(_row([f"**{markdown(entry.name)}**", *cells]))
    return "\n".join([*lines, "", markdown(DISCLAIMER), ""])


def to_html(comparison: Comparison) -> str:
    """The table as one HTML page that loads nothing."""
    style = data("report.css") + data("sheet.css")
    return template("comparison.html.jinja").render(
        title=title(comparison),
        names=heads(comparison),
        rows=entries(comparison),
        disclaimer=DISCLAIMER,
        style=style,
        style_hash=csp_hash(style),
    )


def title(comparison: Comparison) -> str:
    """What is compared."""
    return f"Criteria for code {comparison.code}, payer beside payer"


def _table(sheet: Sheet, names: tuple[str, ...], rows: tuple[Entry, ...]) -> None:
    table = Table(box=SIMPLE, expand=True, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column("", width=_NAME, no_wrap=False)
    for name in names:
        table.add_column(Text(printable(name)), ratio=1, min_width=_LEAST)
    group = ""
    for entry in rows:
        if entry.group != group and group:
            table.add_section()
        group = entry.group
        table.add_row(Text(printable(entry.name), "bold"), *map(_cell, entry.cells))
    sheet.gap()
    sheet.console.print(table)


def _cell(lines: tuple[Line, ...]) -> Text:
    text = Text()
    for number, line in enumerate(lines):
        mark = "- " if len(lines) > 1 and not line.quiet else ""
        text.append(("\n" if number else "") + mark + printable(line.text), "dim" if line.quiet else "")
    return text


def _list(sheet: Sheet, comparison: Comparison, rows: tuple[Entry, ...]) -> None:
    """Payer under payer; what two columns of one payer share is said once."""
    for entry in rows:
        sheet.heading(entry.name)
        shared: dict[tuple[str, str], list[str]] = {}
        for column, cell in zip(comparison.columns, entry.cells, strict=True):
            key = (column.payer.name, "; ".join(line.text for line in cell))
            shared.setdefault(key, []).append(column.about)
        for (payer, said), about in shared.items():
            parts = ", ".join(part for part in about if part)
            sheet.item(f"{payer} ({parts}): {said}" if parts else f"{payer}: {said}")


def _said(line: Line) -> str:
    return f"*{markdown(line.text)}*" if line.quiet else markdown(line.text)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
