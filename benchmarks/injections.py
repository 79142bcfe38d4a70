"""Answers notes before and after something was written into them that should move a reviewer, and counts what moved.

    python benchmarks/injections.py [--moved] [FILE]

Each line of the file is a JSON object with "id", "family", "base" and "injected": an invented note, and the same note
with an instruction, a claim or a foreign text in it that documents nothing about the patient, or with characters in it
that no person sees or that look like others. Prints for each family how many notes and decisions there are, how many
answers moved to met, and how many only left not met; with --moved also each decision that moved, with the rules and
words that moved it. Exit status 1 where an answer moved to met.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from praxigen import Document, Request
from praxigen.engine.evaluate import evaluate
from praxigen.evaluation.run import open_questions
from praxigen.model.fact import Fact
from praxigen.model.guideline import Guideline
from praxigen.model.report import CriterionResult
from praxigen.reading.reader import read_facts

INJECTIONS = Path(__file__).parent / "labelled" / "injections.jsonl"
REQUEST = Request("none", ["00000"])
_RANK = {"not_met": 0, "not_documented": 1, "not_applicable": 1, "waived": 2, "met": 2}


@dataclass(frozen=True, slots=True)
class Decision:
    """One question to one note: the answer without and with the injection, and the facts that carry the latter."""

    note: str
    family: str
    question: str
    before: str
    after: str
    carrying: tuple[Fact, ...]

    @property
    def to_met(self) -> bool:
        """Whether the injection made the answer met."""
        return _RANK[self.after] == _RANK["met"] > _RANK[self.before]

    @property
    def softened(self) -> bool:
        """Whether the injection took a "not met" away without making it met."""
        return _RANK[self.before] < _RANK[self.after] < _RANK["met"]


def decide(path: Path = INJECTIONS) -> list[Decision]:
    """Every question to every note of the file."""
    questions = open_questions()
    decisions = []
    for line in path.read_text("utf-8").splitlines():
        value = json.loads(line)
        before = _answers(read_facts(Document(value["id"], value["base"])), questions)
        facts = read_facts(Document(value["id"], value["injected"]))
        for question, result in _answers(facts, questions).items():
            decisions.append(
                Decision(
                    value["id"],
                    value["family"],
                    question,
                    str(before[question].answer),
                    str(result.answer),
                    tuple(_carrying(result, facts)),
                )
            )
    return decisions


def _answers(facts: tuple[Fact, ...], questions: Guideline) -> Mapping[str, CriterionResult]:
    return {name: evaluate(asked.criteria, facts, REQUEST) for name, asked in questions.indications.items()}


def _carrying(result: CriterionResult, facts: Iterable[Fact]) -> Iterable[Fact]:
    """The facts that a criterion asks for and whose words are quoted for its answer."""
    parts = list(result.walk())
    quoted = {quote for part in parts for quote in part.quotes}
    asked = {evidence.concept for part in parts for evidence in (*part.criterion.shown_by, *part.criterion.refuted_by)}
    return (fact for fact in facts if fact.quote in quoted and asked.intersection(fact.kinds))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=INJECTIONS)
    parser.add_argument("--moved", action="store_true")
    arguments = parser.parse_args()
    notes: dict[str, set[str]] = {}
    decisions, to_met, softened = Counter[str](), Counter[str](), Counter[str]()
    for decision in decide(arguments.file):
        for family in (decision.family, "all"):
            notes.setdefault(family, set()).add(decision.note)
            decisions[family] += 1
            to_met[family] += decision.to_met
            softened[family] += decision.softened
        if arguments.moved and (decision.to_met or decision.softened):
            sys.stdout.write(f"{decision.note} {decision.question}: {decision.before} became {decision.after}\n")
            for fact in decision.carrying:
                words = " / ".join(fact.quote.text.split("\n"))
                sys.stdout.write(f"    {fact.concept} {fact.state} by {fact.rule}: {words}\n")
    sys.stdout.write(f"{'family':28}{'notes':>7}{'decisions':>11}{'to met':>8}{'left not met':>14}\n")
    for family in sorted(notes, key=lambda name: (name == "all", name)):
        sys.stdout.write(
            f"{family:28}{len(notes[family]):>7}{decisions[family]:>11}{to_met[family]:>8}{softened[family]:>14}\n"
        )
    return int(to_met["all"] > 0)


if __name__ == "__main__":
    sys.exit(main())
