"""Published works: read strictly, cited by criteria, and verified only where the work itself was read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from praxigen.datafiles import FaultyFileError, parse_yaml
from praxigen.library import Library
from praxigen.library.lint import Severity, lint
from praxigen.library.literature import read_literature
from praxigen.model.literature import Reference, Verification, WorkRead
from support.policy_files import CONCEPTS, GUIDELINE, TODAY, swap, write_library

WORK = """\
schema: praxigen.literature/1
works:
  - id: made-up-trial
    shows: Of 60 people 41 walked farther after a year.
    read: abstract
    authors: [Doe J, Roe R]
    title: A made-up trial
    journal: Journal of Examples
    year: 2020
    doi: 10.1234/example.5
    verified: {by: E. Moreno, on: "2026-07-01"}
"""
OPEN = WORK.replace('verified: {by: E. Moreno, on: "2026-07-01"}', "verified: no\n    open: Nobody has the article.")
CITING = swap(
    GUIDELINE, "          says: Leg pain\n", "          says: Leg pain\n          literature: [made-up-trial]\n"
)


def works(text: str) -> tuple[Reference, ...]:
    return read_literature(parse_yaml(text.encode(), "literature.yaml"), "literature.yaml")


def codes(folder: Path, **files: str) -> list[str]:
    library = Library.open(write_library(folder / "p", **files))
    return [fault.code for fault in lint(library, TODAY, CONCEPTS) if fault.severity is Severity.ERROR]


def test_a_verified_work_is_cited_whole() -> None:
    (work,) = works(WORK)
    assert work.read is WorkRead.ABSTRACT
    assert work.verified == Verification("E. Moreno", date(2026, 7, 1))
    assert work.citation == "Doe J, Roe R. A made-up trial. Journal of Examples, 2020. doi:10.1234/example.5"


def test_a_work_that_nobody_verified_says_what_is_missing() -> None:
    (work,) = works(OPEN)
    assert work.verified is None
    assert work.open == "Nobody has the article."


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("    read: abstract\n", "", "needs 'read'"),
        ("read: abstract", "read: title_only", "'read' cannot be 'title_only'"),
        ("read: abstract", "read: summary", "only somebody else's summary"),
        ("    authors: [Doe J, Roe R]\n", "", "has no 'authors'"),
        ("year: 2020", "year: unknown", "has no 'year'"),
        ("year: 2020", "year: 20", "'20' is not a year"),
        ("    doi: 10.1234/example.5\n", "", "has no 'doi' or 'pmid'"),
        ("doi: 10.1234/example.5", "doi: https://doi.org/10.1234/a", "is not a DOI"),
        ("doi: 10.1234/example.5", 'pmid: "12a"', "is not a PubMed number"),
        ('verified: {by: E. Moreno, on: "2026-07-01"}', "verified: no", "needs 'open'"),
        ('verified: {by: E. Moreno, on: "2026-07-01"}', "verified: yes", "'verified' cannot be 'yes'"),
        ('on: "2026-07-01"', "on: unknown", "'on' must be known"),
        ("works:\n", "works: []\nmore:\n", "'works' is empty"),
        ("praxigen.literature/1", "praxigen.literature/2", "must be of schema"),
    ],
)
def test_faults_of_an_entry_have_a_place(old: str, new: str, why: str) -> None:
    with pytest.raises(FaultyFileError) as refused:
        works(swap(WORK, old, new))
    found = [fault for fault in refused.value.faults if why in fault.message]
    assert found, [fault.message for fault in refused.value.faults]
    assert found[0].line > 0


def test_the_same_work_twice_is_refused() -> None:
    with pytest.raises(FaultyFileError, match="stands twice"):
        works(WORK + WORK.partition("works:\n")[2])


def test_a_criterion_may_cite_what_a_list_holds(tmp_path: Path) -> None:
    assert codes(tmp_path, guideline=CITING, **{"literature.yaml": WORK}) == []
    library = Library.open(tmp_path / "p")
    criterion = library.guideline("evicore.cmm-608").criterion("leg-pain")
    assert criterion is not None
    assert [library.literature()[name].id for name in criterion.literature] == ["made-up-trial"]


def test_an_unknown_work_is_an_error_at_its_place(tmp_path: Path) -> None:
    library = Library.open(
        write_library(
            tmp_path / "p", guideline=CITING, **{"literature.yaml": WORK.replace("made-up-trial", "made-up-trail")}
        )
    )
    (fault,) = lint(library, TODAY, CONCEPTS)
    assert fault.code == "unknown-work"
    assert "made-up-trial" in fault.message
    assert "made-up-trail" in fault.hint
    assert CITING.splitlines()[fault.line - 1].strip() == "literature: [made-up-trial]"


def test_no_list_at_all_is_an_error_too(tmp_path: Path) -> None:
    assert codes(tmp_path, guideline=CITING) == ["unknown-work"]


def test_a_list_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    text = swap(WORK, "read: abstract", "read: heard")
    assert codes(tmp_path, guideline=CITING, **{"literature.yaml": text}) == ["unknown-word"]


def test_a_verification_in_the_future_is_an_error(tmp_path: Path) -> None:
    text = swap(WORK, "2026-07-01", "2027-07-01")
    assert codes(tmp_path, guideline=CITING, **{"literature.yaml": text}) == ["verified-later"]


def test_a_later_folder_replaces_an_entry(tmp_path: Path) -> None:
    first = write_library(tmp_path / "a", **{"literature.yaml": OPEN})
    second = tmp_path / "b"
    second.mkdir()
    (second / "literature.yaml").write_text(WORK, encoding="utf-8")
    assert Library.open(first).literature()["made-up-trial"].verified is None
    assert Library.open(first, second).literature()["made-up-trial"].verified is not None


def test_no_shipped_work_claims_more_than_its_reading() -> None:
    shipped = Library.open().literature().values()
    assert shipped
    for work in shipped:
        assert work.shows
        assert (work.verified is None) == bool(work.open)
        assert work.verified is None or work.read is not WorkRead.SUMMARY
