"""A policy's text becomes a file that loads: every leaf with its words, and nothing that the text does not say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.datafiles import parse_yaml
from praxigen.drafting import Draft, DraftHead, draft_guideline
from praxigen.drafting.proposals import propose
from praxigen.drafting.unwrap import unwrap
from praxigen.errors import InputError, UsageError
from praxigen.library.guidelines import read_guideline
from praxigen.library.snapshots import find_passages
from praxigen.model.criterion import Criterion, Op
from praxigen.model.guideline import Guideline
from praxigen.reading.reader import terms

POLICY = """\
Lumbar decompression
Effective date: March 1, 2026

COVERAGE

Decompression (CPT codes 63047, 63030) is covered when all of the following criteria are met:

1. Physical therapy for at least 6 weeks did
   not help
2. At least two of the following:
   a. Foot drop
   b. Positive straight leg raise
   c. Something that nobody knows
3. Foot drop

LIMITATIONS

The following are not covered:
* Laser decompression
* Endoscopic decompression

Surgeons must be certified.
"""
HEAD = DraftHead("example", "sp-1", "Lumbar decompression", "2026", date(2026, 11, 22))


def drafted(text: str = POLICY, head: DraftHead = HEAD) -> tuple[Draft, Guideline]:
    draft = draft_guideline(text, head, terms())
    return draft, read_guideline(parse_yaml(draft.yaml.encode(), "draft"), "draft")


def leaves(guideline: Guideline) -> list[Criterion]:
    return [node for each in guideline.indications.values() for node in each.criteria.walk() if not node.children]


def test_the_structure_of_the_lists_is_kept() -> None:
    draft, guideline = drafted()
    assert list(guideline.indications) == ["decompression-cpt-codes-63047"]
    root = guideline.indications["decompression-cpt-codes-63047"].criteria
    assert [(node.op, node.count) for node in root.children] == [
        (Op.EVIDENCE, 0),
        (Op.AT_LEAST, 2),
        (Op.ATTEST, 0),  # its words name two concepts, and a curator chooses
    ]
    assert root.op is Op.ALL
    assert len(root.children[1].children) == 3
    assert (draft.leaves, draft.codes) == (5, ("63047", "63030"))
    assert guideline.effective_from == date(2026, 3, 1)
    assert guideline.status == "draft"


def test_every_leaf_has_its_words_and_every_claim_is_open() -> None:
    draft, guideline = drafted()
    for node in leaves(guideline):
        assert node.citation is not None
        (passage,) = find_passages(draft.snapshot, node.citation.words)
        assert draft.snapshot[passage.start : passage.end] == passage.text
        assert node.says.startswith("TODO")
        assert node.ask.startswith("TODO")
    assert [(line.id, line.says[:4], line.citation.words) for line in guideline.not_covered] == [
        ("laser-decompression", "TODO", ("Laser decompression",)),
        ("endoscopic-decompression", "TODO", ("Endoscopic decompression",)),
    ]


def test_evidence_is_proposed_only_where_the_words_name_one_thing() -> None:
    found = {node.citation.words[0]: node for node in leaves(drafted()[1]) if node.citation}
    therapy = found["Physical therapy for at least 6 weeks did not help"]
    (pattern,) = therapy.shown_by
    assert pattern.concept == "treatment.physical_therapy"
    assert pattern.duration is not None
    assert found["Something that nobody knows"].op is Op.ATTEST
    assert found["Something that nobody knows"].attest_by == "practice"


def test_words_that_stand_twice_take_in_what_stands_before() -> None:
    words = [node.citation.words[0] for node in leaves(drafted()[1]) if node.citation]
    assert "3. Foot drop" in words
    assert "a. Foot drop" in [each.strip() for each in words]


def test_what_could_not_be_placed_is_told() -> None:
    found = drafted()[0].coverage
    assert [each.text for each in found.sentences if each.modelled == "not_modelled"] == ["Surgeons must be certified."]


def test_a_text_without_lists_is_refused() -> None:
    with pytest.raises(InputError, match="no list of criteria"):
        drafted("Effective March 1, 2026. Fusion must be necessary.")


def test_a_text_without_a_date_needs_one() -> None:
    text = POLICY.replace("March 1, 2026", "soon")
    with pytest.raises(UsageError, match="does not say from which day"):
        drafted(text)
    given = DraftHead("example", "sp-1", "T", "2026", date(2026, 11, 22), date(2026, 4, 1))
    assert drafted(text, given)[1].effective_from == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Effective: 3/1/2026", date(2026, 3, 1)),
        ("effective date - 2026-03-01", date(2026, 3, 1)),
        ("Effective July 4, 2025", date(2025, 7, 4)),
    ],
)
def test_dates_that_a_text_states(stated: str, day: date) -> None:
    assert drafted(POLICY.replace("Effective date: March 1, 2026", stated))[1].effective_from == day


def test_a_date_that_is_none_is_not_taken() -> None:
    with pytest.raises(UsageError):
        drafted(POLICY.replace("March 1, 2026", "13/45/2026"))


def test_percentages_and_lengths_are_taken_where_one_is_stated() -> None:
    assert propose("pain relief of at least 50% for a minimum of 3 months", terms()).value == ">= 50 %"
    assert propose("at least six (6) consecutive weeks of physical therapy", terms()).duration == ">= 6 weeks"
    assert propose("at least 6 weeks, or 3 months", terms()).duration == ">= 6 weeks"
    assert propose("for 6 weeks or for 3 months", terms()).duration == ""


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("A long line that is broken\nhere.\n", "A long line that is broken here.\n"),
        ("1. One\n2. Two\n", "1. One\n2. Two\n"),
        ("It ends.\nNext one.\n", "It ends.\nNext one.\n"),
        ("# Head\nWords follow\n", "# Head\nWords follow\n"),
        ("\u2022 One\r\n\u2022 Two\r\n", "- One\n- Two\n"),
        ("One\n\n\n\nTwo", "One\n\nTwo\n"),
    ],
)
def test_broken_lines_are_joined(text: str, joined: str) -> None:
    assert unwrap(text) == joined


def command(folder: Path, policy: Path, *more: str) -> int:
    named = ["--publisher", "example", "--number", "sp-1", "--title", "Decompression", "--edition", "2026"]
    return run(["library", "draft", str(policy), *named, "--into", str(folder), "--today", "2026-11-22", *more])


def test_the_command_writes_a_library_that_loads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text(POLICY, encoding="utf-8")
    assert command(tmp_path / "mine", policy) == 0
    shown = capsys.readouterr().out
    assert "5 criteria from the lists of the text" in shown
    assert "1 (10%) could not be placed:\n  line 21: Surgeons must be certified." in shown
    assert run(["library", "coverage", "--library", str(tmp_path / "mine")]) == 0
    assert (tmp_path / "mine/snapshots/example/sp-1@2026.txt").is_file()


def test_the_command_replaces_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text(POLICY, encoding="utf-8")
    command(tmp_path / "mine", policy)
    before = (tmp_path / "mine/guidelines/example/sp-1.yaml").read_bytes()
    capsys.readouterr()
    assert command(tmp_path / "mine", policy) == 2
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "mine/guidelines/example/sp-1.yaml").read_bytes() == before


def test_a_draft_that_fails_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text("No lists here.", encoding="utf-8")
    assert command(tmp_path / "mine", policy) == 3
    assert "no list of criteria" in capsys.readouterr().err
    assert not (tmp_path / "mine").exists()
