"""What was sent is noted, the payer's clock runs, and what nobody knows is asked instead of guessed."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.cases import clocks
from praxigen.web.cases.models import Call, Case, Deadline, Decision, Submission
from support.cases import CANARY, make_case
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of these tests, wherever it is asked for."""
    for place in ("clocks", "views.payers_side", "views.deadlines", "forms.payers_side"):
        monkeypatch.setattr(f"praxigen.web.cases.{place}.today", lambda: DAY)


def sent(case: Case, **values: str | int) -> dict[str, str | int]:
    """A filled-in form."""
    return {
        "version": case.version, "kind": "request", "sent_on": "2026-09-01", "way": "portal", "urgency": "standard",
        "received_on": "", "reference": "PA-77", "note": f"{CANARY} on the telephone", **values,
    }  # fmt: skip


def post(desk: Desk, case: Case, role: Role = Role.SPECIALIST, **values: str | int) -> object:
    """Send the form."""
    return desk.client(role).post(reverse("cases:add_submission", args=[case.pk]), sent(case, **values))


def test_a_request_that_was_sent_hands_the_turn_to_the_payer_and_starts_its_clock() -> None:
    desk = make_desk()
    case = make_case(desk, funding="insured", state="NJ")
    answer = post(desk, case)
    assert answer.status_code == 302  # type: ignore[attr-defined]
    case.refresh_from_db()
    assert (case.stage, case.turn, case.version) == ("submitted", "payer", 2)
    row = Deadline.of(desk.practice).get()
    # N.J.S.A. 17B:30-55.11: nine calendar days for a standard request through a portal.
    assert (row.whose, row.due, row.rule != "") == ("payer", date(2026, 9, 10), True)
    assert "authorized" in row.details["if_missed"]
    assert case.next_deadline == date(2026, 9, 10)
    stored = Submission.of(desk.practice).get()
    assert (stored.reference, stored.received_on) == ("PA-77", date(2026, 9, 1))
    event = Event.objects.filter(action="submission:noted").get()
    assert CANARY not in str(event.fields)


def test_without_the_funding_there_is_no_day_but_the_question_and_a_form_to_answer_it() -> None:
    desk = make_desk()
    case = make_case(desk)
    post(desk, case)
    assert not Deadline.of(desk.practice).exists()
    client = desk.client()
    page = client.get(reverse("cases:payers_side", args=[case.pk])).content.decode()
    assert "To settle first" in page
    assert reverse("cases:plan_of", args=[case.pk]) in page
    case.refresh_from_db()
    told = {"version": case.version, "plan": "commercial", "funding": "self_funded", "state": ""}
    assert client.post(reverse("cases:plan_of", args=[case.pk]), told).status_code == 302
    assert Deadline.of(desk.practice).get().due == date(2026, 9, 16)  # 29 CFR 2560.503-1: fifteen days


def test_mail_starts_no_clock_of_receipt_until_somebody_knows_the_day() -> None:
    desk = make_desk()
    case = make_case(desk, funding="self_funded")
    post(desk, case, way="mail")
    assert not Deadline.of(desk.practice).exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("sent_on", "2026-13-01", "no date of the calendar"),
        ("sent_on", "2026-12-01", "has not come yet"),
        ("sent_on", "1026-12-01", "far from today"),
        ("sent_on", "", "required"),
        ("received_on", "2026-08-01", "before the day of sending"),
        ("way", "pigeon", "not one of the available choices"),
        ("reference", "9" * 81, "at most 80"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_stores_nothing(field: str, value: str, says: str) -> None:
    desk = make_desk()
    case = make_case(desk)
    answer = post(desk, case, **{field: value})
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert says in answer.content.decode()  # type: ignore[attr-defined]
    assert not Submission.of(desk.practice).exists()


def test_a_form_filled_in_on_an_older_case_is_refused_with_the_text_kept() -> None:
    desk = make_desk()
    case = make_case(desk)
    post(desk, case)
    answer = post(desk, case, note="typed meanwhile")
    text = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "it is now submitted" in text
    assert "typed meanwhile" in text
    assert 'name="version" value="2"' in text
    assert Submission.of(desk.practice).count() == 1


def test_another_practice_finds_neither_case_nor_deadline_and_a_viewer_changes_nothing() -> None:
    desk, other = make_desk("One"), make_desk("Two")
    case = make_case(desk, funding="insured", state="NJ")
    post(desk, case)
    row = Deadline.of(desk.practice).get()
    stranger = other.client()
    for name in ("payers_side", "add_submission", "plan_of", "add_deadline", "case_calendar"):
        assert stranger.get(reverse(f"cases:{name}", args=[case.pk])).status_code == 404
    assert stranger.post(reverse("cases:end_deadline", args=[row.pk])).status_code == 404
    assert CANARY not in stranger.get(reverse("cases:deadlines")).content.decode()
    assert post(desk, case, Role.VIEWER).status_code == 403  # type: ignore[attr-defined]
    assert desk.client(Role.VIEWER).post(reverse("cases:end_deadline", args=[row.pk])).status_code == 403
    row.refresh_from_db()
    assert row.done_on is None


def test_the_list_tells_what_the_payer_missed_and_its_consequence_before_what_is_still_to_come() -> None:
    desk = make_desk()
    case = make_case(desk, funding="insured", state="NJ")
    post(desk, case)
    case.refresh_from_db()
    client = desk.client()
    own = {"version": case.version, "what": "Call the portal", "due": "2026-09-25"}
    assert client.post(reverse("cases:add_deadline", args=[case.pk]), own).status_code == 302
    page = client.get(reverse("cases:deadlines")).content.decode()
    assert page.index("The payer missed it") < page.index("Call the portal")
    assert "10 days ago" in page
    row = Deadline.of(desk.practice).exclude(rule="").get()
    client.post(reverse("cases:end_deadline", args=[row.pk]), {"back": "list"})
    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.done_on, case.next_deadline) == (DAY, date(2026, 9, 25))
    clocks.refresh(case, DAY)
    row.refresh_from_db()
    assert row.done_on == DAY  # what a person marked stays when the law is counted anew


def test_the_calendar_holds_no_word_about_the_patient() -> None:
    desk = make_desk()
    case = make_case(desk, funding="insured", state="NJ")
    post(desk, case)
    case.refresh_from_db()
    own = {"version": case.version, "what": f"Call {CANARY}", "due": "2026-10-25"}
    desk.client().post(reverse("cases:add_deadline", args=[case.pk]), own)
    for name, args in (("deadlines_calendar", []), ("case_calendar", [case.pk])):
        answer = desk.client().get(reverse(f"cases:{name}", args=args))
        text = answer.content.decode().replace("\r\n ", "")
        assert text.startswith("BEGIN:VCALENDAR")
        assert str(case.pk)[:8] in text
        assert "20260910" in text
        assert "20261025" in text
        assert "Zebulon" not in text
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Cache-Control"] == "no-store"
    assert desk.client(Role.CLINICIAN).get(reverse("cases:deadlines_calendar")).status_code == 403


def test_what_was_noted_by_mistake_is_taken_out_with_the_clocks_that_it_started() -> None:
    desk = make_desk()
    case = make_case(desk, funding="insured", state="NJ")
    post(desk, case)
    row = Submission.of(desk.practice).get()
    assert Deadline.of(desk.practice).count() == 1
    address = reverse("cases:remove_submission", args=[case.pk, row.pk])
    page = desk.client().get(reverse("cases:payers_side", args=[case.pk])).content.decode()
    assert address in page
    assert address not in desk.client(Role.VIEWER).get(reverse("cases:payers_side", args=[case.pk])).content.decode()
    other = make_case(desk)
    assert desk.client().post(reverse("cases:remove_submission", args=[other.pk, row.pk])).status_code == 404
    assert desk.client().post(address).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.turn, case.next_deadline) == ("ready", "specialist", None)
    assert not Submission.of(desk.practice).exists()
    assert not Deadline.of(desk.practice).exists()
    assert Event.objects.get(action="submission:noted", outcome="removed").fields["kind"] == "request"


def test_of_two_notes_the_other_one_keeps_its_clock() -> None:
    desk = make_desk()
    case = make_case(desk, funding="insured", state="NJ")
    post(desk, case)
    case.refresh_from_db()
    post(desk, case, kind="appeal", sent_on="2026-09-10")
    case.refresh_from_db()
    assert case.stage == "appealed"
    row = Submission.of(desk.practice).get(kind="appeal")
    desk.client().post(reverse("cases:remove_submission", args=[case.pk, row.pk]))
    case.refresh_from_db()
    assert (case.stage, case.turn, case.next_deadline) == ("submitted", "payer", date(2026, 9, 10))


def test_a_call_noted_by_mistake_is_taken_out() -> None:
    desk = make_desk()
    case = make_case(desk)
    told = {"version": case.version, "on": "2026-09-10", "said": CANARY, "reviewer": "Dr. Roe", "noted_by": "Pat"}
    assert desk.client().post(reverse("cases:add_call", args=[case.pk]), told).status_code == 302
    row = Call.of(desk.practice).get()
    assert desk.client().post(reverse("cases:remove_call", args=[make_case(desk).pk, row.pk])).status_code == 404
    assert desk.client().post(reverse("cases:remove_call", args=[case.pk, row.pk])).status_code == 302
    assert not Call.of(desk.practice).exists()
    assert CANARY not in str(Event.objects.get(action="call:noted", outcome="removed").fields)


def test_a_denied_case_leads_to_its_answer() -> None:
    desk = make_desk()
    case = make_case(desk, stage="denied")
    row = Decision(practice=desk.practice, case=case, outcome="denied", confirmed=True, received_on=DAY)
    row.reasons = [{"class": "medical_necessity", "criterion": ""}, {"class": "medical_necessity", "criterion": "x"}]
    row.save()
    page = desk.client().get(reverse("cases:payers_side", args=[case.pk])).content.decode()
    assert f'{reverse("cases:new_letter", args=[case.pk])}?decision={row.pk}">Draft the answer to the denial' in page
    assert "Medical necessity; Medical necessity" not in page
    Case.of(desk.practice).update(stage="appealed")
    page = desk.client().get(reverse("cases:payers_side", args=[case.pk])).content.decode()
    assert "Draft the answer to the denial" not in page
