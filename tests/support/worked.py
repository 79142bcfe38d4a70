"""A case as a practice has it after weeks of work, with given words wherever a person, a chart or a payer put them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.db import models
from django.test import Client
from django.urls import reverse

from praxigen.letters.composing.editing import rows
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.checking import make_check
from praxigen.web.cases.intake import Given, take_in
from praxigen.web.cases.letters import open_letter
from praxigen.web.cases.models import Case, Decision, Letter
from support.addresses import fill_practice
from support.cases import make_case
from support.practices import Desk

_NOTE = (Path(__file__).parents[2] / "examples" / "stimulator-trial.txt").read_bytes()
_ANSWER = (
    "QualCare, Inc.\nDate: 08/12/2026\nPatient: {words}\nMember ID: {short}\nReference number: {short}\nCPT: 63650\n"
    "Proposed date of service: 08/31/2026\n\nYour request is denied.\n\nCLINICAL RATIONALE\n"
    "1. The records do not document a psychological evaluation. {words}\n\n"
    "Send an appeal to QualCare Appeals, {short}, Piscataway, NJ 08855 within 180 days of receipt.\n"
)
_SHORT = 60  # characters of the words where a line takes no more


def work(desk: Desk, words: str, *, openly: str = "qualcare") -> None:
    """A checked and denied case with a drafted appeal whose patient, file name, chart, decision and letter bear the
    words, with a row of everything beside it."""
    member = desk.members[Role.SPECIALIST]
    desk.practice.letterhead = {"name": words[:_SHORT], "address": words[:_SHORT], "signer": words[:_SHORT]}
    desk.practice.save()
    patient = {"name": words, "birth_date": "1961-02-03", "record_number": words, "member_id": words}
    case = make_case(desk, patient=patient, note=words, funding="self_funded", date_of_service=date(2026, 8, 31))
    record(member.actor(), Action.CASE_OPENED, case)
    file = take_in(case, Given(f"{words[:60]}.txt", _NOTE + f"\n\n{words}\n".encode()), member.actor(), member)
    check = make_check(case, member.actor(), member)
    decision = _decided(desk, case, words)
    letter = _drafted(desk, case, decision, words)
    have: tuple[models.Model, ...] = (case, file, check, decision, letter)
    fill_practice(desk.practice, words, openly=openly, have=have)


def _decided(desk: Desk, case: Case, words: str) -> Decision:
    """The payer's letter, read, and confirmed by a person who types the words wherever it is possible."""
    client = desk.client()
    line = " ".join(words.split())
    text = _ANSWER.format(words=line, short=line[:_SHORT])
    _sent(client, reverse("cases:add_decision", args=[case.pk]), {"text": text})
    row = Decision.of(desk.practice).filter(case=case).get()
    here = reverse("cases:decision", args=[row.pk])
    form = client.get(here).context["form"]
    told = {name: form[name].value() for name in form.fields}
    told = {name: "" if value is None else value for name, value in told.items() if value is not False}
    given = {"outcome": "denied", "received_on": "2026-08-14", "answer": "0", "same_patient": "on"}
    _sent(client, here, told | given | {"reference": line[:_SHORT], "by_hand": ""})
    row.refresh_from_db()
    assert row.confirmed
    return row


def _drafted(desk: Desk, case: Case, decision: Decision, words: str) -> Letter:
    """The appeal, with the words typed into every sentence that takes them."""
    client = desk.client()
    told = {"decision": str(decision.pk), "kind": "", "same_patient": "on"}
    _sent(client, reverse("cases:new_letter", args=[case.pk]), told)
    row = Letter.of(desk.practice).filter(case=case).get()
    line = " ".join(words.split())[:1000]
    texts = {f"text-{each.id}": line for each in rows(open_letter(row).words)}
    _sent(client, reverse("cases:save_letter", args=[row.pk]), {"version": row.version, "do": "save", **texts})
    before = row.version
    row.refresh_from_db()
    assert row.version > before
    return row


def _sent(client: Client, path: str, given: dict[str, Any]) -> None:
    answer = client.post(path, given)
    assert answer.status_code == 302, answer.content.decode()[:4000]
