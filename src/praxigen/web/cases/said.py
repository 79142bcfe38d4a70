"""What a payer's answer says, in the order and words in which a page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from praxigen.exports.denial import ALIGNMENTS, OUTCOMES, REMEDIES
from praxigen.letters.tables import categories
from praxigen.model.denial import Denial, StatedReason
from praxigen.model.document import Document, Quote

_NAMED = (
    ("Payer", "payer"), ("Reviewed by", "administrator"), ("Plan", "plan_name"), ("Patient", "patient"),
    ("Member number", "member_id"), ("Group number", "group_number"), ("Provider", "provider"), ("Service", "service"),
)  # fmt: skip
_DAYS = (
    ("Born", "birth"), ("Day of service", "date_of_service"), ("Asked on", "request_date"),
    ("Decided on", "decision_date"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """One value that was read: its name, how it is shown, and the words that it was read from with their line."""

    name: str
    value: str
    quote: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """One alignment: what the letter asks for, and what the policy says, each in its own words."""

    kind: str
    certain: bool
    asks: str
    why: str
    criteria: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ReasonSaid:
    """One reason: its words, class, what answers it, flags, codes, and how it stands to the policy."""

    quote: str
    line: int
    means: str
    remedy: str
    flags: tuple[str, ...]
    codes: tuple[str, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class AnswerSaid:
    """One decision for the page."""

    outcome: str
    outcome_words: str
    values: tuple[Read, ...]
    reasons: tuple[ReasonSaid, ...]
    rights: tuple[Read, ...]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    is_denial: bool


def answer_said(document: Document, denial: Denial, plain: dict[str, Any]) -> AnswerSaid:
    """Everything that was read of one decision. `plain` is the same decision as `praxigen denial --format json`."""
    told = plain["reasons"]
    return AnswerSaid(
        outcome=OUTCOMES[denial.outcome],
        outcome_words=_words(denial.outcome_quote),
        values=tuple(_values(document, denial)),
        reasons=tuple(_reason(document, each, json) for each, json in zip(denial.reasons, told, strict=True)),
        rights=tuple(_rights(document, denial)),
        missing=tuple(each.ask for each in denial.missing),
        warnings=denial.warnings,
        is_denial=denial.is_denial,
    )


def _values(document: Document, denial: Denial) -> Iterator[Read]:
    for name, field in _NAMED:
        stated = getattr(denial, field)
        if stated is not None:
            yield _read(document, name, stated.value, stated.quote)
    if denial.plan:
        yield _read(document, "Plan type", _tidy(denial.plan), denial.plan_quote)
    if denial.funding:
        yield _read(document, "Funding", _tidy(denial.funding), denial.funding_quote)
    for each in denial.references:
        yield _read(document, f"{_tidy(each.kind)} number", each.value, each.quote)
    for code in denial.codes:
        units = f", {code.units} units" if code.units is not None else ""
        became = f": {OUTCOMES[code.outcome].lower()}" if code.outcome else ""
        yield _read(document, "Code", f"{code.code}{units}{became}", code.quote)
    for diagnosis in denial.diagnoses:
        yield _read(document, "Diagnosis", diagnosis.value, diagnosis.quote)
    for name, field in _DAYS:
        day = getattr(denial, field)
        if day is not None:
            yield _read(
                document, name, day.day.isoformat() + (f" to {day.last.isoformat()}" if day.last else ""), day.quote
            )
    for policy in denial.policies:
        known = "held by the library" if policy.guideline else "not held by the library"
        parts = (policy.number, policy.title, policy.edition, known)
        yield _read(document, "Policy cited", ", ".join(part for part in parts if part), policy.quote)
    if denial.reviewer is not None:
        said = ", ".join(
            part for part in (denial.reviewer.name, denial.reviewer.credentials, denial.reviewer.specialty) if part
        )
        person = "a person, not named" if denial.reviewer.human else "no person, as the answer says"
        yield _read(document, "Decided by", said or person, denial.reviewer.quote)


def _rights(document: Document, denial: Denial) -> Iterator[Read]:
    if denial.peer_to_peer is not None:
        yield _read(document, "Peer-to-peer talk", "offered", denial.peer_to_peer)
    for limit in denial.deadlines:
        parts = []
        if limit.within is not None:
            unit = str(limit.within).replace("day", "business day") if limit.business else str(limit.within)
            parts.append(unit + (f" from {limit.counted_from}" if limit.counted_from else ""))
        if limit.by is not None:
            parts.append(f"by {limit.by.isoformat()}")
        yield _read(document, _tidy(limit.remedy), ", ".join(parts) or "time limit", limit.quote)
    for contact in denial.contacts:
        yield _read(document, f"{_tidy(contact.remedy)}, {contact.kind}", contact.value, contact.quote)


def _reason(document: Document, reason: StatedReason, plain: dict[str, Any]) -> ReasonSaid:
    codes = tuple(
        f"{each.system.upper()} {each.group + '-' if each.group else ''}{each.code}: "
        f"{each.label or 'a code that praxigen does not know'}"
        for each in reason.codes
    )
    sides = tuple(
        Side(
            kind=ALIGNMENTS[each.kind],
            certain=each.certain,
            asks=_words(each.quote),
            why=each.why,
            criteria=tuple(json["criteria"]),
        )
        for each, json in zip(reason.alignments, plain["alignments"], strict=True)
    )
    return ReasonSaid(
        quote=_words(reason.quote),
        line=document.line_of(reason.quote.start),
        means=categories()[reason.category].means,
        remedy=REMEDIES[reason.remedy],
        flags=tuple(_tidy(name) for name, holds in plain["flags"].items() if holds),
        codes=codes,
        sides=sides,
    )


def _read(document: Document, name: str, value: str, quote: Quote | None) -> Read:
    return Read(name, value, _words(quote), document.line_of(quote.start) if quote else 0)


def _words(quote: Quote | None) -> str:
    return " ".join(quote.text.split()) if quote else ""


def _tidy(name: str) -> str:
    return name.replace("_", " ").capitalize()
