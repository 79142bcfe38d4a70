"""A chart that may be another patient's is pointed out where it is added and checked, and leaves only when compared."""

from __future__ import annotations

from datetime import date

import pytest

from praxigen.model.document import Document
from praxigen.web.accounts.roles import Role
from praxigen.web.cases.checking import newest_check
from praxigen.web.cases.models import Case, Check
from praxigen.web.cases.whose import doubts_about
from support.cases import make_case
from support.practices import Desk, make_desk
from support.ready import READY_NOTE, READY_REQUEST

pytestmark = pytest.mark.django_db
OTHER = f"Patient: Imogen Tallis   DOB: 11/02/1959\n\n{READY_NOTE}"


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def checked(desk: Desk, **values: str) -> Check:
    told = {**READY_REQUEST, "name": "Teodor Brandvold", "birth_date": "1968-03-14", "note": OTHER, **values}
    desk.client().post("/practice/cases/new/", told)
    return Check.of(desk.practice).latest("created_at")


@pytest.mark.parametrize(
    ("chart", "patient", "number"),
    [
        ("Patient: Imogen Tallis", {"name": "Tallis, Imogen R."}, 0),
        ("Patient: Imogen Tallis", {"name": "Teodor Brandvold"}, 1),
        ("Patient: Imogen Tallis\nDOB: 11/02/1959", {"name": "Teodor Brandvold", "birth_date": "1968-03-14"}, 2),
        ("DOB: 11/02/1959", {"name": "Teodor Brandvold", "birth_date": "1959-11-02"}, 0),
        ("Patient: Imogen Tallis\n\nPatient: Teodor Brandvold", {"name": "Imogen Tallis"}, 1),
        ("No name stands here.", {"name": "Imogen Tallis", "birth_date": "1959-11-02"}, 0),
        ("Patient: Imogen Tallis\nDOB: 11/02/1959", {}, 0),
        ("Patient: Imogen Tallis\nDOB: 11/02/1959", {"name": "Imogen Tallis", "birth_date": "soon"}, 0),
    ],
)
def test_what_differs_is_told_without_a_name(desk: Desk, chart: str, patient: dict[str, str], number: int) -> None:
    doubts = doubts_about(make_case(desk, patient=patient), Document("x.txt", chart))
    assert len(doubts) == number
    assert not [word for word in ("Imogen", "Tallis", "Teodor", "1959") if word in " ".join(doubts)]


def test_the_check_of_another_patients_chart_says_so_first(desk: Desk) -> None:
    check = checked(desk)
    assert check.doubts == [
        "the patient's name in the case is not the one in the chart",
        "the birth date in the case is not the one in the chart",
    ]
    page = desk.client().get(f"/practice/cases/{check.case_id}/checks/{check.pk}/").content.decode()
    assert "may be another patient" in page
    assert f"/practice/cases/{check.case_id}/#chart" in page
    seen = desk.client(Role.VIEWER).get(f"/practice/cases/{check.case_id}/checks/{check.pk}/").content.decode()
    assert "may be another patient" in seen
    assert "/#chart" not in seen
    case = desk.client().get(f"/practice/cases/{check.case_id}/").content.decode()
    assert "<strong>Next:</strong> The chart may be another patient" in case


def test_the_right_name_ends_the_doubt(desk: Desk) -> None:
    check = checked(desk)
    case = Case.of(desk.practice).get()
    told = {**READY_REQUEST, "name": "Imogen Tallis", "birth_date": "1959-11-02", "version": str(case.version)}
    desk.client().post(f"/practice/cases/{case.pk}/request/", told)
    newest = newest_check(case)
    assert newest is not None
    assert newest.pk != check.pk
    assert newest.doubts == []


def test_nothing_of_it_leaves_before_a_person_compared(desk: Desk) -> None:
    check = checked(desk)
    address = f"/practice/cases/{check.case_id}/checks/{check.pk}/export/"
    refused = desk.client().post(address, {"form": "docx"})
    assert refused.status_code == 400
    assert "about two patients" in refused.content.decode()
    assert "tick that you compared them" in refused.content.decode()
    taken = desk.client().post(address, {"form": "docx", "compared": "yes"})
    assert taken.headers["Content-Disposition"].startswith("attachment")
    new = f"/practice/cases/{check.case_id}/letters/new/"
    assert "about two patients" in desk.client().post(new, {"kind": "request"}).content.decode()
    assert desk.client().post(new, {"kind": "request", "same_patient": "on"}).status_code == 302


def test_a_wrong_file_is_pointed_out_when_it_is_added(desk: Desk) -> None:
    case = make_case(desk, patient={"name": "Teodor Brandvold", "birth_date": date(1968, 3, 14).isoformat()})
    answer = desk.client().post(f"/practice/cases/{case.pk}/files/", {"note": OTHER}, follow=True)
    assert "What you added may be another patient" in answer.content.decode()
    right = OTHER.replace("Imogen Tallis", "Teodor Brandvold").replace("11/02/1959", "03/14/1968")
    answer = desk.client().post(f"/practice/cases/{case.pk}/files/", {"note": right}, follow=True)
    assert "What you added may be another patient" not in answer.content.decode()
