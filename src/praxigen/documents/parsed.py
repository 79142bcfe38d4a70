"""What a parser hands over: the text of one file with what stands where in it, and how it crosses from the child."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import field
from datetime import date
from typing import Any

from praxigen.model.frozen import frozen
from praxigen.model.layout import Page, Part, Unused, Word

MOST_CHARACTERS = 5_000_000


class Refusal(Exception):  # noqa: N818  it is the trade's word for what happens
    """A file that cannot be read. `what` goes behind its name ("is encrypted"), `hint` says what to do next."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


class Locked(Refusal):
    """A file that its password would open: none was given, or another one."""


@frozen
class Embedded:
    """A file inside a file: an entry of a ZIP archive, the PDF in a FHIR attachment.

    `part` is what the outer file says of it: kind, date, author and title.
    """

    name: str
    data: bytes = field(repr=False)
    part: Part | None = None


@frozen
class Parsed:
    """One file as its parser read it. Offsets count characters of `text`.

    `parts` are what the format itself says of kind, date and author. `unread` are pages (from 1, None for the file)
    with the reason. `embedded` files are read in their turn and follow this one. `scanned` are pages (from 1) that are
    pictures: some are among the unread, some have a text layer that another program put under the picture.
    """

    text: str = ""
    pages: tuple[Page, ...] = ()
    words: tuple[Word, ...] = ()
    parts: tuple[Part, ...] = ()
    unused: tuple[Unused, ...] = ()
    unread: tuple[tuple[int | None, str], ...] = ()
    warnings: tuple[str, ...] = ()
    embedded: tuple[Embedded, ...] = ()
    scanned: tuple[int, ...] = ()


def pack(parsed: Parsed) -> Iterator[bytes]:
    """The bytes in which a child hands over what it read: the length of a JSON value, that value, embedded files."""
    told = {
        "text": parsed.text,
        "pages": [[p.number, p.start, p.end, p.width, p.height, p.rotation] for p in parsed.pages],
        "words": parsed.words,
        "parts": [_part(part) for part in parsed.parts],
        "unused": [[u.start, u.end, u.why] for u in parsed.unused],
        "unread": parsed.unread,
        "warnings": parsed.warnings,
        "scanned": parsed.scanned,
        "embedded": [[e.name, len(e.data), _part(e.part) if e.part else None] for e in parsed.embedded],
    }
    body = json.dumps(told, separators=(",", ":")).encode("ascii")
    yield len(body).to_bytes(8, "big")
    yield body
    for each in parsed.embedded:
        yield each.data


def unpack(data: bytes) -> Parsed:
    """What a child handed over. Raises ValueError, KeyError or TypeError where it is not what `pack` writes."""
    at = 8 + int.from_bytes(data[:8], "big")
    read: dict[str, Any] = json.loads(data[8:at])
    text = str(read["text"])
    size = len(text)
    embedded = []
    for name, length, part in read["embedded"]:
        stop = at + int(length)
        if not at <= stop <= len(data):
            raise ValueError("an embedded file outside of the answer")
        embedded.append(Embedded(str(name), data[at:stop], _as_part(part, None) if part else None))
        at = stop
    return Parsed(
        text=text,
        pages=tuple(
            Page(int(number), *_within(start, end, size), float(width), float(height), int(rotation))
            for number, start, end, width, height, rotation in read["pages"]
        ),
        words=tuple(
            Word(
                *_within(start, end, size),
                int(page),
                float(left),
                float(top),
                float(right),
                float(bottom),
                None if confidence is None else float(confidence),
            )
            for start, end, page, left, top, right, bottom, confidence in read["words"]
        ),
        parts=tuple(_as_part(part, size) for part in read["parts"]),
        unused=tuple(Unused(*_within(start, end, size), str(why)) for start, end, why in read["unused"]),
        unread=tuple((None if page is None else int(page), str(reason)) for page, reason in read["unread"]),
        warnings=tuple(str(warning) for warning in read["warnings"]),
        embedded=tuple(embedded),
        scanned=tuple(int(page) for page in read["scanned"]),
    )


def _part(part: Part) -> list[Any]:
    return [part.kind, part.start, part.end, part.date.isoformat() if part.date else None, part.author, part.title]


def _as_part(values: list[Any], size: int | None) -> Part:
    kind, start, end, day, author, title = values
    start, end = _within(start, end, size) if size is not None else (0, 0)
    return Part(str(kind), start, end, date.fromisoformat(day) if day else None, str(author), str(title))


def _within(start: object, end: object, size: int) -> tuple[int, int]:
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end <= size:
        raise ValueError("a place outside of the text")
    return start, end
