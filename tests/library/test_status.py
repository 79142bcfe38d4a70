"""What the library says of itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from praxigen.library import Library
from praxigen.library.status import guideline_status, requirement_status, status
from praxigen.model.provenance import Read
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
