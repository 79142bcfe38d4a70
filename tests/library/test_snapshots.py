"""Words of a source: kept as a file with its hash, cited exactly, and counted sentence by sentence."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from praxigen.errors import LibraryError
from praxigen.library import Library
from praxigen.library.coverage import Modelled
from praxigen.library.lint import lint
from praxigen.library.snapshots import Passage, find_passages
from praxigen.model.provenance import Snapshot
from support.kept_text import ANCHORED, ASIDE, EXERCISE, FILE, SHA256, TEXT, library
from support.policy_files import CONCEPTS, GUIDELINE, TODAY, swap, write_library


def faults(folder: Path, guideline: str, text: str = TEXT) -> list[tuple[str, str]]:
    return [(fault.code, fault.message) for fault in lint(library(folder, guideline, text), TODAY, CONCEPTS)]


def test_a_text_is_read_as_it_was_cited(tmp_path: Path) -> None:
    assert library(tmp_path).snapshot(Snapshot(FILE, SHA256)) == TEXT


def test_a_later_folder_brings_its_own_text(tmp_path: Path) -> None:
    write_library(tmp_path / "a", **{f"snapshots/{FILE}": "other words"})
    library(tmp_path / "b")
    assert Library.open(tmp_path / "a", tmp_path / "b").snapshot(Snapshot(FILE, SHA256)) == TEXT


def test_a_changed_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="its hash differs"):
        library(tmp_path, text=TEXT + "!").snapshot(Snapshot(FILE, SHA256))


def test_a_missing_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"no folder of the library holds snapshots/cms/other@1\.txt"):
        library(tmp_path).snapshot(Snapshot("cms/other@1.txt", SHA256))


def test_a_text_that_is_no_text_is_refused(tmp_path: Path) -> None:
    library(tmp_path)
    (tmp_path / "snapshots" / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(LibraryError, match="no UTF-8 text: byte 0"):
        Library.open(tmp_path).snapshot(Snapshot(FILE, hashlib.sha256(b"\xff\xfe").hexdigest()))


@pytest.mark.parametrize("name", ["../secret@1.txt", "/etc/passwd", "cms/l1.txt", "cms/../../x@1.txt", "cms/l1@2.pdf"])
def test_a_snapshot_lies_in_its_folder(tmp_path: Path, name: str) -> None:
    assert faults(tmp_path, swap(ANCHORED, FILE, name))[0] == ("snapshot", f"{name!r} is not the name of a snapshot")


def test_a_hash_has_its_shape(tmp_path: Path) -> None:
    assert faults(tmp_path, swap(ANCHORED, SHA256, "abc")) == [("snapshot", "this is not a SHA-256 hash")]


def test_a_library_with_anchors_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, EXERCISE) == []


def test_a_text_that_differs_is_a_fault_at_its_source(tmp_path: Path) -> None:
    (fault,) = lint(library(tmp_path, text=TEXT + "!"), TODAY, CONCEPTS)
    assert (fault.code, fault.file) == ("snapshot", f"{tmp_path.name}/guidelines/evicore/cmm-608.yaml")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("The pain is in the arm.", "the text of 'guideline' does not hold the words 'The pain is in the arm.'"),
        ("covered", "the words 'covered' stand 2 times in the text of 'guideline'"),
        ("x" * 70, f"the text of 'guideline' does not hold the words '{'x' * 60}...'"),
    ],
)
def test_words_stand_once_in_the_text(tmp_path: Path, words: str, message: str) -> None:
    assert faults(tmp_path, swap(ANCHORED, "The pain is in the leg.", words)) == [("words", message)]


def test_words_of_statements_and_of_what_is_set_aside_are_checked(tmp_path: Path) -> None:
    text = swap(swap(ASIDE, "Laser decompression is not covered.", "Laser."), "publish their rates", "rates")
    assert [code for code, _ in faults(tmp_path, text)] == ["words", "words"]


def test_words_need_a_snapshot(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "{from: digest, at: page 1}", "{from: digest, at: page 1, words: Anything}")
    assert faults(tmp_path, text) == [("snapshot", "the source 'digest' has no snapshot to take words from")]


def test_a_leaf_says_which_words_it_encodes(tmp_path: Path) -> None:
    text = swap(ANCHORED, ", words: The pain is in the leg.}", "}")
    assert faults(tmp_path, text) == [
        ("unanchored", "criterion 'leg-pain' does not say which words of its source it encodes")
    ]


def test_passages_are_exact_spans() -> None:
    (passage,) = find_passages(TEXT, ["The pain is in the leg.", "covered", "nowhere", ""])
    assert passage == Passage(TEXT.index("The pain"), TEXT.index("The pain") + 23, "The pain is in the leg.")
    assert TEXT[passage.start : passage.end] == passage.text


def test_each_requirement_sentence_has_its_fate(tmp_path: Path) -> None:
    shelf = library(tmp_path, EXERCISE)
    found = shelf.coverage(shelf.guideline("evicore.cmm-608", date(2026, 8, 3)))
    assert found is not None
    assert [(sentence.text, sentence.modelled, sentence.ids, sentence.why) for sentence in found.sentences] == [
        ("Decompression is covered when all of the following are met:", Modelled.COMPUTED, _INHERITED, ""),
        ("Six weeks of exercise did not help.", Modelled.COMPUTED, ("exercise", "emergency", "cauda-equina"), ""),
        ("The pain is in the leg.", Modelled.COMPUTED, ("leg-pain",), ""),
        ("A second opinion is not required.", Modelled.NOT_MODELLED, (), ""),
        ("Contractors must publish their rates.", Modelled.SET_ASIDE, (), "It binds the contractor."),
        ("Laser decompression is not covered.", Modelled.SHOWN, ("laser",), ""),
        ("Surgeons must hold privileges.", Modelled.NOT_MODELLED, (), ""),
    ]
    assert {fate.value: count for fate, count in found.counts.items()} == {
        "computed": 3,
        "shown": 1,
        "set_aside": 1,
        "not_modelled": 2,
    }
    assert all(TEXT[each.start : each.end] == each.text for each in found.sentences)
    assert all(TEXT[each.passage.start : each.passage.end] == each.passage.text for each in found.anchors)


def test_an_introduction_is_modelled_with_its_items(tmp_path: Path) -> None:
    text = swap(EXERCISE, ", words: Decompression is covered when}", ", words: A second opinion is not required.}")
    shelf = library(tmp_path, text)
    found = shelf.coverage(shelf.guideline("evicore.cmm-608"))
    assert found is not None
    assert found.sentences[0].modelled is Modelled.COMPUTED
    shelf = library(tmp_path, swap(text, "words: Six weeks of exercise did not help.}", "words: A second opinion}"))
    found = shelf.coverage(shelf.guideline("evicore.cmm-608"))
    assert found is not None
    assert found.sentences[0].modelled is Modelled.NOT_MODELLED


def test_a_guideline_without_a_kept_text_has_no_coverage(tmp_path: Path) -> None:
    shelf = library(tmp_path, GUIDELINE)
    assert shelf.coverage(shelf.guideline("evicore.cmm-608")) is None


_INHERITED = (
    "decompression",
    "credential",
    "two-of",
    "stage",
    "code",
    "no-fusion",
    "second-emergency",
    "cauda-equina-2",
    "fusion",
)
