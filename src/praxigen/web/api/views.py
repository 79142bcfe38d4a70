"""The owner's page of programs: their keys, and the addresses that are told of changes."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from praxigen.errors import UsageError
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.api.keys import LONGEST_DAYS, make_key, revoke_key
from praxigen.web.api.models import ApiKey, Scope, Webhook
from praxigen.web.api.webhooks import Told, add_webhook, remove_webhook

_SCOPES = {
    Scope.CHECK.value: "check charts",
    Scope.DENIAL.value: "read payers' decisions",
    Scope.LETTER.value: "draft letters",
}
_TOLD = {Told.POLICY.value: "a policy changed", Told.DEADLINE.value: "a deadline is at most seven days away"}


@gate(Permission.MANAGE)
@require_GET
def programs(request: Asking) -> HttpResponse:
    """Keys and addresses of the practice."""
    return _page(request)


@gate(Permission.MANAGE)
@require_POST
def add_key(request: Asking) -> HttpResponse:
    """Make a key, and show its text this once."""
    try:
        days = int(request.POST.get("days", "0") or 0)
    except ValueError:
        days = 0
    try:
        key, text = make_key(
            request.member, request.actor, request.POST.get("name", ""), request.POST.getlist("scope"), days
        )
    except UsageError as error:
        return _page(request, problem=error)
    # Shown in the answer itself: kept nowhere, not even in the session.
    return _page(request, made=key, text=text)


@gate(Permission.MANAGE)
@require_POST
def end_key(request: Asking, key: uuid.UUID) -> HttpResponse:
    """Revoke a key."""
    revoke_key(ApiKey.find(request.practice, key), request.actor)
    messages.success(request, "The key opens nothing any more.")
    return redirect("api:programs")


@gate(Permission.MANAGE)
@require_POST
def add_address(request: Asking) -> HttpResponse:
    """Add an address, and show its secret this once."""
    try:
        hook = add_webhook(
            request.member, request.actor, request.POST.get("address", "").strip(), request.POST.getlist("event")
        )
    except UsageError as error:
        return _page(request, problem=error)
    return _page(request, hook=hook)


@gate(Permission.MANAGE)
@require_POST
def end_address(request: Asking, hook: uuid.UUID) -> HttpResponse:
    """Tell an address nothing any more."""
    remove_webhook(Webhook.find(request.practice, hook), request.actor)
    messages.success(request, "The address is told nothing any more.")
    return redirect("api:programs")


def _page(
    request: Asking,
    *,
    problem: UsageError | None = None,
    made: ApiKey | None = None,
    text: str = "",
    hook: Webhook | None = None,
) -> HttpResponse:
    shown = {
        "keys": ApiKey.of(request.practice).order_by("-created_at"),
        "hooks": Webhook.of(request.practice).order_by("-created_at"),
        "scopes": _SCOPES,
        "told": _TOLD,
        "longest": LONGEST_DAYS,
        "hosts": settings.WEBHOOK_HOSTS,
        "problem": problem,
        "made": made,
        "text": text,
        "hook": hook,
        "typed": request.POST if problem else {},
    }
    return render(request, "api/programs.html", shown, status=422 if problem else 200)
