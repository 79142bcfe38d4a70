"""What a payer's answer says, as text, as one web page and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from praxigen.exports import words
from praxigen.exports.blocks import Blocks
from praxigen.exports.places import place_dict
from praxigen.model.criterion import Criterion
from praxigen.model.denial import (
    Alignment,
    AlignmentKind,
    Denial,
    DenialReading,
    Outcome,
    Remedy,
    Stated,
    StatedDay,
    StatedDeadline,
    StatedReason,
)
from praxigen.model.document import Document, Quote

SCHEMA = "praxigen.denial/1"

OUTCOMES = {
    Outcome.DENIED: "Denied",
    Outcome.DENIED_IN_PART: "Denied in part",
    Outcome.UPHELD: "Denial upheld on appeal",
    Outcome.OVERTURNED: "Denial overturned on appeal",
    Outcome.APPROVED: "Approved",
    Outcome.NOT_REQUIRED: "No authorization needed",
    Outcome.PENDED: "Not decided yet",
    Outcome.CANCELLED: "Cancelled",
    Outcome.REJECTED: "Technical rejection",
    Outcome.UNCLEAR: "No decision found",
}
REMEDIES = {
    Remedy.APPEAL: "check the criteria, then appeal",
    Remedy.RESUBMIT: "correct or complete the request and send it again; an appeal is the wrong way first",
    Remedy.RETRO_AUTHORIZATION: "ask for authorization afterwards or for an exception; an appeal is the wrong way",
    Remedy.ANSWER: "answer the payer's question; nothing is decided yet",
    Remedy.BENEFIT: "a question of coverage by contract, not of a clinical appeal",
    Remedy.ASK: "ask for the specific reason first",
}
ALIGNMENTS = {
    AlignmentKind.CRITERION: "Criterion said to be unmet",
    AlignmentKind.ABSENT_FROM_POLICY: "Not asked for by the policy",
    AlignmentKind.OTHER_POLICY: "Another policy or edition",
    AlignmentKind.MISSING_DOCUMENT: "A document is missing",
    AlignmentKind.ADMINISTRATIVE: "Administrative",
    AlignmentKind.UNCERTAIN: "Not clear",
}
_NOTICE = (
    "This reads what the answer says; it gives no legal advice. You decide and you send: nothing is sent from here."
)


def to_blocks(reading: DenialReading) -> Blocks:
    """The whole reading as one page."""
    page = Blocks()
    page.title(f"What {reading.document.name} says")
    for warning in reading.warnings:
        page.line(warning)
    for number, denial in enumerate(reading.denials, start=1):
        if len(reading.denials) > 1:
            page.title(f"Answer {number} of {len(reading.denials)}")
        _denial(page, reading.document, denial)
    page.line(_NOTICE)
    return page


def _denial(page: Blocks, document: Document, denial: Denial) -> None:
    page.field("Decision", OUTCOMES[denial.outcome])
    if denial.outcome_quote is not None:
        page.field("In its words", _quoted(document, denial.outcome_quote))
    for name, value in _fields(denial):
        page.field(name, value)
    for warning in denial.warnings:
        page.line(warning)
    if denial.reasons:
        page.heading("Reasons stated")
    for reason in denial.reasons:
        _reason(page, document, denial, reason)
    if denial.deadlines or denial.peer_to_peer or denial.contacts:
        page.heading("Rights and time limits stated")
    if denial.peer_to_peer is not None:
        page.item(f"A peer-to-peer talk is offered: {_quoted(document, denial.peer_to_peer)}")
    for limit in denial.deadlines:
        page.item(f"{_plain(limit.remedy)}: {_limit(limit)}")
        page.remark(_quoted(document, limit.quote), 1)
    for contact in denial.contacts:
        page.item(f"{_plain(contact.remedy)}, {contact.kind}: {contact.value}")
    if denial.missing:
        page.heading("Not found, please find out")
    for missing in denial.missing:
        page.item(missing.ask)


def _fields(denial: Denial) -> Iterator[tuple[str, str]]:
    named = (
        ("Payer", denial.payer),
        ("Reviewed by", denial.administrator),
        ("Plan name", denial.plan_name),
        ("Patient", denial.patient),
        ("Member number", denial.member_id),
        ("Group number", denial.group_number),
        ("Provider", denial.provider),
        ("Service", denial.service),
    )
    for name, value in named:
        if value is not None:
            yield name, value.value
    if denial.plan:
        yield "Plan type", _plain(denial.plan) + (f", {_plain(denial.funding)}" if denial.funding else "")
    for reference in denial.references:
        yield _plain(reference.kind), reference.value
    for code in denial.codes:
        units = f", {words.count(code.units, 'unit')}" if code.units is not None else ""
        yield "Codes", f"{code.code}{units}{f': {OUTCOMES[code.outcome].lower()}' if code.outcome else ''}"
    for diagnosis in denial.diagnoses:
        yield "Diagnosis", diagnosis.value
    days = (
        ("Born", denial.birth),
        ("Day of service", denial.date_of_service),
        ("Asked on", denial.request_date),
        ("Decided on", denial.decision_date),
    )
    for name, day in days:
        if day is not None:
            yield name, day.day.isoformat() + (f" to {day.last.isoformat()}" if day.last else "")
    for policy in denial.policies:
        parts = [policy.number, policy.title, policy.edition]
        effective = f"effective {policy.effective.isoformat()}" if policy.effective else ""
        known = f"in the library as {policy.guideline}" if policy.guideline else "not in the library"
        yield "Policy cited", ", ".join(part for part in (*parts, effective, known) if part)
    if denial.reviewer is not None:
        reviewer = denial.reviewer
        said = [reviewer.name, reviewer.credentials, reviewer.specialty]
        yield (
            "Decided by",
            ", ".join(part for part in said if part)
            or ("a person, not named" if reviewer.human else "no person, as the answer says"),
        )


def _reason(page: Blocks, document: Document, denial: Denial, reason: StatedReason) -> None:
    page.item(_quoted(document, reason.quote))
    for code in reason.codes:
        group = f"{code.group}-" if code.group else ""
        page.remark(
            f"{code.system.upper()} {group}{code.code}: {code.label or 'a code that praxigen does not know'}", 1
        )
    page.remark(f"{_plain(reason.category)}: {REMEDIES[reason.remedy]}", 1)
    flags = denial.flags(reason)
    said = [_plain(name) for name in flags.__dataclass_fields__ if getattr(flags, name)]
    page.remark("; ".join(said).lower() or "no flag holds", 1)
    for alignment in reason.alignments:
        sure = "" if alignment.certain else " (to be checked)"
        page.item(f"{ALIGNMENTS[alignment.kind]}{sure}: {_quoted(document, alignment.quote)}", 1)
        page.remark(alignment.why, 2)
        for criterion in alignment.criteria:
            page.remark(f"{criterion.id}: {criterion.says}. {_source(criterion)}", 2)


def _source(criterion: Criterion) -> str:
    citation = criterion.citation
    if citation is None:
        return ""
    passages = "".join(f' "{words.plain(passage)}"' for passage in citation.words)
    return f"{words.cite(citation)}{passages}"


def _quoted(document: Document, quote: Quote) -> str:
    document.prove(quote)
    return f'"{" ".join(quote.text.split())}" (line {document.line_of(quote.start)})'


def _limit(limit: StatedDeadline) -> str:
    parts = []
    if limit.within is not None:
        unit = str(limit.within).replace("day", "business day") if limit.business else str(limit.within)
        parts.append(unit + (f" from {limit.counted_from}" if limit.counted_from else ""))
    if limit.by is not None:
        parts.append(f"by {limit.by.isoformat()}")
    return ", ".join(parts)


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()


def to_json(reading: DenialReading) -> str:
    """The whole reading as JSON text."""
    document = reading.document
    found = {
        "schema": SCHEMA,
        "document": {"name": document.name, "sha256": document.sha256},
        "warnings": list(reading.warnings),
        "answers": [_plain_denial(document, denial) for denial in reading.denials],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _plain_denial(document: Document, denial: Denial) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name in denial.__dataclass_fields__:
        value = getattr(denial, name)
        plain[name] = (
            [_plain_reason(document, denial, each) for each in denial.reasons]
            if name == "reasons"
            else _value(document, value)
        )
    return plain | {"is_denial": denial.is_denial}


def _plain_reason(document: Document, denial: Denial, reason: StatedReason) -> dict[str, Any]:
    flags = denial.flags(reason)
    return {
        "quote": _value(document, reason.quote),
        "category": reason.category.value,
        "remedy": reason.remedy.value,
        "codes": _value(document, reason.codes),
        "flags": {name: getattr(flags, name) for name in flags.__dataclass_fields__},
        "alignments": [_plain_alignment(document, each) for each in reason.alignments],
    }


def _plain_alignment(document: Document, alignment: Alignment) -> dict[str, Any]:
    guideline = alignment.guideline
    return {
        "kind": alignment.kind.value,
        "certain": alignment.certain,
        "quote": _value(document, alignment.quote),
        "why": alignment.why,
        "guideline": None if guideline is None else {"id": guideline.id, "edition": guideline.edition},
        "criteria": [
            {
                "id": each.id,
                "says": each.says,
                "source": words.cite(each.citation) if each.citation else None,
                "words": list(each.citation.words) if each.citation else [],
            }
            for each in alignment.criteria
        ],
    }


def _value(document: Document, value: Any) -> Any:
    """A value of the model as JSON can hold it; every quote with its place."""
    if isinstance(value, Quote):
        document.prove(value)
        return {
            "start": value.start,
            "end": value.end,
            "text": value.text,
            "line": document.line_of(value.start),
            **place_dict(document, value.start, value.end),
        }
    if isinstance(value, tuple):
        return [_value(document, each) for each in value]
    if isinstance(value, (Stated, StatedDay)) or hasattr(value, "__dataclass_fields__"):
        if type(value).__name__ == "Span":
            return str(value)
        return {name: _value(document, getattr(value, name)) for name in value.__dataclass_fields__}
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.value if hasattr(value, "value") else value
