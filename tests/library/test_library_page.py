"""The table of docs/library.md: what it names as proof is there, and lint knows every code that the documents name."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src" / "praxigen").rglob("*.py")))
LINT = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "src" / "praxigen" / "library" / "lint").glob("*.py"))
)


def held_by() -> list[str]:
    """What stands in backticks in the last column of the table."""
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    cells = [line.split(" | ")[-1] for line in page.splitlines() if line.startswith("| ")]
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_what_the_table_names_is_there() -> None:
    assert len(held_by()) > 20
    for name in held_by():
        if "/" in name:
            assert (ROOT / name).exists(), name
        elif re.fullmatch(r"[a-z]+(-[a-z]+)+|thin|stale|ended|diagnosis|untested", name):
            assert f'"{name}"' in SOURCE, name
        else:
            assert name in {"guideline: none", "why", "source", "diagnoses", "praxigen library coverage"}, name


def test_every_code_of_lint_is_in_the_policy_language() -> None:
    codes = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)", (?:message|why|THIN|\*)', LINT))
    assert {"missing-twin", "portal-binding", "policy-subject"} <= codes
    page = (ROOT / "docs" / "policy-language.md").read_text(encoding="utf-8")
    assert {code for code in codes if f"`{code}`" not in page} == set()
