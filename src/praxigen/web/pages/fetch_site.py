"""Refuses requests that another site sends in a member's name, whatever tokens they bear."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from praxigen.web.pages.errors import csrf_failure

_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
_OURS = ("same-origin", "none")  # from our own page, or from nobody: typed, or a program


class FetchSiteMiddleware:
    """A second lock beside the token: browsers say in Sec-Fetch-Site where a request comes from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """403 for an unsafe request from another origin."""
        if request.method not in _SAFE and request.headers.get("Sec-Fetch-Site", "none") not in _OURS:
            return csrf_failure(request)
        return self._next(request)
