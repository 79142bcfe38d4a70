"""Makes, finds and revokes the keys of programs."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from praxigen.errors import UsageError
from praxigen.web.accounts.models import Member
from praxigen.web.accounts.roles import Permission
from praxigen.web.api.models import ApiKey, Scope
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record

LONGEST_DAYS = 366
_USED_EVERY = timedelta(minutes=5)  # how exactly the last use is kept


def make_key(member: Member, actor: Actor, name: str, scopes: Collection[str], days: int) -> tuple[ApiKey, str]:
    """A new key and its text, which is shown once and never stored. Raises UsageError for a name, scope or life that
    cannot be."""
    if not name.strip() or len(name) > 80:
        raise UsageError("the key has no name, or one longer than 80 characters", "Name the program that will use it.")
    known = {scope.value for scope in Scope}
    unknown = set(scopes) - known
    if unknown or not scopes:
        raise UsageError("the key opens nothing, or something unknown", f"Choose from: {', '.join(sorted(known))}.")
    if not 1 <= days <= LONGEST_DAYS:
        raise UsageError("the key must end within a year", f"Give 1 to {LONGEST_DAYS} days.")
    prefix, secret = f"px_{secrets.token_hex(4)}", secrets.token_urlsafe(32)
    with transaction.atomic():
        key = ApiKey.every.create(
            practice=member.practice,
            created_by=member,
            name=name.strip(),
            prefix=prefix,
            digest=_digest(secret),
            scopes=sorted(set(scopes)),
            expires_at=timezone.now() + timedelta(days=days),
        )
        record(actor, Action.API_KEY_MADE, key, scopes=key.scopes, days=days)
    return key, f"{prefix}.{secret}"


def find_key(text: str) -> ApiKey | None:
    """The living key of that text, else None. Takes the same time whether the prefix is known or not."""
    prefix, _, secret = text.partition(".")
    key = ApiKey.every.select_related("practice", "created_by").filter(prefix=prefix).first()
    same = hmac.compare_digest(_digest(secret), key.digest if key else _digest(""))
    if key is None or not same or key.revoked_at or key.expires_at <= timezone.now():
        return None
    maker = key.created_by
    if maker is None or not maker.may(Permission.MANAGE):
        return None
    if key.last_used_at is None or timezone.now() - key.last_used_at > _USED_EVERY:
        ApiKey.every.filter(pk=key.pk).update(last_used_at=timezone.now())
    return key


def revoke_key(key: ApiKey, actor: Actor) -> None:
    """End a key at once."""
    with transaction.atomic():
        ApiKey.every.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
        record(actor, Action.API_KEY_REVOKED, key)


def _digest(secret: str) -> str:
    # The secret is 256 random bits: a plain hash cannot be searched, and a slow one would only slow each call.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
