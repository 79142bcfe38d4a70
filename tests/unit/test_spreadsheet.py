"""What is written to a spreadsheet comes back as it was, and no cell of it begins as a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxigen.exports.spreadsheet import safe_cell, to_csv


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), max_size=5))
def test_every_cell_is_quoted_and_read_back_without_a_formula(rows: list[list[str]]) -> None:
    rows = [[each.replace("\0", "") for each in row] for row in rows]
    text = to_csv(rows)
    again = list(csv.reader(io.StringIO(text, newline="")))
    assert [[each.removeprefix("'") for each in row] for row in again] == [
        [each.removeprefix("'") for each in row] for row in rows
    ]
    for row in again:
        for cell in row:
            assert cell.lstrip(" \u00a0\u200b\ufeff\u2060")[:1] not in set("=+-@\t\r\n")
    assert all(line.startswith('"') for line in text.splitlines() if line and not rows_have_breaks(rows))


def rows_have_breaks(rows: list[list[str]]) -> bool:
    """Whether a cell holds what ends a line somewhere."""
    return any(len(each.splitlines()) > 1 or each[-1:].isspace() or each[:1].isspace() for row in rows for each in row)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", " =", "\ufeff=", "\uff1d"])
def test_a_formula_is_taken_for_text(first: str) -> None:
    assert safe_cell(f"{first}HYPERLINK(1)").startswith("'")


def test_numbers_of_ours_stay_numbers() -> None:
    assert (safe_cell(-3), safe_cell(2.5), safe_cell(None), safe_cell("plain")) == ("-3", "2.5", "", "plain")
