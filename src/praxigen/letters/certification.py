"""A 278 response: the decision on each service, or the rejection of a request that was never decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from praxigen.letters.reasons import category_of, code_label, coded_category, make_reason
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
from praxigen.model.document import Document

_OUTCOMES = {
    "A1": Outcome.APPROVED,
    "A2": Outcome.DENIED_IN_PART,
    "A3": Outcome.DENIED,
    "A4": Outcome.PENDED,
    "A6": Outcome.DENIED_IN_PART,
    "C": Outcome.CANCELLED,
    "CT": Outcome.PENDED,
    "NA": Outcome.NOT_REQUIRED,
}
_PAYER, _REQUESTER, _PATIENT = ("X3", "PR"), ("1P", "FA"), ("QC", "IL")
_NOT_SPECIFIC = frozenset({Category.PA_DENIED, Category.MEDICAL_NECESSITY, Category.OTHER, Category.PENDED})


def read_certification(document: Document, found: Sequence[Segment]) -> tuple[Denial, ...]:
    """One answer for each patient event; HL loops of further services belong to it."""
    if not found:
        return ()
    return (_answer(document, found),)


def _answer(document: Document, found: Sequence[Segment]) -> Denial:
    decisions = [segment for segment in found if segment.name == "HCR"]
    rejected = [segment for segment in found if segment.name == "AAA"]
    said = {_OUTCOMES.get(segment[1].upper(), Outcome.UNCLEAR) for segment in decisions}
    outcome = Outcome.REJECTED if rejected and not decisions else _together(said)
    patient = _first(found, _PATIENT)
    member = _first(found, ("IL", "QC"))
    requester = _first(found, _REQUESTER)
    payer = _first(found, _PAYER)
    leading = rejected[0] if outcome is Outcome.REJECTED else decisions[0] if decisions else found[0]
    return Denial(
        document=document.name,
        form=Form.X12_278,
        outcome=outcome,
        start=found[0].start,
        end=found[-1].end,
        outcome_quote=leading.quote,
        payer=person(payer) if payer else None,
        patient=person(patient) if patient else None,
        birth=next((segment.day(2) for segment in found if segment.name == "DMG"), None),
        member_id=member.stated(9) if member else None,
        provider=person(requester) if requester else None,
        references=tuple(_references(found)),
        codes=tuple(_codes(found)),
        diagnoses=tuple(_diagnoses(found)),
        date_of_service=_day(found, ("472", "AAH", "435")),
        decision_date=_day(found, ("102",)) or next((each.day(4) for each in found if each.name == "BHT"), None),
        reasons=tuple(_rejections(rejected) if outcome is Outcome.REJECTED else _reasons(found)),
    )


def _together(said: set[Outcome]) -> Outcome:
    if len(said) == 1:
        return next(iter(said))
    if Outcome.DENIED in said:
        return Outcome.DENIED_IN_PART
    return next((each for each in (Outcome.DENIED_IN_PART, Outcome.PENDED) if each in said), Outcome.UNCLEAR)


def _first(found: Sequence[Segment], roles: tuple[str, ...]) -> Segment | None:
    named = [segment for segment in found if segment.name == "NM1"]
    return next((segment for role in roles for segment in named if segment[1] == role), None)


def _day(found: Sequence[Segment], kinds: tuple[str, ...]) -> StatedDay | None:
    return next((segment.day(3) for segment in found if segment.name == "DTP" and segment[1] in kinds), None)


def _references(found: Sequence[Segment]) -> Iterator[Reference]:
    for segment in found:
        if segment.name == "HCR" and segment[2]:
            yield Reference("authorization", segment[2], segment.part(2))
        if segment.name == "REF" and segment[1] in ("BB", "NT") and segment[2]:
            yield Reference("authorization" if segment[1] == "BB" else "reference", segment[2], segment.part(2))
        if segment.name == "TRN" and segment[2]:
            yield Reference("trace", segment[2], segment.part(2))
        if segment.name == "BHT" and segment[3]:
            yield Reference("reference", segment[3], segment.part(3))


def _codes(found: Sequence[Segment]) -> Iterator[StatedCode]:
    """The codes of the services, each with the decision of its own loop where there is one."""
    for at, segment in enumerate(found):
        if segment.name not in ("SV1", "SV2"):
            continue
        place = 1 if segment.name == "SV1" else 2
        parts = composite(segment, place)
        code = parts[1] if len(parts) > 1 else parts[0]
        units = segment[4]
        decision = None
        loop = next((back for back in range(at, -1, -1) if found[back].name == "HL"), 0)
        for near in found[loop:]:
            if near.name == "HL" and near is not found[loop]:
                break
            if near.name == "HCR":
                decision = _OUTCOMES.get(near[1].upper())
        number = int(units) if units.isdigit() else None
        yield StatedCode(code.upper(), inside(segment, place, code), number, decision)


def _diagnoses(found: Sequence[Segment]) -> Iterator[Stated]:
    for segment in found:
        if segment.name == "HI":
            for number in range(1, len(segment.elements)):
                parts = composite(segment, number)
                if len(parts) > 1 and parts[0] in ("ABK", "ABF", "BK", "BF", "ABJ"):
                    yield Stated(_dotted(parts[1]), inside(segment, number, parts[1]))


def _dotted(code: str) -> str:
    return code if "." in code or len(code) <= 3 else f"{code[:3]}.{code[3:]}"


def _reasons(found: Sequence[Segment]) -> Iterator[StatedReason]:
    messages = [segment for segment in found if segment.name == "MSG"]
    reasoned = {segment[1] for segment in found if segment.name == "HCR" and segment[3]}
    given: list[Category] = []
    for segment in found:
        if segment.name == "HCR" and not segment[3] and segment[1] in reasoned:
            continue  # the same decision over the whole request; its reason stands with the service
        if segment.name != "HCR" or _OUTCOMES.get(segment[1].upper()) in (Outcome.APPROVED, Outcome.NOT_REQUIRED):
            continue
        codes = [ReasonCode("hcr", segment[1].upper(), code_label("hcr", segment[1].upper()), segment.part(1))]
        if segment[3]:
            codes.insert(0, ReasonCode("review", segment[3], code_label("review", segment[3]), segment.part(3)))
        category = coded_category(codes)
        specific = category not in _NOT_SPECIFIC
        given.append(category)
        yield make_reason(segment.quote, category, specific=specific, cites=False, reason_codes=codes)
    for message in messages:
        if re.search(r"\w{3}", message[1]):
            category = category_of(message[1])
            if category is Category.OTHER and given:
                category = given[0]  # the message explains the code
            yield make_reason(message.part(1), category, specific=True, cites=False)


def _rejections(found: Sequence[Segment]) -> Iterator[StatedReason]:
    for segment in found:
        codes = [ReasonCode("aaa", segment[3], code_label("aaa", segment[3]), segment.part(3))] if segment[3] else []
        if segment[4]:
            codes.append(ReasonCode("follow_up", segment[4], code_label("follow_up", segment[4]), segment.part(4)))
        yield make_reason(
            segment.quote, Category.REJECTED_TECHNICAL, specific=bool(segment[3]), cites=False, reason_codes=codes
        )
