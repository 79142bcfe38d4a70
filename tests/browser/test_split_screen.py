"""The split screen as a person works with it: keys, words picked with the mouse, one half leading to the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from praxigen.web.cases.deciding import standing
from praxigen.web.cases.models import Check
from support.files import pdf
from support.in_browser import HOST, Browser, needs_chromium
from support.practices import Desk, make_desk

pytestmark = [pytest.mark.django_db, needs_chromium]
NOTE = (Path(__file__).parents[2] / "examples" / "stimulator-trial.txt").read_text(encoding="utf-8")
REQUEST = {"payer": "QualCare", "codes": "63650", "date_of_service": "2026-08-03", "request_stage": "trial"}
ASTRAL = "\U0001f9b4 "  # one character that a browser counts as two
_COUNT_SENT = """() => addEventListener("submit", (event) => {
  if (!event.defaultPrevented) window.sent = (window.sent ?? 0) + 1;
  event.preventDefault();
})"""
_SELECT = """([words]) => {
  const walker = document.createTreeWalker(document.querySelector("#note .text"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at >= 0) { getSelection().setBaseAndExtent(node, at, node, at + words.length); return true; }
  }
  return false;
}"""


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def checked(desk: Desk, note: str) -> tuple[Client, Check, str]:
    client = desk.client()
    client.post("/practice/cases/new/", {**REQUEST, "note": note})
    check = Check.of(desk.practice).get()
    return client, check, f"{HOST}/practice/cases/{check.case_id}/checks/{check.pk}/"


def test_criteria_are_walked_and_confirmed_by_keys(desk: Desk) -> None:
    client, check, address = checked(desk, NOTE)

    def work(page: Any) -> tuple[str, str, str]:
        page.goto(address)
        page.keyboard.press("c")  # outside of the criteria keys do nothing
        page.locator(".row:has(> .undecided-one)").first.focus()
        page.keyboard.press("c")
        page.locator(".decision.confirmed").wait_for()
        page.wait_for_timeout(200)
        page.keyboard.press("j")
        here = page.evaluate("document.activeElement.id")
        page.keyboard.press("x")
        page.keyboard.type("Not hers.")
        typed = page.evaluate("document.activeElement.name + '=' + document.activeElement.value")
        return page.locator("#undecided").inner_text(), here, typed

    counted, here, typed = Browser(client).run(work)
    assert counted.startswith(f"{len(check.criteria) - 1} of {len(check.criteria)}")
    assert here.startswith("c1")
    assert typed == "reason=Not hers."
    assert [row.decided for row in standing(check).values()] == ["confirmed"]


def test_a_key_leads_to_the_next_that_nobody_has_decided_about(desk: Desk) -> None:
    client, check, address = checked(desk, NOTE)
    for name in [*check.criteria][1:3]:
        client.post(f"{address.removeprefix(HOST)}decide/", {"criterion": name, "decided": "confirmed"})

    def work(page: Any) -> list[str]:
        page.goto(address)
        page.locator(".row:has(> .undecided-one)").first.focus()
        places = []
        for _ in range(len(check.criteria) - 2):
            page.keyboard.press("n")
            places.append(page.evaluate("document.activeElement.id"))
        return places

    places = Browser(client).run(work)
    assert len(set(places)) == len(check.criteria) - 2  # each of them once, the first one after the last
    assert all(places)


def test_a_form_that_takes_long_says_so_and_is_sent_once(desk: Desk) -> None:
    client, check, _ = checked(desk, NOTE)

    def work(page: Any) -> tuple[str, str]:
        page.goto(f"{HOST}/practice/cases/{check.case_id}/")
        page.evaluate(_COUNT_SENT)
        for _ in range(3):
            page.get_by_role("button", name="Check again").click()
        return page.locator(".busy-note").inner_text(), str(page.evaluate("window.sent"))

    assert Browser(client).run(work) == ("Checking…", "1")
    assert Check.of(desk.practice).count() == 1


def test_words_picked_with_the_mouse_are_kept_at_their_place(desk: Desk) -> None:
    client, check, address = checked(desk, ASTRAL + NOTE)
    words = "She can walk one block and stand for ten minutes."
    name = next(name for name, answer in check.criteria.items() if answer == "not_documented")

    def work(page: Any) -> str:
        page.goto(address)
        way = page.locator(f".decision:has(input[value='{name}']) .way.correct")
        way.locator("summary").click()
        assert page.evaluate(_SELECT, [words])
        page.wait_for_timeout(100)
        way.locator("button.pick").click()
        filled = way.locator("textarea.words").input_value()
        way.locator("input[value='met']").check()
        way.locator("textarea[name='reason']").fill("It shows how she walks.")
        way.get_by_role("button", name="Correct", exact=True).click()
        page.locator(".decision.corrected").wait_for()
        return filled

    assert Browser(client).run(work) == words
    start = (ASTRAL + NOTE).index(words)
    assert standing(check)[name].quote == {"start": start, "end": start + len(words), "text": words}


def test_a_quote_leads_to_its_words_and_a_mark_to_its_criterion(desk: Desk) -> None:
    client = desk.client()
    lines = NOTE.split("\n")
    data = pdf("\n".join(lines[:24]), "\n".join(lines[24:]))
    client.post("/practice/cases/new/", {**REQUEST, "files": [SimpleUploadedFile("fax.pdf", data)]})
    check = Check.of(desk.practice).get()

    def work(page: Any) -> tuple[int, str, int]:
        page.goto(f"{HOST}/practice/cases/{check.case_id}/checks/{check.pk}/")
        page.locator("a.quote").first.click()
        lit = page.locator(".box.lit").count()
        page.locator("#note .text a.ref").first.click()
        return lit, page.evaluate("document.activeElement.className"), page.locator("#note image").count()

    lit, row, pictures = Browser(client).run(work)
    assert lit >= 1
    assert "row" in row.split()
    assert pictures == 2


def test_a_narrow_screen_shows_one_half_at_a_time(desk: Desk) -> None:
    client, _, address = checked(desk, NOTE)

    def work(page: Any) -> tuple[bool, bool, int]:
        page.goto(address)
        before = page.locator("#note").is_visible()
        page.get_by_role("button", name="Document", exact=True).click()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return before, page.locator("#note").is_visible(), wide

    assert Browser(client).run(work, viewport={"width": 360, "height": 740}) == (False, True, 0)


def test_without_script_both_halves_and_all_controls_are_there(desk: Desk) -> None:
    client, check, address = checked(desk, NOTE)

    def work(page: Any) -> tuple[bool, int]:
        page.goto(address)
        page.locator(".decision button.confirm").first.click()
        page.locator(".decision.confirmed").wait_for()
        return page.locator("#note").is_visible(), page.locator(".decision.confirmed").count()

    assert Browser(client).run(work, java_script_enabled=False) == (True, 1)
    assert len(standing(check)) == 1


def test_a_proposal_is_taken_by_a_press(desk: Desk) -> None:
    client = desk.client()
    client.post("/practice/cases/new/", {"note": NOTE + "\nInsurance: QualCare\nCPT 63650 and 63655 are requested.\n"})

    def work(page: Any) -> tuple[str, str]:
        page.goto(f"{HOST}/practice/")
        page.locator("table.cases a").first.click()
        page.get_by_role("link", name="Change", exact=True).click()
        before = page.locator("#codes").input_value()
        page.get_by_role("button", name="Use 63650").click()
        page.get_by_role("button", name="Use 63655").click()
        return before, page.locator("#codes").input_value()

    assert Browser(client).run(work) == ("", "63650 63655")


def test_a_form_that_is_pressed_twice_is_sent_once(desk: Desk) -> None:
    client, check, _ = checked(desk, NOTE)

    def work(page: Any) -> str:
        page.goto(f"{HOST}/practice/cases/{check.case_id}/payer/sent/")
        page.evaluate(_COUNT_SENT)
        page.get_by_role("button", name="Save").dblclick()
        first = page.evaluate("window.sent")
        page.wait_for_timeout(3200)  # after a while it is a wish of its own
        page.get_by_role("button", name="Save").click()
        return f"{first} {page.evaluate('window.sent')}"

    assert Browser(client).run(work) == "1 2"


def test_the_head_leads_to_the_next_that_nobody_has_decided_about(desk: Desk) -> None:
    client, check, address = checked(desk, NOTE)

    def work(page: Any) -> list[str]:
        page.goto(address)
        places = []
        for _ in range(2):
            page.get_by_role("link", name="Next one").click()
            places.append(page.evaluate("document.activeElement.id"))
        page.keyboard.press("c")
        page.locator(".decision.confirmed").wait_for()
        return [*places, page.locator("#undecided").inner_text()]

    first, second, counted = Browser(client).run(work)
    assert first != second
    assert counted.startswith(f"{len(check.criteria) - 1} of")


def test_on_paper_stand_the_whole_chart_and_what_was_decided_but_no_form(desk: Desk) -> None:
    client, check, address = checked(desk, NOTE)
    name = next(iter(check.criteria))
    client.post(f"{address.removeprefix(HOST)}decide/", {"criterion": name, "decided": "confirmed"})

    def work(page: Any) -> dict[str, Any]:
        page.goto(address)
        page.emulate_media(media="print")
        found = {}
        for width in (700, 1300):
            page.set_viewport_size({"width": width, "height": 900})
            found[str(width)] = page.evaluate(
                """() => [
                  [...document.querySelectorAll("textarea, .ways button, nav")].filter(e => e.offsetParent).length,
                  document.querySelector("#note").scrollHeight - document.querySelector("#note").clientHeight,
                  document.querySelector("#note .line:last-of-type").offsetHeight > 0,
                  document.querySelectorAll(".decision.confirmed .stands")[0].offsetHeight > 0,
                ]"""
            )
        return found

    assert Browser(client).run(work) == {"700": [0, 0, True, True], "1300": [0, 0, True, True]}
