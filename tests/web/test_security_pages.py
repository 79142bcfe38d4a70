"""The pages under docs/security say what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.roles import PAGE, text

_ROOT = Path(__file__).parents[2]
_NAMED = re.compile(r"`((?:src|tests|docs)/[\w./-]+?\.(?:py|md|html|js|json))(?:::(\w+))?`")


def test_the_page_of_roles_is_what_the_doors_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == text(), "run: PYTHONPATH=src:tests python -m support.roles"


@pytest.mark.parametrize("name", ["asvs.md", "threats.md", "hipaa.md", "keys.md"])
def test_every_proof_that_a_page_names_is_there(name: str) -> None:
    named = _NAMED.findall((_ROOT / "docs" / "security" / name).read_text(encoding="utf-8"))
    assert named, name
    for path, function in named:
        assert (_ROOT / path).is_file(), path
        assert not function or f"def {function}(" in (_ROOT / path).read_text(encoding="utf-8"), (path, function)
