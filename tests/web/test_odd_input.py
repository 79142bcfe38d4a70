"""SQL, NULs, odd characters and values that are far too long, in every parameter of every address: never a fault.

Addresses are read from Django's own table, the names of parameters are heard while views ask for them, and forms are
those of the pages: what is added is tried without a word here.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from lxml import html

from praxigen.web.accounts.roles import Role
from support.addresses import Address, addresses, fill_practice, own_values, snapshot
from support.crawl import filled
from support.listening import heard, listen
from support.practices import Desk, confirmed, make_desk
from support.worked import work

pytestmark = pytest.mark.django_db
CANARY = "Zebulon Quartermain"
SQL = (
    "' OR '1'='1", '" OR ""="', "'; DROP TABLE cases_case; --", "') UNION SELECT password FROM accounts_member --",
    "name DESC, (SELECT 1)", "%' ESCAPE '",
)  # fmt: skip
ODD = (
    "a\0b", "\r\nSet-Cookie: a=b", "\u202e\ufeff\u2066", "e\u0301" * 40, "\U0001f9a0\U000e0041\uffff",
    "\u0130\u0131\u017f\u212a", "\u0663\u00bd", "{{ 7*7 }}%s%n", '{"a":[1]}',
)  # fmt: skip
NUMBERS = ("-1", "99999999999999999999", "9" * 5_000, "1e309", "9999-12-31", "0000-00-00")
LONG = ("A" * 30_000, "1, " * 9_000, "[" * 20_000)
EVERY = (*SQL, *ODD, *NUMBERS, *LONG)
EVERYWHERE = (*SQL, ODD[0], NUMBERS[2], LONG[0])  # in each parameter; of the others each parameter gets some
_SOME = 3
IN_ADDRESS = [each[:900] for each in EVERY]  # the server takes lines of 4,094 bytes
_FEW = (SQL[0], NUMBERS[1], NUMBERS[2][:900], ODD[0])
_LEAVE = ("/account/logout/", "/api/v1/openapi.json")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    other = make_desk("Another")
    fill_practice(other.practice, CANARY)
    mine = make_desk("Mine")
    work(mine, "Plain Words")
    listen(monkeypatch)
    return mine


class Trier:
    """Sends requests as the owner, each undone afterwards, and keeps what went wrong."""

    def __init__(self, desk: Desk) -> None:
        self.owner = desk.members[Role.OWNER]
        self.faults: list[str] = []
        self.asked = 0
        self.statuses: set[int] = set()
        signed_in = confirmed(self.owner)
        self._cookies = signed_in.cookies
        self.signed_in = True

    def send(self, method: str, path: str, given: dict[str, Any] | str | None = None) -> Any:
        client = Client(raise_request_exception=False)
        if self.signed_in:
            client.cookies = self._cookies.copy()
        form = {"content_type": "application/x-www-form-urlencoded"} if isinstance(given, str) else {}
        with transaction.atomic():
            answer = getattr(client, method)(path, given or {}, **form)
            content = answer.getvalue() if answer.streaming else answer.content
            transaction.set_rollback(True)
        self.asked += 1
        self.statuses.add(answer.status_code)
        if answer.status_code >= 500 or CANARY.encode() in content:
            self.faults.append(f"{answer.status_code} {method} {path[:90]} {str(given)[:160]}")
        return answer


def _tried(desk: Desk) -> list[tuple[Address, str]]:
    values = own_values(desk.practice)
    return [
        (each, each.fill(**{name: values(name, kind) for name, kind in each.holes.items()}))
        for each in addresses()
        if not each.of_api and each.route not in _LEAVE
    ]


def _given(names: list[str]) -> Iterator[dict[str, list[str]]]:
    """Each parameter twice in a request: one that views would take the last value of, and read the first of."""
    for words in EVERYWHERE:
        yield {name: [words, words[::-1]] for name in names}
    others = [each for each in EVERY if each not in EVERYWHERE]
    for turn in range(_SOME):
        yield {name: [others[(at * _SOME + turn) % len(others)]] for at, name in enumerate(names)}


def _heard(trier: Trier, path: str) -> dict[str, set[str]]:
    """The names that the view asks for, by method: those it asks for next once the first ones are there, too."""
    names: dict[str, set[str]] = {"get": set(), "post": set()}
    for method, _ in itertools.product(names, range(3)):
        request = trier.send(method, path, dict.fromkeys(names[method], "1")).wsgi_request
        names["get"] |= heard(request.GET)
        if method == "post":
            names["post"] |= heard(request.POST)
    return names


def test_every_parameter_of_every_address_takes_anything(desk: Desk) -> None:
    trier = Trier(desk)
    practice = snapshot(desk.practice)
    found = 0
    for _, path in _tried(desk):
        for method, names in _heard(trier, path).items():
            found += len(names)
            for given in _given(sorted(names)) if names else ():
                short = {name: [each[:900] for each in given[name]] for name in given} if method == "get" else given
                trier.send(method, path, short)
    assert trier.faults == []
    assert found > 150
    assert trier.asked > 700
    assert snapshot(desk.practice) == practice


def test_one_odd_value_among_good_ones_is_no_fault(desk: Desk) -> None:
    """A form that is filled in as a person would, but for one field: what the first fault hides is reached, too."""
    trier = Trier(desk)
    turns = itertools.cycle(EVERY)
    forms = dict(_forms(trier, desk))
    for (path, method, _), given in forms.items():
        for name in given:
            for _ in range(2):
                value = next(turns)
                trier.send(method, path, given | {name: value[:900] if method == "get" else value})
    assert trier.faults == []
    assert len(forms) > 30


def _forms(trier: Trier, desk: Desk) -> Iterator[tuple[tuple[str, str, tuple[str, ...]], dict[str, Any]]]:
    for _, path in _tried(desk):
        answer = trier.send("get", path)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html") or answer.streaming:
            continue
        for form in html.fromstring(answer.content or b"<p>").forms:
            target = urlsplit(urljoin(path, form.get("action") or path)).path
            given = filled(form, "Plain Words")
            if given and target not in _LEAVE:
                yield (target, form.method.lower(), tuple(sorted(given))), given


def test_every_hole_of_an_address_takes_anything(desk: Desk) -> None:
    trier = Trier(desk)
    values = own_values(desk.practice)
    for each, _ in _tried(desk):
        for hole, kind_of in each.holes.items():
            # An id or a number that is none ends at Django's table of addresses; a word gets to the view.
            for words in IN_ADDRESS if kind_of in ("str", "slug", "path") else _FEW:
                given = {name: values(name, kind) for name, kind in each.holes.items()}
                path = each.fill(**given | {hole: quote(words, safe="")})
                for method in ("get", "post"):
                    trier.send(method, path)
    assert trier.faults == []
    assert trier.asked > 300


ANSWERS = (
    {}, {"id": 1}, {"id": "a", "rawId": "a", "type": "public-key", "response": {}}, {"response": []}, {"response": "x"},
    {"response": {"userHandle": None}}, {"response": {"userHandle": "%%%"}}, {"response": {"userHandle": "AAAA"}},
    {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
     "response": {"clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "_w"}},
)  # fmt: skip


def test_answers_of_passkeys_that_are_none_are_no_fault(desk: Desk) -> None:
    trier = Trier(desk)
    paths = [path for each, path in _tried(desk) if "webauthn" in each.route or "2fa/authenticate" in each.route]
    for path, signed_in in itertools.product(paths, (True, False)):
        trier.signed_in = signed_in
        for said in (*map(json.dumps, ANSWERS), "[" * 20_000, "9" * 5_000, "null", '"x"', '{"a":"\\ud800"}'):
            trier.send("post", path, {"credential": said})
    assert trier.faults == []


def test_bytes_that_are_no_text_are_no_fault(desk: Desk) -> None:
    trier = Trier(desk)
    for _, path in _tried(desk):
        for name in sorted(_heard(trier, path)["post"])[:3]:
            for body in (f"{name}=%FF%FE%00%ED%A0%80", f"{name}[]=1&{name}=%&=&&=;="):
                trier.send("post", path, body)
    assert trier.faults == []
