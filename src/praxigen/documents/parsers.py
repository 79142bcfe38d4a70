"""Which parser reads which kind of file. Only the child process calls this; a parser is imported when it is needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from praxigen.documents.parsed import MOST_CHARACTERS, Parsed, Refusal

KINDS = ("ccda", "docx", "fhir", "hl7v2", "html", "pdf", "picture", "rtf", "zip")
MAKERS = ("annotate", "draw", "unlock")  # they make files of a file


def parse(kind: str, data: bytes, password: str | None, spec: dict[str, Any] | None = None) -> Parsed:
    """Read a file of a kind. Raises Refusal where it cannot be read, and whatever else its parser raises."""
    if kind in MAKERS:
        made: Parsed = getattr(import_module(f"praxigen.documents.formats.{kind}"), kind)(data, spec, password)
        return made
    if kind not in KINDS:
        raise ValueError(f"no parser for {kind}")
    module = import_module(f"praxigen.documents.formats.{kind}")
    parsed: Parsed = module.parse(data, password) if kind == "pdf" else module.parse(data)
    if len(parsed.text) > MOST_CHARACTERS:
        raise Refusal(
            f"holds more than {MOST_CHARACTERS // 1_000_000} million characters, too many for one clinical document",
            "Split it.",
        )
    return parsed


def parse_page(kind: str, data: bytes, page: int, password: str | None, request: dict[str, Any]) -> Parsed:
    """Recognize one page of a PDF or a picture. Raises as `parse` does."""
    if kind not in ("pdf", "picture"):
        raise ValueError(f"no pages in {kind}")
    from praxigen.documents.formats.ocr import recognize

    return recognize(kind, data, page, password, str(request["models"]))
