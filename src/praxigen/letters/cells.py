"""The labelled values of a page however it sets them: behind colons, dots or gaps, in boxes, under the heads"
" of columns.

A letter names its facts in a form that every payer lays out anew. `cells` takes a page apart into labels and values by
layout alone; `families.field_of` says which field a label stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from praxigen.documents.dates import DAY
from praxigen.letters.families import MOST_WORDS, field_of
from praxigen.letters.view import Letter

# A column begins behind two spaces, a tab or the line of a box.
_TOKEN = re.compile(r"[^\s|](?:[^\n\t|]*?[^\s|])??(?=[ ]{2,}|[ ]?\t|[ ]*\||[ ]*$)", re.MULTILINE)
_LINE = re.compile(r"[^\n]+")
_RULE = re.compile(r"[\s|+_=\u2500-\u257f*.-]*")
_RULED = re.compile(r"[-_=\u2500-\u257f]{5}")
_MARK = re.compile(r"(?:[-*\u2022>]+|\[[ xX]?\]|\(?\d{1,2}[.)])[ ]+")
_RE = re.compile(r"(?:re|subject|regarding|in re)[ ]?:[ ]*", re.IGNORECASE)
_COLON = re.compile(
    r"[ ]?:(?!//)(?!\d\d(?:\D|$))|[ ]?#:?[ ]?(?=[A-Z0-9])|[ ]?\.{3,}[ ]*:?|[ ]=[ ]|[ ][-\u2013\u2014][ ]"
)
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(rf"(?P<day>{DAY})|(?P<id>(?=[A-Z./-]*\d)[A-Z0-9][A-Z0-9./-]*[A-Z0-9])(?![\w-])", re.IGNORECASE)
_ROWS = 12  # of a table that are read under its head
_FEWEST_HEADS = 2
_MOST_IN_HEAD = 4  # words of the head of a column
_DAY_FIELDS = frozenset({"birth", "date_of_service", "request_date", "decision_date"})
_ID_FIELDS = ("member_id", "group_number", "reference.")


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and its value, by their places in the document; `field` as of `families`; `row` counts a table's rows."""

    field: str
    label: int
    start: int
    end: int
    row: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a line: what stands between gaps, tabs or the lines of a box."""

    start: int
    end: int
    text: str


def cells(letter: Letter) -> tuple[Cell, ...]:
    """Every labelled value of a letter whose label is known, in order of place."""
    return letter.kept("cells", lambda: _settled(letter))


def cells_of(letter: Letter, field: str) -> Iterator[Cell]:
    """The labelled values of one field that are not empty."""
    for cell in cells(letter):
        if cell.field == field and letter.text[cell.start : cell.end].strip():
            yield cell


def columns(letter: Letter) -> tuple[tuple[Column, ...], ...]:
    """The columns of every line that has any, in order."""
    return letter.kept("columns", lambda: tuple(_lines(letter)))


def _lines(letter: Letter) -> Iterator[tuple[Column, ...]]:
    for line in _LINE.finditer(letter.text, letter.start, letter.end):
        if found := tuple(_tokens(letter, line.start(), line.end())):
            yield found


def value_end(letter: Letter, start: int, end: int) -> int:
    """Where a value that begins at `start` ends at the latest: before the next label on its line."""
    labels = letter.kept("labels", lambda: sorted(cell.label for cell in cells(letter)))
    at = bisect_left(labels, start + 1)
    return min(end, labels[at]) if at < len(labels) else end


def _settled(letter: Letter) -> tuple[Cell, ...]:
    """The cells by layout, and those in running words whose label is not in one of them already."""
    laid = list(_cells(letter))
    taken = [(cell.label, cell.start, cell.end) for cell in laid]
    told = [
        cell
        for cell in _in_words(letter)
        if not any(cell.start == start or cell.label < start <= cell.start for _, start, _ in taken)
    ]
    return tuple(sorted([*laid, *told], key=lambda cell: (cell.start, cell.label)))


def _cells(letter: Letter) -> Iterator[Cell]:
    lines = columns(letter)
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else ()
        if _is_head(line):
            yield from _table(letter, line, lines[at + 1 :])
            continue
        yield from _of_line(letter, line, below)


def _tokens(letter: Letter, start: int, end: int) -> Iterator[Column]:
    if _RULE.fullmatch(letter.text, start, end):
        return
    for match in _TOKEN.finditer(letter.text, start, end):
        begin = match.start()
        for lead in (_MARK, _RE):
            if (found := lead.match(letter.text, begin, match.end())) and found.end() < match.end():
                begin = found.end()
        yield Column(begin, match.end(), letter.text[begin : match.end()])


def _of_line(letter: Letter, line: tuple[Column, ...], below: tuple[Column, ...]) -> Iterator[Cell]:
    """The cells of a line: "Label: value", "Label ..... value", and a label with its value in the next column."""
    waiting: tuple[str, int] | None = None  # a label that ended its column without a value
    for number, token in enumerate(line):
        found = list(_of_token(token))
        if waiting is not None:
            stop = found[0].label if found else token.end
            if stop > token.start:
                yield Cell(waiting[0], waiting[1], token.start, stop)
        waiting = None
        for cell in found:
            if cell.start < cell.end:
                last = number == len(line) - 1
                yield _hanging(letter, cell, below) if last and cell is found[-1] else cell
            else:
                waiting = (cell.field, cell.label)
        if not found and number + 1 < len(line) and (field := _bare(token.text)) is not None:
            waiting = (field, token.start)
    if waiting is None or not below or letter.text.count("\n", line[-1].end, below[0].start) != 1:
        return
    if not list(_of_token(below[0])):
        yield Cell(waiting[0], waiting[1], below[0].start, below[0].end)


def _bare(text: str) -> str | None:
    """The field of a column that is a label without a mark behind it."""
    return field_of(text.rstrip(". ")) if not re.search(r"\d|[,;]", text) else None


def _of_token(token: Column) -> Iterator[Cell]:
    """The labels inside one column: the first may be any short words, the further ones must be known."""
    marks = list(_COLON.finditer(token.text))
    known: list[tuple[str, int, int]] = []  # field, where the label begins, where its value does
    begin = 0
    for mark in marks:
        if mark.start() < begin:
            continue
        strong = ":" in mark[0] or "#" in mark[0] or "..." in mark[0]
        found = _label(token.text, begin, mark.start() + ("#" in mark[0] and 1), whole=begin == 0, strong=strong)
        if found is None:
            continue
        known.append((found[0], found[1], mark.end()))
        begin = mark.end()
    for at, (field, label, value) in enumerate(known):
        stop = known[at + 1][1] if at + 1 < len(known) else len(token.text)
        text = token.text[value:stop]
        start = token.start + value + len(text) - len(text.lstrip(" *"))
        end = token.start + value + len(text.rstrip(" ,;/(*"))
        yield Cell(field, token.start + label, start, max(start, end))


def _label(text: str, begin: int, end: int, *, whole: bool, strong: bool) -> tuple[str, int] | None:
    """The label that ends at a mark: all words from the beginning of a column, or the longest known ones before it."""
    words = [(begin + match.start(), match[0]) for match in _WORD.finditer(text[begin:end])]
    if whole and words and len(words) <= MOST_WORDS:
        field = field_of(text[begin:end]) if "," not in text[begin:end] else None
        if field is not None:
            return field, begin
    if not strong:
        return None
    for start, word in words[-5:]:
        bare = word.lstrip("([")
        if not (bare[:1].isupper() or bare[:1] == "#"):
            continue
        field = field_of(text[start:end])
        if field is not None:
            return field, start
    return None


def _hanging(letter: Letter, cell: Cell, below: tuple[Column, ...]) -> Cell:
    """A value that goes on in the next line under its own beginning."""
    if len(below) != 1 or letter.text.count("\n", cell.end, below[0].start) != 1 or ":" in below[0].text:
        return cell
    column = cell.start - letter.text.rfind("\n", 0, cell.start)
    under = below[0].start - letter.text.rfind("\n", 0, below[0].start)
    label = cell.label - letter.text.rfind("\n", 0, cell.label)
    if abs(column - under) <= 1 and under - label > 3:
        return Cell(cell.field, cell.label, cell.start, below[0].end)
    return cell


def _is_head(line: tuple[Column, ...]) -> bool:
    """Whether a line holds the heads of columns: labels only, at least two of them known."""
    if len(line) < _FEWEST_HEADS or any(re.search(r"\d|:|\.{3}", token.text) for token in line):
        return False
    if any(len(token.text.split()) > _MOST_IN_HEAD for token in line):
        return False
    known = sum(field_of(token.text) is not None for token in line)
    return known == len(line) or (len(line) > _FEWEST_HEADS and known * 2 > len(line))


def _table(letter: Letter, head: tuple[Column, ...], rows: Sequence[tuple[Column, ...]]) -> Iterator[Cell]:
    """The values under the heads of columns, row by row, until a blank line or a line of another make."""
    at = head[-1].end
    columns = [(_column(letter, token.start), _column(letter, token.end), token) for token in head]
    for number, row in enumerate(rows[:_ROWS]):
        between = letter.text[at : row[0].start]
        if (number and (re.search(r"\n[ \t]*\n", between) or _RULED.search(between))) or not _is_row(row):
            return
        at = row[-1].end
        for token in row:
            first, last = _column(letter, token.start), _column(letter, token.end)
            near = max(columns, key=lambda each: (min(last, each[1]) - max(first, each[0]), -abs(first - each[0])))
            if len(row) == len(head):
                near = columns[row.index(token)]
            elif min(last, near[1]) - max(first, near[0]) < 0 and abs(first - near[0]) > 3:
                continue
            if (field := field_of(near[2].text)) is not None:
                yield Cell(field, near[2].start, token.start, token.end, number)


def _is_row(row: tuple[Column, ...]) -> bool:
    return not any(":" in token.text for token in row) and not re.search(r"(?i)\btotals?\b", row[0].text)


def _column(letter: Letter, at: int) -> int:
    return at - letter.text.rfind("\n", 0, at)


def _in_words(letter: Letter) -> Iterator[Cell]:
    """Numbers and days with their label right before them and no mark between: "DOB 1974-11-19", "Group 50-2291"."""
    for match in _NUMBER.finditer(letter.text, letter.start, letter.end):
        line = letter.text.rfind("\n", 0, match.start()) + 1
        before = letter.text[max(line, match.start() - 60) : match.start()]
        if not before.endswith((" ", "#")):
            continue
        part = re.split(r"[,;:|()\[\]]|[ ]{2,}|\t", before.rstrip("# "))[-1]
        words = [(place.start(), place[0]) for place in _WORD.finditer(part)]
        offset = match.start() - len(before) + len(before.rstrip("# ")) - len(part)
        sign = "#" in before[len(before.rstrip("# ")) :]
        for start, word in words[-4:]:
            field = field_of(part[start:] + (" number" if sign else "")) if word[:1].isalpha() else None
            if field is None:
                continue
            if field == "service" and word.lower() == "request" and not match["day"]:
                field = "reference.case"
            wanted = field in _DAY_FIELDS if match["day"] else field.startswith(_ID_FIELDS)
            if wanted and not (match["day"] and field != "birth"):
                yield Cell(field, offset + start, match.start(), match.end())
            break
