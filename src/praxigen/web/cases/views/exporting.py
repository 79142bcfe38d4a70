"""Taking a request out of the workspace: letter and packet, the annotated chart, the report as data."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from praxigen.errors import PraxigenError, UsageError
from praxigen.letters.composing.matter import FIELDS
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.pace import costly
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.changes import put
from praxigen.web.cases.checking import SEALED, newest_check, open_check, with_pages
from praxigen.web.cases.clocks import today
from praxigen.web.cases.downloads import download
from praxigen.web.cases.headers import case_head, payer_name
from praxigen.web.cases.models import Case, Check, Stage
from praxigen.web.cases.packets import ASKED, REMOVED, fields_of, placeholders, prepare, put_fields, write
from praxigen.web.prepared import Prepared

_FORMS = ("pdf", "html", "json")
_KINDS = {
    "docx": ("letter", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("letter", "pdf", "application/pdf"),
    "packet": ("packet", "pdf", "application/pdf"),
}


@gate(Permission.EXPORT)
@costly("POST")
@require_http_methods(["GET", "POST"])
def export_page(request: Asking, case_id: uuid.UUID, check_id: uuid.UUID) -> HttpResponse:
    """What would leave the practice, what keeps it from being final, and the files."""
    case, check = find_check(request, case_id, check_id)
    data = request.POST
    compared, protected = data.get("compared") == "yes", data.get("protected") == "yes"
    fault: PraxigenError | None = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                held = Case.of(request.practice).select_for_update().get(pk=case.pk)
                put_fields(held, data)
                put(held)
                record(request.actor, Action.CASE_CHANGED, held, fields=["letter"])
            case.refresh_from_db()
            if data.get("form"):
                return _file(request, case, check, compared=compared, protected=protected)
        except PraxigenError as error:
            fault = error
    context = {
        "case": case,
        "check": check,
        "head": case_head(case),
        "fields": [(name, FIELDS[name], fields_of(case)[name]) for name in ASKED],
        "compared": compared,
        "protected": protected,
        "fault": fault,
    }
    try:
        prepared = prepare(case, check, today(), compared=compared, with_protected=protected)
    except PraxigenError as error:
        context["fault"] = fault or error
    else:
        context |= {"prepared": prepared, "gaps": placeholders(prepared.letter)}
    record(request.actor, Action.CHECK_VIEWED, check, part="export")
    return render(request, "cases/export.html", context, status=400 if fault else 200)


def _file(request: Asking, case: Case, check: Check, *, compared: bool, protected: bool) -> HttpResponse:
    """The file that was asked for; a final one only where nothing stands against it."""
    form, final = request.POST.get("form", ""), request.POST.get("final") == "yes"
    if form not in _KINDS:
        raise UsageError("this is no form of a request", "Choose letter or packet.")
    newest = newest_check(case)
    if final and (newest is None or newest.pk != check.pk):
        raise UsageError("a newer check of this case exists", "Export the final request from that one.")
    prepared = prepare(case, check, today(), compared=compared, with_protected=protected)
    if final and prepared.against:
        raise UsageError(
            "not final yet: " + "; ".join(prepared.against), "A draft can be taken at any time; it is marked as one."
        )
    content = write(prepared, check, form, draft=not final)
    stem, ending, kind = _KINDS[form]
    with transaction.atomic():
        record(
            request.actor, Action.PACKET_EXPORTED, check, form=form, final=final, exhibits=len(prepared.packet.exhibits)
        )
        if final:
            held = Case.of(request.practice).select_for_update().get(pk=case.pk)
            if held.stage == Stage.PREPARING:
                put(held, stage=Stage.READY)
    name = f"{stem}-{str(case.pk)[:8]}{'' if final else '-draft'}.{ending}"
    return download(content, name, kind)


@gate(Permission.EXPORT)
@costly("GET")
@require_GET
def export_check(request: Asking, case_id: uuid.UUID, check_id: uuid.UUID, form: str) -> HttpResponse:
    """The check itself: the annotated chart with its checklist (PDF), a page (HTML), or data (JSON)."""
    case, check = find_check(request, case_id, check_id)
    if form not in _FORMS:
        raise Http404
    short = str(check.pk)[:8]
    try:
        if check.removed_files:
            raise UsageError(REMOVED, "Check the chart again, and export from that check.")
        if form == "json":
            content = json.dumps(check.report, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"
            answer = download(content, f"check-{short}.json", "application/json")
        else:
            answer = _rendered(check, form, short)
    except PraxigenError as error:
        messages.error(request, f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}")
        return redirect("cases:check", case.pk, check.pk)
    record(request.actor, Action.CHECK_EXPORTED, check, form=form)
    return answer


def _rendered(check: Check, form: str, short: str) -> HttpResponse:
    opened = open_check(check)
    if not opened.same:
        raise UsageError(
            "the library or the program has changed since this check", "Check again, and export from that."
        )
    report = replace(opened.report, document=with_pages(check))
    payer = payer_name(report.requirement.payer)
    if form == "pdf":
        from praxigen.exports.marked_pdf import to_pdf

        return download(to_pdf(report, payer), f"check-{short}.pdf", "application/pdf")
    from praxigen.documents.marking import page_pictures
    from praxigen.exports.html_report import evidence_pages, to_html

    shown = evidence_pages(report) if any(file.data for file in report.document.files) else ()
    pictures = page_pictures(report.document, shown) if shown else {}
    return download(to_html(report, payer, pictures).encode(), f"check-{short}.html", "text/html; charset=utf-8")


def find_check(request: Asking, case_id: uuid.UUID, check_id: uuid.UUID) -> tuple[Case, Check]:
    """The case and one of its checks."""
    case = Case.find(request.practice, case_id)
    found = _checks.one(case.practice_id, case.pk, check_id)
    if found is None:
        raise Http404
    return case, found


_checks: Prepared[Check] = Prepared(
    lambda practice, case, check: Check.of(practice).filter(pk=check, case=case).defer(*SEALED)
)
