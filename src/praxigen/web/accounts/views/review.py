"""The monthly review of who saw what, which an owner signs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.models import Member
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.audit.review import DUE_AFTER, begins, last_review, review


@gate(Permission.MANAGE)
@require_GET
def page(request: Asking) -> HttpResponse:
    """Each member's share since the last review, with what is unusual."""
    since = begins(request.practice.pk, timezone.now())
    members = {row.pk: row for row in Member.objects.filter(practice=request.practice)}
    record(request.actor, Action.AUDIT_VIEWED, part="review")
    last = last_review(request.practice.pk)
    rows = review(request.practice.pk, since)
    shown = {
        "since": since,
        "rows": [{"row": row, "person": members.get(row.member)} for row in rows],
        "last": last,
        "by": members.get(last.actor) if last else None,
    }
    return render(request, "accounts/review.html", shown)


@gate(Permission.MANAGE)
@require_POST
def sign(request: Asking) -> HttpResponse:
    """Note that an owner looked."""
    record(request.actor, Action.AUDIT_REVIEWED, since=begins(request.practice.pk, timezone.now()).isoformat())
    messages.success(request, "Noted in the trail. The next review begins here.")
    return redirect("review")


def due(request: Asking) -> bool:
    """Whether no owner looked for a month, in a practice that is older than that."""
    last = last_review(request.practice.pk)
    since = last.at if last else request.practice.created_at
    late: bool = timezone.now() - since > DUE_AFTER
    return late
