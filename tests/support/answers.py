"""The answer to one of the fourteen spine questions, from a note given as text."""

from __future__ import annotations

from functools import cache

from praxigen import Document, Request
from praxigen.engine.evaluate import evaluate
from praxigen.evaluation.run import open_questions
from praxigen.model.guideline import Guideline
from praxigen.reading.reader import read_facts


@cache
def _questions() -> Guideline:
    return open_questions()


def answer(question: str, note: str) -> str:
    """met, not_met or not_documented: `question` is an id of the questions file, such as conservative-6wk."""
    criteria = _questions().indications[question].criteria
    return str(evaluate(criteria, read_facts(Document("note.txt", note)), Request("none", ["00000"])).answer)
