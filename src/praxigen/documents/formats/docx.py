"""DOCX: the text that Word shows, walked element by element (ECMA-376 part 1, WordprocessingML).

Not read through python-docx: it refuses documents with macros and passes over text boxes, tracked changes and hidden
text, which decide what the author said.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from praxigen.documents.formats.archive import open_zip, take
from praxigen.documents.formats.flow import Flow
from praxigen.documents.formats.html import HIDDEN
from praxigen.documents.formats.xml import root_of
from praxigen.documents.parsed import Parsed, Refusal
from praxigen.model.layout import Unused

_MOST_ENTRIES = 2000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_PLAIN = _W.strip("{}").encode()
_MAIN = re.compile(r"word/document\d*\.xml$")
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml$")
_DELETED = frozenset({"del", "moveFrom", "instrText", "delText"})
# Wingdings, in which forms draw their boxes.
_TICKED, _UNTICKED = frozenset({"F0FE", "F0FD", "F052", "F053"}), frozenset({"F0A8", "F06F", "F071", "F072"})
_LETTERS = frozenset({"t", "tab", "br", "cr", "noBreakHyphen", "sym"})
_LONG_CELL = 400


def parse(data: bytes) -> Parsed:
    """Read a document: its headers once, its body, its footers once, without deleted and hidden text."""
    archive = open_zip(data, _MOST_ENTRIES)
    entries = {entry.filename: entry for entry in archive.infolist()}
    main = next((name for name in sorted(entries) if _MAIN.match(name)), None)
    if main is None:
        raise Refusal("is a damaged Word document: its text is missing", "Open it in Word and save it anew.")
    told = _Told()
    flow = told.flow
    margins = {"header": Flow(), "footer": Flow()}
    for name in sorted(entries):
        found = _MARGIN.match(name)
        if found is not None:
            _once(_root(take(archive, entries[name])), margins[found[1]])
    header = margins["header"].text()
    if header:
        flow.raw(header)
        flow.blank()
    body = _root(take(archive, entries[main])).find(f"{_W}body")
    if body is None:
        raise Refusal("is a damaged Word document: it has no body", "Open it in Word and save it anew.")
    told.blocks(body)
    text = flow.text()
    footer = margins["footer"].text()
    unused: tuple[Unused, ...] = ()
    if footer:
        unused = (Unused(len(text) + 1, len(text) + 1 + len(footer), "footer"),)
        text = f"{text}\n{footer}"
    if not text.strip():
        raise Refusal("holds no text; pictures in it are not read", "Give the pictures as a PDF.")
    warnings = []
    if told.hidden:
        warnings.append(HIDDEN)
    if told.deleted:
        warnings.append("Text that was deleted with tracked changes was left out; what was inserted is read.")
    if any("vbaProject" in name for name in entries):
        warnings.append("The document holds macros. They were not run.")
    return Parsed(text, unused=unused, warnings=tuple(warnings))


def _root(data: bytes) -> Any:
    return root_of(data.replace(_STRICT, _PLAIN))


def _once(root: Any, flow: Flow) -> None:
    told = _Told()
    told.blocks(root)
    text = told.flow.text()
    if text.strip() and text not in flow.text():
        flow.raw(text)


class _Told:
    """The walk over a body, and what was left out on the way."""

    def __init__(self, flow: Flow | None = None) -> None:
        self.flow = flow or Flow()
        self.hidden = False
        self.deleted = False

    def blocks(self, parent: Any) -> None:
        for child in parent:
            name = _name(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in ("sdt", "sdtContent", "customXml", "ins", "smartTag"):
                self.blocks(child)

    def _paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(f"{_W}pPr")
        style, listed = "", False
        if properties is not None:
            named = properties.find(f"{_W}pStyle")
            style = (named.get(f"{_W}val") or "").lower() if named is not None else ""
            listed = properties.find(f"{_W}numPr") is not None
        before = self.flow.length
        if style.startswith(("heading", "title")):
            self.flow.blank()
        if listed or style.startswith("list"):
            self.flow.words("- ")
        boxes: list[Any] = []
        self._runs(paragraph, boxes)
        if _empty(paragraph) and self.flow.length == before:
            self.flow.blank()
        self.flow.end_line()
        for box in boxes:
            self.blocks(box)

    def _runs(self, parent: Any, boxes: list[Any]) -> None:
        for child in parent:
            name = _name(child)
            if name in _DELETED:
                self.deleted = self.deleted or (name in ("del", "moveFrom") and not _empty(child))
            elif name == "r" and _vanishes(child):
                self.hidden = self.hidden or not _empty(child)
            elif name in _LETTERS:
                self._letters(name, child)
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "AlternateContent":  # the same drawing twice, for new and for old programs
                self._runs(child[0] if len(child) else (), boxes)
            elif name not in ("pPr", "rPr", "Fallback"):
                self._runs(child, boxes)

    def _letters(self, name: str, element: Any) -> None:
        if name == "t":
            self.flow.words(element.text or "")
        elif name in ("br", "cr"):
            self.flow.line_break()
        elif name == "tab":
            self.flow.tab()
        elif name == "sym":
            code = (element.get(f"{_W}char") or "").upper()
            self.flow.words("☒" if code in _TICKED else "☐" if code in _UNTICKED else "")
        else:
            self.flow.words("-" if name == "noBreakHyphen" else " ")

    def _table(self, table: Any) -> None:
        self.flow.blank()
        for row in table.iter(f"{_W}tr"):
            cells = []
            for cell in row.iterchildren(f"{_W}tc"):
                inner = _Told()
                inner.blocks(cell)
                self.hidden, self.deleted = self.hidden or inner.hidden, self.deleted or inner.deleted
                cells.append(inner.flow.text())
            full = [cell for cell in cells if cell.strip()]
            if len(full) == 1 or any(len(cell) > _LONG_CELL for cell in full):  # a table that only lays out the page
                for cell in full:
                    self.flow.end_line()
                    self.flow.raw(cell)
            else:
                self.flow.row(cells)
        self.flow.blank()


def _name(element: Any) -> str:
    return "" if not isinstance(element.tag, str) else etree.QName(element).localname


def _vanishes(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")


def _empty(element: Any) -> bool:
    return not any((text.text or "").strip() for tag in ("t", "delText") for text in element.iter(f"{_W}{tag}"))
