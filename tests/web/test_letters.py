"""Letters in the workspace: drafted from check and decision, edited without losing a source, final only when nothing
stands against them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from praxigen.letters.composing.editing import Row, rows
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.sentence import ARGUMENT_LABEL, Kind
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.cases.checking import make_check, newest_check, open_check
from praxigen.web.cases.deciding import Choice, decide
from praxigen.web.cases.intake import Given, take_in
from praxigen.web.cases.letterhead import letterhead_of, template_of
from praxigen.web.cases.letters import Opened, draft, open_letter
from praxigen.web.cases.models import Case, Decision, Letter
from praxigen.web.cases.opened import OpenedCheck
from praxigen.web.cases.packets import prepare
from support.cases import make_case
from support.matters import EXAMPLES
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 20)
HEAD = {"name": "Harbor Pain and Spine Center", "address": "12 Harbor Road\nTrenton, NJ 08601", "npi": "1234567893",
        "signer": "Elena Moreno, MD"}  # fmt: skip
DENIAL = (
    "QualCare, Inc.\nDate: 08/12/2026\n{patient}Reference number: REF-1\nCPT: 63650\n"
    "Proposed date of service: 08/31/2026\n\nYour employer's plan is self-insured and QualCare administers it.\n\n"
    "Your request is denied.\n\nCLINICAL RATIONALE\n1. The records do not document a psychological evaluation.\n\n"
    "Send an appeal to QualCare Appeals, P.O. Box 249, Piscataway, NJ 08855 within 180 days of receipt.\n"
)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (
        "clocks", "letters", "views.payers_side", "views.decisions", "views.deadlines", "forms.payers_side",
        "views.calls",
    ):  # fmt: skip
        monkeypatch.setattr(f"praxigen.web.cases.{place}.today", lambda: DAY)


def checked(desk: Desk, chart: str = "letters/chart.txt", **asked: Any) -> Case:
    """A case whose chart was read and checked."""
    desk.practice.letterhead = HEAD
    desk.practice.save()
    case = make_case(
        desk, funding="self_funded", date_of_service=date(2026, 8, 31), patient=None,
        scheduled={"units": 1}, **asked,
    )  # fmt: skip
    member = desk.members[Role.SPECIALIST]
    take_in(case, Given("chart.txt", (EXAMPLES / chart).read_bytes()), member.actor(), member)
    make_check(case, member.actor(), member)
    case.refresh_from_db()
    return case


def denied(desk: Desk, case: Case) -> Decision:
    """The case with a confirmed denial."""
    client = desk.client()
    text = DENIAL.format(patient="")
    assert client.post(reverse("cases:add_decision", args=[case.pk]), {"text": text}).status_code == 302
    row = Decision.of(desk.practice).get()
    page = client.get(reverse("cases:decision", args=[row.pk]))
    form = page.context["form"]
    told = {name: form[name].value() for name in form.fields}
    told = {name: "" if value is None else value for name, value in told.items() if value is not False}
    answer = client.post(reverse("cases:decision", args=[row.pk]), told | {"received_on": "2026-08-14", "answer": "0"})
    assert answer.status_code == 302, answer.content.decode()
    row.refresh_from_db()
    return row


def appeal(desk: Desk, chart: str = "letters/chart.txt") -> Letter:
    """A drafted appeal."""
    case = checked(desk, chart)
    told = {"decision": str(denied(desk, case).pk), "kind": "", "same_patient": "on"}
    answer = desk.client().post(reverse("cases:new_letter", args=[case.pk]), told)
    assert answer.status_code == 302, answer.content.decode()
    return Letter.of(desk.practice).get()


def opened(row: Letter) -> Opened:
    row.refresh_from_db()
    return open_letter(row)


def of_kind(row: Letter, kind: Kind, shape: str = "") -> Row:
    return next(
        each for each in rows(opened(row).words) if each.sentence.kind is kind and (not shape or each.shape == shape)
    )


def save(desk: Desk, row: Letter, do: str = "save", role: Role = Role.SPECIALIST, **values: Any) -> Any:
    """Send the editor's form."""
    row.refresh_from_db()
    told = {"version": row.version, "do": do} | values
    return desk.client(role).post(reverse("cases:save_letter", args=[row.pk]), told)


def test_an_appeal_is_drafted_and_every_sentence_shows_what_it_rests_on() -> None:
    desk = make_desk()
    row = appeal(desk)
    assert (row.kind, row.final, row.version) == ("appeal-level-1", False, 1)
    page = desk.client().get(reverse("cases:letter", args=[row.pk])).content.decode()
    for shown in ("Rests on", "29 CFR 2560.503-1", "The records do not document a psychological",
                  "Harbor Pain and Spine Center", "from the payer&#x27;s answer"):  # fmt: skip
        assert shown in page, shown
    assert "Not proven" not in page


def test_an_argument_is_edited_and_stays_an_argument_and_words_of_the_chart_are_not_touched() -> None:
    desk = make_desk()
    row = appeal(desk)
    argument, quote = of_kind(row, Kind.ARGUMENT), of_kind(row, Kind.CHART)
    texts = {f"text-{argument.id}": "the notes speak for themselves.", f"text-{quote.id}": "The patient is cured."}
    assert save(desk, row, **texts).status_code == 302
    now = {each.id: each.sentence for each in rows(opened(row).words)}
    assert now[argument.id].text == f"{ARGUMENT_LABEL}, the notes speak for themselves."
    assert now[argument.id].rests_on == argument.sentence.rests_on
    assert now[quote.id] == quote.sentence
    assert row.version == 2
    event = Event.objects.filter(action="letter:changed").get()
    assert "notes speak" not in str(event.fields)


def test_sentences_move_go_and_come_without_any_script() -> None:
    desk = make_desk()
    row = appeal(desk)
    quote = of_kind(row, Kind.CHART)
    save(desk, row, f"up:{quote.id}")
    moved = next(each for each in rows(opened(row).words) if each.sentence == quote.sentence)
    assert moved.id != quote.id
    shown = save(desk, row, f"open-add:{moved.id}")
    page = desk.client().get(shown["Location"].partition("#")[0])
    keys = [choice.key for _, group in page.context["groups"] for choice in group]
    assert any(key.startswith("chart:") for key in keys)
    law = next(key for key in keys if key.startswith("law:"))
    before = len(rows(opened(row).words))
    assert save(desk, row, f"add:{moved.id}", source=law).status_code == 302
    assert save(desk, row, f"add:{moved.id}", sentence="the time of the law has begun.", source=law).status_code == 302
    assert len(rows(opened(row).words)) == before + 2
    assert not any("no source" in line for line in opened(row).against)
    assert save(desk, row, f"remove:{moved.id}").status_code == 302
    assert len(rows(opened(row).words)) == before + 1
    assert save(desk, row, f"add:{moved.id}", sentence="", source="").status_code == 422
    assert save(desk, row, f"add:{moved.id}", words="words that nobody wrote").status_code == 422


def test_words_are_exchanged_for_other_words_of_the_chart() -> None:
    desk = make_desk()
    row = appeal(desk)
    quote = of_kind(row, Kind.CHART)
    page = desk.client().get(reverse("cases:letter", args=[row.pk]) + f"?exchange={quote.id}")
    keys = [choice.key for _, group in page.context["groups"] for choice in group]
    assert keys
    assert all(key.startswith("chart:") for key in keys)
    assert save(desk, row, f"exchange:{quote.id}", source=keys[0]).status_code == 302
    assert of_kind(row, Kind.CHART).sentence != quote.sentence
    assert not any("no source" in line for line in opened(row).against)


def test_a_stale_page_is_refused_with_both_texts_and_nothing_is_lost() -> None:
    desk = make_desk()
    row = appeal(desk)
    argument = of_kind(row, Kind.ARGUMENT)
    key = f"text-{argument.id}"
    save(desk, row, **{key: "first words."})
    late = desk.client().post(
        reverse("cases:save_letter", args=[row.pk]), {"version": 1, "do": "save", key: "In our view, second words."}
    )
    page = late.content.decode()
    assert late.status_code == 409
    assert "In our view, first words." in page
    assert "In our view, second words." in page
    assert of_kind(row, Kind.ARGUMENT).sentence.text == "In our view, first words."
    one = (
        desk.client()
        .post(reverse("cases:save_row", args=[row.pk, argument.id]), {"version": 1, key: "third words."})
        .content.decode()
    )
    assert "third words." in one
    assert "What stands there now" in one
    assert 'id="version"' not in one


def test_a_row_saves_itself_and_says_the_new_version() -> None:
    desk = make_desk()
    row = appeal(desk)
    gap = of_kind(row, Kind.GAP)
    answer = desk.client().post(
        reverse("cases:save_row", args=[row.pk, gap.id]), {"version": 1, f"text-{gap.id}": "12345"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Saved" in page
    assert 'id="version" value="2" hx-swap-oob="true"' in page
    empty = desk.client().post(reverse("cases:save_row", args=[row.pk, gap.id]), {"version": 2, f"text-{gap.id}": " "})
    assert "no words" in empty.content.decode()
    assert desk.client().post(reverse("cases:save_row", args=[row.pk, "999.0.0"]), {"version": 2}).status_code == 404


def test_a_letter_is_final_only_when_every_criterion_was_decided_and_no_gap_is_left_and_then_stays_as_it_is() -> None:
    desk = make_desk()
    row = appeal(desk)
    client = desk.client()
    finish = reverse("cases:finish_letter", args=[row.pk])
    assert client.post(finish, {"version": 1}).status_code == 409
    assert any("no person has decided" in line for line in opened(row).against)
    check, member = row.check_made, desk.members[Role.CLINICIAN]
    assert check is not None
    checked = open_check(check)
    for name in checked.needed:
        decide(check, checked, Choice(name, "confirmed"), member.actor(), member)
    for each in reversed(rows(opened(row).words)):
        if each.sentence.kind is Kind.GAP:
            save(desk, row, f"remove:{each.id}")
    # They decided today, and this letter is dated before: that alone is left.
    assert all("is dated after the letter" in line for line in opened(row).against)
    told = {"version": row.version, "written_on": timezone.localdate() + timedelta(days=1)}
    assert client.post(reverse("cases:letter_day", args=[row.pk]), told).status_code == 302
    assert opened(row).against == ()
    draft = client.get(reverse("cases:export_letter", args=[row.pk, "txt"]))
    assert "DRAFT" in draft.content.decode()
    assert client.post(finish, {"version": row.version - 1}).status_code == 409
    assert client.post(finish, {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.final
    assert row.finished_by == desk.members[Role.SPECIALIST]
    assert save(desk, row, f"remove:{rows(opened(row).words)[3].id}").status_code == 422
    text = client.get(reverse("cases:export_letter", args=[row.pk, "txt"])).content.decode()
    assert "DRAFT" not in text
    assert "Harbor Pain and Spine Center" in text
    again = client.post(reverse("cases:new_version", args=[row.pk]))
    assert again.status_code == 302
    fresh = Letter.of(desk.practice).exclude(pk=row.pk).get()
    assert (fresh.after, fresh.final, fresh.content["letter"]) == (row, False, row.content["letter"])
    decide(check, checked, Choice(next(iter(checked.needed)), "rejected", "It is another patient's.",
                                  seen=_standing(row, checked)), member.actor(), member)  # fmt: skip
    refused = client.get(reverse("cases:export_letter", args=[row.pk, "pdf"]))
    assert refused.status_code == 409
    assert "no longer stands" in refused.content.decode()


def _standing(row: Letter, checked: OpenedCheck) -> str:
    from praxigen.web.cases.deciding import standing

    assert row.check_made is not None
    return str(standing(row.check_made)[next(iter(checked.needed))].pk)


def test_a_chart_with_gaps_never_becomes_a_final_letter_by_removing_the_questions_and_claiming() -> None:
    desk = make_desk()
    row = appeal(desk, "stimulator-trial.txt")
    for each in reversed(rows(opened(row).words)):
        if each.sentence.kind is Kind.GAP:
            save(desk, row, f"remove:{each.id}")
    last = [each for each in rows(opened(row).words) if each.sentence.kind is Kind.POLICY][-1]
    assert save(desk, row, f"add:{last.id}", sentence="All criteria of the policy are met.").status_code == 302
    against = "\n".join(opened(row).against)
    assert "speaks of it as met" in against
    assert (
        desk.client().post(reverse("cases:finish_letter", args=[row.pk]), {"version": row.version}).status_code == 409
    )


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE"), ("txt", b"")])
def test_a_draft_leaves_in_every_format_under_a_name_without_the_patient(form: str, begins: bytes) -> None:
    desk = make_desk()
    row = appeal(desk)
    answer = desk.client().get(reverse("cases:export_letter", args=[row.pk, form]))
    assert answer.content.startswith(begins)
    assert f"appeal-level-1-draft-{str(row.case_id)[:8]}.{form}" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    if form == "docx":
        import docx

        words = "\n".join(each.text for each in docx.Document(io.BytesIO(answer.content)).paragraphs)
        assert "psychological evaluation" in words
    assert desk.client(Role.CLINICIAN).get(reverse("cases:export_letter", args=[row.pk, form])).status_code == 403


def test_the_preview_shows_pages_as_pictures() -> None:
    desk = make_desk()
    row = appeal(desk)
    page = desk.client().get(reverse("cases:preview_letter", args=[row.pk])).content.decode()
    assert page.count('src="data:image/png;base64,') >= 2


def test_the_date_is_changed_and_a_disposition_of_a_later_day_stands_against_it() -> None:
    desk = make_desk()
    row = appeal(desk)
    client, address = desk.client(), reverse("cases:letter_day", args=[row.pk])
    assert client.post(address, {"version": 1, "written_on": "2026-08-25"}).status_code == 302
    assert any(each.sentence.text == "2026-08-25" for each in rows(opened(row).words))
    assert client.post(address, {"version": 1, "written_on": "2026-08-26"}).status_code == 409
    assert client.post(address, {"version": 2, "written_on": "yesterday"}).status_code == 422


def test_what_is_missing_for_a_draft_is_said() -> None:
    desk = make_desk()
    case = make_case(desk)
    answer = desk.client().post(reverse("cases:new_letter", args=[case.pk]), {"kind": "request"})
    assert answer.status_code == 422
    assert "not checked yet" in answer.content.decode()


def test_a_wrong_remedy_is_said_and_the_right_letter_drafted() -> None:
    desk = make_desk()
    case = checked(desk)
    row = denied(desk, case)
    row.reading["corrections"]["reasons"] = None
    row.reading = {**row.reading, "corrections": {**row.reading["corrections"], "outcome": "rejected"}}
    row.outcome = "rejected"
    row.save()
    page = desk.client().get(reverse("cases:new_letter", args=[case.pk]) + f"?decision={row.pk}").content.decode()
    assert "An appeal is the wrong remedy here" in page
    assert "Corrected request" in page
    desk.client().post(reverse("cases:new_letter", args=[case.pk]), {"decision": row.pk, "same_patient": "on"})
    assert Letter.of(desk.practice).get().kind == "corrected-request"


def test_a_request_and_its_packet_name_the_published_work_that_nobody_has_verified() -> None:
    desk = make_desk()
    case = checked(desk, "lumbar-laminectomy.txt", codes=["63047"], request_stage="")
    member = desk.members[Role.SPECIALIST]
    row = draft(case, LetterKind.REQUEST, None, member, member.actor())
    check = newest_check(case)
    assert check is not None
    for letter in (opened(row).words, prepare(case, check, DAY, compared=False).letter):
        assert any("nobody has verified it. Known from a summary only" in note for note in letter.notes)


def test_another_practice_finds_no_letter_and_a_viewer_changes_none() -> None:
    desk, other = make_desk("One"), make_desk("Two")
    row = appeal(desk)
    stranger, viewer = other.client(), desk.client(Role.VIEWER)
    for name, args in (
        ("letter", []), ("preview_letter", []), ("export_letter", ["pdf"]),
    ):  # fmt: skip
        assert stranger.get(reverse(f"cases:{name}", args=[row.pk, *args])).status_code == 404
    for name, args in (("save_letter", []), ("finish_letter", []), ("new_version", []), ("save_row", ["1.0.0"])):
        address = reverse(f"cases:{name}", args=[row.pk, *args])
        assert stranger.post(address, {"version": 1}).status_code == 404
        assert viewer.post(address, {"version": 1}).status_code == 403
    assert viewer.get(reverse("cases:letter", args=[row.pk])).status_code == 200
    assert "<textarea" not in viewer.get(reverse("cases:letter", args=[row.pk])).content.decode()
    assert Letter.of(desk.practice).get().version == 1


def test_a_call_has_its_sheet_and_what_the_reviewer_said_stands_in_the_next_appeal() -> None:
    desk = make_desk()
    case = checked(desk)
    decision = denied(desk, case)
    client, address = desk.client(), reverse("cases:add_call", args=[case.pk])
    sheet = client.get(reverse("cases:call_sheet", args=[case.pk]))
    assert sheet.content.startswith(b"%PDF")
    assert f"call-{str(case.pk)[:8]}.pdf" in sheet["Content-Disposition"]
    case.refresh_from_db()
    said = {"version": case.version, "on": "2026-08-18", "outcome": "upheld", "reviewer": "Ira Whitcombe, MD",
            "specialty": "Orthopedics", "reference": "", "said": "Send the psychologist's report.", "next_step": "",
            "noted_by": "Desk"}  # fmt: skip
    assert client.post(address, said | {"reviewer": ""}).status_code == 422
    assert client.post(address, said | {"on": "2027-01-01"}).status_code == 422
    assert client.post(address, said | {"version": 1}).status_code == 422
    assert client.post(address, said).status_code == 302
    told = {"decision": str(decision.pk), "kind": "", "same_patient": "on"}
    client.post(reverse("cases:new_letter", args=[case.pk]), told)
    text = "\n".join(each.sentence.text for each in rows(opened(Letter.of(desk.practice).get()).words))
    assert "Ira Whitcombe, MD (Orthopedics) said, as noted by Desk: “Send the psychologist's report.”" in text
    assert make_desk("Two").client().get(address).status_code == 404
    unchecked = make_case(desk)
    answer = client.get(reverse("cases:call_sheet", args=[unchecked.pk]), follow=True)
    assert "not checked yet" in answer.content.decode()


def test_the_letterhead_and_templates_are_an_owners_and_a_faulty_template_is_refused_with_its_line() -> None:
    desk = make_desk()
    owner, address = desk.client(Role.OWNER), reverse("cases:letterhead")
    assert desk.client(Role.SPECIALIST).get(address).status_code == 403
    head = {"name": "Ridgeway Spine", "address": "1 Road\nTown", "npi": "1234567893", "signer": "A. Doe, MD"}
    assert "no NPI" in owner.post(address, head | {"npi": "1234567890"}).content.decode()
    assert owner.post(address, head).status_code == 302
    desk.practice.refresh_from_db()
    assert letterhead_of(desk.practice).address == ("1 Road", "Town")
    give = reverse("cases:add_template")
    shipped = owner.get(reverse("cases:template_file", args=["appeal-level-1"])).content
    wrong = shipped.replace(b"part: date", b"part: weather")
    bad = owner.post(give, {"kind": "appeal-level-1", "file": SimpleUploadedFile("t.yaml", wrong)})
    assert bad.status_code == 422
    assert "appeal-level-1.yaml:8:" in bad.content.decode()
    for junk in (b"\xff\xfe", b"- 1", b"a: &x 1", b"schema: [", b""):
        assert (
            owner.post(give, {"kind": "appeal-level-1", "file": SimpleUploadedFile("t.yaml", junk)}).status_code == 422
        )
    own = shipped.replace(b"first level", b"level one, as we write it")
    assert owner.post(give, {"kind": "appeal-level-1", "file": SimpleUploadedFile("t.yaml", own)}).status_code == 302
    assert template_of(desk.practice, LetterKind.LEVEL_1).title.endswith("as we write it")
    assert "as we write it" not in template_of(make_desk("Two").practice, LetterKind.LEVEL_1).title
    assert owner.post(reverse("cases:drop_template", args=["appeal-level-1"])).status_code == 302
    assert template_of(desk.practice, LetterKind.LEVEL_1).title.endswith("first level")


def test_a_letter_that_cannot_be_read_says_so_instead_of_failing() -> None:
    desk = make_desk()
    row = appeal(desk)
    row.content = {**row.content, "letter": {"schema": "praxigen.stored-letter/9"}}
    row.save()
    client = desk.client()
    for name, args in (("letter", []), ("preview_letter", []), ("export_letter", ["pdf"])):
        answer = client.get(reverse(f"cases:{name}", args=[row.pk, *args]))
        assert answer.status_code == 422
        assert "another version" in answer.content.decode()
    assert client.post(reverse("cases:finish_letter", args=[row.pk]), {"version": 1}).status_code == 422
    assert client.get(reverse("cases:payers_side", args=[row.case_id])).status_code == 200
