"""A payer's answer from a file: a letter as any document is read, a FHIR answer as the text that it is."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from praxigen.documents import MAX_BYTES, read_document
from praxigen.errors import InputError
from praxigen.model.document import Document


def read_answer(source: str | Path | bytes, name: str | None = None, *, password: str | None = None) -> Document:
    """The document at a path, on standard input ("-"), or in bytes. Raises InputError as `read_document` does.

    A ClaimResponse keeps its JSON as text, so that it can be quoted; every other file is read as a note would be.
    """
    if source == "-":
        source, name = sys.stdin.buffer.read(MAX_BYTES + 1), name or "stdin"
    data = source if isinstance(source, bytes) else _bytes(Path(source))
    if data is not None and is_claim_response(data):
        called = name or ("answer" if isinstance(source, bytes) else Path(source).name)
        return Document(called, data.decode("utf-8-sig"))
    try:
        return read_document(source, name, password=password)
    except InputError as error:
        if "FHIR" not in error.message:
            raise
        raise InputError(
            error.message, "A payer's answer in FHIR is a ClaimResponse: give that, or its bundle."
        ) from error


def is_claim_response(data: bytes) -> bool:
    """Whether bytes are FHIR in JSON with a ClaimResponse in it."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or b"ClaimResponse" not in data:
        return False
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    held = [root, *(entry.get("resource") for entry in _entries(root))]
    return any(isinstance(each, dict) and each.get("resourceType") == "ClaimResponse" for each in held)


def _entries(root: object) -> list[dict[str, object]]:
    entries = root.get("entry") if isinstance(root, dict) else None
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _bytes(path: Path) -> bytes | None:
    """The bytes of a file; None where `read_document` has to say why there are none."""
    try:
        if path.is_file() and path.stat().st_size <= MAX_BYTES:
            return path.read_bytes()
    except (OSError, ValueError):
        pass
    return None
