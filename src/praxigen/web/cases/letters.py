"""Letters of a case: drafted from its check and the payer's decision, edited sentence by sentence, finished once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone

from praxigen.errors import InputError, UsageError
from praxigen.letters.composing.call import Call as Said
from praxigen.letters.composing.clock import Plan, time_letter
from praxigen.letters.composing.compose import compose
from praxigen.letters.composing.final import obstacles
from praxigen.letters.composing.from_denial import answer_of, choose_letter
from praxigen.letters.composing.gather import Answer, Clock, Told, gather, reasons_by_hand
from praxigen.letters.composing.letter import Letter as Words
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.matter import Matter, Reason
from praxigen.letters.composing.sentence import RecordSupport
from praxigen.letters.composing.sheet import call_sheet
from praxigen.letters.composing.stored import dump_letter, load_letter
from praxigen.model.denial import Denial
from praxigen.model.document import Document
from praxigen.web.accounts.models import Member, Practice
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.checking import newest_check, open_check
from praxigen.web.cases.clocks import DENIALS, today
from praxigen.web.cases.deciding import for_letters
from praxigen.web.cases.decisions import corrected, read_again
from praxigen.web.cases.headers import payer_name
from praxigen.web.cases.intake import document_of
from praxigen.web.cases.letterhead import letterhead_of, template_of
from praxigen.web.cases.library import policies
from praxigen.web.cases.models import Call, Case, Check, Decision, FileState, Letter
from praxigen.web.cases.whose import refuse_another

TITLES = {
    LetterKind.REQUEST: "Letter of medical necessity",
    LetterKind.LEVEL_1: "Appeal, first level",
    LetterKind.LEVEL_2: "Appeal, second level",
    LetterKind.EXPEDITED: "Expedited appeal",
    LetterKind.EXTERNAL: "Request for external review",
    LetterKind.INFORMATION: "Answer to the payer's question",
    LetterKind.CORRECTED: "Corrected request",
    LetterKind.RETRO: "Request for authorization afterwards",
    LetterKind.BENEFIT: "Question about the plan's provision",
    LetterKind.ASK_REASON: "Question for the specific reason",
}
LATE = "This letter is late"


def title_of(row: Letter) -> str:
    """What the letter is, in words."""
    return TITLES[LetterKind(row.kind)] if row.kind in {each.value for each in TITLES} else "Letter"


@dataclass(frozen=True, slots=True)
class Opened:
    """A stored letter with the matter that it is proven against, and what keeps it from being final."""

    row: Letter
    words: Words
    matter: Matter
    against: tuple[str, ...]


class StaleLetterError(UsageError):
    """The letter was changed since the page was opened."""

    def __init__(self) -> None:
        super().__init__("somebody changed this letter after you opened it", "Both texts are below; nothing is lost.")


def kind_for(decision: Decision) -> tuple[LetterKind, str]:
    """The letter that answers a decision, and why it is no appeal. Raises UsageError for no denial."""
    answered = _answered(decision)
    if answered is None:
        return LetterKind.LEVEL_1, ""
    return choose_letter(answered[1])


def draft(
    case: Case, kind: LetterKind, decision: Decision | None, member: Member, actor: Actor, *, same_patient: bool = False
) -> Letter:
    """Compose and store a letter. Raises UsageError for what is missing, and where two patients may be meant."""
    if decision is not None and not decision.confirmed:
        raise UsageError("the payer's answer is not confirmed yet", "Open it, and confirm what was read.")
    check = newest_check(case)
    if check is None:
        raise UsageError("the chart of this case was not checked yet", "Check it: a letter argues from the check.")
    why = ""
    if decision is not None and (answered := _answered(decision)) is not None and kind not in _APPEALS:
        why = choose_letter(answered[1])[1]
    day = today()
    content: dict[str, Any] = {
        "written_on": day.isoformat(), "why": why, "same_patient": member.name if same_patient else "",
    }  # fmt: skip
    row = Letter(
        practice_id=case.practice_id, created_by=member, case=case, check_made=check, decision=decision, kind=kind
    )
    matter = matter_of(row, content)
    if why:
        matter = replace(matter, notes=(f"This is no appeal: {why}.", *matter.notes))
    words = compose(matter, kind, template_of(case.practice, kind))
    row.content = {**content, "letter": dump_letter(words)}
    row.save()
    record(actor, Action.LETTER_DRAFTED, row, case=str(case.pk), kind=kind.value)
    return row


def open_letter(row: Letter) -> Opened:
    """A stored letter with what it is proven against. Raises InputError where it cannot be read any more."""
    content = row.content
    if not isinstance(content, dict) or "letter" not in content or row.kind not in {each.value for each in TITLES}:
        raise InputError("this letter cannot be read: it is damaged, or another version stored it", "Draft it anew.")
    words = load_letter(content["letter"])
    matter = matter_of(row, content)
    against = [*(_in_words(line, matter) for line in obstacles(words, matter)), *_of_the_case(row)]
    if matter.late and not any(each.text.startswith(LATE) for each in words.sentences()):
        against.append("the letter is dated after its last day and does not say so; draft it anew")
    return Opened(row, words, matter, tuple(dict.fromkeys(against)))


def take_letter(practice: Practice, name: uuid.UUID, version: int) -> Letter:
    """The letter, locked for a change. Raises UsageError for a final one, StaleLetterError for an old version."""
    Letter.find(practice, name)
    row = Letter.of(practice).select_for_update().get(pk=name)
    if row.final:
        raise UsageError("this letter is final and is not changed", "Make a new version of it.")
    if row.version != version:
        raise StaleLetterError
    return row


def put_letter(row: Letter, words: Words, actor: Actor, what: str) -> None:
    """Store a changed letter and count its version up. In the transaction of `take_letter`."""
    row.content = {**row.content, "letter": dump_letter(words)}
    row.version += 1
    row.save()
    record(actor, Action.LETTER_CHANGED, row, what=what, version=row.version)


def set_day(row: Letter, day: date, actor: Actor) -> None:
    """Change the day that the letter is written on, where its first line says it too."""
    opened = open_letter(row)
    old = opened.row.content["written_on"]
    words = opened.words
    changed = tuple(_dated(block, old, day.isoformat()) for block in words.blocks)
    row.content = {**row.content, "written_on": day.isoformat()}
    put_letter(row, replace(words, blocks=changed), actor, "day")


def finish(row: Letter, member: Member, actor: Actor) -> None:
    """Lock a letter against which nothing stands. Raises UsageError, naming the first thing that does."""
    opened = open_letter(row)
    if opened.against:
        raise UsageError(
            f"{len(opened.against)} things keep it from being final, the first: {opened.against[0]}",
            "Mend them one by one; the list stands beside the letter.",
        )
    row.final, row.finished_by, row.finished_at = True, member, timezone.now()
    row.version += 1
    row.save()
    record(actor, Action.LETTER_FINISHED, row, case=str(row.case_id), kind=row.kind)


def new_version(row: Letter, member: Member, actor: Actor) -> Letter:
    """A draft with the words of a letter, to be changed; the old one stays."""
    fresh = Letter(
        practice_id=row.practice_id, created_by=member, case_id=row.case_id, check_made_id=row.check_made_id,
        decision_id=row.decision_id, kind=row.kind, after=row,
    )  # fmt: skip
    fresh.content = row.content
    fresh.save()
    record(actor, Action.LETTER_DRAFTED, fresh, case=str(row.case_id), kind=row.kind)
    return fresh


def matter_of(row: Letter, content: dict[str, Any]) -> Matter:
    """What a letter may draw from: its check with people's decisions, the payer's answer, and the practice."""
    check = row.check_made
    if check is None:
        raise Http404
    return matter_from(row.case, check, row.decision, LetterKind(row.kind), content)


def matter_from(
    case: Case, check: Check, decision: Decision | None, kind: LetterKind, content: dict[str, Any]
) -> Matter:
    """The matter of a case. Raises UsageError where two patients may be meant and nobody compared."""
    report = open_check(check).report
    answered = _answered(decision) if decision is not None else None
    answer = _answer(decision, answered) if decision is not None else None
    denial = answered[1] if answered else None
    plan = Plan(
        case.plan, case.funding or None, case.state or None, report.requirement.payer,
        decision.received_on if decision is not None else None,
    )  # fmt: skip
    timed = time_letter(kind, plan, denial)
    clock = timed.clock
    if decision is not None and decision.letter_deadline is not None and clock.due.letter != decision.letter_deadline:
        clock = replace(clock, due=replace(clock.due, letter=decision.letter_deadline, letter_words=None))
    compared = bool(content.get("same_patient")) or bool(decision and (decision.reading or {}).get("same_patient"))
    if not compared:
        refuse_another(case, report.document)
    told = Told(
        practice=letterhead_of(case.practice),
        dispositions=for_letters(check, report),
        written_on=date.fromisoformat(content["written_on"]),
        fields=tuple(_known(case, decision)),
        diagnoses=tuple(case.diagnoses),
        confirmed_patient=compared,
        call=_call(case) if decision is not None else None,
    )
    matter = gather(
        report, payer_name(report.requirement.payer), told, answer, clock or Clock(), policies().literature()
    )
    return replace(matter, notes=(*timed.notes, *matter.notes))


_APPEALS = (LetterKind.LEVEL_1, LetterKind.LEVEL_2, LetterKind.EXPEDITED, LetterKind.EXTERNAL)


def _answered(decision: Decision) -> tuple[Document, Denial] | None:
    """The payer's letter and its decision as a person corrected it; None where there is no letter that was read."""
    letter = decision.letter
    if letter is None or letter.state != FileState.READ:
        return None
    document = document_of(letter)
    reading = read_again(decision.case, document)
    number = (decision.reading or {}).get("answer", 0)
    if number >= len(reading.denials):
        return None
    return document, corrected(decision, reading.denials[number])


def _answer(decision: Decision, answered: tuple[Document, Denial] | None) -> Answer | None:
    typed = str((decision.reading or {}).get("corrections", {}).get("by_hand", ""))
    lines = [line for line in typed.splitlines() if line.strip()]
    if answered is None:
        return reasons_by_hand(lines) if lines else None
    document, denial = answered
    answer = answer_of(document, denial)
    found = [document.text.find(line.strip()) for line in lines]
    if lines and all(at >= 0 for at in found):
        typed_too = tuple(
            Reason(document.quote(at, at + len(line.strip()))) for at, line in zip(found, lines, strict=True)
        )
        return replace(answer, reasons=(*answer.reasons, *typed_too))
    if lines and not answer.reasons:
        # The words are not in the letter as it was read: they stand for themselves, and values lose their places.
        values = {name: RecordSupport(each.field, each.value, "person") for name, each in answer.values.items()}
        return replace(reasons_by_hand(lines), values=values, person=answer.person)
    return answer


def _known(case: Case, decision: Decision | None) -> Iterator[tuple[str, str]]:
    """What the case and its decision say beside the papers."""
    patient = case.patient or {}
    for field, name in (("patient", "name"), ("birth", "birth_date"), ("member_id", "member_id")):
        if str(patient.get(name) or "").strip():
            yield field, str(patient[name])
    if decision is not None:
        told = (decision.reading or {}).get("corrections", {})
        if told.get("decision_date"):
            yield "decision_date", str(told["decision_date"])
        if str(told.get("reference") or "").strip():
            yield "reference", str(told["reference"])
    units = case.scheduled.get("units") if case.scheduled else None
    if units:
        yield "units", str(units)
    if case.scheduled and str(case.scheduled.get("site") or "").strip():
        yield "facility", str(case.scheduled["site"])


def _call(case: Case) -> Said | None:
    """The last call with a reviewer whose words were noted."""
    rows = Call.of(case.practice_id).filter(case=case, kind="peer-to-peer").order_by("-on", "-created_at")
    for row in rows:
        notes = row.notes or {}
        if notes.get("said") and notes.get("reviewer") and notes.get("noted_by"):
            return Said(row.on, notes["reviewer"], notes["said"], notes["noted_by"], notes.get("specialty", ""))
    return None


def _of_the_case(row: Letter) -> Iterator[str]:
    """What has changed in the case since the letter was drafted."""
    newest = newest_check(row.case)
    if newest is not None and newest.pk != row.check_made_id:
        yield "the chart was checked again after this letter was drafted; draft it anew from that check"
    if row.check_made is not None and row.check_made.removed_files:
        yield "it rests on a file that was removed from the chart; draft it anew from a check without that file"
    if row.check_made is not None and not open_check(row.check_made).same:
        yield "the policies have changed since the check; check the chart again and draft the letter anew"
    if row.decision is not None and not row.decision.confirmed:
        yield "the payer's answer is not confirmed"


def _in_words(line: str, matter: Matter) -> str:
    """An obstacle with what the criterion asks in place of its id."""

    def says(found: re.Match[str]) -> str:
        criterion = matter.criterion(found[1])
        return f"“{criterion.says}”" if criterion is not None else found[0]

    return re.sub(r"criterion ([\w.-]*\w)", says, line)


def _dated(block: Any, old: str, new: str) -> Any:
    """A block of lines whose date of the letter was changed."""
    from praxigen.letters.composing.letter import Lines  # only here

    if not isinstance(block, Lines):
        return block
    told = []
    for each in block.sentences:
        support = each.supports[0] if each.supports else None
        if isinstance(support, RecordSupport) and support.field == "written_on" and support.value == old:
            each = replace(each, text=each.text.replace(old, new), supports=(replace(support, value=new),))
        told.append(each)
    return Lines(tuple(told))


def sheet_of(case: Case) -> Words:
    """The sheet for a peer-to-peer call about the newest decision. Raises UsageError where nothing was checked."""
    check = newest_check(case)
    if check is None:
        raise UsageError("the chart of this case was not checked yet", "Check it: the sheet is made from the check.")
    rows = Decision.of(case.practice_id).filter(case=case, confirmed=True, outcome__in=DENIALS)
    decision = rows.order_by("created_at").last()
    content = {"written_on": today().isoformat()}
    return call_sheet(matter_from(case, check, decision, LetterKind.LEVEL_1, content))
