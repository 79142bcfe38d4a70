"""The API: its operations, its OpenAPI document, and how everything that goes wrong is told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from praxigen.errors import PraxigenError
from praxigen.version import __version__
from praxigen.web.accounts.gate import public
from praxigen.web.api.operations import charts, deadlines, letters, library
from praxigen.web.api.problems import Problem, ProblemBody, problem

_NOT_ALLOWED = 405
_LOG = logging.getLogger("praxigen.web.api")

api = NinjaAPI(
    title="praxigen",
    version=__version__,
    description=(
        "What payers require, checks of charts against it, denials and deadlines. It compares documentation with "
        "written criteria; it decides nothing and sends nothing."
    ),
    openapi_url=None,  # written by `openapi` below, with the schema of refusals
    docs_url=None,  # a page for it would bring scripts of others
    urls_namespace="api-1",
)
for router in (library.router, deadlines.router, charts.router, letters.router):
    api.add_router("", router)


@api.exception_handler(Problem)
def _problem(_request: HttpRequest, error: Problem) -> HttpResponse:
    return error.response()


@api.exception_handler(PraxigenError)
def _refusal(_request: HttpRequest, error: PraxigenError) -> HttpResponse:
    return problem(422, f"{error.message[:1].upper()}{error.message[1:]}", error.hint)


@api.exception_handler(ValidationError)
def _not_valid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    # Where it is wrong and how; never the value, which may be a chart.
    places = {".".join(str(step) for step in each["loc"][1:]) + ": " + str(each["msg"]) for each in error.errors}
    return problem(422, "The request is not one of this operation", "; ".join(sorted(places))[:1_000])


@api.exception_handler(AuthenticationError)
def _unknown(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem(401, "There is no valid key", "Send Authorization: Bearer KEY.", {"WWW-Authenticate": "Bearer"})


@api.exception_handler(Http404)
def _nothing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(404, "There is nothing at this address", "GET /api/v1/openapi.json lists the operations.")


@api.exception_handler(RequestDataTooBig)
def _too_large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return problem(413, "The request is too large", "A document may have 25 MB.")


@api.exception_handler(HttpError)
def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "The request could not be understood", "Send JSON as the OpenAPI document says.")


@api.exception_handler(Exception)
def _fault(_request: HttpRequest, _error: Exception) -> HttpResponse:
    _LOG.exception("an operation failed")
    return problem(500, "Something failed on our side", "Nothing was stored. Try again.")


@public
def openapi(_request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    from ninja.responses import Response

    schema = api.get_openapi_schema()
    schema["components"].setdefault("schemas", {})["ProblemBody"] = ProblemBody.model_json_schema()
    return Response(schema)


def _with_problems(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, which refuses a wrong method as everything else is refused: ninja itself answers in plain words."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != _NOT_ALLOWED:
            return response
        takes = ", ".join(sorted(response.headers["Allow"].split(", ")))
        return problem(405, f"This address does not take {request.method}", f"It takes {takes}.", {"Allow": takes})

    return answer


_patterns, _app, _space = api.urls
for _each in _patterns:
    _each.callback = _with_problems(_each.callback)
urlpatterns = [path("openapi.json", openapi, name="openapi"), path("", (_patterns, _app, _space))]
