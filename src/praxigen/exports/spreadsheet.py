"""Tables as CSV (RFC 4180) that a spreadsheet opens as text: no cell of it is ever run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that begins with one of these may be run by a spreadsheet, also behind blanks and what nobody sees.
_RUN = frozenset("=+-@\t\r\n\0|%\uff1d\uff0b\uff0d\uff20")
_UNSEEN = "\ufeff\u200b\u2060\u00a0"
Cell = str | int | float | None


def to_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """The rows, every cell quoted, lines ended as the standard says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(each) for each in row])
    return out.getvalue()


def safe_cell(value: Cell) -> str:
    """The value as text; behind an apostrophe where it could be taken for a formula. Numbers of ours stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    first = value.lstrip(" " + _UNSEEN)[:1]
    text = value.replace("\0", "")
    return f"'{text}" if value[:1] in _RUN or first in _RUN else text
