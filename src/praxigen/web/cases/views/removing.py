"""Taking a file out of a case: what would follow is shown first, and a reason is asked for."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from praxigen.errors import UsageError
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.models import ChartFile, FileState, RemovedFor
from praxigen.web.cases.removal import MOST_NOTE, Removed, remove_file, touched_by
from praxigen.web.cases.views.charts import file_of


@gate(Permission.WORK)
@require_http_methods(["GET", "POST"])
def remove(request: Asking, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Ask for the reason, then remove the file and check the chart again without it."""
    row = file_of(request, case_id, file_id)
    if row.state == FileState.REMOVED and request.method == "GET":
        raise Http404
    typed = {"why": request.POST.get("why", ""), "note": request.POST.get("note", "")}
    fault = None
    if request.method == "POST":
        try:
            done = remove_file(row, typed["why"], typed["note"], request.actor, request.member)
        except UsageError as error:
            fault = error
        else:
            _say(request, row, done)
            return redirect(f"{reverse('cases:case', args=(case_id,))}#chart")
    record(request.actor, Action.CASE_VIEWED, row.case, part="remove file")
    context = {
        "case": row.case,
        "head": case_head(row.case),
        "file": row,
        "reasons": RemovedFor.choices,
        "touched": touched_by(row),
        "typed": typed,
        "most": MOST_NOTE,
        "fault": fault,
    }
    return render(request, "cases/remove_file.html", context, status=400 if fault else 200)


def _say(request: Asking, row: ChartFile, done: Removed) -> None:
    """What was done, and what a person has to do now that the program cannot."""
    again = ""
    if done.check is not None:
        again = " The chart was checked again without it: look at what changed, and decide what is open."
    elif done.problem:
        again = f" The chart could not be checked again: {done.problem}"
    messages.success(request, f"File {row.number} was removed and its bytes were destroyed.{again}")
    if row.removed_why == RemovedFor.PATIENT:
        messages.warning(
            request,
            "Look at the request of this case: name, birth date, numbers or payer may have been taken from that file.",
        )
    if done.touched.kept or done.touched.letters:
        messages.warning(
            request,
            "What was already taken out or submitted with that file is kept and marked. Tell the payer, and whoever "
            "looks after privacy in your practice.",
        )
