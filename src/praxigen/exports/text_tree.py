"""The criteria tree as text: the answer in a column of its own, so that a page can be read down like a checklist."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from praxigen.exports import places, words
from praxigen.exports.outline import Role, Row, Tone
from praxigen.exports.safe_text import printable
from praxigen.exports.sheet import Sheet
from praxigen.model.document import Document, Quote
from praxigen.model.report import NearMiss

STYLES = {
    Tone.GOOD: "bold green",
    Tone.BAD: "bold red",
    Tone.OPEN: "bold yellow",
    Tone.ASIDE: "bold cyan",
    Tone.QUIET: "dim",
}
_ANSWER = 16
_UNDER = 3
_LEADS = {Role.WAIVER: "Waived if: ", Role.CONDITION: "Asked only if: "}


def write_tree(sheet: Sheet, document: Document, root: Row) -> None:
    """Every criterion with its answer, reason, quotes and near misses."""
    lead = _LEADS.get(root.role, "") if _opens_aside(root) else ""
    _write_row(sheet, document, root, lead)
    if root.folded:
        return
    for child in root.children:
        write_tree(sheet, document, child)


def place(document: Document, quote: Quote) -> str:
    """Where a quote stands: file, page and line, and its characters counted from 0."""
    return f"{printable(places.place(document, quote.start))} ({quote.start}-{quote.end})"


def near_lines(document: Document, near: tuple[NearMiss, ...]) -> list[Text]:
    """What was found and does not count, and why."""
    lines = []
    for miss in near:
        lines.append(Text(f"found, but does not count: {words.REASONS[miss.reason]}", "yellow"))
        lines.extend(quote_text(document, quote) for quote in miss.quotes)
    return lines


def quote_text(document: Document, quote: Quote) -> Text:
    """A quote with its place."""
    told = Text.assemble((f'"{printable(quote.text)}"', "italic"), (f"  {place(document, quote)}", "dim"))
    doubt = places.doubt(document, quote)
    if doubt:
        told.append(f" [{printable(doubt)}]", "yellow")
    return told


def _opens_aside(row: Row) -> bool:
    return row.number.endswith(("w", "c"))


def _write_row(sheet: Sheet, document: Document, row: Row, lead: str) -> None:
    answer = Text(row.label.upper(), STYLES[row.tone])
    group = f" ({row.group})" if row.group else ""
    number = f"{row.number}  " if row.number else ""
    title = Text.assemble((lead + printable(row.criterion.says), "bold"), (group, "dim"))
    indent = 2 + row.depth if sheet.narrow else _ANSWER + 2 * row.depth
    if sheet.narrow:
        sheet.block(answer)
        answer = Text("")
    answer.append(" " * (indent - answer.cell_len))
    answer.append(number, "dim")
    sheet.block(title, indent + len(number), answer)
    for line in _under(document, row):
        sheet.block(line, indent + _UNDER)


def _under(document: Document, row: Row) -> Iterator[Text]:
    if row.reason:
        yield Text(row.reason)
    if row.caveat:
        yield Text(row.caveat, "yellow")
    if row.source is not None:
        yield Text(f"source: {printable(words.cite(row.source))}", "dim")
    for quote in row.quotes:
        yield quote_text(document, quote)
    yield from near_lines(document, row.near)
