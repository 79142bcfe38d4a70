"""Criteria of several payers side by side: the table in words, and as JSON (schema praxigen.comparison/1)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from praxigen.exports import words
from praxigen.exports.sources import citation, iso
from praxigen.exports.summary import plan
from praxigen.library.compare import Cell, Column, Comparison, Item, Role, Row
from praxigen.model.criterion import Op
from praxigen.model.provenance import READ_STRENGTH, Read

SCHEMA = "praxigen.comparison/1"
DISCLAIMER = (
    "This compares written criteria, not decisions, and shows their limits without their wording; the payer's own text "
    "decides. Not asked: no criterion of a text that the library keeps whole asks it. Not found: it is not among the "
    "criteria as far as they are known, which does not say that the payer does not ask it."
)
EMPTY = {
    "not_asked": "not asked",
    "not_found": "not found",
    "portal_only": "in the portal only",
    "no_criteria": "no criteria in this library",
    "no_edition": "no edition on this day",
    "not_held": "not in this library",
}
_READS = {
    Read.FULL_TEXT: "read in full",
    Read.TRANSCRIPTION: "from a transcription",
    Read.SUMMARY: "from a summary",
    Read.TITLE_ONLY: "title only",
    Read.INFERRED: "inferred",
    Read.NOT_LOCATED: "not located",
}
_LEAVES = frozenset({Op.EVIDENCE, Op.ATTEST, Op.REQUEST})
_SHOWN = 6  # lines of one cell for people; JSON has all


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell, and whether it is a limit or says why there is none."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One row for people: its name, and for each column its lines."""

    name: str
    cells: tuple[tuple[Line, ...], ...]
    group: str = ""


def heads(comparison: Comparison) -> tuple[str, ...]:
    """The title of each column: the payer, and what tells its columns apart."""
    return tuple(
        f"{each.payer.name}: {_plainly(each.about)}" if each.about else each.payer.name for each in comparison.columns
    )


def entries(comparison: Comparison) -> tuple[Entry, ...]:
    """The table for people: first what is known of each column, then its limits by family."""
    facts: tuple[tuple[str, Callable[[Column], Sequence[str]]], ...] = (
        ("Authorization", _authorization),
        ("Plans", lambda each: [", ".join(map(plan, each.requirement.plans))] if each.requirement else []),
        ("Reviewed by", lambda each: [each.requirement.administrator] if each.requirement else []),
        ("Submit", _submit),
        ("Guideline", _guideline),
        ("How known", _known),
        ("Last verified", _verified),
    )
    about = [
        Entry(name, tuple(_fact(column, say(column)) for column in comparison.columns), "about") for name, say in facts
    ]
    return (*about, *(_entry(row) for row in comparison.rows))


def to_json(comparison: Comparison, day: date | None) -> str:
    """The comparison as JSON text, every limit with its criterion and its source."""
    plain = {
        "schema": SCHEMA,
        "code": comparison.code,
        "date_of_service": iso(day),
        "columns": [_column(each) for each in comparison.columns],
        "rows": [
            {
                "family": row.family,
                "title": row.title,
                "measure": row.measure,
                "cells": [_plain(each) for each in row.cells],
            }
            for row in comparison.rows
        ],
        "disclaimer": DISCLAIMER,
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _entry(row: Row) -> Entry:
    name = row.title if row.measure == "what" else f"{row.title}, {row.measure}"
    return Entry(name, tuple(_lines(cell) for cell in row.cells), row.family)


def _lines(cell: Cell) -> tuple[Line, ...]:
    if not cell.items:
        return (Line(EMPTY[cell.state], quiet=True),)
    common = Counter(item.citation.read for item in cell.items).most_common(1)[0][0]
    branches: dict[tuple[str, Role, Read, bool], list[str]] = {}
    for item in cell.items:
        branches.setdefault((item.text, item.role, item.citation.read, item.portal_only), []).append(item.branch)
    everywhere = len({item.branch for item in cell.items})
    lines = []
    for (text, _, read, portal), of in branches.items():
        named = [_plainly(branch) for branch in dict.fromkeys(of) if branch]
        where = f" ({' and '.join(named)})" if named and len(set(of)) < everywhere else ""
        known = f" [{_READS[read]}]" if read is not common else ""
        lines.append(Line(text + where + (" [portal only]" if portal else known)))
    rest = len(lines) - _SHOWN
    return tuple(lines) if rest <= 1 else (*lines[:_SHOWN], Line(f"and {rest} more", quiet=True))


def _fact(column: Column, said: Sequence[str]) -> tuple[Line, ...]:
    if said:
        return tuple(Line(text) for text in said)
    return (Line(EMPTY["not_held"] if column.requirement is None else "not stated", quiet=True),)


def _authorization(column: Column) -> list[str]:
    if column.code is None:
        return [words.AUTHORIZATION["unknown"]]
    return [words.AUTHORIZATION[column.code.prior_authorization], f"({column.code.citation.label})"]


def _submit(column: Column) -> list[str]:
    if column.requirement is None:
        return []
    ways = column.requirement.submissions
    return [
        ": ".join(part for part in (way.method, way.portal) if part) + (f", {way.phone}" if way.phone else "")
        for way in ways
    ]


def _guideline(column: Column) -> list[str]:
    if column.guideline is None:
        return [column.why or EMPTY[column.state.value]]
    return [f"{column.guideline.id} {column.guideline.edition}", f"from {column.guideline.effective_from.isoformat()}"]


def _known(column: Column) -> list[str]:
    if column.guideline is None or column.criteria is None:
        return [] if column.requirement is None else [EMPTY[column.state.value]]
    leaves = [node for node in column.criteria.walk() if node.op in _LEAVES and node.citation is not None]
    counted = Counter(node.citation.read for node in leaves if node.citation is not None)
    by_read = ", ".join(f"{counted[read]} {_READS[read]}" for read in READ_STRENGTH if counted[read])
    status = "" if column.guideline.status == "reviewed" else f"{column.guideline.status}, not yet reviewed"
    return [each for each in (f"{words.count(len(leaves), 'criterion')}: {by_read}", status) if each]


def _verified(column: Column) -> list[str]:
    held = column.guideline or column.requirement
    return [held.last_verified.isoformat()] if held else []


def _plainly(name: str) -> str:
    return name.replace("-", " ").replace("_", " ")


def _column(each: Column) -> dict[str, Any]:
    requirement, guideline = each.requirement, each.guideline
    return {
        "payer": each.payer.id,
        "name": each.payer.name,
        "state": each.state.value,
        "why": each.why,
        "requirement": requirement.id if requirement else None,
        "plans": list(requirement.plans) if requirement else [],
        "prior_authorization": each.code.prior_authorization if each.code else "unknown",
        "authorization_source": citation(each.code.citation) if each.code else None,
        "administrator": requirement.administrator if requirement else None,
        "portals": [way.portal for way in requirement.submissions] if requirement else [],
        "route": each.route.id if each.route else None,
        "stages": list(each.route.stages) if each.route else [],
        "indication": each.route.indication if each.route else None,
        "guideline": guideline.id if guideline else None,
        "edition": guideline.edition if guideline else None,
        "effective_from": iso(guideline.effective_from) if guideline else None,
        "effective_to": iso(guideline.effective_to) if guideline else None,
        "status": guideline.status if guideline else None,
        "read": guideline.main_source.read.value if guideline else None,
        "last_verified": iso(guideline.last_verified) if guideline else None,
    }


def _plain(cell: Cell) -> dict[str, Any]:
    return {"state": cell.state, "items": [_item(each) for each in cell.items]}


def _item(each: Item) -> dict[str, Any]:
    return {
        "text": each.text,
        "role": each.role.value,
        "branch": each.branch,
        "criterion": each.criterion,
        "concepts": list(each.concepts),
        "source": citation(each.citation),
    }
