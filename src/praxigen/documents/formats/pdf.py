"""PDF with a text layer: words with their boxes, line by line, in the order in which the page draws them.

PDFium reads it. Characters, their boxes and the line ends come from PDFium; blank lines are put where the page leaves
a gap, so that paragraphs stay apart as they look.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import pi
from statistics import median
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from praxigen.documents.formats.layers import MOST_LOOKED_AT, Layers, Shade, alike
from praxigen.documents.parsed import MOST_CHARACTERS, Locked, Parsed, Refusal
from praxigen.model.layout import Page, Unused, Word

MOST_PAGES = 500
NO_TEXT_LAYER = "it has no text layer, only a picture"
_UNKNOWN = "its letters cannot be told: the font does not say which they are"
_TINY = 1.5  # points; smaller letters cannot be read by a person
_WHITE = 250  # of 255
_SPACE_GAP = 1.5  # times the height of the letters: wider gaps set columns apart
_PARAGRAPH = 0.45  # times the height of the letters, beyond the usual gap between lines
_MOST_UNKNOWN = 0.3
_HYPHEN = "\x02"  # PDFium's mark for a hyphen at the end of a line
_ODD = re.compile("[\ufffd-\uffff]")  # half a letter, or PDFium's mark for a hyphen in running text
_WORD_OR_END = re.compile(r"\n|\S+")
_SPANS = 0.8  # of the page's width
_PAPER = (255, 255, 255)
_INVISIBLE = 3  # text render mode, ISO 32000-1 9.3.6: neither filled nor stroked, as under a scanned picture
_SAMPLES = 50  # letters of a page that tell how it stands
_ASK_PASSWORD = "Give the password with --password, or save a copy without one."  # noqa: S105  a hint


def parse(data: bytes, password: str | None = None) -> Parsed:
    """Read the pages that have text; name those that have only a picture."""
    document = open_pdf(data, password)
    count = len(document)
    if count == 0:
        raise Refusal("is a PDF without pages", "Ask the sender for it anew.")
    reading = _Reading()
    for index in range(min(count, MOST_PAGES)):
        if reading.length > MOST_CHARACTERS:
            reading.unread.append((index + 1, "the file holds more text than a clinical document"))
            continue
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            reading.unread.append((index + 1, "the page is damaged"))
            continue
        if pdfium.FPDFPage_GetAnnotCount(page.raw) > 0:  # what was typed into a form becomes part of the page
            pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
            page.close()
            page = document[index]
        reading.page(page, index + 1)
        page.close()
    for index in range(MOST_PAGES, count):
        reading.unread.append((index + 1, f"only the first {MOST_PAGES} pages of a file are read; split it"))
    if reading.recognized:
        reading.warnings.append(
            f"{_pages(reading.recognized)}: the text was recognized from a picture by another program. Compare the "
            "quotes with the picture."
        )
    if reading.hidden:
        reading.warnings.append(
            f"{_pages(reading.hidden)}: text that a person cannot see on the page (white, tiny, covered or beside the "
            "page) is not used as evidence."
        )
    if reading.pictured:
        reading.warnings.append(
            f"{_pages(reading.pictured)}: a picture lies over or under part of the text. Compare "
            "the quotes with the page."
        )
    if reading.turned:
        reading.warnings.append(f"{_pages(reading.turned)}: part of the text stands at an angle; look at the quotes.")
    return Parsed(
        text="".join(reading.pieces),
        pages=tuple(reading.pages),
        words=tuple(reading.words),
        unused=tuple(reading.unused),
        unread=tuple(reading.unread),
        warnings=tuple(reading.warnings),
        scanned=tuple(reading.scanned),
    )


def open_pdf(data: bytes, password: str | None) -> Any:
    """The opened file. Raises Refusal where it is encrypted, damaged or empty."""
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            wrong = "the password does not open it" if password else "it is encrypted and no password was given"
            raise Locked(f"cannot be opened: {wrong}", _ASK_PASSWORD) from None
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_SECURITY:
            raise Refusal("cannot be opened: its kind of encryption is not supported", "Save it anew.") from None
        if b"/Type" in data and b"/Count 0" in data:
            raise Refusal("is a PDF without pages", "Ask the sender for it anew.") from None
        raise Refusal("is a damaged or cut off PDF", "Open it in a PDF viewer and print it to a new PDF.") from None
    return document


def resolution_of(page: Any) -> float | None:
    """Pixels an inch of the pictures that span the page, as a scanner puts them there; None where there are none."""
    across, _ = page.get_size()
    found = []
    for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), MOST_LOOKED_AT)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        edges = [ctypes.c_float() for _ in range(4)]  # left, bottom, right, top
        pixels = [ctypes.c_uint() for _ in range(2)]
        if not pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges)):
            continue
        if not pdfium.FPDFImageObj_GetImagePixelSize(item, *map(ctypes.byref, pixels)):
            continue
        wide, high = edges[2].value - edges[0].value, edges[3].value - edges[1].value
        if page.get_rotation() in (90, 270):
            wide, high = high, wide
        if wide >= _SPANS * across and high > 0:  # the strips into which some scanners cut a page span it too
            along, aside = pixels[0].value / wide, pixels[1].value / high
            found.append(72 * max(along, aside))
    return max(found, default=None)


@dataclass(slots=True)
class _Letters:
    """A word on a page: its letters and their box from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    hidden: bool


class _Look(NamedTuple):
    """How a piece of text is drawn: at an angle, its render mode, its color (None without any), its object."""

    turned: bool
    mode: int
    shade: Shade | None
    item: int


class _Reading:
    """The text of the pages so far, and what stands where."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.pages: list[Page] = []
        self.words: list[Word] = []
        self.unused: list[Unused] = []
        self.unread: list[tuple[int | None, str]] = []
        self.warnings: list[str] = []
        self.scanned: list[int] = []
        self.recognized: list[int] = []
        self.hidden: list[int] = []
        self.pictured: list[int] = []
        self.turned: list[int] = []

    def page(self, page: Any, number: int) -> None:
        """Read one page; a page of pictures only is named, a blank one is passed over."""
        sheet = _Sheet(page)
        lines = sheet.lines()
        letters = "".join(word.text for line in lines for word in line)
        if not letters:
            if pdfium.FPDFPage_CountObjects(page.raw) > 0:
                self.unread.append((number, NO_TEXT_LAYER))
                self.scanned.append(number)
            return
        if sum(_unknown(letter) for letter in letters) > _MOST_UNKNOWN * len(letters):
            self.unread.append((number, _UNKNOWN))
            self.scanned.append(number)
            return
        if sheet.recognized:
            self.recognized.append(number)
            self.scanned.append(number)
        elif sheet.pictured:
            self.pictured.append(number)
            self.scanned.append(number)
        if sheet.turned:
            self.turned.append(number)
        if self.pieces:
            self._add("\f")
        start = self.length
        for line, apart in zip(lines, _paragraphs(lines), strict=True):
            if apart:
                self._add("\n")
            self._line(line, number)
        self.pages.append(Page(number, start, self.length, sheet.width, sheet.height, sheet.rotation))

    def _line(self, line: list[_Letters], number: int) -> None:
        before: _Letters | None = None
        for word in line:
            if before is not None:
                height = max(word.bottom - word.top, 1.0)
                self._add("   " if word.left - before.right > _SPACE_GAP * height else " ")
            start = self.length
            self._add(word.text)
            self.words.append(
                Word(
                    start,
                    self.length,
                    len(self.pages),
                    *(round(edge, 1) for edge in (word.left, word.top, word.right, word.bottom)),
                )
            )
            if word.hidden:
                self.unused.append(Unused(start, self.length, "hidden"))
                if number not in self.hidden:
                    self.hidden.append(number)
            before = word
        self._add("\n")

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)


class _Sheet:
    """One page: its measures as it is shown, and its words."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._text = _upright_text(page)
        left, bottom, right, top = page.get_cropbox()
        self._left, self._bottom = left, bottom
        self._across, self._up = right - left, top - bottom
        self.rotation = page.get_rotation()
        lying = self.rotation in (90, 270)
        self.width, self.height = (self._up, self._across) if lying else (self._across, self._up)
        self.recognized = False
        self.turned = False
        self.pictured = False  # a picture lies over or under words, which only a look at the page can tell of
        self._looks: dict[int, _Look] = {}
        self._has_picture: bool | None = None
        self._layers = Layers(page, self._upright)
        self._rectangle = pdfium.FS_RECTF()  # one for all letters: a page has thousands

    def lines(self) -> list[list[_Letters]]:
        """The words of the page, line by line."""
        told = _characters(self._text.raw)
        lines: list[list[_Letters]] = [[]]
        for match in _WORD_OR_END.finditer(told):
            first, last = match.start(), match.end() - 1
            if told[first] == "\n":
                lines.append([])
                continue
            word = match.group()
            if not word.isprintable():
                shown = [index for index in range(first, last + 1) if told[index].isprintable()]
                if not shown:
                    continue
                first, last = shown[0], shown[-1]
                word = "".join(told[index] for index in shown)
            lines[-1].append(self._word(word, first, last))
        return [line for line in lines if line]

    def _box(self, index: int) -> tuple[float, float, float, float]:
        rectangle = self._rectangle
        if not pdfium.FPDFText_GetLooseCharBox(self._text.raw, index, rectangle):
            return 0.0, 0.0, 0.0, 0.0
        return self._upright(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)

    def _upright(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box in the page's own points as left, top, right, bottom of the page as it is shown."""
        x0, x1, y0, y1 = left - self._left, right - self._left, bottom - self._bottom, top - self._bottom
        if self.rotation == 90:
            return y0, x0, y1, x1
        if self.rotation == 180:
            return self._across - x1, y0, self._across - x0, y1
        if self.rotation == 270:
            return self._up - y1, self._across - x1, self._up - y0, self._across - x0
        return x0, self._up - y1, x1, self._up - y0

    def _word(self, word: str, first: int, last: int) -> _Letters:
        """A word; the boxes of its first and last letter span it, for letters of a font are equally high."""
        one, other = self._box(first), self._box(last)
        box = [min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])]
        return _Letters(word, box[0], box[1], box[2], box[3], self._hides(box, first))

    def _hides(self, box: list[float], first: int) -> bool:
        if box[3] - box[1] < _TINY and box[2] - box[0] < _TINY * 4:
            return True
        if box[2] < 0 or box[3] < 0 or box[0] > self.width or box[1] > self.height:
            return True
        look = self._look(first)
        if look.turned and self.rotation == 0:
            self.turned = True
        if look.mode == _INVISIBLE:
            if self._pictured():
                self.recognized = True
                return False
            return True
        return self._painted(look, (box[0], box[1], box[2], box[3]))

    def _painted(self, look: _Look, box: tuple[float, float, float, float]) -> bool:
        """Whether what is painted over or under a word hides it."""
        if look.shade is None:
            return True
        ground: Shade | None = _PAPER
        if self._layers.patches:
            over = self._layers.over(look.item, box)
            if over is not None:
                self.pictured |= over.shade is None
                return over.shade is not None
            under = self._layers.under(look.item, box)
            ground = under.shade if under is not None else _PAPER
        white = min(look.shade) >= _WHITE
        if ground is None:
            self.pictured |= white
            return False
        return white if ground == _PAPER else alike(look.shade, ground)

    def _look(self, index: int) -> _Look:
        """How a letter is drawn: as all letters of its text object, looked up once for each."""
        raw = self._text.raw
        item = pdfium.FPDFText_GetTextObject(raw, index)
        key = ctypes.cast(item, ctypes.c_void_p).value or 0
        look = self._looks.get(key) if key else None
        if look is None:
            angle = pdfium.FPDFText_GetCharAngle(raw, index)
            colors = [ctypes.c_uint() for _ in range(4)]
            filled = pdfium.FPDFText_GetFillColor(raw, index, *(ctypes.byref(color) for color in colors))
            look = self._looks[key] = _Look(
                angle > 0.1 and abs(angle - 6.2832) > 0.1,
                int(pdfium.FPDFTextObj_GetTextRenderMode(item)) if key else 0,
                (colors[0].value, colors[1].value, colors[2].value) if not filled or colors[3].value else None,
                key,
            )
        return look

    def _pictured(self) -> bool:
        """Whether a picture stands on the page, under which invisible text is its transcription."""
        if self._has_picture is None:
            count = min(pdfium.FPDFPage_CountObjects(self._page.raw), MOST_LOOKED_AT)
            kinds = (
                pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(self._page.raw, index)) for index in range(count)
            )
            self._has_picture = any(kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM) for kind in kinds)
        return self._has_picture


def _upright_text(page: Any) -> Any:
    """The letters of a page in the order in which they are read.

    PDFium tells lines apart by how the page is turned, and mixes them up where text does not stand upright then: so the
    page is turned for it as most letters stand.
    """
    text = page.get_textpage()
    count = pdfium.FPDFText_CountChars(text.raw)
    angles = (pdfium.FPDFText_GetCharAngle(text.raw, index) for index in range(0, count, max(1, count // _SAMPLES)))
    quarters = Counter(-round(angle / (pi / 2)) % 4 for angle in angles if angle >= 0)
    turn = page.get_rotation() // 90
    upright = quarters.most_common(1)[0][0] if quarters else turn
    if upright == turn:
        return text
    pdfium.FPDFPage_SetRotation(page.raw, upright)
    try:
        return page.get_textpage()
    finally:
        pdfium.FPDFPage_SetRotation(page.raw, turn)


def _characters(raw: Any) -> str:
    """The letters of a text page, each at PDFium's number of it; what is half a letter is a blank."""
    count = pdfium.FPDFText_CountChars(raw)
    if count <= 0:
        return ""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    written = pdfium.FPDFText_GetText(raw, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))) - 1
    told = buffer.raw[: 2 * written].decode("utf-16-le", "replace") if written == count else ""
    if len(told) == count and not _ODD.search(told):  # else letters may be left out, or be written as two
        return told.replace("\x00", "\ufffd").replace(_HYPHEN, "-")
    codes = (pdfium.FPDFText_GetUnicode(raw, index) for index in range(count))
    return "".join(map(_letter, codes))


def _letter(code: int) -> str:
    if 0xD800 <= code < 0xE000:
        return " "
    return "-" if code == ord(_HYPHEN) else chr(code) if 0 < code < 0x110000 else "\ufffd"


def _paragraphs(lines: list[list[_Letters]]) -> Iterator[bool]:
    """For each line, whether the page leaves a gap before it that is wider than between lines."""
    tops = [min(word.top for word in line) for line in lines]
    bottoms = [max(word.bottom for word in line) for line in lines]
    gaps = [top - bottom for top, bottom in zip(tops[1:], bottoms[:-1], strict=True)]
    usual = median([gap for gap in gaps if gap > -2] or [0.0])
    yield False
    for index, gap in enumerate(gaps, 1):
        yield gap > usual + _PARAGRAPH * max(bottoms[index] - tops[index], 1.0)


def _unknown(letter: str) -> bool:
    return letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff"


def _pages(numbers: list[int]) -> str:
    named = ", ".join(map(str, numbers[:5])) + (" and more" if len(numbers) > 5 else "")
    return f"Page{'s' if len(numbers) > 1 else ''} {named}"
