"""An 835, whole or pasted in part: each claim that was not paid as billed, with its adjustment and remark codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from praxigen.letters.adjustments import NO_REFUSAL
from praxigen.letters.reasons import code_label, coded_category, make_reason
from praxigen.letters.x12 import Segment, composite, inside, person
from praxigen.model.denial import (
    Category,
    Denial,
    Form,
    Outcome,
    ReasonCode,
    Reference,
    Stated,
    StatedCode,
    StatedDay,
    StatedReason,
)
from praxigen.model.document import Document, Quote

# What CLP02 says of a claim: 4 denied; 22 takes an earlier payment back, 23 and 25 pass it on or only foretell it.
_DENIED, _NO_DECISION = "4", frozenset({"22", "23", "25"})
_BASED_ON_POLICY = frozenset({"N115", "N386"})
_VAGUE = frozenset({Category.MEDICAL_NECESSITY, Category.DOCUMENTATION, Category.OTHER, Category.PA_DENIED})


def read_remittance(document: Document, found: Sequence[Segment]) -> tuple[Denial, ...]:
    """One denial for each claim; a piece without a claim segment is read as one claim."""
    starts = [at for at, segment in enumerate(found) if segment.name == "CLP"]
    head = found[: starts[0]] if starts else ()
    bounds = list(zip(starts, [*starts[1:], len(found)], strict=True)) if starts else [(0, len(found))]
    return tuple(_claim(document, head, found[first:last]) for first, last in bounds)


def _claim(document: Document, head: Sequence[Segment], claim: Sequence[Segment]) -> Denial:
    reasons = tuple(_reasons(claim))
    whole = (*head, *claim)
    outcome = _outcome(claim, reasons)
    payer = next((segment.stated(2) for segment in whole if segment.name == "N1" and segment[1] == "PR"), None)
    patient = _named(claim, "QC")
    subscriber = _named(claim, "IL") or patient
    dos = _day(claim, "DTM", ("232", "472", "150"))
    last = _day(claim, "DTM", ("233", "151"))
    if dos is not None and last is not None and last.day != dos.day:
        dos = StatedDay(dos.day, dos.quote, last.day)
    check = next((segment.day(16) for segment in head if segment.name == "BPR"), None)
    return Denial(
        document=document.name,
        form=Form.X12_835,
        outcome=outcome,
        start=claim[0].start,
        end=claim[-1].end,
        outcome_quote=_outcome_quote(claim),
        payer=payer,
        patient=person(patient) if patient else None,
        member_id=_identifier(subscriber),
        provider=next((segment.stated(2) for segment in whole if segment.name == "N1" and segment[1] == "PE"), None),
        references=tuple(_references(whole)),
        codes=tuple(_codes(claim)),
        date_of_service=dos,
        decision_date=_day(head, "DTM", ("405",)) or check,
        reasons=reasons,
    )


def _named(claim: Sequence[Segment], role: str) -> Segment | None:
    return next((segment for segment in claim if segment.name == "NM1" and segment[1] == role), None)


def _identifier(segment: Segment | None) -> Stated | None:
    return segment.stated(9) if segment is not None else None


def _day(found: Sequence[Segment], name: str, kinds: tuple[str, ...]) -> StatedDay | None:
    return next((segment.day(2) for segment in found if segment.name == name and segment[1] in kinds), None)


def _outcome(claim: Sequence[Segment], reasons: Sequence[StatedReason]) -> Outcome:
    if not reasons:
        status = next((segment for segment in claim if segment.name == "CLP"), None)
        if status is None or status[2] in _NO_DECISION:
            return Outcome.UNCLEAR
        return Outcome.DENIED if status[2] == _DENIED else Outcome.APPROVED
    paid = next((segment[4] for segment in claim if segment.name == "CLP"), "")
    return Outcome.DENIED_IN_PART if re.search(r"[1-9]", paid) else Outcome.DENIED


def _outcome_quote(claim: Sequence[Segment]) -> Quote:
    return next((segment.quote for segment in claim if segment.name == "CLP"), claim[0].quote)


def _references(found: Sequence[Segment]) -> Iterator[Reference]:
    for segment in found:
        if segment.name == "CLP" and segment[7]:
            yield Reference("claim", segment[7], segment.part(7))
        if segment.name == "CLP" and segment[1]:
            yield Reference("reference", segment[1], segment.part(1))
        if segment.name == "TRN" and segment[2]:
            yield Reference("trace", segment[2], segment.part(2))
        if segment.name == "REF" and segment[1] in ("G1", "BB") and segment[2]:
            yield Reference("authorization", segment[2], segment.part(2))


def _codes(claim: Sequence[Segment]) -> Iterator[StatedCode]:
    for segment in claim:
        if segment.name == "SVC":
            parts = composite(segment, 1)
            code = parts[1] if len(parts) > 1 else parts[0]
            units = segment[7] or segment[5]
            number = int(float(units)) if re.fullmatch(r"\d+(?:\.0+)?", units) else None
            refused = not re.search(r"[1-9]", segment[3])
            outcome = Outcome.DENIED if refused else Outcome.APPROVED
            yield StatedCode(code.upper(), inside(segment, 1, code), number, outcome)


def _reasons(claim: Sequence[Segment]) -> Iterator[StatedReason]:
    """One reason for each adjustment that refuses something, with the remarks of its line."""
    line: list[tuple[Segment, list[ReasonCode]]] = []
    remarks: list[ReasonCode] = []
    for segment in (*claim, None):
        if segment is None or segment.name in ("SVC", "CLP"):
            yield from _line(line, remarks)
            line, remarks = [], []
        elif segment.name == "CAS":
            adjusted = [
                ReasonCode("carc", segment[at], code_label("carc", segment[at]), segment.part(at), segment[1])
                for at in range(2, len(segment.elements), 3)
                if segment[at] and segment[at] not in NO_REFUSAL
            ]
            if adjusted:
                line.append((segment, adjusted))
        elif segment.name in ("LQ", "MOA", "MIA"):
            places = (2,) if segment.name == "LQ" else range(1, len(segment.elements))
            remarks += [
                ReasonCode("rarc", segment[at], code_label("rarc", segment[at]), segment.part(at))
                for at in places
                if re.fullmatch(r"(?:N|M|MA)\d{1,3}", segment[at])
            ]


def _line(line: Sequence[tuple[Segment, list[ReasonCode]]], remarks: Sequence[ReasonCode]) -> Iterator[StatedReason]:
    for segment, adjusted in line:
        found = [*adjusted, *remarks]
        category = coded_category(found)
        cites = any(code.code in _BASED_ON_POLICY for code in remarks)
        yield make_reason(segment.quote, category, specific=category not in _VAGUE, cites=cites, reason_codes=found)
