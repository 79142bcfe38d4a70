"""Scores as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from praxigen.evaluation.labels import ANSWERS
from praxigen.evaluation.run import Row
from praxigen.evaluation.score import BASELINE, Scores, by_question, score

_SHORT = {"met": "met", "not_met": "not met", "not_documented": "not documented"}


def as_text(rows: Sequence[Row], *, errors: bool = False) -> str:
    """The table: the confusion matrix first, then the figures overall, beside the baseline, and by question."""
    overall, baseline = score(rows), score(rows, lambda _: BASELINE)
    lines = [f"{overall.decisions} decisions, {len({row.note for row in rows})} notes", ""]
    lines += _matrix(overall)
    lines += ["", f"{'':34}{'praxigen':>10}{'always not documented':>24}"]
    for label, pick in _FIGURES:
        lines.append(f"{label:34}{_show(pick(overall)):>10}{_show(pick(baseline)):>24}")
    share = overall.met_overlapping / overall.met_answers if overall.met_answers else None
    overlap = f"{overall.met_overlapping} of {overall.met_answers} ({_show(share)})"
    lines += ["", f"met answers whose quote overlaps a labelled quote: {overlap}", ""]
    head = ("accuracy", "macro-F1", "met P", "met R", "not met P", "not met R", "false met")
    lines.append(f"{'question':22}" + "".join(f"{name:>11}" for name in head))
    for question, part in by_question(rows).items():
        s = score(part)
        figures = (
            s.accuracy,
            s.macro_f1,
            s.precision["met"],
            s.recall["met"],
            s.precision["not_met"],
            s.recall["not_met"],
        )
        lines.append(f"{question:22}" + "".join(f"{_show(figure):>11}" for figure in figures) + f"{s.false_met:>11}")
    if errors:
        lines += ["", *_errors(rows)]
    return "\n".join(lines) + "\n"


_FIGURES: tuple[tuple[str, Callable[[Scores], float | None]], ...] = (
    ("accuracy", lambda s: s.accuracy),
    ("macro-F1", lambda s: s.macro_f1),
    ("precision of met", lambda s: s.precision["met"]),
    ("recall of met", lambda s: s.recall["met"]),
    ("precision of not met", lambda s: s.precision["not_met"]),
    ("recall of not met", lambda s: s.recall["not_met"]),
    ("precision of not documented", lambda s: s.precision["not_documented"]),
    ("recall of not documented", lambda s: s.recall["not_documented"]),
    ("false-met rate", lambda s: s.false_met_rate),
)


def _matrix(scores: Scores) -> list[str]:
    head = "labelled \\ answered"
    lines = [f"{head:22}" + "".join(f"{_SHORT[name]:>16}" for name in ANSWERS)]
    rows = (
        f"{_SHORT[label]:22}" + "".join(f"{scores.confusion[label][name]:>16}" for name in ANSWERS) for label in ANSWERS
    )
    return [*lines, *rows]


def _errors(rows: Sequence[Row]) -> list[str]:
    wrong = [row for row in rows if not row.right]
    return [
        f"{row.note}  {row.question}  labelled {'/'.join(row.accept)}, answered {row.answer} ({row.reason})"
        for row in wrong
    ]


def _show(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def as_json(rows: Sequence[Row]) -> dict[str, Any]:
    """`overall`, `baseline` and `questions`, each with accuracy, macro_f1, precision and recall by answer, and more."""
    return {
        "schema": "praxigen.evaluation/1",
        "notes": len({row.note for row in rows}),
        "overall": _figures(score(rows)),
        "baseline": _figures(score(rows, lambda _: BASELINE)),
        "questions": {question: _figures(score(part)) for question, part in by_question(rows).items()},
    }


def _figures(scores: Scores) -> dict[str, Any]:
    return {
        "decisions": scores.decisions,
        "accuracy": _round(scores.accuracy),
        "macro_f1": _round(scores.macro_f1),
        "precision": {name: _round(value) for name, value in scores.precision.items()},
        "recall": {name: _round(value) for name, value in scores.recall.items()},
        "f1": {name: _round(value) for name, value in scores.f1.items()},
        "false_met_rate": _round(scores.false_met_rate),
        "confusion": scores.confusion,
        "evidence": {"met_answers": scores.met_answers, "overlapping_a_labelled_quote": scores.met_overlapping},
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
