"""Lets programs in by their key, each only to what the key opens."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from praxigen.web.accounts.gate import Asking
from praxigen.web.api.keys import find_key
from praxigen.web.api.limits import take
from praxigen.web.api.models import ApiKey, Scope
from praxigen.web.api.problems import Problem
from praxigen.web.audit.record import Actor


class KeyAuth(HttpBearer):
    """`Authorization: Bearer px_....` with a key that holds the scope."""

    openapi_name = "ApiKey"

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        """The key, with its practice on the request; None answers 401. Raises Problem 403 and 429."""
        key = find_key(token)
        if key is None:
            return None
        if self.scope.value not in key.scopes:
            raise Problem(403, f"The key {key.prefix} does not open this", f"It needs the scope {self.scope.value!r}.")
        take(key.prefix)
        asking = cast("Asking", request)
        asking.practice = key.practice
        asking.actor = Actor(key.practice_id, key.created_by_id, key.prefix)
        return key
