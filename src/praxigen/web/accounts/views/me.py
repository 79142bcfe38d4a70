"""A member's own account: factors, sessions, what happened lately."""

from __future__ import annotations

from allauth.account.views import password_change
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from praxigen.web.accounts.gate import Asking, enrolling, freshly, own
from praxigen.web.accounts.people import end_sessions
from praxigen.web.audit.actions import Action
from praxigen.web.audit.models import Event
from praxigen.web.audit.record import record

_LATELY = 15
_ABOUT_ACCOUNT = [
    Action.SIGNED_IN, Action.FACTOR_FAILED, Action.FACTOR_ADDED, Action.FACTOR_REMOVED, Action.CODES_RENEWED,
    Action.PASSWORD_CHANGED, Action.PASSWORD_RESET_STARTED, Action.SESSION_ENDED, Action.MEMBER_CHANGED,
]  # fmt: skip
_SAID = {
    Action.SIGNED_IN: "Signed in",
    Action.FACTOR_FAILED: "A wrong code was given",
    Action.FACTOR_ADDED: "A second factor was added",
    Action.FACTOR_REMOVED: "A second factor was removed",
    Action.CODES_RENEWED: "New recovery codes were made",
    Action.PASSWORD_CHANGED: "The password was changed",
    Action.PASSWORD_RESET_STARTED: "An owner made a link for a new password",
    Action.SESSION_ENDED: "Sessions were ended",
    Action.MEMBER_CHANGED: "An owner changed name, role or access",
}


@enrolling
def change_password(request: HttpRequest) -> HttpResponse:
    """Change the password. 404 for who has none: the link of a demonstration lets people in without."""
    if not request.user.has_usable_password():
        raise Http404
    answer: HttpResponse = password_change(request)
    return answer


@own
@require_GET
def me(request: Asking) -> HttpResponse:
    """The page."""
    member = request.member
    factors = [
        {"kind": row.get_type_display(), "used": row.last_used_at} for row in Authenticator.objects.filter(user=member)
    ]
    events = Event.objects.filter(
        practice=request.practice.pk, object_id=str(member.pk), action__in=[action.value for action in _ABOUT_ACCOUNT]
    ).order_by("-sequence")[:_LATELY]
    shown = {
        "factors": factors,
        "sessions": sorted(UserSession.objects.purge_and_list(member), key=lambda row: row.last_seen_at, reverse=True),
        "events": [{"at": event.at, "said": _SAID[Action(event.action)]} for event in events],
    }
    return render(request, "accounts/me.html", shown)


@own
@require_POST
@freshly("me")
def end_session(request: Asking) -> HttpResponse:
    """End one other session of the member's own, or all others."""
    chosen = request.POST.get("session", "")
    with transaction.atomic():
        if chosen == "others":
            ended = end_sessions(request.member, but=request.session.session_key or "")
        else:
            ended = _end_one(request, chosen)
        record(request.actor, Action.SESSION_ENDED, request.member, sessions=ended)
    messages.success(request, f"Sessions ended: {ended}.")
    return redirect("me")


@own
@require_GET
def alive(request: Asking) -> HttpResponse:
    """Keeps the session and gives the page a token for its forms; the script that warns before the end asks this."""
    return JsonResponse({"member": str(request.member.pk), "token": get_token(request)})


def _end_one(request: Asking, chosen: str) -> int:
    if not chosen.isdecimal() or len(chosen) > 18:
        raise Http404
    row = UserSession.objects.filter(user=request.member, pk=int(chosen)).first()
    if row is None:
        raise Http404
    row.end()
    return 1
