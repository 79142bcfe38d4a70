"""The one door of the workspace: every view names the permission that it needs, or that it is public."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from praxigen.web.accounts.models import Member, Practice
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record

View = Callable[..., HttpResponse]


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
            if not member.may(permission):
                record(member.actor(fingerprint(request)), Action.REFUSED, outcome="refused", needed=permission.value)
                raise PermissionDenied
            let_in(request, member)
            return view(request, *args, **kwargs)

        ask.gate = permission  # type: ignore[attr-defined]  # what tests and docs/security/roles.md read
        return ask

    return guarded


def public(view: View) -> View:
    """Mark a view that anybody may see; tests/web/test_gate.py holds the list of these."""
    view.gate = None  # type: ignore[attr-defined]
    return view


def signed_in(request: HttpRequest) -> Member | None:
    """The member who asks, with password and second factor both given in this session; else None."""
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return None
    member = cast("Member", user)
    return member if second_factor_given(request) else None


def second_factor_given(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor, or by a passkey, which is two in one."""
    methods = request.session.get("account_authentication_methods", [])
    return any(isinstance(method, dict) and method.get("method") == "mfa" for method in methods)


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


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = settings.MFA_SETUP_URL if request.user.is_authenticated else settings.LOGIN_URL
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return redirect(f"{address}?{urlencode({'next': request.path})}")
    response = HttpResponse(status=401)
    response["HX-Redirect"] = address
    return response
