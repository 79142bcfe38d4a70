"""Opens a document from a path, standard input or bytes, and refuses what cannot be read with one clear message."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from praxigen.documents.formats import refuse_binary
from praxigen.documents.text import decode
from praxigen.errors import InputError
from praxigen.model.disguise import is_disguised
from praxigen.model.document import Document

MAX_BYTES = 10 * 1024 * 1024
_NAMED = 5  # lines that a warning names


def read_document(source: str | os.PathLike[str] | bytes, name: str | None = None) -> Document:
    """The document at a path, on standard input ("-"), or in bytes; `name` is what its quotes call it.

    Raises InputError where there is nothing to read, or nothing that this version can read.
    """
    if isinstance(source, bytes):
        return _document(source, name or "note", name or "the note")
    if source == "-":
        return _document(_take(sys.stdin.buffer), name or "stdin", "standard input")
    path = Path(source)
    return _document(_bytes_at(path), name or path.name, str(path))


def _bytes_at(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return _take(stream)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(f"{path}: there is no such file", "Check the path; - reads standard input.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder, not a note", "Name one file in it.") from None
    except PermissionError:
        raise InputError(f"{path}: no permission to read this file", "Ask whoever owns it for access.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        why = error.strerror if isinstance(error, OSError) and error.strerror else "not a path"
        raise InputError(f"{path}: could not be read: {why}", "Copy the note to a local disk and try again.") from None


def _take(stream: BinaryIO) -> bytes:
    """Everything in the stream, and never much more than the limit: a pipe does not say how long it is."""
    return stream.read(MAX_BYTES + 1)


def _document(data: bytes, name: str, where: str) -> Document:
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{where} is larger than {MAX_BYTES // 1024 // 1024} MB, too large for one clinical note",
            "Split the chart and give the note that documents the criteria.",
        )
    refuse_binary(data, where)
    text, warnings = decode(data)
    if not text.strip():
        raise InputError(f"{where} is empty: there is nothing to check", "Give a note with text in it.")
    return Document(name, text, (*warnings, *_disguised(text)))


def _disguised(text: str) -> tuple[str, ...]:
    """One warning for all lines with characters that a person cannot see; the reader takes nothing from them."""
    if text.isascii():
        return ()
    lines = [at for at, line in enumerate(text.split("\n"), 1) if is_disguised(line)]
    if not lines:
        return ()
    named = ", ".join(str(line) for line in lines[:_NAMED]) + (" and more" if len(lines) > _NAMED else "")
    return (
        (
            f"Characters that cannot be seen, or that look like other letters, stand in line {named}. "
            "The sentences that hold them are not used as evidence; type them again if they matter."
        ),
    )
