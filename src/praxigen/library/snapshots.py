"""The words of sources as the library keeps them, and where a citation's words stand in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from praxigen.datafiles import read_bytes
from praxigen.errors import LibraryError
from praxigen.model.frozen import frozen
from praxigen.model.provenance import Snapshot

FOLDER = "snapshots"
_MEND = "Restore the file, or cite the text anew and write its hash into the source."


@frozen
class Passage:
    """An exact span of a snapshot: `text[start:end]`, counted in characters."""

    start: int
    end: int
    text: str


def read_snapshot(folders: Iterable[Path], snapshot: Snapshot) -> str:
    """The text of a snapshot, from the last folder that holds it.

    Raises LibraryError where no folder holds it, where its bytes are not those that were cited, and where they are
    no UTF-8 text.
    """
    name = f"{FOLDER}/{snapshot.file}"
    for folder in reversed(tuple(folders)):
        path = folder / FOLDER / snapshot.file
        if path.is_file():
            data = read_bytes(path, name)
            if hashlib.sha256(data).hexdigest() != snapshot.sha256:
                raise LibraryError(f"{name} is not the text that was cited: its hash differs", _MEND)
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError as error:
                raise LibraryError(f"{name} is no UTF-8 text: byte {error.start} cannot be read", _MEND) from None
    raise LibraryError(f"no folder of the library holds {name}", "Add the file, or correct 'snapshot'.")


def occurrences(text: str, words: str) -> int:
    """How often a passage stands in a text: once is what a citation needs."""
    return text.count(words) if words else 0


def find_passages(text: str, words: Iterable[str]) -> tuple[Passage, ...]:
    """Where each passage stands. What is not there, or there twice, is left out: `library lint` tells of it."""
    found: list[Passage] = []
    for each in words:
        if occurrences(text, each) == 1:
            start = text.index(each)
            found.append(Passage(start, start + len(each), each))
    return tuple(found)
