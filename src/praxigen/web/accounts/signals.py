"""Sign-in, sign-out, factors and passwords in the trail; and the first second factor counts in its own session."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import authentication_step_completed, password_changed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest

from praxigen.web.accounts.gate import fingerprint, has_factor, second_factor_given
from praxigen.web.accounts.models import Member
from praxigen.web.accounts.people import end_sessions
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import NOBODY, Actor, record

_PLACE = 12  # characters of the hash of an address on the network


@receiver(user_logged_in, dispatch_uid="trail")
def _signed_in(request: HttpRequest, user: Member, **_: Any) -> None:
    record(user.actor(fingerprint(request)), Action.SIGNED_IN, user, second_factor=second_factor_given(request, user))


@receiver(user_logged_out, dispatch_uid="trail")
def _signed_out(request: HttpRequest, user: Member | None, **_: Any) -> None:
    if user is not None:
        record(user.actor(fingerprint(request)), Action.SIGNED_OUT, user)


@receiver(user_login_failed, dispatch_uid="trail")
def _sign_in_failed(request: HttpRequest | None = None, **_: Any) -> None:
    """Into the chain of nobody: the address that was typed may be a password, or a patient."""
    record(Actor(NOBODY), Action.SIGN_IN_FAILED, outcome="refused", place=_place(request))


@receiver(authentication_failed, dispatch_uid="trail")
def _factor_failed(request: HttpRequest, user: Member, **_: Any) -> None:
    record(user.actor(fingerprint(request)), Action.FACTOR_FAILED, user, outcome="refused")


@receiver(password_changed, dispatch_uid="trail")
def _password_changed(request: HttpRequest, user: Member, **_: Any) -> None:
    record(user.actor(fingerprint(request)), Action.PASSWORD_CHANGED, user, way="own")


@receiver(authenticator_added, dispatch_uid="trail")
def _factor_added(request: HttpRequest, user: Member, authenticator: Authenticator, **_: Any) -> None:
    record(user.actor(fingerprint(request)), Action.FACTOR_ADDED, user, kind=str(authenticator.type))
    if authenticator.type != Authenticator.Type.RECOVERY_CODES and not second_factor_given(request, user):
        _step_up(request, user, authenticator)


@receiver(authenticator_removed, dispatch_uid="trail")
def _factor_removed(request: HttpRequest, user: Member, authenticator: Authenticator, **_: Any) -> None:
    record(user.actor(fingerprint(request)), Action.FACTOR_REMOVED, user, kinds=[str(authenticator.type)])


@receiver(authenticator_reset, dispatch_uid="trail")
def _codes_renewed(request: HttpRequest, user: Member, **_: Any) -> None:
    record(user.actor(fingerprint(request)), Action.CODES_RENEWED, user)


@receiver(authentication_step_completed, dispatch_uid="trail")
def _confirmed(request: HttpRequest, user: Member, method: str, *, reauthenticated: bool = False, **_: Any) -> None:
    """Password or factor given again before a change: from here the session may do more, under a new id."""
    if reauthenticated:
        before = fingerprint(request)
        _renew_id(request)
        record(user.actor(fingerprint(request)), Action.CONFIRMED, user, way=method, before=before)


def _step_up(request: HttpRequest, user: Member, authenticator: Authenticator) -> None:
    """The member just proved the new factor: this session has two, under a new id, and every other one ends.

    Only for the first factor. Where one was there before, a session without it must not get here (gate.enrolling).
    """
    if has_factor(user, but=authenticator.pk):
        return
    record_authentication(request, user, "mfa", type=str(authenticator.type), id=authenticator.pk, reauthenticated=True)
    end_sessions(user, but=request.session.session_key or "")


def _renew_id(request: HttpRequest) -> None:
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def _place(request: HttpRequest | None) -> str:
    """Tells tries from one place of the network from those from another, without the address itself."""
    if request is None:
        return ""
    try:
        address = get_adapter(request).get_client_ip(request)  # what limits go by: behind a proxy, whom the proxy saw
    except PermissionDenied:  # a proxy that did not say
        address = ""
    return hashlib.sha256(address.encode()).hexdigest()[:_PLACE]
