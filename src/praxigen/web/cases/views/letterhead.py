"""The practice's letterhead and its own letter templates: an owner's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from praxigen.datafiles import shipped
from praxigen.errors import PraxigenError
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.matter import FIELDS
from praxigen.letters.composing.template import TEMPLATED, parse_template
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.models import Practice
from praxigen.web.accounts.pace import costly
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.downloads import download
from praxigen.web.cases.forms.letterhead import LetterheadForm, TemplateForm
from praxigen.web.cases.letters import TITLES
from praxigen.web.cases.models import LetterTemplate


@gate(Permission.MANAGE)
@require_http_methods(["GET", "POST"])
def letterhead(request: Asking) -> HttpResponse:
    """The letterhead's form, and which templates are the practice's own."""
    first = {"name": request.practice.name} | dict(request.practice.letterhead or {})
    form = LetterheadForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            practice = Practice.objects.select_for_update().get(pk=request.practice.pk)
            practice.letterhead = form.cleaned_data
            practice.save(update_fields=["letterhead"])
            record(request.actor, Action.LETTERHEAD_CHANGED)
        messages.success(request, "The letterhead is stored. Letters drafted from now on begin with it.")
        return redirect("cases:letterhead")
    return _page(request, form, TemplateForm(), status=422 if request.method == "POST" else 200)


@gate(Permission.MANAGE)
@costly("POST")
@require_POST
def add_template(request: Asking) -> HttpResponse:
    """Take a template in, if the strict reader finds nothing wrong in it."""
    form = TemplateForm(request.POST, request.FILES)
    if form.is_valid():
        kind, data = LetterKind(form.cleaned_data["kind"]), form.cleaned_data["file"].read()
        try:
            parse_template(kind, data, tuple(FIELDS))
        except PraxigenError as error:
            for line in str(error).splitlines():
                form.add_error("file", line.strip())
        else:
            with transaction.atomic():
                text = data.decode("utf-8-sig")
                LetterTemplate.of(request.practice).update_or_create(
                    practice=request.practice, kind=kind.value,
                    defaults={"text": text, "created_by": request.member},
                )  # fmt: skip
                record(request.actor, Action.TEMPLATE_CHANGED, kind=kind.value)
            messages.success(request, f"The template is used for: {TITLES[kind]}.")
            return redirect("cases:letterhead")
    first = {"name": request.practice.name} | dict(request.practice.letterhead or {})
    return _page(request, LetterheadForm(initial=first), form, status=422)


@gate(Permission.MANAGE)
@require_POST
def drop_template(request: Asking, kind: str) -> HttpResponse:
    """Go back to the shipped template of a kind."""
    row = LetterTemplate.of(request.practice).filter(kind=kind).first()
    if row is None:
        raise Http404
    with transaction.atomic():
        row.delete()
        record(request.actor, Action.TEMPLATE_CHANGED, kind=kind, dropped=True)
    messages.success(request, "The shipped template is used again.")
    return redirect("cases:letterhead")


@gate(Permission.MANAGE)
@require_GET
def template_file(request: Asking, kind: str) -> HttpResponse:
    """The template that is used for a kind, as a file to change."""
    if kind not in {each.value for each in TEMPLATED}:
        raise Http404
    row = LetterTemplate.of(request.practice).filter(kind=kind).first()
    data = row.text.encode() if row is not None else (shipped("templates") / "letters" / f"{kind}.yaml").read_bytes()
    return download(data, f"{kind}.yaml", "application/yaml; charset=utf-8")


def _page(request: Asking, form: LetterheadForm, template: TemplateForm, *, status: int) -> HttpResponse:
    own = {row.kind: row for row in LetterTemplate.of(request.practice)}
    told: dict[str, Any] = {
        "form": form,
        "template": template,
        "kinds": [(each.value, TITLES[each], own.get(each.value)) for each in TEMPLATED],
    }
    return render(request, "cases/payer/letterhead.html", told, status=status)
