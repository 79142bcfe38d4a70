"""What one criterion asks: as text and as JSON (schema praxigen.explanation/1)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TextIO

from praxigen.exports import words
from praxigen.exports.patterns import looks_for, refuted_by
from praxigen.exports.sheet import Sheet, terminal
from praxigen.exports.sources import citation
from praxigen.exports.summary import edition
from praxigen.model.criterion import Criterion, Op
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
    answer = {"schema": SCHEMA, "criteria": [_one(each) for each in explained]}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def write_text(explained: tuple[Explained, ...], stream: TextIO) -> None:
    """Write the explanations for people."""
    sheet = Sheet(terminal(stream))
    for number, each in enumerate(explained):
        if number:
            sheet.gap()
        _write(sheet, each)


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


def _write(sheet: Sheet, each: Explained) -> None:
    node, guideline = each.criterion, each.guideline
    sheet.line(f"{guideline.id}/{node.id}", "bold")
    combined = f" ({words.group(node)})" if node.children else ""
    sheet.line(words.sentence(f"{node.says.rstrip('.')}{combined}"))
    sheet.gap()
    sheet.field("Guideline", f"{guideline.title}, {edition(guideline)}")
    sheet.field("Asked in", ", ".join(each.indications))
    if node.citation:
        sheet.field("Source", words.cite(node.citation))
    for line in _answered_by(node):
        sheet.field("Answered by", line)
    for line in looks_for(node):
        sheet.field("Shown by", line)
    for line in refuted_by(node):
        sheet.field("Refuted by", line)
    if node.would_document:
        sheet.field("Documents it", node.would_document)
    if node.ask:
        sheet.field("Question", node.ask)
    for name, part in (("Asked only if", node.applies_if), ("Waived if", node.unless)):
        if part:
            sheet.field(name, f"{part.id}: {part.says}")
    for child in node.children:
        sheet.field("Part", f"{child.id}: {child.says}")


def _answered_by(node: Criterion) -> list[str]:
    if node.op is Op.ATTEST:
        return [f"the {node.attest_by}, with --attest {node.id}; never from the note"]
    if node.op is Op.REQUEST and node.condition:
        return [f"the request: {node.condition.field} is {' or '.join(node.condition.values)}"]
    return []
