"""Ends sessions that are older than they may be, however busy they are."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

_BEGUN, _ACTED = "begun_at", "acted_at"
_POLL = "Praxigen-Poll"  # what a page sends that asks again by itself, without anybody at it
_NOTED = 20  # seconds within which a person's next act is not written down anew: each writing waits for the disk


class LifetimeMiddleware:
    """A session is over twelve hours after it began, and a quarter of an hour after a person last did something.

    A page that renews itself while a fax is being read does not count as a person. Acts are noted every twenty seconds,
    so an idle session may end so much earlier, never later.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask on, signed out where the session is over."""
        if request.user.is_authenticated:
            now = time.time()
            new = _ACTED not in request.session
            begun, acted = request.session.setdefault(_BEGUN, now), request.session.setdefault(_ACTED, now)
            if now - begun > settings.SESSION_LIFETIME.total_seconds() or now - acted > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif new or (_POLL not in request.headers and now - acted >= _NOTED):
                request.session[_ACTED] = now
                UserSession.objects.create_from_request(request)  # what a member sees of the own sessions
        return self._next(request)
