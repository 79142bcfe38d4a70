"""The payer's decision: taken in, read, held against the case, and stored as a person confirmed it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Max

from praxigen.errors import InputError, UsageError
from praxigen.exports.denial import to_json
from praxigen.letters import Hints, read_answer, read_denials
from praxigen.letters.composing.clock import Plan, letter_day
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.patient import Born, Named, Person, differences
from praxigen.letters.source import is_claim_response
from praxigen.letters.tables import categories
from praxigen.model.denial import Category, Denial, DenialReading, Outcome, StatedDay, StatedReason
from praxigen.model.document import Document
from praxigen.web.accounts.models import Member
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.changes import put
from praxigen.web.cases.clocks import APPROVALS, refresh
from praxigen.web.cases.intake import Given, document_of, keep, take_in
from praxigen.web.cases.library import policies
from praxigen.web.cases.models import Case, ChartFile, Decision, FileState, Role, Stage, Turn
from praxigen.web.cases.scanning import scan
from praxigen.web.cases.standing import after, standing
from praxigen.web.cases.whose import person_of

PASTED = "Pasted letter"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person stands for after reading the letter.

    `reasons` says of each reason that was read its class and criterion, or None where it is none; `by_hand` are
    reasons that were typed, word by word.
    """

    outcome: Outcome
    received_on: date
    dated: date | None = None
    letter_deadline: date | None = None
    last_level: bool = False
    reference: str = ""
    reasons: Sequence[tuple[str, str] | None] = ()
    by_hand: str = ""
    answer: int = 0
    same_patient: bool = False
    plan: str = ""
    funding: str = ""
    state: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def take_answer(case: Case, name: str, data: bytes, member: Member, actor: Actor) -> Decision:
    """Put the payer's letter into the case, and a decision that nobody has confirmed yet."""
    letter = _take_coded(case, name, data, member, actor) if is_claim_response(data) else take_in(
        case, Given(name, data), actor, member, str(Role.DENIAL)
    )  # fmt: skip
    before = Decision.of(case.practice_id).filter(case=case, letter=letter, confirmed=False).first()
    if before is not None:
        return before
    row = Decision(practice_id=case.practice_id, created_by=member, case=case, letter=letter, outcome="")
    row.save()
    return row


def _take_coded(case: Case, name: str, data: bytes, member: Member, actor: Actor) -> ChartFile:
    """A ClaimResponse keeps its JSON as text, so that it can be quoted."""
    scan(data)
    document = read_answer(data, name)
    last = ChartFile.of(case.practice_id).filter(case=case).aggregate(last=Max("number"))["last"] or 0
    row = ChartFile(
        practice_id=case.practice_id, case=case, created_by=member, number=last + 1, role=Role.DENIAL, size=len(data)
    )
    row.name, row.content = name, data
    keep(row, document)
    row.kind = "json"
    row.save()
    record(actor, Action.FILE_ADDED, row, state=row.state, kind=row.kind, bytes=row.size, role=row.role)
    return row


def read_decision(decision: Decision, today: date) -> DenialReading | None:
    """What the letter says, held against the policy that decides the case; None while it is not read yet.

    Raises InputError where the letter could not be read.
    """
    letter = decision.letter
    if letter is None:
        raise InputError("the letter of this decision was removed", "Enter the decision anew.")
    if letter.state == FileState.REFUSED:
        raise InputError(letter.reason or "the letter could not be read", "Paste its text instead.")
    if letter.state == FileState.LOCKED:
        raise InputError("the letter is locked with a password", "Open it with its password on the page of the case.")
    if letter.state != FileState.READ:
        return None
    return read_again(decision.case, document_of(letter), today)


def read_again(case: Case, document: Document, today: date | None = None) -> DenialReading:
    """The decisions in a document, with what the case knows as hints."""
    known = {each.id for each in policies().payers()}
    hints = Hints(
        case.payer if case.payer in known else None, tuple(case.codes), case.plan, case.date_of_service,
        case.request_stage or None,
    )  # fmt: skip
    try:
        return read_denials(document, policies(), hints, today)
    except UsageError:  # a code or stage that the library does not know: read the letter all the same
        return read_denials(document, policies(), Hints(plan=case.plan), today)


def plain_reading(reading: DenialReading) -> dict[str, Any]:
    """The reading as JSON can hold it (docs/denials.md)."""
    told: dict[str, Any] = json.loads(to_json(reading))
    return told


def patient_doubts(case: Case, denial: Denial) -> tuple[str, ...]:
    """Why the letter may be about another patient than the case's. No name stands in the words."""
    there = Person(
        (Named(denial.patient.value, denial.patient.quote),) if denial.patient else (),
        (Born(denial.birth.day, denial.birth.quote),) if denial.birth else (),
    )
    return tuple(differences(there, person_of(case), "letter", "case"))


def printed_day(denial: Denial, received: date | None = None) -> date | None:
    """The last day for the next step that the letter prints, or that its own count of days gives."""
    return letter_day(LetterKind.LEVEL_1, Plan(received=received), denial)


def confirm(
    decision: Decision, case: Case, told: Confirmed, reading: DenialReading, member: Member, actor: Actor
) -> None:
    """Store the decision as the person confirmed it, set stage and turn, and count the deadlines.

    In the caller's transaction, with the case taken. Raises UsageError for a letter about another patient that nobody
    has compared.
    """
    denial = reading.denials[told.answer] if reading.denials else None
    doubts = patient_doubts(case, denial) if denial is not None else ()
    if doubts and not told.same_patient:
        raise UsageError(
            "this letter may be about another patient: " + "; ".join(doubts),
            "Compare name and birth date. If it is this patient, tick that you compared them; else enter the letter on "
            "the other case.",
        )
    before = decision.outcome if decision.confirmed else None
    kept = [(pair, denial.reasons[at]) for at, pair in enumerate(told.reasons) if pair is not None] if denial else []
    decision.outcome = told.outcome.value
    decision.confirmed = True
    decision.dated, decision.received_on = told.dated, told.received_on
    decision.letter_deadline, decision.last_level = told.letter_deadline, told.last_level
    decision.reasons = [{"class": kind, "criterion": criterion} for (kind, criterion), _ in kept]
    if told.by_hand.strip() and not kept:
        decision.reasons = [{"class": Category.OTHER.value, "criterion": ""}]
    decision.reading = {
        "reading": plain_reading(reading),
        "answer": told.answer,
        "corrections": {
            "outcome": told.outcome.value,
            "decision_date": told.dated.isoformat() if told.dated else "",
            "reference": told.reference,
            "reasons": [list(pair) if pair else None for pair in told.reasons],
            "by_hand": told.by_hand,
        },
        "same_patient": member.name if doubts else "",
    }
    decision.save()
    if told.plan:
        case.plan, case.funding, case.state = told.plan, told.funding, told.state
    refresh(case)
    _put_after(case, told.outcome, before)
    record(
        actor, Action.DECISION_NOTED, decision, case=str(case.pk), kind=told.outcome.value,
        reasons=[kind for (kind, _), _ in kept], compared=bool(doubts),
    )  # fmt: skip


def corrected(decision: Decision, denial: Denial) -> Denial:
    """The decision with what the person said instead of what was read."""
    told = (decision.reading or {}).get("corrections", {})
    outcome = Outcome(told.get("outcome") or denial.outcome.value)
    pairs = told.get("reasons") or []
    reasons = denial.reasons
    if len(pairs) == len(denial.reasons):
        reasons = tuple(_reason(each, pair[0]) for each, pair in zip(denial.reasons, pairs, strict=True) if pair)
    if decision.dated is not None and denial.decision_date is not None and denial.decision_date.day != decision.dated:
        denial = replace(denial, decision_date=StatedDay(decision.dated, denial.decision_date.quote))
    return replace(denial, outcome=outcome, reasons=reasons)


def authorized_in(case: Case) -> dict[str, Any]:
    """What the newest approval of the case states."""
    rows = Decision.of(case.practice_id).filter(case=case, confirmed=True, outcome__in=APPROVALS)
    row = rows.order_by("created_at").last()
    if row is None or not row.reading:
        return {}
    answers = row.reading["reading"]["answers"]
    told = answers[row.reading["answer"]] if answers else {}
    numbers = [each["value"] for each in told.get("references", ()) if each["kind"] == "authorization"]
    units = [each["units"] for each in told.get("codes", ()) if each.get("units")]
    codes = [each["code"] for each in told.get("codes", ())]
    found = {"number": numbers[0] if numbers else row.reading["corrections"].get("reference", "")}
    return found | ({"codes": " ".join(codes)} if codes else {}) | ({"units": units[0]} if units else {})


def _reason(reason: StatedReason, kind: str) -> StatedReason:
    """The reason in the class that the person gave it."""
    if kind == reason.category.value:
        return reason
    entry = categories()[Category(kind)]
    return replace(
        reason, category=Category(kind), remedy=entry.remedy, appealable=entry.appealable,
        correctable=entry.correctable,
    )  # fmt: skip


def _put_after(case: Case, outcome: Outcome, before: str | None) -> None:
    """Store where the case stands now. A correction that leaves the outcome as it was, `before`, moves nothing."""
    if before == outcome.value or (before is not None and case.stage == Stage.CLOSED):
        put(case)
    elif before is None and after(outcome.value) is None:
        put(case, turn=Turn.SPECIALIST)
    else:
        stage, turn = standing(case)
        put(case, stage=stage, turn=turn)
