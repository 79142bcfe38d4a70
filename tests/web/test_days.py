"""Days and times are those of the practice: an evening in its zone is not the next day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from praxigen.errors import UsageError
from praxigen.web.accounts.roles import Role
from praxigen.web.cases.clocks import today
from praxigen.web.cases.models import Case, ChartFile, Check, Deadline, Question
from praxigen.web.conf import read_configuration
from praxigen.web.crypto.keyring import make_key_file
from support.cases import make_case
from support.practices import make_desk
from support.ready import READY_NOTE, READY_REQUEST

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # half past ten in New York, half past seven in Los Angeles
DAY = date(2026, 11, 22)


@pytest.fixture
def _evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("praxigen.web.cases.clocks.timezone.now", lambda: EVENING)


def configured(tmp_path: Path, **values: str) -> dict[str, str]:
    key = tmp_path / "keys" / "k"
    make_key_file(key)
    return {"PRAXIGEN_DATA": str(tmp_path / "data"), "PRAXIGEN_KEY_FILE": str(key), **values}


@pytest.mark.usefixtures("_evening")
def test_the_day_ends_where_the_practice_is(settings: Any) -> None:
    assert today() == DAY
    settings.TIME_ZONE = "Asia/Tokyo"
    assert today() == date(2026, 11, 23)


@pytest.mark.usefixtures("_evening")
def test_what_is_due_today_is_not_overdue_in_the_evening() -> None:
    desk = make_desk()
    case = make_case(desk, next_deadline=DAY)
    Deadline(practice=desk.practice, case=case, what="Send the films", due=DAY).save()
    browser = desk.client()
    assert "overdue</span>" not in browser.get("/practice/").content.decode()
    page = browser.get("/practice/deadlines/").content.decode()
    assert "Sun 2026-11-22" in page
    assert "Overdue" not in page


@pytest.mark.usefixtures("_evening")
def test_answers_that_are_signed_in_the_evening_are_of_that_day() -> None:
    desk = make_desk()
    desk.client().post("/practice/cases/new/", {**READY_REQUEST, "note": READY_NOTE})
    case = Case.of(desk.practice).get()
    row = Question(practice=desk.practice, case=case, criterion="x", ask="Since when?")
    row.save()
    told = {f"q-{row.pk}": "Since May.", "by": "Elena Moreno, MD", "signed": "yes"}
    desk.client(Role.CLINICIAN).post(f"/practice/cases/{case.pk}/questions/", told)
    text = ChartFile.of(desk.practice).get(role="addendum").content.decode()
    assert "11/22/2026" in text
    assert "11/23/2026" not in text


def test_times_are_shown_in_the_zone_of_the_practice_and_name_it() -> None:
    desk = make_desk()
    desk.client().post("/practice/cases/new/", {**READY_REQUEST, "note": READY_NOTE})
    Check.of(desk.practice).update(created_at=EVENING - timedelta(hours=8))
    page = desk.client().get(f"/practice/cases/{Case.of(desk.practice).get().pk}/").content.decode()
    assert "2026-11-22 14:30 EST" in page
    assert "UTC" not in page


def test_the_zone_is_read_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    env = configured(tmp_path)
    assert read_configuration(env).time_zone == "America/New_York"
    assert read_configuration(env | {"PRAXIGEN_TIME_ZONE": "America/Chicago"}).time_zone == "America/Chicago"
    with pytest.raises(UsageError) as raised:
        read_configuration(env | {"PRAXIGEN_TIME_ZONE": "America/Los_Angles"})
    assert "PRAXIGEN_TIME_ZONE names no time zone" in raised.value.message
    assert "America/Los_Angeles" in raised.value.hint
