"""Letters: drafting, the editor that keeps each sentence tied to its source, preview, finishing, export."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from praxigen.errors import PraxigenError, UsageError
from praxigen.letters.composing.editing import add, exchange, move, remove, rewrite, row_of, rows
from praxigen.letters.composing.letter import Letter as Words
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.sentence import Kind, plain
from praxigen.letters.composing.sources import choices, words_of_chart
from praxigen.web.accounts.gate import Asking, View, gate
from praxigen.web.accounts.pace import costly
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.downloads import download
from praxigen.web.cases.forms.letters import DayForm, DraftForm
from praxigen.web.cases.headers import case_head, short_id
from praxigen.web.cases.letters import (
    TITLES,
    StaleLetterError,
    draft,
    finish,
    kind_for,
    new_version,
    open_letter,
    put_letter,
    set_day,
    take_letter,
    title_of,
)
from praxigen.web.cases.models import Case, Decision, Letter
from praxigen.web.cases.numbers import whole_number
from praxigen.web.cases.rows_shown import grouped, shown_row, shown_rows

_FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
_TEXT = "text-"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A text that was not stored because somebody changed the letter: what stands there, and what was typed."""

    where: str
    stored: str
    typed: str


def readable(view: View) -> View:
    """Show a page that says so where the letter, or what it rests on, cannot be read any more."""

    @wraps(view)
    def look(request: Asking, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PraxigenError as error:
            row = Letter.find(request.practice, kwargs["letter_id"])
            told = {"head": case_head(row.case), "title": title_of(row), "problem": _says(error)}
            return render(request, "cases/payer/unreadable.html", told, status=422)

    return look


@gate(Permission.WRITE)
@costly("POST")
@require_http_methods(["GET", "POST"])
def new_letter(request: Asking, case_id: uuid.UUID) -> HttpResponse:
    """Draft a letter: for a decision, or the first request."""
    case = Case.find(request.practice, case_id)
    asked = request.POST.get("decision") or request.GET.get("decision")
    decision = Decision.find(request.practice, asked) if asked else None
    if decision is not None and decision.case_id != case.pk:
        raise Http404
    form = DraftForm(request.POST if request.method == "POST" else None, answered=decision is not None)
    told: dict[str, Any] = {"head": case_head(case), "form": form, "decision": decision}
    if decision is not None:
        try:
            kind, why = kind_for(decision)
            told |= {"fits": TITLES[kind], "why": why}
        except UsageError as error:
            told |= {"problem": f"{error.message[0].upper()}{error.message[1:]}. {error.hint}"}
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data["kind"]
            if not chosen:
                chosen = kind_for(decision)[0].value if decision is not None else LetterKind.REQUEST.value
            with transaction.atomic():
                row = draft(
                    case, LetterKind(chosen), decision, request.member, request.actor,
                    same_patient=form.cleaned_data["same_patient"],
                )  # fmt: skip
        except PraxigenError as error:
            hint = error.hint.replace("--confirm-patient", "the box below").replace("--date-of-service", "the request")
            form.add_error(None, f"{error.message[0].upper()}{error.message[1:]}. {hint}")
        else:
            messages.success(request, "The draft is ready. Every sentence shows what it rests on.")
            return redirect("cases:letter", row.pk)
    return render(request, "cases/payer/new_letter.html", told, status=422 if request.method == "POST" else 200)


@gate(Permission.SEE)
@require_GET
@readable
def letter(request: Asking, letter_id: uuid.UUID) -> HttpResponse:
    """The editor; a final letter is only shown."""
    row = Letter.find(request.practice, letter_id)
    record(request.actor, Action.LETTER_VIEWED, row, case=str(row.case_id))
    return _page(request, row)


@gate(Permission.WRITE)
@require_POST
@readable
def save_letter(request: Asking, letter_id: uuid.UUID) -> HttpResponse:
    """Store every text that was changed on the page, and then do what the pressed button says."""
    row = Letter.find(request.practice, letter_id)
    do, _, name = request.POST.get("do", "save").partition(":")
    try:
        with transaction.atomic():
            held = take_letter(request.practice, letter_id, _version(request.POST))
            opened = open_letter(held)
            words, problems = _texts(opened.words, opened.matter, request.POST)
            words, place = _done(words, opened.matter, do, name, request.POST)
            if words != opened.words:
                put_letter(held, words, request.actor, do if do in ("save", "up", "down", "remove") else "edit")
    except StaleLetterError as error:
        return _page(request, row, stale=_unsaved(row, request.POST), problem=_says(error), status=409)
    except UsageError as error:
        return _page(request, row, problem=_says(error), typed=request.POST, status=422)
    for problem in problems:
        messages.error(request, problem)
    address = reverse("cases:letter", args=[letter_id])
    if do in ("open-add", "open-exchange"):
        return redirect(f"{address}?{do.removeprefix('open-')}={place}#r-{place.replace('.', '-')}")
    return redirect(f"{address}#r-{place.replace('.', '-')}" if place else address)


@gate(Permission.WRITE)
@require_POST
@readable
def save_row(request: Asking, letter_id: uuid.UUID, row_name: str) -> HttpResponse:
    """Store one sentence while the page stays open; answers with its row as it now is."""
    row = Letter.find(request.practice, letter_id)
    typed = request.POST.get(f"{_TEXT}{row_name}", "")
    told: dict[str, Any] = {"letter": row}
    try:
        with transaction.atomic():
            held = take_letter(request.practice, letter_id, _version(request.POST))
            opened = open_letter(held)
            words = rewrite(opened.words, row_name, typed, opened.matter)
            if words != opened.words:
                put_letter(held, words, request.actor, "save")
    except StaleLetterError as error:
        told |= {"problem": _says(error), "typed": typed, "stale": True}
    except UsageError as error:
        told |= {"problem": _says(error), "text": typed}
    row.refresh_from_db()
    opened = open_letter(row)
    try:
        shown = shown_row(opened, row_of(opened.words, row_name))
    except UsageError:
        raise Http404 from None
    return render(request, "cases/payer/letter_saved.html", told | {"letter": row, "each": shown, "opened": opened})


@gate(Permission.WRITE)
@require_POST
@readable
def letter_day(request: Asking, letter_id: uuid.UUID) -> HttpResponse:
    """Change the day that the letter is written on."""
    row = Letter.find(request.practice, letter_id)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, row, day=form, status=422)
    try:
        with transaction.atomic():
            held = take_letter(request.practice, letter_id, form.cleaned_data["version"])
            set_day(held, form.cleaned_data["written_on"], request.actor)
    except UsageError as error:
        return _page(request, row, problem=_says(error), status=409)
    return redirect("cases:letter", letter_id)


@gate(Permission.SEE)
@costly("GET")
@require_GET
@readable
def preview(request: Asking, letter_id: uuid.UUID) -> HttpResponse:
    """The letter as the pages that it will be."""
    from praxigen.letters.composing.writers.pdf import to_pictures  # typesetting is not loaded for the other pages

    row = Letter.find(request.practice, letter_id)
    opened = open_letter(row)
    record(request.actor, Action.LETTER_VIEWED, row, case=str(row.case_id), part="preview")
    pages = [base64.b64encode(each).decode() for each in to_pictures(opened.words, draft=not row.final)]
    told = {"head": case_head(row.case), "letter": row, "title": title_of(row), "pages": pages}
    return render(request, "cases/payer/preview.html", told)


@gate(Permission.EXPORT)
@costly("GET")
@require_GET
@readable
def export_letter(request: Asking, letter_id: uuid.UUID, form: str) -> HttpResponse:
    """The letter as a file: marked as a draft until it is final. Proven again before it leaves."""
    if form not in _FORMATS:
        raise Http404
    row = Letter.find(request.practice, letter_id)
    opened = open_letter(row)
    if row.final and opened.against:
        problem = f"It was final, but no longer stands: {opened.against[0]}. Make a new version."
        return _page(request, row, problem=problem, status=409)
    content = _content(opened.words, form, draft=not row.final)
    record(request.actor, Action.LETTER_EXPORTED, row, case=str(row.case_id), form=form, final=row.final)
    name = f"{row.kind}-{'final' if row.final else 'draft'}-{short_id(row.case)}.{form}"
    return download(content, name, _FORMATS[form])


@gate(Permission.WRITE)
@require_POST
@readable
def finish_letter(request: Asking, letter_id: uuid.UUID) -> HttpResponse:
    """Make the letter final, if nothing stands against it."""
    row = Letter.find(request.practice, letter_id)
    try:
        with transaction.atomic():
            held = take_letter(request.practice, letter_id, _version(request.POST))
            finish(held, request.member, request.actor)
    except UsageError as error:
        return _page(request, row, problem=_says(error), status=409)
    messages.success(request, "The letter is final and is changed no more. You send it; nothing is sent from here.")
    return redirect("cases:letter", letter_id)


@gate(Permission.WRITE)
@require_POST
def again(request: Asking, letter_id: uuid.UUID) -> HttpResponse:
    """Make a new version of a letter."""
    with transaction.atomic():
        fresh = new_version(Letter.find(request.practice, letter_id), request.member, request.actor)
    messages.success(request, "This is a new version; the old one stays as it was.")
    return redirect("cases:letter", fresh.pk)


def _texts(words: Words, matter: Matter, told: QueryDict) -> tuple[Words, list[str]]:
    """The letter with every text that differs from what stands there. What cannot be taken is told, and left."""
    problems = []
    for each in rows(words):
        typed = told.get(f"{_TEXT}{each.id}")
        if typed is None or plain(typed) == each.sentence.text:
            continue
        try:
            words = rewrite(words, each.id, typed, matter)
        except UsageError as error:
            problems.append(_says(error))
    return words, problems


def _done(words: Words, matter: Matter, do: str, name: str, told: QueryDict) -> tuple[Words, str]:
    """What a button does, and the address to go on at."""
    if do in ("up", "down"):
        return move(words, name, -1 if do == "up" else 1)
    if do == "remove":
        return remove(words, name), ""
    if do == "exchange":
        return exchange(words, name, _chosen(matter, told)), name
    if do == "add":
        source = _chosen(matter, told) if told.get("source") or told.get("words", "").strip() else None
        return add(words, name, told.get("sentence", ""), source, matter)
    return words, name


def _chosen(matter: Matter, told: QueryDict) -> Any:
    """The words of a source that were chosen from the list or copied from the chart."""
    copied = told.get("words", "")
    if copied.strip():
        return words_of_chart(matter, copied)
    found = choices(matter).get(told.get("source", ""))
    if found is None:
        raise UsageError("no source was chosen", "Choose one from the list, or copy words of the chart.")
    return found.sentence


def _page(request: Asking, row: Letter, *, status: int = 200, **more: Any) -> HttpResponse:
    row.refresh_from_db()
    opened = open_letter(row)
    shown = shown_rows(opened)
    editing = not row.final and request.member.may(Permission.WRITE)
    told: dict[str, Any] = {
        "head": case_head(row.case),
        "letter": row,
        "title": title_of(row),
        "opened": opened,
        "rows": _typed(shown, more.pop("typed", None)),
        "open_rows": [each for each in shown if each.row.sentence.kind is Kind.GAP],
        "editing": editing,
        "day": DayForm(initial={"version": row.version, "written_on": row.content["written_on"]}),
        "why": row.content.get("why", ""),
    }
    for key in ("add", "exchange"):
        name = request.GET.get(key) or (request.POST.get("do", "").partition(":")[2] if _asks(request, key) else "")
        place = next((each for each in rows(opened.words) if each.id == name), None)
        if editing and place is not None:
            told |= {f"{key}_at": name, "groups": grouped(choices(opened.matter), place if key == "exchange" else None)}
    return render(request, "cases/payer/letter.html", told | more, status=status)


def _asks(request: Asking, key: str) -> bool:
    return request.method == "POST" and request.POST.get("do", "").startswith(f"{key}:")


def _typed(shown: list[Any], told: QueryDict | None) -> list[tuple[Any, str]]:
    """Each row with the text that stands in its field: what was typed where that could not be stored."""
    return [
        (each, (told.get(f"{_TEXT}{each.row.id}") if told is not None else None) or each.row.sentence.text)
        for each in shown
    ]


def _unsaved(row: Letter, told: QueryDict) -> list[Unsaved]:
    """What was typed on an older version and is not what stands there now."""
    row.refresh_from_db()
    opened = open_letter(row)
    now = {each.id: each.sentence.text for each in rows(opened.words)}
    found = []
    for key, value in told.items():
        name = key.removeprefix(_TEXT)
        if key.startswith(_TEXT) and plain(value) != now.get(name, ""):
            found.append(Unsaved(name, now.get(name, "This sentence is no longer there."), value))
    if told.get("sentence", "").strip():
        found.append(Unsaved("", "A new sentence", told["sentence"]))
    return found


def _version(told: QueryDict) -> int:
    version = whole_number(told.get("version", ""))
    if version is None:
        raise StaleLetterError
    return version


def _says(error: PraxigenError) -> str:
    return f"{error.message[0].upper()}{error.message[1:]}. {error.hint}"


def _content(words: Words, form: str, *, draft: bool) -> bytes:
    if form == "docx":
        from praxigen.letters.composing.writers.docx import to_docx

        return to_docx(words, draft=draft)
    if form == "pdf":
        from praxigen.letters.composing.writers.pdf import to_pdf

        return to_pdf(words, draft=draft)
    if form == "html":
        from praxigen.letters.composing.writers.html import to_html

        return to_html(words, draft=draft).encode()
    from praxigen.letters.composing.writers.text import to_text

    return to_text(words, draft=draft).encode()
