"""What the server answers under the addresses of the public pages: files with their lifetime, or a way on."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from whitenoise.middleware import WhiteNoiseMiddleware

from praxigen.site.build import make
from support.policy_files import write_library

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/prior-authorization/nobody/nothing/", "/codes/99999/", "/%22%3Cscript%3E/"])
def test_where_no_public_page_is_the_search_is_offered(path: str) -> None:
    answer = Client().get(path)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<a href="/search/">Search</a>' in page
    assert "script>" not in page.replace("</script>", "")


@pytest.mark.parametrize("path", ["/practice/nothing/", "/account/nothing/"])
def test_where_no_page_of_the_workspace_is_the_work_list_is_offered(path: str) -> None:
    page = Client().get(path).content.decode()
    assert '<a href="/practice/">Work list</a>' in page


def test_a_path_that_names_nothing_gives_the_api_its_own_answer() -> None:
    assert Client().get("/api/v1/nothing").headers["Content-Type"] == "application/problem+json"


def test_files_named_by_their_hash_are_kept_and_pages_are_asked_for_again(tmp_path: Any, settings: Any) -> None:
    from praxigen.library import Library

    files, _ = make(Library.open(write_library(tmp_path / "policies")), "", lambda *_: None, "practice/")
    for name, content in files.items():
        (tmp_path / "public" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "public" / name).write_bytes(content)
    settings.WHITENOISE_ROOT = tmp_path / "public"
    server = WhiteNoiseMiddleware(lambda _request: None)
    lifetimes = {name: dict(file.get_response("GET", {}).headers)["Cache-Control"]
                 for name, file in server.files.items()}  # fmt: skip
    hashed = {url for url in lifetimes if url.startswith("/assets/")}
    assert len(hashed) == 3  # style, search, copy
    for url, lifetime in lifetimes.items():
        assert ("immutable" in lifetime) is (url in hashed), url
        if url not in hashed and not url.startswith("/static/"):
            assert re.fullmatch("max-age=60, public", lifetime), url
    assert {"/", "/search/", "/search/pages.json", "/robots.txt", "/llms.txt", "/changes.atom"} <= lifetimes.keys()
