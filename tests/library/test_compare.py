"""Criteria side by side: the limits come from the trees, and an empty cell says why it is empty."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.datafiles import shipped
from praxigen.library import Library
from praxigen.library.compare import Cell, Comparison, Role, State, columns_for, compare
from praxigen.library.compare.families import family_of
from praxigen.library.compare.limits import items_of
from praxigen.model.provenance import Read, Trust
from support.many_payers import PAYERS, requirement, stimulation, write_payers
from support.policy_files import swap

SUMMARY = """\
schema: praxigen.guideline/1
id: payer.dec-1
title: Decompression
publisher: payer
edition: "2026"
effective: {from: "2026-01-01"}
last_verified: "2026-06-26"
review_every: 180 days
status: draft
sources:
  text: {title: Its policy, publisher: Payer, trust: binding, read: summary}
  portal: {title: Its portal, publisher: Payer, trust: portal_only, read: not_located}
main_source: text
indications:
  lumbar:
    title: Decompression
    criteria:
      id: decompression
      says: Decompression
      source: {from: text, at: page 1}
      any:
        - id: stenosis-arm
          says: Stenosis
          all:
            - {id: stenosis, says: Stenosis, ask: A?, evidence: {concept: diagnosis.stenosis}}
            - id: exercise
              says: Three months of exercise
              ask: How long?
              evidence:
                - {concept: treatment.exercise, duration: ">= 3 months", outcome: [none]}
                - {concept: treatment.massage, duration: ">= 3 months"}
                - {concept: treatment.injection, within: 1 year}
        - id: tumor-arm
          says: Tumor
          all:
            - {id: tumor, says: Tumor, ask: B?, evidence: {concept: redflag.tumor}}
            - {id: relief, says: Relief, ask: C?, evidence: {concept: trial.scs, value: ">= 50 %"}}
            - id: portal
              says: Only there
              ask: D?
              source: {from: portal, at: Portal}
              evidence: {concept: imaging.study, where: {modality: [mri, ct]}, within: 6 months}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    other = swap(
        requirement("oscar").replace("guideline: evicore.cmm-608", "guideline: payer.dec-1"),
        "    expect: {route: lumbar, guideline: payer.dec-1, indication: lumbar, prior_authorization: required}\n",
        "    expect: {route: lumbar}\n",
    )
    return write_payers(
        tmp_path / "policies",
        **{"requirements/oscar/laminectomy.yaml": other, "guidelines/payer/dec-1.yaml": SUMMARY},
    )


def side_by_side(folder: Path, *payers: str, code: str = "63047", **rest: object) -> Comparison:
    return compare(code, columns_for(Library.open(folder), code, payers, **rest))  # type: ignore[arg-type]


def cells(found: Comparison, family: str, measure: str = "what") -> list[Cell]:
    (row,) = [row for row in found.rows if (row.family, row.measure) == (family, measure)]
    return list(row.cells)


def texts(cell: Cell) -> list[str]:
    return [item.text for item in cell.items]


def test_limits_stand_side_by_side(folder: Path) -> None:
    found = side_by_side(folder, "qualcare", "oscar")
    one, other = cells(found, "conservative-care", "how long")
    assert texts(one) == ["at least 6 weeks"]
    assert texts(other) == ["at least 3 months (exercise or massage)"]
    assert [texts(cell) for cell in cells(found, "pain", "how much")] == [["at least 5/10"], []]
    assert [texts(cell) for cell in cells(found, "trial", "how much")] == [[], ["at least 50%"]]
    assert [texts(cell) for cell in cells(found, "imaging", "how recent")] == [[], ["within 6 months"]]
    assert texts(cells(found, "conservative-care", "how recent")[0]) == ["ended less than 2 years before"]


def test_a_limit_names_its_criterion_concept_and_source(folder: Path) -> None:
    found = side_by_side(folder, "oscar")
    (item,) = cells(found, "trial", "how much")[0].items
    assert (item.criterion, item.concepts, item.branch, item.role) == (
        "relief",
        ("trial.scs",),
        "tumor-arm",
        Role.OPTION,
    )
    assert (item.citation.read, item.citation.trust) == (Read.SUMMARY, Trust.BINDING)


def test_exclusions_waivers_and_what_a_person_attests_stand_apart(folder: Path) -> None:
    found = side_by_side(folder, "qualcare")
    assert texts(cells(found, "exclusions")[0]) == ["fusion"]
    assert texts(cells(found, "waivers")[0]) == ["cauda equina"]
    assert texts(cells(found, "attested")[0]) == ["credential (by the practice)"]
    assert [row.family for row in found.rows][-3:] == ["attested", "exclusions", "waivers"]


def test_an_empty_cell_says_why(folder: Path) -> None:
    found = side_by_side(folder, "qualcare", "oscar", "medicare")
    assert [cell.state for cell in cells(found, "trial", "how much")] == ["not_found", "asked", "not_held"]
    assert [cell.state for cell in cells(found, "pain", "how much")] == ["asked", "not_found", "not_held"]
    assert [cell.state for cell in cells(found, "imaging", "how recent")] == ["not_found", "portal_only", "not_held"]
    assert found.columns[2].state is State.NOT_HELD
    hidden = side_by_side(folder, "qualcare", code="63046")
    assert [(column.state, column.why) for column in hidden.columns] == [
        (State.PORTAL_ONLY, "The criteria are in the portal."),
        (State.NO_CRITERIA, "The criteria are in the portal."),
    ]


def test_only_a_text_that_is_kept_whole_does_not_ask(tmp_path: Path) -> None:
    folder = tmp_path / "requirements/medicare"
    folder.mkdir(parents=True)
    text = stimulation("medicare", "medicare", "unknown").replace("evicore.cmm-608", "cms.l35136")
    (folder / "spinal-cord-stimulation.yaml").write_text(text.replace("indication: lumbar", "indication: permanent"))
    (tmp_path / "payers.yaml").write_text(PAYERS)
    library = Library.open(shipped("policies"), tmp_path)
    found = compare("63650", columns_for(library, "63650", ["medicare", "qualcare"], stage="permanent"))
    kept, known = found.columns
    assert (kept.whole, known.whole) == (True, False)
    states = [{cell.state for row in found.rows for cell in [row.cells[number]]} for number in (0, 1)]
    assert states == [{"asked", "not_asked"}, {"asked", "not_found"}]


def test_what_two_columns_of_a_payer_share_is_said_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = show(capsys, folder, "--code", "63046")
    assert "\n- Oscar Health (trial, removal): required; (binding, read in full)\n" in text


def test_stage_plan_and_date_choose_the_columns(folder: Path) -> None:
    assert [column.about for column in side_by_side(folder, "qualcare", code="63046", stage="trial").columns] == [
        "trial"
    ]
    (column,) = side_by_side(folder, "qualcare", plan="medicare").columns
    assert column.state is State.NOT_HELD
    (column,) = side_by_side(folder, "oscar", on=date(2025, 1, 1)).columns
    assert column.state is State.NO_EDITION
    assert "no edition for 2025-01-01" in column.why
    (column,) = side_by_side(folder, "qualcare", code="63046", stage="revision").columns
    assert column.why == "no route decides 63046 at stage revision"


def test_a_payer_is_compared_once(folder: Path) -> None:
    assert len(side_by_side(folder, "qualcare", "QualCare", "QCA").columns) == 1


def test_a_concept_that_no_family_names_has_its_own() -> None:
    assert family_of("newspace.thing").title == "Newspace"
    assert family_of("treatment.exercise").id == "conservative-care"
    assert family_of("symptom.onset").id == "onset"
    assert family_of("joint.care.therapy").id == "conservative-care"
    assert family_of("joint.loosening").id == "joint"


@pytest.mark.parametrize("code", ["63650", "63047", "63001"])
def test_every_evidence_leaf_of_a_shipped_tree_is_in_the_table(code: str) -> None:
    library = Library.open()
    found = compare(code, columns_for(library, code, ["qualcare"]))
    for number, column in enumerate(found.columns):
        assert column.criteria is not None
        shown = {item.criterion for row in found.rows for item in row.cells[number].items}
        asked = {node.id for node in column.criteria.walk() if node.op.value in {"evidence", "attest"}}
        conditions = {
            node.id
            for each in column.criteria.walk()
            for part in (each.applies_if, *(() if each.unless is None else (each.unless,)))
            if part is not None
            for node in part.walk()
        }
        assert asked - conditions <= shown


def show(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> str:
    assert run(["compare", *arguments, "--library", str(folder)]) == 0
    return capsys.readouterr().out


def test_the_table_fits_a_hundred_characters(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = show(capsys, folder, "--code", "63047", "--payers", "qualcare,oscar,medicare")
    assert max(map(len, text.splitlines())) <= 100
    assert "Original Medicare" in text
    assert "not in this library" in text
    assert "unknown, which is not" in text


def test_many_columns_stand_under_each_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = show(capsys, folder, "--code", "63047", "--payers", "qualcare", "--payers", "oscar,united,medicare")
    assert max(map(len, text.splitlines())) <= 100
    assert "\n- Oscar Health (lumbar): at least 3 months (exercise or massage)\n" in text


def test_without_payers_all_that_list_the_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(show(capsys, folder, "--code", "63047", "--format", "json"))
    assert [column["payer"] for column in found["columns"]] == ["oscar", "qualcare", "united"]
    assert found["columns"][0]["prior_authorization"] == "required"
    (row,) = [row for row in found["rows"] if (row["family"], row["measure"]) == ("trial", "how much")]
    assert [cell["state"] for cell in row["cells"]] == ["asked", "not_found", "not_found"]
    assert row["cells"][0]["items"][0]["source"]["read"] == "summary"


def test_markdown_is_one_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = show(capsys, folder, "--code", "63047", "--payers", "qualcare,oscar", "--format", "markdown").splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert {line.replace(r"\|", "").count("|") for line in table} == {4}
    assert lines[2] == "|  | QualCare: lumbar | Oscar Health: lumbar |"


def test_html_is_one_table_that_loads_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = show(capsys, folder, "--code", "63047", "--payers", "qualcare,oscar", "--format", "html")
    assert page.count("<table>") == page.count("</table>") == 1
    assert page.count("<td>") == page.count("</td>")
    assert 'class="empty">not found</p>' in page
    assert "http:" not in page
    assert "https:" not in page


@pytest.mark.parametrize(
    "arguments",
    [
        ["--code", "63047", "--payers", "qualcair"],
        ["--code", "63047", "--payers", "qualcare,,oscar"],
        ["--code", "63047", "--payers", ""],
        ["--code", "6304O"],
        ["--code", "99999"],
        ["--code", "63650", "--payers", "oscar,united"],
        ["--code", "63047", "--stage", "someday"],
        ["--code", "63047", "--plan", "gold"],
        ["--code", "63047", "--date-of-service", "soon"],
        [],
    ],
)
def test_what_cannot_be_compared_is_refused(
    arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", *arguments, "--library", str(folder)]) == 2
    told = capsys.readouterr().err
    assert told.startswith("praxigen: ")
    assert "not required" not in told


def test_too_many_payers_for_one_table(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("praxigen.exports.looking_up._MOST", 2)
    assert run(["compare", "--code", "63047", "--library", str(folder)]) == 2
    assert "Name some of them with --payers: oscar, qualcare, united." in capsys.readouterr().err


def test_evidence_that_something_else_replaces_is_told_as_one_way() -> None:
    # NCD 160.7 names no diagnosis: the failed back syndrome only shows that surgery did not end the pain.
    items = list(items_of(Library.open().guideline("cms.ncd-160-7").indications["trial"].criteria))
    assert [item.text for item in items if item.family == "diagnosis"] == ["FBSS (one way to show surgical therapy)"]
