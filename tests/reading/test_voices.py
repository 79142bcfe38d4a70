"""Short notes in many voices, half of them with a trap: surgeons, nurses, therapists, psychologists, patients.

`voices.jsonl` holds a note a line with the answers that a careful reader gives to some of the fourteen questions.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from praxigen import Document, Request
from praxigen.engine.evaluate import evaluate
from praxigen.evaluation.run import open_questions
from praxigen.reading.reader import read_facts

VOICES = [json.loads(line) for line in (Path(__file__).parent / "voices.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("told", VOICES, ids=[told["voice"] for told in VOICES])
def test_each_voice_is_understood(told: dict[str, object]) -> None:
    questions, request = open_questions(), Request("none", ["00000"])
    facts = read_facts(Document(str(told["voice"]), str(told["note"])))
    answers = told["answers"]
    assert isinstance(answers, dict)
    got = {asked: str(evaluate(questions.indications[asked].criteria, facts, request).answer) for asked in answers}
    assert got == answers


def test_half_of_what_is_asked_is_not_met() -> None:
    asked = [answer for told in VOICES for answer in told["answers"].values()]
    assert asked.count("met") < 0.6 * len(asked)
    assert {"met", "not_met", "not_documented"} == set(asked)
