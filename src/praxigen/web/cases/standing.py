"""Where a case stands by what was noted: after something was taken out again, and when a closed case is opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from praxigen.model.denial import Outcome
from praxigen.web.cases.clocks import APPROVALS, DENIALS, day_of
from praxigen.web.cases.models import Authorization, Case, Decision, Stage, Submission, SubmissionKind, Turn

Standing = tuple[str, str]  # a Stage and a Turn


def after(outcome: str) -> Standing | None:
    """Where a case stands after a decision of the payer; None where the decision moves nothing but the turn."""
    if outcome in DENIALS:
        return str(Stage.DENIED), _SPECIALIST
    if outcome in APPROVALS:
        return str(Stage.AUTHORIZED), _SPECIALIST
    if outcome == Outcome.REJECTED:
        return str(Stage.READY), _SPECIALIST
    return None


def standing(case: Case) -> Standing:
    """Where the newest of what was sent, answered and authorized puts the case; in preparation where nothing was."""
    now = (str(Stage.PREPARING), _SPECIALIST)
    for _, _, found in sorted(_noted(case), key=lambda entry: entry[:2]):
        if found is None:
            now = (now[0], _SPECIALIST)
        elif found is _DOCUMENTS:
            now = _APPEALED if now[0] == _APPEALED[0] else _SUBMITTED
        else:
            now = found
    return now


def _noted(case: Case) -> Iterator[tuple[date, datetime, Standing | None]]:
    mine = {"case": case}
    for sent in Submission.of(case.practice_id).filter(**mine):
        yield sent.sent_on, sent.created_at, _BY_KIND[sent.kind]
    for row in Decision.of(case.practice_id).filter(**mine, confirmed=True):
        yield row.received_on or row.dated or day_of(row.created_at), row.created_at, after(row.outcome)
    for held in Authorization.of(case.practice_id).filter(**mine):
        yield day_of(held.created_at), held.created_at, (str(Stage.AUTHORIZED), str(Turn.NOBODY))


_SPECIALIST, _PAYER = str(Turn.SPECIALIST), str(Turn.PAYER)
_SUBMITTED, _APPEALED = (str(Stage.SUBMITTED), _PAYER), (str(Stage.APPEALED), _PAYER)
_DOCUMENTS = ("", _PAYER)  # sent during an appeal they begin no new request
_BY_KIND = {
    str(SubmissionKind.REQUEST): _SUBMITTED,
    str(SubmissionKind.INFORMATION): _DOCUMENTS,
    str(SubmissionKind.APPEAL): _APPEALED,
    str(SubmissionKind.EXTERNAL): _APPEALED,
}
