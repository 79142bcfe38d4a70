"""The pages under docs/security say what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from praxigen.web.accounts.passwords import BESIDE, WORDS
from praxigen.web.cases.views.new_case import _MOST_TEXT
from praxigen.web.pages.uploads import MOST_BYTES
from support import asvs
from support.roles import PAGE, text

PAGES, COSTLY = 600, 30  # tests/web/test_pace.py holds the settings to them
_ROOT = Path(__file__).parents[2]
_NAMED = re.compile(r"`((?:src|tests|docs)/[\w./-]+?\.(?:py|md|html|js|json))(?:::(\w+))?`")


def test_the_page_of_roles_is_what_the_doors_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == text(), "run: PYTHONPATH=src:tests python -m support.roles"


@pytest.mark.parametrize("name", ["asvs.md", "threats.md", "hipaa.md", "keys.md", "rules.md"])
def test_every_proof_that_a_page_names_is_there(name: str) -> None:
    named = _NAMED.findall((_ROOT / "docs" / "security" / name).read_text(encoding="utf-8"))
    assert named, name
    for path, function in named:
        assert (_ROOT / path).is_file(), path
        assert not function or f"def {function}(" in (_ROOT / path).read_text(encoding="utf-8"), (path, function)


def test_every_requirement_of_levels_one_and_two_is_judged_once() -> None:
    judged, levels = asvs.rows(), asvs.levels()
    numbers = [each.number for each in judged]
    assert len(set(numbers)) == len(numbers)
    assert {number for number, level in levels.items() if level < 3} <= set(numbers)
    for each in judged:
        assert each.level == levels[each.number], each.number
        assert each.answer in asvs.ANSWERS, each.number
    page = asvs.PAGE.read_text(encoding="utf-8")
    assert asvs.tally() in " ".join(page.split()), "run: PYTHONPATH=src:tests python -m support.asvs"
    assert page.count("\n| ") == len(judged) + 2  # head and rule of the table: no row went unread


def test_the_page_of_rules_says_what_the_code_does() -> None:
    page = " ".join((_ROOT / "docs" / "security" / "rules.md").read_text(encoding="utf-8").split())
    assert f"Words that make no password {', '.join(f'`{word}`' for word in WORDS)}," in page
    assert settings.ACCOUNT_RATE_LIMITS == {
        "login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key", "reauthenticate": "10/m/user"
    }  # fmt: skip
    for said in (
        "30 tries a minute from one address; of failed ones 10 a minute from one address, and 5 in 300 seconds",
        f"{BESIDE} characters must be left",
        f"{settings.API_REQUESTS_A_MINUTE} requests a minute",
        f"{PAGES} pages a minute, and send {COSTLY} requests a minute that read files",
        f"after {settings.SESSION_COOKIE_AGE // 60} idle minutes",
        f"after {settings.SESSION_LIFETIME.total_seconds() // 3600:.0f} hours",
        f"{_MOST_TEXT:,} characters",
        f"one request {MOST_BYTES // 2**20} MB",
        f"{settings.DATA_UPLOAD_MAX_NUMBER_FILES} files and {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} fields",
    ):
        assert said in page, said
