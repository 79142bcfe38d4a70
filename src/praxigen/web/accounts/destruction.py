"""Destroys a practice for good: asked for by name, agreed to by two owners where there are two, done a day later."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db import connection, transaction
from django.utils import timezone

from praxigen.errors import UsageError
from praxigen.web.accounts.keys import forget_keys
from praxigen.web.accounts.models import DataKey, Member, Practice
from praxigen.web.accounts.owned import Owned
from praxigen.web.accounts.people import end_sessions
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.actions import Action
from praxigen.web.audit.models import Event
from praxigen.web.audit.record import Actor, record

WAIT = timedelta(days=1)
OPEN_FOR = timedelta(days=7)
_TWO = 2


@dataclass(frozen=True, slots=True)
class Asking:
    """A destruction that was asked for and still stands.

    `owners` are those who asked for it or agreed, and are owners still. `missing` is how many more have to.
    """

    at: datetime
    owners: frozenset[uuid.UUID]
    missing: int

    @property
    def due(self) -> datetime:
        """When it may be done."""
        return self.at + WAIT

    @property
    def until(self) -> datetime:
        """When it lapses."""
        return self.at + OPEN_FOR


def ask(practice: Practice, actor: Actor | None = None) -> Asking:
    """Ask for the destruction: an owner, or whoever works on the machine. Owners see it, and can take it back.

    Raises UsageError where it was asked for already.
    """
    with transaction.atomic():
        if asked(practice) is not None:
            raise UsageError("the destruction was asked for already", "Agree to it, or take it back.")
        record(actor or Actor(practice.pk), Action.DESTRUCTION_ASKED, practice, owners=len(_owners(practice)))
        made = asked(practice)
    assert made is not None  # noqa: S101  just recorded
    return made


def agree(practice: Practice, actor: Actor) -> None:
    """Agree as an owner. Raises UsageError where nothing was asked for, or this owner agreed before."""
    with transaction.atomic():
        standing = asked(practice)
        if standing is None:
            raise UsageError("the destruction was not asked for, or it was taken back", "Ask for it first.")
        if actor.member in standing.owners:
            raise UsageError("you agreed already", "Another owner has to agree.")
        record(actor, Action.DESTRUCTION_AGREED, practice)


def cancel(practice: Practice, actor: Actor | None = None) -> None:
    """Take the asking back."""
    record(actor or Actor(practice.pk), Action.DESTRUCTION_CANCELLED, practice)


def asked(practice: Practice) -> Asking | None:
    """The asking that stands, if one does.

    Two owners have to agree where there were two when it was asked for, or are now: who disables the other first must
    ask anew.
    """
    kinds = [Action.DESTRUCTION_ASKED, Action.DESTRUCTION_AGREED, Action.DESTRUCTION_CANCELLED]
    events = Event.objects.filter(practice=practice.pk, action__in=[kind.value for kind in kinds])
    standing: list[Event] = []
    for event in events.order_by("-sequence"):
        if event.action == Action.DESTRUCTION_CANCELLED:
            return None
        standing.append(event)
        if event.action == Action.DESTRUCTION_ASKED:
            break
    if not standing or standing[-1].at < timezone.now() - OPEN_FOR:
        return None
    first, now = standing[-1], _owners(practice)
    agreed = frozenset(event.actor for event in standing if event.actor in now)
    needed = _TWO if max(len(now), int(first.fields.get("owners", 0))) >= _TWO else 0
    return Asking(first.at, agreed, max(0, needed - len(agreed)))


def destroy(practice: Practice) -> int:
    """Destroy the keys and every row of a practice; returns how many rows. The trail stays.

    Raises UsageError where it was not asked for a day ago, or an owner's agreement is missing. Copies in backups open
    no more once the backups' own copy of the keys is gone: a backup holds the wrapped keys, so old backups have to be
    destroyed as well.
    """
    standing = asked(practice)
    if standing is None or timezone.now() < standing.due:
        raise UsageError(
            "the destruction was not asked for a day ago", "Ask with `praxigen practice destroy NAME`, and come back."
        )
    if standing.missing:
        raise UsageError(
            f"{standing.missing} more of the owners of the practice must agree",
            "Owners agree on the page of the practice, under Destroy.",
        )
    rows = 0
    with transaction.atomic():
        record(Actor(practice.pk), Action.PRACTICE_DESTROYED, practice)
        for member in Member.objects.filter(practice=practice):
            end_sessions(member)
        DataKey.objects.filter(practice=practice).delete()
        rows = _delete_owned(practice)
        UserSession.objects.filter(user__practice=practice).delete()
        Practice.objects.filter(pk=practice.pk).delete()
    forget_keys()
    _overwrite_freed_pages()
    return rows


def _owners(practice: Practice) -> frozenset[uuid.UUID]:
    rows = Member.objects.filter(practice=practice, role=Role.OWNER, is_active=True)
    return frozenset(rows.values_list("pk", flat=True))


def _delete_owned(practice: Practice) -> int:
    """Rows that point to others first: as many rounds as the longest chain of pointers."""
    from django.db.models import ProtectedError

    left = list(Owned.__subclasses__())
    rows = 0
    while left:
        stuck = []
        for model in left:
            try:
                with transaction.atomic():
                    rows += model.of(practice).delete()[0]
            except ProtectedError:
                stuck.append(model)
        if len(stuck) == len(left):
            raise RuntimeError("tables protect each other")
        left = stuck
    return rows


def _overwrite_freed_pages() -> None:
    """SQLite keeps deleted rows in its file until it is written anew."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
