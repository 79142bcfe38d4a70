"""What kind of file some bytes are, by what stands in them and never by their name."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from enum import StrEnum

from praxigen.documents.parsed import Refusal

_READS = "praxigen reads text, PDF, Word (DOCX), RTF, HTML, C-CDA, FHIR, HL7 v2, and ZIP files of these."


class Kind(StrEnum):
    """The kinds of file that are told apart. The text of a picture must be recognized first."""

    TEXT = "text"
    PDF = "pdf"
    DOCX = "docx"
    RTF = "rtf"
    HTML = "html"
    CCDA = "ccda"
    FHIR = "fhir"
    HL7V2 = "hl7v2"
    ZIP = "zip"
    PICTURE = "picture"


_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
    b"\x00\x00\x00\x0cjP",
)
_LOOK = 4096  # bytes in which a file says what it is
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|style|div|table|p|h[1-6]|span|font|br)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*(?:<\?xml|<!DOCTYPE|<[A-Za-z][\w.-]*:?[\w.-]*[^<>]*\sxmlns)", re.IGNORECASE)
_CDA = re.compile(rb"<(?:[\w-]+:)?ClinicalDocument\b")
_FHIR = re.compile(rb"\"resourceType\"\s*:")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x1c"))
_MOST_CONTROLS = 0.02


def kind_of(data: bytes) -> Kind:
    """The kind of a file. Raises Refusal for one that praxigen does not read, with what to do instead."""
    head = data[:_LOOK]
    start = head.removeprefix(BOM_UTF8).lstrip()
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if start.startswith(b"{\\rtf"):
        return Kind.RTF
    if start.startswith(_PICTURES):
        return Kind.PICTURE
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    _refuse_others(start)
    if is_utf16(data):
        head = data[: 2 * _LOOK].decode("utf-16", "ignore").encode()
        start = head.lstrip()
    elif b"\x00" in data or len(data) - len(data.translate(None, _CONTROLS)) > len(data) * _MOST_CONTROLS:
        raise Refusal("is a binary file, not a document", _READS)
    return _written(data, head, start)


def _written(data: bytes, head: bytes, start: bytes) -> Kind:
    """The kind of a file that is written in letters."""
    if start.startswith((b"MSH|", b"FHS|", b"BHS|", b"\x0bMSH")) or re.match(rb"\x0b?MSH[^\w\s]", start):
        return Kind.HL7V2
    if start.startswith((b"{", b"[")) and _FHIR.search(data):
        return Kind.FHIR
    if start.startswith(b"<"):
        if _CDA.search(head) or _CDA.search(data[:65536]):
            return Kind.CCDA
        if _HTML.match(start):
            return Kind.HTML
        if _XML.match(start):
            what = (
                "is FHIR in XML" if b"http://hl7.org/fhir" in head else "is XML of a kind that praxigen does not know"
            )
            raise Refusal(what, "Export it as JSON." if "FHIR" in what else _READS)
    return Kind.TEXT


def _packed(data: bytes) -> Kind:
    """The kind of a ZIP file, by the names in its directory, which stand in it unpacked."""
    if re.search(rb"word/document\d*\.xml", data):
        return Kind.DOCX
    for sign, what in (
        (b"xl/workbook", "is a spreadsheet"),
        (b"ppt/presentation", "is a presentation"),
        (b"application/vnd.oasis.opendocument", "is an OpenDocument file"),
        (b"AndroidManifest.xml", "is a program"),
    ):
        if sign in data:
            raise Refusal(what, "Save it as a PDF, as DOCX or as text.")
    return Kind.ZIP


def _refuse_others(start: bytes) -> None:
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal(
            "is an old Word or Office file, or one with a password",
            "Open it in Word and save it as DOCX without a password.",
        )
    if start.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")):
        raise Refusal("is a compressed file of a kind that is not read", "Unpack it and give the files inside.")


def is_utf16(data: bytes) -> bool:
    """Whether the bytes announce themselves as UTF-16, as Windows editors write "Unicode" text."""
    if not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or len(data) % 2:
        return False
    try:
        return "\x00" not in data.decode("utf-16")
    except UnicodeDecodeError:
        return False
