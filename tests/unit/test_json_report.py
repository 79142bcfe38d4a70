"""The JSON report: its schema holds, every quote is exact, and the same report gives the same bytes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from praxigen.errors import QuoteMismatchError
from praxigen.exports.html_report import to_html
from praxigen.exports.json_report import to_dict, to_json
from praxigen.exports.text import to_text
from praxigen.model.document import Quote
from praxigen.model.report import Report
from support import reports

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_manual_names_every_key() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "report-schema.md").read_text(encoding="utf-8")
    named = (*SCHEMA["required"], *SCHEMA["$defs"]["criterion"]["required"], *SCHEMA["$defs"]["quote"]["required"])
    assert [key for key in named if f"`{key}`" not in manual] == []


@pytest.mark.parametrize("make", reports.ALL.values(), ids=reports.ALL)
def test_every_report_follows_the_schema(make: Callable[[], Report]) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(to_json(make())))


@pytest.mark.parametrize("make", reports.ALL.values(), ids=reports.ALL)
def test_every_quote_is_an_exact_span_on_its_line(make: Callable[[], Report]) -> None:
    quotes = [each for each in objects(to_dict(make())) if "start" in each]
    for quote in quotes:
        assert reports.NOTE[quote["start"] : quote["end"]] == quote["text"]
        assert reports.NOTE.count("\n", 0, quote["start"]) + 1 == quote["line"]


@pytest.mark.parametrize("make", reports.ALL.values(), ids=reports.ALL)
def test_the_same_report_gives_the_same_bytes(make: Callable[[], Report]) -> None:
    assert to_json(make()) == to_json(make())


def test_what_the_issue_asks_for_is_there() -> None:
    report = to_dict(reports.open_trial())
    assert report["verdict"] == "not_documented"
    (root,) = report["criteria"]
    leaf = root["children"][0]["children"][0]["children"][0]
    assert {key: leaf[key] for key in ("id", "text", "answer", "reason", "quotes", "children")} == {
        "id": "fbss-diagnosis",
        "text": "Failed back surgery syndrome is diagnosed",
        "answer": "met",
        "reason": "documented",
        "quotes": [
            {
                "document": "clinic-note.txt",
                "start": 202,
                "end": 258,
                "text": "post-laminectomy syndrome (failed back surgery syndrome)",
                "line": 4,
                "file": "clinic-note.txt",
                "page": None,
                "date": None,
                "part": None,
                "confidence": None,
                "unsure": [],
                "boxes": [],
            }
        ],
        "children": [],
    }
    assert leaf["source"]["label"] == "binding, from an unverified transcription"
    assert [gap["id"] for gap in report["gaps"]] == ["behavioral-clearance", "depression", "surgeon"]
    assert report["gaps"][0]["near"][0]["reason"] == "planned_only"
    assert report["receipt"]["document_sha256"] == report["document"]["sha256"]
    assert report["stage"]["from"] == "note"


def test_waiver_and_condition_stand_beside_what_they_belong_to() -> None:
    (root,) = to_dict(reports.refused())["criteria"]
    care, _, interval, _ = root["children"]
    assert (care["answer"], care["waiver"]["id"], care["waiver"]["answer"]) == ("waived", "urgent", "met")
    assert (interval["answer"], interval["condition"]["id"]) == ("not_applicable", "earlier")


def test_criteria_and_determinations_agree() -> None:
    report = to_dict(reports.two_routes())
    named = [each["criterion"] for each in report["determinations"] if each["criterion"]]
    assert named == [each["id"] for each in report["criteria"]]
    assert report["determinations"][2]["upload"]


def test_a_gap_names_the_routes_that_it_would_help() -> None:
    assert {tuple(gap["routes"]) for gap in to_dict(reports.two_routes())["gaps"]} == {("trial",)}


@pytest.mark.parametrize("export", [to_json, to_text, to_html])
def test_nothing_is_written_with_a_quote_that_is_not_in_the_note(export: Callable[[Report], str]) -> None:
    report = reports.everything_met()
    forged = Quote("clinic-note.txt", 0, 4, "PAUN")
    root = report.determinations[0].result
    assert root is not None
    broken = replace(root, children=(replace(root.children[0], quotes=(forged,)), *root.children[1:]))
    with pytest.raises(QuoteMismatchError) as caught:
        export(replace(report, determinations=(replace(report.determinations[0], result=broken),)))
    assert "PAUN" not in str(caught.value)
