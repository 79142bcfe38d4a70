"""What is refused before anything else looks at it, and that refusals are told in the log."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client
from gunicorn.config import Config
from gunicorn.http.errors import InvalidHeader
from gunicorn.http.parser import RequestParser

from praxigen.web.accounts.roles import Role
from praxigen.web.audit.actions import Action
from praxigen.web.audit.models import Event
from praxigen.web.pages import errors
from support.practices import PASSWORD, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lines: list[str] = []
    monkeypatch.setattr(logging.Logger, "warning", lambda _log, line, *_values, **_more: lines.append(line))
    return lines


@pytest.fixture
def proxied(settings: Any) -> Client:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    return Client()


def test_a_browser_is_sent_to_https_and_a_program_is_refused(proxied: Client, told: list[str]) -> None:
    page = proxied.get("/account/login/")
    assert (page.status_code, page["Location"]) == (301, "https://testserver/account/login/")
    assert "default-src 'none'" in page["Content-Security-Policy"]
    program = proxied.get("/api/v1/payers")
    assert program.status_code == 403
    assert program["Content-Type"] == "application/problem+json"
    assert "make a new key" in program.json()["detail"]
    assert told[0] == "refused: a program that spoke in the clear"
    assert proxied.get("/api/v1/payers", headers={"X-Forwarded-Proto": "https"}).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "TRACK"])
@pytest.mark.parametrize("path", ["/account/login/", "/api/v1/payers", "/nothing/"])
def test_methods_that_nobody_needs_are_refused(method: str, path: str) -> None:
    answer = Client().generic(method, path)
    assert answer.status_code == 405
    assert method not in answer["Allow"]
    assert not answer.content


def test_what_gets_around_a_control_is_told_in_the_log(told: list[str]) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/account/login/", {"login": "a@b.example"}).status_code == 403
    assert Client().post("/account/login/", {}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert told.count("refused: a form without its token, or one of another site") == 2
    request = strict.get("/account/login/").wsgi_request
    assert errors.too_many(request).status_code == 429
    assert told[-1] == "refused: too many tries"


def test_nobody_is_sent_to_another_host() -> None:
    client = make_desk().client(Role.OWNER)
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        answer = client.post("/account/reauthenticate/", {"password": PASSWORD, "next": elsewhere})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/practice/")


def test_a_message_with_two_lengths_is_refused() -> None:
    head = b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
    both = head + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    with pytest.raises(InvalidHeader):
        next(RequestParser(Config(), iter([both]), ("127.0.0.1", 1)))
    with pytest.raises(InvalidHeader):
        next(RequestParser(Config(), iter([head + b"Content-Length: 9\r\n\r\nabcd"]), ("127.0.0.1", 1)))


def test_behind_a_proxy_the_trail_goes_by_what_the_proxy_saw(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for seen in ("192.0.2.1", "192.0.2.2", "198.51.100.7, 192.0.2.1"):  # before the comma: what the client made up
        wrong = {"login": "a@b.example", "password": "wrong words of nobody"}
        Client().post("/account/login/", wrong, headers={"X-Forwarded-For": seen})
    failed = Event.objects.filter(action=Action.SIGN_IN_FAILED).order_by("sequence")
    first, second, third = (event.fields["place"] for event in failed)
    assert first == third != second
