"""Every fact of the labelled letters, and the figures that docs/denials.md gives of them."""

from __future__ import annotations

from functools import cache

import pytest
from benchmarks.denials import EXAMPLES, SETS, Answers, compare, labels, letters, read, summary

from praxigen.letters import read_answer, read_denials
from praxigen.letters.denial import quotes_of
from support.screens import ROOT

READ_WHOLE = {"settled": EXAMPLES, "styles": SETS / "styles", "further": SETS / "further", "third": SETS / "third"}
SETS_OF_LETTERS = ("styles", "further", "third", "heldout", "fourth", "unseen")


@cache
def labelled(name: str) -> dict[str, Answers]:
    return dict(labels(SETS / name))


@pytest.mark.parametrize("name", READ_WHOLE)
def test_each_letter_of_a_set_has_labels(name: str) -> None:
    assert set(labelled(name)) == set(letters(READ_WHOLE[name]))


@pytest.mark.parametrize(
    ("name", "letter"), [(name, letter) for name in READ_WHOLE for letter in labelled(name)], ids=lambda part: part
)
def test_every_fact_of_a_letter_is_read(name: str, letter: str) -> None:
    found = read(letters(READ_WHOLE[name])[letter])
    count = compare({letter: labelled(name)[letter]}, {letter: found})
    assert count.all.total() > 8
    assert not count.differences


@pytest.mark.parametrize("name", SETS_OF_LETTERS)
def test_every_quote_of_the_letters_is_exact(name: str) -> None:
    for path in letters(SETS / name).values():
        reading = read_denials(read_answer(path))
        quotes = [quote for denial in reading.denials for quote in quotes_of(denial)]
        assert quotes
        for quote in quotes:
            assert reading.document.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    "name",
    [
        *("labellers", "styles-first", "further-first", "third-first", "heldout-first", "fourth-first"),
        *("unseen-first", "fourth", "unseen"),
    ],
)
def test_the_figures_of_the_page_are_those_of_the_benchmark(name: str) -> None:
    assert summary(name) in (ROOT / "docs" / "denials.md").read_text(encoding="utf-8")


def test_a_wrong_value_a_missing_reason_and_one_too_many_are_each_counted() -> None:
    reason = {"words": "No MRI was sent.", "category": "documentation", "flags": ["correctable", "specific"]}
    other = {"words": "Pain lasted two days only.", "category": "medical_necessity", "flags": ["appealable"]}
    ours = {"outcome": "denied", "member_id": "W1", "reasons": [reason]}
    same = compare({"a": [ours]}, {"a": [ours]})
    assert same.right == same.all
    wrong = compare({"a": [ours]}, {"a": [{**ours, "member_id": "W2", "reasons": [other]}]})
    assert wrong.right["member_id"] == 0
    assert wrong.all["member_id"] == 2
    assert wrong.right["words of a reason"] == 0
    assert wrong.all["category"] == 2
    alone = compare({"a": [ours]}, {})
    assert alone.right.total() == 0
