"""What a payer requires, without a note: the answer as values and as JSON (schema praxigen.lookup/1)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from praxigen.exports import words
from praxigen.exports.json_report import code_dict, requirement_dict
from praxigen.exports.sources import citation, iso
from praxigen.model.criterion import Criterion
from praxigen.model.guideline import Guideline
from praxigen.model.requirement import CodeEntry, Payer, Requirement, Route

SCHEMA = "praxigen.lookup/1"


@dataclass(frozen=True, slots=True)
class Decided:
    """One way in which a code is decided: a route, and the guideline edition behind it where that is public."""

    route: Route
    guideline: Guideline | None

    @property
    def criteria(self) -> Criterion | None:
        """The tree that decides; None where no criteria are public."""
        if self.guideline is None or self.route.indication is None:
            return None
        return self.guideline.indications[self.route.indication].criteria


@dataclass(frozen=True, slots=True)
class Found:
    """What one payer requires: for one code, or, where `code` is None, in general."""

    payer: Payer
    requirement: Requirement
    code: CodeEntry | None
    decided: tuple[Decided, ...]


def to_json(found: tuple[Found, ...]) -> str:
    """The answer as JSON text."""
    answer = {"schema": SCHEMA, "results": [_result(each) for each in found], "disclaimer": words.DISCLAIMER}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _result(found: Found) -> dict[str, Any]:
    entries = [found.code] if found.code else list(found.requirement.codes.values())
    return {
        "payer": {"id": found.payer.id, "name": found.payer.name, "also": list(found.payer.also)},
        "code": found.code.code if found.code else None,
        "prior_authorization": (found.code or found.requirement).prior_authorization,
        "requirement": requirement_dict(found.requirement),
        "codes": [code_dict(entry) for entry in entries],
        "routes": [_decided(each) for each in found.decided],
    }


def _decided(each: Decided) -> dict[str, Any]:
    route, guideline = each.route, each.guideline
    return {
        "route": route.id,
        "codes": list(route.codes),
        "stages": list(route.stages),
        "guideline": route.guideline,
        "edition": guideline.edition if guideline else None,
        "effective_from": iso(guideline.effective_from) if guideline else None,
        "last_verified": iso(guideline.last_verified) if guideline else None,
        "indication": route.indication,
        "criteria": _criterion(each.criteria) if each.criteria else None,
        "why": route.why,
        "upload": list(route.upload),
        "source": citation(route.citation),
    }


def _criterion(node: Criterion) -> dict[str, Any]:
    return {
        "id": node.id,
        "text": node.says,
        "kind": node.op.value,
        "count": node.count or None,
        "ask": node.ask,
        "would_document": node.would_document,
        "source": citation(node.citation) if node.citation else None,
        "condition": _criterion(node.applies_if) if node.applies_if else None,
        "waiver": _criterion(node.unless) if node.unless else None,
        "children": [_criterion(child) for child in node.children],
    }
