"""A wrong file is taken out of a case: its bytes and words destroyed, the chart checked again, what left kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from praxigen.web.accounts.roles import Role
from praxigen.web.audit.actions import Action
from praxigen.web.audit.models import Event
from praxigen.web.audit.record import record
from praxigen.web.cases.models import (
    Case,
    ChartFile,
    Check,
    Decision,
    Disposition,
    FileState,
    Letter,
    Stage,
    Submission,
    SubmissionKind,
    Way,
)  # fmt: skip
from praxigen.web.cases.policy import recheck_open_cases
from praxigen.web.cases.reading import read_waiting
from support.files import pdf
from support.practices import Desk, make_desk
from support.ready import READY_NOTE, READY_REQUEST

pytestmark = pytest.mark.django_db
CANARY = "Zebulon Quartermain"
WRONG = f"Patient: {CANARY}\nDOB: 04/05/1950\nRight shoulder pain for 2 weeks. Never had physical therapy.\n"


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case with its own note and then another patient's, checked with both."""
    browser = desk.client()
    browser.post("/practice/cases/new/", {**READY_REQUEST, "note": READY_NOTE})
    case = Case.of(desk.practice).get()
    browser.post(f"/practice/cases/{case.pk}/files/", {"note": WRONG})
    browser.post(f"/practice/cases/{case.pk}/check/")
    case.refresh_from_db()
    return case


def wrong_file(case: Case) -> ChartFile:
    return ChartFile.of(case.practice_id).get(case=case, number=2)


def check_number(case: Case, number: int) -> Check:
    return Check.of(case.practice_id).get(case=case, number=number)


def remove(browser: Client, row: ChartFile, **data: str) -> Any:
    data = data or {"why": "patient", "note": "MRI of the neighbour bed"}
    return browser.post(f"/practice/cases/{row.case_id}/files/{row.pk}/remove/", data, follow=True)


def page_of(browser: Client, check: Check) -> str:
    return str(browser.get(f"/practice/cases/{check.case_id}/checks/{check.pk}/").content.decode())


def test_what_would_follow_is_shown_before(desk: Desk, case: Case) -> None:
    page = desk.client().get(f"/practice/cases/{case.pk}/files/{wrong_file(case).pk}/remove/").content.decode()
    assert "Check 2: every word of the chart is destroyed" in " ".join(page.split())
    assert "check 1" not in page.lower()
    assert "This cannot be undone" in page
    assert "It is another patient&#x27;s" in page
    assert wrong_file(case).state == FileState.READ


def test_a_removed_file_is_destroyed_and_the_chart_checked_without_it(desk: Desk, case: Case) -> None:
    browser = desk.client()
    row = wrong_file(case)
    page = remove(browser, row).content.decode()
    assert "File 2 was removed and its bytes were destroyed. The chart was checked again without it" in page
    assert "Look at the request of this case" in page
    assert "What was already taken out" not in page
    row.refresh_from_db()
    assert (row.state, row.name, row.content, row.document, row.sha256) == (FileState.REMOVED, "", b"", b"", "")
    assert (row.content_sealed, row.document_sealed, row.name_sealed) == (b"", b"", b"")
    assert "MRI of the neighbour bed" in page
    newest = check_number(case, 3)
    assert CANARY.encode() not in newest.document
    assert newest.removed_files == []
    assert newest.criteria == check_number(case, 1).criteria
    case.refresh_from_db()
    assert case.verdict == newest.verdict
    assert browser.get(f"/practice/cases/{case.pk}/files/{row.pk}/").status_code == 404
    assert browser.get(f"/practice/cases/{case.pk}/files/{row.pk}/remove/").status_code == 404


def test_an_earlier_check_says_so_and_has_lost_its_words(desk: Desk, case: Case) -> None:
    browser = desk.client()
    before = check_number(case, 2)
    decided = next(iter(before.criteria))
    sent = {"criterion": decided, "decided": "rejected", "reason": f"{CANARY} is not ours"}
    browser.post(f"/practice/cases/{case.pk}/checks/{before.pk}/decide/", sent)
    assert CANARY in page_of(browser, before)  # it is at hand in this process from now on
    remove(browser, wrong_file(case))
    before.refresh_from_db()
    assert (before.removed_files, bytes(before.document_sealed)) == ([2], b"")
    assert before.shredded_at is not None
    assert set(before.report) == {"requirement", "verdict", "guidelines", "criteria"}
    assert "quotes" not in str(before.report)
    kept = Disposition.of(desk.practice).get(check_made=before)
    assert (kept.decided, kept.reason, kept.quote) == ("rejected", "", None)
    page = page_of(browser, before)
    assert "This check rests on file 2" in page
    assert "The words of the chart were destroyed with it" in page
    assert CANARY not in page
    assert check_number(case, 1).removed_files == []
    assert "rests on a removed file" in browser.get(f"/practice/cases/{case.pk}/").content.decode()
    address = f"/practice/cases/{case.pk}/checks/{before.pk}/"
    for rest in ("check.json", "check.pdf", "check.html"):
        assert browser.get(address + rest).status_code == 302
    assert "rests on a file that was removed" in browser.get(address + "export/").content.decode()
    assert browser.get(address + "pages/0.png").status_code == 404
    assert recheck_open_cases() == 0


def test_the_trail_says_who_when_and_why_and_holds_no_word(desk: Desk, case: Case) -> None:
    remove(desk.client(), wrong_file(case), why="patient", note=f"chart of {CANARY}")
    event = Event.objects.get(action="file:removed")
    assert event.actor == desk.members[Role.SPECIALIST].pk
    assert event.fields == {
        "number": 2, "why": "patient", "role": "chart", "drafts": 0, "checks_kept": [],
        "checks_destroyed": [str(check_number(case, 2).pk)],
    }  # fmt: skip
    assert CANARY not in str(list(Event.objects.values()))


def test_decisions_whose_words_stay_are_carried(desk: Desk, case: Case) -> None:
    browser = desk.client()
    before = check_number(case, 2)
    for name in before.criteria:
        browser.post(
            f"/practice/cases/{case.pk}/checks/{before.pk}/decide/", {"criterion": name, "decided": "confirmed"}
        )
    remove(browser, wrong_file(case))
    carried = Disposition.of(desk.practice).filter(check_made=check_number(case, 3))
    assert carried.count() > 0
    assert all(row.carried_from is not None for row in carried)


@pytest.mark.parametrize("how", ["packet", "submission", "letter"])
def test_what_left_the_practice_is_kept_and_says_so(desk: Desk, case: Case, how: str) -> None:
    browser, member = desk.client(), desk.members[Role.SPECIALIST]
    before = check_number(case, 2)
    if how == "packet":
        record(member.actor(), Action.PACKET_EXPORTED, before, form="packet", final=True)
        Case.of(desk.practice).filter(pk=case.pk).update(stage=Stage.READY)
    elif how == "submission":
        Submission.every.create(
            practice=desk.practice, case=case, kind=SubmissionKind.REQUEST, sent_on=date(2026, 8, 3), way=Way.FAX
        )
    else:
        Letter.every.create(practice=desk.practice, case=case, check_made=before, kind="request", final=True)
    page = remove(browser, wrong_file(case)).content.decode()
    assert "is kept and marked. Tell the payer" in page
    before.refresh_from_db()
    assert before.shredded_at is None
    assert before.removed_files == [2]
    assert wrong_file(case).content == b""
    page = page_of(browser, before)
    assert "It is kept as it was, because a request made from it left the practice" in page
    assert CANARY in page
    address = f"/practice/cases/{case.pk}/checks/{before.pk}/"
    assert "rests on a file that was removed" in browser.get(address + "export/").content.decode()
    case.refresh_from_db()
    assert case.stage == Stage.PREPARING


def test_a_draft_of_a_letter_goes_with_its_check(desk: Desk, case: Case) -> None:
    draft = Letter.every.create(practice=desk.practice, case=case, check_made=check_number(case, 2), kind="request")
    other = Letter.every.create(practice=desk.practice, case=case, check_made=check_number(case, 1), kind="request")
    page = desk.client().get(f"/practice/cases/{case.pk}/files/{wrong_file(case).pk}/remove/").content.decode()
    assert "1 draft of letters" in page
    remove(desk.client(), wrong_file(case))
    assert not Letter.of(desk.practice).filter(pk=draft.pk).exists()
    assert Letter.of(desk.practice).filter(pk=other.pk).exists()
    assert Event.objects.get(action="file:removed").fields["drafts"] == 1


def test_the_only_file_leaves_a_case_without_a_check(desk: Desk) -> None:
    browser = desk.client()
    browser.post("/practice/cases/new/", {**READY_REQUEST, "note": READY_NOTE})
    row = ChartFile.of(desk.practice).get()
    page = remove(browser, row).content.decode()
    assert "could not be checked again: no file of this case could be read yet" in page
    case = Case.of(desk.practice).get()
    assert (case.verdict, case.open_criteria, case.undecided) == ("", 0, 0)
    assert browser.get("/practice/").status_code == 200
    assert recheck_open_cases() == 0
    check = Check.of(desk.practice).get()
    sent = {"criterion": next(iter(check.criteria)), "decided": "confirmed"}
    browser.post(f"/practice/cases/{case.pk}/checks/{check.pk}/decide/", sent)
    assert not Disposition.of(desk.practice).exists()
    browser.post(f"/practice/cases/{case.pk}/files/", {"note": READY_NOTE})
    assert ChartFile.of(desk.practice).filter(state=FileState.READ).count() == 1


def test_a_file_that_nobody_could_read_is_removed_without_a_check(desk: Desk, case: Case) -> None:
    row = ChartFile(practice=desk.practice, case=case, number=3, state=FileState.WAITING)
    row.name, row.content = "scan.pdf", pdf("x")
    row.save()
    page = remove(desk.client(), row, why="twice").content.decode()
    assert "File 3 was removed and its bytes were destroyed." in page
    assert Check.of(desk.practice).count() == 2
    assert read_waiting() == 0


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"why": ""}, "Choose why the file does not belong here"),
        ({"why": "because"}, "Choose why the file does not belong here"),
        ({"why": "other", "note": "  "}, "Say in a sentence why"),
        ({"why": "twice", "note": "x" * 501}, "more than 500 characters"),
    ],
)
def test_a_reason_is_asked_for(desk: Desk, case: Case, data: dict[str, str], says: str) -> None:
    answer = remove(desk.client(), wrong_file(case), **data)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert data.get("note", "").strip() in answer.content.decode()  # what was typed is not lost
    assert wrong_file(case).state == FileState.READ


def test_a_file_is_removed_once(desk: Desk, case: Case) -> None:
    row = wrong_file(case)
    remove(desk.client(), row)
    answer = remove(desk.client(), row)
    assert answer.status_code == 400
    assert "removed already" in answer.content.decode()
    assert Event.objects.filter(action="file:removed").count() == 1


def test_a_payers_letter_goes_with_an_unconfirmed_decision_and_stays_with_a_confirmed_one(
    desk: Desk, case: Case
) -> None:
    browser = desk.client()
    browser.post(f"/practice/cases/{case.pk}/payer/answer/", {"text": f"Dear {CANARY}, your request is denied."})
    decision = Decision.of(desk.practice).get()
    assert decision.letter is not None
    Decision.of(desk.practice).update(confirmed=True)
    answer = remove(browser, decision.letter)
    assert answer.status_code == 400
    assert "a confirmed decision" in answer.content.decode().lower()
    Decision.of(desk.practice).update(confirmed=False)
    remove(browser, decision.letter)
    assert not Decision.of(desk.practice).exists()
    decision.letter.refresh_from_db()
    assert decision.letter.content == b""


def test_who_may_remove(desk: Desk, case: Case) -> None:
    row = wrong_file(case)
    address = f"/practice/cases/{case.pk}/files/{row.pk}/remove/"
    for role in (Role.VIEWER, Role.CLINICIAN):
        browser = desk.client(role)
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"why": "patient"}).status_code == 403
        assert "Remove…" not in browser.get(f"/practice/cases/{case.pk}/").content.decode()
    other = make_desk("Another Practice")
    assert other.client(Role.OWNER).post(address, {"why": "patient"}).status_code == 404
    theirs = Case.every.create(practice=other.practice, payer="")
    assert other.client().post(
        f"/practice/cases/{theirs.pk}/files/{row.pk}/remove/", {"why": "patient"}
    ).status_code == 404  # fmt: skip
    row.refresh_from_db()
    assert row.state == FileState.READ
    assert remove(desk.client(Role.OWNER), row).status_code == 200
    row.refresh_from_db()
    assert row.state == FileState.REMOVED


def test_nothing_is_done_where_one_step_fails(desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("praxigen.web.cases.removal.record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        remove(desk.client(), wrong_file(case))
    row = wrong_file(case)
    assert row.state == FileState.READ
    assert CANARY.encode() in row.content
    assert check_number(case, 2).removed_files == []


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_sqlite_overwrites_what_is_freed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)
