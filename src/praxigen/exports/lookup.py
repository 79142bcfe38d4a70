"""What payers require, without a note: the answer as values and as JSON (schema praxigen.lookup/1)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from praxigen.errors import UsageError
from praxigen.exports import words
from praxigen.exports.json_report import code_dict, requirement_dict
from praxigen.exports.sources import citation, iso, statements
from praxigen.library import Library
from praxigen.library.catalog import Asked, Matches
from praxigen.library.editions import Edition
from praxigen.model.criterion import Criterion
from praxigen.model.guideline import Guideline
from praxigen.model.requirement import CodeEntry, Correction, Payer, Requirement, Route
from praxigen.model.rule import Listing, RuleFinding, RuleKind

SCHEMA = "praxigen.lookup/1"


@dataclass(frozen=True, slots=True)
class Decided:
    """One way in which a code is decided: a route, and the edition of the guideline behind it where that is public.

    `guideline` is the whole edition, or None in a brief answer. `problem` says why no edition holds on the day.
    """

    route: Route
    edition: Edition | None = None
    guideline: Guideline | None = None
    problem: str = ""

    @property
    def criteria(self) -> Criterion | None:
        """The tree that decides; None where no criteria are public, and in a brief answer."""
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

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What the payer's page says wrongly of this code, or of anything."""
        code = self.code.code if self.code else None
        return tuple(
            each for each in self.requirement.corrections if code is None or not each.codes or code in each.codes
        )


@dataclass(frozen=True, slots=True)
class Lookup:
    """The whole answer: `total` requirements fit, of which `found` are shown; `rules` above the payers, by code.

    `full` says whether the criteria are shown, `day` is the date of service.
    """

    asked: Asked
    found: tuple[Found, ...]
    total: int
    rules: tuple[tuple[str, tuple[RuleFinding, ...]], ...]
    day: date | None
    full: bool

    @property
    def by_rule_alone(self) -> bool:
        """Whether no payer's requirement is held, and yet a rule above the payers lists a code that was asked for."""
        listed = any(finding.listing is Listing.LISTED for _, findings in self.rules for finding in findings)
        return not self.total and listed and not self.asked.payers


def answer(library: Library, asked: Asked, matches: Matches, day: date | None, full: bool | None) -> Lookup:
    """Put together what was found. `full` None: one answer, or two to a code, in full; more in brief."""
    pairs: list[tuple[Requirement, CodeEntry | None]] = []
    for requirement in matches.requirements:
        entries = [requirement.codes[code] for code in asked.codes if code in requirement.codes]
        pairs += [(requirement, entry) for entry in entries or (None,)]
    few = len(pairs) == 1 or (len(pairs) <= _IN_FULL and bool(asked.codes))
    whole = few if full is None else full
    found = tuple(
        Found(
            library.payer(requirement.payer),
            requirement,
            entry,
            tuple(
                _decided(library, route, day, whole)
                for route in requirement.routes
                if entry is None or entry.code in route.codes
            ),
        )
        for requirement, entry in pairs
    )
    return Lookup(asked, found, matches.total, _rules(library, asked, matches.requirements, day), day, whole)


_IN_FULL = 2


def _decided(library: Library, route: Route, day: date | None, whole: bool) -> Decided:
    if route.guideline is None:
        return Decided(route)
    try:
        edition = library.edition(route.guideline, day)
        return Decided(route, edition, library.guideline(route.guideline, day) if whole else None)
    except UsageError as error:
        return Decided(route, problem=str(error.message))


def _rules(
    library: Library, asked: Asked, found: Iterable[Requirement], day: date | None
) -> tuple[tuple[str, tuple[RuleFinding, ...]], ...]:
    """What the rules above the payers say of each code, each rule once. Principles without a list are left aside."""
    plans = asked.plans or tuple(dict.fromkeys(plan for requirement in found for plan in requirement.plans))
    payers = {requirement.payer for requirement in found}
    payer = payers.pop() if len(payers) == 1 else None
    state = asked.states[0] if len(asked.states) == 1 else None
    answers = []
    for code in asked.codes:
        by_id: dict[str, RuleFinding] = {}
        for plan in plans or ("medicare",):
            for finding in library.rules_for(code, plan, payer=payer, state=state, on=day):
                if finding.rule.kind is not RuleKind.SCOPE:
                    by_id.setdefault(finding.rule.id, finding)
        if by_id:
            answers.append((code, tuple(by_id[key] for key in sorted(by_id))))
    return tuple(answers)


def to_json(lookup: Lookup) -> str:
    """The answer as JSON text."""
    asked = lookup.asked
    plain = {
        "schema": SCHEMA,
        "asked": {
            "payers": list(asked.payers),
            "procedures": list(asked.procedures),
            "codes": list(asked.codes),
            "diagnoses": list(asked.diagnoses),
            "plans": list(asked.plans),
            "states": list(asked.states),
            "words": list(asked.words),
            "date_of_service": iso(lookup.day),
            "shared_codes": list(asked.shared),
            "readings": [
                {
                    "text": each.text,
                    "kind": each.kind.value,
                    "meant": list(each.meant),
                    "corrected": each.corrected,
                    "part": each.part,
                }
                for each in asked.readings
            ],
        },
        "total": lookup.total,
        "detail": "full" if lookup.full else "brief",
        "results": [_result(each) for each in lookup.found],
        "rules": [{"code": code, "findings": [_finding(each) for each in found]} for code, found in lookup.rules],
        "disclaimer": words.DISCLAIMER,
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _result(found: Found) -> dict[str, Any]:
    entries = [found.code] if found.code else list(found.requirement.codes.values())
    return {
        "payer": {"id": found.payer.id, "name": found.payer.name, "also": list(found.payer.also)},
        "code": found.code.code if found.code else None,
        "prior_authorization": (found.code or found.requirement).prior_authorization,
        "source": citation(found.code.citation) if found.code else None,
        "requirement": requirement_dict(found.requirement),
        "codes": [code_dict(entry) for entry in entries],
        "routes": [_decision(each) for each in found.decided],
        "corrections": [
            {
                "id": each.id,
                "codes": list(each.codes),
                "page_says": each.page_says,
                "we_say": each.we_say,
                "why": each.why,
                "source": citation(each.citation),
            }
            for each in found.corrections
        ],
    }


def _decision(each: Decided) -> dict[str, Any]:
    route, edition, guideline = each.route, each.edition, each.guideline
    return {
        "route": route.id,
        "codes": list(route.codes),
        "stages": list(route.stages),
        "guideline": route.guideline,
        "edition": edition.name if edition else None,
        "effective_from": iso(edition.effective_from) if edition else None,
        "effective_to": iso(edition.effective_to) if edition else None,
        "last_verified": iso(guideline.last_verified) if guideline else None,
        "problem": each.problem or None,
        "indication": route.indication,
        "criteria": criterion_dict(each.criteria) if each.criteria else None,
        "why": route.why,
        "upload": list(route.upload),
        "source": citation(route.citation),
    }


def _finding(each: RuleFinding) -> dict[str, Any]:
    return {
        "rule": each.rule.id,
        "title": each.rule.title,
        "kind": each.rule.kind.value,
        "law": each.rule.law,
        "plans": list(each.rule.plans),
        "states": list(each.rule.states),
        "places": list(each.rule.places),
        "listing": each.listing.value,
        "prior_authorization": each.prior_authorization,
        "since": iso(each.group.since) if each.group else None,
        "open": list(each.open),
        "source": citation(each.group.citation) if each.group else None,
        "turnaround": statements(each.rule.turnaround),
        "says": statements(each.rule.says),
        "last_verified": iso(each.rule.last_verified),
    }


def criterion_dict(node: Criterion) -> dict[str, Any]:
    """A criterion with all below it, as plain values."""
    return {
        "id": node.id,
        "text": node.says,
        "kind": node.op.value,
        "count": node.count or None,
        "ask": node.ask,
        "would_document": node.would_document,
        "source": citation(node.citation) if node.citation else None,
        "condition": criterion_dict(node.applies_if) if node.applies_if else None,
        "waiver": criterion_dict(node.unless) if node.unless else None,
        "children": [criterion_dict(child) for child in node.children],
    }
