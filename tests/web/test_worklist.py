"""The work list filters, sorts and finds without opening what is sealed, but for a search by name."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from lxml import html

from praxigen.web.accounts.owned import lookup_digest
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.cases.models import Stage, Turn
from praxigen.web.cases.worklist import ON_A_PAGE
from support.cases import make_case
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
NAMES = re.compile(r'<td data-is="Patient"><a href="[^"]+">([^<]+)</a>')


@pytest.fixture
def desk() -> Desk:
    """Four cases of different make."""
    desk = make_desk()
    today = timezone.localdate()
    number = lookup_digest(desk.practice.pk, "MRN 44-7")
    make_case(desk, patient={"name": "Ada One"}, next_deadline=today + timedelta(3), record_digest=number,
              verdict="not_met", open_criteria=2)  # fmt: skip
    make_case(desk, patient={"name": "Ben Two", "member_id": "W77"}, payer="aetna", codes=["22612", "22614"],
              turn=Turn.CLINICIAN, next_deadline=today - timedelta(1), date_of_service=date(2026, 7, 1))  # fmt: skip
    make_case(desk, patient={"name": "Cy Three"}, stage=Stage.CLOSED)
    make_case(desk, patient={"name": "Dee Four"}, payer="", codes=[], verdict="", date_of_service=None)
    return desk


def listed(desk: Desk, query: str = "") -> list[str]:
    return NAMES.findall(desk.client(Role.VIEWER).get(f"/practice/{query}").content.decode())


def found(desk: Desk, typed: str) -> list[str]:
    return sorted(NAMES.findall(desk.client(Role.VIEWER).post("/practice/search/", {"q": typed}).content.decode()))


def test_open_cases_stand_by_their_next_deadline(desk: Desk) -> None:
    assert listed(desk) == ["Ben Two", "Ada One", "Dee Four"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?payer=aetna", ["Ben Two"]),
        ("?stage=closed", ["Cy Three"]),
        ("?turn=clinician", ["Ben Two"]),
        ("?missing=open", ["Ada One"]),
        ("?missing=request", ["Dee Four"]),
        ("?missing=check", ["Ben Two"]),
        ("?due=overdue", ["Ben Two"]),
        ("?due=soon", ["Ada One"]),
        ("?sort=service", ["Ben Two", "Ada One", "Dee Four"]),
        ("?sort=payer", ["Dee Four", "Ben Two", "Ada One"]),
        ("?sort=changed", ["Dee Four", "Ben Two", "Ada One"]),
        ("?sort=patient_sealed&payer=nobody&page=-3&turn=%00", ["Ben Two", "Ada One", "Dee Four"]),
        ("?page=99", ["Ben Two", "Ada One", "Dee Four"]),
        ("?page=1e3", ["Ben Two", "Ada One", "Dee Four"]),
    ],
)
def test_filters_and_orders_are_those_of_closed_lists(desk: Desk, query: str, names: list[str]) -> None:
    assert listed(desk, query) == names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("mrn 447", []),
        ("MRN 44-7", ["Ada One"]),
        ("mrn44-7", ["Ada One"]),
        ("22614", ["Ben Two"]),
        ("63650 22614", []),
        ("aetn", ["Ben Two"]),
        ("one ada", ["Ada One"]),
        ("thr", ["Cy Three"]),
        ("w77", ["Ben Two"]),
        ("%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_a_case_is_found_by_what_people_know_of_it(desk: Desk, typed: str, names: list[str]) -> None:
    assert found(desk, typed) == names
    event = Event.objects.order_by("sequence").last()
    assert (event.action, event.fields) == (
        "case:searched",
        {"found": len(names), "names_opened": 4},
    )  # not what was typed


@pytest.mark.parametrize("typed", ["", "  ", "x" * 200])
def test_a_search_for_nothing_or_too_much_is_refused(desk: Desk, typed: str) -> None:
    assert desk.client().post("/practice/search/", {"q": typed}).status_code == 400


def test_a_search_is_never_an_address(desk: Desk) -> None:
    assert desk.client().get("/practice/search/?q=Ada").status_code == 405


@pytest.mark.usefixtures("desk")
def test_another_practice_finds_none_of_it() -> None:
    other = make_desk("Other")
    assert listed(other) == []
    for typed in ("MRN 44-7", "22614", "aetna", "Ada"):
        assert found(other, typed) == []


def test_long_lists_are_paged() -> None:
    desk = make_desk("Large")
    for number in range(ON_A_PAGE + 1):
        make_case(desk, patient={"name": f"P {number}"})
    assert len(listed(desk)) == ON_A_PAGE
    assert len(listed(desk, "?page=2")) == 1
    assert "page=2" in desk.client().get("/practice/").content.decode()


def test_what_a_search_finds_beyond_a_page_is_told_and_no_page_of_the_whole_list_follows_it() -> None:
    desk = make_desk("Large")
    for number in range(ON_A_PAGE + 2):
        make_case(desk, patient={"name": f"Pell {number}"})
    page = desk.client().post("/practice/search/", {"q": "Pell"}).content.decode()
    assert f"{ON_A_PAGE + 2} cases found, the {ON_A_PAGE} newest of them below" in page
    assert "page=2" not in page


def test_the_lists_of_every_day_are_one_press_away(desk: Desk) -> None:
    for query, says in (
        ("", "Open"), ("?turn=clinician", "Clinician's turn"), ("?due=soon", "Due within 7 days"),
        ("?due=overdue&sort=payer", "Overdue"), ("?stage=closed", "Closed"), ("?payer=qualcare", ""),
    ):  # fmt: skip
        page = html.fromstring(desk.client().get(f"/practice/{query}").content)
        assert page.xpath("//nav[@class='quick']/a[@aria-current]/text()") == ([says] if says else []), query
        assert bool(page.xpath("//details[@open]")) == (query == "?payer=qualcare")
        for link in page.xpath("//nav[@class='quick']/a/@href"):
            assert desk.client().get(link).status_code == 200
