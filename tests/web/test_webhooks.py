"""Addresses are told of what changed, signed, once, without a patient's words, and only where the operator said so."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from praxigen.errors import UsageError
from praxigen.web.accounts.roles import Role
from praxigen.web.api.delivery import deliver_waiting
from praxigen.web.api.models import Delivery, Webhook
from praxigen.web.api.webhooks import Told, add_webhook, announce_deadlines, announce_policies, remove_webhook
from praxigen.web.audit.models import Event
from praxigen.web.cases.models import Case, Deadline
from praxigen.web.serving.tasks import every
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
ADDRESS = "https://records.example.org/hook"
TODAY = date(2026, 11, 2)


@pytest.fixture
def desk(settings: Any) -> Desk:
    settings.WEBHOOK_HOSTS = ("records.example.org",)
    return make_desk()


def hook_of(desk: Desk, *events: str) -> Webhook:
    owner = desk.members[Role.OWNER]
    return add_webhook(owner, owner.actor(), ADDRESS, events or tuple(Told))


def deadline_of(desk: Desk, due: date) -> Deadline:
    case = Case.every.create(practice=desk.practice, payer="qualcare", patient={"name": "Zebulon Quartermain"})
    return Deadline.every.create(practice=desk.practice, case=case, what="Appeal, level 1", due=due)


class Receiver:
    """An address that answers with the statuses it was given, and keeps what it got."""

    def __init__(self, *statuses: int | Exception) -> None:
        self.statuses = list(statuses)
        self.got: list[tuple[str, bytes, dict[str, str]]] = []

    def __call__(self, address: str, body: bytes, headers: dict[str, str]) -> int:
        self.got.append((address, body, headers))
        status = self.statuses.pop(0)
        if isinstance(status, Exception):
            raise status
        return status


def test_without_named_hosts_nothing_is_told(desk: Desk, settings: Any) -> None:
    hook_of(desk)
    deadline_of(desk, TODAY)
    announce_deadlines(TODAY)
    settings.WEBHOOK_HOSTS = ()
    receiver = Receiver()
    assert deliver_waiting(receiver) == 0
    with pytest.raises(UsageError, match="off on this server"):
        hook_of(desk)


@pytest.mark.parametrize(
    "address",
    [
        "http://records.example.org/hook",
        "https://elsewhere.example.org/hook",
        "https://user:pass@records.example.org/hook",
        "https://records.example.org:8443/hook",
        "https://records.example.org@evil.example/hook",
        "https://records.example.org/ho ok",
        "https://[::1/hook",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_that_may_not_be_told_is_refused(desk: Desk, address: str) -> None:
    owner = desk.members[Role.OWNER]
    with pytest.raises(UsageError):
        add_webhook(owner, owner.actor(), address, [Told.POLICY])


def test_a_deadline_that_comes_near_is_told_once_and_signed(desk: Desk) -> None:
    hook = hook_of(desk)
    near = deadline_of(desk, TODAY + timedelta(days=7))
    deadline_of(desk, TODAY + timedelta(days=8))
    deadline_of(desk, TODAY - timedelta(days=1))
    assert (announce_deadlines(TODAY), announce_deadlines(TODAY)) == (1, 0)
    receiver = Receiver(200)
    assert (deliver_waiting(receiver), deliver_waiting(receiver)) == (1, 0)
    [(address, body, headers)] = receiver.got
    assert address == ADDRESS
    told = json.loads(body)
    assert (told["event"], told["due"], told["case"]) == ("deadline.near", "2026-11-09", str(near.case_id))
    at, _, made = headers["Praxigen-Signature"].partition(",v1=")
    wanted = hmac.new(hook.secret.encode(), at.removeprefix("t=").encode() + b"." + body, hashlib.sha256).hexdigest()
    assert made == wanted


def test_no_words_of_a_patient_are_told_or_recorded(desk: Desk) -> None:
    hook_of(desk)
    deadline_of(desk, TODAY)
    announce_deadlines(TODAY)
    receiver = Receiver(200)
    deliver_waiting(receiver)
    assert b"Zebulon" not in receiver.got[0][1]
    assert "Zebulon" not in str(list(Event.objects.values()))


def test_a_new_library_tells_nothing_and_a_changed_one_tells_what_changed(desk: Desk) -> None:
    hook = hook_of(desk)
    assert announce_policies() == 0
    first, second = sorted(hook.seen)[:2]
    seen = {**hook.seen, first: ["2020-01-01", "0" * 64], "evicore.gone": ["1", "0" * 64]}
    del seen[second]
    Webhook.every.update(seen=seen)
    assert announce_policies() == 3
    told = {each.payload["guideline"]: each.payload["change"] for each in Delivery.every.all()}
    assert told == {first: "changed", second: "added", "evicore.gone": "removed"}
    assert announce_policies() == 0


def test_an_address_that_fails_is_asked_again_later_and_then_given_up(desk: Desk) -> None:
    hook_of(desk)
    deadline_of(desk, TODAY)
    announce_deadlines(TODAY)
    for attempt in range(1, 7):
        receiver = Receiver(OSError("no words of this") if attempt % 2 else 503)
        assert deliver_waiting(receiver) == 1
        assert deliver_waiting(receiver) == 0, "not before its time"
        Delivery.every.update(next_at=timezone.now())
    delivery = Delivery.every.get()
    assert (delivery.attempts, delivery.status) == (6, "503")
    assert delivery.done_at is not None


def test_a_host_that_was_taken_back_is_not_told_what_waited(desk: Desk, settings: Any) -> None:
    hook_of(desk)
    deadline_of(desk, TODAY)
    announce_deadlines(TODAY)
    settings.WEBHOOK_HOSTS = ("other.example.org",)
    receiver = Receiver()
    deliver_waiting(receiver)
    assert receiver.got == []
    assert Delivery.every.get().status == "not allowed"


def test_a_removed_address_loses_what_waited(desk: Desk) -> None:
    hook = hook_of(desk)
    deadline_of(desk, TODAY)
    announce_deadlines(TODAY)
    remove_webhook(hook, desk.members[Role.OWNER].actor())
    assert not Delivery.every.exists()


def test_another_practice_is_told_nothing(desk: Desk) -> None:
    hook_of(desk)
    deadline_of(make_desk("Other"), TODAY)
    assert announce_deadlines(TODAY) == 0


def test_a_task_comes_round() -> None:
    done: list[int] = []
    task = every(3_600, lambda: done.append(1))
    task()
    task()
    assert done == [1]
