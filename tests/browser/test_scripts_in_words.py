"""Whatever stands in a stored word, no page runs it: looked at in a real browser, with every form and every link."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from praxigen.web.accounts.models import Member, Practice
from praxigen.web.accounts.roles import Role
from support.crawl import Walk
from support.in_browser import HOST, Browser, needs_chromium
from support.practices import Desk, confirmed, make_desk
from support.worked import work

pytestmark = [pytest.mark.django_db, needs_chromium]
PAYLOADS = json.loads(Path(__file__).with_name("payloads.json").read_text(encoding="utf-8"))
_WATCH = """
window.alert = window.confirm = window.prompt = (said) => { document.title = "RAN " + said; };
window.ran = (said) => { document.title = "RAN " + said; };
document.addEventListener("securitypolicyviolation", (event) => {
  (window.violations = window.violations || []).push(event.violatedDirective + " " + event.blockedURI);
});
"""


def test_there_are_enough_of_them() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 100


def _faults(page: Any, path: str) -> list[str]:
    """What ran or tried to, after the page settled and everything on it was pointed at."""
    page.goto(HOST + path)
    page.mouse.move(200, 200)
    title = page.title()
    told = page.evaluate("window.violations || []")
    return ([f"{path}: {title}"] if title.startswith("RAN") else []) + [f"{path}: {each}" for each in told]


def _stored_everywhere(client: Client, desk: Desk, words: str) -> Walk:
    practice = desk.practice
    work(desk, words, openly=words)
    Member.objects.filter(practice=practice, role=Role.VIEWER).update(name=words[:120])
    Practice.objects.filter(pk=practice.pk).update(name=words[:200])
    file = SimpleUploadedFile("chart.txt", f"Note.\n{words}\n".encode(), "text/plain")
    return Walk(client, words, file).go("/practice/")


def test_no_word_that_is_stored_runs() -> None:
    seen = 0
    for start in range(0, len(PAYLOADS), 28):
        desk = make_desk(f"Practice {start}")
        client = confirmed(desk.members[Role.OWNER])
        walk = _stored_everywhere(client, desk, " ".join(PAYLOADS[start : start + 28]))
        assert walk.failed == []
        for looked_at in ("/practice/letters/", "/practice/decisions/"):
            assert [path for path in walk.pages if looked_at in path], looked_at
        browser = Browser(client, walk.pages)
        assert browser.run(lambda page, paths=tuple(walk.pages): _look(page, paths)) == []
        assert browser.outside == []
        seen += len(walk.pages)
    assert seen > 40


def _look(page: Any, paths: tuple[str, ...]) -> list[str]:
    page.add_init_script(_WATCH)
    faults: list[str] = []
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    for path in paths:
        faults += _faults(page, path)
    return faults


def test_the_watch_sees_a_script_that_runs() -> None:
    """Without the rules of the workspace and without escaping, the payloads do run and are seen."""

    def work(page: Any) -> int:
        page.add_init_script(_WATCH)
        seen = 0
        for payload in PAYLOADS[:12]:
            page.goto("about:blank")
            page.set_content(f"<p>{payload}</p>")
            page.wait_for_timeout(50)
            seen += page.title().startswith("RAN")
        return seen

    assert Browser(Client()).run(work) >= 5


def test_a_script_that_gets_into_a_page_is_refused_and_seen() -> None:
    """The second lock: were a word ever written unescaped, the page's rules would still stop it."""

    def work(page: Any) -> tuple[str, int]:
        page.add_init_script(_WATCH)
        page.goto(f"{HOST}/practice/")
        page.evaluate("""() => {
            const box = document.createElement("div");
            box.innerHTML = "<img src=x onerror=\\"ran('image')\\">";
            document.body.append(box);
        }""")
        page.wait_for_timeout(200)
        return page.title(), page.evaluate("(window.violations || []).length")

    title, violations = Browser(confirmed(make_desk().members[Role.OWNER])).run(work)
    assert not title.startswith("RAN")
    assert violations >= 1
