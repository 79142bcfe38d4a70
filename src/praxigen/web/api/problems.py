"""Every refusal of the API as application/problem+json (RFC 9457): what is wrong and what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Schema

TYPE = "application/problem+json"


class Problem(Exception):  # noqa: N818  the standard's own name
    """Ends an operation with a problem: `title` says what, `detail` what to do next. No patient's words in either."""

    def __init__(self, status: int, title: str, detail: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.detail = detail
        self.headers = dict(headers or {})

    def response(self) -> HttpResponse:
        """The answer."""
        return problem(self.status, self.title, self.detail, self.headers)


class ProblemBody(Schema):
    """What a refusal looks like."""

    type: str
    title: str
    status: int
    detail: str = ""


def problem(status: int, title: str, detail: str = "", headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A response with a problem."""
    body: dict[str, Any] = {"type": "about:blank", "title": title or HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    return HttpResponse(json.dumps(body), status=status, content_type=TYPE, headers=dict(headers or {}))
