"""Takes a file out of a case where it does not belong: its bytes destroyed, with who did it, when and why.

A check that rests on the file and never left the practice loses every word of the chart; the answers and who decided
them stay. What left (a final packet, a final letter, a noted submission) is kept, and says that the file was removed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from praxigen.documents import load_document
from praxigen.errors import PraxigenError, UsageError
from praxigen.web.accounts.models import Member
from praxigen.web.audit.actions import Action
from praxigen.web.audit.models import Event
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.changes import put, take
from praxigen.web.cases.checking import forget_reports, make_check
from praxigen.web.cases.models import (
    Case,
    ChartFile,
    Check,
    Decision,
    Disposition,
    FileState,
    Letter,
    RemovedFor,
    Stage,
    Submission,
    Turn,
)

MOST_NOTE = 500  # characters
_KEPT = ("id", "text", "answer")  # of a criterion: the library's words and the answer, nothing of the chart


@dataclass(frozen=True, slots=True)
class Touched:
    """What rests on a file: checks that lose their words, checks that are kept because they left, and letters."""

    destroyed: tuple[Check, ...] = ()
    kept: tuple[Check, ...] = ()
    drafts: tuple[Letter, ...] = ()
    letters: tuple[Letter, ...] = ()  # final ones


@dataclass(frozen=True, slots=True)
class Removed:
    """What was done. `check` is the chart checked again without the file; `problem` says why there is none."""

    touched: Touched
    check: Check | None = None
    problem: str = field(default="")


def touched_by(row: ChartFile) -> Touched:
    """What rests on a file of the chart; nothing where none of it was read."""
    if row.state != FileState.READ:
        return Touched()
    inside = _parts_of(row.document)
    destroyed, kept, drafts, finals = [], [], [], []
    for check in Check.of(row.practice_id).filter(case=row.case_id).order_by("number"):
        if check.shredded_at is not None or not inside & _parts_of(check.document):
            continue
        letters = list(Letter.of(row.practice_id).filter(check_made=check))
        finals += [letter for letter in letters if letter.final]
        if _has_left(check, letters):
            kept.append(check)
        else:
            destroyed.append(check)
            drafts += letters
    return Touched(tuple(destroyed), tuple(kept), tuple(drafts), tuple(finals))


def remove_file(row: ChartFile, why: str, note: str, actor: Actor, member: Member) -> Removed:
    """Remove a file and check what is left of the chart. Raises UsageError for what cannot be removed or is unsaid."""
    if why not in RemovedFor.values:
        raise UsageError("the reason is missing", "Choose why the file does not belong here.")
    if RemovedFor(why) is RemovedFor.OTHER and not note.strip():
        raise UsageError("the reason is missing", "Say in a sentence why the file does not belong here.")
    if len(note) > MOST_NOTE:
        raise UsageError(f"the note has more than {MOST_NOTE} characters", "Say it in fewer words.")
    with transaction.atomic():
        case = take(member.practice, row.case_id)
        held = ChartFile.of(row.practice_id).select_for_update().get(pk=row.pk)
        if held.state == FileState.REMOVED:
            raise UsageError("this file was removed already", "Look at the list of files.")
        _refuse_answered_letter(held)
        touched = touched_by(held)
        _destroy(held)
        held.removed_why, held.removed_at, held.removed_by = why, timezone.now(), member
        held.removed_note = note.strip()
        held.save()
        for old in (*touched.destroyed, *touched.kept):
            old.removed_files = sorted({*old.removed_files, held.number})
            old.save()
        check, problem = _check_without(case, touched, actor, member)
        for old in touched.destroyed:
            _take_words_out_of(old)
        for letter in touched.drafts:
            letter.delete()
        _put(case, touched, check)
        record(
            actor,
            Action.FILE_REMOVED,
            held,
            number=held.number,
            why=why,
            role=held.role,
            checks_destroyed=[str(each.pk) for each in touched.destroyed],
            checks_kept=[str(each.pk) for each in touched.kept],
            drafts=len(touched.drafts),
        )
        transaction.on_commit(_empty_the_log)
    forget_reports()
    row.refresh_from_db()
    return Removed(touched, check, problem)


def removed_from(check: Check) -> Sequence[ChartFile]:
    """The files that a check rests on and that were removed since."""
    if not check.removed_files:
        return ()
    rows = ChartFile.of(check.practice_id).filter(case=check.case_id, number__in=check.removed_files)
    return list(rows.select_related("removed_by").order_by("number"))


def _refuse_answered_letter(row: ChartFile) -> None:
    if Decision.of(row.practice_id).filter(letter=row, confirmed=True).exists():
        raise UsageError(
            "a confirmed decision of the payer rests on this letter",
            "It is part of what happened and stays. Open the decision to correct what was read of it.",
        )


def _destroy(row: ChartFile) -> None:
    """Everything of a file that could be read: its name may hold a patient's as well."""
    Decision.of(row.practice_id).filter(letter=row).delete()  # nobody confirmed what was read of it
    row.name, row.content, row.document = "", b"", b""
    row.state, row.reason, row.claim, row.sha256 = FileState.REMOVED, "", None, ""


def _check_without(case: Case, touched: Touched, actor: Actor, member: Member) -> tuple[Check | None, str]:
    """The chart checked again, where it had been checked with the file."""
    if not touched.destroyed and not touched.kept:
        return None, ""
    try:
        with transaction.atomic():
            return make_check(case, actor, member), ""
    except PraxigenError as error:
        return None, f"{error.message}. {error.hint}"


def _put(case: Case, touched: Touched, check: Check | None) -> None:
    """Where the case stands now. A request that was ready to be sent with the file is not ready any more."""
    changed: dict[str, Any] = {}
    if check is None and (touched.destroyed or touched.kept):
        changed = {"verdict": "", "open_criteria": 0, "undecided": 0, "turn": Turn.SPECIALIST}
    if case.stage == Stage.READY and (touched.destroyed or touched.kept):
        changed["stage"] = Stage.PREPARING
    put(case, **changed)


def _take_words_out_of(check: Check) -> None:
    """Leave answers in the library's words, and who decided what; destroy every word of the chart or about it."""
    check.report = _bare_report(check.report)
    check.document = b""
    check.shredded_at = timezone.now()
    check.save()
    for row in Disposition.of(check.practice_id).filter(check_made=check):
        row.reason, row.quote = "", None
        row.save()


def _bare_report(report: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "requirement": {"title": report["requirement"]["title"]},
        "verdict": report["verdict"],
        "guidelines": [{"id": each["id"], "edition": each["edition"]} for each in report["guidelines"]],
        "criteria": [_bare_criterion(each) for each in report["criteria"]],
    }


def _bare_criterion(node: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {name: node[name] for name in _KEPT}
    told["children"] = [_bare_criterion(each) for each in node["children"]]
    for name in ("condition", "waiver"):
        if node.get(name):
            told[name] = _bare_criterion(node[name])
    return told


def _has_left(check: Check, letters: list[Letter]) -> bool:
    """Whether a request made from this check has left the practice, as far as the practice noted it."""
    if any(letter.final for letter in letters):
        return True
    exported = Event.objects.filter(
        practice=check.practice_id, action=Action.PACKET_EXPORTED.value, object_id=str(check.pk)
    )
    if any(event.fields.get("final") is True for event in exported):
        return True
    after = Check.of(check.practice_id).filter(case=check.case_id, number__gt=check.number).order_by("number").first()
    sent = Submission.of(check.practice_id).filter(case=check.case_id, created_at__gte=check.created_at)
    return (sent.filter(created_at__lt=after.created_at) if after is not None else sent).exists()


def _parts_of(stored: bytes) -> set[str]:
    """The hashes of the files in a stored document; of its text where it is one text without a file around it."""
    document = load_document(stored)
    return {file.sha256 for file in document.files} or {document.sha256}


def _empty_the_log() -> None:
    """SQLite overwrites what was freed (secure_delete), but older pages stand in its write-ahead log until this."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
