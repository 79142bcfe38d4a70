"""A person never meets the limits of the workspace's pages; a script does, and loses nothing that was typed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from praxigen.errors import UsageError
from praxigen.web.accounts import pace
from praxigen.web.accounts.gate import Permission
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.conf import read_configuration
from support.addresses import addresses
from support.practices import confirmed, make_desk

pytestmark = pytest.mark.django_db
USUAL = (600, 30)  # pages, costly pages: of a member in a minute; docs/security/rules.md says them


@pytest.fixture(autouse=True)
def _usual(settings: object) -> None:
    settings.PAGES_A_MINUTE, settings.COSTLY_A_MINUTE = USUAL  # type: ignore[attr-defined]


def test_the_usual_figures_are_these() -> None:
    env = {name: text for name, text in os.environ.items() if "_A_MINUTE" not in name}
    usual = read_configuration(env)
    assert (usual.pages_a_minute, usual.costly_a_minute) == USUAL
    raised = read_configuration(env | {"PRAXIGEN_PAGES_A_MINUTE": "9000", "PRAXIGEN_COSTLY_A_MINUTE": "70"})
    assert (raised.pages_a_minute, raised.costly_a_minute) == (9000, 70)


@pytest.mark.parametrize("given", ["0", "-1", "many", "1.5", "1" * 12, "٣"])
def test_a_figure_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="PRAXIGEN_PAGES_A_MINUTE"):
        read_configuration(dict(os.environ) | {"PRAXIGEN_PAGES_A_MINUTE": given})


def test_a_share_comes_back_as_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(pace, "_now", lambda: now)
    assert [pace.take("somebody", 6) for _ in range(6)] == [0.0] * 6
    assert pace.take("somebody", 6) == pytest.approx(10)
    assert pace.take("somebody else", 6) == 0
    now += 9
    assert pace.take("somebody", 6) == pytest.approx(1)
    now += 1.01
    assert pace.take("somebody", 6) == 0
    assert pace.take("somebody", 6) > 9
    now += 120
    assert [pace.take("somebody", 6) for _ in range(6)] == [0.0] * 6


def test_a_clock_that_is_set_back_locks_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(pace, "_now", lambda: now)
    for _ in range(7):
        pace.take("early bird", 6)
    now -= 86_400
    assert pace.take("early bird", 6) == 0


def test_all_processes_of_a_machine_count_together() -> None:
    code = "import django; django.setup(); from praxigen.web.accounts import pace\n"
    code += "print(sum(not pace.take('shared', 40) for _ in range(30)))"
    env = dict(os.environ) | {"DJANGO_SETTINGS_MODULE": "praxigen.web.settings"}
    command = [sys.executable, "-c", code]
    running = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) for _ in range(2)]  # noqa: S603
    taken = [int(each.communicate(timeout=60)[0]) for each in running]
    assert 40 <= sum(taken) < 60  # what comes back while they run is a little; both shares apart were 60


def test_many_whose_entries_lie_in_one_place_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_PLACES", 1)
    names = [f"neighbour {number}" for number in range(8)]
    for name in names:
        assert [pace.take(name, 2) for _ in range(2)] == [0.0, 0.0]
    assert all(pace.take(name, 2) > 0 for name in names)
    assert pace.take("a ninth", 2) == 0  # takes the place of who waits least, and shuts nobody out


def test_a_disk_that_takes_nothing_stops_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pace.os, "pwrite", full)
    assert [pace.take("reader", 1) for _ in range(3)] == [0.0] * 3


def test_a_script_meets_a_wall_and_a_colleague_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(pace, "_now", lambda: now)
    desk = make_desk()
    client = desk.client(Role.SPECIALIST)
    member = desk.members[Role.SPECIALIST].actor()
    for _ in range(USUAL[0] - 2):
        pace.keep_pace(member)
    assert [client.get("/account/me/alive/").status_code for _ in range(2)] == [200, 200]
    refused = client.get("/practice/")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    text = refused.content.decode()
    assert "Nothing was done: this was asked too often. Wait 1 second." in text
    assert desk.client(Role.CLINICIAN).get("/practice/").status_code == 200


def test_a_second_session_of_the_member_has_no_share_of_its_own(settings: object) -> None:
    settings.PAGES_A_MINUTE = 3  # type: ignore[attr-defined]
    desk = make_desk()
    assert [desk.client().get("/practice/deadlines/").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_a_practice_has_a_share_too(settings: object) -> None:
    settings.PAGES_A_MINUTE = 2  # type: ignore[attr-defined]
    desk, other = make_desk("One"), make_desk("Two")
    for _ in range(2 * pace.PRACTICE_TIMES):
        assert pace.take(f"page/{desk.practice.pk}", 2 * pace.PRACTICE_TIMES) == 0
    assert desk.client(Role.VIEWER).get("/practice/").status_code == 429
    assert other.client(Role.VIEWER).get("/practice/").status_code == 200


def test_a_form_that_came_too_often_gets_its_words_back() -> None:
    desk = make_desk()
    client = desk.client()
    words = "Pain for six months.\n\nIt's <b>worse</b> at night."
    sent = {"note": words, "payer": "qualcare", "codes": ["63650", "63655"]}
    for _ in range(USUAL[1]):
        pace.take(f"costly/{desk.members[Role.SPECIALIST].pk}", USUAL[1])
    answer = client.post("/practice/cases/new/", sent)
    assert answer.status_code == 429
    from lxml import html

    (form,) = [each for each in html.fromstring(answer.content).forms if each.action == "/practice/cases/new/"]
    held = [(each.name, each.value) for each in form.xpath(".//textarea")]
    assert ("note", words) in [(name, value.removeprefix("\n")) for name, value in held]
    assert [value.strip() for name, value in held if name == "codes"] == ["63650", "63655"]
    assert "csrfmiddlewaretoken" in {each.name for each in form.xpath(".//input")}
    assert client.get("/practice/cases/new/").status_code == 200  # the page itself costs little
    assert client.get("/practice/").status_code == 200


def test_a_password_is_never_handed_back(settings: object) -> None:
    settings.PAGES_A_MINUTE = 1  # type: ignore[attr-defined]
    client = confirmed(make_desk().members[Role.OWNER])
    client.get("/practice/")
    answer = client.post("/account/reauthenticate/", {"password": "correct horse battery staple"})
    assert answer.status_code == 429
    assert b"correct horse" not in answer.content


def test_a_part_of_a_page_gets_a_line(settings: object) -> None:
    settings.PAGES_A_MINUTE = 1  # type: ignore[attr-defined]
    client = make_desk().client()
    client.get("/practice/")
    answer = client.post("/practice/codes/", {"codes": "63650"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "text/plain; charset=utf-8")
    assert int(answer.headers["Retry-After"]) >= 1


def test_the_trail_and_the_log_are_told_once(settings: object, caplog: pytest.LogCaptureFixture) -> None:
    settings.PAGES_A_MINUTE = 1  # type: ignore[attr-defined]
    import logging

    desk = make_desk()
    client = desk.client()
    logger = logging.getLogger("praxigen")
    logger.addHandler(caplog.handler)
    try:
        for _ in range(5):
            client.get("/practice/")
    finally:
        logger.removeHandler(caplog.handler)
    told = Event.objects.filter(practice=desk.practice.pk, action="access:refused")
    assert [each.fields for each in told] == [{"too_often": "page", "share": "member"}]
    assert [each.getMessage() for each in caplog.records if each.name == "praxigen.web"] == [
        "refused: a member asks too often for page"
    ]


def test_counting_asks_the_database_nothing(settings: object) -> None:
    settings.PAGES_A_MINUTE = 1_000_000  # type: ignore[attr-defined]
    member = make_desk().members[Role.SPECIALIST]
    with CaptureQueriesContext(connection) as asked:
        for _ in range(100):
            pace.keep_pace(member.actor())
    assert len(asked) == 0


COSTLY = {
    "/practice/cases/new/", "/practice/cases/<uuid:case_id>/request/", "/practice/cases/<uuid:case_id>/files/",
    "/practice/cases/<uuid:case_id>/check/", "/practice/cases/<uuid:case_id>/checks/<uuid:check_id>/export/",
    "/practice/cases/<uuid:case_id>/checks/<uuid:check_id>/check.<slug:form>",
    "/practice/cases/<uuid:case_id>/payer/answer/", "/practice/cases/<uuid:case_id>/letters/new/",
    "/practice/letters/<uuid:letter_id>/letter.<str:form>", "/practice/letters/<uuid:letter_id>/preview/",
    "/practice/cases/<uuid:case_id>/payer/call.pdf", "/practice/overview/overview.csv",
    "/practice/letterhead/templates/",
}  # fmt: skip


def test_what_reads_files_or_makes_documents_is_counted_as_costly() -> None:
    found = {each.route for each in addresses() if getattr(each.view, "costly", None)}
    assert found == COSTLY
    takes_files = [
        path for path in (Path(settings.HERE) / "cases" / "views").glob("*.py")
        if "request.FILES" in path.read_text(encoding="utf-8") and "@costly" not in path.read_text(encoding="utf-8")
    ]  # fmt: skip
    assert takes_files == []
    assert all(isinstance(each.view.gate, Permission) for each in addresses() if each.route in COSTLY)
