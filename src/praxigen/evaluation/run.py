"""Labelled notes in, one row an answer out. The questions are a guideline like any other; nothing is special."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from praxigen.datafiles.shipped import shipped
from praxigen.datafiles.strict import read_yaml
from praxigen.engine.evaluate import evaluate
from praxigen.errors import InputError
from praxigen.evaluation.labels import Label, read_labels, read_notes
from praxigen.library.guidelines import read_guideline
from praxigen.model.answer import Answer
from praxigen.model.document import Document, Quote
from praxigen.model.guideline import Guideline
from praxigen.model.report import CriterionResult
from praxigen.model.request import Request
from praxigen.reading.reader import read_facts


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: which answers the label accepts, what was answered, and the quotes of both.

    `lost` counts the labelled quotes that do not stand in the note; `place` is the file and line of the label.
    """

    note: str
    question: str
    accept: tuple[str, ...]
    answer: str
    reason: str
    quotes: tuple[Quote, ...]
    labelled: tuple[tuple[int, int], ...]
    lost: int = 0
    place: str = ""

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
    texts = read_notes(notes)
    return evaluate_rows(read_labels(labels), texts, open_questions(guideline))


def evaluate_rows(labels: Iterable[Label], texts: Mapping[str, str], guideline: Guideline) -> list[Row]:
    """Answer every labelled question of every note in `texts`. Labels of one note stand together."""
    rows: list[Row] = []
    for note, group in groupby(labels, key=lambda label: label.note):
        asked = list(group)
        if note not in texts:
            raise InputError(
                f"{asked[0].place}: the note {note!r} is labelled but not among the notes",
                "Give the notes that were labelled.",
            )
        rows.extend(_answer(Document(note, texts[note]), asked, guideline))
    return rows


def lost_quotes(rows: Iterable[Row]) -> str:
    """A sentence on the labelled quotes that do not stand in their notes, with the first place; empty without any."""
    losing = [row for row in rows if row.lost]
    if not losing:
        return ""
    count, first = sum(row.lost for row in losing), losing[0]
    if count == 1:
        return (
            f"{first.place}: a labelled quote of {first.question!r} does not stand in its note and counts for nothing"
        )
    return (
        f"{first.place}: a labelled quote of {first.question!r} does not stand in its note; "
        f"{count} such quotes in this file count for nothing"
    )


def _answer(document: Document, labels: Iterable[Label], guideline: Guideline) -> Iterator[Row]:
    facts = read_facts(document)
    request = Request(payer="none", codes=["00000"])
    for label in labels:
        indication = guideline.indications.get(label.question.replace("_", "-"))  # ids of the language use hyphens
        if indication is None:
            raise InputError(
                f"{label.place}: the question {label.question!r} is not among the questions of {guideline.id}",
                f"It has: {', '.join(guideline.indications)}.",
            )
        result = evaluate(indication.criteria, facts, request)
        quotes = tuple(dict.fromkeys(_carrying(result)))
        for quote in quotes:
            document.prove(quote)
        yield Row(
            note=document.name,
            question=label.question,
            accept=label.accept,
            answer=_three(result.answer),
            reason=str(result.reason),
            quotes=quotes,
            labelled=tuple(_places(document.text, label.quotes)),
            lost=sum(quote not in document.text for quote in label.quotes),
            place=label.place,
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
        while start != -1:
            yield start, start + len(quote)
            start = text.find(quote, start + 1)
