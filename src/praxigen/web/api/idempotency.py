"""A request that is sent twice with one `Idempotency-Key` is answered once: the second gets the first one's answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone

from praxigen.web.accounts.gate import Asking
from praxigen.web.api.models import Remembered
from praxigen.web.api.problems import Problem

KEPT = timedelta(hours=24)
_ABANDONED = timedelta(minutes=5)  # a first request that never ended, because its process did
_LONGEST = 128

Operation = Callable[..., HttpResponse]


def once(operation: Operation) -> Operation:
    """Answer a repetition of a request from memory, for a day. The kept answer is sealed."""

    @wraps(operation)
    def answer(request: Asking, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return operation(request, *args, **kwargs)
        if not key.isprintable() or not 0 < len(key) <= _LONGEST:
            raise Problem(400, "The Idempotency-Key is not usable", f"Give 1 to {_LONGEST} printable characters.")
        body = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
        row, first = _claim(request, hashlib.sha256(key.encode()).hexdigest(), body)
        if not first:
            return _again(row, body)
        try:
            made = operation(request, *args, **kwargs)
        except BaseException:
            row.delete()
            raise
        row.status, row.content_type, row.body = made.status_code, made.headers["Content-Type"], made.content
        row.save()
        return made

    return answer


def forget_old_answers() -> int:
    """Remove what need not be remembered any more; how many were removed."""
    removed, _ = Remembered.every.filter(created_at__lt=timezone.now() - KEPT).delete()
    return int(removed)


def _claim(request: Asking, key: str, body: str) -> tuple[Remembered, bool]:
    """The row of the key, and whether this request is the first to name it."""
    Remembered.of(request.practice).filter(
        key_digest=key, status=None, created_at__lt=timezone.now() - _ABANDONED
    ).delete()
    try:
        with transaction.atomic():
            return Remembered.every.create(practice=request.practice, key_digest=key, body_digest=body), True
    except IntegrityError:
        return Remembered.of(request.practice).get(key_digest=key), False


def _again(row: Remembered, body: str) -> HttpResponse:
    if row.body_digest != body:
        raise Problem(
            422, "This Idempotency-Key was used for another request", "Use a new one for each request that differs."
        )
    if row.status is None:
        raise Problem(409, "The first request with this Idempotency-Key is still being answered", "Ask again shortly.")
    response = HttpResponse(row.body, status=row.status, content_type=row.content_type)
    response["Idempotency-Replayed"] = "true"
    return response
