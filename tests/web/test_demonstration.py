"""The demonstration is a practice like any other, and its link opens nothing elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from praxigen.documents import load_document
from praxigen.errors import UsageError
from praxigen.web.accounts.models import Member, Practice
from praxigen.web.cases.models import Case, Check, Disposition
from praxigen.web.demonstration.cases import make_demonstration
from praxigen.web.serving.prepare import refuse_mixing
from support.practices import make_desk

pytestmark = pytest.mark.django_db
TOKEN = "t" * 43
CASES = json.loads((Path(__file__).parents[2] / "examples" / "demonstration" / "cases.json").read_text())["cases"]


@pytest.fixture
def demonstration(settings: Any) -> Practice:
    settings.DEMONSTRATION, settings.DEMONSTRATION_TOKEN = True, TOKEN
    return make_demonstration(lambda _line: None)


def test_every_case_is_there_with_a_check_and_no_decision_that_nobody_made(demonstration: Practice) -> None:
    assert Case.of(demonstration).count() == len(CASES)
    assert Check.of(demonstration).count() == len(CASES)
    specialist = Member.objects.get(practice=demonstration, role="specialist")
    assert {row.created_by_id for row in Disposition.of(demonstration)} == {specialist.pk}


def test_every_chart_is_its_patients(demonstration: Practice) -> None:
    assert [check.doubts for check in Check.of(demonstration)] == [[]] * len(CASES)
    charts = {check.case.patient["name"]: load_document(check.document).text for check in Check.of(demonstration)}
    assert len(charts) == len(CASES)
    assert all(name in text for name, text in charts.items())


def test_it_is_made_once(demonstration: Practice) -> None:
    assert make_demonstration(lambda _line: None) == demonstration
    assert Practice.objects.count() == 1


def test_its_members_have_no_password(demonstration: Practice) -> None:
    assert not any(member.has_usable_password() for member in demonstration.members.all())


@pytest.mark.usefixtures("demonstration")
def test_who_has_no_password_is_offered_no_other() -> None:
    client = Client()
    client.get(f"/demonstration/{TOKEN}/")
    assert "Change the password" not in client.get("/account/me/").content.decode()
    assert client.get("/account/password/change/").status_code == 404


@pytest.mark.parametrize("role", ["", "specialist/", "clinician/", "viewer/"])
@pytest.mark.usefixtures("demonstration")
def test_the_link_signs_in(role: str) -> None:
    client = Client()
    assert client.get(f"/demonstration/{TOKEN}/{role}").status_code == 302
    assert client.get("/practice/").status_code == 200


@pytest.mark.parametrize("token", ["x", "t" * 42, "t" * 44, "é"])
@pytest.mark.usefixtures("demonstration")
def test_another_token_opens_nothing(token: str) -> None:
    client = Client()
    assert client.get(f"/demonstration/{token}/").status_code == 404
    assert client.get("/practice/").status_code == 302


@pytest.mark.usefixtures("demonstration")
def test_the_link_opens_nothing_on_a_server_of_a_practice(settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert Client().get(f"/demonstration/{TOKEN}/").status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_the_link_opens_no_member_of_a_practice() -> None:
    Practice.objects.update(demonstration=False)
    assert Client().get(f"/demonstration/{TOKEN}/").status_code == 404


def test_a_short_token_is_none(settings: Any, demonstration: Practice) -> None:
    settings.DEMONSTRATION_TOKEN = ""
    assert Client().get("/demonstration/x/").status_code == 404
    assert demonstration.demonstration


def test_a_practice_and_a_demonstration_are_never_mixed(settings: Any) -> None:
    make_desk()
    refuse_mixing()
    settings.DEMONSTRATION = True
    with pytest.raises(UsageError, match="a practice's own data"):
        refuse_mixing()


def test_it_is_served_in_the_background_found_again_and_stopped(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "praxigen", "serve", "--demo", "--data", str(tmp_path / "data")]
    command += ["--key-file", str(tmp_path / "keys" / "k"), "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PRAXIGEN", "DJANGO"))}

    def serve(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  our own command
            [*command, *more], capture_output=True, text=True, timeout=300, env=environment, check=False
        )

    try:
        started = serve("--background")
        assert started.returncode == 0, started.stderr
        assert "http://localhost:" in started.stdout
        second = serve("--background")
        assert second.returncode == 2
        assert "is being served already" in second.stderr
    finally:
        stopped = serve("--stop")
    assert stopped.stdout == "Stopped.\n"
    assert serve("--stop").stdout == "Nothing is being served.\n"
