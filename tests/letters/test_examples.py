"""The example letters of the documentation are what the commands write now."""

from __future__ import annotations

from pathlib import Path

import pytest

from praxigen.api import read_document
from support.examples import FILES, FOLDER, OPTIONS, ROOT, write


@pytest.mark.parametrize("name", FILES)
def test_an_example_is_what_the_command_writes(name: str, tmp_path: Path) -> None:
    fresh, shown = write(name, tmp_path), FOLDER / name
    assert read_document(str(fresh)).text == read_document(str(shown)).text, "run: make docs"
    assert fresh.read_bytes() == shown.read_bytes(), "run: make docs"


def test_the_page_names_every_example_and_the_options_that_made_it() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in FOLDER.iterdir()} == {"README.md", *FILES}
    for name in FILES:
        assert f"({name})" in page
    for word in OPTIONS:
        assert word.replace(f"{ROOT}/", "") in page


def test_a_sheet_is_neither_draft_nor_final(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("call.pdf", tmp_path)
    assert capsys.readouterr().err.startswith("Peer-to-peer call is in ")
    write("appeal.pdf", tmp_path)
    assert capsys.readouterr().err.startswith("draft: Appeal of an adverse determination")
