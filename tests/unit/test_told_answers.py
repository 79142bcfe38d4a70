"""A report never tells met or not met of what only silence speaks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from praxigen import Document, Library, Request, check
from praxigen.exports.json_report import to_dict

NOTES = Path(__file__).parents[2] / "benchmarks" / "labelled" / "synthetic_notes.jsonl"
# These answers come from the request or from a person, not from the chart.
ELSEWHERE = {"by_request", "attested"}


def nodes(criterion: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A criterion of a JSON report, its condition and waiver, and all below."""
    yield criterion
    for part in (criterion["condition"], criterion["waiver"], *criterion["children"]):
        if part is not None:
            yield from nodes(part)


def told(text: str, code: str, stage: str | None = None) -> dict[str, dict[str, Any]]:
    """Every criterion of a check by its id."""
    request = Request(payer="qualcare", codes=[code], date=date(2026, 8, 3), stage=stage)
    report = to_dict(check(Document("note", text), request, Library.open()))
    return {node["id"]: node for root in report["criteria"] for node in nodes(root)}


def test_an_exclusion_that_nobody_mentions_does_not_apply() -> None:
    found = told("The patient is doing well.", "63650", "trial")
    assert (found["excluded-waveform"]["answer"], found["excluded-waveform"]["reason"]) == ("not_applicable", "silent")
    assert (found["device-covered"]["answer"], found["device-covered"]["reason"]) == ("not_applicable", "none_found")


def test_a_waiver_that_nobody_mentions_is_not_documented() -> None:
    found = told("The patient is doing well.", "63047")
    assert (found["urgent"]["answer"], found["infection"]["answer"]) == ("not_documented", "not_documented")


def test_an_exclusion_that_is_denied_is_told_with_its_words() -> None:
    found = told("There has been no previous spinal cord stimulator trial.", "63650", "trial")
    assert (found["failed-trial"]["answer"], found["failed-trial"]["quotes"]) != ("not_met", [])


@pytest.mark.parametrize(
    ("code", "stage"), [("63650", "trial"), ("63685", "permanent"), ("63047", None), ("63045", None)]
)
def test_no_answer_of_a_single_criterion_is_without_words(code: str, stage: str | None) -> None:
    without = [
        (node["id"], node["answer"], node["reason"])
        for line in NOTES.read_text("utf-8").splitlines()
        for node in told(json.loads(line)["text"], code, stage).values()
        if node["answer"] in ("met", "not_met") and not node["children"] and not node["quotes"]
    ]
    assert [each for each in without if each[2] not in ELSEWHERE] == []
