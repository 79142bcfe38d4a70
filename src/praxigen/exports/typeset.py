"""Sets the text of a note that has no pages of its own on paper, each word with its place, so that it can be marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from praxigen.model.document import Document
from praxigen.model.layout import Page, Word

SHOWN = ("pdf", "picture")  # kinds of files whose own pages are shown
_WIDE, _HIGH = 612.0, 792.0  # letter paper, points
_MARGIN = 54.0
_SIZE, _LEAD = 9.5, 12.5
_FONT = "Helvetica"
_ASCENT, _DESCENT = 0.8, 0.25  # of the size
_PIECE = re.compile(r"\S+|\s+")
# What the letters of PDF's standard fonts lack, as people type it.
_INSTEAD = {
    "≥": ">=",
    "≤": "<=",
    "→": "->",
    "←": "<-",
    "↑": "up ",
    "↓": "down ",
    "≈": "~",
    "−": "-",
    "✓": "[x]",
    "☐": "[ ]",
    "☑": "[x]",
    "☒": "[x]",
}


def on_paper(document: Document) -> tuple[Document, list[tuple[str, bytes]]]:
    """The document with a page for every word, and the files as they can be shown: their kind and their bytes.

    Files that are pages stay as they are; the text of all others is set on letter paper.
    """
    pages: list[Page] = []
    words: list[Word] = []
    shown: list[tuple[str, bytes]] = []
    for file in document.files:
        first = len(pages)
        if file.kind in SHOWN and file.data:
            here = [index for index, page in enumerate(document.pages) if file.start <= page.start < file.end]
            moved = {index: first + place for place, index in enumerate(here)}
            pages += [document.pages[index] for index in here]
            words += [word._replace(page=moved[word.page]) for word in document.words if word.page in moved]
            shown.append((file.kind, file.data))
            continue
        sheet = _Sheet(file.name)
        sheet.text(document.text, file.start, file.end)
        pages += sheet.pages
        words += [word._replace(page=word.page + first) for word in sheet.words]
        shown.append(("pdf", sheet.finished()))
    return replace(document, pages=tuple(pages), words=tuple(words)), shown


def plain(text: str) -> str:
    """The text in letters that PDF's standard fonts have; others become their base letter or a question mark."""
    if text.isascii():
        return "".join(letter if letter.isprintable() else " " for letter in text)
    return "".join(_letters(text))


def _letters(text: str) -> Iterator[str]:
    for letter in text:
        told = _INSTEAD.get(letter, letter)
        for each in told if _has(told) else unicodedata.normalize("NFKD", told):
            if _has(each):
                yield each if each.isprintable() else " "
            elif not unicodedata.combining(each):
                yield "?"


def _has(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


class _Sheet:
    """Letter paper in the making."""

    def __init__(self, name: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._out = BytesIO()
        self._canvas = Canvas(self._out, pagesize=(_WIDE, _HIGH), invariant=1, pageCompression=1)
        self._name = name
        self._at = 0
        self._x = self._y = 0.0
        self.pages: list[Page] = []
        self.words: list[Word] = []

    def text(self, text: str, start: int, end: int) -> None:
        """Set a stretch of a text, line by line; a form feed begins a page."""
        self._new_page(start)
        at = start
        while at < end:
            stop = text.find("\n", at, end)
            stop = end if stop < 0 else stop
            self._line(text, at, stop)
            at = stop + 1
        self._close_page(end)

    def finished(self) -> bytes:
        """The pages as a PDF."""
        self._canvas.save()
        return self._out.getvalue()

    def _line(self, text: str, start: int, end: int) -> None:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        for found in _PIECE.finditer(text, start, end):
            piece = found[0]
            if piece.isspace():
                if "\f" in piece:
                    self._close_page(found.end())
                    self._new_page(found.end())
                else:
                    self._x += stringWidth(piece.expandtabs(4), _FONT, _SIZE)
                continue
            told = plain(piece)
            width = stringWidth(told, _FONT, _SIZE)
            if self._x + width > _WIDE - _MARGIN and self._x > _MARGIN:
                self._next_line(found.start())
            while width > _WIDE - 2 * _MARGIN:  # a word wider than the paper
                told = told[: len(told) // 2]
                width = stringWidth(told, _FONT, _SIZE)
            self._canvas.drawString(self._x, self._y, told)
            top, bottom = _HIGH - self._y - _ASCENT * _SIZE, _HIGH - self._y + _DESCENT * _SIZE
            self.words.append(Word(found.start(), found.end(), len(self.pages), self._x, top, self._x + width, bottom))
            self._x += width
        self._next_line(end)

    def _next_line(self, at: int) -> None:
        self._x = _MARGIN
        self._y -= _LEAD
        if self._y < _MARGIN:
            self._close_page(at)
            self._new_page(at)

    def _new_page(self, at: int) -> None:
        self._at = at
        self._canvas.setFont(_FONT, 8)
        self._canvas.setFillGray(0.4)
        self._canvas.drawString(_MARGIN, _HIGH - 34, plain(self._name)[:90])
        self._canvas.drawRightString(_WIDE - _MARGIN, _HIGH - 34, f"page {len(self.pages) + 1}")
        self._canvas.setFillGray(0)
        self._canvas.setFont(_FONT, _SIZE)
        self._x, self._y = _MARGIN, _HIGH - _MARGIN - _SIZE

    def _close_page(self, at: int) -> None:
        self._canvas.showPage()
        self.pages.append(Page(len(self.pages) + 1, self._at, max(at, self._at), _WIDE, _HIGH))
