"""What the library says of itself."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path

from praxigen.exports.library_report import status_to_html, status_to_json, tables, write_status
from praxigen.library import Library
from praxigen.library.coverage import Modelled
from praxigen.library.status import guideline_status, requirement_status, status
from praxigen.model.provenance import Read
from support import kept_text
from support.policy_files import GUIDELINE, REQUIREMENT, TODAY, guideline, requirement, swap, write_library


def test_a_guideline_counts_its_leaves_and_how_they_are_known() -> None:
    found = guideline_status(guideline(), TODAY)
    assert (found.id, found.edition, found.status, found.file) == ("evicore.cmm-608", "V1.0.2025", "draft", "g.yaml")
    assert (found.effective_from, found.effective_to) == (date(2025, 7, 1), None)
    assert found.criteria == 7
    assert dict(found.known) == {Read.FULL_TEXT: 5, Read.INFERRED: 2}
    assert list(found.known) == [Read.FULL_TEXT, Read.INFERRED]
    assert (found.evidence, found.tested, found.examples) == (4, 4, 2)


def test_a_leaf_tested_one_way_does_not_count_as_tested() -> None:
    found = guideline_status(guideline(swap(GUIDELINE, "{leg-pain: met, ", "{")), TODAY)
    assert (found.evidence, found.tested) == (4, 3)


def test_age_counts_days_since_the_last_verification() -> None:
    assert guideline_status(guideline(), TODAY).age_days == 38
    due, late = (guideline_status(guideline(), day) for day in (date(2026, 12, 23), date(2026, 12, 24)))
    assert (due.age_days, due.overdue, late.age_days, late.overdue) == (180, False, 181, True)
    assert requirement_status(requirement(), date(2026, 12, 24)).overdue


def test_a_requirement_says_which_codes_a_public_guideline_decides() -> None:
    found = requirement_status(requirement(), TODAY)
    assert (found.id, found.payer, found.procedure, found.plans) == (
        "qualcare.laminectomy",
        "qualcare",
        "laminectomy",
        ("commercial",),
    )
    assert (found.codes, found.public) == (("63047", "63046"), ("63047",))
    assert dict(found.known) == {Read.FULL_TEXT: 2}
    assert (found.guidelines, found.examples, found.age_days, found.overdue) == (("evicore.cmm-608",), 1, 38, False)


def test_a_requirement_counts_the_criteria_that_decide_it() -> None:
    assert requirement_status(requirement(), TODAY).criteria == 0
    found = requirement_status(requirement(), TODAY, lambda _: guideline())
    assert (found.criteria, found.evidence, found.tested) == (7, 4, 4)
    assert dict(found.criteria_known) == {Read.FULL_TEXT: 5, Read.INFERRED: 2}
    assert (found.page_lines, found.portal_lines, found.corrections) == (1, 0, 0)


def test_the_share_that_nobody_read() -> None:
    assert guideline_status(guideline(), TODAY).inferred == 2 / 7


def test_a_kept_text_is_counted(tmp_path: Path) -> None:
    (found,) = status(kept_text.library(tmp_path), TODAY).guidelines
    assert found.modelled is not None
    assert found.modelled[Modelled.NOT_MODELLED] == 2
    assert guideline_status(guideline(), TODAY).modelled is None


def test_the_page_and_the_text_show_the_same(tmp_path: Path) -> None:
    found = status(kept_text.library(tmp_path), TODAY)
    stream = StringIO()
    write_status(found, stream)
    text, page = stream.getvalue(), status_to_html(found)
    for table in tables(found):
        assert f"\n{table.title}\n" in text
        assert f">{table.title}</h2>" in page
        for row in table.rows:
            assert "  ".join(row[:1]) in text
            assert all(f">{cell}</t" in page for cell in row)
    assert "evicore.cmm-608  7          3         1      1          2" in text
    assert "<script" not in page
    assert json.loads(status_to_json(found))["guidelines"][0]["modelled"]["not_modelled"] == 2


def test_the_whole_library(tmp_path: Path) -> None:
    older = swap(GUIDELINE, "edition: V1.0.2025\neffective", "edition: V1.0.2024\neffective")
    older = swap(older, '{from: "2025-07-01"}', '{from: "2024-07-01"}')
    other = swap(REQUIREMENT, "id: qualcare.laminectomy", "id: qualcare.a")
    folder = write_library(
        tmp_path,
        **{"guidelines/evicore/editions/cmm-608@1.yaml": older, "requirements/qualcare/a.yaml": other},
    )
    found = status(Library.open(folder), TODAY)
    assert found.today == TODAY
    assert [(one.edition, one.effective_to) for one in found.guidelines] == [
        ("V1.0.2024", date(2025, 6, 30)),
        ("V1.0.2025", None),
    ]
    assert [one.id for one in found.requirements] == ["qualcare.a", "qualcare.laminectomy"]
