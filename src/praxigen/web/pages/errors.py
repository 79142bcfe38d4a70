"""What is shown when a page cannot be: what happened and what to do next, never why in the machine's words."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from praxigen.web.accounts.gate import public

_LOG = logging.getLogger("praxigen.web")
_WORKSPACE = ("/practice/", "/account/", "/api/", "/demonstration/")
_WORK_LIST = ("/practice/", "Work list")
_SAID = {
    HTTPStatus.BAD_REQUEST: ("This could not be understood", "Go back, look at what was entered, and send it again."),
    HTTPStatus.FORBIDDEN: ("Your role does not allow this", "Ask an owner of the practice."),
    HTTPStatus.NOT_FOUND: ("There is nothing at this address", "Go to the work list and open the case from there."),
    HTTPStatus.TOO_MANY_REQUESTS: ("Too many tries", "Wait five minutes, then try again."),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Something failed on our side",
        "Nothing was saved in part. Try again; if it fails again, tell your administrator the number below.",
    ),
}


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400."""
    return _page(request, HTTPStatus.BAD_REQUEST)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403."""
    return _page(request, HTTPStatus.FORBIDDEN)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404, the same for what is not there and for what is another practice's."""
    if request.path.startswith("/api/"):
        said = ("There is nothing at this address", "GET /api/v1/openapi.json lists the operations.")
        return _page(request, HTTPStatus.NOT_FOUND, said=said)
    if request.path.startswith(_WORKSPACE):
        return _page(request, HTTPStatus.NOT_FOUND)
    said = ("There is no page at this address", "A payer's page may have moved. Search the requirements for it.")
    return _page(request, HTTPStatus.NOT_FOUND, said=said, way=("/search/", "Search"))


@public
def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """429. Told in the log: somebody tries passwords, or a limit is too low."""
    _LOG.warning("refused: too many tries")
    return _page(request, HTTPStatus.TOO_MANY_REQUESTS)


@public
def fault(request: HttpRequest) -> HttpResponse:
    """500, with a number that is also in the log."""
    number = secrets.token_hex(4)
    _LOG.error("fault %s shown", number)
    return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR, number)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's signature
    """403 for a form that was not sent from our own page, or from a page that is too old."""
    _LOG.warning("refused: a form without its token, or one of another site")
    said = ("This page was open too long", "Reload it and send the form again; nothing was changed.")
    return _page(request, HTTPStatus.FORBIDDEN, said=said)


@public
def in_the_clear(request: HttpRequest) -> HttpResponse:
    """403 for a program that did not come by TLS: sending it on would hide that its key was read on the way."""
    _LOG.warning("refused: a program that spoke in the clear")
    said = ("This was sent without encryption", "Use https, and make a new key: this one may have been read.")
    return _page(request, HTTPStatus.FORBIDDEN, said=said)


def _page(
    request: HttpRequest,
    status: HTTPStatus,
    number: str = "",
    said: tuple[str, str] | None = None,
    way: tuple[str, str] = _WORK_LIST,
) -> HttpResponse:
    title, next_step = said or _SAID[status]
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": title, "status": int(status)}
        if said:
            body["detail"] = next_step
        return JsonResponse(body, status=status, content_type="application/problem+json")
    # No request context: it may be what failed. If the template is what fails, plain words still come.
    try:
        shown = {"title": title, "next_step": next_step, "number": number, "way": way}
        told = render_to_string("pages/error.html", shown)
        response = HttpResponse(told, status=status)
    except Exception:  # noqa: BLE001  the last resort: whatever failed, somebody is told
        _LOG.exception("the page for errors failed")
        told = "\n".join(filter(None, (title, next_step, number)))
        response = HttpResponse(told, status=status, content_type="text/plain; charset=utf-8")
    if request.headers.get("HX-Request"):
        response["HX-Retarget"] = "body"
    return response
