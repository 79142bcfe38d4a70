"""The library for other tools: the files as JSON, the criteria and the codes as tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from praxigen.exports.patterns import looks_for
from praxigen.library.leaves import LEAVES
from praxigen.model.criterion import Criterion
from praxigen.model.guideline import Guideline
from praxigen.model.provenance import Citation
from praxigen.model.requirement import Requirement

EXPORT_SCHEMA = "praxigen.library-export/1"
CRITERIA = (
    *("guideline", "edition", "status", "indication", "criterion", "inside", "answered_by", "says", "ask"),
    *("documents", "evidence", "source", "at", "read", "trust"),
)
CODES = (
    *("requirement", "payer", "procedure", "plans", "code", "label", "listed", "prior_authorization", "decided_by"),
    *("source", "at", "read", "trust"),
)
# A spreadsheet takes a cell that begins with one of these for a formula, also in their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001  the full-width forms are meant


def files_to_json(files: Iterable[tuple[str, str, str, Any]]) -> str:
    """The files (kind, name, hash, content) as JSON text; each content is what the file's JSON Schema describes."""
    listed = [
        {"kind": kind, "file": name, "sha256": sha256, "content": content} for kind, name, sha256, content in files
    ]
    return json.dumps({"schema": EXPORT_SCHEMA, "files": listed}, ensure_ascii=False, indent=1) + "\n"


def criteria_to_csv(guidelines: Sequence[Guideline]) -> str:
    """One row for each leaf: what it asks, how it is answered, and where that is written."""
    return _table(CRITERIA, (row for guideline in guidelines for row in _criteria(guideline)))


def codes_to_csv(requirements: Sequence[Requirement]) -> str:
    """One row for each code of each requirement: is authorization needed, what decides, and where that is written."""
    return _table(CODES, (row for requirement in requirements for row in _codes(requirement)))


def cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return stream.getvalue()


def _criteria(guideline: Guideline) -> Iterator[tuple[str, ...]]:
    for indication in guideline.indications.values():
        parents = {child.id: node.id for node in indication.criteria.walk() for child in _below(node)}
        for node in indication.criteria.walk():
            if node.op in LEAVES:
                evidence = "; or ".join(looks_for(node))
                yield (
                    *(guideline.id, guideline.edition, guideline.status, indication.id, node.id),
                    *(parents.get(node.id, ""), node.attest_by or node.op.value, node.says, node.ask),
                    *(node.would_document, evidence, *_cited(node.citation)),
                )


def _below(node: Criterion) -> Iterator[Criterion]:
    yield from node.children
    yield from (part for part in (node.applies_if, node.unless) if part is not None)


def _codes(requirement: Requirement) -> Iterator[tuple[str, ...]]:
    for entry in requirement.codes.values():
        decided = [
            f"{route.guideline} {route.indication}{' at ' + ', '.join(route.stages) if route.stages else ''}"
            if route.guideline
            else "no public criteria"
            for route in requirement.routes
            if entry.code in route.codes
        ]
        yield (
            *(requirement.id, requirement.payer, requirement.procedure, ", ".join(requirement.plans)),
            *(entry.code, entry.label, "yes" if entry.listed else "no", entry.prior_authorization),
            *("; ".join(dict.fromkeys(decided)), *_cited(entry.citation)),
        )


def _cited(citation: Citation | None) -> tuple[str, ...]:
    if citation is None:
        return ("", "", "", "")
    return (citation.source.number or citation.source.title, citation.at, citation.read.value, citation.trust.value)
