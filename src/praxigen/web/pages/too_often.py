"""What somebody sees who asks too often: one line, when to go on, and the words that were typed."""

from __future__ import annotations

import math
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from praxigen.web.accounts.pace import TooOftenError

_STATUS = 429
_KEPT = "/practice/"  # forms whose words are handed back; what is typed on the pages of an account may be a password
_NOT_KEPT = "csrfmiddlewaretoken"


class TooOftenMiddleware:
    """Answers where a door counted too many requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask on."""
        return self._next(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """429 with Retry-After in whole seconds. A part of a page gets a line, a form its words back."""
        if not isinstance(exception, TooOftenError):
            return None
        wait = math.ceil(exception.seconds)
        line = f"Nothing was done: this was asked too often. Wait {wait} second{'s' if wait != 1 else ''}."
        if request.headers.get("HX-Request"):
            answer = HttpResponse(line, content_type="text/plain; charset=utf-8", status=_STATUS)
        else:
            shown = {"line": line, "again": request.path, **_sent(request)}
            answer = HttpResponse(render_to_string("pages/too_often.html", shown, request), status=_STATUS)
        answer["Retry-After"] = str(wait)
        return answer


def _sent(request: HttpRequest) -> dict[str, object]:
    """The form as it was sent, to be sent again. A browser keeps no chosen file: these are chosen anew."""
    if request.method != "POST" or not request.path.startswith(_KEPT):
        return {"form": False}
    fields = [(name, value) for name, values in request.POST.lists() if name != _NOT_KEPT for value in values]
    return {"form": True, "fields": fields, "files": sorted(request.FILES)}
