"""The one door of the workspace: every view names the permission that it needs, or who else may see it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from praxigen.web.accounts.models import Member, Practice
from praxigen.web.accounts.pace import keep_pace
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record

View = Callable[..., HttpResponse]


class Door(StrEnum):
    """Doors that ask for no permission of a role."""

    PUBLIC = "public"  # anybody
    ENROLLING = "enrolling"  # a member setting up the first second factor, and after that only with it
    OWN = "own"  # any member, about the member's own account


class Asking(HttpRequest):
    """A request behind the gate: who asks is known."""

    if TYPE_CHECKING:
        user: Member
        member: Member
        practice: Practice
        actor: Actor


def gate(permission: Permission) -> Callable[[View], View]:
    """Let only fully signed-in members whose role holds the permission see a view.

    Anybody else is sent to sign in, or to finish it; a member without the permission is refused, which is recorded.
    The view gets `request.member`, `request.practice` and `request.actor`.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            member = signed_in(request)
            if member is None:
                return _to_sign_in(request)
            keep_pace(member.actor(fingerprint(request)))
            if not member.may(permission):
                record(member.actor(fingerprint(request)), Action.REFUSED, outcome="refused", needed=permission.value)
                raise PermissionDenied
            let_in(request, member)
            return view(request, *args, **kwargs)

        ask.gate = permission  # type: ignore[attr-defined]  # what tests and docs/security/roles.md read
        return ask

    return guarded


def public(view: View) -> View:
    """Mark a view that anybody may see; tests/web/test_every_address.py holds the list of these."""

    @wraps(view)
    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    ask.gate = Door.PUBLIC  # type: ignore[attr-defined]
    return ask


def own(view: View) -> View:
    """Let any fully signed-in member see a view about the member's own account."""

    @wraps(view)
    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        member = signed_in(request)
        if member is None:
            return _to_sign_in(request)
        keep_pace(member.actor(fingerprint(request)))
        let_in(request, member)
        return view(request, *args, **kwargs)

    ask.gate = Door.OWN  # type: ignore[attr-defined]
    return ask


def enrolling(view: View) -> View:
    """Let a member see the pages on which second factors are set up: with a password alone only before the first."""

    @wraps(view)
    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        member = _active(request)
        if member is None:
            return _to_sign_in(request)
        keep_pace(member.actor(fingerprint(request)))
        if second_factor_given(request, member):
            let_in(request, member)
        elif has_factor(member):  # set up elsewhere in the meantime: this session has to give it
            logout(request)
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    ask.gate = Door.ENROLLING  # type: ignore[attr-defined]
    return ask


def freshly(back: str) -> Callable[[View], View]:
    """Ask for password or factor again before a change to members, factors or keys, unless given within five minutes.

    Stands under gate, over a view that changes something; `back` names the page from which the member repeats it.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if did_recently_reauthenticate(request):
                return view(request, *args, **kwargs)
            messages.info(request, "Confirm that it is you, then repeat the change.")
            where = urlencode({"next": reverse(back, kwargs=kwargs)})
            return redirect(f"{reverse('account_reauthenticate')}?{where}")

        return ask

    return guarded


def signed_in(request: HttpRequest) -> Member | None:
    """The member who asks, with password and second factor both given in this session; else None."""
    member = _active(request)
    return member if member is not None and second_factor_given(request, member) else None


def second_factor_given(request: HttpRequest, member: Member | None = None) -> bool:
    """Whether this session was opened with the member's second factor, or by a passkey, which is two in one."""
    records = get_authentication_records(request, member or request.user)
    return any(isinstance(method, dict) and method.get("method") == "mfa" for method in records)


def has_factor(member: Member, but: int | None = None) -> bool:
    """Whether the member has an authenticator app or a passkey (recovery codes alone are none)."""
    factors = Authenticator.objects.filter(user=member).exclude(type=Authenticator.Type.RECOVERY_CODES)
    there: bool = factors.exclude(pk=but).exists()
    return there


def let_in(request: HttpRequest, member: Member) -> None:
    """Put who asks on the request."""
    asking = cast("Asking", request)
    asking.member = member
    asking.practice = member.practice
    asking.actor = member.actor(fingerprint(request))


def fingerprint(request: HttpRequest) -> str:
    """Names a session in the audit trail without being of any use to enter it."""
    key = request.session.session_key or ""
    return hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""


def _active(request: HttpRequest) -> Member | None:
    user = request.user
    return cast("Member", user) if user.is_authenticated and user.is_active else None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = settings.MFA_SETUP_URL if request.user.is_authenticated else settings.LOGIN_URL
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return redirect(f"{address}?{urlencode({'next': request.path})}")
    response = HttpResponse(status=401)
    response["HX-Redirect"] = address
    return response
