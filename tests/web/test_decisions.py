"""A payer's letter is read, shown, and counts only as a person confirmed it; never for another patient."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.cases.models import Authorization, Case, Deadline, Decision
from support.cases import CANARY, make_case
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 20)
LETTERS = Path(__file__).parents[2] / "examples" / "denials"
QUALCARE = "02-qualcare-laminectomy.txt"
PATIENT = {"name": "Imogen Tallis", "birth_date": "1959-11-02"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("clocks", "views.payers_side", "views.decisions", "forms.payers_side"):
        monkeypatch.setattr(f"praxigen.web.cases.{place}.today", lambda: DAY)


def laminectomy(desk: Desk, **values: Any) -> Case:
    """The case that the letter of QualCare is about."""
    given: dict[str, Any] = {"patient": PATIENT, "codes": ["63047"], "request_stage": "", "procedure": "laminectomy"}
    return make_case(desk, **(given | {"date_of_service": date(2026, 10, 6)} | values))


def take_in(desk: Desk, case: Case, name: str = QUALCARE) -> Decision:
    """Upload one of the letters."""
    file = SimpleUploadedFile(name, (LETTERS / name).read_bytes())
    answer = desk.client().post(reverse("cases:add_decision", args=[case.pk]), {"file": file, "text": ""})
    assert answer.status_code == 302, answer.content.decode()
    return Decision.of(desk.practice).filter(case=case).latest("created_at")


def filled(desk: Desk, row: Decision, **values: Any) -> dict[str, Any]:
    """The form as the page shows it, with what a person types."""
    page = desk.client().get(reverse("cases:decision", args=[row.pk]))
    form = page.context["form"]
    told = {name: form[name].value() for name in form.fields}
    told = {name: "" if value is None else value for name, value in told.items() if value is not False}
    return told | {"received_on": "2026-09-18", "answer": "0"} | values


def test_everything_read_is_shown_quoted_beside_the_policy_and_nothing_counts_yet() -> None:
    desk = make_desk()
    row = take_in(desk, laminectomy(desk))
    page = desk.client().get(reverse("cases:decision", args=[row.pk])).content.decode()
    for shown in (
        "precertification of the procedure above is denied", "QC 88 204 117", "PC-2026-771340", "M48.062",
        "The records do not document six weeks of conservative treatment within the last year.",
        "No MRI report of the lumbar spine was included with the request.", "Pilar Nakagawa", "180 days",
        "732-555-0142",
    ):  # fmt: skip
        assert shown in page, shown
    assert page.count("The letter asks") >= 2
    row.refresh_from_db()
    assert not row.confirmed
    assert not Deadline.of(desk.practice).exists()


def test_a_confirmed_denial_moves_the_case_and_starts_the_clock_of_the_law_beside_that_of_the_letter() -> None:
    desk = make_desk()
    case = laminectomy(desk)
    row = take_in(desk, case)
    told = filled(desk, row, letter_deadline="2027-01-15")
    assert told["funding"] == "self_funded"  # as the letter says
    answer = desk.client().post(reverse("cases:decision", args=[row.pk]), told)
    assert answer.status_code == 302, answer.content.decode()
    row.refresh_from_db()
    case.refresh_from_db()
    assert (case.stage, case.turn, case.funding) == ("denied", "specialist", "self_funded")
    assert (row.outcome, row.dated, row.received_on) == ("denied", date(2026, 9, 15), date(2026, 9, 18))
    assert [each["class"] for each in row.reasons] == [told["reason_0_class"], told["reason_1_class"]]
    appeal = next(each for each in Deadline.of(desk.practice) if each.what == "File the appeal")
    assert (appeal.due, appeal.details["by_rule"], appeal.details["by_letter"]) == (
        date(2027, 1, 15), "2027-03-17", "2027-01-15",
    )  # fmt: skip
    page = desk.client().get(reverse("cases:payers_side", args=[case.pk])).content.decode()
    assert "By the law 2027-03-17, by the letter 2027-01-15" in page
    event = Event.objects.filter(action="decision:noted").get()
    assert "Tallis" not in str(event.fields)


def test_a_letter_about_another_patient_is_refused_until_a_person_says_that_they_compared() -> None:
    desk = make_desk()
    case = laminectomy(desk, patient={"name": CANARY, "birth_date": "1968-01-02"})
    row = take_in(desk, case)
    address = reverse("cases:decision", args=[row.pk])
    page = desk.client().get(address).content.decode()
    assert "may be about another patient" in page
    refused = desk.client().post(address, filled(desk, row))
    assert refused.status_code == 422
    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.confirmed, row.reading_sealed, case.stage) == (False, b"", "preparing")
    assert desk.client().post(address, filled(desk, row, same_patient="on")).status_code == 302
    row.refresh_from_db()
    assert row.confirmed
    assert row.reading["same_patient"] == "Specialist"


def test_a_person_corrects_class_outcome_and_days() -> None:
    desk = make_desk()
    row = take_in(desk, laminectomy(desk))
    told = filled(
        desk, row, outcome="denied_in_part", dated="2026-09-14", reason_1_class="none", reason_0_class="other"
    )
    assert desk.client().post(reverse("cases:decision", args=[row.pk]), told).status_code == 302
    row.refresh_from_db()
    assert (row.outcome, row.dated) == ("denied_in_part", date(2026, 9, 14))
    assert [each["class"] for each in row.reasons] == ["other"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("received_on", "", "required"),
        ("received_on", "2026-09-01", "before the date on the letter"),
        ("received_on", "2026-10-01", "has not come yet"),
        ("letter_deadline", "2026-09-01", "before the date on the letter"),
        ("outcome", "unclear", "not one of the available choices"),
        ("reason_0_class", "weather", "not one of the available choices"),
        ("version", "99", "changed while this page was open"),
    ],
)
def test_a_wrong_form_says_so_and_stores_nothing(field: str, value: str, says: str) -> None:
    desk = make_desk()
    row = take_in(desk, laminectomy(desk))
    answer = desk.client().post(reverse("cases:decision", args=[row.pk]), filled(desk, row, **{field: value}))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    row.refresh_from_db()
    assert not row.confirmed


@pytest.mark.parametrize("name", sorted(path.name for path in LETTERS.glob("[01]*")))
def test_every_example_is_taken_in_and_shown(name: str) -> None:
    desk = make_desk()
    row = take_in(desk, laminectomy(desk), name)
    page = desk.client().get(reverse("cases:decision", args=[row.pk]))
    assert page.status_code == 200
    assert "What the letter says" in page.content.decode()


def test_an_approval_leads_to_the_form_of_what_was_authorized() -> None:
    desk = make_desk()
    case = laminectomy(desk)
    text = (
        "QualCare, Inc.\nDate: 09/15/2026\nPatient name: Imogen Tallis   DOB: 11/02/1959\n"
        "Authorization number: A-100\nCPT: 63047\n\nThe request above is approved.\n"
    )
    client = desk.client()
    client.post(reverse("cases:add_decision", args=[case.pk]), {"text": text})
    row = Decision.of(desk.practice).get()
    answer = client.post(reverse("cases:decision", args=[row.pk]), filled(desk, row, outcome="approved"))
    form = reverse("cases:add_authorization", args=[case.pk])
    assert answer["Location"] == form
    assert "A-100" in client.get(form).content.decode()
    case.refresh_from_db()
    assert case.stage == "authorized"
    told = {"version": case.version, "number": "A-100", "codes": "63047, 63048", "units": "1", "side": "left",
            "site": "", "valid_from": "2026-10-01", "valid_to": "2026-12-30"}  # fmt: skip
    assert client.post(form, told | {"codes": "6304"}).status_code == 400
    assert client.post(form, told | {"valid_to": "2026-09-30"}).status_code == 400
    assert client.post(form, told).status_code == 302
    stored = Authorization.of(desk.practice).get()
    assert (stored.codes, stored.units, stored.valid_to) == (["63047", "63048"], 1, date(2026, 12, 30))


def test_what_is_no_letter_is_refused_and_an_unconfirmed_one_can_be_taken_back() -> None:
    desk = make_desk()
    case = laminectomy(desk)
    client, address = desk.client(), reverse("cases:add_decision", args=[case.pk])
    assert "Nothing was given" in client.post(address, {}).content.decode()
    both = {"text": "Denied.", "file": SimpleUploadedFile("a.txt", b"Denied.")}
    assert "Keep one of the two" in client.post(address, both).content.decode()
    bad = client.post(address, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 broken")})
    row = Decision.of(desk.practice).get()
    assert bad.status_code == 302
    page = client.get(reverse("cases:decision", args=[row.pk])).content.decode()
    assert "Enter it again" in page
    assert client.post(reverse("cases:drop_decision", args=[row.pk])).status_code == 302
    assert not Decision.of(desk.practice).exists()


def test_another_practice_finds_nothing_and_a_viewer_confirms_nothing() -> None:
    desk, other = make_desk("One"), make_desk("Two")
    case = laminectomy(desk)
    row = take_in(desk, case)
    for name, key in (
        ("decision", row.pk), ("add_decision", case.pk), ("add_authorization", case.pk), ("drop_decision", row.pk),
    ):  # fmt: skip
        assert other.client().post(reverse(f"cases:{name}", args=[key]), {}).status_code == 404
    viewer = desk.client(Role.VIEWER)
    assert viewer.get(reverse("cases:decision", args=[row.pk])).status_code == 200
    assert viewer.post(reverse("cases:decision", args=[row.pk]), filled(desk, row)).status_code == 403
    row.refresh_from_db()
    assert not row.confirmed


def test_a_correction_begins_with_what_was_stored_and_changes_only_what_is_typed() -> None:
    desk = make_desk()
    case = laminectomy(desk)
    row = take_in(desk, case)
    first = filled(
        desk, row, letter_deadline="2027-01-15", reference="BY-HAND-1", last_level="on", outcome="denied_in_part",
        reason_0_class="none", reason_1_class="documentation", reason_1_criterion="",
    )  # fmt: skip
    assert desk.client().post(reverse("cases:decision", args=[row.pk]), first).status_code == 302
    again = filled(desk, row)
    del again["received_on"]
    page = desk.client().get(reverse("cases:decision", args=[row.pk]))
    assert page.context["form"]["received_on"].value() == date(2026, 9, 18)
    for name in ("outcome", "letter_deadline", "reference", "reason_0_class", "reason_1_class", "reason_1_criterion"):
        assert str(again[name]) == first[name], name
    assert again["last_level"] is True
    again |= {"received_on": "2026-09-17", "last_level": "on", "answer": "0"}
    assert desk.client().post(reverse("cases:decision", args=[row.pk]), again).status_code == 302
    row.refresh_from_db()
    assert (row.received_on, row.outcome, row.letter_deadline) == (date(2026, 9, 17), "denied_in_part",
                                                                    date(2027, 1, 15))  # fmt: skip
    assert row.last_level
    assert row.reading["corrections"]["reference"] == "BY-HAND-1"
    assert row.reading["corrections"]["reasons"][0] is None


def test_a_correction_does_not_take_the_case_back_from_where_it_stands() -> None:
    desk = make_desk()
    case = laminectomy(desk)
    row = take_in(desk, case)
    desk.client().post(reverse("cases:decision", args=[row.pk]), filled(desk, row))
    Case.of(desk.practice).update(stage="appealed", turn="payer")
    desk.client().post(reverse("cases:decision", args=[row.pk]), filled(desk, row, reference="X-1"))
    case.refresh_from_db()
    assert (case.stage, case.turn) == ("appealed", "payer")
    desk.client().post(reverse("cases:decision", args=[row.pk]), filled(desk, row, outcome="approved"))
    case.refresh_from_db()
    assert (case.stage, case.turn) == ("authorized", "specialist")
    Case.of(desk.practice).update(stage="closed", turn="nobody")
    desk.client().post(reverse("cases:decision", args=[row.pk]), filled(desk, row, outcome="denied"))
    case.refresh_from_db()
    assert case.stage == "closed"
