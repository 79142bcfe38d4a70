"""An owner manages members, and nobody else does."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from praxigen.web.accounts.models import Link, Member
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.actions import Action
from praxigen.web.audit.models import Event
from support.practices import Desk, confirmed, make_desk

pytestmark = pytest.mark.django_db


def _owner(desk: Desk) -> Client:
    return confirmed(desk.members[Role.OWNER])


def _path(member: Member, what: str = "") -> str:
    return f"/practice/members/{member.pk}/{what}"


def test_changes_to_members_ask_for_the_password_again() -> None:
    desk = make_desk()
    client = desk.client(Role.OWNER)
    clinician = desk.members[Role.CLINICIAN]
    for what in ("change/", "disable/", "enable/", "factors/remove/", "sessions/end/", "password-link/"):
        answer = client.post(_path(clinician, what), {"name": "X", "role": "owner"})
        assert answer["Location"] == f"/account/reauthenticate/?next=%2Fpractice%2Fmembers%2F{clinician.pk}%2F", what
    assert client.post("/practice/members/invite/", {}).status_code == 302
    assert Member.objects.get(pk=clinician.pk).role == Role.CLINICIAN
    assert not Link.objects.exists()


def test_an_owner_invites_and_the_link_is_shown_once() -> None:
    desk = make_desk()
    client = _owner(desk)
    page = client.post("/practice/members/invite/", {"name": "Kim", "email": "kim@x.example", "role": "viewer"})
    found = re.search(r"http://testserver(/account/link/[\w-]+/)", page.content.decode())
    assert found is not None
    assert Client().get(found[1]).status_code == 200
    assert found[1] not in client.get("/practice/members/").content.decode()
    link = Link.objects.get()
    client.post("/practice/members/invite/cancel/", {"link": str(link.pk)})
    assert Client().get(found[1]).status_code == 410
    assert client.post("/practice/members/invite/cancel/", {"link": "x"}).status_code == 404


def test_faults_in_an_invitation_are_told() -> None:
    desk = make_desk()
    client = _owner(desk)
    taken = {"name": "Kim", "email": desk.members[Role.VIEWER].email, "role": "viewer"}
    assert b"belongs to a member" in client.post("/practice/members/invite/", taken).content
    wrong = client.post("/practice/members/invite/", {"name": "", "email": "kim", "role": "king"})
    assert wrong.status_code == 400
    assert b"valid email" in wrong.content


def test_a_disabled_member_is_out_at_the_next_click() -> None:
    desk = make_desk()
    client = desk.client(Role.CLINICIAN)
    assert client.get("/practice/").status_code == 200
    _owner(desk).post(_path(desk.members[Role.CLINICIAN], "disable/"))
    assert client.get("/practice/")["Location"].startswith("/account/login/")
    event = Event.objects.get(action=Action.MEMBER_DISABLED)
    assert (event.actor, event.object_id) == (desk.members[Role.OWNER].pk, str(desk.members[Role.CLINICIAN].pk))
    _owner(desk).post(_path(desk.members[Role.CLINICIAN], "enable/"))
    assert desk.client(Role.CLINICIAN).get("/practice/").status_code == 200


def test_another_role_counts_at_the_next_click() -> None:
    desk = make_desk()
    viewer = desk.client(Role.VIEWER)
    assert viewer.get("/practice/members/").status_code == 403
    _owner(desk).post(_path(desk.members[Role.VIEWER], "change/"), {"name": "V", "role": "owner"})
    assert viewer.get("/practice/members/").status_code == 200


def test_the_last_owner_stays() -> None:
    desk = make_desk()
    owner = desk.members[Role.OWNER]
    client = _owner(desk)
    for what, given in (("change/", {"name": "O", "role": "viewer"}), ("disable/", {})):
        page = client.post(_path(owner, what), given, follow=True)
        assert b"last owner" in page.content, what
    stored = Member.objects.get(pk=owner.pk)
    assert (stored.role, stored.is_active) == (Role.OWNER, True)


def test_lost_factors_are_removed_and_every_session_ends() -> None:
    desk = make_desk()
    member = desk.members[Role.SPECIALIST]
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = desk.client()
    client.get("/practice/")
    _owner(desk).post(_path(member, "factors/remove/"))
    assert not Authenticator.objects.filter(user=member).exists()
    assert client.get("/practice/")["Location"].startswith("/account/login/")
    assert Event.objects.get(action=Action.FACTOR_REMOVED).fields["kinds"] == ["totp"]


def test_an_owner_starts_a_reset_but_never_learns_or_sets_a_password() -> None:
    desk = make_desk()
    page = _owner(desk).post(_path(desk.members[Role.VIEWER], "password-link/"))
    assert b"/account/link/" in page.content
    assert b'type="password"' not in page.content
    event = Event.objects.get(action=Action.PASSWORD_RESET_STARTED)
    assert event.object_id == str(desk.members[Role.VIEWER].pk)


def test_members_of_another_practice_are_not_there() -> None:
    mine, other = make_desk("One"), make_desk("Two")
    client = _owner(mine)
    stranger = other.members[Role.VIEWER]
    assert client.get(_path(stranger)).status_code == 404
    for what in ("change/", "disable/", "enable/", "factors/remove/", "sessions/end/", "password-link/"):
        assert client.post(_path(stranger, what), {"name": "X", "role": "owner"}).status_code == 404, what
    assert b"two.example" not in client.get("/practice/members/").content


def test_an_owner_looks_at_the_trail_of_the_own_practice_only() -> None:
    mine, other = make_desk("One"), make_desk("Two")
    other.client().get("/practice/")
    client = mine.client(Role.OWNER)
    client.get("/practice/")
    page = client.get("/practice/audit/?kind=case").content.decode()
    assert "case:listed" in page
    assert page.count("<tr><td>1<") <= 1
    assert "No event fits" in client.get("/practice/audit/?kind=letter").content.decode()
    assert client.get("/practice/audit/?before=x&since=never").status_code == 200
    assert mine.client(Role.SPECIALIST).get("/practice/audit/").status_code == 403
    assert Event.objects.filter(practice=mine.practice.pk, action=Action.REFUSED).exists()


def test_an_owner_who_leaves_sees_the_answer_and_nothing_after_it() -> None:
    desk = make_desk()
    other = Member.objects.create_user("o2@x.example", "x" * 12, practice=desk.practice, name="O", role=Role.OWNER)
    client = confirmed(other)
    client.get("/account/me/")
    assert client.post(_path(other, "sessions/end/")).status_code == 302
    assert b"page of your account" in client.post(_path(other, "factors/remove/"), follow=True).content
    assert client.post(_path(other, "disable/")).status_code == 302
    assert client.get("/practice/")["Location"].startswith("/account/login/")
