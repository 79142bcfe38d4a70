"""What every operation answers with."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from praxigen.web.api.problems import TYPE

_PROBLEM = {"content": {TYPE: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}}
_REFUSALS = {
    400: "The request is no JSON, or no request of this operation.",
    401: "There is no key, or one that is not known, ended or revoked.",
    403: "The key does not open this.",
    404: "There is nothing at this address.",
    409: "The same request is being answered.",
    413: "The request is too large.",
    422: "The request cannot be answered as it stands: what and why.",
    429: "Too many requests.",
}


class RESOURCE(HttpResponse):
    """JSON text as it was written by the pure half."""

    def __init__(self, text: str) -> None:
        super().__init__(text, content_type="application/json")


def told(description: str) -> dict[str, Any]:
    """For the OpenAPI document: what the operation answers with, and every refusal."""
    responses: dict[int, Any] = {
        200: {"description": description, "content": {"application/json": {"schema": {"type": "object"}}}}
    }
    responses.update({status: {"description": text, **_PROBLEM} for status, text in _REFUSALS.items()})
    return {"responses": responses}
