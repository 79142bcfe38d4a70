"""What two people or workers do at the same moment never overwrites or doubles anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_decisions_claims_and_numbers_are_given_once() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "support.at_once"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr.decode()[-2000:]
    told = json.loads(run.stdout)
    assert told["decide"] == [["DecidedMeanwhileError", "confirmed"], 1, 1]
    assert told["claim"] == ["1", "2", "none", "none"]
    assert told["number"] == ["1", "2", "3", "4"]
    assert told["trail"] == [["written by the writer"], 12, 12, True, []]
