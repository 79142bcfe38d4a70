"""What the words before a list say of its items."""

from __future__ import annotations

import pytest

from praxigen.drafting.logic import Combine, Logic, combined, excludes, refuses


@pytest.mark.parametrize(
    ("lead", "items", "logic"),
    [
        ("when ALL of the following criteria are met:", [], Logic(Combine.ALL)),
        ("when all the following criteria are met:", [], Logic(Combine.ALL)),
        ("when any of the following is present:", [], Logic(Combine.ANY)),
        ("when 1 or more of the following criteria are met:", [], Logic(Combine.ANY)),
        ("including at least 1 of the following:", [], Logic(Combine.ANY)),
        ("at least two of the following:", [], Logic(Combine.AT_LEAST, 2)),
        ("2 or more of these:", [], Logic(Combine.AT_LEAST, 2)),
        ("three or more of:", [], Logic(Combine.AT_LEAST, 3)),
        ("either of these:", [], Logic(Combine.ANY)),
        ("both of these:", [], Logic(Combine.ALL)),
        ("after at least 6 weeks of care:", ["Weakness; or", "Numbness"], Logic(Combine.ANY)),
        ("Indications:", ["Weakness **AND**", "Numbness"], Logic(Combine.ALL)),
        ("Indications:", ["Weakness", "Numbness"], Logic(Combine.ALL, stated=False)),
        ("Indications:", ["Weakness or", "Numbness and", "Pain"], Logic(Combine.ALL, stated=False)),
        ("with at least 2 levels:", ["Weakness", "Numbness"], Logic(Combine.ALL, stated=False)),
    ],
)
def test_how_items_are_combined(lead: str, items: list[str], logic: Logic) -> None:
    assert combined(lead, items) == logic


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Limitations", True),
        ("The following are considered not reasonable and necessary:", True),
        ("The following are contraindications", True),
        ("Covered indications", False),
        ("Fusion is covered when:", False),
    ],
)
def test_what_excludes(words: str, answer: bool) -> None:
    assert excludes(words) is answer


def test_an_item_that_refuses() -> None:
    assert refuses("Fusion without a device is NOT considered medically reasonable and necessary.")
    assert not refuses("Care that was not successful")
