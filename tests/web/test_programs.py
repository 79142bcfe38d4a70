"""The owner's page of programs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from praxigen.web.accounts.roles import Role
from praxigen.web.api.keys import find_key
from praxigen.web.api.models import ApiKey, Webhook
from support.practices import make_desk

pytestmark = pytest.mark.django_db
PLACE = "/practice/programs/"


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.CLINICIAN, Role.VIEWER])
def test_only_an_owner_sees_it(role: Role) -> None:
    assert make_desk().client(role).get(PLACE).status_code == 403


def test_a_key_is_made_shown_once_and_revoked() -> None:
    client = make_desk().client(Role.OWNER)
    page = client.post(f"{PLACE}keys/", {"name": "Records", "days": "30", "scope": ["check"]}).content.decode()
    [text] = re.findall(r"px_[0-9a-f]{8}\.[\w-]+", page)
    key = find_key(text)
    assert key is not None
    assert text not in client.get(PLACE).content.decode()
    client.post(f"{PLACE}keys/{key.pk}/revoke/")
    assert find_key(text) is None


@pytest.mark.parametrize("typed", [{}, {"name": "x", "days": "many", "scope": "check"}, {"name": "x", "days": "9"}])
def test_what_cannot_be_says_so(typed: dict[str, str]) -> None:
    answer = make_desk().client(Role.OWNER).post(f"{PLACE}keys/", typed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not ApiKey.every.exists()


def test_an_address_is_added_and_removed(settings: Any) -> None:
    settings.WEBHOOK_HOSTS = ("records.example.org",)
    client = make_desk().client(Role.OWNER)
    client.post(f"{PLACE}addresses/", {"address": "https://records.example.org/x", "event": "policy.changed"})
    hook = Webhook.every.get()
    assert hook.secret not in client.get(PLACE).content.decode()
    client.post(f"{PLACE}addresses/{hook.pk}/remove/")
    assert not Webhook.every.exists()


def test_another_practice_cannot_touch_them(settings: Any) -> None:
    settings.WEBHOOK_HOSTS = ("records.example.org",)
    mine, yours = make_desk("One").client(Role.OWNER), make_desk("Two").client(Role.OWNER)
    mine.post(f"{PLACE}keys/", {"name": "Records", "days": "30", "scope": ["check"]})
    mine.post(f"{PLACE}addresses/", {"address": "https://records.example.org/x", "event": "policy.changed"})
    assert yours.post(f"{PLACE}keys/{ApiKey.every.get().pk}/revoke/").status_code == 404
    assert yours.post(f"{PLACE}addresses/{Webhook.every.get().pk}/remove/").status_code == 404


def test_it_says_that_webhooks_are_off() -> None:
    assert "PRAXIGEN_WEBHOOK_HOSTS" in make_desk().client(Role.OWNER).get(PLACE).content.decode()
