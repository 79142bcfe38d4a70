"""A page as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.exports.safe_text import printable
from praxigen.site.blocks import (
    Block,
    Chip,
    Code,
    Facts,
    Heading,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Questions,
    Search,
    Section,
    Table,
    Tree,
    TreeRow,
)
from praxigen.site.relative import relative

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def escaped(text: str) -> str:
    """The text so that nothing in it is taken for markup, on one line."""
    return " ".join(printable(text).split()).translate(_MARKS)


def to_markdown(page: Page) -> str:
    """The page, with its links as they stand on the site."""
    lines = [f"# {escaped(page.title)}", ""]
    for line in page.lead:
        lines += [_line(line, page.path), ""]
    for section in page.sections:
        lines += [f"## {escaped(section.title)}", "", *_section(section, page.path)]
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section, path: str) -> Iterator[str]:
    for block in section.blocks:
        lines = list(_block(block, path))
        if lines:
            yield from lines
            yield ""


def _block(block: Block, path: str) -> Iterator[str]:  # noqa: C901  one case for each kind of block
    match block:
        case Paragraph(line, _):
            yield _line(line, path)
        case Heading(words):
            yield f"### {escaped(words)}"
        case Facts(rows):
            for name, lines in rows:
                yield f"- {escaped(name)}: {'; '.join(_line(line, path) for line in lines)}"
        case Items(items, ordered):
            for number, item in enumerate(items, start=1):
                yield f"{f'{number}.' if ordered else '-'} {_line(item.line, path)}"
                yield from (f"    - {_line(note, path)}" for note in item.notes)
        case Table(_, heads, rows):
            yield _row([escaped(head) for head in heads])
            yield _row(["---"] * len(heads))
            yield from (_row([_line(cell, path) for cell in row]) for row in rows)
        case Tree(_, root):
            yield from _tree(root, 0)
        case Questions(questions):
            for one in questions:
                yield f"### {escaped(one.ask)}"
                yield ""
                yield escaped(one.answer) + (f" ({escaped(one.source)})" if one.source else "")
                yield ""
        case Code(words):
            yield from ("```", words, "```")
        case Search():
            return


def _tree(row: TreeRow, depth: int) -> Iterator[str]:
    indent = "    " * depth
    lead = f"{row.lead}: " if row.lead else ""
    group = f" ({row.group})" if row.group else ""
    label = f" [{row.label.text}]" if row.label else ""
    same = f" As in {row.same_as}." if row.same_as else ""
    number = f"**{row.number}** " if row.number else ""
    yield f"{indent}- {number}{lead}{escaped(row.says + group + label + same)}"
    for name, words in (("Source", row.source), ("Documented by", row.documents)):
        if words:
            yield f"{indent}    - {name}: {escaped(words)}"
    yield from (f"{indent}    - Policy: “{escaped(passage)}”" for passage in row.passages)
    if row.left_out:
        yield f"{indent}    - {row.left_out} more lines on the page of the criteria"
    for child in row.children:
        yield from _tree(child, depth + 1)


def _line(line: Line, path: str) -> str:
    found = []
    for run in line:
        match run:
            case Link(words, to):
                address = to if run.outside else relative(path, to)
                found.append(f"[{escaped(words)}](<{address.translate(_ADDRESS)}>)")
            case Chip(words, _):
                found.append(escaped(f"[{words}]"))
            case _:
                found.append(escaped(run) if run.strip() == run else _spaced(run))
    return "".join(found)


_ADDRESS = str.maketrans({"<": "%3C", ">": "%3E", "\n": "%0A", "\r": "%0D", "\\": "%5C"})


def _spaced(words: str) -> str:
    before, after = " " * words[:1].isspace(), " " * words[-1:].isspace()
    return f"{before}{escaped(words)}{after}" if words.strip() else " "


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
