"""RTF, as older word processors and many EHRs save letters."""

from __future__ import annotations

import re

from praxigen.documents.parsed import Parsed, Refusal

_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_UNICODE = re.compile(r"\\u(-?\d{5,4000})")  # a signed number of 16 bits in the specification
_HIDDEN = re.compile(rb"\\v(?![a-zA-Z0-9])")


def parse(data: bytes) -> Parsed:
    """Read a file; tables come out as rows with their cells set off."""
    from striprtf.striprtf import rtf_to_text

    if not data.rstrip(b"\x00 \t\r\n").endswith(b"}"):
        warnings: tuple[str, ...] = ("The file breaks off: its end is missing.",)
    else:
        warnings = ()
    if _HIDDEN.search(data):
        warnings += ("The file holds text that a word processor hides; look at the quotes.",)
    found = _CODE_PAGE.search(data[:4096])
    encoding = f"cp{int(found[1])}" if found and int(found[1]) not in (0, 65001) else "cp1252"
    try:
        "".encode(encoding)
    except LookupError:
        encoding = "cp1252"
    plain = _UNICODE.sub(_letter, data.decode("latin-1"))
    text = rtf_to_text(plain, encoding=encoding, errors="replace")  # type: ignore[no-untyped-call]
    text = re.sub(r"^[ \t]*\|?(?P<row>[^\n]*?)\|[ \t]*$", _row, text, flags=re.MULTILINE)
    if not text.strip():
        raise Refusal("holds no text", "Open it, and save it as text.")
    return Parsed(text, warnings=warnings)


def _letter(match: re.Match[str]) -> str:
    """The letter as it stands, or the mark of an unknown one where its number is none of a letter."""
    return match[0] if -0x8000 <= int(match[1]) <= 0xFFFF else f"\\u{0xFFFD}"


def _row(match: re.Match[str]) -> str:
    cells = [" ".join(cell.split()) for cell in match["row"].split("|")]
    cells = [cell for cell in cells if cell]
    if len(cells) == 2 and len(cells[0]) <= 32:
        return f"{cells[0]} {cells[1]}" if cells[0].endswith(":") else f"{cells[0]}: {cells[1]}"
    return f"- {' | '.join(cells)}" if len(cells) > 1 else "".join(cells)
