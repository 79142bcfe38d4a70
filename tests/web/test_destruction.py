"""Two owners agree before a practice that has two is destroyed; one alone types its name and waits a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from praxigen.cli.main import run
from praxigen.errors import UsageError
from praxigen.web.accounts import destruction, people
from praxigen.web.accounts.models import Member, Practice
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from support.practices import PASSWORD, Desk, confirmed, make_desk

pytestmark = pytest.mark.django_db
PAGE = "/practice/destruction/"


def _second(desk: Desk, name: str = "Second") -> Member:
    address = f"{name.lower()}@{desk.practice.pk.hex}.example"
    return Member.objects.create_user(address, PASSWORD, practice=desk.practice, name=name, role=Role.OWNER)


@pytest.fixture
def desk() -> Desk:
    return make_desk("Hill Spine")


def _later(monkeypatch: pytest.MonkeyPatch, **spent: int) -> None:
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(**spent))


def test_two_owners_agree_before_a_practice_of_two_is_destroyed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = confirmed(desk.members[Role.OWNER]), confirmed(_second(desk))
    assert first.post(f"{PAGE}ask/", {"name": "Hill Spine"}).status_code == 302
    assert "1 more owner must agree" in second.get(PAGE).content.decode()
    assert "was asked for on" in second.get("/practice/members/").content.decode()
    first.post(f"{PAGE}agree/")  # the same owner twice is not two
    asked = destruction.asked(desk.practice)
    assert asked is not None
    assert asked.missing == 1
    with monkeypatch.context() as later:
        _later(later, days=1, minutes=1)
        with pytest.raises(UsageError, match="1 more of the owners"):
            destruction.destroy(desk.practice)
    assert second.post(f"{PAGE}agree/").status_code == 302
    with pytest.raises(UsageError, match="a day ago"):
        destruction.destroy(desk.practice)
    _later(monkeypatch, days=1, minutes=1)
    destruction.destroy(desk.practice)
    assert not Practice.objects.filter(pk=desk.practice.pk).exists()
    told = Event.objects.filter(practice=desk.practice.pk, action__startswith="practice:").order_by("sequence")
    assert [event.action for event in told] == [
        "practice:destruction_asked", "practice:destruction_agreed", "practice:destroyed"
    ]  # fmt: skip
    assert len({event.actor for event in told[:2]}) == 2


def test_a_single_owner_types_the_name_and_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = confirmed(desk.members[Role.OWNER])
    wrong = client.post(f"{PAGE}ask/", {"name": "hill spine"})
    assert wrong.status_code == 400
    assert b"This is not the name of the practice." in wrong.content
    assert destruction.asked(desk.practice) is None
    client.post(f"{PAGE}ask/", {"name": " Hill Spine "})
    asked = destruction.asked(desk.practice)
    assert asked is not None
    assert asked.missing == 0
    _later(monkeypatch, days=1, minutes=1)
    destruction.destroy(desk.practice)
    assert not Practice.objects.exists()


def test_who_agreed_is_counted_once(desk: Desk) -> None:
    members = (desk.members[Role.OWNER], _second(desk))
    asked = destruction.ask(desk.practice)  # by who works on the machine: no owner yet
    assert asked.missing == 2
    for member, left in zip(members, (1, 0), strict=True):
        destruction.agree(desk.practice, member.actor())
        standing = destruction.asked(desk.practice)
        assert standing is not None
        assert standing.missing == left
    with pytest.raises(UsageError, match="you agreed already"):
        destruction.agree(desk.practice, members[0].actor())
    with pytest.raises(UsageError, match="asked for already"):
        destruction.ask(desk.practice)
    destruction.cancel(desk.practice)
    with pytest.raises(UsageError, match="not asked for"):
        destruction.agree(desk.practice, members[0].actor())


def test_an_owner_who_disables_the_other_has_not_two_voices(desk: Desk) -> None:
    first, second = desk.members[Role.OWNER], _second(desk)
    destruction.ask(desk.practice, first.actor())
    destruction.agree(desk.practice, second.actor())
    people.disable(first.actor(), second)
    asked = destruction.asked(desk.practice)
    assert asked is not None
    assert asked.missing == 1  # whose agreement counted is no owner any more


def test_it_lapses_after_a_week_and_any_owner_takes_it_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, second = desk.members[Role.OWNER], _second(desk)
    destruction.ask(desk.practice, owner.actor())
    assert confirmed(second).post(f"{PAGE}cancel/").status_code == 302
    assert destruction.asked(desk.practice) is None
    destruction.ask(desk.practice, owner.actor())
    _later(monkeypatch, days=7, minutes=1)
    assert destruction.asked(desk.practice) is None
    with pytest.raises(UsageError):
        destruction.destroy(desk.practice)


def test_asking_and_agreeing_need_the_password_again(desk: Desk) -> None:
    client = desk.client(Role.OWNER)
    for what in ("ask", "agree"):
        answer = client.post(f"{PAGE}{what}/", {"name": "Hill Spine"})
        assert answer.headers["Location"].startswith("/account/reauthenticate/")
    assert destruction.asked(desk.practice) is None
    assert desk.client(Role.SPECIALIST).get(PAGE).status_code == 403


def test_the_command_line_asks_for_agreement(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import os

    for name in ("PRAXIGEN_DATA", "PRAXIGEN_KEY_FILE", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, os.environ[name])
    _second(desk)
    assert run(["practice", "destroy", "Hill Spine"]) == 0
    assert "2 of the owners must agree in the workspace" in capsys.readouterr().out
    assert run(["practice", "destroy", "Hill Spine"]) == 1
    assert "2 more of the owners must agree" in capsys.readouterr().out
    _later(monkeypatch, days=1, minutes=1)
    assert run(["practice", "destroy", "Hill Spine"]) == 2
    assert "2 more of the owners" in capsys.readouterr().err
