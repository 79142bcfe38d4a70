"""Makes the words of a note safe to print: a note may hold codes that move a terminal's cursor or turn text around."""

from __future__ import annotations

import unicodedata

_KEPT = "\n\t"
_TURNS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def printable(text: str) -> str:
    """The text with control and text-turning characters written out, for example as <U+001B>; a page ends its line."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text.replace("\r\n", "\n").replace("\n\f", "\n"))


def _shown(character: str) -> str:
    if character in _KEPT or (unicodedata.category(character) != "Cc" and character not in _TURNS):
        return character
    return f"<U+{ord(character):04X}>"
