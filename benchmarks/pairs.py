"""Scores the minimal pairs: short notes that differ in one thing and flip the answer to one question.

    python benchmarks/pairs.py [--wrong] [FILE]

Prints how many notes of each family are answered right and how many are answered met though they are not; with --wrong
also each note that is answered wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from praxigen import Document, Request
from praxigen.engine.evaluate import evaluate
from praxigen.evaluation.run import open_questions
from praxigen.reading.reader import read_facts

PAIRS = Path(__file__).parent / "labelled" / "pairs.jsonl"


@dataclass(frozen=True, slots=True)
class Half:
    """One note of a pair, with the answer it must have and the answer it got."""

    pair: str
    family: str
    question: str
    answer: str
    note: str
    got: str

    @property
    def right(self) -> bool:
        """Whether the answer is the one that the label asks for."""
        return self.got == self.answer


def answer_pairs(path: Path = PAIRS) -> list[Half]:
    """Every note of the file, answered."""
    questions, request = open_questions(), Request("none", ["00000"])
    halves = []
    for line in path.read_text("utf-8").splitlines():
        value = json.loads(line)
        criteria = questions.indications[value["question"].replace("_", "-")].criteria
        result = evaluate(criteria, read_facts(Document(value["pair"], value["note"])), request)
        halves.append(Half(got=str(result.answer), **value))
    return halves


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=PAIRS)
    parser.add_argument("--wrong", action="store_true")
    arguments = parser.parse_args()
    halves = answer_pairs(arguments.file)
    total, right, false_met = Counter[str](), Counter[str](), Counter[str]()
    for half in halves:
        for family in (half.family, "all"):
            total[family] += 1
            right[family] += half.right
            false_met[family] += half.got == "met" and not half.right
        if arguments.wrong and not half.right:
            note = " / ".join(half.note.split("\n"))
            sys.stdout.write(f"{half.pair} {half.question}: {half.answer}, answered {half.got}: {note}\n")
    sys.stdout.write(f"{'family':40}{'right':>7}{'of':>6}{'false met':>11}\n")
    for family in total:
        sys.stdout.write(f"{family:40}{right[family]:>7}{total[family]:>6}{false_met[family]:>11}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
