"""A ZIP of files as one chart. Names in it are labels: nothing is ever written to a disk."""

from __future__ import annotations

from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from praxigen.documents.formats.archive import is_locked, open_zip, take
from praxigen.documents.parsed import Embedded, Locked, Parsed, Refusal

MOST_ENTRIES = 100
_CLUTTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def parse(data: bytes) -> Parsed:
    """Unpack the files in the order of their names; each is then read by its own content."""
    archive = open_zip(data, MOST_ENTRIES)
    if is_locked(archive):
        raise Locked("is a ZIP file locked with a password", "Unpack it and give the files.")
    embedded: list[Embedded] = []
    unread: list[tuple[int | None, str]] = []
    for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
        name = entry.filename.replace("\\", "/")
        if entry.is_dir() or name.startswith(_CLUTTER[0]) or PurePosixPath(name).name in _CLUTTER:
            continue
        try:
            embedded.append(Embedded(_label(name), _entry(archive, entry, name)))
        except Refusal as refusal:
            unread.append((None, f"{_label(name)} {refusal.what}"))
    if not embedded and not unread:
        raise Refusal("is an empty ZIP file", "Put the notes of the chart into it.")
    return Parsed(unread=tuple(unread), embedded=tuple(embedded))


def _entry(archive: ZipFile, entry: ZipInfo, name: str) -> bytes:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in name:
        raise Refusal("has a name that leads out of the ZIP file, as an attack does", "Leave it out.")
    if entry.flag_bits & 1:
        raise Refusal("is locked with a password", "Unpack it and give the files.")
    return take(archive, entry)


def _label(name: str) -> str:
    printable = "".join(letter if letter.isprintable() else "?" for letter in name)
    return printable if len(printable) <= 120 else f"...{printable[-117:]}"
