"""The letter editor in a browser: a sentence is saved when it is left, and a stale one shows both texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from praxigen.letters.composing.editing import rows
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.sentence import Kind
from praxigen.web.accounts.roles import Role
from praxigen.web.cases.checking import make_check
from praxigen.web.cases.intake import Given, take_in
from praxigen.web.cases.letters import draft, open_letter
from praxigen.web.cases.models import Letter
from support.cases import make_case
from support.in_browser import HOST, Browser, needs_chromium
from support.practices import Desk, make_desk

pytestmark = [pytest.mark.django_db, needs_chromium]
CHART = Path(__file__).parents[2] / "examples" / "letters" / "chart.txt"


def drafted(desk: Desk) -> Letter:
    """A request letter about a checked chart."""
    member = desk.members[Role.SPECIALIST]
    case = make_case(desk, patient=None)
    take_in(case, Given("chart.txt", CHART.read_bytes()), member.actor(), member)
    make_check(case, member.actor(), member)
    case.refresh_from_db()
    return draft(case, LetterKind.REQUEST, None, member, member.actor())


def test_sentences_save_themselves_one_after_the_other_and_a_stale_one_shows_both_texts() -> None:
    desk = make_desk()
    row = drafted(desk)
    found = rows(open_letter(row).words)
    first = next(each for each in found if each.sentence.kind is Kind.ARGUMENT)
    second = next(each for each in found if each.sentence.kind is Kind.GAP and each.shape == "table")
    faults: list[str] = []

    def type_into(page: Any, name: str, words: str) -> None:
        page.fill(f"[name='text-{name}']", words)
        page.evaluate("document.activeElement.blur()")

    def work(page: Any) -> tuple[str, str, str]:
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(f"{HOST}/practice/letters/{row.pk}/")
        here = f"#r-{first.id.replace('.', '-')}"
        type_into(page, first.id, "the first was changed.")
        page.wait_for_selector(f"{here} .saved")
        type_into(page, second.id, "QC 12 345")
        page.wait_for_selector(f"#r-{second.id.replace('.', '-')} .saved")
        text, version = page.input_value(f"[name='text-{first.id}']"), page.input_value("#version")
        page.evaluate("document.querySelector('#version').value = '1'")  # as if it had been opened long ago
        type_into(page, first.id, "typed too late.")
        page.wait_for_selector(f"{here} .both")
        return text, version, page.inner_text(f"{here} .both")

    text, version, both = Browser(desk.client()).run(work)
    assert (text, version) == ("In our view, the first was changed.", "3")
    assert "In our view, the first was changed." in both
    assert "typed too late." in both
    assert faults == []
    row.refresh_from_db()
    texts = [each.sentence.text for each in rows(open_letter(row).words)]
    assert "QC 12 345" in texts
    assert not any("too late" in each for each in texts)
