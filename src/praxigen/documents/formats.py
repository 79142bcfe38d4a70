"""Recognizes files that are not plain text, so that nobody is shown answers read from bytes of a picture."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from praxigen.errors import InputError

_SAVE_AS_TEXT = "Save or copy its text into a .txt file (UTF-8) and check that; this version reads plain text."
_SCANNED = "Transcribe it, or have its text recognized elsewhere, into a .txt file; this version reads plain text."

# How a file begins, what people call it, and what to do with it.
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", _SAVE_AS_TEXT),
    (b"\xd0\xcf\x11\xe0", "an old Word or Office file", _SAVE_AS_TEXT),
    (b"{\\rtf", "an RTF file", _SAVE_AS_TEXT),
    (b"\x89PNG", "a picture", _SCANNED),
    (b"\xff\xd8\xff", "a picture", _SCANNED),
    (b"GIF8", "a picture", _SCANNED),
    (b"II*\x00", "a scanned picture (TIFF)", _SCANNED),
    (b"MM\x00*", "a scanned picture (TIFF)", _SCANNED),
    (b"\x1f\x8b", "a compressed file", "Unpack it and give the text file inside."),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_MOST_CONTROLS = 0.02


def refuse_binary(data: bytes, name: str) -> None:
    """Raise InputError where the bytes are those of a PDF, an archive, a picture or anything else but text."""
    head = data[:16].lstrip()
    for magic, kind, hint in _MAGIC:
        if head.startswith(magic):
            raise _refusal(name, kind, hint)
    if head.startswith(b"PK\x03\x04"):
        word = b"word/" in data
        kind = "a Word document (DOCX)" if word else "a ZIP archive"
        raise _refusal(name, kind, _SAVE_AS_TEXT if word else "Unpack it and give the text file inside.")
    if is_utf16(data):
        return
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\x00" in data or controls > len(data) * _MOST_CONTROLS:
        raise _refusal(name, "a binary file", _SAVE_AS_TEXT)


def is_utf16(data: bytes) -> bool:
    """Whether the bytes announce themselves as UTF-16, as Windows editors write "Unicode" text."""
    if not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or len(data) % 2:
        return False
    try:
        return "\x00" not in data.decode("utf-16")
    except UnicodeDecodeError:
        return False


def _refusal(name: str, kind: str, hint: str) -> InputError:
    return InputError(f"{name} is {kind}, not plain text", hint)
