"""Notes that something was sent to the payer. Nothing is sent from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from praxigen.web.accounts.models import Member
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.changes import put
from praxigen.web.cases.clocks import refresh
from praxigen.web.cases.models import Case, Decision, Stage, Submission, SubmissionKind, Turn, Way
from praxigen.web.cases.standing import standing

_STAGES = {
    SubmissionKind.REQUEST: Stage.SUBMITTED,
    SubmissionKind.INFORMATION: Stage.SUBMITTED,
    SubmissionKind.APPEAL: Stage.APPEALED,
    SubmissionKind.EXTERNAL: Stage.APPEALED,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person notes: what was sent, when, how, under which number, and when the payer had it."""

    kind: SubmissionKind
    sent_on: date
    way: Way
    urgency: str
    received_on: date | None = None
    reference: str = ""
    note: str = ""


def note_submission(case: Case, sent: Sent, member: Member, actor: Actor) -> Submission:
    """Store it, hand the turn to the payer, and start the payer's clock. In the caller's transaction."""
    received = sent.received_on or (sent.sent_on if sent.way is Way.PORTAL else None)
    row = Submission(
        practice_id=case.practice_id, created_by=member, case=case, kind=sent.kind, sent_on=sent.sent_on,
        received_on=received, urgency=sent.urgency, way=sent.way,
    )  # fmt: skip
    row.reference, row.note = sent.reference, sent.note
    row.save()
    refresh(case)
    stage = _STAGES[sent.kind]
    if sent.kind is SubmissionKind.INFORMATION and case.stage == Stage.APPEALED:
        stage = Stage.APPEALED
    if _is_newest(case, sent.sent_on):
        put(case, stage=stage, turn=Turn.PAYER)
    else:
        put(case)  # what was sent before the payer's last answer moves nothing
    record(actor, Action.SUBMISSION_NOTED, row, case=str(case.pk), kind=str(sent.kind), way=str(sent.way))
    return row


def take_out(row: Submission, case: Case, actor: Actor) -> None:
    """Undo a note that was made by mistake: its clocks end, and the case stands where the others leave it.

    In the caller's transaction, with the case taken. A closed case stays closed.
    """
    record(actor, Action.SUBMISSION_NOTED, row, outcome="removed", case=str(case.pk), kind=row.kind)
    row.delete()
    refresh(case)
    if case.stage == Stage.CLOSED:
        put(case)
        return
    stage, turn = standing(case)
    # A packet that was taken stays taken: what was ready to be sent is ready again.
    put(case, stage=str(Stage.READY) if stage == str(Stage.PREPARING) else stage, turn=turn)


def _is_newest(case: Case, day: date) -> bool:
    """Whether the payer has not answered since that day."""
    answered = Decision.of(case.practice_id).filter(case=case, confirmed=True, received_on__gt=day)
    return not answered.exists()
