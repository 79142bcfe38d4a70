"""The audit trail only grows."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from praxigen.web.audit.actions import Action
from praxigen.web.audit.chain import START, event_hash
from praxigen.web.audit.models import AppendOnlyError, Event
from praxigen.web.audit.record import Actor, record
from support.practices import make_desk

pytestmark = pytest.mark.django_db


def test_events_follow_each_other_by_hash() -> None:
    actor = Actor(make_desk().practice.pk)
    first, second = record(actor, Action.CASES_LISTED, shown=1), record(actor, Action.CASES_LISTED, shown=2)
    assert (first.previous, second.previous) == (START, first.hash)
    assert [event_hash(event) for event in Event.objects.order_by("sequence")] == [first.hash, second.hash]


def test_an_event_is_never_changed_or_removed() -> None:
    event = record(Actor(make_desk().practice.pk), Action.CASES_LISTED)
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()
    for statement in ("UPDATE audit_event SET outcome = 'x'", "DELETE FROM audit_event"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
