"""Ends sessions that are older than they may be, however busy they are."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

_BEGUN = "begun_at"


class LifetimeMiddleware:
    """Twelve hours after it began, or when its member was disabled, a session is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask on, signed out where the session is over."""
        if request.user.is_authenticated:
            begun = request.session.setdefault(_BEGUN, time.time())
            if time.time() - begun > settings.SESSION_LIFETIME.total_seconds():
                logout(request)
        return self._next(request)
