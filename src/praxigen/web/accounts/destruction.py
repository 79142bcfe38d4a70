"""Destroys a practice for good: asked for by name, done a day later, so that somebody can object."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db import connection, transaction
from django.utils import timezone

from praxigen.errors import UsageError
from praxigen.web.accounts.keys import forget_keys
from praxigen.web.accounts.models import DataKey, Member, Practice
from praxigen.web.accounts.owned import Owned
from praxigen.web.accounts.people import end_sessions
from praxigen.web.audit.actions import Action
from praxigen.web.audit.models import Event
from praxigen.web.audit.record import Actor, record

WAIT = timedelta(days=1)
_OPEN_FOR = timedelta(days=7)


def ask(practice: Practice) -> datetime:
    """Ask for the destruction; returns when it may be done. Owners see it in the trail, and can cancel it."""
    record(Actor(practice.pk), Action.DESTRUCTION_ASKED, practice)
    return timezone.now() + WAIT


def cancel(practice: Practice) -> None:
    """Take the asking back."""
    record(Actor(practice.pk), Action.DESTRUCTION_CANCELLED, practice)


def asked_at(practice: Practice) -> datetime | None:
    """When the destruction was asked for, where that still stands."""
    actions = [Action.DESTRUCTION_ASKED.value, Action.DESTRUCTION_CANCELLED.value]
    last = Event.objects.filter(practice=practice.pk, action__in=actions).order_by("-sequence").first()
    if last is None or last.action != Action.DESTRUCTION_ASKED or last.at < timezone.now() - _OPEN_FOR:
        return None
    at: datetime = last.at
    return at


def destroy(practice: Practice) -> int:
    """Destroy the keys and every row of a practice; returns how many rows. The trail stays.

    Raises UsageError where it was not asked for a day ago. Copies in backups open no more once the backups' own copy of
    the keys is gone: a backup holds the wrapped keys, so old backups have to be destroyed as well.
    """
    asked = asked_at(practice)
    if asked is None or timezone.now() - asked < WAIT:
        raise UsageError(
            "the destruction was not asked for a day ago", "Ask with `praxigen practice destroy NAME`, and come back."
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
