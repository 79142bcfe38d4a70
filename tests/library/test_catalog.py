"""The index of a library: says what the files say, whatever happened to them or to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.errors import LibraryError
from praxigen.library import Library
from praxigen.library import __main__ as command
from praxigen.library.catalog import Asked, Catalog, store
from praxigen.library.catalog.catalog import compile_index
from praxigen.library.catalog.codec import read_requirement, write_requirement
from support.many_payers import requirement, write_payers
from support.policy_files import swap

LAMINECTOMY = "requirements/qualcare/laminectomy.yaml"
ASKED = Asked(codes=("63047",))
LONG_AGO = 1_600_000_000_000_000_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = write_payers(tmp_path / "policies")
    for path in found.rglob("*.yaml"):
        os.utime(path, ns=(LONG_AGO, LONG_AGO))
    return found


def titles(*folders: Path, asked: Asked = ASKED) -> list[str]:
    return [each.title for each in Catalog.open(Library.open(*folders)).find(asked).requirements]


def copy_of(folder: Path) -> Path:
    return store.cached_at(Library.open(folder).folders)


def test_every_shipped_requirement_is_the_same_from_the_index() -> None:
    shipped = Library.open().requirements()
    assert shipped
    for each in shipped:
        assert read_requirement(write_requirement(each)) == each


def test_the_index_finds_what_the_files_hold(folder: Path) -> None:
    library = Library.open(folder)
    catalog = Catalog.open(library)
    assert catalog.count() == 5
    assert catalog.find(Asked(payers=("qualcare",))).requirements == library.requirements("qualcare")
    assert catalog.find(ASKED).requirements == library.requirements(code="63047")
    assert [each.id for each in catalog.find(Asked(diagnoses=("M96",))).requirements] == [
        "medicare.spinal-cord-stimulation",
        "qualcare.spinal-cord-stimulation",
    ]
    assert [each.payer for each in catalog.find(Asked(words=("neck",))).requirements] == ["united"]
    assert catalog.find(Asked(plans=("medicare",))).total == 1
    assert catalog.all("code") == ("22633", "63046", "63047", "63650", "63685")


def test_what_is_left_out_is_counted(folder: Path) -> None:
    found = Catalog.open(Library.open(folder)).find(ASKED, limit=1)
    assert (len(found.requirements), found.total) == (1, 3)


def test_a_second_opening_reads_no_policy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert titles(folder)
    monkeypatch.setattr("praxigen.library.catalog.build.parse_yaml", None)
    assert titles(folder) == ["laminectomy", "Laminectomy or laminotomy", "Decompression of the neck"]


def change_title(folder: Path) -> None:
    path = folder / LAMINECTOMY
    path.write_text(swap(path.read_text(), "Laminectomy or laminotomy", "Something else"))


def same_size_and_time(folder: Path) -> None:
    path = folder / LAMINECTOMY
    path.write_text(swap(path.read_text(), "Laminectomy or laminotomy", "Laminectomy or something."))
    os.utime(path, ns=(LONG_AGO, LONG_AGO))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (change_title, ["laminectomy", "Something else", "Decompression of the neck"]),
        (same_size_and_time, ["laminectomy", "Laminectomy or something.", "Decompression of the neck"]),
        (lambda folder: (folder / LAMINECTOMY).unlink(), ["laminectomy", "Decompression of the neck"]),
        (
            lambda folder: (folder / "requirements/medicare/laminectomy.yaml").write_text(requirement("medicare")),
            ["laminectomy", "laminectomy", "Laminectomy or laminotomy", "Decompression of the neck"],
        ),
        (
            lambda folder: [os.utime(path) for path in folder.rglob("*.yaml")],
            ["laminectomy", "Laminectomy or laminotomy", "Decompression of the neck"],
        ),
    ],
    ids=["changed", "changed and looks the same", "removed", "added", "only touched"],
)
def test_a_stale_index_is_never_believed(folder: Path, change: Callable[[Path], object], expected: list[str]) -> None:
    titles(folder)
    change(folder)
    assert titles(folder) == expected
    assert titles(folder) == expected


def test_a_file_that_changes_after_the_opening(folder: Path) -> None:
    catalog = Catalog.open(Library.open(folder))
    change_title(folder)
    assert "Something else" in [each.title for each in catalog.find(ASKED).requirements]
    (folder / LAMINECTOMY).unlink()
    assert catalog.find(ASKED).total == 2


def test_a_change_within_the_tick_of_the_clock_is_seen(folder: Path) -> None:
    path = folder / LAMINECTOMY
    now = path.stat().st_mtime_ns + 5_000_000_000_000_000_000
    os.utime(path, ns=(now, now))
    titles(folder)
    path.write_text(path.read_text().replace("63047", "63005"))
    os.utime(path, ns=(now, now))
    assert titles(folder, asked=Asked(codes=("63005",))) == ["Laminectomy or laminotomy"]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def other_stamp(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE key = 'stamp'")


def no_tables(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")


def scribble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage",
    [
        cut,
        other_stamp,
        no_tables,
        scribble,
        Path.unlink,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no index at all"),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["cut short", "other make", "no tables", "scribbled over", "gone", "empty", "no index", "a folder"],
)
def test_a_damaged_index_is_as_good_as_none(folder: Path, damage: Callable[[Path], object]) -> None:
    expected = titles(folder)
    damage(copy_of(folder))
    assert titles(folder) == expected


def test_an_index_is_replaced_and_nothing_is_left_beside_it(folder: Path) -> None:
    titles(folder)
    change_title(folder)
    titles(folder)
    assert list(copy_of(folder).parent.iterdir()) == [copy_of(folder)]


def test_where_nothing_can_be_written_it_serves_from_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "file"))
    assert len(titles(folder)) == 3


def test_without_a_home_it_serves_from_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setattr(Path, "home", homeless)
    assert len(titles(folder)) == 3


@pytest.mark.parametrize(
    ("platform", "name", "expected"),
    [("linux", "XDG_CACHE_HOME", "/c/praxigen"), ("win32", "LOCALAPPDATA", "/c/praxigen")],
)
def test_the_place_of_the_cache(platform: str, name: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv(name, "/c")
    assert store.cached_at([Path("/p")]).parent.as_posix() == expected


def test_a_later_folder_wins_and_what_it_leaves_stays(folder: Path, tmp_path: Path) -> None:
    second = tmp_path / "mine"
    (second / LAMINECTOMY).parent.mkdir(parents=True)
    text = requirement("qualcare", title="Ours").replace("63047", "63005")
    (second / LAMINECTOMY).write_text(text)
    assert titles(folder, second) == ["laminectomy", "Decompression of the neck"]
    assert titles(folder, second, asked=Asked(codes=("63005",))) == ["Ours"]
    assert titles(second, folder) == ["laminectomy", "Laminectomy or laminotomy", "Decompression of the neck"]


def test_a_fault_stops_the_answers_that_may_need_its_file(folder: Path) -> None:
    (folder / LAMINECTOMY).write_text("codes: [63047\n")
    for asked in (ASKED, Asked(payers=("qualcare",)), Asked(procedures=("laminectomy",))):
        with pytest.raises(LibraryError, match=r"^policies/requirements/qualcare/laminectomy\.yaml:2:1: this is not"):
            titles(folder, asked=asked)
    assert titles(folder, asked=Asked(payers=("oscar",))) == ["laminectomy"]
    assert titles(folder, asked=Asked(payers=("qualcare",), codes=("63650",))) == ["Neurostimulators"]


def test_a_faulty_file_of_a_later_folder_hides_the_earlier_one(folder: Path, tmp_path: Path) -> None:
    second = tmp_path / "mine"
    (second / LAMINECTOMY).parent.mkdir(parents=True)
    (second / LAMINECTOMY).write_text("63047: {\n")
    with pytest.raises(LibraryError, match=r"^mine/requirements/qualcare"):
        titles(folder, second)


def test_a_mended_file_is_read_again(folder: Path) -> None:
    good = (folder / LAMINECTOMY).read_text()
    (folder / LAMINECTOMY).write_text("x")
    with pytest.raises(LibraryError):
        titles(folder, asked=Asked(payers=("qualcare",)))
    (folder / LAMINECTOMY).write_text(good)
    assert len(titles(folder)) == 3


def test_the_command_makes_the_index_of_the_shipped_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "_compiled" / "library.sqlite"
    monkeypatch.setattr(command, "COMPILED", place)
    monkeypatch.setattr(store, "COMPILED", place)
    assert command.main() == 0
    opened = store.open_copy(place)
    assert opened is not None
    opened[0].close()
    monkeypatch.setattr("praxigen.library.catalog.build.parse_yaml", None)
    assert Catalog.open(Library.open()).count() == len(Library.open().requirements())


def test_a_folder_that_cannot_be_written_to_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(command, "COMPILED", tmp_path / "file" / "library.sqlite")
    assert command.main() == 0
    assert "cannot be written" in capsys.readouterr().err


def test_compiling_counts_the_requirements(folder: Path, tmp_path: Path) -> None:
    assert compile_index(Library.open(folder), tmp_path / "index.sqlite") == 5


def test_the_index_can_be_made_ahead(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["library", "index", "--library", str(folder)]) == 0
    assert capsys.readouterr().out == f"5 requirements in the index; it is kept at {copy_of(folder)}\n"
    assert copy_of(folder).is_file()


def test_the_command_says_where_nothing_could_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "file"))
    assert run(["library", "index", "--library", str(folder)]) == 0
    assert "memory only" in capsys.readouterr().out
