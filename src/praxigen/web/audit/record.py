"""Adds an event to the trail, in the transaction of the change that it speaks of."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, models, transaction

from praxigen.web.audit.actions import Action
from praxigen.web.audit.chain import START, event_hash
from praxigen.web.audit.models import Event
from praxigen.web.audit.shared_writer import SharedWriter
from praxigen.web.prepared import Prepared

Field = str | int | bool | None | list[str]
NOBODY = uuid.UUID(int=0)  # the chain of what belongs to no practice: failed sign-ins, set-up


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: the practice, the member (None for the machine) and the fingerprint of the session."""

    practice: uuid.UUID
    member: uuid.UUID | None = None
    session: str = ""


def record(
    actor: Actor, action: Action, target: models.Model | None = None, *, outcome: str = "done", **fields: Field
) -> Event:
    """Add an event. `fields` are codes, counts and ids: never names, quotes, file names or other words of a chart.

    Within a transaction, event and change stand or fall together. Where none is open the event has one of its own; a
    server lets those of requests that come at the same time share it (`share_writes`). Either way it is on the disk
    when this returns.
    """
    event = Event(
        practice=actor.practice,
        actor=actor.member,
        session=actor.session,
        action=action.value,
        object_type=target._meta.model_name if target is not None else "",  # noqa: SLF001  Django's public name
        object_id=str(target.pk) if target is not None else "",
        outcome=outcome,
        fields=fields,
    )
    if _SHARED is not None and not connection.in_atomic_block:
        _SHARED.write(event)
    else:
        append([event])
    return event


def append(events: Sequence[Event]) -> None:
    """Add events to the chains of their practices in one transaction, in the order given for each practice."""
    with transaction.atomic():
        # Always in one order, so that two that wait for several practices cannot wait for each other.
        for practice in sorted({event.practice for event in events}):
            _wait_for_turn(practice)
            last = _newest.one(practice)
            sequence, before = (last.sequence, last.hash) if last else (0, START)
            for event in (each for each in events if each.practice == practice):
                sequence += 1
                event.sequence, event.at, event.previous = sequence, datetime.now(UTC), before
                event.hash = before = event_hash(event)
                event.save(force_insert=True)


_newest: Prepared[Event] = Prepared(
    lambda practice: Event.objects.filter(practice=practice).order_by("-sequence").only("sequence", "hash")[:1]
)


def share_writes() -> None:
    """From now on let events of this process that come at the same time share a transaction. For servers."""
    global _SHARED
    _SHARED = SharedWriter(append)


_SHARED: SharedWriter | None = None


def _wait_for_turn(practice: uuid.UUID) -> None:
    """One writer at a time in a practice's chain. SQLite has one writer anyway (its transactions begin IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [practice.int & 0x7FFF_FFFF_FFFF_FFFF])
