"""Near names in error messages."""

from __future__ import annotations

import pytest

from praxigen.datafiles import did_you_mean, near_names


@pytest.mark.parametrize(
    ("name", "names", "sentence"),
    [
        ("evidense", ["evidence", "expect"], "Did you mean 'evidence'?"),
        ("QUALCAR", ["qualcare", "oscar"], "Did you mean 'qualcare'?"),
        ("63074", ["63046", "63047"], "Did you mean '63046' or '63047'?"),
        ("63048", ["63047", "63045", "63046", "63042"], "Did you mean '63042', '63045' or '63046'?"),
        ("zzz", ["evidence"], ""),
        ("x", [], ""),
    ],
)
def test_the_nearest_names_come_first(name: str, names: list[str], sentence: str) -> None:
    assert did_you_mean(name, names) == sentence


def test_the_order_of_the_names_plays_no_part() -> None:
    assert near_names("abcd", {"abce", "abcf"}) == near_names("abcd", ["abcf", "abce", "abce"]) == ("abce", "abcf")


def test_the_number_of_names_is_limited() -> None:
    assert near_names("abcd", ["abce", "abcf"], limit=1) == ("abce",)
