"""The tree of a data file that is kept is the tree that parsing it gives; a copy that cannot be used is left aside."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from praxigen.datafiles import MapNode, kept, parse_head, parse_yaml, tree
from praxigen.datafiles.kept import keep_trees, kept_tree
from praxigen.library.__main__ import main

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "policies").rglob("*.yaml"))[::12]
TEXT = b"name: Pain\ncodes: ['063047', [], {}]\nempty:\nedition: '2'\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for what is kept."""
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "made")
    kept._places.cache_clear()
    yield tmp_path / "made"
    kept._places.cache_clear()


def test_a_kept_tree_is_the_parsed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = [parse_yaml(path.read_bytes(), path.name) for path in FILES]
    keep_trees(FILES, parse_yaml)
    monkeypatch.setattr(tree, "events", lambda _: pytest.fail("parsed in spite of the copy"))
    assert [parse_yaml(path.read_bytes(), path.name) for path in FILES] == parsed
    assert len(parsed) > 10


@pytest.mark.parametrize("keys", [("name", "edition"), ("edition",), ("name", "missing"), ()])
def test_the_head_of_a_kept_file_is_the_parsed_one(
    keys: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(TEXT)
    parsed = parse_head(TEXT, "f.yaml", keys)
    keep_trees([path], parse_yaml)
    monkeypatch.setattr(tree, "events", lambda _: pytest.fail("parsed in spite of the copy"))
    assert parse_head(TEXT, "f.yaml", keys) == parsed


def test_the_head_of_a_kept_list_is_none(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"- name\n")
    keep_trees([path], parse_yaml)
    assert parse_head(b"- name\n", "f.yaml", ("name",)) is None


def test_an_edited_file_is_parsed_anew(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(TEXT)
    keep_trees([path], parse_yaml)
    edited = TEXT.replace(b"Pain", b"Ache")
    assert kept_tree(TEXT) is not None
    assert kept_tree(edited) is None
    root = parse_yaml(edited, "f.yaml")
    assert isinstance(root, MapNode)
    assert root.get("name") != parse_yaml(TEXT, "f.yaml").get("name")  # type: ignore[union-attr]


def damaged(copy: bytes) -> Iterator[bytes]:
    """The copy with something wrong in it."""
    yield from (b"", b"[]\n", b"{}\n", b"\xff", copy[:40], copy[:-30])
    head, _, rest = copy.partition(b"\n")
    yield from (head + b"\n" + other * len(rest) for other in (b"7", b"[", b"\xff"))
    yield copy.replace(b"[[", b"[7,[").replace(b"],", b",7],")


def test_a_copy_that_cannot_be_used_is_left_aside(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(TEXT)
    parsed = parse_yaml(TEXT, "f.yaml")
    keep_trees([path], parse_yaml)
    (copy,) = folder.iterdir()
    for content in damaged(copy.read_bytes()):
        copy.write_bytes(content)
        kept._places.cache_clear()
        assert kept_tree(TEXT) is None
        assert parse_yaml(TEXT, "f.yaml") == parsed


def test_a_copy_of_another_way_to_read_files_is_left_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(TEXT)
    keep_trees([path], parse_yaml)
    monkeypatch.setattr(kept, "_made_by", lambda: "another")
    kept._places.cache_clear()
    assert kept_tree(TEXT) is None


def test_a_folder_that_cannot_be_written_to_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "file" / "made")
    monkeypatch.setattr("praxigen.library.__main__.compile_index", lambda *_: 0)
    assert main() == 0
    assert "praxigen works without, only slower" in capsys.readouterr().err
