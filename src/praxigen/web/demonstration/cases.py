"""Makes the practice of the demonstration from examples/demonstration/, by the functions that the pages call."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from praxigen.datafiles.shipped import shipped
from praxigen.errors import UsageError
from praxigen.model.denial import StatedReason
from praxigen.web.accounts.keys import add_key
from praxigen.web.accounts.models import Member, Practice
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.checking import make_check, open_check
from praxigen.web.cases.deciding import Choice, decide
from praxigen.web.cases.decisions import Confirmed, confirm, read_decision, take_answer
from praxigen.web.cases.intake import Given, take_in
from praxigen.web.cases.models import Case, Check, Decided
from praxigen.web.cases.models.answers import SubmissionKind, Urgency, Way
from praxigen.web.cases.submissions import Sent, note_submission

Say = Callable[[str], None]


def make_demonstration(say: Say) -> Practice:
    """The practice, made where it is not there yet. A half-made one is never left behind."""
    there: Practice | None = Practice.objects.filter(demonstration=True).first()
    if there is not None:
        return there
    say("Making the cases of the demonstration.")
    examples = shipped("examples")
    told = json.loads((examples / "demonstration" / "cases.json").read_text(encoding="utf-8"))
    with transaction.atomic():
        practice = Practice.objects.create(name=told["practice"], demonstration=True)
        add_key(practice)
        members = {each["role"]: _member(practice, each) for each in told["members"]}
        specialist = members["specialist"]
        actor = specialist.actor("demonstration")
        record(actor, Action.PRACTICE_MADE, practice)
        for each in told["cases"]:
            _make_case(each, examples, specialist, actor)
    return practice


def _member(practice: Practice, told: dict[str, str]) -> Member:
    # No password: the link of the running server is the only way in.
    email = f"{told['role']}@demonstration.example"
    member = Member.objects.create_user(email, None, practice=practice, name=told["name"], role=told["role"])
    record(member.actor(), Action.MEMBER_JOINED, member, role=member.role)
    return member


def _make_case(told: dict[str, Any], examples: Path, member: Member, actor: Actor) -> None:
    case = Case(practice_id=member.practice_id, created_by=member, patient=told["patient"])
    for name in ("payer", "plan", "codes", "funding", "state", "request_stage"):
        if name in told:
            setattr(case, name, told[name])
    case.date_of_service = date.fromisoformat(told["date_of_service"])
    case.save(force_insert=True)
    record(actor, Action.CASE_OPENED, case, payer=case.payer, codes=case.codes)
    for name in told["charts"]:
        path = examples / name
        take_in(case, Given(path.name, _written(path, told.get("written", {}))), actor, member)
    check = make_check(case, actor, member)
    _confirm(check, told.get("confirm", 0), member, actor)
    case.refresh_from_db()
    if "sent_on" in told:
        _send(case, date.fromisoformat(told["sent_on"]), member, actor)
    if "denial" in told:
        case.refresh_from_db()
        _answer(case, told["denial"], examples, member, actor)


def _written(path: Path, names: dict[str, str]) -> bytes:
    """The chart of an example with the names of this practice's invented patients in it."""
    text = path.read_text(encoding="utf-8")
    for there, here in names.items():
        if there not in text:
            raise UsageError(f"{path.name} does not hold {there!r}", "Mend examples/demonstration/cases.json.")
        text = text.replace(there, here)
    return text.encode()


def _confirm(check: Check, most: int, member: Member, actor: Actor) -> None:
    """Confirm the answers to some criteria, as a person would one by one."""
    opened = open_check(check)
    for criterion in [*opened.needed][:most]:
        decide(check, opened, Choice(criterion, Decided("confirmed")), actor, member)


def _send(case: Case, day: date, member: Member, actor: Actor) -> None:
    sent = Sent(SubmissionKind("request"), day, Way("portal"), Urgency("standard"), reference="DEMO")
    note_submission(case, sent, member, actor)


def _answer(case: Case, told: dict[str, str], examples: Path, member: Member, actor: Actor) -> None:
    """Enter the payer's letter and confirm what was read of it, as a person would after reading it."""
    path, received = examples / told["file"], date.fromisoformat(told["received_on"])
    decision = take_answer(case, path.name, path.read_bytes(), member, actor)
    reading = read_decision(decision, received)
    if reading is None or not reading.denials:
        raise UsageError(f"{path.name} was not read as a payer's decision", "Mend the example.")
    denial = reading.denials[0]
    reasons = [(each.category.value, _criterion(each)) for each in denial.reasons]
    confirmed = Confirmed(
        denial.outcome, received, denial.decision_date.day if denial.decision_date else None, reasons=reasons
    )
    confirm(decision, case, confirmed, reading, member, actor)


def _criterion(reason: StatedReason) -> str:
    """The id of the criterion that a reason is about, "" where it is about none."""
    found = (criterion.id for each in reason.alignments if each.certain for criterion in each.criteria)
    return next(found, "")
