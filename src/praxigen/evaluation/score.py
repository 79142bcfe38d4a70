"""Figures over answered rows. Where a label accepts two answers, either is right and neither is held against us."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from praxigen.evaluation.labels import ANSWERS
from praxigen.evaluation.run import Row

BASELINE = "not_documented"


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one set of rows.

    `confusion` counts (labelled, answered); a row whose label accepts several answers counts under the answer given if
    that is accepted, else under the first. `false_met_rate` is the share answered met among rows whose label does not
    accept met. Precision, recall and F1 of an answer that never occurs are None.
    """

    decisions: int
    accuracy: float
    macro_f1: float
    precision: dict[str, float | None]
    recall: dict[str, float | None]
    f1: dict[str, float | None]
    false_met_rate: float
    false_met: int
    confusion: dict[str, dict[str, int]]
    met_answers: int
    met_overlapping: int


def score(rows: Sequence[Row], answer: Callable[[Row], str] | None = None) -> Scores:
    """Score rows as answered, or as `answer` would have answered them."""
    given = [answer(row) if answer else row.answer for row in rows]
    pairs = [
        (answered if answered in row.accept else row.accept[0], answered)
        for row, answered in zip(rows, given, strict=True)
    ]
    counts = Counter(pairs)
    precision = {name: _ratio(counts[name, name], sum(counts[label, name] for label in ANSWERS)) for name in ANSWERS}
    recall = {name: _ratio(counts[name, name], sum(counts[name, other] for other in ANSWERS)) for name in ANSWERS}
    f1 = {name: _f1(counts, name) for name in ANSWERS}
    present = [value for value in f1.values() if value is not None]
    not_met_rows = [(row, answered) for row, answered in zip(rows, given, strict=True) if "met" not in row.accept]
    false_met = sum(answered == "met" for _, answered in not_met_rows)
    ours = [row for row, answered in zip(rows, given, strict=True) if answered == "met" and row.right and row.labelled]
    return Scores(
        decisions=len(rows),
        accuracy=_ratio(sum(label == answered for label, answered in pairs), len(pairs)) or 0.0,
        macro_f1=sum(present) / len(present) if present else 0.0,
        precision=precision,
        recall=recall,
        f1=f1,
        false_met_rate=_ratio(false_met, len(not_met_rows)) or 0.0,
        false_met=false_met,
        confusion={label: {name: counts[label, name] for name in ANSWERS} for label in ANSWERS},
        met_answers=len(ours) if answer is None else 0,
        met_overlapping=sum(row.overlaps for row in ours) if answer is None else 0,
    )


def by_question(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows under their question, questions in order of first appearance."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.question, []).append(row)
    return grouped


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(counts: Counter[tuple[str, str]], name: str) -> float | None:
    """F1 of one answer; None where it is neither labelled nor answered."""
    right = counts[name, name]
    labelled = sum(counts[name, other] for other in ANSWERS)
    answered = sum(counts[other, name] for other in ANSWERS)
    return 2 * right / (labelled + answered) if labelled + answered else None
