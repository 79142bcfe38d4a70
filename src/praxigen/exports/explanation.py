"""What one criterion asks: the answer as values and as JSON (schema praxigen.explanation/1)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from praxigen.exports.patterns import looks_for, refuted_by
from praxigen.exports.sources import citation, statements
from praxigen.model.criterion import Criterion
from praxigen.model.guideline import Guideline

SCHEMA = "praxigen.explanation/1"


@dataclass(frozen=True, slots=True)
class Explained:
    """A criterion, its guideline and the indications that use it."""

    guideline: Guideline
    criterion: Criterion
    indications: tuple[str, ...]


def to_json(explained: tuple[Explained, ...]) -> str:
    """The explanations as JSON text."""
    answer = {"schema": SCHEMA, "criteria": [_one(each) for each in explained], "guidelines": _guidelines(explained)}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _guidelines(explained: tuple[Explained, ...]) -> list[dict[str, Any]]:
    """The guidelines of the criteria, each once, with what they leave out."""
    books = {each.guideline.id: each.guideline for each in explained}
    return [
        {"id": book.id, "edition": book.edition, "not_covered": statements(book.not_covered)} for book in books.values()
    ]


def _one(each: Explained) -> dict[str, Any]:
    node = each.criterion
    return {
        "guideline": each.guideline.id,
        "edition": each.guideline.edition,
        "indications": list(each.indications),
        "id": node.id,
        "text": node.says,
        "kind": node.op.value,
        "count": node.count or None,
        "ask": node.ask,
        "would_document": node.would_document,
        "attest_by": node.attest_by or None,
        "source": citation(node.citation) if node.citation else None,
        "shown_by": looks_for(node),
        "refuted_by": refuted_by(node),
        "condition": node.applies_if.id if node.applies_if else None,
        "waiver": node.unless.id if node.unless else None,
        "children": [child.id for child in node.children],
    }
