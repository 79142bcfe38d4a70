"""A press on the page of a requirement puts its checklist into the clipboard; without a script the link leads to it."""

from __future__ import annotations

import mimetypes
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from support.in_browser import HOST, Browser, needs_chromium
from support.site import built_site

pytestmark = needs_chromium
PAGE = "prior-authorization/qualcare/spinal-cord-stimulation/"


def _serve(page: Any, *, without: str = "") -> None:
    files, _ = built_site()

    def answer(route: Any, request: Any) -> None:
        path = urlsplit(request.url).path.lstrip("/")
        content = files.get(f"{path}index.html" if path.endswith("/") else path)
        if content is None or (without and path.endswith(without)):
            route.fulfill(status=404)
        else:
            route.fulfill(body=content, content_type=mimetypes.guess_type(path)[0] or "text/html")

    page.route(f"{HOST}/**", answer)


def test_the_checklist_is_copied() -> None:
    def look(page: Any) -> tuple[str, str]:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=HOST)
        _serve(page)
        page.goto(f"{HOST}/{PAGE}#check")
        page.get_by_role("button", name="Copy as checklist").click()
        page.get_by_text("Copied.").wait_for()
        return page.evaluate("navigator.clipboard.readText()"), page.inner_text("p.checklist")

    copied, told = Browser(Client()).run(look)
    files, _ = built_site()
    assert copied.split() == files[f"{PAGE}checklist.txt"].decode().split()
    assert "[ ] " in copied
    assert "shown by: " in copied
    assert "Copied." in told


def test_a_checklist_that_cannot_be_had_is_said() -> None:
    def look(page: Any) -> str:
        _serve(page, without="checklist.txt")
        page.goto(f"{HOST}/{PAGE}")
        page.get_by_role("button", name="Copy as checklist").click()
        page.get_by_text("did not let it be copied").wait_for()
        return str(page.get_by_role("link", name="This page as a checklist").get_attribute("href"))

    assert Browser(Client()).run(look).endswith("checklist.txt")
