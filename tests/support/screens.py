"""The screens of the documentation: what commands and the Python example print, cut from their real output.

Run `make docs` after a change that shows on one of them.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = (README, ROOT / "docs" / "accuracy.md")

# What is shown of an output: from the first line that fits a pattern to the next blank line, or up to the next line
# that fits the pattern after "->". Patterns name places and numbers, never answers, which may change.
CHECK = (
    r"Dorsal column -> Please note",
    r"Guideline  -> Last verified",
    r".* 1\.1\.1\.2  -> .* 1\.1\.1\.3  ",
    r".* 1\.1\.1\.4  -> .* 1\.1\.1\.5  ",
    r".* 1\.2  -> .* 1\.3  ",
    r"\d+ questions? to settle -> 2\. ",
    r"This is not a coverage decision",
)
LOOKUP = (r"QualCare: ", r"Authorization ", r"Criteria: -> .* Symptoms", r".* MRI or CT -> .* A credentialed")
EVALUATION = (r"\d+ decisions -> question ",)
WHOLE = (r". -> \Z.",)
SCREENS = {
    "check": (
        (
            "praxigen check examples/stimulator-trial.txt "
            "--payer qualcare --code 63650 --stage trial --date-of-service 2026-08-03"
        ),
        CHECK,
    ),
    "lookup": ("praxigen lookup --payer qualcare --code 63047", LOOKUP),
    **{
        name: (
            f"praxigen evaluate benchmarks/labelled/{name}_labels.jsonl --notes benchmarks/labelled/{name}_notes.jsonl",
            EVALUATION,
        )
        for name in ("public", "synthetic", "development", "clinic", "heldout", "apart")
    },
    "compare": (
        "python benchmarks/compare.py benchmarks/labelled/heldout_labels.jsonl benchmarks/labelled/heldout_notes.jsonl",
        (r" +accuracy +macro-F1 -> \Z.",),
    ),
    "pairs": ("python benchmarks/pairs.py", WHOLE),
    "injections": ("python benchmarks/injections.py", WHOLE),
}
_SCREEN = re.compile(r"(?<=<!-- screen: )(?P<name>\w+)( -->\n\n```text\n).*?(```\n)", re.DOTALL)
_EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n", re.DOTALL)


def page(text: str) -> str:
    """The page with every screen as it is now."""
    return _SCREEN.sub(lambda found: f"{found[1]}{found[2]}{screen(found[1], text)}{found[3]}", text)


def screen(name: str, text: str) -> str:
    """One screen; "python" is what the page's Python example prints."""
    if name == "python":
        return "".join(_run([sys.executable, "-c", code]) for code in examples(text))
    command, parts = SCREENS[name]
    program, *arguments = shlex.split(command)
    runs = sys.executable if program == "python" else str(Path(sys.executable).with_name(program))
    lines = _run([runs, *arguments]).splitlines()
    return "\n".join([f"$ {command}", *_cut(lines, parts)]) + "\n"


def examples(text: str) -> list[str]:
    """The Python examples of a page."""
    return [found["code"] for found in _EXAMPLE.finditer(text)]


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def _cut(lines: Sequence[str], parts: Sequence[str]) -> list[str]:
    shown: list[str] = []
    reached = 0
    for part in parts:
        first, _, last = part.partition(" -> ")
        start = next(number for number in range(reached, len(lines)) if re.match(first, lines[number]))
        shown += ["..."] if any(lines[reached:start]) else [""] * (start > reached)
        rest = [None if re.match(last or "$", line) else line for line in lines[start + 1 :]]
        found = [lines[start], *takewhile(lambda line: line is not None, rest)]
        reached = start + len(found)
        while not found[-1]:
            found.pop()
        shown += found
    return shown + (["..."] if any(lines[reached:]) else [])


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(page(path.read_text(encoding="utf-8")), encoding="utf-8")
