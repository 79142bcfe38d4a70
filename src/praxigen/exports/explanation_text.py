"""What one criterion asks, as text."""

from __future__ import annotations

from typing import TextIO

from praxigen.exports import words
from praxigen.exports.explanation import Explained
from praxigen.exports.patterns import looks_for, refuted_by
from praxigen.exports.sheet import Sheet, terminal
from praxigen.exports.summary import edition, not_covered
from praxigen.model.criterion import Criterion, Op


def write_text(explained: tuple[Explained, ...], stream: TextIO) -> None:
    """Write the explanations for people."""
    sheet = Sheet(terminal(stream))
    for number, each in enumerate(explained):
        if number:
            sheet.gap()
        _write(sheet, each)
        following = explained[number + 1].guideline.id if number + 1 < len(explained) else ""
        if each.guideline.id != following:
            sheet.statements(not_covered(each.guideline), each.guideline.not_covered)


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
        for passage in node.citation.words:
            sheet.field("Policy's words", f"“{words.plain(passage)}”")
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
