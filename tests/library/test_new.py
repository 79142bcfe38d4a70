"""New files to fill in: they load, lint points at each TODO, nothing that exists is touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from praxigen import Request
from praxigen.cli.main import run
from praxigen.engine.evaluate import evaluate
from praxigen.lexicon import open_lexicon
from praxigen.library import Library
from praxigen.library.lint import lint
from praxigen.model.document import Document
from praxigen.reading.reader import read_facts
from support.policy_files import PAYERS, PROCEDURES, write_library

CONCEPTS = frozenset(name for kinds in open_lexicon().kinds.values() for name in kinds)


def new(folder: Path, *arguments: str) -> int:
    return run(["library", "new", *arguments, "--into", str(folder)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_library(tmp_path / "p", payers=PAYERS, procedures=PROCEDURES, guideline="", requirement="")


def test_both_kinds_load_and_every_fault_is_a_todo(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(folder, "guideline", "aetna.cpb-0660") == 0
    assert new(folder, "requirement", "qualcare.laminectomy", "--code", "63047", "--code", "63048") == 0
    assert "fill in every TODO; 'praxigen library lint" in capsys.readouterr().out
    library = Library.open(folder)
    assert library.guideline("aetna.cpb-0660").indications["service"].criteria.children
    assert list(library.requirements("qualcare")[0].codes) == ["63047", "63048"]
    found = lint(library, date.today(), CONCEPTS)  # noqa: DTZ011  the command dates its file by the same clock
    assert {fault.code for fault in found} == {"todo"}
    for name in ("guidelines/aetna/cpb-0660.yaml", "requirements/qualcare/laminectomy.yaml"):
        lines = (folder / name).read_text().splitlines()
        todo = {n for n, line in enumerate(lines, 1) if '"TODO' in line}
        assert {fault.line for fault in found if fault.file == f"p/{name}"} == todo


def test_what_is_filled_in_has_no_fault(folder: Path) -> None:
    new(folder, "guideline", "aetna.cpb-0660")
    new(folder, "requirement", "qualcare.laminectomy", "--code", "63047")
    for name in ("guidelines/aetna/cpb-0660.yaml", "requirements/qualcare/laminectomy.yaml"):
        path = folder / name
        text = path.read_text().replace("TODO: what the policy is about", "Knee arthroplasty")
        path.write_text(text.replace("TODO: the title of the document", "Knee list").replace("TODO", "Done"))
    assert lint(Library.open(folder), date.today(), CONCEPTS) == ()  # noqa: DTZ011  as above


def test_the_tests_of_a_new_guideline_hold(folder: Path) -> None:
    new(folder, "guideline", "aetna.cpb-0660")
    guideline = Library.open(folder).guideline("aetna.cpb-0660")
    for example in guideline.examples:
        request = Request("qualcare", ["00000"], date=example.date)
        facts = read_facts(Document(example.name, example.note))
        result = evaluate(guideline.indications[example.indication].criteria, facts, request)
        answers = {part.criterion.id: str(part.answer) for part in result.walk()}
        assert {name: answers.get(name) for name in example.expect} == dict(example.expect)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("guideline", "cpb-0660"), "'cpb-0660' is not an id of two parts"),
        (("guideline", "Aetna.CPB 0660"), "'Aetna.CPB 0660' is not an id of two parts"),
        (("guideline", "../../etc.passwd"), "'../../etc.passwd' is not an id of two parts"),
        (("requirement", "qualcare.x", "--code", "6304O"), "'6304O' is not a procedure code"),
        (
            ("requirement", "qualcare.x", "--code", "63047", "--code", "63047"),
            "a requirement needs at least one code, each once",
        ),
        (("requirement", "qualcare.x", "--procedure", "A b", "--code", "63047"), "'A b' is not an id"),
    ],
)
def test_what_cannot_be_begun(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(folder.rglob("*"))
    assert new(folder, *arguments) == 2
    assert capsys.readouterr().err.startswith(f"praxigen: {message}")
    assert sorted(folder.rglob("*")) == before


def test_nothing_is_ever_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "guidelines" / "aetna" / "cpb-0660.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    assert new(folder, "guideline", "aetna.cpb-0660") == 2
    assert "is there already\n  Choose another id, or edit that file.\n" in capsys.readouterr().err
    assert path.read_text() == "mine"
    path.unlink()
    path.symlink_to(folder / "elsewhere.yaml")
    assert new(folder, "guideline", "aetna.cpb-0660") == 2
    assert not (folder / "elsewhere.yaml").exists()


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(tmp_path / "none", "guideline", "aetna.cpb-0660") == 2
    assert "there is no folder" in capsys.readouterr().err


def test_a_place_that_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "guidelines").write_text("a file where a folder should be")
    assert new(folder, "guideline", "aetna.cpb-0660") == 2
    assert "could not be written: " in capsys.readouterr().err
