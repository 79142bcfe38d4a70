"""Finding the data that comes with praxigen, wherever the program was started."""

from __future__ import annotations

from pathlib import Path

import pytest

from praxigen.datafiles import shipped
from praxigen.datafiles.shipped import _find
from praxigen.errors import LibraryError


def test_the_shipped_policies_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policies").mkdir()
    assert shipped("policies").is_dir()
    assert shipped("policies") != tmp_path / "policies"


def test_an_installed_package_holds_its_data(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "praxigen"
    (package / "_shipped" / "lexicon").mkdir(parents=True)
    assert _find(package, "lexicon") == package / "_shipped" / "lexicon"


def test_a_checkout_holds_its_data_at_its_root(tmp_path: Path) -> None:
    package = tmp_path / "src" / "praxigen"
    (tmp_path / "benchmarks" / "questions").mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    assert _find(package, "questions") == tmp_path / "benchmarks" / "questions"


def test_a_stray_folder_is_not_taken_for_ours(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    with pytest.raises(LibraryError) as caught:
        _find(tmp_path / "src" / "praxigen", "policies")
    assert str(caught.value) == (
        "the policies that come with praxigen are missing from this installation\n"
        "  Install praxigen again, or name your own folder."
    )
