"""Every kind of malformed file: the file, the line, what is wrong and what to write; and nothing is half loaded."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.datafiles import FaultyFileError
from praxigen.errors import PraxigenError
from praxigen.library import Library
from praxigen.library.lint import Fault, lint
from support.policy_files import CONCEPTS, GUIDELINE, REQUIREMENT, TODAY, line_of, swap, write_library

G = "guidelines/evicore/cmm-608.yaml"
R = "requirements/qualcare/laminectomy.yaml"
DEEP = "notes: " + "[" * 40 + "]" * 40 + "\n"
BOMB = "bomb: &a [x, x]\nmore: [*a, *a, *a]\n"


def linted(folder: Path) -> list[Fault]:
    return list(lint(Library.open(folder), TODAY, CONCEPTS))


def errors(folder: Path, name: str) -> list[Fault]:
    """The faults of one file; every one of them says what to write."""
    found = [fault for fault in linted(folder) if fault.file == f"{folder.name}/{name}"]
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in found)
    assert all(fault.hint for fault in found), [str(fault) for fault in found if not fault.hint]
    return found


CASES = {
    "unknown key": ("title: Lumbar decompression", "titel: Lumbar decompression", "has no key 'titel'"),
    "wrong type": ("definitions:\n", "definitions: some words\nnotes2:\n", "'definitions' must be a list"),
    "a map for a text": ("edition: V1.0.2025\neff", "edition: {a: b}\neff", "'edition' must be a text, not a map"),
    "a map for a source": ("main_source: guideline", "main_source: {a: b}", "is named by a text, not by a map"),
    "repeated key": ("status: draft\n", "status: draft\nstatus: draft\n", "'status' stands twice"),
    "bomb": ("status: draft\n", f"status: draft\n{BOMB}", "an anchor (&a)"),
    "nesting": ("status: draft\n", f"status: draft\n{DEEP}", "more than 40 levels deep"),
    "tab": ("status: draft\n", "status:\tdraft\n", "a tab"),
    "look-alike digit": ('{codes: ["63047"]}', '{codes: ["6304\uff17"]}', "the character U+FF17 only looks like"),
    "look-alike letter": ("status: draft", "status: dr\u0430ft", "cannot be 'dr\u0430ft'"),
    "hidden character": ("status: draft", "status: dr\u202eaft", "the invisible character U+202E"),
    "no date": ('from: "2025-07-01"', 'from: "2025-13-01"', "is no day of the calendar"),
    "duration without a unit": ('">= 6 weeks"', '">= 6"', "has no unit"),
    "unknown source": ("main_source: guideline", "main_source: guidline", "no source is called 'guidline'"),
    "duplicate id": ("id: fusion", "id: leg-pain", "stands twice in this indication"),
}


@pytest.mark.parametrize(("old", "new", "message"), CASES.values(), ids=CASES)
def test_a_fault_of_a_guideline(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = GUIDELINE.replace(old, new, 1)
    assert text != GUIDELINE
    folder = write_library(tmp_path / "p", guideline=text)
    found = errors(folder, G)
    assert any(message in fault.message for fault in found), [str(fault) for fault in found]
    assert all(fault.line <= len(text.splitlines()) for fault in found)
    library = Library.open(folder)
    with pytest.raises(FaultyFileError):
        library.guideline("evicore.cmm-608")
    # The rest of the library stands, and its faults are told in the same run.
    assert library.requirements("qualcare")[0].id == "qualcare.laminectomy"


def test_the_place_of_a_fault_is_its_own(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "status: draft", "status: daft")
    (fault,) = errors(write_library(tmp_path / "p", guideline=text), G)
    assert (fault.line, fault.column) == (line_of(text, "status: daft"), 9)


def test_a_part_that_uses_itself_and_one_that_is_not_there(tmp_path: Path) -> None:
    head = GUIDELINE.index("parts:\n")
    end = GUIDELINE.index("indications:\n")
    part = GUIDELINE[head:end]
    name = part.splitlines()[1].strip().rstrip(":")
    circle = f"parts:\n  {name}: {{use: other}}\n  other: {{use: {name}}}\n"
    found = errors(write_library(tmp_path / "a", guideline=GUIDELINE[:head] + circle + GUIDELINE[end:]), G)
    assert any(fault.code == "cycle" and "a part uses itself: " in fault.message for fault in found)
    gone = errors(write_library(tmp_path / "b", guideline=GUIDELINE[:head] + GUIDELINE[end:]), G)
    assert any(fault.code == "unknown-part" for fault in gone)


def test_a_route_to_a_guideline_that_is_not_there(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "guideline: evicore.cmm-608\n    ind", "guideline: evicore.cmm-680\n    ind")
    found = errors(write_library(tmp_path / "p", requirement=text), R)
    assert [(fault.code, fault.hint) for fault in found] == [("unknown-guideline", "Did you mean 'evicore.cmm-608'?")]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# only a comment\n", b"---\n"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    folder = write_library(tmp_path / "p")
    (folder / G).write_bytes(content)
    found = errors(folder, G)
    assert found[0].message.endswith(("the file is empty", "must be a map, not nothing"))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00s", b"\x80abc", b"PK\x03\x04 not text", b"\x00" * 40])
def test_bytes_that_are_no_text(tmp_path: Path, content: bytes) -> None:
    folder = write_library(tmp_path / "p")
    (folder / G).write_bytes(content)
    assert errors(folder, G)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "p")
    (folder / G).write_bytes(b"\xef\xbb\xbf" + GUIDELINE.replace("\n", "\r\n").encode())
    assert linted(folder) == []
    plain = Library.open(write_library(tmp_path / "plain")).guideline("evicore.cmm-608")
    windows = Library.open(folder).guideline("evicore.cmm-608")
    assert plain.examples == windows.examples
    assert [node.says for node in plain.indications["lumbar"].criteria.walk()] == [
        node.says for node in windows.indications["lumbar"].criteria.walk()
    ]


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "p", guideline=GUIDELINE + "#" * 1_000_001)
    (fault,) = errors(folder, G)
    assert (fault.message, fault.hint) == ("the file is larger than 1,000,000 bytes", "Split it.")


# --- What is no file --------------------------------------------------------------------------------------------------


def test_a_folder_with_the_name_of_a_file(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "p", guideline="")
    (folder / G).mkdir(parents=True)
    assert [fault.message for fault in errors(folder, G)] == ["this is a folder"]


def test_links_that_lead_nowhere_or_round_in_circles(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "p", guideline="")
    (folder / G).parent.mkdir(parents=True)
    for target in (folder / "nowhere.yaml", folder / G):
        (folder / G).symlink_to(target)
        assert [(fault.code, fault.message) for fault in errors(folder, G)] == [
            ("misplaced", "this link leads nowhere")
        ]
        with pytest.raises(PraxigenError):
            Library.open(folder).guideline("evicore.cmm-608")
        (folder / G).unlink()


def test_a_folder_that_is_a_link_is_told_and_not_followed(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "p")
    (folder / "guidelines" / "aetna").symlink_to(folder / "guidelines" / "evicore")
    (folder / "guidelines" / "evicore" / "loop").symlink_to(folder / "guidelines")
    told = [(fault.file, fault.message) for fault in linted(folder)]
    for name in ("p/guidelines/aetna", "p/guidelines/evicore/loop"):
        assert (name, "this is a link to a folder, which is not followed") in told
    assert Library.open(folder).guideline("evicore.cmm-608").id == "evicore.cmm-608"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_told_and_never_waited_for(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "p", guideline="")
    (folder / G).parent.mkdir(parents=True)
    os.mkfifo(folder / G)
    assert [fault.message for fault in errors(folder, G)] == ["this is no plain file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is unreadable for this user")
def test_a_file_without_the_right_to_read_it(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "p")
    (folder / G).chmod(0)
    assert [fault.code for fault in errors(folder, G)] == ["unreadable"]


def test_an_ending_in_capitals_is_not_passed_over(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "p", **{"guidelines/evicore/CMM-609.YAML": GUIDELINE})
    assert [fault.code for fault in errors(folder, "guidelines/evicore/CMM-609.YAML")] == ["misplaced"]


# --- A practice's own folders -----------------------------------------------------------------------------------------


def test_every_folder_is_checked_the_same_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write_library(tmp_path / "first")
    own = write_library(tmp_path / "own", guideline=swap(GUIDELINE, "status: draft", "status: daft"), requirement="")
    arguments = ["library", "lint", "--format", "json", "--today", "2026-08-03"]
    assert run([*arguments, "--library", str(first), "--library", str(own)]) == 2
    told = json.loads(capsys.readouterr().out)["faults"]
    wrong = [fault for fault in told if fault["code"] == "unknown-word"]
    assert [(fault["file"], fault["message"]) for fault in wrong] == [(f"own/{G}", "'status' cannot be 'daft'")]
    with pytest.raises(FaultyFileError):
        Library.open(first, own).guideline("evicore.cmm-608")
    assert Library.open(own, first).requirements("qualcare")


def test_a_later_folder_wins_and_the_earlier_stays_for_the_rest(tmp_path: Path) -> None:
    first = write_library(tmp_path / "first")
    own = write_library(tmp_path / "own", guideline="", requirement=swap(REQUIREMENT, "label: lumbar,", "label: ours,"))
    library = Library.open(first, own)
    assert library.requirements("qualcare")[0].codes["63047"].label == "ours"
    assert library.guideline("evicore.cmm-608").title == "Lumbar decompression"
