"""The files of a case: adding them, seeing how far their reading is, stopping it, taking them out again."""

from __future__ import annotations

import uuid
from typing import TypedDict

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from praxigen.errors import LockedError, PraxigenError
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.pace import costly
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.downloads import download
from praxigen.web.cases.intake import document_of, take_in, unlock
from praxigen.web.cases.models import Case, ChartFile, FileState
from praxigen.web.cases.reading import stop_reading
from praxigen.web.cases.views.new_case import LOCKED, given_files
from praxigen.web.cases.whose import doubts_about
from praxigen.web.prepared import Prepared

_MOST_PASSWORD = 500  # characters
_ENDINGS = {
    "text": "txt",
    "pdf": "pdf",
    "docx": "docx",
    "rtf": "rtf",
    "html": "html",
    "ccda": "xml",
    "fhir": "json",
    "hl7v2": "hl7",
}


@gate(Permission.WORK)
@costly("POST")
@require_POST
def add_files(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Add files or pasted text to the chart."""
    case = Case.find(request.practice, case_id)
    given, fault = given_files(request)
    if fault or not given:
        messages.error(request, fault or "Paste a note, or choose at least one file.")
        return redirect("cases:case", case.pk)
    rows = [take_in(case, each, request.actor, request.member) for each in given]
    doubts = [doubt for row in rows if row.state == FileState.READ for doubt in doubts_about(case, document_of(row))]
    if doubts:
        messages.warning(
            request,
            f"What you added may be another patient's: {'; '.join(dict.fromkeys(doubts))}. Compare it, and take a "
            "wrong file out before you check.",
        )
    refused = sum(row.state == FileState.REFUSED for row in rows)
    if any(row.state == FileState.LOCKED for row in rows):
        messages.warning(request, LOCKED)
    if refused:
        messages.warning(request, f"{refused} of {len(rows)} files could not be read: the reason stands beside each.")
    else:
        messages.success(request, f"Added: {len(rows)}. Check again to use what was added.")
    return redirect("cases:case", case.pk)


@gate(Permission.SEE)
@require_GET
def reading(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """The list of files as it is now, for a page that asks again while pages are being read."""
    case = Case.find(request.practice, case_id)
    record(request.actor, Action.CASE_VIEWED, case, part="files")
    return render(request, "cases/files.html", files_of(case))


@gate(Permission.SEE)
@require_GET
def download_file(request: Asking, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """A file as it came."""
    row = file_of(request, case_id, file_id)
    if row.state == FileState.REMOVED:
        raise Http404
    record(request.actor, Action.FILE_VIEWED, row, bytes=row.size)
    ending = _ENDINGS.get(row.kind, "bin")
    return download(row.content, f"file-{str(row.pk)[:8]}.{ending}", "application/octet-stream")


@gate(Permission.WORK)
@require_POST
def stop_file(request: Asking, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Stop the reading of a file."""
    row = file_of(request, case_id, file_id)
    if stop_reading(row, request.actor):
        messages.success(request, "The reading was stopped.")
    else:
        messages.info(request, "The reading had ended already.")
    return redirect("cases:case", row.case_id)


@gate(Permission.WORK)
@require_POST
@sensitive_post_parameters("password")
def unlock_file(request: Asking, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Open a locked file with its password, which is used for this and forgotten."""
    row = file_of(request, case_id, file_id)
    password = request.POST.get("password", "")
    back = redirect(f"{reverse('cases:case', args=(case_id,))}#chart")
    if not password or len(password) > _MOST_PASSWORD:
        messages.error(request, "Give the password of the file. Who sent it to you knows it.")
        return back
    try:
        unlock(row, password, request.actor)
    except LockedError:
        messages.error(
            request, "The password does not open the file. Look at capital and small letters, and give it again."
        )
    except PraxigenError as error:
        messages.error(request, f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}")
    else:
        _say_opened(request, row)
    return back


def _say_opened(request: Asking, row: ChartFile) -> None:
    if row.state == FileState.READ:
        messages.success(request, "The file is open and read. Check again to use it.")
    elif row.state == FileState.WAITING:
        messages.success(request, "The file is open. Its pages are pictures, which are being read now.")
    else:
        messages.warning(request, "The file is open, but could not be read: the reason stands beside it.")


class Files(TypedDict):
    """What the list of files is drawn from. `waits` says that one is still to be read."""

    case: Case
    files: list[ChartFile]
    waits: bool


def files_of(case: Case) -> Files:
    """The files of a case for its templates."""
    files = _files(case.practice_id, case.pk)
    waits = any(file.state in (FileState.WAITING, FileState.READING) for file in files)
    return {"case": case, "files": files, "waits": waits}


# A fax may be of many megabytes: its bytes stay where they are.
_files: Prepared[ChartFile] = Prepared(
    lambda practice, case: (
        ChartFile.of(practice).filter(case=case).defer("content_sealed", "document_sealed").order_by("number")
    )
)


def file_of(request: Asking, case_id: uuid.UUID, file_id: uuid.UUID) -> ChartFile:
    """A file of that case. Raises Http404."""
    row = ChartFile.find(request.practice, file_id)
    if row.case_id != case_id:
        raise Http404
    return row
