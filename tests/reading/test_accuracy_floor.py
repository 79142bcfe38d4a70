"""A release must not read worse than the one before: a floor a little under what was reached, on every shipped set.

The floors are on what hurts most: answers "met" that the note does not bear out, and "met" answers that are right.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from praxigen.evaluation import evaluate_files, score

LABELLED = Path(__file__).parents[2] / "benchmarks" / "labelled"

# set: accuracy, macro-F1, precision of met, recall of met, recall of not documented; and the highest false-met rate
FLOORS = {
    "synthetic": (0.965, 0.963, 0.965, 0.935, 0.985, 0.012),
    "public": (0.97, 0.92, 0.98, 0.875, 0.985, 0.002),
    "development": (0.905, 0.905, 0.98, 0.835, 0.98, 0.006),
    "clinic": (0.955, 0.95, 0.98, 0.915, 0.97, 0.005),
    "apart": (0.84, 0.815, 0.94, 0.73, 0.97, 0.024),
    "heldout": (0.865, 0.845, 0.90, 0.77, 0.945, 0.031),
}


@pytest.mark.parametrize("name", FLOORS)
def test_the_reader_does_not_fall_below_its_floor(name: str) -> None:
    rows = evaluate_files(LABELLED / f"{name}_labels.jsonl", LABELLED / f"{name}_notes.jsonl")
    got = score(rows)
    accuracy, macro_f1, met_precision, met_recall, open_recall, false_met_rate = FLOORS[name]
    assert got.accuracy >= accuracy
    assert got.macro_f1 >= macro_f1
    assert (got.precision["met"] or 0) >= met_precision
    assert (got.recall["met"] or 0) >= met_recall
    assert (got.recall["not_documented"] or 0) >= open_recall
    assert got.false_met_rate <= false_met_rate


def test_every_quote_of_an_answer_is_an_exact_span() -> None:
    rows = evaluate_files(LABELLED / "public_labels.jsonl", LABELLED / "public_notes.jsonl")
    answered = [row for row in rows if row.answer in ("met", "not_met")]
    # evaluate_files proves every quote against its note; here: no such answer is without one.
    assert answered
    assert [row for row in answered if not row.quotes] == []


def test_minimal_pairs_keep_their_answers() -> None:
    from benchmarks.pairs import answer_pairs

    halves = answer_pairs()
    assert len(halves) >= 650
    assert [half for half in halves if not half.right] == []
