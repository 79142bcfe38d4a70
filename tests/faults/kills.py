"""Kills a process that writes, again and again, and counts what was acknowledged and is not there.

    python -m faults.kills --kills 200        (from the repository root: PYTHONPATH=src:tests)
    python -m faults.kills --disk-full

`kill -9` tests that a crash of the program loses nothing. It does not test a loss of power.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Came:
    """What came of a run."""

    kills: int
    acknowledged: int
    lost: int
    half: int
    refused: int
    whole: bool


def run(kills: int, seed: int = 1, most_bytes: int = 0) -> Came:
    """Kill a writer that many times on one database. `most_bytes` limits how large a file may grow (a full disk)."""
    chance = random.Random(seed)  # noqa: S311  times to wait
    with tempfile.TemporaryDirectory(prefix="praxigen-faults-") as folder:
        env = _environment(Path(folder))
        subprocess.run([sys.executable, "-m", "faults.prepare"], env=env, check=True)
        acknowledged: list[str] = []
        refused = 0
        for _ in range(kills):
            said = _write_and_kill(env, chance.uniform(0.02, 0.4), most_bytes)
            acknowledged += [line for line in said if not line.startswith("refused")]
            refused += sum(line.startswith("refused") for line in said)
        found, half = _stored(Path(env["PRAXIGEN_DATA"]) / "praxigen.sqlite3")
        verified = subprocess.run(
            [sys.executable, "-m", "praxigen", "audit", "verify"], env=env, capture_output=True, check=False
        )
        return Came(kills, len(acknowledged), len(set(acknowledged) - found), half, refused, verified.returncode == 0)


def _write_and_kill(env: dict[str, str], after: float, most_bytes: int) -> list[str]:
    command = [sys.executable, "-m", "faults.writer"]
    if most_bytes:
        command = ["/bin/sh", "-c", f"ulimit -f {most_bytes // 512}; exec {sys.executable} -m faults.writer"]
    process = subprocess.Popen(  # noqa: S603  our own module
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    lines = [process.stdout.readline()]  # it has begun
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    lines += process.stdout.readlines()
    process.wait()
    return [line.strip() for line in lines if line.endswith("\n")]


def _stored(database: Path) -> tuple[set[str], int]:
    """The cases that are there, and how many stand there without their event or the other way round."""
    link = sqlite3.connect(database)
    (state,) = link.execute("PRAGMA integrity_check").fetchone()
    if state != "ok":
        raise RuntimeError("the database is damaged")
    cases = {str(uuid.UUID(name)) for (name,) in link.execute("SELECT id FROM cases_case")}
    told = {name for (name,) in link.execute("SELECT object_id FROM audit_event WHERE action = 'case:opened'")}
    link.close()
    return cases, len(cases ^ told)


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": f"{_ROOT / 'src'}{os.pathsep}{_ROOT / 'tests'}",
        "DJANGO_SETTINGS_MODULE": "praxigen.web.settings",
        "PRAXIGEN_DATA": str(folder / "data"),
        "PRAXIGEN_KEY_FILE": str(folder / "keys" / "master.key"),
        "PRAXIGEN_DATABASE": "",
        "PRAXIGEN_CHECKPOINTS": str(folder / "checkpoints"),
    }


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--disk-full", action="store_true", help="no file may grow beyond 2 MiB")
    asked = parser.parse_args()
    came = run(5 if asked.disk_full else asked.kills, asked.seed, 2 * 1024 * 1024 if asked.disk_full else 0)
    sys.stdout.write(
        f"{came.kills} kills, {came.acknowledged:,} acknowledged, {came.lost} lost, {came.half} in part, "
        f"{came.refused:,} refused, trail {'whole' if came.whole else 'BROKEN'}\n"
    )
    return 0 if came.whole and not came.lost and not came.half else 1


if __name__ == "__main__":
    sys.exit(main())
