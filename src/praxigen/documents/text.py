"""Turns the bytes of a text file into text without losing a word."""

from __future__ import annotations

from codecs import BOM_UTF8

from praxigen.documents.kinds import is_utf16

_CP1252_WARNING = (
    "The note is not valid UTF-8; it was read as Windows-1252. "
    "Check accented letters and quotation marks in the quotes."
)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and what to warn about. A byte order mark is no part of the text; line ends stay as they are."""
    if is_utf16(data):
        return data.decode("utf-16"), ()
    data = data.removeprefix(BOM_UTF8)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_windows_1252()), (_CP1252_WARNING,)


def _windows_1252() -> dict[int, str]:
    """What Windows-1252 makes of the bytes 0x80 to 0x9F; its five undefined bytes keep their Latin-1 meaning."""
    table = {}
    for byte in range(0x80, 0xA0):
        try:
            table[byte] = bytes((byte,)).decode("cp1252")
        except UnicodeDecodeError:
            continue
    return table
