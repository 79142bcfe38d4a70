"""What a page is made of. HTML, Markdown and JSON are three ways of writing the same blocks, so none says less."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere.

    `to` is a path of this site ("codes/63650/", with or without #anchor) or a web address.
    """

    text: str
    to: str

    @property
    def outside(self) -> bool:
        """Whether it leaves the site."""
        return self.to.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True)
class Chip:
    """A short label. `tone` is the color of report.css; the words say it all without the color."""

    text: str
    tone: str = "quiet"


Run: TypeAlias = str | Link | Chip
Line: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of its own. `style` is "", "muted" or "warning"."""

    line: Line
    style: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what is known of each."""

    rows: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list and what stands under it."""

    line: Line
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered` where the order says something."""

    items: tuple[Item, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first cell of each row names the row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One criterion. `number` is its place in a report of `praxigen check`; `label` says what it rests on.

    `same_as` is the number of the line under which the same parts stand already; then there are no `children`.
    `passages` are the policy's own words, `left_out` counts the criteria below that stand on another page.
    """

    number: str
    lead: str
    says: str
    group: str
    label: Chip | None
    source: str
    documents: str
    passages: tuple[str, ...] = ()
    same_as: str = ""
    left_out: int = 0
    children: tuple[TreeRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """The criteria of one indication; `anchor` begins the anchors of its lines."""

    anchor: str
    root: TreeRow


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its answer and where that comes from."""

    ask: str
    answer: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions with their answers."""

    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A command to type, as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Search:
    """The field that asks the search page; `here` on the search page itself."""

    here: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str


Block: TypeAlias = Paragraph | Facts | Items | Table | Tree | Questions | Code | Search | Heading


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under its own heading. `id` is its anchor."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page at `path`, which is "" for the first page and ends with "/" for all others.

    `data` is its JSON where that is more than the blocks say; `checklist` is plain text to print or copy.
    `reviewed` is the day on which somebody last compared it with its sources.
    """

    path: str
    title: str
    description: str
    lead: tuple[Line, ...]
    sections: tuple[Section, ...]
    crumbs: tuple[Link, ...] = ()
    reviewed: date | None = None
    data: str = ""
    checklist: str = ""
    keywords: str = ""
    searchable: bool = True


def text(*runs: Run) -> Line:
    """A line; empty words are left out."""
    return tuple(run for run in runs if run != "")


def joined(runs: tuple[Run, ...] | list[Run], between: str = ", ") -> Line:
    """A line of parts with something between them."""
    line: list[Run] = []
    for run in runs:
        line += [between, run] if line else [run]
    return tuple(line)


def web(words: str, address: str | None) -> Run:
    """A link where a browser may follow the address: a policy file must not be able to put a script behind one."""
    try:
        fine = bool(address) and urlsplit(address or "").scheme in ("https", "http")
    except ValueError:
        fine = False
    return Link(words, address or "") if fine else words


def plain(line: Line) -> str:
    """The words of a line without links and labels' colors."""
    return "".join(
        run if isinstance(run, str) else f"[{run.text}]" if isinstance(run, Chip) else run.text for run in line
    )
