"""Sources and citations as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from praxigen.model.guideline import Statement
from praxigen.model.provenance import Citation, Source


def iso(day: date | None) -> str | None:
    """A date as ISO text; None where it is not stated."""
    return day.isoformat() if day else None


def source(each: Source) -> dict[str, Any]:
    """One document that the library rests on."""
    return {
        "id": each.id,
        "title": each.title,
        "number": each.number,
        "edition": each.edition,
        "publisher": each.publisher,
        "trust": each.trust.value,
        "read": each.read.value,
        "effective": iso(each.effective),
        "retrieved": iso(each.retrieved),
        "url": each.url,
        "note": each.note,
        "snapshot": {"file": each.snapshot.file, "sha256": each.snapshot.sha256} if each.snapshot else None,
    }


def citation(each: Citation) -> dict[str, Any]:
    """The source of one line: which, where in it, and how that line was read there."""
    return {
        "id": each.source.id,
        "title": each.source.title,
        "number": each.source.number,
        "edition": each.source.edition,
        "at": each.at,
        "trust": each.trust.value,
        "read": each.read.value,
        "label": each.label,
        "note": each.note,
        "words": list(each.words),
    }


def statements(lines: Iterable[Statement]) -> list[dict[str, Any]]:
    """Lines that inform but are not computed, each with its source."""
    return [{"id": line.id, "text": line.says, "source": citation(line.citation)} for line in lines]
