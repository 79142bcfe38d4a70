"""What is scheduled is held against what was authorized, and each way to miss is told on case and list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.cases.authorized import Trouble, mismatches
from praxigen.web.cases.models import Authorization, Case, Stage
from support.cases import make_case
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 3)
TODAY = date(2026, 7, 1)
FITS: dict[str, Any] = {
    "codes": ["63650"], "units": 2, "side": "left", "site": "Harbor ASC",
    "valid_from": date(2026, 7, 1), "valid_to": date(2026, 9, 30),
}  # fmt: skip
PLAN = {"codes": ["63650"], "units": 2, "side": "left", "date": DAY.isoformat(), "site": "Harbor  asc."}


def troubles(
    desk: Desk, plan: dict[str, Any] | None = None, today: date = TODAY, *held: dict[str, Any]
) -> set[Trouble]:
    case = make_case(desk, scheduled={**PLAN, **(plan or {})})
    rows = [Authorization(practice=desk.practice, case=case, **each) for each in held]
    return {each.trouble for each in mismatches(case, rows, today)}


@pytest.mark.parametrize(
    ("plan", "held", "today", "expected"),
    [
        ({}, {}, TODAY, set()),
        ({"codes": ["63655"]}, {}, TODAY, {Trouble.CODE}),
        ({"units": 3}, {}, TODAY, {Trouble.UNITS}),
        ({"side": "right"}, {}, TODAY, {Trouble.SIDE}),
        ({"side": "bilateral"}, {}, TODAY, {Trouble.SIDE}),
        ({}, {"side": "bilateral"}, TODAY, set()),
        ({"date": "2026-10-01"}, {}, TODAY, {Trouble.DATE}),
        ({"date": "2026-06-30"}, {}, date(2026, 6, 1), {Trouble.DATE}),
        ({"site": "Mercy Hospital"}, {}, TODAY, {Trouble.SITE}),
        ({"site": ""}, {"site": "anywhere"}, TODAY, set()),
        ({}, {}, date(2026, 7, 30), set()),
        ({"date": "2026-09-25"}, {}, date(2026, 9, 16), {Trouble.EXPIRES}),
        ({"date": "2026-10-05"}, {}, date(2026, 10, 1), {Trouble.DATE, Trouble.EXPIRED}),
        ({}, {}, date(2026, 10, 1), set()),  # the service was done in time
        ({}, {"valid_to": None, "valid_from": None}, TODAY, set()),
    ],
)
def test_each_way_to_miss(plan: dict[str, Any], held: dict[str, Any], today: date, expected: set[Trouble]) -> None:
    assert troubles(make_desk(), plan, today, {**FITS, **held}) == expected


def test_none_obtained_is_told_when_the_day_is_near() -> None:
    desk = make_desk()
    assert troubles(desk, {}, TODAY) == set()
    assert troubles(desk, {}, DAY - timedelta(14)) == {Trouble.NONE}
    assert troubles(desk, {}, DAY + timedelta(1)) == {Trouble.NONE}


def test_of_two_authorizations_the_one_that_fits_counts() -> None:
    other = {**FITS, "side": "right", "valid_to": date(2026, 7, 2)}
    assert troubles(make_desk(), {}, TODAY, other, FITS) == set()


def test_a_closed_case_is_quiet() -> None:
    case = make_case(make_desk(), stage=Stage.CLOSED, scheduled=PLAN)
    assert mismatches(case, (), DAY) == ()


def test_it_is_noted_by_form_and_told_on_case_and_list() -> None:
    desk = make_desk()
    browser = desk.client()
    day = timezone.localdate() + timedelta(5)
    case = make_case(desk)
    address = f"/practice/cases/{case.pk}/"
    sent = {"version": case.version, "date": day.isoformat(), "units": "1", "side": "left", "codes": ""}
    assert browser.post(f"{address}schedule/", sent).status_code == 302
    assert "no authorization" in browser.get("/practice/").content.decode()
    case.refresh_from_db()
    noted = {"version": case.version, "codes": "63655", "valid_to": (day + timedelta(90)).isoformat(), "number": "A-1"}
    assert browser.post(f"{address}authorizations/", noted).status_code == 302
    row = Authorization.of(desk.practice).get()
    assert (row.number, row.codes) == ("A-1", ["63655"])
    for page in ("/practice/", address):
        assert "wrong code" in browser.get(page).content.decode()
    assert "63650 is scheduled; authorized is 63655." in browser.get(address).content.decode()
    case.refresh_from_db()
    assert case.stage == Stage.AUTHORIZED
    assert browser.post(f"{address}authorizations/{row.pk}/remove/").status_code == 302
    assert not Authorization.of(desk.practice).exists()
    outcomes = Event.objects.filter(action="authorization:noted").values_list("outcome", flat=True)
    assert list(outcomes) == ["done", "removed"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"codes": "6365"}, "Not a procedure code"),
        ({"codes": ""}, "required"),
        ({"units": "0"}, "greater than or equal to 1"),
        ({"side": "up"}, "valid choice"),
        ({"valid_from": "2026-08-01", "valid_to": "2026-07-01"}, "ends before it begins"),
        ({"valid_to": "never"}, "valid date"),
        ({"number": "x" * 61}, "at most 60"),
        ({"version": "0"}, "was changed while this page was open"),
    ],
)
def test_what_is_wrong_is_told(wrong: dict[str, str], said: str) -> None:
    desk = make_desk()
    case = make_case(desk)
    sent = {"version": str(case.version), "codes": "63650", "site": "as typed", **wrong}
    answer = desk.client().post(f"/practice/cases/{case.pk}/authorizations/", sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert "as typed" in page
    assert not Authorization.of(desk.practice).exists()


def test_only_the_practices_own_workers_note_it() -> None:
    desk = make_desk()
    case = make_case(desk)
    row = Authorization.every.create(practice=desk.practice, case=case, codes=["63650"])
    for role in (Role.CLINICIAN, Role.VIEWER):
        assert desk.client(role).get(f"/practice/cases/{case.pk}/authorizations/").status_code == 403
    stranger = make_desk("Other").client(Role.OWNER)
    assert stranger.get(f"/practice/cases/{case.pk}/schedule/").status_code == 404
    assert stranger.post(f"/practice/cases/{case.pk}/authorizations/{row.pk}/remove/").status_code == 404
    other = make_case(desk)
    assert desk.client().post(f"/practice/cases/{other.pk}/authorizations/{row.pk}/remove/").status_code == 404
    assert Case.of(desk.practice).count() == 2
