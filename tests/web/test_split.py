"""The check beside its document: each criterion is decided by a person, one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.cases.checking import forget_reports, open_check
from praxigen.web.cases.deciding import for_letters, standing
from praxigen.web.cases.models import Check, Disposition
from support.files import pdf
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
NOTE = (Path(__file__).parents[2] / "examples" / "stimulator-trial.txt").read_text(encoding="utf-8")
REQUEST = {"payer": "QualCare", "codes": "63650", "date_of_service": "2026-08-03", "request_stage": "trial"}
WORDS = "Referral for a behavioral-health evaluation was placed today."


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def check(desk: Desk) -> Check:
    desk.client().post("/practice/cases/new/", {**REQUEST, "note": NOTE})
    return Check.of(desk.practice).get()


def address(check: Check, rest: str = "") -> str:
    return f"/practice/cases/{check.case_id}/checks/{check.pk}/{rest}"


def first(check: Check, answer: str = "met") -> str:
    return next(name for name, given in check.criteria.items() if given == answer)


def test_every_line_to_decide_has_its_controls_and_nothing_decides_all(desk: Desk, check: Check) -> None:
    page = desk.client().get(address(check)).content.decode()
    assert page.count('value="confirmed"') == page.count('value="rejected"') == len(check.criteria)
    assert f"<strong>{len(check.criteria)}</strong> of {len(check.criteria)} criteria to decide" in page
    assert "data-at=" in page
    assert "praxigen explain" not in page


def test_a_confirmation_is_counted_and_recorded(desk: Desk, check: Check) -> None:
    name = first(check)
    answer = desk.client(Role.CLINICIAN).post(address(check, "decide/"), {"criterion": name, "decided": "confirmed"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(address(check) + "#c")
    row = standing(check)[name]
    assert (row.answer, row.created_by) == ("met", desk.members[Role.CLINICIAN])
    check.case.refresh_from_db()
    assert check.case.undecided == len(check.criteria) - 1
    event = Event.objects.order_by("sequence").last()
    assert event.fields == {"criterion": name, "decided": "confirmed", "answer": "met"}


def test_an_answer_in_part_renews_the_line_and_the_count(desk: Desk, check: Check) -> None:
    sent = {"criterion": first(check), "decided": "confirmed"}
    answer = desk.client().post(address(check, "decide/"), sent, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert 'hx-swap-oob="true"' in page
    assert f"<strong>{len(check.criteria) - 1}</strong>" in page
    assert "<html" not in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"decided": "rejected"}, "reason is missing"),
        ({"decided": "rejected", "reason": " "}, "reason is missing"),
        ({"decided": "corrected", "answer": "met", "words": WORDS}, "reason is missing"),
        ({"decided": "corrected", "reason": "r", "words": WORDS}, "corrected answer is missing"),
        ({"decided": "corrected", "reason": "r", "answer": "waived", "words": WORDS}, "corrected answer is missing"),
        ({"decided": "corrected", "reason": "r", "answer": "met"}, "no words of the document"),
        ({"decided": "corrected", "reason": "r", "answer": "met", "words": "never written"}, "do not stand in"),
        ({"decided": "corrected", "reason": "r", "answer": "met", "words": "the"}, "more than once"),
        (
            {"decided": "corrected", "reason": "r", "answer": "met", "words": WORDS, "start": "3", "end": "9"},
            "at that place",
        ),
        (
            {"decided": "corrected", "reason": "r", "answer": "met", "words": WORDS, "start": "1", "end": "99999999"},
            "at that place",
        ),
        ({"decided": "perfect"}, "none of confirm"),
        ({"decided": "rejected", "reason": "x" * 2001}, "more than 2000"),
        ({"decided": "confirmed", "criterion": "no-such"}, "needs no decision"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(desk: Desk, check: Check, sent: dict[str, str], said: str) -> None:
    answer = desk.client().post(address(check, "decide/"), {"criterion": first(check), **sent})
    assert answer.status_code == 400
    assert said.lower() in answer.content.decode().lower()
    assert not Disposition.of(desk.practice).exists()


def test_picked_words_are_kept_at_their_place(desk: Desk, check: Check) -> None:
    name, at = first(check, "not_documented"), NOTE.index(WORDS)
    sent = {"criterion": name, "decided": "corrected", "answer": "met", "reason": "It was placed.", "words": WORDS}
    desk.client().post(address(check, "decide/"), {**sent, "start": at, "end": at + len(WORDS)})
    assert standing(check)[name].quote == {"start": at, "end": at + len(WORDS), "text": WORDS}
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_sealed, reason_sealed FROM cases_disposition")
        assert all(WORDS.encode() not in bytes(value) for value in cursor.fetchone())
    told = for_letters(check, open_check(check).report).of(name)
    assert told is not None
    assert told.shown_by is not None
    assert told.shown_by.text == WORDS


def test_words_without_a_place_are_found(desk: Desk, check: Check) -> None:
    name = first(check, "not_documented")
    sent = {
        "criterion": name,
        "decided": "corrected",
        "answer": "not_met",
        "reason": "Not yet.",
        "words": f" {WORDS}\r\n",
    }
    desk.client().post(address(check, "decide/"), sent)
    assert standing(check)[name].quote["start"] == NOTE.index(WORDS)


def test_two_who_decide_at_once_do_not_overwrite_each_other(desk: Desk, check: Check) -> None:
    name = first(check)
    one, two = desk.client(), desk.client(Role.CLINICIAN)
    one.post(address(check, "decide/"), {"criterion": name, "decided": "rejected", "reason": "Not hers.", "seen": ""})
    late = {"criterion": name, "decided": "corrected", "answer": "met", "reason": "typed with care", "words": WORDS}
    answer = two.post(address(check, "decide/"), late)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Specialist has decided about this criterion since" in page
    assert "typed with care" in page
    assert standing(check)[name].decided == "rejected"
    seen = str(standing(check)[name].pk)
    assert two.post(address(check, "decide/"), {**late, "seen": seen}).status_code == 302
    assert standing(check)[name].decided == "corrected"
    assert Disposition.of(desk.practice).filter(criterion=name).count() == 2  # the first stays as history


def test_viewers_decide_nothing_and_see_no_controls(desk: Desk, check: Check) -> None:
    viewer = desk.client(Role.VIEWER)
    assert 'value="confirmed"' not in viewer.get(address(check)).content.decode()
    assert (
        viewer.post(address(check, "decide/"), {"criterion": first(check), "decided": "confirmed"}).status_code == 403
    )


def test_decisions_are_carried_only_where_answer_and_words_are_the_same(desk: Desk, check: Check) -> None:
    browser = desk.client()
    met, opened = first(check), "behavioral" if "behavioral" in check.criteria else first(check, "not_documented")
    for name in (met, opened):
        browser.post(address(check, "decide/"), {"criterion": name, "decided": "confirmed"})
    note = "Date of visit: 07/24/2026\nPSYCHOLOGY: Dr. Lin, PhD, evaluated her on 07/23/2026 and cleared her to go on."
    browser.post(f"/practice/cases/{check.case_id}/files/", {"note": note})
    browser.post(f"/practice/cases/{check.case_id}/check/")
    again = Check.of(desk.practice).get(number=2)
    held = standing(again)
    assert held[met].carried_from == standing(check)[met]
    assert held[met].created_by == desk.members[Role.SPECIALIST]
    changed = {name for name in check.criteria if check.criteria[name] != again.criteria.get(name)}
    assert changed
    assert not changed & held.keys()
    page = browser.get(address(again)).content.decode()
    assert "carried from the check before" in page
    assert "Changed since check 1" in page
    old = browser.get(address(check)).content.decode()
    assert "A newer check of this case exists" in old
    assert 'value="confirmed"' not in old
    refused = browser.post(address(check, "decide/"), {"criterion": met, "decided": "confirmed"}, follow=True)
    assert "no longer the one to decide on" in refused.content.decode()


def test_pages_are_shown_as_pictures_with_boxes(desk: Desk) -> None:
    lines = NOTE.split("\n")
    data = pdf("\n".join(lines[:24]), "\n".join(lines[24:]))
    desk.client().post("/practice/cases/new/", {**REQUEST, "files": [SimpleUploadedFile("fax.pdf", data)]})
    check = Check.of(desk.practice).get()
    page = desk.client().get(address(check)).content.decode()
    assert f'<image href="{address(check, "pages/0.png")}"' in page
    assert 'class="box shows"' in page
    picture = desk.client(Role.VIEWER).get(address(check, "pages/0.png"))
    assert picture.content.startswith(b"\x89PNG")
    assert picture["Cache-Control"] == "no-store"
    assert desk.client().get(address(check, "pages/9.png")).status_code == 404


def test_a_check_that_would_come_out_otherwise_today_is_shown_as_stored(desk: Desk, check: Check) -> None:
    report = check.report
    report["criteria"][0]["text"] = "What the library said then"
    check.report = report
    check.save()
    forget_reports()
    page = desk.client().get(address(check)).content.decode()
    assert "What the library said then" in page
    assert "has changed since" in page
    sent = {"criterion": first(check), "decided": "confirmed"}
    desk.client().post(address(check, "decide/"), sent)
    assert not Disposition.of(desk.practice).exists()


def test_nothing_of_a_chart_reaches_the_page_unescaped(desk: Desk) -> None:
    note = NOTE + '\n<script>alert(1)</script> "><img src=x onerror=alert(1)> failed back surgery syndrome <b>bold</b>'
    desk.client().post("/practice/cases/new/", {**REQUEST, "note": note, "name": "<script>alert(2)</script>"})
    check = Check.of(desk.practice).get()
    for page in (address(check), f"/practice/cases/{check.case_id}/", f"/practice/cases/{check.case_id}/request/"):
        told = desk.client().get(page).content.decode()
        assert "<script>alert" not in told
        assert "<img src=x" not in told
