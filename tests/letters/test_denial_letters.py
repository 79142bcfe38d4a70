"""Every field of the example denials, and of letters in styles that the phrases were not written for."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from praxigen import Library
from praxigen.letters import read_answer, read_denials
from praxigen.letters.denial import quotes_of
from praxigen.model.denial import DenialReading
from support.denials import plain_reading
from support.screens import ROOT

EXAMPLES = ROOT / "examples" / "denials"
HELD_OUT = Path(__file__).parent / "held_out"
LETTERS = sorted(path for path in EXAMPLES.iterdir() if path.name[:2].isdigit())
OTHERS = sorted(HELD_OUT.glob("*.txt"))


@cache
def reading(path: Path) -> DenialReading:
    return read_denials(read_answer(path), library())


@cache
def library() -> Library:
    return Library.open()


def labels(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    return found


def test_there_are_fifteen_letters_and_each_is_labelled() -> None:
    assert len(LETTERS) == 15
    assert [path.name for path in LETTERS] == sorted(labels(EXAMPLES))
    assert [path.name for path in OTHERS] == sorted(labels(HELD_OUT))


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_every_field_of_an_example_is_read(path: Path) -> None:
    assert plain_reading(reading(path)) == labels(EXAMPLES)[path.name]


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_every_field_of_a_letter_in_another_style_is_read(path: Path) -> None:
    assert plain_reading(reading(path)) == labels(HELD_OUT)[path.name]


@pytest.mark.parametrize("path", [*LETTERS, *OTHERS], ids=lambda path: path.name)
def test_every_quote_is_exact(path: Path) -> None:
    found = reading(path)
    quotes = [quote for denial in found.denials for quote in quotes_of(denial)]
    assert quotes
    for quote in quotes:
        assert found.document.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize("path", [*LETTERS, *OTHERS], ids=lambda path: path.name)
def test_the_same_letter_reads_the_same_again(path: Path) -> None:
    assert read_denials(read_answer(path), library()) == reading(path)
