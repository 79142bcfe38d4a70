"""One-time links: to set a practice up, to join one, to choose a new password. A person hands them over."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from praxigen.web.accounts.models import Link, LinkKind, Member, Practice
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record

_LIVES = {LinkKind.SET_UP: timedelta(days=1), LinkKind.JOIN: timedelta(days=7), LinkKind.PASSWORD: timedelta(days=1)}
_TOKEN_BYTES = 32


def set_up_path() -> str:
    """The path of a new link that sets up the first practice, or "" where there is one. Older links end."""
    with transaction.atomic():
        if Practice.objects.exists():
            return ""
        Link.objects.filter(kind=LinkKind.SET_UP).delete()
        return path_of(_make(LinkKind.SET_UP))


def invite(by: Member, actor: Actor, email: str, name: str, role: Role) -> str:
    """The token of an invitation. An older one to the same address ends."""
    with transaction.atomic():
        address = email.strip().lower()
        open_links(by.practice).filter(kind=LinkKind.JOIN, email=address).delete()
        token = _make(LinkKind.JOIN, practice=by.practice, email=address, name=name, role=role, created_by=by)
        record(actor, Action.MEMBER_INVITED, _row(token), role=role.value)
        return token


def start_password_reset(by: Member, actor: Actor, member: Member) -> str:
    """The token with which the member chooses a new password. The old one works until then."""
    with transaction.atomic():
        Link.objects.filter(kind=LinkKind.PASSWORD, member=member).delete()
        token = _make(LinkKind.PASSWORD, practice=member.practice, member=member, created_by=by)
        record(actor, Action.PASSWORD_RESET_STARTED, member)
        return token


def open_links(practice: Practice):  # type: ignore[no-untyped-def]  # a queryset of links
    """The practice's links that still work."""
    return Link.objects.filter(practice=practice, used_at=None, expires_at__gt=timezone.now())


def find_link(token: str) -> Link | None:
    """The link of a token that still works."""
    row: Link | None = (
        Link.objects.filter(digest=_digest(token), used_at=None, expires_at__gt=timezone.now())
        .select_related("practice", "member")
        .first()
    )
    if row is None or (row.kind == LinkKind.SET_UP and Practice.objects.exists()):
        return None
    if row.member is not None and not row.member.is_active:
        return None
    return row


def use_link(link: Link) -> bool:
    """Mark a link as used. False where somebody else just used it; call it inside the transaction of the use."""
    return bool(Link.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()))


def path_of(token: str) -> str:
    """Where a token is handed in."""
    return reverse("account_link", args=[token])


def _make(kind: LinkKind, **fields: object) -> str:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    Link.objects.create(kind=kind, digest=_digest(token), expires_at=timezone.now() + _LIVES[kind], **fields)
    return token


def _row(token: str) -> Link:
    return Link.objects.get(digest=_digest(token))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
