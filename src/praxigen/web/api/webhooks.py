"""Tells addresses of the practice of changed policies and of deadlines that come near. Off unless the operator names
the hosts that may be told, and never a patient's words: ids, codes and days only."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from praxigen.errors import UsageError
from praxigen.web.accounts.models import Member
from praxigen.web.api.models import Delivery, Webhook
from praxigen.web.api.operations.library import catalog
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.models import Deadline, Stage

NEAR = timedelta(days=7)  # how long before a deadline its message goes out


class Told(StrEnum):
    """What an address can be told of."""

    POLICY = "policy.changed"
    DEADLINE = "deadline.near"


def add_webhook(member: Member, actor: Actor, address: str, events: Collection[str]) -> Webhook:
    """A new address with a secret that signs what it gets. Raises UsageError for one that may not be told."""
    unknown = set(events) - {each.value for each in Told}
    if unknown or not events:
        raise UsageError("nothing to tell was chosen", f"Choose from: {', '.join(Told)}.")
    with transaction.atomic():
        hook = Webhook(
            practice=member.practice, created_by=member, address=check_address(address), events=sorted(events)
        )
        hook.secret = secrets.token_urlsafe(32)
        hook.seen = _library_now()
        hook.save()
        record(actor, Action.WEBHOOK_CHANGED, hook, change="added", events=hook.events)
    return hook


def remove_webhook(hook: Webhook, actor: Actor) -> None:
    """Tell an address nothing any more; what waits for it is dropped."""
    with transaction.atomic():
        record(actor, Action.WEBHOOK_CHANGED, hook, change="removed")
        hook.delete()


def check_address(address: str) -> str:
    """The address, if it may be told. Raises UsageError, saying why it may not."""
    hosts = settings.WEBHOOK_HOSTS
    if not hosts:
        raise UsageError(
            "webhooks are off on this server", "Its operator names the hosts that may be told: PRAXIGEN_WEBHOOK_HOSTS."
        )
    try:
        parts = urlsplit(address)
        fine = parts.scheme == "https" and bool(parts.hostname) and parts.port in (None, 443) and not parts.fragment
    except ValueError:
        fine, parts = False, urlsplit("")
    if not fine or "@" in parts.netloc or len(address) > 300 or any(each.isspace() for each in address):
        raise UsageError("that is no address that can be told", "Write it like https://records.example.org/hook.")
    if parts.hostname not in hosts:
        raise UsageError(f"{parts.hostname} is not among the hosts that may be told", f"They are: {', '.join(hosts)}.")
    return address


def signature(secret: str, body: bytes, at: int) -> str:
    """What the header Praxigen-Signature says: the second of sending, and an HMAC over it and the body."""
    made = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={made}"


def announce_policies() -> int:
    """Queue a message for each guideline that is new or changed since an address was last told; how many."""
    now, queued = None, 0
    for hook in Webhook.every.filter(enabled=True).select_related("practice"):
        if Told.POLICY not in hook.events:
            continue
        now = now or _library_now()
        changed = {name: state for name, state in now.items() if hook.seen.get(name) != state}
        gone = sorted(set(hook.seen) - set(now))
        with transaction.atomic():
            for name, state in sorted(changed.items()):
                payload = {
                    "guideline": name,
                    "edition": state[0],
                    "change": "changed" if name in hook.seen else "added",
                }
                queued += _queue(hook, Told.POLICY, f"{name}:{state[1][:16]}", payload)
            for name in gone:
                queued += _queue(hook, Told.POLICY, f"{name}:gone", {"guideline": name, "change": "removed"})
            if changed or gone:
                Webhook.every.filter(pk=hook.pk).update(seen=now)
    return queued


def announce_deadlines(today: date) -> int:
    """Queue a message for each open deadline that comes near; how many."""
    queued = 0
    for hook in Webhook.every.filter(enabled=True).select_related("practice"):
        if Told.DEADLINE not in hook.events:
            continue
        near = Deadline.of(hook.practice).filter(done_on=None, due__gte=today, due__lte=today + NEAR)
        near = near.exclude(case__stage=Stage.CLOSED)
        for each in near:
            payload = {"case": str(each.case_id), "due": each.due.isoformat(), "rule": each.rule, "whose": each.whose}
            queued += _queue(hook, Told.DEADLINE, f"{each.pk}:{each.due}", payload)
    return queued


def message(delivery: Delivery) -> bytes:
    """The body of a delivery. The same delivery is the same bytes at each attempt."""
    told = {
        "id": str(delivery.pk),
        "event": delivery.event,
        "made_at": delivery.created_at.isoformat(),
        **delivery.payload,
    }
    return json.dumps(told, sort_keys=True).encode()


def _queue(hook: Webhook, event: Told, about: str, payload: Mapping[str, Any]) -> int:
    _row, made = Delivery.every.get_or_create(
        webhook=hook,
        event=event.value,
        about=about,
        defaults={"practice": hook.practice, "payload": dict(payload), "next_at": timezone.now()},
    )
    return int(made)


def _library_now() -> dict[str, list[str]]:
    held = sorted(catalog().library.all_guidelines(), key=lambda each: (each.id, each.edition))
    return {each.id: [each.edition, each.sha256] for each in held}
