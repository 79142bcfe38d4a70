"""A real Chromium that asks this process instead of the network: every request goes to Django's test client.

The browser is driven in a thread of its own. Django stays in the thread of the test, where its database is.
"""

from __future__ import annotations

import queue
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from support.crawl import Seen

HOST = "http://localhost"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


class Browser:
    """Runs what a person does in a browser against a signed-in client. `outside` fills with refused addresses.

    `pages` are shown as they were seen before, instead of asking for them again.
    """

    def __init__(self, client: Client, pages: dict[str, Seen] | None = None) -> None:
        self.client = client
        self.pages = pages or {}
        self.outside: list[str] = []
        self._waiting: queue.Queue[Any] = queue.Queue()

    def run(self, work: Callable[[Any], Any], **options: Any) -> Any:
        """What `work` returns for a new page. Whatever it raises is raised here."""
        done: dict[str, Any] = {}
        thread = threading.Thread(target=self._drive, args=(work, options, done))
        thread.start()
        while (asked := self._waiting.get()) is not None:
            request, answer = asked
            try:
                answer.put(self._ask(*request))
            except Exception as error:  # noqa: BLE001  the other thread raises it
                answer.put(error)
        thread.join()
        if "error" in done:
            raise done["error"]
        return done["result"]

    def _drive(self, work: Callable[[Any], Any], options: dict[str, Any], done: dict[str, Any]) -> None:
        from playwright.sync_api import sync_playwright

        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
                page = browser.new_page(**options)
                page.route("**/*", self._answer)
                done["result"] = work(page)
                browser.close()
        except BaseException as error:  # noqa: BLE001  told in the thread of the test
            done["error"] = error
        finally:
            self._waiting.put(None)

    def _answer(self, route: Any, request: Any) -> None:
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != HOST:
            self.outside.append(request.url)
            route.abort()
        elif parts.path.startswith("/static/"):
            found = finders.find(parts.path.removeprefix("/static/"))
            if found:
                kind = _KINDS.get(Path(found).suffix, "text/plain")
                route.fulfill(status=200, body=Path(found).read_bytes(), content_type=kind)
            else:
                route.fulfill(status=404)
        else:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if path in self.pages and request.is_navigation_request():
                seen = self.pages[path]
                headers = {name: text for name, text in seen.headers.items() if name.lower() != "content-length"}
                route.fulfill(status=200, headers=headers, body=seen.content)
                return
            answer: queue.Queue[Any] = queue.Queue()
            asked = (request.method, path, request.post_data_buffer or b"", dict(request.headers))
            self._waiting.put((asked, answer))
            got = answer.get()
            if isinstance(got, Exception):
                raise got
            status, headers, body = got
            if request.is_navigation_request() and "Location" in headers:  # a redirect would go out to the network
                status, body = 200, b""
                headers = {"Refresh": f"0; url={headers['Location']}", "Content-Type": "text/html"}
            route.fulfill(status=status, headers=headers, body=body)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        sent = {name: value for name, value in headers.items() if name.lower() not in ("cookie", "host")}
        kind = sent.pop("content-type", "application/octet-stream")
        got = self.client.generic(method, path, body, content_type=kind, headers=sent, HTTP_HOST="localhost")
        content = b"".join(got.streaming_content) if got.streaming else got.content
        return got.status_code, {k: v for k, v in got.headers.items() if k.lower() != "content-length"}, content
