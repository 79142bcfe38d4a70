"""One file of the library in, its value out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TypeVar

from praxigen.datafiles import Node, parse_yaml, read_bytes
from praxigen.library.index import LibraryFile

T = TypeVar("T")


def parse(file: LibraryFile) -> tuple[Node, str]:
    """The tree of a file and the hash of its bytes. Raises FaultyFileError or LibraryError."""
    data = read_bytes(file.path, file.name)
    return parse_yaml(data, file.name), hashlib.sha256(data).hexdigest()


def load(file: LibraryFile, read: Callable[[Node, str, str, Mapping[str, str]], T]) -> T:
    """The guideline or requirement in a file. Raises FaultyFileError or LibraryError."""
    root, sha256 = parse(file)
    return read(root, file.name, sha256, file.expects)


def load_entries(file: LibraryFile, read: Callable[[Node, str], tuple[T, ...]]) -> tuple[T, ...]:
    """The payers or procedures in a file. Raises FaultyFileError or LibraryError."""
    return read(parse(file)[0], file.name)
