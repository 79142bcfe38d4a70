"""A closed case leaves the lists of open work with its reason; opened again, it stands where its notes leave it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from praxigen.web.accounts.roles import Role
from praxigen.web.api.models import Webhook
from praxigen.web.api.webhooks import announce_deadlines
from praxigen.web.audit.models import Event
from praxigen.web.cases.clocks import today
from praxigen.web.cases.models import Authorization, Case, Deadline, Decision, Submission
from praxigen.web.cases.next_step import next_step
from praxigen.web.cases.standing import standing
from support.cases import CANARY, make_case
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db


def close(desk: Desk, case: Case, role: Role = Role.SPECIALIST, **values: str | int) -> int:
    """Send the form as a browser does."""
    told = {"version": case.version, "why": "done", **values}
    answer = desk.client(role).post(reverse("cases:close_case", args=[case.pk]), told)
    case.refresh_from_db()
    return answer.status_code


def sent(case: Case, kind: str, day: date) -> None:
    Submission(practice_id=case.practice_id, case=case, kind=kind, sent_on=day, way="fax").save()


def decided(case: Case, outcome: str, day: date) -> None:
    Decision(practice_id=case.practice_id, case=case, outcome=outcome, confirmed=True, received_on=day).save()


def test_a_closed_case_leaves_the_lists_and_is_found_by_its_stage() -> None:
    desk = make_desk()
    case = make_case(desk)
    Deadline(practice=desk.practice, case=case, what="Send the films", due=today() + timedelta(3)).save()
    page = desk.client().get(reverse("cases:close_case", args=[case.pk])).content.decode()
    assert "1 deadline still runs" in page
    assert "Send the films" in page
    assert close(desk, case) == 302
    assert (case.stage, case.turn, case.closed_for) == ("closed", "nobody", "done")
    browser = desk.client()
    assert CANARY not in browser.get("/practice/").content.decode()
    assert CANARY in browser.get("/practice/?stage=closed").content.decode()
    assert "Send the films" not in browser.get("/practice/deadlines/").content.decode()
    page = browser.get(f"/practice/cases/{case.pk}/").content.decode()
    assert "The service was done" in page
    assert "Open again" in page
    assert "Close the case" not in page
    event = Event.objects.get(action="case:closed")
    assert event.fields == {"reason": "done"}


def test_no_message_tells_of_the_deadline_of_a_closed_case() -> None:
    desk = make_desk()
    case = make_case(desk)
    Deadline(practice=desk.practice, case=case, what="x", due=today() + timedelta(3)).save()
    Webhook.every.create(
        practice=desk.practice,
        created_by=desk.members[Role.OWNER],
        address="https://x.example/",
        events=["deadline.near"],
    )
    close(desk, case)
    assert announce_deadlines(today()) == 0
    Case.of(desk.practice).update(stage="denied")
    assert announce_deadlines(today()) == 1


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"why": ""}, "Say why, so that others know"),
        ({"why": "bored"}, "Select a valid choice"),
        ({"version": 7}, "the case was changed while this page was open"),
    ],
)
def test_a_wrong_form_closes_nothing_and_says_why(values: dict[str, str | int], says: str) -> None:
    desk = make_desk()
    case = make_case(desk)
    told = {"version": case.version, "why": "done", **values}
    answer = desk.client().post(reverse("cases:close_case", args=[case.pk]), told)
    assert answer.status_code == 422
    assert says.casefold() in answer.content.decode().casefold()
    case.refresh_from_db()
    assert case.stage == "preparing"


def test_twice_and_by_others() -> None:
    desk = make_desk()
    case = make_case(desk)
    for role in (Role.VIEWER, Role.CLINICIAN):
        assert close(desk, case, role) == 403
        assert desk.client(role).post(reverse("cases:reopen_case", args=[case.pk])).status_code == 403
    assert close(desk, case) == 302
    assert close(desk, case) == 422
    browser = desk.client()
    for _ in range(2):  # the second press finds it open, and says so
        answer = browser.post(reverse("cases:reopen_case", args=[case.pk]), follow=True)
    assert "This case is open" in answer.content.decode()
    assert Event.objects.filter(action="case:reopened").count() == 1
    assert "Close the case" not in desk.client(Role.VIEWER).get(f"/practice/cases/{case.pk}/").content.decode()


def test_opened_again_it_stands_where_the_newest_note_leaves_it() -> None:
    desk = make_desk()
    case = make_case(desk)
    day = date(2026, 9, 1)
    assert standing(case) == ("preparing", "specialist")
    sent(case, "request", day)
    assert standing(case) == ("submitted", "payer")
    decided(case, "pended", day + timedelta(2))
    assert standing(case) == ("submitted", "specialist")
    decided(case, "denied", day + timedelta(5))
    assert standing(case) == ("denied", "specialist")
    sent(case, "appeal", day + timedelta(9))
    assert standing(case) == ("appealed", "payer")
    sent(case, "information", day + timedelta(11))
    assert standing(case) == ("appealed", "payer")
    close(desk, case, why="accepted")
    desk.client().post(reverse("cases:reopen_case", args=[case.pk]))
    case.refresh_from_db()
    assert (case.stage, case.turn, case.closed_for) == ("appealed", "payer", "")
    decided(case, "overturned", day + timedelta(20))
    assert standing(case) == ("authorized", "specialist")
    Authorization(practice=desk.practice, case=case, codes=["63650"]).save()
    assert standing(case) == ("authorized", "nobody")


def test_when_the_service_is_over_the_next_step_is_to_close() -> None:
    desk = make_desk()
    case = make_case(desk, stage="authorized", date_of_service=today() - timedelta(1))
    step = next_step(case, [], None, [])
    assert step is not None
    assert step.to.endswith("/close/")
    case.date_of_service = today()
    step = next_step(case, [], None, [])
    assert step is not None
    assert step.to.endswith("/schedule/")
