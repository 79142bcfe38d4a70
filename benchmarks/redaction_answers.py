"""Compares the answers to notes with the answers to their masked copies: what differs is listed.

    python benchmarks/redaction_answers.py [--notes 40] [--key WORD]

Each note is checked as it is and as its copy, with the date of service moved by the same days: the example notes
and the first labelled development notes, against two sets of criteria and the fourteen questions of the labelled notes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from praxigen import Document, Library, Request, check
from praxigen.api import mask_identifiers
from praxigen.documents import read_document
from praxigen.engine.evaluate import evaluate
from praxigen.evaluation.run import open_questions
from praxigen.model.report import Report
from praxigen.reading.reader import read_facts

_ROOT = Path(__file__).resolve().parent.parent
_REQUESTS = (
    Request("qualcare", ["63650"], stage="trial", date="2026-08-03"),
    Request("qualcare", ["63047"], date="2026-08-03"),
)


def documents(count: int) -> Iterator[Document]:
    """The example notes and the first labelled notes."""
    for path in sorted((_ROOT / "examples").glob("*.txt")):
        yield read_document(path)
    notes = _ROOT / "benchmarks" / "labelled" / "development_notes.jsonl"
    for line in notes.read_text(encoding="utf-8").splitlines()[:count]:
        value = json.loads(line)
        yield read_document(value["text"].encode(), value["id"])


def differences(document: Document, key: bytes, library: Library) -> tuple[int, list[str]]:
    """How many answers were compared, and each that is not the same."""
    done = mask_identifiers(document, key, library=library)
    copy = read_document(done.copy.encode(), document.name)
    told, compared = [], 0
    for request in _REQUESTS:
        later = Request(request.payer, request.codes, stage=request.stage, date=done.moved(request.date or date.min))
        first, second = check(document, request, library), check(copy, later, library)
        one, two = _answers(first), _answers(second)
        compared += len(one)
        told += [
            f"{document.name} {request.codes[0]} {name}: {one[name]}, in the copy {two.get(name)}"
            for name in one
            if one[name] != two.get(name)
        ]
    questions, ask = open_questions(), Request(payer="none", codes=["00000"])
    facts, again = read_facts(document), read_facts(copy)
    for name, indication in questions.indications.items():
        compared += 1
        was, now = (evaluate(indication.criteria, each, ask).answer.value for each in (facts, again))
        if was != now:
            told.append(f"{document.name} question {name}: {was}, in the copy {now}")
    return compared, told


def _answers(report: Report) -> dict[str, str]:
    """Every criterion of every determination by its place, with its answer."""
    return {
        f"{which}.{at} {result.criterion.id}": result.answer.value
        for which, determination in enumerate(report.determinations)
        if determination.result is not None
        for at, result in enumerate(determination.result.walk())
    }


def main() -> int:
    """Print what differs and how much was compared."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=40)
    parser.add_argument("--key", default="the key of the benchmark")
    arguments = parser.parse_args()
    library, total, count, different = Library.open(), 0, 0, 0
    for document in documents(arguments.notes):
        compared, told = differences(document, arguments.key.encode(), library)
        total, count, different = total + compared, count + 1, different + len(told)
        sys.stdout.writelines(f"{line}\n" for line in told)
    sys.stdout.write(f"{count} notes, {total:,} answers compared, {different} differ\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
