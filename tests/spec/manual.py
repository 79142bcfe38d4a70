"""Writes the chapter of the manual that these tests are: the folder is the chapter, a file a section, a test a claim.

Run `PYTHONPATH=tests python -m spec.manual` after changing a table.
"""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path
from types import ModuleType

CHAPTER = "how_criteria_combine"
SECTIONS = (
    "all",
    "any",
    "at_least",
    "none",
    "unless",
    "applies_if",
    "silence",
    "request_and_attestation",
    "any_tree",
)
PAGE = Path(__file__).parents[2] / "docs" / "how-criteria-combine.md"


def page() -> str:
    """The whole page."""
    chapter = import_module(f"spec.{CHAPTER}")
    sections = [import_module(f"spec.{CHAPTER}.test_{name}") for name in SECTIONS]
    made = f"<!-- Made from tests/spec/{CHAPTER} by tests/spec/manual.py. Change the tests, not this page. -->"
    return (
        "\n\n".join([f"# {_title(chapter)}", made, _text(chapter), *(_section(section) for section in sections)]) + "\n"
    )


def _section(module: ModuleType) -> str:
    parts = [f"## {_title(module)}", _text(module), _table(getattr(module, "TABLE", "")), _claims(module)]
    return "\n\n".join(part for part in parts if part)


def _title(module: ModuleType) -> str:
    return inspect.cleandoc(module.__doc__ or "").partition("\n")[0]


def _text(module: ModuleType) -> str:
    return inspect.cleandoc(module.__doc__ or "").partition("\n")[2].strip()


def _table(table: str) -> str:
    if not table:
        return ""
    head, *rows = (line.replace("->", " ").split() for line in table.strip().splitlines())
    corner = [""] if len(head) < len(rows[0]) else []
    first, rest = [*corner, *head], [["**" + row[0] + "**", *row[1:]] if corner else row for row in rows]
    lines = [first, ["---"] * len(first), *rest]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines).replace("_", " ")


def _claims(module: ModuleType) -> str:
    names = [name for name in vars(module) if name.startswith("test_") and name != "test_the_table"]
    return "\n".join(f"- {name.removeprefix('test_').replace('_', ' ').capitalize()}." for name in names)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
