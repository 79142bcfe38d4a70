"""Takes files into a case: read at once where that is quick, left to the background reader where pages are pictures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Max

from praxigen.documents import Recognition, dump_document, load_document, read_document, unlock_document
from praxigen.errors import InputError, LockedError, UsageError
from praxigen.model.document import Document
from praxigen.model.layout import SourceFile
from praxigen.web.accounts.models import Member
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.models import Case, ChartFile, FileState
from praxigen.web.cases.scanning import ScannedError, scan

_NAME = 120  # characters of a file's name that are kept
_REASON = 300
PASTED = "Pasted note"


class PicturesInside(Exception):  # noqa: N818  no error: the file has to wait for its turn
    """The file has pages that must be recognized, which takes longer than a person waits for a page."""

    def __init__(self, pages: int) -> None:
        super().__init__()
        self.pages = pages


@dataclass(frozen=True, slots=True)
class Given:
    """A file as a person gave it."""

    name: str
    data: bytes


def read_quickly(given: Given) -> Document:
    """The document. Raises PicturesInside where pages must be recognized first, InputError where it cannot be read."""
    return read_with(given, _refuse_pictures)


def read_with(given: Given, progress: Callable[[int, int], None]) -> Document:
    """The document, its pictures recognized, `progress` told of each page."""
    return read_document(given.data, given.name, ocr=Recognition(progress=progress, workers=1))


def _refuse_pictures(_done: int, total: int) -> None:
    raise PicturesInside(total)


def take_in(case: Case, given: Given, actor: Actor, member: Member | None, role: str = "chart") -> ChartFile:
    """Read a file and put it into the case; one that cannot be read is kept with the reason.

    A file with pictures of pages is left WAITING. The same bytes are never put in twice: the first file is returned.
    """
    sha256 = hashlib.sha256(given.data).hexdigest()
    given = Given(_tidy(given.name), given.data)
    read = _outcome(given)
    with transaction.atomic():
        Case.of(case.practice_id).select_for_update().filter(pk=case.pk).first()  # numbers are given one at a time
        there = ChartFile.of(case.practice_id).filter(case=case, sha256=sha256, role=role).first()
        if there is not None and there.state != FileState.REFUSED:
            return there
        last = ChartFile.of(case.practice_id).filter(case=case).aggregate(last=Max("number"))["last"] or 0
        row = ChartFile(
            practice_id=case.practice_id,
            case=case,
            created_by=member,
            number=last + 1,
            role=role,
            size=len(given.data),
            sha256=sha256,
        )
        row.name = _apart(case, given.name)
        row.content = b"" if isinstance(read, ScannedError) else given.data
        _settle(row, read)
        row.save(force_insert=True)
        record(actor, Action.FILE_ADDED, row, state=row.state, kind=row.kind, bytes=row.size, role=role)
    return row


def unlock(row: ChartFile, password: str, actor: Actor) -> None:
    """Open a locked file with the password that a person gives, and read it. The password is kept nowhere.

    From then on the case holds the file without its lock, sealed like all others. Raises LockedError for a wrong
    password, UsageError where the file is not locked any more.
    """
    try:
        opened = unlock_document(row.content, password)
    except LockedError:
        record(actor, Action.FILE_UNLOCKED, row, outcome="refused")
        raise
    read = _outcome(Given(row.name, opened))
    with transaction.atomic():
        held = ChartFile.of(row.practice_id).select_for_update().filter(pk=row.pk, state=FileState.LOCKED).first()
        if held is None:
            raise UsageError("this file is not locked any more", "Look at the list: somebody has opened or removed it.")
        held.content = b"" if isinstance(read, ScannedError) else opened
        held.size, held.sha256 = len(opened), hashlib.sha256(opened).hexdigest()
        _settle(held, read)
        held.save()
        record(actor, Action.FILE_UNLOCKED, held, state=held.state, kind=held.kind, bytes=held.size)
    row.refresh_from_db()


def _settle(row: ChartFile, read: Document | InputError | PicturesInside) -> None:
    """Put on the row what came of reading it."""
    if isinstance(read, PicturesInside):
        row.state, row.pages = FileState.WAITING, read.pages
    elif isinstance(read, LockedError):
        row.state = FileState.LOCKED
    elif isinstance(read, InputError):
        refuse(row, said(read, row.name))
    else:
        keep(row, read)


def keep(row: ChartFile, document: Document) -> None:
    """Put what was read on the row. Bytes of files that lie inside it are kept, its own are there already."""
    row.document = dump_document(document, keep=lambda file: file.sha256 != row.sha256)
    row.state, row.reason = FileState.READ, ""
    row.kind = document.files[0].kind if len(document.files) == 1 else "chart"
    row.pages = row.pages_done = len(document.pages)


def refuse(row: ChartFile, reason: str) -> None:
    """Say on the row why nothing was read."""
    row.state, row.reason = FileState.REFUSED, reason[:_REASON]


def said(error: InputError, name: str) -> str:
    """The reason in one line, without the file's name: that may hold the patient's."""
    what = error.message.partition("\n")[0].rstrip(":")
    if what.startswith(f"{name} "):
        what = f"it{what.removeprefix(name)}"
    what = what.removeprefix(name).removeprefix(":").strip()
    hint = error.hint.partition("\n")[0]
    told = f"{what[:1].upper()}{what[1:]}. {hint}" if hint else what
    return told.replace(name, "the file")


def document_of(row: ChartFile) -> Document:
    """A file as it was read, with the bytes of its pages."""
    document = load_document(row.document)
    content = row.content
    files = tuple(replace(file, data=content) if _is_shown(file, row) else file for file in document.files)
    return replace(document, files=files)


def _is_shown(file: SourceFile, row: ChartFile) -> bool:
    return file.sha256 == row.sha256 and file.kind in ("pdf", "picture")


def _outcome(given: Given) -> Document | InputError | PicturesInside:
    try:
        scan(given.data)
        return read_quickly(given)
    except (InputError, PicturesInside) as outcome:
        return outcome


def _tidy(name: str) -> str:
    """The last part of a name, on one line, not too long."""
    told = re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", " ", re.split(r"[/\\]", name)[-1]).strip()
    return told[-_NAME:] or "Note"


def _apart(case: Case, name: str) -> str:
    """The name, with a number where another file of the case has it: quotes name their file."""
    taken = {row.name for row in ChartFile.of(case.practice_id).filter(case=case)}
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(each for each in numbered if each not in taken)
