"""Passkeys in a real Chromium, with the authenticator that it can pretend to have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from praxigen.web.accounts.models import Member
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from support.in_browser import HOST, Browser, needs_chromium
from support.practices import PASSWORD, half_signed_in, make_desk

pytestmark = [pytest.mark.django_db, needs_chromium]
_DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
Key = dict[str, Any]


class Device:
    """A computer that can keep passkeys."""

    def __init__(self, page: Any, *keys: Key) -> None:
        self.page = page
        self._asked = page.context.new_cdp_session(page)
        self._asked.send("WebAuthn.enable")
        made = self._asked.send("WebAuthn.addVirtualAuthenticator", {"options": _DEVICE})
        self._name = made["authenticatorId"]
        for key in keys:
            self._asked.send("WebAuthn.addCredential", {"authenticatorId": self._name, "credential": key})

    def keys(self) -> list[Key]:
        found: list[Key] = self._asked.send("WebAuthn.getCredentials", {"authenticatorId": self._name})["credentials"]
        return found


def _session(client: Client) -> str:
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


def _enrol(page: Any, *, alone: bool) -> Key:
    """Set a passkey up on the page for it; `alone` for one that stands for the password as well."""
    device = Device(page)
    page.goto(f"{HOST}/account/2fa/webauthn/add/")
    page.get_by_label("Name").fill("Desk in room 2")
    if alone:
        page.get_by_label("Passwordless").check()
    page.click("#mfa_webauthn_add")
    page.wait_for_url(f"{HOST}/account/2fa/recovery-codes/")
    (key,) = device.keys()
    return key


def _use(page: Any, path: str, button: str) -> str:
    """Where a click with a passkey leads to."""
    page.goto(HOST + path)
    page.evaluate("document.body.dataset.before = 'yes'")
    page.click(button)
    page.wait_for_selector("body:not([data-before]) main")  # another page: no policy lets a test evaluate words there
    return str(page.url)


def _sign_in(page: Any, *keys: Key) -> tuple[str, str, list[Key]]:
    """Where the passkey led to, what the page says, and the keys afterwards."""
    device = Device(page, *keys)
    return _use(page, "/account/login/", "#passkey_login"), page.inner_text("main"), device.keys()


def _enrolled(member: Member, *, alone: bool = True) -> Key:
    client = half_signed_in(member)
    before = _session(client)
    key: Key = Browser(client).run(lambda page: _enrol(page, alone=alone))
    assert _session(client) not in ("", before)  # it can do more now, under a new id
    return key


def test_a_passkey_is_set_up_and_signs_in_alone() -> None:
    member = make_desk().members[Role.SPECIALIST]
    key = _enrolled(member)
    assert Authenticator.objects.filter(user=member, type="webauthn").count() == 1
    client = Client()
    client.get("/account/login/")
    before = _session(client)
    url, _, (used,) = Browser(client).run(lambda page: _sign_in(page, key))
    assert url == f"{HOST}/practice/"
    assert client.get("/practice/").status_code == 200
    assert _session(client) not in ("", before)
    assert used["signCount"] > key["signCount"]
    last = Event.objects.filter(practice=member.practice_id, action="session:signed_in").latest("sequence")
    assert last.fields == {"second_factor": True}


def test_a_key_gives_the_second_factor_after_the_password() -> None:
    member = make_desk().members[Role.CLINICIAN]
    key = _enrolled(member, alone=False)

    def work(page: Any) -> str:
        Device(page, key)
        page.goto(f"{HOST}/account/login/")
        page.fill("input[name=login]", member.email)
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_selector("#mfa_webauthn_authenticate")
        page.click("#mfa_webauthn_authenticate")
        page.wait_for_url(f"{HOST}/practice/")
        return str(page.url)

    client = Client()
    assert Browser(client).run(work) == f"{HOST}/practice/"


def test_a_copy_of_a_key_is_found_out_once_the_key_itself_was_used() -> None:
    member = make_desk().members[Role.OWNER]
    key = _enrolled(member)
    Browser(Client()).run(lambda page: _sign_in(page, key))
    thief = Client()
    url, told, _ = Browser(thief).run(lambda page: _sign_in(page, key))  # counts on from where it was copied
    assert url == f"{HOST}/account/login/"
    assert "There may be a copy of this passkey." in told
    assert thief.get("/practice/").status_code == 302
    last = Event.objects.filter(practice=member.practice_id, action="factor:failed").latest("sequence")
    assert (last.object_id, last.outcome, last.fields) == (str(member.pk), "refused", {"kind": "copy"})


def test_an_answer_that_was_listened_to_is_taken_once() -> None:
    member = make_desk().members[Role.OWNER]
    key = _enrolled(member)
    client = Client()
    heard: list[str] = []

    def work(page: Any) -> None:
        Device(page, key)
        page.on("request", lambda each: heard.append(each.post_data) if each.method == "POST" else None)
        _use(page, "/account/login/", "#passkey_login")

    Browser(client).run(work)
    assert client.get("/practice/").status_code == 200
    form = "application/x-www-form-urlencoded"
    (said,) = [each for each in heard if "credential=" in each]
    thief = Client()
    thief.get("/account/login/")
    thief.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})  # a challenge of its own
    for asked in (thief, Client()):
        answer = asked.post("/account/2fa/webauthn/login/", said, content_type=form)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/")
        assert asked.get("/practice/").status_code == 302


def test_a_key_that_was_removed_opens_nothing() -> None:
    desk = make_desk()
    key = _enrolled(desk.members[Role.OWNER])
    Authenticator.objects.filter(user=desk.members[Role.OWNER], type="webauthn").delete()
    url, _, _ = Browser(Client()).run(lambda page: _sign_in(page, key))
    assert url == f"{HOST}/account/login/"


def test_a_disabled_member_does_not_get_in_with_a_passkey() -> None:
    member = make_desk().members[Role.VIEWER]
    key = _enrolled(member)
    Member.objects.filter(pk=member.pk).update(is_active=False)
    client = Client()
    Browser(client).run(lambda page: _sign_in(page, key))
    assert client.get("/practice/").status_code == 302


def _confirming(key: Key) -> Callable[[Any], str]:
    def work(page: Any) -> str:
        Device(page, key)
        _use(page, "/account/login/", "#passkey_login")
        confirm = "/account/2fa/webauthn/reauthenticate/?next=/practice/members/"
        return _use(page, confirm, "#mfa_webauthn_reauthenticate")

    return work


def test_a_passkey_confirms_a_change_under_a_new_id() -> None:
    member = make_desk().members[Role.OWNER]
    key = _enrolled(member)
    client = Client()
    assert Browser(client).run(_confirming(key)) == f"{HOST}/practice/members/"
    events = Event.objects.filter(practice=member.practice_id, action="session:confirmed").order_by("sequence")
    last = events.last()
    assert last is not None
    assert last.fields["way"] == "mfa"
    assert last.session not in ("", last.fields["before"])
