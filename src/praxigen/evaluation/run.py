"""Labelled notes in, one row an answer out. The questions are a guideline like any other; nothing is special."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from praxigen.datafiles.shipped import shipped
from praxigen.datafiles.strict import read_yaml
from praxigen.engine.evaluate import evaluate
from praxigen.errors import InputError
from praxigen.library.guidelines import read_guideline
from praxigen.model.answer import Answer
from praxigen.model.document import Document, Quote
from praxigen.model.guideline import Guideline
from praxigen.model.report import CriterionResult
from praxigen.model.request import Request
from praxigen.reading.reader import read_facts

ANSWERS = ("met", "not_met", "not_documented")


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: which answers the label accepts, what was answered, and the quotes of both."""

    note: str
    question: str
    accept: tuple[str, ...]
    answer: str
    reason: str
    quotes: tuple[Quote, ...]
    labelled: tuple[tuple[int, int], ...]

    @property
    def right(self) -> bool:
        """Whether the answer is one that the label accepts."""
        return self.answer in self.accept

    @property
    def overlaps(self) -> bool:
        """Whether a quote of ours shares a character with a labelled quote."""
        return any(q.start < end and start < q.end for q in self.quotes for start, end in self.labelled)


def open_questions(path: Path | None = None) -> Guideline:
    """The guideline whose indications are the questions; by default the fourteen that come with praxigen."""
    path = path or shipped("questions") / "spine-fourteen.yaml"
    return read_guideline(read_yaml(path, path.name), path.name)


def evaluate_files(labels: Path, notes: Path, guideline: Path | None = None) -> list[Row]:
    """Answer every labelled question of every labelled note. Raises InputError where a file is not as it must be."""
    texts = {str(line["id"]): str(line["text"]) for line in _lines(notes, ("id", "text"))}
    return evaluate_rows(_lines(labels, ("id", "answers")), texts, open_questions(guideline), labels.name)


def evaluate_rows(
    labels: Iterable[Mapping[str, Any]], texts: Mapping[str, str], guideline: Guideline, name: str = "labels"
) -> list[Row]:
    """Answer every labelled question of every note in `texts`."""
    rows: list[Row] = []
    for label in labels:
        note = str(label["id"])
        if note not in texts:
            raise InputError(
                f"{name}: the note {note!r} is labelled but not among the notes", "Give the notes that were labelled."
            )
        rows.extend(_answer(Document(note, texts[note]), label["answers"], guideline, name))
    return rows


def _answer(document: Document, answers: Mapping[str, Any], guideline: Guideline, name: str) -> Iterator[Row]:
    facts = read_facts(document)
    request = Request(payer="none", codes=["00000"])
    for question, label in answers.items():
        indication = guideline.indications.get(question.replace("_", "-"))  # ids of the policy language use hyphens
        if indication is None:
            raise InputError(
                f"{name}: the question {question!r} is not among the questions of {guideline.id}",
                f"It has: {', '.join(guideline.indications)}.",
            )
        result = evaluate(indication.criteria, facts, request)
        quotes = tuple(dict.fromkeys(_carrying(result)))
        for quote in quotes:
            document.prove(quote)
        yield Row(
            note=document.name,
            question=question,
            accept=tuple(label["accept"]),
            answer=_three(result.answer),
            reason=str(result.reason),
            quotes=quotes,
            labelled=tuple(_places(document.text, label.get("quotes", ()))),
        )


def _carrying(result: CriterionResult) -> Iterator[Quote]:
    """The quotes that carry an answer: those of the leaf, or of the parts of a group that have the same answer."""
    yield from result.quotes
    for part in result.children:
        if part.answer is result.answer:
            yield from _carrying(part)


def _three(answer: Answer) -> str:
    """The three answers that labels know: a waived criterion counts as met, one that does not apply as open."""
    if answer is Answer.WAIVED:
        return "met"
    return "not_documented" if answer is Answer.NOT_APPLICABLE else str(answer)


def _places(text: str, quotes: Iterable[str]) -> Iterator[tuple[int, int]]:
    for quote in quotes:
        start = text.find(quote)
        while quote and start != -1:
            yield start, start + len(quote)
            start = text.find(quote, start + 1)


def _lines(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})", "Name a file of JSON lines.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: is not UTF-8 text", "Save it as UTF-8.") from None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            raise InputError(f"{path.name}:{number}: is not a line of JSON", "Each line is one JSON object.") from None
        missing = [key for key in needed if not isinstance(value, dict) or key not in value]
        if missing:
            raise InputError(f"{path.name}:{number}: has no {missing[0]!r}", f"Each line needs: {', '.join(needed)}.")
        yield value
