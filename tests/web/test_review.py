"""The review of access says who saw how much, and why a line is worth a look; signing it is an event."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from praxigen.web.accounts.models import Practice
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.actions import Action
from praxigen.web.audit.models import Event
from praxigen.web.audit.record import record
from praxigen.web.audit.review import MANY, WRONG_FACTORS, Row, begins, review
from praxigen.web.cases.models import Case
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
SINCE = MORNING - timedelta(days=1)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def _see(desk: Desk, role: Role, cases: int, at: datetime, action: Action = Action.CASE_VIEWED) -> None:
    for _ in range(cases):
        _at(desk, role, action, at, Case(pk=uuid.uuid4()))


def _at(desk: Desk, role: Role, action: Action, at: datetime, target: Case | None = None, **fields: str) -> None:
    """An event as if it were of that time: rows of the trail cannot be changed, so the clock is."""
    from unittest import mock

    with mock.patch("praxigen.web.audit.record.datetime") as clock:
        clock.now.return_value = at
        outcome = "refused" if action in (Action.REFUSED, Action.FACTOR_FAILED) else "done"
        record(desk.members[role].actor(), action, target, outcome=outcome, **fields)


def _of(desk: Desk, role: Role) -> Row:
    (row,) = [row for row in review(desk.practice.pk, SINCE) if row.member == desk.members[role].pk]
    return row


def test_cases_are_counted_once_and_days_apart(desk: Desk) -> None:
    same = Case(pk=uuid.uuid4())
    for hour in range(3):
        _at(desk, Role.VIEWER, Action.CASE_VIEWED, MORNING + timedelta(hours=hour), same)
    _see(desk, Role.VIEWER, 2, MORNING + timedelta(days=1))
    _see(desk, Role.VIEWER, 9, SINCE - timedelta(seconds=1))  # before the time that is reviewed
    _at(desk, Role.VIEWER, Action.FILE_VIEWED, MORNING)
    row = _of(desk, Role.VIEWER)
    assert (row.cases, row.busiest, row.taken, row.signs) == (3, 2, 1, ())


def test_a_day_far_above_the_usual_is_a_sign_and_a_busy_member_is_none(desk: Desk) -> None:
    for day in range(5):
        _see(desk, Role.SPECIALIST, MANY + 5, MORNING + timedelta(days=day))
        _see(desk, Role.VIEWER, 4, MORNING + timedelta(days=day))
    _see(desk, Role.VIEWER, MANY, MORNING + timedelta(days=6))
    assert _of(desk, Role.SPECIALIST).signs == ()
    assert _of(desk, Role.VIEWER).signs == (f"{MANY} cases seen on one day, usually 4",)
    _see(desk, Role.CLINICIAN, MANY, MORNING, Action.CHECK_EXPORTED)
    assert _of(desk, Role.CLINICIAN).signs == (f"{MANY} documents taken out on one day",)
    assert review(desk.practice.pk, SINCE)[-1].member == desk.members[Role.SPECIALIST].pk  # signs first


def test_hours_in_which_nobody_else_works_are_a_sign(desk: Desk) -> None:
    _see(desk, Role.VIEWER, 2, MORNING.replace(hour=3))
    assert _of(desk, Role.VIEWER).signs == ()  # nobody else at all: no measure
    _see(desk, Role.SPECIALIST, 1, MORNING)
    assert _of(desk, Role.VIEWER).signs == ("2 times a case was seen in hours in which nobody else worked",)
    _see(desk, Role.CLINICIAN, 1, MORNING.replace(hour=3) + timedelta(days=1))
    assert _of(desk, Role.VIEWER).signs == ()


def test_refusals_floods_and_wrong_codes_are_signs(desk: Desk) -> None:
    _at(desk, Role.VIEWER, Action.REFUSED, MORNING, needed="manage")
    _at(desk, Role.VIEWER, Action.REFUSED, MORNING, too_often="page")
    for _ in range(WRONG_FACTORS):
        _at(desk, Role.CLINICIAN, Action.FACTOR_FAILED, MORNING)
    assert _of(desk, Role.VIEWER).signs == (
        "asked too often, like a script: 1", "asked for what the role does not allow: 1"
    )  # fmt: skip
    assert _of(desk, Role.CLINICIAN).signs == (f"wrong codes or passkeys: {WRONG_FACTORS}",)


def test_another_practice_is_not_counted(desk: Desk) -> None:
    other = make_desk("Two")
    _see(other, Role.VIEWER, 3, MORNING)
    assert review(desk.practice.pk, SINCE) == []


def test_an_owner_reads_and_signs_it(desk: Desk) -> None:
    _see(desk, Role.VIEWER, MANY, timezone.now())
    client = desk.client(Role.OWNER)
    page = client.get("/practice/audit/review/").content.decode()
    assert "Nobody has reviewed it yet." in page
    assert f"{MANY} cases seen on one day" in page
    assert f"/practice/audit/?member={desk.members[Role.VIEWER].pk}&amp;since=" in page
    assert client.post("/practice/audit/review/sign/").status_code == 302
    signed = Event.objects.get(action=Action.AUDIT_REVIEWED)
    assert signed.actor == desk.members[Role.OWNER].pk
    page = client.get("/practice/audit/review/").content.decode()
    assert f"{MANY} cases seen on one day" not in page  # it begins anew
    assert "by Owner." in page
    for role in (Role.SPECIALIST, Role.CLINICIAN, Role.VIEWER):
        assert desk.client(role).get("/practice/audit/review/").status_code == 403


def test_it_looks_back_to_the_last_review_and_three_months_at_most(desk: Desk) -> None:
    now = datetime(2026, 8, 3, tzinfo=UTC)
    assert begins(desk.practice.pk, now) == now - timedelta(days=31)
    _at(desk, Role.OWNER, Action.AUDIT_REVIEWED, now - timedelta(days=3))
    assert begins(desk.practice.pk, now) == now - timedelta(days=3)
    assert begins(desk.practice.pk, now + timedelta(days=200)) == now + timedelta(days=200 - 92)


def test_the_page_of_the_practice_says_when_it_is_overdue(desk: Desk) -> None:
    client = desk.client(Role.OWNER)
    said = "Nobody has looked at who saw what for more than a month."
    assert said not in client.get("/practice/members/").content.decode()
    Practice.objects.filter(pk=desk.practice.pk).update(created_at=timezone.now() - timedelta(days=40))
    assert said in client.get("/practice/members/").content.decode()
    client.post("/practice/audit/review/sign/")
    assert said not in client.get("/practice/members/").content.decode()
