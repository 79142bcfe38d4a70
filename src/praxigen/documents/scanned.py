"""Puts what was recognized on scanned pages where it belongs, and takes nothing from text that the picture lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from praxigen.documents.parsed import Parsed
from praxigen.model.layout import Page, Unused, Word

_ALIKE = 60.0  # of 100, the likeness of two readings of one word
_DOUBT = 0.3  # confidence of a word of the layer that the picture shows otherwise
_MISSING = 0.5  # of the letters of a line are not on the picture
_NAMED = 5

NOT_ON_PICTURE = "the text layer holds words that are not on the picture of the page. They are not used as evidence."


def with_recognized(parsed: Parsed, read: Mapping[int, Parsed]) -> Parsed:
    """The file with its scanned pages, each at its place. A layer that lies under a picture is compared with it."""
    sheets = {page.number: _sheet(parsed, index) for index, page in enumerate(parsed.pages)}
    unread = [(page, reason) for page, reason in parsed.unread if page not in read]
    hidden: list[int] = []
    blind: list[int] = []
    for number, recognized in read.items():
        if number not in sheets:
            unread.extend(recognized.unread)
            if recognized.text.strip():
                sheets[number] = recognized
        elif recognized.unread:
            blind.append(number)
        else:
            sheets[number], differs = _compared(sheets[number], recognized)
            if differs:
                hidden.append(number)
    warnings = list(parsed.warnings)
    if hidden:
        warnings.append(f"{_pages(hidden)}: {NOT_ON_PICTURE}")
    if blind:
        warnings.append(f"{_pages(blind)}: the text layer could not be compared with the picture.")
    whole = _joined([sheets[number] for number in sorted(sheets)])
    return replace(
        whole,
        unread=tuple(sorted(unread, key=lambda each: each[0] or 0)),
        warnings=tuple(warnings),
        parts=parsed.parts,
        embedded=parsed.embedded,
    )


def _sheet(parsed: Parsed, index: int) -> Parsed:
    """One page of a file as a file of its own."""
    page = parsed.pages[index]
    return Parsed(
        text=parsed.text[page.start : page.end],
        pages=(replace(page, start=0, end=page.end - page.start),),
        words=tuple(
            word._replace(start=word.start - page.start, end=word.end - page.start, page=0)
            for word in parsed.words
            if word.page == index
        ),
        unused=tuple(
            replace(span, start=span.start - page.start, end=span.end - page.start)
            for span in parsed.unused
            if page.start <= span.start < page.end
        ),
    )


def _joined(sheets: Sequence[Parsed]) -> Parsed:
    pieces: list[str] = []
    pages: list[Page] = []
    words: list[Word] = []
    unused: list[Unused] = []
    at = 0
    for sheet in sheets:
        if pieces:
            pieces.append("\f")
            at += 1
        words += [word._replace(start=word.start + at, end=word.end + at, page=len(pages)) for word in sheet.words]
        unused += [replace(span, start=span.start + at, end=span.end + at) for span in sheet.unused]
        pages.append(replace(sheet.pages[0], start=at, end=at + len(sheet.text)))
        pieces.append(sheet.text)
        at += len(sheet.text)
    return Parsed(text="".join(pieces), pages=tuple(pages), words=tuple(words), unused=tuple(unused))


def _compared(layer: Parsed, picture: Parsed) -> tuple[Parsed, bool]:
    """The page's layer, its words that the picture shows otherwise marked; whether a line stands on no picture."""
    shown = [(word, picture.text[word.start : word.end]) for word in picture.words]
    words: list[Word] = []
    lines: dict[int, list[tuple[Word, bool]]] = {}
    for word in layer.words:
        told = layer.text[word.start : word.end]
        there = [text for other, text in shown if _overlap(word, other)]
        same = _says(told, there)
        sure = same and _digits(told) in _digits("".join(there))
        words.append(word if sure else word._replace(confidence=_DOUBT))
        lines.setdefault(layer.text.count("\n", 0, word.start), []).append((word, same))
    hidden = [
        Unused(line[0][0].start, line[-1][0].end, "hidden")
        for line in lines.values()
        if sum(_letters(word) for word, same in line if not same) > _MISSING * sum(_letters(word) for word, _ in line)
    ]
    return replace(layer, words=tuple(words), unused=(*layer.unused, *hidden)), bool(hidden)


def _says(told: str, there: Sequence[str]) -> bool:
    """Whether the picture shows a word, as far as two readings of one word agree."""
    from rapidfuzz import fuzz

    told, joined = told.lower(), "".join(there).lower()
    if any(fuzz.ratio(told, each.lower()) >= _ALIKE for each in there):
        return True
    return len(joined) >= len(told) and fuzz.partial_ratio(told, joined) >= _ALIKE


def _overlap(one: Word, other: Word) -> bool:
    high = max(one.bottom - one.top, 1.0)
    beside = one.left - high / 2 < other.right and other.left < one.right + high / 2
    return beside and abs((one.top + one.bottom) - (other.top + other.bottom)) / 2 < high


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _letters(word: Word) -> int:
    return word.end - word.start


def _pages(numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, sorted(numbers)[:_NAMED])) + (" and more" if len(numbers) > _NAMED else "")
    return f"Page{'s' if len(numbers) > 1 else ''} {named}"
