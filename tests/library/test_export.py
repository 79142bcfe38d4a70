"""The library for other tools: JSON that loads again, tables that no spreadsheet runs, FHIR R4 Questionnaires."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from praxigen.cli.main import run
from praxigen.datafiles import parse_yaml
from praxigen.exports.library_files import CODES, CRITERIA, cell, codes_to_csv, criteria_to_csv
from praxigen.exports.questionnaire import questionnaire
from praxigen.library import Library
from praxigen.library.guidelines import read_guideline
from praxigen.library.leaves import LEAVES
from praxigen.library.schema import schema_of
from support.policy_files import GUIDELINE, REQUIREMENT, guideline, requirement, swap, write_library

LIBRARY = Library.open()
GUIDELINES = LIBRARY.all_guidelines()


def exported(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["library", "export", *arguments]) == 0
    return capsys.readouterr().out


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_json_fits_the_schemas_and_loads_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(write_library(tmp_path / "p"))
    answer = json.loads(exported(capsys, "--library", folder))
    assert answer["schema"] == "praxigen.library-export/1"
    assert [each["kind"] for each in answer["files"]] == ["guideline", "payers", "procedures", "requirement"]
    for each in answer["files"]:
        Draft7Validator(schema_of(each["kind"])).validate(each["content"])
    again = read_guideline(parse_yaml(json.dumps(answer["files"][0]["content"]).encode(), "g"), "g")
    ours = guideline()
    assert [(node.id, node.says) for node in again.indications["lumbar"].criteria.walk()] == [
        (node.id, node.says) for node in ours.indications["lumbar"].criteria.walk()
    ]


def test_one_file_and_an_unknown_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(write_library(tmp_path / "p"))
    answer = json.loads(exported(capsys, "qualcare.laminectomy", "--library", folder))
    assert [each["file"] for each in answer["files"]] == ["p/requirements/qualcare/laminectomy.yaml"]
    assert run(["library", "export", "qualcare.laminectomi", "--library", folder]) == 2
    assert capsys.readouterr().err == (
        "praxigen: the library has no file 'qualcare.laminectomi'\n  Did you mean 'qualcare.laminectomy'?\n"
    )


def test_output_goes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(write_library(tmp_path / "p"))
    target = tmp_path / "criteria.csv"
    assert exported(capsys, "--format", "csv", "--output", str(target), "--library", folder) == ""
    assert target.read_text(encoding="utf-8").startswith("guideline,edition,")


# --- Tables -----------------------------------------------------------------------------------------------------------


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_a_row_for_each_leaf() -> None:
    head, *body = rows(criteria_to_csv(GUIDELINES))
    assert tuple(head) == CRITERIA
    leaves = [
        (each.id, each.edition, indication.id, node.id)
        for each in GUIDELINES
        for indication in each.indications.values()
        for node in indication.criteria.walk()
        if node.op in LEAVES
    ]
    assert [(row[0], row[1].lstrip("'"), row[3], row[4]) for row in body] == leaves


def test_a_row_for_each_code() -> None:
    head, *body = rows(codes_to_csv([requirement()]))
    assert tuple(head) == CODES
    assert [(row[4], row[7], row[8]) for row in body] == [
        ("63047", "required", "evicore.cmm-608 lumbar"),
        ("63046", "required", "no public criteria"),
        ("22633", "unknown", ""),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])  # noqa: RUF001
def test_no_cell_is_a_formula(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    assert cell("Leg pain") == "Leg pain"


def test_formulas_in_a_policy_come_out_as_text() -> None:
    text = swap(REQUIREMENT, "label: lumbar,", "label: \"=HYPERLINK('http://x')\",")
    assert rows(codes_to_csv([requirement(text)]))[1][5] == "'=HYPERLINK('http://x')"
    text = swap(GUIDELINE, "says: Leg pain", 'says: "@SUM(1)"')
    assert any(row[7] == "'@SUM(1)" for row in rows(criteria_to_csv([guideline(text)])))


# --- FHIR -------------------------------------------------------------------------------------------------------------

# FHIR R4, Questionnaire: the elements that we use and their types, and what its invariants ask for.
ELEMENTS = {
    "resourceType", "id", "extension", "url", "version", "name", "title", "status", "subjectType", "date", "publisher",
    "description", "lastReviewDate", "effectivePeriod", "useContext", "item",
}  # fmt: skip
ITEM = {"extension", "linkId", "text", "type", "required", "readOnly", "answerOption", "item"}
EVERY = [
    pytest.param(each, name, id=f"{each.id}@{each.edition} {name}") for each in GUIDELINES for name in each.indications
]


def items(holder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in holder.get("item", ()):
        yield item
        yield from items(item)


@pytest.mark.parametrize(("each", "name"), EVERY)
def test_a_questionnaire_has_the_shape_of_fhir_r4(each: Any, name: str) -> None:
    found = questionnaire(each, each.indications[name], ("63650", "L8679"))
    assert set(found) <= ELEMENTS
    assert found["resourceType"] == "Questionnaire"
    assert re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", found["id"])
    assert re.fullmatch(r"[A-Z][A-Za-z0-9_]{0,254}", found["name"])  # que-0
    assert found["status"] in {"draft", "active", "retired", "unknown"}
    assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", found["date"])
    assert re.fullmatch(r"urn:praxigen:questionnaire:[a-z0-9.:-]+", found["url"])
    links = [item["linkId"] for item in items(found)]
    assert len(set(links)) == len(links)  # que-2
    for item in items(found):
        assert set(item) <= ITEM
        assert item["text"].strip() == item["text"] != ""
        assert item["type"] in {"group", "choice", "display"}
        if item["type"] == "group":
            assert item["item"]  # que-1
        if item["type"] == "display":
            assert not {"item", "required", "readOnly", "answerOption"} & set(item)  # que-1, que-6, que-9
        assert ("answerOption" in item) == (item["type"] == "choice")  # que-5
        for extension in item.get("extension", ()):
            assert extension["valueRelatedArtifact"]["citation"]
    assert [context["valueCodeableConcept"]["coding"][0]["code"] for context in found["useContext"]] == [
        "63650",
        "L8679",
    ]


@pytest.mark.parametrize(("each", "name"), EVERY)
def test_one_question_for_each_leaf_and_its_link_is_the_id(each: Any, name: str) -> None:
    tree = each.indications[name].criteria
    found = questionnaire(each, each.indications[name])
    asked = {item["linkId"]: item for item in items(found) if item["type"] == "choice"}
    assert set(asked) == {node.id for node in tree.walk() if node.op in LEAVES}
    for node in tree.walk():
        if node.id in asked and node.ask:
            assert asked[node.id]["text"].endswith(node.ask)


def test_a_bundle_of_several_editions_has_each_address_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = swap(
        swap(GUIDELINE, "\nedition: V1.0.2025", "\nedition: V2"), '{from: "2025-07-01"}', '{from: "2026-08-04"}'
    )
    folder = write_library(
        tmp_path / "p", guideline=later, **{"guidelines/evicore/editions/cmm-608@V1.yaml": GUIDELINE}
    )
    bundle = json.loads(exported(capsys, "--format", "fhir-questionnaire", "--library", str(folder)))
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    addresses = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(addresses)) == len(addresses) == 2
    assert [entry["resource"]["version"] for entry in bundle["entry"]] == ["V1.0.2025", "V2"]
    assert bundle["entry"][0]["resource"]["useContext"][0]["valueCodeableConcept"]["coding"][0]["code"] == "63047"


def test_a_long_name_becomes_an_id_that_fhir_allows() -> None:
    each = guideline(swap(GUIDELINE, "\nedition: V1.0.2025", f"\nedition: {'A very long edition ' * 5}"))
    found = questionnaire(each, each.indications["lumbar"])
    assert re.fullmatch(r"[A-Za-z0-9\-.]{64}", found["id"])
