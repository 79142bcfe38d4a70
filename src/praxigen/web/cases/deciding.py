"""What people decide about the criteria of a check: each one by itself, with a reason where they differ."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from praxigen.errors import UsageError
from praxigen.letters.composing.dispositions import Disposition as Told
from praxigen.letters.composing.dispositions import Dispositions, DispositionState
from praxigen.model.answer import Answer
from praxigen.model.criterion import Op
from praxigen.model.document import Document, Quote
from praxigen.model.report import CriterionResult, Report
from praxigen.web.accounts.by_id import member_by_id
from praxigen.web.accounts.models import Member
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.clocks import day_of
from praxigen.web.cases.comparing import criteria_of
from praxigen.web.cases.models import Case, Check, Decided, Disposition
from praxigen.web.cases.opened import OpenedCheck
from praxigen.web.prepared import Prepared

MOST_REASON = 2000  # characters
_CORRECTED = (Answer.MET.value, Answer.NOT_MET.value)


class DecidedMeanwhileError(UsageError):
    """Somebody else decided about the criterion after the page was opened. `standing` is what they decided."""

    def __init__(self, standing: Disposition) -> None:
        super().__init__(
            f"{_who(standing)} has decided about this criterion since this page was opened: "
            f"{Decided(standing.decided).label.lower()}",
            "Look at that decision; send yours again if it should stand instead.",
        )
        self.standing = standing


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person sent: the decision and, where it is no confirmation, the reason and the words picked.

    `start` and `end` are None where the words were typed and have to be found. `seen` is the id of the decision that
    the person saw when deciding, "" for none.
    """

    criterion: str
    decided: str
    reason: str = ""
    answer: str = ""
    words: str = ""
    start: int | None = None
    end: int | None = None
    seen: str = ""


def standing(check: Check) -> dict[str, Disposition]:
    """The decision that holds for each criterion: the newest."""
    mine = check.practice_id, check.pk
    rows = _made_on(*mine)
    carried = any(row.carried_from_id for row in rows)
    first = {row.pk: row for row in _carried_to(*mine)} if carried else {}
    people: dict[uuid.UUID, Member | None] = {}
    for row in rows:
        if row.carried_from_id:
            row.carried_from = first[row.carried_from_id]
        if row.created_by_id:
            if row.created_by_id not in people:
                people[row.created_by_id] = member_by_id.one(row.created_by_id)
            row.created_by = people[row.created_by_id]
    return {row.criterion: row for row in rows}


_made_on: Prepared[Disposition] = Prepared(
    lambda practice, check: Disposition.of(practice).filter(check_made=check).order_by("created_at", "pk")
)
_carried_to: Prepared[Disposition] = Prepared(
    lambda practice, check: Disposition.of(practice).filter(
        pk__in=Disposition.of(practice).filter(check_made=check).values("carried_from")
    )
)


def decide(check: Check, opened: OpenedCheck, choice: Choice, actor: Actor, member: Member) -> Disposition:
    """Keep a person's decision. Raises UsageError for what is missing or wrong, and where another came first."""
    result = opened.needed.get(choice.criterion)
    if result is None:
        raise UsageError("this criterion needs no decision", "Reload the page.")
    row = Disposition(
        practice_id=check.practice_id,
        case_id=check.case_id,
        check_made=check,
        created_by=member,
        criterion=choice.criterion,
        decided=choice.decided,
    )
    _fill(row, choice, result, opened.report.document)
    with transaction.atomic():
        case = Case.of(check.practice_id).select_for_update().get(pk=check.case_id)
        decided = standing(check)
        now = decided.get(choice.criterion)
        if now is not None and str(now.pk) != choice.seen:
            raise DecidedMeanwhileError(now)
        row.save(force_insert=True)
        count(case, decided | {row.criterion: row}, opened)
        case.save()
        record(actor, Action.CRITERION_DECIDED, check, criterion=row.criterion, decided=row.decided, answer=row.answer)
    return row


def count(case: Case, decided: Mapping[str, Disposition], opened: OpenedCheck) -> None:
    """Put on the case how many criteria are open, and how many nobody has decided about. Does not save it."""
    case.undecided = sum(name not in decided for name in opened.needed)
    settled = {name for name, row in decided.items() if row.answer == Answer.MET}
    case.open_criteria = sum(gap.criterion.id not in settled for gap in opened.report.gaps)


def carry(before: Check, after: Check, opened: OpenedCheck) -> list[Disposition]:
    """Repeat on a new check the decisions whose criterion, answer and words are the same."""
    stood = standing(before)
    if not stood:
        return []
    old, new = criteria_of(before.report), criteria_of(after.report)
    carried = []
    for name in opened.needed:
        row = stood.get(name)
        if row is None or name not in old or name not in new or _bare(old[name]) != _bare(new[name]):
            continue
        quote = _found_again(row.quote, opened.report.document)
        if row.quote and quote is None:
            continue
        again = Disposition(
            practice_id=after.practice_id,
            case_id=after.case_id,
            check_made=after,
            created_by=row.created_by,
            criterion=name,
            decided=row.decided,
            answer=row.answer,
            carried_from=row.carried_from or row,
        )
        again.reason = row.reason
        again.quote = quote
        carried.append(again)
    return Disposition.of(after.practice_id).bulk_create(carried)


def for_letters(check: Check, report: Report) -> Dispositions:
    """The decisions as letters use them, bound to the chart that they were made on."""
    told = {}
    for name, row in standing(check).items():
        first = row.carried_from or row
        quote = row.quote
        told[name] = Told(
            name,
            DispositionState(row.decided),
            _who(row),
            day_of(first.created_at),
            row.reason,
            Answer(row.answer),
            Quote(report.document.name, quote["start"], quote["end"], quote["text"]) if quote else None,
        )
    return Dispositions(told, report.document.sha256)


_BOUND_TO_PLACE = frozenset({"start", "end", "line", "document", "boxes", "file", "page"})


def _bare(value: Any) -> Any:
    """What a criterion says and rests on, without where its words stand: a file put before them moves them."""
    if isinstance(value, dict):
        return {name: _bare(each) for name, each in value.items() if name not in _BOUND_TO_PLACE}
    if isinstance(value, list):
        return [_bare(each) for each in value]
    return value


def _found_again(quote: dict[str, Any] | None, document: Document) -> dict[str, Any] | None:
    """Words that a person picked, at their place in the new chart; None where they stand there no more, or twice."""
    if not quote:
        return None
    text = quote["text"]
    if document.text[quote["start"] : quote["end"]] == text:
        return quote
    at = document.text.find(text)
    if at < 0 or document.text.find(text, at + 1) >= 0:
        return None
    return {"start": at, "end": at + len(text), "text": text}


def _fill(row: Disposition, choice: Choice, result: CriterionResult, document: Document) -> None:
    reason = choice.reason.strip()
    if len(reason) > MOST_REASON:
        raise UsageError(f"the reason has more than {MOST_REASON} characters", "Say it in fewer words.")
    if choice.decided == DispositionState.CONFIRMED:
        row.answer = result.answer.value
    elif choice.decided not in tuple(DispositionState):
        raise UsageError("the decision is none of confirm, correct and reject", "Choose one of the three.")
    elif not reason:
        raise UsageError("the reason is missing", "Say in a sentence why the answer is not the one shown.")
    elif choice.decided == DispositionState.REJECTED:
        row.answer = Answer.NOT_DOCUMENTED.value
    else:
        if choice.answer not in _CORRECTED:
            raise UsageError("the corrected answer is missing", "Say whether the words show the criterion or not.")
        row.answer = choice.answer
        if choice.words.strip() or result.criterion.op is not Op.ATTEST:
            row.quote = _picked(choice, document)
    row.reason = reason


def _picked(choice: Choice, document: Document) -> dict[str, Any]:
    """The words that were picked, at their place. Raises UsageError where they do not stand there."""
    words = _lines(choice.words)
    if not words.strip():
        raise UsageError("no words of the document were picked", "Select them in the document, or copy them here.")
    start, end = choice.start, choice.end
    if start is None or end is None:
        start, end = _place(words.strip(), document)
    if not 0 <= start < end <= len(document.text) or _lines(document.text[start:end]).strip() != words.strip():
        raise UsageError("the words picked do not stand at that place of the document", "Select them again.")
    quote = document.quote(start, end)
    return {"start": quote.start, "end": quote.end, "text": quote.text}


def _place(words: str, document: Document) -> tuple[int, int]:
    """Where words stand that were typed or pasted: they must stand in the document once, letter by letter."""
    text = document.text
    at = text.find(words)
    if at < 0:
        raise UsageError("the words do not stand in the document", "Copy them letter by letter, from one line.")
    if text.find(words, at + 1) >= 0:
        raise UsageError("the words stand in the document more than once", "Copy more of the words around them.")
    return at, at + len(words)


def _lines(text: str) -> str:
    """With one way to end a line: forms send another one than they were given."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _who(row: Disposition) -> str:
    return row.created_by.name if row.created_by is not None else "A member"
