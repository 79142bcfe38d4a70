"""No acknowledged write is lost and no trail broken. The full number: python -m faults.kills --kills 200."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from faults.kills import _environment, run
from praxigen.errors import UsageError
from praxigen.web.crypto.keyring import Keyring, make_key_file, read_keyring
from praxigen.web.serving.backup import back_up, restore

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of a Unix")


def test_a_killed_writer_loses_nothing_that_it_acknowledged() -> None:
    came = run(3)
    assert came.acknowledged >= 3
    assert (came.lost, came.half, came.whole) == (0, 0, True)


def test_a_full_disk_refuses_and_loses_nothing() -> None:
    came = run(2, most_bytes=700 * 1024)
    assert came.refused > 0
    assert (came.lost, came.half, came.whole) == (0, 0, True)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    env = _environment(tmp_path_factory.mktemp("workspace"))
    subprocess.run([sys.executable, "-m", "faults.prepare"], env=env, check=True)
    return env


def _keys(env: dict[str, str]) -> Keyring:
    return read_keyring(Path(env["PRAXIGEN_KEY_FILE"]))


def _command(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "praxigen", *words], env=env, capture_output=True, text=True, check=False
    )


def test_a_backup_is_restored_and_examined(workspace: dict[str, str], tmp_path: Path) -> None:
    file, data = tmp_path / "b.praxigen", tmp_path / "restored"
    made = _command(workspace, "backup", str(file))
    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o077 == 0
    assert b"Test Practice" not in file.read_bytes()
    back = _command(workspace, "restore", str(file), "--data", str(data))
    assert back.returncode == 0, back.stderr
    assert "nothing is missing" in back.stdout
    link = sqlite3.connect(data / "praxigen.sqlite3")
    assert link.execute("SELECT name FROM accounts_practice").fetchall() == [("Test Practice",)]
    link.close()
    again = _command(workspace, "restore", str(file), "--data", str(data))
    assert again.returncode == 2
    assert "holds a workspace already" in again.stderr
    assert "never written over" in _command(workspace, "backup", str(file)).stderr


@pytest.mark.parametrize("fault", ["cut", "changed", "longer", "other key", "no backup"])
def test_a_backup_that_is_not_whole_restores_nothing(workspace: dict[str, str], tmp_path: Path, fault: str) -> None:
    data = Path(workspace["PRAXIGEN_DATA"])
    file, target = tmp_path / "b", tmp_path / "restored"
    back_up(data / "praxigen.sqlite3", data / "checkpoints", file, _keys(workspace))
    whole, keys = file.read_bytes(), _keys(workspace)
    if fault == "cut":
        file.write_bytes(whole[:-1])
    elif fault == "changed":
        file.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    elif fault == "longer":
        file.write_bytes(whole + whole[-40:])
    elif fault == "no backup":
        file.write_bytes(b"PK" + whole)
    else:
        make_key_file(tmp_path / "k" / "other")
        keys = read_keyring(tmp_path / "k" / "other")
    with pytest.raises(UsageError):
        restore(file, target, keys)
    assert not (target / "praxigen.sqlite3").exists()
