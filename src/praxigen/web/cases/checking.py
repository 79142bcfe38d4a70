"""Makes checks of a case, opens stored ones again, and says which criteria a person has to decide."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from django.db import transaction

from praxigen.api import check as run_check
from praxigen.documents import dump_document, join_documents, load_document
from praxigen.errors import InputError, PraxigenError, UsageError
from praxigen.exports.json_report import to_dict
from praxigen.model.document import Document
from praxigen.model.report import Report
from praxigen.model.request import SIDES, Request
from praxigen.web.accounts.models import Member
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.deciding import carry, count
from praxigen.web.cases.intake import document_of
from praxigen.web.cases.library import policies
from praxigen.web.cases.models import Case, ChartFile, Check, FileState, Role, Turn
from praxigen.web.cases.opened import Kept, OpenedCheck
from praxigen.web.cases.whose import doubts_about
from praxigen.web.prepared import Prepared

CHART = "Chart"  # what the quotes of a chart of several files call it
SEALED = ("document_sealed", "report_sealed")  # columns of megabytes, fetched where they are used
_IN_CHART = (Role.CHART, Role.ADDENDUM)


def chart_of(case: Case) -> Document:
    """Everything of the case's chart that could be read, as one document. Raises InputError where there is nothing."""
    documents = [document_of(row) for row in _chart_files(case.practice_id, case.pk)]
    if not documents:
        raise InputError("no file of this case could be read yet", "Add a note as text, PDF or Word file.")
    return join_documents(documents[0].name if len(documents) == 1 else CHART, documents)


_chart_files: Prepared[ChartFile] = Prepared(
    lambda practice, case: (
        ChartFile.of(practice).filter(case=case, role__in=_IN_CHART, state=FileState.READ).order_by("number")
    )
)


def request_of(case: Case) -> Request:
    """What the case asks of the payer. Raises UsageError for what is missing, with the field to fill in."""
    if not case.payer or not case.codes:
        missing = "payer" if not case.payer else "procedure code"
        raise UsageError(f"the case has no {missing} yet", "Confirm the request first.")
    side = str(case.scheduled.get("side") or "")
    return Request(
        case.payer,
        case.codes,
        plan=case.plan,
        date=case.date_of_service,
        stage=case.request_stage or None,
        side=side if side in SIDES else None,
    )


def make_check(case: Case, actor: Actor, member: Member | None) -> Check:
    """Check the chart as it is now and store it. Raises InputError or UsageError, saying what to mend.

    Decisions of the check before it are carried where answer and words have stayed the same.
    """
    document = chart_of(case)
    request = request_of(case)
    opened = OpenedCheck(run_check(document, request, policies()), same=True)
    report = opened.report
    made = Check(
        practice_id=case.practice_id,
        case=case,
        created_by=member,
        request=_plain_request(request),
        receipt=_plain_receipt(report),
        verdict=report.verdict.value,
        criteria={name: result.answer.value for name, result in opened.needed.items()},
        library=_library_hash(report),
        doubts=list(doubts_about(case, document)),
    )
    made.document = dump_document(document, keep=lambda _file: False)
    made.report = to_dict(report)
    with transaction.atomic():
        locked = _locked.one(case.practice_id, case.pk)
        if locked is None:
            raise Case.DoesNotExist
        before = newest_check(locked)
        made.number = before.number + 1 if before else 1
        made.save(force_insert=True)
        carried = carry(before, made, opened) if before else ()
        locked.procedure = report.requirement.procedure
        locked.verdict = made.verdict
        if locked.turn in (Turn.NOBODY, Turn.CLINICIAN):
            locked.turn = Turn.SPECIALIST
        count(locked, {row.criterion: row for row in carried}, opened)
        locked.save(update_fields=_CHANGED)
        record(actor, Action.CHECK_MADE, made, number=made.number, verdict=made.verdict, carried=len(carried))
        transaction.on_commit(lambda: _KEPT.put(made.practice_id, made.pk, opened))
    for name in _CHANGED:
        setattr(case, name, getattr(locked, name))
    return made


_CHANGED = ("procedure", "verdict", "turn", "open_criteria", "undecided", "changed_at")
_locked: Prepared[Case] = Prepared(lambda practice, case: Case.of(practice).select_for_update().filter(pk=case))


def newest_check(case: Case) -> Check | None:
    """The last check of a case, its chart and report fetched when they are asked for."""
    return _newest.one(case.practice_id, case.pk)


_newest: Prepared[Check] = Prepared(
    lambda practice, case: Check.of(practice).filter(case=case).defer(*SEALED).order_by("-number")[:1]
)


def is_newest(check: Check) -> bool:
    """Whether no later check of the case was made."""
    newest = _newest.one(check.practice_id, check.case_id)
    return newest is None or newest.number <= check.number


def open_check(check: Check) -> OpenedCheck:
    """The report of a stored check. Raises StaleCheckError where it cannot be made again."""
    if check.shredded_at is not None:
        raise ShreddedCheckError
    opened = _KEPT.get(check.practice_id, check.pk)
    if opened is None:
        opened = _opened(check)
        _KEPT.put(check.practice_id, check.pk, opened)
    return opened


_KEPT = Kept()


def _opened(check: Check) -> OpenedCheck:
    document = load_document(check.document)
    stored = check.report
    try:
        report = run_check(document, Request(**check.request), policies())
    except PraxigenError:  # the library no longer knows the code, or has no edition for the day
        raise StaleCheckError from None
    again = json.loads(json.dumps(to_dict(report)))
    return OpenedCheck(report, same=_answers(again) == _answers(stored))


class StaleCheckError(PraxigenError):
    """A stored check cannot be made again with the library of today."""

    def __init__(
        self,
        message: str = "the library has changed so much that this check cannot be shown in full",
        hint: str = "Check again.",
    ) -> None:
        super().__init__(message, hint)


class ShreddedCheckError(StaleCheckError):
    """The words of a stored check were destroyed with a file that was removed from the case."""

    def __init__(self) -> None:
        super().__init__(
            "this check rests on a file that was removed, and its words were destroyed with it",
            "Check the chart again, and go on from that check.",
        )


def forget_reports() -> None:
    """Drop the reports that this process keeps at hand."""
    _KEPT.clear()


def _answers(report: dict[str, Any]) -> dict[str, Any]:
    """What a report says, without what says which program said it."""
    return {name: value for name, value in report.items() if name not in ("receipt", "disclaimer")}


def _plain_request(request: Request) -> dict[str, Any]:
    return {
        "payer": request.payer,
        "codes": list(request.codes),
        "plan": request.plan,
        "date": request.date.isoformat() if request.date else None,
        "stage": request.stage,
        "attested": list(request.attested),
        "side": request.side,
        "levels": list(request.levels),
    }


def _plain_receipt(report: Report) -> dict[str, Any]:
    receipt = report.receipt
    return {
        "engine": receipt.engine,
        "document_sha256": receipt.document_sha256,
        "lexicon_sha256": receipt.lexicon_sha256,
        "requirement_sha256": receipt.requirement_sha256,
        "guidelines": [list(each) for each in receipt.guidelines],
    }


def _library_hash(report: Report) -> str:
    """One hash of all that decided: requirement and guidelines."""
    told = [report.receipt.requirement_sha256, *(sha256 for _, _, sha256 in report.receipt.guidelines)]
    return hashlib.sha256(" ".join(told).encode()).hexdigest()


def with_pages(check: Check) -> Document:
    """The document of a check with the bytes of its pages, as they lie in the files of the case.

    Raises StaleCheckError where it was destroyed with a file that was removed.
    """
    if check.shredded_at is not None:
        raise ShreddedCheckError
    document = load_document(check.document)
    rows = ChartFile.of(check.practice_id).filter(case_id=check.case_id, state=FileState.READ)
    shown = {file.sha256: file.data for row in rows for file in document_of(row).files if file.data}
    return replace(document, files=tuple(replace(file, data=shown.get(file.sha256, b"")) for file in document.files))
