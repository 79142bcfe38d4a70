"""The practice's own descriptors of procedure codes: a licensed file in, a file of its policy folder out.

CPT descriptors belong to the American Medical Association. praxigen ships none; a practice that has a licence may
import its file, and its words are then shown on its own machine.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from praxigen.codesets.procedures import look_up_procedure
from praxigen.errors import InputError

FILE = "descriptors.tsv"
MAX_BYTES = 64 * 1024 * 1024
_LONGEST = 1000
_CODE_NAMES = ("cpt code", "hcpcs code", "hcpcs", "cpt", "code", "procedure code", "concept id")
_WORDS_NAMES = ("long descriptor", "long description", "medium descriptor", "short descriptor", "descriptor")
_OTHER_WORDS = ("consumer descriptor", "clinician descriptor", "description", "long", "short", "label")


def read_licensed(data: bytes, name: str) -> Mapping[str, str]:
    """The descriptors in a tab, comma, pipe or semicolon separated file with a line of column names, by code.

    Raises InputError where it is too large, is no text, has no column of codes or of descriptors, or no code at all.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is larger than {MAX_BYTES // 1024 // 1024} MB", "Give the file of descriptors alone.")
    text = _decoded(data, name)
    lines = text.splitlines()
    head, first = _head(lines, name)
    found: dict[str, str] = {}
    for row in csv.reader(lines[first:], delimiter=head.delimiter):
        if len(row) > max(head.code, head.words):
            code, words = row[head.code].strip().upper(), " ".join(row[head.words].split())[:_LONGEST]
            if words and look_up_procedure(code).system is not None:
                found.setdefault(code, words)
    if not found:
        raise InputError(
            f"{name} holds no procedure code with a descriptor", "Look at its columns; is it another file?"
        )
    return MappingProxyType(dict(sorted(found.items())))


def write_descriptors(descriptors: Mapping[str, str]) -> str:
    """The content of the practice's file: one code and its words a line."""
    return "".join(f"{code}\t{words}\n" for code, words in descriptors.items())


def read_descriptors(folder: Path) -> Mapping[str, str]:
    """The descriptors that a policy folder holds; none where it holds no such file. Raises InputError for a bad one."""
    path = folder / FILE
    if not path.is_file():
        return MappingProxyType({})
    found: dict[str, str] = {}
    for number, line in enumerate(_decoded(path.read_bytes(), FILE).splitlines(), 1):
        code, tab, words = line.partition("\t")
        if not tab or look_up_procedure(code).system is None:
            raise InputError(f"{FILE}, line {number}: there is no code and descriptor", "Import the file again.")
        found[code] = words
    return MappingProxyType(found)


class _Head:
    """Which columns of a file hold the code and its words."""

    def __init__(self, delimiter: str, code: int, words: int) -> None:
        self.delimiter = delimiter
        self.code = code
        self.words = words


def _head(lines: list[str], name: str) -> tuple[_Head, int]:
    """The columns, and the number of the line after their names. Licence texts may stand before them."""
    for number, line in enumerate(lines[:200]):
        for delimiter in "\t,|;":
            names = [cell.strip().strip('"').casefold() for cell in line.split(delimiter)]
            code = next((names.index(each) for each in _CODE_NAMES if each in names), None)
            words = next((names.index(each) for each in _columns() if each in names), None)
            if code is not None and words is not None and code != words:
                return _Head(delimiter, code, words), number + 1
    raise InputError(
        f"{name} has no line that names a column of codes and one of descriptors",
        "Give a file with columns such as 'CPT Code' and 'Long Descriptor', separated by tabs or commas.",
    )


def _columns() -> Iterator[str]:
    yield from _WORDS_NAMES
    yield from _OTHER_WORDS


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError(f"{name} is no text file", "Export the descriptors as tab or comma separated text.")
