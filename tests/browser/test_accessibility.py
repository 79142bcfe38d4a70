"""Every kind of page, public and in the workspace, audited with axe-core by WCAG 2.2 AA: wide, narrow, light, dark.

Each page is audited either wide and light or narrow and dark, drawn by its address. With PRAXIGEN_FULL_AUDIT=1 each is
audited in both ways, and of the public site not one page of a kind but three.
"""

from __future__ import annotations

import mimetypes
import os
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from praxigen.web.accounts.models import Member, Practice
from praxigen.web.accounts.roles import Role
from praxigen.web.cases.models import Decision, Letter
from praxigen.web.demonstration.cases import make_demonstration
from support.audit import FULL, LOOKS, faults, looks_at
from support.crawl import Seen
from support.files import pdf
from support.in_browser import HOST, Browser, needs_chromium
from support.practices import confirmed
from support.site import built_site

pytestmark = needs_chromium

_SEED = "prior-authorization/qualcare/spinal-cord-stimulation/"


def _kind(path: str) -> str:
    """The kind of a public page: where it stands, without the names of what it shows."""
    parts = path.rstrip("/").split("/")
    return "/".join([parts[0], *["*"] * (len(parts) - 1)])


def _one_of_each_kind() -> list[str]:
    """The smallest page of each kind, for an audit takes long on a large one, and a requirement with everything.

    For a full audit also one in the middle and the largest.
    """
    files, pages = built_site()
    kinds: dict[str, list[tuple[int, str]]] = {}
    for page in pages:
        kinds.setdefault(_kind(page.path), []).append((len(files[f"{page.path}index.html"]), page.path))
    chosen = {_SEED}
    for sized in map(sorted, kinds.values()):
        places = (0, len(sized) // 2, -1) if os.environ.get(FULL) else (0,)
        chosen |= {sized[at][1] for at in places}
    return sorted(chosen)


def _look_at_public(page: Any) -> list[str]:
    files, _ = built_site()

    def answer(route: Any, request: Any) -> None:
        path = urlsplit(request.url).path.lstrip("/")
        content = files.get(f"{path}index.html" if path == "" or path.endswith("/") else path)
        kind = mimetypes.guess_type(path)[0] or "text/html"
        route.fulfill(status=404) if content is None else route.fulfill(body=content, content_type=kind)

    page.route(f"{HOST}/**", answer)
    found = []
    for path in _one_of_each_kind():
        page.goto(f"{HOST}/{path}")
        found += faults(page, f"/{path}")
    page.goto(f"{HOST}/search/?q=stimulator")
    page.wait_for_selector("#results li")
    return found + faults(page, "/search/ with results")


def test_every_kind_of_public_page_has_no_violation() -> None:
    assert len(_one_of_each_kind()) > 20
    browser = Browser(Client())
    assert "\n".join(browser.run(_look_at_public)) == ""
    assert browser.outside == []


def _pages_of(client: Client, *starts: str) -> dict[str, Seen]:
    """One page for each address pattern that links lead to from the starts, by its path."""
    seen: dict[str, Seen] = {}
    patterns: set[str] = set()
    waiting = list(starts)
    while waiting:
        path = waiting.pop(0)
        try:
            pattern = resolve(urlsplit(path).path).route
        except Resolver404:
            continue  # leads to no page
        if pattern in patterns:
            continue
        answer = client.get(path)
        kept = "attachment" in answer.headers.get("Content-Disposition", "")
        if answer.status_code != 200 or kept or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        patterns.add(pattern)
        seen[path] = Seen(answer.status_code, dict(answer.headers), answer.content)
        links = (urljoin(path, link).partition("#")[0] for link in html.fromstring(answer.content).xpath("//a/@href"))
        waiting += [link for link in links if re.match("/(practice|account)/", link)]
    return seen


def _look_at(page: Any, paths: tuple[str, ...]) -> list[str]:
    found = []
    for path in paths:
        page.goto(HOST + path)
        found += faults(page, path)
    return found


@pytest.fixture
def practice(settings: Any) -> Practice:
    settings.DEMONSTRATION, settings.DEMONSTRATION_TOKEN = True, "t" * 43
    return make_demonstration(lambda _line: None)


@pytest.mark.django_db
def test_every_page_of_the_workspace_has_no_violation(practice: Practice) -> None:
    client = confirmed(Member.objects.get(practice=practice, role=Role.OWNER))
    denied = Decision.of(practice).get()
    client.post(f"/practice/cases/{denied.case_id}/letters/new/?decision={denied.pk}", {"kind": "", "addressee": "x"})
    starts = ("/practice/", f"/practice/cases/{denied.case_id}/", f"/practice/decisions/{denied.pk}/", "/account/me/")
    letters = tuple(f"/practice/letters/{letter.pk}/" for letter in Letter.of(practice))
    assert letters
    locked = SimpleUploadedFile("scan.pdf", pdf("Leg pain.", password="open sesame"))
    client.post(f"/practice/cases/{denied.case_id}/files/", {"files": locked})
    pages = _pages_of(client, *starts, *letters)
    assert any(b'type="password"' in page.content for page in pages.values())
    assert any("/remove/" in path for path in pages)
    refused = client.post("/practice/cases/new/", {"payer": "Nobody", "codes": "1"})
    pages["/practice/cases/new/?refused"] = Seen(200, dict(refused.headers), refused.content)
    missing = client.get("/practice/cases/nothing/")
    pages["/practice/cases/nothing/"] = Seen(200, dict(missing.headers), missing.content)
    assert len(pages) > 15
    browser = Browser(client, pages)
    assert "\n".join(browser.run(lambda page: _look_at(page, tuple(pages)))) == ""
    assert browser.outside == []


def test_the_audit_sees_a_fault() -> None:
    """A picture without words and gray on gray are found, so an empty list means something."""

    def work(page: Any) -> list[str]:
        page.set_content(
            "<html lang='en'><title>x</title><main><h1>x</h1><ul><li>a</li></ul><a href='#'>b</a><button>c</button>"
            "<img src='data:,'><p style='color:#999;background:#aaa'>gray</p>"
            "<p style='width:40rem'>wide</p></main></html>"
        )
        return faults(page, "bad")

    found = " ".join(Browser(Client()).run(work))
    assert "image-alt" in found
    assert "color-contrast" in found
    assert "px wide" in found


def test_half_of_the_pages_are_seen_in_each_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """No way is left out by a change of names that nobody notices; the full audit takes all."""
    monkeypatch.delenv(FULL, raising=False)
    seen = [looks_at(f"/{path}") for path in _one_of_each_kind()]
    assert all(len(each) == 1 for each in seen)
    for look in LOOKS:
        assert sum(each == (look,) for each in seen) >= len(seen) // 4
    monkeypatch.setenv(FULL, "1")
    assert looks_at("/") == LOOKS
