"""Tables of treatments: which column tells when each began and ended and what it did.

Rows are lines whose cells stand between upright strokes, tabs, wide gaps, slashes or semicolons. A table begins with a
line that names its columns; what stands over a column says what its cells mean, so that "10/2025" is the end of a
course and "none" is its result.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from praxigen.lexicon.words import phrase_words
from praxigen.reading.patterns import Pattern

TREATMENT = "column.treatment"
OTHER = "column.other"
_TELLING = frozenset({"column.started", "column.stopped", "column.dates", "column.result"})
_RULE = Pattern(r"[\s|+:=_\-–—]*")
_LONGEST_LINE = 240  # characters
_MOST_NAMED = 5  # words over a column
_MARKS = Pattern(r"[*:?#()\[\]]+")
# What may separate cells, the least ambiguous first, and how many cells a line must then have.
_SEPARATORS = (
    (Pattern(r"[ \t]*\|[ \t]*"), 2),
    (Pattern(r" *\t[ \t]*"), 2),
    (Pattern(r" {2,}"), 2),
    (Pattern(r" */ +"), 3),
    (Pattern(r" *; *"), 3),
    (Pattern(r" +[-–—] +"), 3),
    (Pattern(r" *, *"), 3),
)
_WIDE = _SEPARATORS[2][0]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: where it begins and ends, and its cells in order, each with the name of its column.

    `head` is where the table begins: what stands right above it says whose treatments they are.
    """

    start: int
    end: int
    cells: tuple[tuple[str, int, int], ...]
    head: int

    def of(self, column: str) -> Iterator[tuple[int, int]]:
        """Where the cells of a column begin and end."""
        return ((start, end) for name, start, end in self.cells if name == column)


class Tables:
    """The rows of every table of treatments in a text."""

    def __init__(self, text: str, names: Mapping[tuple[str, ...], str]) -> None:
        """`names` says what the words over a column mean."""
        self.rows: list[Row] = list(_rows(text, names)) if _may_hold(text) else []
        self._starts = [row.start for row in self.rows]

    def row_at(self, offset: int) -> Row | None:
        """The row that holds a place of the text."""
        at = bisect_right(self._starts, offset) - 1
        return self.rows[at] if at >= 0 and offset < self.rows[at].end else None


_HEADED = Pattern(
    r"\b(?:medic|drug|treat|therap|modal|agent|interven|proced|item|care|[rt]x\b|meds?\b|tried|name|type|injec)",
    re.IGNORECASE,
)
_TELLS = Pattern(
    r"(?:start|began|begin|begun|from|date|initiat|since|stop|end|until|disc|d/c|dc\b|when|time|period|durat|length"
    r"|how long"
    r"|resp|result|outcome|effect|effic|relief|benefit|help|comment|note|reason|why|status)[^\n]*",
    re.IGNORECASE,
)


def _may_hold(text: str) -> bool:
    return (
        _FIRST_FIELD.search(text) is not None
        or "|" in text
        or "\t" in text
        or "   " in text
        or _NAMES_COLUMNS.search(text) is not None
    )


_FIRST_FIELD = Pattern(
    r"\n[ \t*•-]*(?:Medic|Drug|Treat|Therap|Modal|MEDIC|DRUG|TREAT|THERAP|Agent|Name|NAME)[A-Za-z ]{0,18}:[^\n]{2,80}\n"
    r"[ \t*•-]*[A-Z][A-Za-z/' ]{1,28}:"
)
# Where nothing wider separates the cells, the words over the columns follow each other directly.
_NAMES_COLUMNS = Pattern(
    r"(?m)^[ \t]*(?:Medic|Drug|Treat|Therap|Modal|Agent|Interv|Proced|Name|Type|Injec|MEDIC|DRUG|TREAT|THERAP|INTERV)"
    r"[A-Za-z ]{0,20}(?: ?/ |; ?| [-–] |, ?)[^\n]{3,80}$"
)


def _rows(text: str, names: Mapping[tuple[str, ...], str]) -> Iterator[Row]:
    columns: list[tuple[str, int]] | None = None  # their names, and how far from the line's beginning each stands
    separator, least = _SEPARATORS[0]
    empty = 0
    top = 0
    at = 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        start, at = at, stop + 1
        if stop - start > _LONGEST_LINE:
            columns = None
            continue
        line = text[start:stop]
        if not line.strip():
            empty += 1
            continue
        fields = _fields(text, start, line, names)
        if fields is not None:
            yield fields
            at = fields.end + 1
            columns = None
            continue
        head = _columns(line, names)
        if head is not None:
            columns, separator, least = head
            empty, top = 0, start
            continue
        if columns is None or (_RULE.fullmatch(line) and empty == 0):
            continue
        cells = _cells(line, separator)
        if empty > 1 or len(cells) < min(least, 2):
            columns = None
            continue
        empty = 0
        placed = _placed(cells, columns, separator)
        yield Row(start, stop, tuple((name, start + first, start + last) for name, first, last in placed), top)


_FIELD = Pattern(r"[ \t*•-]*([A-Za-z][A-Za-z/' ]{1,28}?)[ \t]*:[ \t]*([^\n]*?)[ \t\r]*(?:\n|$)")
_MOST_FIELDS = 8
_LEAST_FIELDS = 3


def _fields(text: str, start: int, line: str, names: Mapping[tuple[str, ...], str]) -> Row | None:
    """One treatment with a line for each thing that is told of it: "Medication: ...", "Started: ...", "Result: ..."."""
    if ":" not in line or _HEADED.search(line) is None:
        return None
    cells: list[tuple[str, int, int]] = []
    at = start
    while len(cells) < _MOST_FIELDS and (match := _FIELD.match(text, at)) is not None:
        name = _named(match[1], names)
        if not name or (name == TREATMENT) is not (not cells):
            break
        cells.append((name, match.start(2), match.end(2)))
        at = match.end()
    if len(cells) < _LEAST_FIELDS or not any(name in _TELLING for name, _, _ in cells):
        return None
    return Row(start, cells[-1][2], tuple(cells), start)


def _columns(line: str, names: Mapping[tuple[str, ...], str]) -> tuple[list[tuple[str, int]], Pattern, int] | None:
    """The columns that a line names, with what separates them; None where it is not the head of a table."""
    if "." in line[:-1] or _TELLS.search(line) is None or _HEADED.search(line) is None:
        return None
    for separator, least in _SEPARATORS:
        cells = _cells(line, separator)
        if len(cells) < least:
            continue
        found = [(_named(line[first:last], names), first) for first, last in cells]
        named = {name for name, _ in found if name}
        clear = separator in (_SEPARATORS[0][0], _SEPARATORS[1][0]) or all(name for name, _ in found)
        if TREATMENT in named and named & _TELLING and clear:
            return [(name or OTHER, first) for name, first in found], separator, least
    return None


def _named(cell: str, names: Mapping[tuple[str, ...], str]) -> str:
    words = phrase_words(_MARKS.sub(" ", cell))
    if not 0 < len(words) <= 2 * _MOST_NAMED:
        return ""
    plain = tuple(word for word in words if word not in ("/", "&", "and"))
    name = names.get(phrase_words(cell), "") or names.get(words, "") or names.get(plain, "")
    return name if name.startswith("column.") else ""


def _cells(line: str, separator: Pattern) -> list[tuple[int, int]]:
    """Where the cells of a line begin and end; an empty cell between two strokes is one, too."""
    inside = line.strip(" \r") if separator is not _SEPARATORS[1][0] else line.rstrip()
    shift = line.find(inside) if inside else 0
    strokes = separator is _SEPARATORS[0][0]
    found: list[tuple[int, int]] = []
    at = 0
    for match in separator.finditer(inside):
        if not (strokes and match.start() == 0):
            found.append((shift + at, shift + match.start()))
        at = match.end()
    if at < len(inside) or not strokes:
        found.append((shift + at, shift + len(inside)))
    return found


def _placed(
    cells: list[tuple[int, int]], columns: list[tuple[str, int]], separator: Pattern
) -> Iterator[tuple[str, int, int]]:
    """Each cell with its column: by its number, or under which it stands where a gap may be an empty cell."""
    if separator is not _WIDE or len(cells) == len(columns):
        for (name, _), (first, last) in zip(columns, cells, strict=False):
            yield name, first, last
        if len(cells) > len(columns):  # a comma inside the last cell
            return
        return
    starts = [start for _, start in columns]
    for first, last in cells:
        at = min(range(len(starts)), key=lambda index: abs(starts[index] - first))
        yield columns[at][0], first, last
