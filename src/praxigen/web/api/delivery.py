"""Sends what waits. The only file of praxigen that opens a connection, to hosts that the operator named."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from urllib3 import PoolManager
from urllib3.exceptions import HTTPError

from praxigen.errors import UsageError
from praxigen.web.api.models import Delivery
from praxigen.web.api.webhooks import check_address, message, signature
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record

# How long to wait after each attempt that failed; after the last one the message is given up.
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
_SECONDS = 10  # to connect and to answer

Post = Callable[[str, bytes, dict[str, str]], int]


def post(address: str, body: bytes, headers: dict[str, str]) -> int:
    """Send, and the status of the answer. No redirect is followed, and no proxy of the environment is used."""
    with PoolManager(cert_reqs="CERT_REQUIRED") as pool:
        answer = pool.request(
            "POST", address, body=body, headers=headers, timeout=_SECONDS, redirect=False, retries=False
        )
        return int(answer.status)


def deliver_waiting(send: Post = post) -> int:
    """Send everything whose time has come; how many were taken. Does nothing while no host may be told."""
    if not settings.WEBHOOK_HOSTS:
        return 0
    due = Delivery.every.filter(done_at=None, next_at__lte=timezone.now()).select_related("webhook")
    taken = 0
    for delivery in due.order_by("next_at")[:50]:
        if _claimed(delivery):
            _attempt(delivery, send)
            taken += 1
    return taken


def _claimed(delivery: Delivery) -> bool:
    """Whether this process is the one that sends it now."""
    later = timezone.now() + timedelta(seconds=6 * _SECONDS)
    mine = Delivery.every.filter(pk=delivery.pk, done_at=None, next_at=delivery.next_at)
    return mine.update(next_at=later) == 1


def _attempt(delivery: Delivery, send: Post) -> None:
    hook, body, at = delivery.webhook, message(delivery), int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "praxigen",
        "Praxigen-Signature": signature(hook.secret, body, at),
    }
    try:
        status = str(send(check_address(hook.address), body, headers)) if hook.enabled else "off"
    except (HTTPError, OSError) as error:
        status = type(error).__name__
    except UsageError:  # the operator took the host back
        status = "not allowed"
    delivery.attempts += 1
    delivery.status = status
    over = status.startswith("2") or delivery.attempts > len(_WAITS) or status in ("off", "not allowed")
    if over:
        delivery.done_at = timezone.now()
    else:
        delivery.next_at = timezone.now() + _WAITS[delivery.attempts - 1]
    with transaction.atomic():
        delivery.save(update_fields=["attempts", "status", "done_at", "next_at"])
        outcome = "done" if status.startswith("2") else "failed"
        record(Actor(delivery.practice_id), Action.WEBHOOK_SENT, delivery, outcome=outcome, status=status)
