"""The compiled copy opens the same lexicon faster; a stale or broken one is as good as none."""

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from praxigen.errors import UsageError
from praxigen.lexicon import __main__ as command
from praxigen.lexicon import compiled, load, open_lexicon
from praxigen.lexicon.compiled import read_compiled, write_compiled
from praxigen.lexicon.term import Lexicon
from praxigen.lexicon.trie import unfold, whole

TEXT = """schema: praxigen.lexicon/1
layer: concept
terms:
  pain.leg:
    means: Pain in a leg
    kind_of: pain
    event: yes
    say: [(left |)leg pain]
    exact: [LP]
    never: [leg pain score]
    with:
      - {say: [no leg pain], quality: {side: left}, state: absent}
  pain:
    means: Pain
compose:
  - {name: pain.leg, of: [pain, pain.leg], gap: 4, quality: {side: right}}
"""
HEADINGS = "schema: praxigen.lexicon/1\nlayer: section\nterms:\n  plan:\n    means: Plan\n    say: [treatment plan]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "lexicon"
    folder.mkdir()
    (folder / "pain.yaml").write_text(TEXT)
    (folder / "sections.yaml").write_text(HEADINGS)
    return folder


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "compiled" / "lexicon.json"


def copies_at(path: Path) -> Callable[[str], Lexicon | None]:
    return lambda sha256: read_compiled(sha256, path)


def values(lexicon: Lexicon) -> dict[str, object]:
    """Everything that the reader uses of a lexicon. The forms of a term stand in the tree."""
    found = {field.name: getattr(lexicon, field.name) for field in fields(lexicon)}
    found["trie"] = whole(lexicon.trie)
    found["terms"] = [
        (term.name, term.layer, dict(term.qualities), term.state, term.exact, term.never) for term in lexicon.terms
    ]
    found["composes"] = [(c.name, c.layer, c.parts, c.gap, dict(c.qualities)) for c in lexicon.composes]
    return found | {name: dict(found[name]) for name in ("kinds", "means", "headings", "cells")}


def test_a_copy_says_what_the_files_say(folder: Path, copy: Path) -> None:
    lexicon = open_lexicon(folder)
    write_compiled(lexicon, copy)
    again = read_compiled(lexicon.sha256, copy)
    assert again is not None
    assert values(again) == values(lexicon)


def test_a_copy_reads_what_begins_with_a_word_when_that_is_asked_for(folder: Path, copy: Path) -> None:
    lexicon = open_lexicon(folder)
    write_compiled(lexicon, copy)
    again = read_compiled(lexicon.sha256, copy)
    assert again is not None
    assert set(map(type, again.trie.values())) == {str}
    assert unfold(again.trie, "leg") == lexicon.trie["leg"] == again.trie["leg"]
    assert isinstance(again.trie["left"], str)


def test_a_copy_of_these_files_is_used(folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_compiled(open_lexicon(folder), copy)
    data = json.loads(copy.read_text())
    data["means"]["pain"] = "as the copy has it"
    copy.write_text(json.dumps(data))
    open_lexicon.cache_clear()
    monkeypatch.setattr(load, "read_compiled", copies_at(copy))
    assert open_lexicon(folder).means["pain"] == "as the copy has it"


def test_a_stale_copy_is_not_used(folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_compiled(open_lexicon(folder), copy)
    (folder / "pain.yaml").write_text(TEXT.replace("means: Pain\n", "means: An ache\n"))
    open_lexicon.cache_clear()
    monkeypatch.setattr(load, "read_compiled", copies_at(copy))
    assert open_lexicon(folder).means["pain"] == "An ache"


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "more.yaml").write_text("schema: praxigen.lexicon/1\nlayer: cue\nterms: {}\n"),
        lambda folder: (folder / "pain.yaml").rename(folder / "aches.yaml"),
        lambda folder: (folder / "sections.yaml").unlink(),
    ],
    ids=["another file", "another name", "a file less"],
)
def test_another_set_of_files_has_another_hash(folder: Path, change: Callable[[Path], object]) -> None:
    before = open_lexicon(folder).sha256
    change(folder)
    open_lexicon.cache_clear()
    assert open_lexicon(folder).sha256 != before


def test_line_ends_of_windows_change_no_hash(folder: Path) -> None:
    before = open_lexicon(folder).sha256
    (folder / "pain.yaml").write_bytes(TEXT.replace("\n", "\r\n").encode())
    open_lexicon.cache_clear()
    assert open_lexicon(folder).sha256 == before


@pytest.mark.parametrize(
    "broken",
    [b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'{"format": 1}', b'{"format": 1, "sha256": "HASH"}'],
)
def test_a_broken_copy_is_as_good_as_none(broken: bytes, folder: Path, copy: Path) -> None:
    sha256 = open_lexicon(folder).sha256
    copy.parent.mkdir()
    copy.write_bytes(broken.replace(b"HASH", sha256.encode()))
    assert read_compiled(sha256, copy) is None


def test_half_a_copy_is_as_good_as_none(folder: Path, copy: Path) -> None:
    lexicon = open_lexicon(folder)
    write_compiled(lexicon, copy)
    copy.write_bytes(copy.read_bytes()[:-40])
    assert read_compiled(lexicon.sha256, copy) is None


def test_a_copy_of_another_format_is_not_used(folder: Path, copy: Path) -> None:
    lexicon = open_lexicon(folder)
    write_compiled(lexicon, copy)
    copy.write_text(json.dumps(json.loads(copy.read_text()) | {"format": compiled.FORMAT + 1}))
    assert read_compiled(lexicon.sha256, copy) is None


def test_without_a_copy_there_is_none(copy: Path) -> None:
    assert read_compiled("0" * 64, copy) is None


def test_a_copy_is_replaced_and_nothing_is_left_beside_it(folder: Path, copy: Path) -> None:
    copy.parent.mkdir()
    copy.write_text("old")
    lexicon = open_lexicon(folder)
    write_compiled(lexicon, copy)
    assert list(copy.parent.iterdir()) == [copy]
    assert json.loads(copy.read_text())["sha256"] == lexicon.sha256


def test_the_command_writes_the_shipped_lexicon(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "write_compiled", lambda lexicon: write_compiled(lexicon, copy))
    assert command.main() == 0
    assert json.loads(copy.read_text())["sha256"] == open_lexicon().sha256


def test_a_folder_that_cannot_be_written_to_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_lexicon: Lexicon) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(command, "write_compiled", refuse)
    assert command.main() == 0
    expected = f"{compiled.COPY.parent} cannot be written (Permission denied); praxigen works without, only slower\n"
    assert capsys.readouterr().err == expected


def test_a_fault_in_the_lexicon_stops_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> Lexicon:
        raise UsageError("what is wrong", "What to do.")

    monkeypatch.setattr(command, "open_lexicon", refuse)
    assert command.main() == UsageError.exit_code
    assert capsys.readouterr().err == "what is wrong\n  What to do.\n"
