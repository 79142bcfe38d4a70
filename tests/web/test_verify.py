"""Whatever is done to the trail behind the application's back, `praxigen audit verify` finds it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from praxigen.cli.main import run
from praxigen.web.audit.actions import Action
from praxigen.web.audit.checkpoints import newest_checkpoint, newest_event, short, sign, sign_due
from praxigen.web.audit.models import Event
from praxigen.web.audit.record import NOBODY, Actor, record
from praxigen.web.audit.verify import Fault, verify_all
from praxigen.web.cases.models import Case
from support.practices import make_desk

pytestmark = pytest.mark.django_db
EVENTS = 12
NOBODYS = Actor(NOBODY)  # a trail without a practice: no rows that need witnesses


@pytest.fixture(autouse=True)
def _trail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A trail of twelve events with a checkpoint at the ninth, without the triggers that refuse to change it."""
    monkeypatch.setattr(settings, "CHECKPOINTS", tmp_path / "checkpoints")
    for number in range(1, EVENTS + 1):
        event = record(NOBODYS, Action.SIGN_IN_FAILED, outcome="refused", place=f"place {number}", count=number)
        if number == 9:
            sign(event, timezone.now())
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER audit_event_no_{verb}")
        else:
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only")
    yield
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only")


def _sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _first() -> Fault:
    found = verify_all()
    assert len(found.faults) == 1
    return found.faults[0]


def test_a_whole_trail_is_whole() -> None:
    found = verify_all()
    assert (found.faults, found.events, found.checkpoints) == ((), EVENTS, 1)


CHANGES = {
    "at": "2001-01-01 00:00:00", "actor": "9" * 32, "session": "other", "action": "case:viewed", "object_type": "case",
    "object_id": "7", "outcome": "done", "fields": '{"place": "elsewhere"}', "previous": "f" * 64, "hash": "f" * 64,
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGES)
def test_any_change_to_an_event_is_found_there(column: str) -> None:
    for place in (1, 5, EVENTS):
        (before,) = Event.objects.filter(sequence=place).values_list(column, flat=True)
        _sql(f"UPDATE audit_event SET {column} = %s WHERE sequence = %s", CHANGES[column], place)  # noqa: S608
        assert _first().sequence == place, column
        Event.objects.filter(sequence=place).update(**{column: before})
        assert verify_all().faults == ()


@given(place=st.integers(1, EVENTS), at=st.integers(0, 200), letter=st.characters(codec="ascii"))
@hypothesis(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_letter_of_any_event_is_bound(place: int, at: int, letter: str) -> None:
    event = Event.objects.get(practice=NOBODY, sequence=place)
    text = json.dumps([event.session, event.action, event.object_type, event.object_id, event.outcome, event.fields])
    changed = text[: at % len(text)] + letter + text[at % len(text) + 1 :]
    try:
        session, action, kind, name, outcome, fields = json.loads(changed)
    except ValueError:
        return
    values = {
        "session": session, "action": action, "object_type": kind, "object_id": name, "outcome": outcome,
        "fields": fields,
    }  # fmt: skip
    if not all(isinstance(value, str) for key, value in values.items() if key != "fields") or changed == text:
        return
    before = {key: getattr(event, key) for key in values}
    if before == values:
        return
    Event.objects.filter(pk=event.pk).update(**values)
    assert _first().sequence == place
    Event.objects.filter(pk=event.pk).update(**before)


@pytest.mark.parametrize("place", range(1, EVENTS))
def test_a_removed_event_is_found(place: int) -> None:
    _sql("DELETE FROM audit_event WHERE sequence = %s", place)
    assert _first() == Fault(NOBODY, place, f"event {place} is missing")


def test_two_swapped_events_are_found() -> None:
    for one, two in ((3, 1003), (4, 3), (1003, 4)):
        _sql("UPDATE audit_event SET sequence = %s WHERE sequence = %s", two, one)
    assert _first().sequence == 3


def test_a_cut_tail_is_found_by_the_checkpoint() -> None:
    _sql("DELETE FROM audit_event WHERE sequence >= 8")
    fault = _first()
    assert fault.sequence == 8
    assert "cut" in fault.what


def test_everything_removed_is_found() -> None:
    _sql("DELETE FROM audit_event")
    assert _first().sequence == 1


def test_a_tail_that_was_written_anew_is_found() -> None:
    """Somebody with the database, but not the key: events 5 to 12 removed, others with right hashes put there."""
    _sql("DELETE FROM audit_event WHERE sequence >= 5")
    for _ in range(EVENTS):
        record(NOBODYS, Action.SIGN_IN_FAILED, outcome="refused", place="another")
    fault = _first()
    assert fault.sequence == 9
    assert "not the event that a checkpoint saw" in fault.what


def test_an_older_copy_of_the_database_is_found() -> None:
    sign(newest_event(NOBODY), timezone.now())
    _sql("DELETE FROM audit_event WHERE sequence > 10")  # as yesterday's file has it
    assert _first().sequence == 11


@pytest.mark.parametrize("change", ["sequence", "head", "at", "practice", "key", "signature"])
def test_a_changed_checkpoint_is_found(change: str) -> None:
    path = settings.CHECKPOINTS / f"{NOBODY}.jsonl"
    line = json.loads(path.read_text())
    line[change] = line[change] + 1 if change == "sequence" else "0" * len(str(line[change]))
    path.write_text(json.dumps(line) + "\n")
    assert _first().what == "checkpoint 1 bears no signature of ours"


def test_a_torn_checkpoint_is_found() -> None:
    path = settings.CHECKPOINTS / f"{NOBODY}.jsonl"
    path.write_bytes(path.read_bytes() + b'{"practice": "x"')
    assert "line 2 of the checkpoints" in _first().what


def test_a_row_that_came_behind_the_applications_back_is_found() -> None:
    desk = make_desk()
    for member in desk.members.values():
        record(member.actor(), Action.MEMBER_JOINED, member)
    case = Case.every.create(practice=desk.practice, payer="qualcare")
    assert _first().what == f"case {case.pk} is stored, but no event tells how it came"
    record(Actor(desk.practice.pk), Action.CASE_OPENED, case)
    assert verify_all().faults == ()


def test_a_checkpoint_is_due_after_ten_minutes_or_a_thousand_events(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    assert sign_due(now) == 0  # three events since the last one
    assert sign_due(now + timedelta(minutes=11)) == 1
    assert sign_due(now + timedelta(minutes=40)) == 0  # nothing happened since
    record(NOBODYS, Action.SIGN_IN_FAILED)
    monkeypatch.setattr("praxigen.web.audit.checkpoints.EVERY_EVENTS", 1)
    assert sign_due(now + timedelta(minutes=12)) == 1
    last = newest_checkpoint(NOBODY)
    assert last is not None
    assert last.sequence == EVENTS + 1
    assert len(short(last)) == 19
    assert verify_all().faults == ()


@pytest.fixture
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands tell Django by the environment where everything is; what they tell goes after the test."""
    for name in ("PRAXIGEN_DATA", "PRAXIGEN_KEY_FILE", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, os.environ[name])


@pytest.mark.usefixtures("_environment")
def test_the_command_says_where_and_ends_with_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["audit", "verify"]) == 0
    assert "12 events, 1 checkpoints examined" in capsys.readouterr().out
    _sql("DELETE FROM audit_event WHERE sequence = 4")
    assert run(["audit", "verify"]) == 1
    told = capsys.readouterr().out
    assert "event 4: event 4 is missing" in told
    assert "The trail is broken." in told
    assert run(["audit", "verify", "--data", str(tmp_path / "nowhere")]) == 2
