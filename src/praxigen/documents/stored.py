"""A document as bytes and back, exactly: what the workspace keeps of a chart, so that no page is recognized twice.

The bytes are a mark with the version, then a zlib stream of one JSON value, then the bytes of the files that are kept.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from praxigen.errors import InputError
from praxigen.model.document import Document
from praxigen.model.layout import Page, Part, SourceFile, Unread, Unused, Word

_MARK = b"praxigen.document/1\n"
_LENGTH = 8  # bytes that say how long the JSON is, packed
T = TypeVar("T")


def dump_document(document: Document, keep: Callable[[SourceFile], bool] = lambda _file: True) -> bytes:
    """The document as bytes. `keep` says of which files their own bytes are kept too."""
    kept = [file.data if keep(file) else b"" for file in document.files]
    told = {
        "name": document.name,
        "text": document.text,
        "warnings": document.warnings,
        # By column: numbers of one kind stand together, which packs to half the size.
        "pages": _columns([(p.number, p.start, p.end, p.width, p.height, p.rotation) for p in document.pages]),
        "words": _columns(document.words),
        "parts": [[p.kind, p.start, p.end, _iso(p.date), p.author, p.title] for p in document.parts],
        "unused": [[u.start, u.end, u.why] for u in document.unused],
        "files": [
            [f.name, f.kind, f.sha256, f.start, f.end, len(data)] for f, data in zip(document.files, kept, strict=True)
        ],
        "unread": [[u.file, u.page, u.reason] for u in document.unread],
    }
    # Not as ASCII: two halves of a character that stand beside each other must not come back as one.
    plain = json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
    body = zlib.compress(plain, 6)
    return b"".join(chain([_MARK, len(body).to_bytes(_LENGTH, "big"), body], kept))


def load_document(data: bytes) -> Document:
    """The document again. Raises InputError for bytes that `dump_document` did not write."""
    try:
        return _load(data)
    except (ValueError, KeyError, TypeError, IndexError, zlib.error):
        raise InputError(
            "a stored document cannot be read: it is damaged, or a newer praxigen wrote it",
            "Restore the backup, or run the version of praxigen that stored it.",
        ) from None


def _load(data: bytes) -> Document:
    if not data.startswith(_MARK):
        raise ValueError("another mark")
    at = len(_MARK) + _LENGTH
    length = int.from_bytes(data[len(_MARK) : at], "big")
    if at + length > len(data):
        raise ValueError("cut off")
    told: dict[str, Any] = json.loads(zlib.decompress(data[at : at + length]).decode("utf-8", "surrogatepass"))
    at += length
    files = []
    for name, kind, sha256, start, end, size in told["files"]:
        files.append(SourceFile(name, kind, sha256, start, end, data[at : at + size]))
        at += size
    if at != len(data):
        raise ValueError("cut off, or followed by something")
    return Document(
        name=told["name"],
        text=told["text"],
        warnings=tuple(told["warnings"]),
        pages=tuple(Page(*row) for row in _rows(told["pages"])),
        words=tuple(Word(*row) for row in _rows(told["words"])),
        parts=tuple(
            Part(kind, start, end, date.fromisoformat(day) if day else None, author, title)
            for kind, start, end, day, author, title in told["parts"]
        ),
        unused=tuple(Unused(*row) for row in told["unused"]),
        files=tuple(files),
        unread=tuple(Unread(*row) for row in told["unread"]),
    )


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return list(zip(*rows, strict=True))


def _rows(columns: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    return list(zip(*columns, strict=True))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
