"""A new case, and the request of one: what the chart says of it is proposed, and a person confirms it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from praxigen.errors import InputError, PraxigenError
from praxigen.letters.intake import Proposal, read_proposals
from praxigen.library.words import FUNDING, PLANS, STATES
from praxigen.model.request import SIDES, STAGES
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.pace import costly
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.asked import Asked, code_faults, read_asked, read_named, split_codes, typed_of
from praxigen.web.cases.changes import StaleError, put, take
from praxigen.web.cases.checking import chart_of, make_check
from praxigen.web.cases.headers import case_head
from praxigen.web.cases.intake import PASTED, Given, take_in
from praxigen.web.cases.library import policies
from praxigen.web.cases.models import Case, ChartFile, FileState
from praxigen.web.cases.numbers import whole_number

LOCKED = "A file is locked with a password. Give the password beside it; then it is read."
UNREAD = "Nothing could be read: the reason stands beside each file. Add the chart in another form, or paste its text."
_MOST_TEXT = 2_000_000  # characters pasted


@gate(Permission.WORK)
@costly("POST")
@require_http_methods(["GET", "POST"])
def new_case(request: Asking) -> HttpResponse:
    """Begin a case with its chart, and check it where payer and codes are known and everything was read.

    A requirement's public page leads here with its payer, kind of plan and code, which stand in the form to be changed.
    """
    if request.method == "GET":
        return _form(request, "cases/new_case.html", read_named(request.GET), {})
    asked = read_asked(request.POST)
    given, fault = given_files(request)
    if fault or not given:
        asked.faults["chart"] = fault or "Paste a note, or add at least one file."
    if asked.faults:
        more = {"note": request.POST.get("note", ""), "files_again": bool(request.FILES)}
        return _form(request, "cases/new_case.html", asked, more, status=400)
    with transaction.atomic():
        case = Case(practice=request.practice, created_by=request.member)
        asked.put_on(case)
        case.save(force_insert=True)
        record(request.actor, Action.CASE_OPENED, case, payer=case.payer, codes=case.codes)
    rows = [take_in(case, each, request.actor, request.member) for each in given]
    if all(row.state == FileState.REFUSED for row in rows):
        messages.error(request, UNREAD)
        return redirect("cases:case", case.pk)
    if ChartFile.of(request.practice).filter(case=case, state=FileState.LOCKED).exists():
        messages.warning(request, LOCKED)
        return redirect("cases:case", case.pk)
    if asked.complete and not _still_reading(case):
        return check_or_say(request, case)
    return redirect("cases:confirm_request", case.pk)


@gate(Permission.WORK)
@costly("POST")
@require_http_methods(["GET", "POST"])
def confirm_request(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """What is asked of the payer, with what the chart says of it beside; confirming it checks the chart."""
    case = Case.find(request.practice, case_id)
    more = {"case": case, "head": case_head(case), "version": case.version}
    if request.method == "GET":
        record(request.actor, Action.CASE_VIEWED, case, part="request")
        return _form(request, "cases/request.html", Asked(typed=typed_of(case)), more | _proposed(case))
    asked = read_asked(request.POST)
    if not asked.faults:
        try:
            with transaction.atomic():
                held = take(request.practice, case.pk, _version(request))
                asked.put_on(held)
                put(held)
                record(request.actor, Action.CASE_CHANGED, held, fields=sorted(asked.values))
        except StaleError as error:
            asked.faults["version"] = f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}"
    if asked.faults:
        case.refresh_from_db()
        more["version"] = case.version
        return _form(request, "cases/request.html", asked, more | _proposed(case), status=400)
    case.refresh_from_db()
    if not asked.complete:
        messages.warning(request, "Saved. A check needs a payer and at least one procedure code.")
        return redirect("cases:case", case.pk)
    if _still_reading(case):
        messages.info(request, "Saved. Pages are still being read: check when they are done.")
        return redirect("cases:case", case.pk)
    return check_or_say(request, case)


@gate(Permission.WORK)
@require_POST
def code_hints(request: Asking) -> HttpResponse:
    """What the library knows of the codes that are being typed. Holds no patient's words and records nothing."""
    name = request.POST.get("payer", "").strip()
    try:
        payer = policies().payer(name).id if name else ""
    except PraxigenError:
        payer = ""
    codes = split_codes(request.POST.get("codes", ""))[:20]
    faults = code_faults(payer, request.POST.get("plan", ""), codes)
    known = bool(codes) and not faults
    return render(request, "cases/code_hints.html", {"faults": faults, "known": known, "payer": payer})


def given_files(request: Asking) -> tuple[list[Given], str]:
    """The files and the pasted text of a form, and what is wrong with them."""
    given = [Given(file.name or "Note", file.read()) for file in request.FILES.getlist("files")]
    note = request.POST.get("note", "")
    if len(note) > _MOST_TEXT:
        return [], f"The pasted text has more than {_MOST_TEXT:,} characters. Add it as a file."
    if note.strip():
        text = note.replace("\r\n", "\n")
        given.insert(0, Given(PASTED, text.encode("utf-8", "replace")))
    return given, ""


def check_or_say(request: Asking, case: Case) -> HttpResponse:
    """Check the case and show the check; where it cannot be checked say why, on the page where that is mended."""
    try:
        made = make_check(case, request.actor, request.member)
    except PraxigenError as error:
        messages.error(request, f"Not checked: {error.message}. {error.hint}")
        of_request = case.payer and not isinstance(error, InputError)  # a file is mended on the page of the case
        return redirect("cases:confirm_request" if of_request else "cases:case", case.pk)
    return redirect("cases:check", case.pk, made.pk)


def _still_reading(case: Case) -> bool:
    waits = (FileState.WAITING, FileState.READING)
    return ChartFile.of(case.practice_id).filter(case=case, state__in=waits).exists()


def _proposed(case: Case) -> dict[str, Any]:
    """What the chart says of the request, by field; nothing where no file could be read yet."""
    try:
        found: Sequence[Proposal] = read_proposals(chart_of(case), policies())
    except PraxigenError:
        found = ()
    by_field: dict[str, list[Proposal]] = {}
    for each in found:
        by_field.setdefault({"code": "codes"}.get(each.field, each.field), []).append(each)
    return {"proposed": by_field, "reading": _still_reading(case)}


def _version(request: Asking) -> int:
    version = whole_number(request.POST.get("version", ""))
    return -1 if version is None else version


def _form(request: Asking, template: str, asked: Asked, more: dict[str, Any], status: int = 200) -> HttpResponse:
    offered, codes = {code for code, _ in asked.offered}, split_codes(asked.typed.get("codes", ""))
    context = {
        "typed": asked.typed | {"codes": " ".join(code for code in codes if code not in offered)},
        "faults": asked.faults,
        "offered": asked.offered,
        "ticked": [code for code in codes if code in offered],
        "payers": policies().payers(),
        "plans": PLANS,
        "stages": STAGES,
        "sides": SIDES,
        "fundings": FUNDING,
        "states": STATES,
        **more,
    }
    return render(request, template, context, status=status)
