"""A real Chromium that asks this process instead of the network: every request goes to Django's test client."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

HOST = "http://localhost"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@contextmanager
def chromium(**options: Any) -> Iterator[Any]:
    """A page of a new browser. What it asks outside of HOST is refused."""
    from playwright.sync_api import sync_playwright

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs a loop in this thread; nothing runs beside it
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            )
            yield browser.new_page(**options)
            browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def serve(page: Any, client: Client) -> list[str]:
    """Answer what the page asks with what the client gets. Returns the list that fills with refused addresses."""
    refused: list[str] = []

    def answer(route: Any, request: Any) -> None:
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != HOST:
            refused.append(request.url)
            route.abort()
        elif parts.path.startswith("/static/"):
            _static(route, parts.path)
        else:
            _ask(route, request, client, parts)

    page.route("**/*", answer)
    return refused


def _static(route: Any, path: str) -> None:
    found = finders.find(path.removeprefix("/static/"))
    if not found:
        route.fulfill(status=404)
        return
    with open(found, "rb") as file:  # noqa: PTH123  what Django finds is text
        route.fulfill(status=200, body=file.read(), content_type=_KINDS.get(os.path.splitext(found)[1], "text/plain"))  # noqa: PTH122


def _ask(route: Any, request: Any, client: Client, parts: Any) -> None:
    sent = {name: value for name, value in request.headers.items() if name.lower() not in ("cookie", "host")}
    kind = sent.pop("content-type", "application/octet-stream")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    got = client.generic(
        request.method, path, request.post_data_buffer or b"", content_type=kind, headers=sent,
        HTTP_HOST="localhost",
    )  # fmt: skip
    body = b"".join(got.streaming_content) if got.streaming else got.content
    headers = {name: value for name, value in got.headers.items() if name.lower() != "content-length"}
    route.fulfill(status=got.status_code, headers=headers, body=body)
