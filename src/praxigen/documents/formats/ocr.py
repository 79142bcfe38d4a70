"""Recognizes the text of one page from its picture, in the limited child process.

Tesseract reads the page after it was straightened and cleaned of specks and scanner lines. A word with a digit
counts as sure only from a higher confidence on: language helps to read a word, and nothing helps to read a number.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from praxigen.documents.formats import picture
from praxigen.documents.formats.clean import Straightened, straighten
from praxigen.documents.parsed import Parsed, Refusal
from praxigen.model.layout import Page, Word

DPI = 300  # at which a page is drawn that is no single picture, or one of fewer or far more pixels
NATIVE = 170, 330  # dpi at which a picture is read pixel by pixel: more add nothing but time
UNREADABLE = "its words could not be recognized (handwriting, a drawing, or too faint); read it yourself"
BLANK = "nothing stands on it that could be words"
_LEAST_CONFIDENCE = 0.55  # mean of a page's words; below it is a page of handwriting or of noise
_POOR = 0.7  # below it the page may lie on its side or on its head
_NOT_A_WORD = 0.3
_SURE_NUMBER = 0.92  # benchmarks/pages.py shows how many numbers above and below it are wrong
_DOUBTED = 0.7  # what is told of a number that is no surer than that
_BAR = "|"
_BARS = frozenset("|Il{}[]")  # as which Tesseract reads the bar between two cells of a table
_SLIM = 0.18  # of its height: a bar is no wider, and a bracket is
_BELOW = 0.12  # of its height: as far a bar reaches under the line on which letters stand, and the pronoun "I" does not

_GAP = 2.0  # times the height of the words of a line, as inked: wider gaps set columns apart
_PARAGRAPH = 1.35  # times the usual step from line to line: a wider one leaves a blank line
_engines: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class _Letters:
    """A recognized word: its box in pixels of the straightened picture, its line."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float
    line: int


def recognize(kind: str, data: bytes, number: int, password: str | None, models: str) -> Parsed:
    """The words of one page, counted from 1. A blank page and one of scrawl are `unread`."""
    sheet, wide, high = page_picture(kind, data, number, password)
    scale = wide / sheet.width  # points a pixel
    dpi = round(72 / scale)
    best: tuple[float, int, Straightened, list[_Letters]] | None = None
    for turn in (0, 180, 90, 270):
        turned = sheet.rotate(-turn, expand=True) if turn else sheet
        straight = straighten(turned, dpi)
        words = _words(straight, models, dpi)
        sure = _mean(words)
        if best is None or sure > best[0]:
            best = sure, turn, straight, words
        if best[0] >= _POOR or (turn == 0 and _blank(straight.clean)):
            break
    assert best is not None  # noqa: S101  there is a first turn
    sure, turn, straight, words = best
    if not words and _blank(straight.clean):
        return Parsed(unread=((number, BLANK),))
    if not words or sure < _LEAST_CONFIDENCE:
        return Parsed(unread=((number, UNREADABLE),))
    return _page(words, number, scale, (wide, high), turn, straight)


def page_picture(
    kind: str, data: bytes, number: int, password: str | None, dpi: int | None = None
) -> tuple[Any, float, float]:
    """A page as a picture in shades of grey, with the measures of the page in points.

    It has `dpi` pixels an inch; without it as many as the scanner gave it, where recognition reads those well.
    """
    if kind == "pdf":
        from praxigen.documents.formats.pdf import open_pdf, resolution_of

        page = open_pdf(data, password)[number - 1]
        wide, high = page.get_size()
        if not (1 <= wide <= 20_000 and 1 <= high <= 20_000):
            raise Refusal("it has no size", "Print it to a new PDF.")
        pixels = dpi or _dots(resolution_of(page) or DPI)
        scale = min(pixels / 72, math.sqrt(picture.MOST_PIXELS / 2 / (wide * high)))
        drawn = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()
        return drawn.convert("L"), wide, high
    from PIL import Image

    with picture.opened(data) as source:
        sheet = picture.grey(source, number)
        wide, high = picture.paper_size(sheet, source)
    pixels = min(dpi or _dots(sheet.width * 72 / wide), math.sqrt(picture.MOST_PIXELS / 2 / (wide * high)) * 72)
    size = (max(1, round(wide * pixels / 72)), max(1, round(high * pixels / 72)))
    if any(abs(new / old - 1) > 0.05 for new, old in zip(size, sheet.size, strict=True)):
        grows = size[0] * size[1] > sheet.width * sheet.height
        sheet = sheet.resize(size, Image.Resampling.BICUBIC if grows else Image.Resampling.BOX)
    return sheet, wide, high


def _dots(native: float) -> float:
    """Pixels an inch at which a page is recognized that the scanner gave so many."""
    low, high = NATIVE
    return native if low <= native <= high else DPI


def _engine(models: str) -> Any:
    if models not in _engines:
        import tesserocr

        engine = tesserocr.PyTessBaseAPI(path=models, lang="eng", psm=tesserocr.PSM.AUTO)
        engine.SetVariable("debug_file", "")  # else it opens /dev/null to write, which a child may not
        _engines[models] = engine
    return _engines[models]


def _words(straight: Straightened, models: str, dpi: int) -> list[_Letters]:
    import tesserocr

    engine, level = _engine(models), tesserocr.RIL
    engine.SetPageSegMode(tesserocr.PSM.AUTO)
    engine.SetImage(straight.clean)
    engine.SetSourceResolution(dpi)
    engine.Recognize()
    line = 0
    results = engine.GetIterator()
    found: list[_Letters] = []
    for each in tesserocr.iterate_level(results, level.WORD) if results is not None else ():
        line += each.IsAtBeginningOf(level.TEXTLINE)
        try:
            text, box = each.GetUTF8Text(level.WORD), each.BoundingBox(level.WORD)
        except RuntimeError:  # an empty result
            continue
        confidence = each.Confidence(level.WORD) / 100
        if box is None or not text.strip() or not text.isprintable():
            continue
        if confidence < _NOT_A_WORD and not any(letter.isalnum() for letter in text):
            continue  # dirt; a word is never left out, for it might be "not"
        told = "".join(text.split())
        if told in _BARS:
            told = _bar_or_pronoun(told, box, each.Baseline(level.WORD))
        confidence = round(min(max(confidence, 0.0), 1.0), 2)
        if confidence < _SURE_NUMBER and _numeral(told):
            confidence = min(confidence, _DOUBTED)
        found.append(_Letters(told, box, confidence, line))
    return _unclear(found)


def _bar_or_pronoun(
    letter: str, box: tuple[int, int, int, int], baseline: tuple[tuple[int, int], tuple[int, int]] | None
) -> str:
    """A mark that stands alone: a bar is slim and reaches below the line on which the pronoun "I" stands.

    The pronoun is often read as a bar. A box that is not slim holds more than the mark and does not tell (`_unclear`).
    """
    if baseline is None or not _slim(box):
        return letter
    reach = box[3] - (baseline[0][1] + baseline[1][1]) / 2
    if reach > _BELOW * (box[3] - box[1]):
        return _BAR
    return "I" if letter == _BAR else letter


def _unclear(words: list[_Letters]) -> list[_Letters]:
    """The words, a bar whose box does not tell taken for the pronoun where its line has no other bar."""
    bars = Counter(word.line for word in words if word.text == _BAR)
    return [
        replace(word, text="I") if word.text == _BAR and bars[word.line] == 1 and not _slim(word.box) else word
        for word in words
    ]


def _slim(box: tuple[float, float, float, float]) -> bool:
    return box[2] - box[0] <= _SLIM * (box[3] - box[1])


def _numeral(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _mean(words: list[_Letters]) -> float:
    weights = [len(word.text) for word in words]
    return sum(word.confidence * weight for word, weight in zip(words, weights, strict=True)) / max(sum(weights), 1)


def _blank(sheet: Any) -> bool:
    """Whether next to nothing stands on the page."""
    counts = sheet.histogram()
    return bool(sum(counts[:128]) < 0.0004 * sheet.width * sheet.height)


def _page(
    words: list[_Letters], number: int, scale: float, size: tuple[float, float], turn: int, straight: Straightened
) -> Parsed:
    pieces: list[str] = []
    at = 0
    placed: list[Word] = []
    for gap, word in _set(words):
        pieces += [gap, word.text]
        start = at + len(gap)
        at = start + len(word.text)
        box = _turned_back(straight.back(word.box), straight.size, turn)
        left, top, right, bottom = (round(edge * scale, 1) for edge in box)
        placed.append(Word(start, at, 0, left, top, right, bottom, word.confidence))
    text = "".join([*pieces, "\n"])
    return Parsed(text=text, pages=(Page(number, 0, len(text), size[0], size[1]),), words=tuple(placed))


def _set(words: list[_Letters]) -> Iterator[tuple[str, _Letters]]:
    """Each word with the white space before it: a blank line where the page leaves more than between lines."""
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    middles = [median((word.box[1] + word.box[3]) / 2 for word in line) for line in lines]
    pitches = [low - high for high, low in pairwise(middles)]
    down = sorted(pitch for pitch in pitches if pitch > 0)
    usual = down[len(down) // 4] if down else 0.0  # of most pages a quarter of the lines and more stand close
    for index, line in enumerate(lines):
        gap = ""
        if index > 0:
            gap = "\n" if 0 < pitches[index - 1] <= _PARAGRAPH * usual else "\n\n"
        high = median(word.box[3] - word.box[1] for word in line)
        for before, word in zip([None, *line], line, strict=False):
            if before is not None:
                gap = "   " if word.box[0] - before.box[2] > _GAP * high else " "
            yield gap, word


def _turned_back(box: tuple[float, float, float, float], size: tuple[int, int], turn: int) -> tuple[float, ...]:
    """A box on the page as it came, from one on the page that was turned clockwise by `turn` degrees."""
    left, top, right, bottom = box
    wide, high = size
    if turn == 180:
        return wide - right, high - bottom, wide - left, high - top
    if turn == 90:
        return top, wide - right, bottom, wide - left
    if turn == 270:
        return high - bottom, left, high - top, right
    return box
