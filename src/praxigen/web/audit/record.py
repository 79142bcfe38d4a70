"""Adds an event to the trail, in the transaction of the change that it speaks of."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, models, transaction

from praxigen.web.audit.actions import Action
from praxigen.web.audit.chain import START, event_hash
from praxigen.web.audit.models import Event

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

    Opens a transaction where none is open; within one, event and change stand or fall together.
    """
    with transaction.atomic():
        _wait_for_turn(actor.practice)
        last = Event.objects.filter(practice=actor.practice).order_by("-sequence").first()
        event = Event(
            practice=actor.practice,
            sequence=last.sequence + 1 if last else 1,
            at=datetime.now(UTC),
            actor=actor.member,
            session=actor.session,
            action=action.value,
            object_type=target._meta.model_name if target is not None else "",  # noqa: SLF001  Django's public name
            object_id=str(target.pk) if target is not None else "",
            outcome=outcome,
            fields=fields,
            previous=last.hash if last else START,
        )
        event.hash = event_hash(event)
        event.save()
    return event


def _wait_for_turn(practice: uuid.UUID) -> None:
    """One writer at a time in a practice's chain. SQLite has one writer anyway (its transactions begin IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [practice.int & 0x7FFF_FFFF_FFFF_FFFF])
