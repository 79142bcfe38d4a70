"""A library that changes on the disk is used from then on without a stop, once it stands still and has no fault."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from praxigen.cli import recheck as command
from praxigen.cli.main import run
from praxigen.library import Library
from praxigen.web.cases.library import policies
from praxigen.web.cases.models import Check, PolicyChange
from praxigen.web.serving import renewal
from praxigen.web.serving.renewal import Watch, renew_workers, stamp
from support.practices import Desk, make_desk
from support.ready import READY_NOTE, READY_REQUEST

pytestmark = pytest.mark.django_db
POLICIES = Path(__file__).parents[2] / "policies"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("renewed") / "policies"
    shutil.copytree(POLICIES, folder)
    return folder


@pytest.fixture
def library(copied: Path) -> Path:
    """A library of our own, as it was shipped."""
    for path in copied.rglob("*.yaml"):
        source = POLICIES / path.relative_to(copied)
        if path.read_bytes() != source.read_bytes():
            shutil.copy2(source, path)
    return copied


@pytest.fixture
def desk() -> Desk:
    desk = make_desk()
    desk.client().post("/practice/cases/new/", {**READY_REQUEST, "note": READY_NOTE})
    return desk


class Told:
    """A watch over a library, with what it did."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: list[str] = []
        monkeypatch.setattr(renewal, "build_public_site", lambda *_: self.done.append("pages"))
        self.watch = Watch(lambda: self.done.append("workers"), lambda: Library.open(folder))


def change(folder: Path, desk: Desk, old: str, new: str) -> Path:
    """Change the guideline that decides the case."""
    name = Check.of(desk.practice).get().receipt["guidelines"][0][0]
    shipped = Library.open(POLICIES).edition(name, None).file.path
    path = folder / shipped.relative_to(POLICIES)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_change_that_stands_still_is_used_and_the_cases_that_it_turns_are_listed(
    library: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told(library, monkeypatch)
    before = policies()
    assert [told.watch.look() for _ in range(3)] == [None, None, None]
    change(library, desk, ">= 3 grade", ">= 5 grade")
    assert told.watch.look() is None  # perhaps it is still being written
    assert told.done == []
    assert told.watch.look() == 1
    assert told.done == ["pages", "workers"]
    assert policies() is not before
    assert PolicyChange.of(desk.practice).get().flips
    assert "A policy changed: 1 open case" in desk.client().get("/practice/").content.decode()
    assert [told.watch.look() for _ in range(2)] == [None, None]


def test_a_faulty_change_is_not_used_until_it_is_mended(
    library: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told = Told(library, monkeypatch)
    told.watch.look()
    path = change(library, desk, ">= 3 grade", ">= three grade")
    with caplog.at_level(logging.ERROR):
        assert [told.watch.look() for _ in range(4)] == [None] * 4
    assert told.done == []
    faults = [line for line in caplog.messages if "is not used, for it has a fault" in line]
    assert len(faults) == 1
    assert path.name in faults[0]
    assert str(library.parent) not in faults[0]
    path.write_text(path.read_text(encoding="utf-8").replace(">= three grade", ">= 4 grade"), encoding="utf-8")
    assert [told.watch.look() for _ in range(2)][-1] is not None


def test_the_stamp_sees_every_file(library: Path) -> None:
    before = stamp(Library.open(library))
    path = next(library.rglob("payers.yaml"))
    os.utime(path, ns=(1, 1))
    touched = stamp(Library.open(library))
    path.rename(path.with_name("gone.txt"))
    gone = stamp(Library.open(library))
    path.with_name("gone.txt").rename(path)
    assert len({before, touched, gone}) == 3


@pytest.mark.parametrize("told", ["", "nonsense", '{"pid": 1}', "own"])
def test_only_the_own_server_is_asked_for_new_workers(
    told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda pid, number: sent.append((pid, number)))
    settings.CONFIGURATION = SimpleNamespace(data=tmp_path)
    if told:
        text = json.dumps({"pid": os.getppid()}) if told == "own" else told
        (tmp_path / "serving.json").write_text(text, encoding="ascii")
    renew_workers()
    assert sent == ([(os.getppid(), signal.SIGHUP)] if told == "own" else [])


def test_the_command_names_what_turns_and_no_patient(
    desk: Desk, library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "open_workspace", lambda _data, _key: library)
    assert run(["practice", "recheck"]) == 0
    assert "Ridgeway Spine: 1 open cases checked, 0 turn." in capsys.readouterr().out
    change(library, desk, ">= 3 grade", ">= 5 grade")
    monkeypatch.setattr("praxigen.web.cases.policy.policies", lambda: Library.open(library))
    assert run(["practice", "recheck"]) == 0
    said = capsys.readouterr().out
    assert "1 turn" in said
    assert "Kellgren-Lawrence grade 3 or more: Met, now Not met" in said
    assert str(Check.of(desk.practice).get().case_id)[:8] in said
    assert READY_REQUEST["name"] not in said


def test_the_command_says_where_no_workspace_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["practice", "recheck", "--data", str(tmp_path / "none")]) == 2
    assert "there is no data folder" in capsys.readouterr().err
