"""Ends sessions that are older than they may be, however busy they are."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

_BEGUN, _ACTED = "begun_at", "acted_at"
_POLL = "Praxigen-Poll"  # what a page sends that asks again by itself, without anybody at it


class LifetimeMiddleware:
    """A session is over twelve hours after it began, and a quarter of an hour after a person last did something.

    A page that renews itself while a fax is being read does not count as a person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask on, signed out where the session is over."""
        if request.user.is_authenticated:
            now = time.time()
            begun, acted = request.session.setdefault(_BEGUN, now), request.session.setdefault(_ACTED, now)
            if now - begun > settings.SESSION_LIFETIME.total_seconds() or now - acted > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif _POLL not in request.headers:
                request.session[_ACTED] = now
        return self._next(request)
