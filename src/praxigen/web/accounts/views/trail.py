"""The audit trail, as an owner looks at it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.models import Member
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.checkpoints import newest_checkpoint, short
from praxigen.web.audit.models import Event
from praxigen.web.audit.record import record

_PAGE = 100
_KINDS = sorted({action.value.partition(":")[0] for action in Action})


class TrailForm(forms.Form):
    """What of the trail to show."""

    kind = forms.ChoiceField(
        label="About",
        required=False,
        choices=[("", "everything"), *((kind, kind.replace("_", " ")) for kind in _KINDS)],
    )
    member = forms.ChoiceField(label="By", required=False)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    target = forms.UUIDField(label="Case or other id", required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, members: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", "anybody"), *members.items()]


@gate(Permission.MANAGE)
@require_GET
def audit(request: Asking) -> HttpResponse:
    """The newest events first, a page at a time."""
    members = {str(row.pk): row.name for row in Member.objects.filter(practice=request.practice).order_by("name")}
    form = TrailForm(request.GET, members=members)
    record(request.actor, Action.AUDIT_VIEWED)
    rows = _matching(request, form.cleaned_data) if form.is_valid() else Event.objects.none()
    events = list(rows.order_by("-sequence")[: _PAGE + 1])
    last = newest_checkpoint(request.practice.pk)
    older = events[_PAGE - 1].sequence if len(events) > _PAGE else None
    shown = {
        "form": form,
        "rows": [{"event": event, "by": members.get(str(event.actor), "the machine")} for event in events[:_PAGE]],
        "older": _older(request, older),
        "checkpoint": last,
        "fingerprint": short(last) if last else "",
    }
    return render(request, "accounts/audit.html", shown)


def _matching(request: Asking, asked: dict[str, Any]) -> QuerySet[Event]:
    rows: QuerySet[Event] = Event.objects.filter(practice=request.practice.pk)
    if asked["kind"]:
        rows = rows.filter(action__startswith=f"{asked['kind']}:")
    if asked["member"]:
        rows = rows.filter(actor=uuid.UUID(asked["member"]))
    if asked["since"]:
        rows = rows.filter(at__gte=datetime.combine(asked["since"], time.min, UTC))
    if asked["until"]:
        rows = rows.filter(at__lte=datetime.combine(asked["until"], time.max, UTC))
    if asked["target"]:
        rows = rows.filter(object_id=str(asked["target"]))
    if asked["before"]:
        rows = rows.filter(sequence__lt=asked["before"])
    return rows


def _older(request: Asking, sequence: int | None) -> str:
    """The query of the next page; it holds what was filtered by: kinds, ids and dates."""
    if sequence is None:
        return ""
    query = request.GET.copy()
    query["before"] = str(sequence)
    return query.urlencode()
