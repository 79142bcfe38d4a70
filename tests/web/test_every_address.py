"""Every address of the workspace, asked by everybody who should not get an answer.

The addresses are read from Django's own table and the rows from the list of models: a page or a table that is added is
walked without a word here.
"""

from __future__ import annotations

import pytest
from django.test import Client

from praxigen.web.accounts.gate import Door
from praxigen.web.accounts.roles import GRANTS, Permission, Role
from praxigen.web.cases.models import Case
from support.addresses import Address, addresses, fill_practice, fillings, sample, snapshot
from support.practices import Desk, confirmed, half_signed_in, make_desk

pytestmark = pytest.mark.django_db
CANARY = "Zebulon Quartermain"

# What anybody may see. The API's own list is in tests/web/test_api.py.
PUBLIC = {
    "/account/login/", "/account/logout/", "/account/inactive/", "/account/2fa/authenticate/",
    "/account/2fa/webauthn/login/", "/account/link/<str:token>/", "/api/v1/openapi.json",
    "/demonstration/<str:token>/", "/demonstration/<str:token>/<str:role>/",  # 404 but in a demonstration
}  # fmt: skip
ALL = addresses()
GATED = [address for address in ALL if not address.of_api and address.route not in PUBLIC]


def _asked(client: Client, address: Address, method: str, **values: str) -> tuple[int, str]:
    given = {name: values.get(name, sample(kind)) for name, kind in address.holes.items()}
    answer = client.generic(method, address.fill(**given), headers={"Accept": "text/html"})
    return answer.status_code, answer.headers.get("Location", "")


def test_every_view_has_a_door() -> None:
    doors = {address.route: getattr(address.view, "gate", None) for address in ALL if not address.of_api}
    assert len(doors) > 30
    assert [route for route, door in doors.items() if not isinstance(door, Permission | Door)] == []
    public = {address.route for address in ALL if getattr(address.view, "gate", None) == Door.PUBLIC}
    assert public == PUBLIC


def test_a_stranger_gets_nowhere() -> None:
    for address in GATED:
        assert _asked(Client(), address, "GET")[1].startswith("/account/login/"), address
        assert _asked(Client(), address, "POST")[0] == 401, address
        assert _asked(Client(), address, "PUT")[0] == 401, address


def test_a_password_alone_gets_no_further_than_to_the_second_factor() -> None:
    member = make_desk().members[Role.OWNER]
    for address in GATED:
        if address.view.gate == Door.ENROLLING:
            continue
        assert _asked(half_signed_in(member), address, "GET")[1].startswith("/account/2fa/"), address
        assert _asked(half_signed_in(member), address, "POST")[0] == 401, address


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_what_it_was_granted_and_nothing_fails(role: Role) -> None:
    desk = make_desk()
    for address in GATED:
        needed = address.view.gate
        for method in ("GET", "POST"):
            status, _ = _asked(confirmed(desk.members[role]), address, method)
            assert status < 500, (address, method)
            if isinstance(needed, Permission):
                assert (status == 403) == (needed not in GRANTS[role]), (address, method, status)


def _ids(desk: Desk) -> dict[str, list[str]]:
    rows = fill_practice(desk.practice, CANARY)
    return {model.__name__: [str(row.pk)] for model, row in rows.items()}


def test_another_practice_is_not_there() -> None:
    mine, other = make_desk("One"), make_desk("Two")
    case = Case.every.create(practice=mine.practice, payer="qualcare")
    foreign = _ids(other)
    before = snapshot(other.practice)
    client = confirmed(mine.members[Role.OWNER])
    asked = 0
    for address in GATED:
        if not address.holes or address.view.gate == Door.ENROLLING:
            continue
        for values in fillings(address, foreign, str(case.pk)):
            for method in ("GET", "POST"):
                answer = client.generic(method, address.fill(**values))
                asked += 1
                assert answer.status_code in (404, 405), (address, method, answer.status_code)
                assert CANARY.encode() not in answer.content, address
    assert asked > 20
    assert snapshot(other.practice) == before


def test_lists_and_searches_show_nothing_of_another_practice() -> None:
    mine, other = make_desk("One"), make_desk("Two")
    ids = [one for found in _ids(other).values() for one in found]
    client = confirmed(mine.members[Role.OWNER])
    for address in GATED:
        if address.holes:
            continue
        text = client.get(address.route).content.decode("utf-8", "replace")
        assert CANARY not in text, address
        assert [one for one in ids if one in text] == [], address


def test_keys_of_second_factors_are_their_members_only() -> None:
    from allauth.mfa.models import Authenticator

    mine, other = make_desk("One"), make_desk("Two")
    kind = Authenticator.Type.WEBAUTHN
    key = Authenticator.objects.create(user=other.members[Role.OWNER], type=kind, data={"name": CANARY})
    client = confirmed(mine.members[Role.OWNER])
    for what in ("remove", "edit"):
        assert client.get(f"/account/2fa/webauthn/keys/{key.pk}/{what}/").status_code == 404
        assert client.post(f"/account/2fa/webauthn/keys/{key.pk}/{what}/", {"name": "x"}).status_code == 404
    assert Authenticator.objects.get().data == {"name": CANARY}


def test_no_form_is_taken_without_its_token() -> None:
    member = make_desk().members[Role.OWNER]
    for address in ALL:
        if address.of_api:  # a key in a header, which no other site can make a browser send
            continue
        client = confirmed(member)
        client.handler.enforce_csrf_checks = True
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert _asked(client, address, method)[0] == 403, (address, method)


def test_no_request_of_another_site_is_taken() -> None:
    client = confirmed(make_desk().members[Role.OWNER])
    for address in ALL:
        values = {name: sample(kind) for name, kind in address.holes.items()}
        for site in ("cross-site", "same-site"):
            answer = client.post(address.fill(**values), headers={"Sec-Fetch-Site": site})
            assert answer.status_code == 403, address


def test_a_signed_in_browser_does_not_open_the_api() -> None:
    client = confirmed(make_desk().members[Role.OWNER])
    for path in ("check", "denial"):
        assert client.post(f"/api/v1/{path}", "{}", content_type="application/json").status_code == 401


def test_every_answer_bears_the_headers() -> None:
    client = confirmed(make_desk().members[Role.OWNER])
    paths = [address.fill(**{name: sample(kind) for name, kind in address.holes.items()}) for address in ALL]
    for path in (*paths, "/nothing/at/all/", "/practice/cases/../x"):
        answer = client.get(path)
        rules = answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"], path
        for rule in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
            assert rule in rules, (path, rule)
        assert "unsafe" not in rules, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["Referrer-Policy"] == "same-origin", path
        assert answer.headers["X-Frame-Options"] == "DENY", path
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", path


def test_cookies_are_bound_to_the_host_and_kept_from_scripts() -> None:
    client = Client()
    client.get("/account/login/")
    client.post("/account/login/", {"login": "a@b.example", "password": "x" * 12})
    make_desk().client()
    member = make_desk("Two").members[Role.OWNER]
    browser = half_signed_in(member)
    browser.get("/account/2fa/")
    cookies = {**client.cookies, **browser.cookies}
    assert cookies
    for name, cookie in cookies.items():
        assert name.startswith("__Host-"), name
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Lax"), name
