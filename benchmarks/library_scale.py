"""Generates a library of many payers and measures how fast it opens, is searched, and serves a check.

    python benchmarks/library_scale.py [--requirements 20000] [--guidelines 2000]

The library is written to a temporary folder and removed again. Beside each figure stands the obvious alternative: to
parse every file, and to search the files for the words. What would take minutes is measured on an even sample of the
files and multiplied; the line says so. Times are those of the processor, so that other work
on the machine does not count; only a new process is timed by the wall clock. The ratios travel.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from praxigen import Document, Library, Request, check
from praxigen.datafiles import parse_yaml
from praxigen.library.catalog import Asked, Catalog, ask

ROOT = Path(__file__).parents[1]
GUIDELINE = ROOT / "policies" / "guidelines" / "evicore" / "cmm-211.yaml"
REQUIREMENT = ROOT / "policies" / "requirements" / "qualcare" / "spinal-cord-stimulation.yaml"
NOTE = ROOT / "examples" / "stimulator-trial.txt"
PROCEDURES = 100
PUBLISHERS = 40
SAMPLE = 200  # files that stand for all where all would take minutes
QUERIES = 300


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requirements", type=int, default=20_000)
    parser.add_argument("--guidelines", type=int, default=2_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="praxigen-scale-") as name:
        folder = Path(name) / "policies"
        os.environ["XDG_CACHE_HOME"] = str(Path(name) / "cache")
        payers = generate(folder, wanted.requirements, wanted.guidelines)
        measure(folder, payers)


def generate(folder: Path, requirements: int, guidelines: int) -> int:
    """Write the library, requirements and guidelines of the shape and size of shipped ones, and count its payers."""
    folder.mkdir()
    payers = -(-requirements // PROCEDURES)
    rows = [
        f"  - {{id: {_payer(n)}, name: {_payer(n).title()} Health Plan, plans: [commercial]}}" for n in range(payers)
    ]
    (folder / "payers.yaml").write_text("\n".join(["schema: praxigen.payers/1", "payers:", *rows, ""]))
    rows = [f"  - {{id: {_procedure(n)}, label: {_procedure(n).title()} repair}}" for n in range(PROCEDURES)]
    (folder / "procedures.yaml").write_text("\n".join(["schema: praxigen.procedures/1", "procedures:", *rows, ""]))
    text = GUIDELINE.read_text(encoding="utf-8")
    for number in range(guidelines):
        publisher, name = f"publisher{number % PUBLISHERS}", f"g-{number}"
        path = folder / "guidelines" / publisher / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        other = text.replace("id: evicore.cmm-211\n", f"id: {publisher}.{name}\n")
        path.write_text(other.replace("publisher: evicore\n", f"publisher: {publisher}\n"), encoding="utf-8")
    text = REQUIREMENT.read_text(encoding="utf-8")
    for number in range(requirements):
        payer, procedure = divmod(number, PROCEDURES)
        at = number % max(guidelines, 1)
        path = folder / "requirements" / _payer(payer) / f"{_procedure(procedure)}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_requirement(text, _payer(payer), procedure, f"publisher{at % PUBLISHERS}.g-{at}"), "utf-8")
    return payers


def measure(folder: Path, payers: int) -> None:
    """Measure everything, and print it beside the alternatives."""
    gc.disable()
    files = [path for path in sorted(folder.rglob("*.yaml")) if path.parent != folder]
    sample = files[:: max(1, len(files) // SAMPLE)]
    size = sum(path.stat().st_size for path in files) / 1e6
    sys.stdout.write(f"{len(files):,} files, {size:,.0f} MB, {payers} payers, {PROCEDURES} procedures\n\n")
    parse = seconds(lambda: [parse_yaml(path.read_bytes(), path.name) for path in sample]) * len(files) / len(sample)
    line("parse every file", parse, f"alternative, from a sample of {len(sample)}")
    built = seconds(lambda: Catalog.open(Library.open(folder)))
    line("make the index, once", built)
    time.sleep(2.1)  # so that no file is as young as the index
    Catalog.open(Library.open(folder))
    opened = statistics.median(seconds(lambda: Catalog.open(Library.open(folder))) for _ in range(5))
    line("open the library from its index", opened, f"{parse / opened:,.0f} times as fast as parsing every file")
    _touch_one(folder)
    line("open after one file changed", seconds(lambda: Catalog.open(Library.open(folder))))
    catalog = Catalog.open(Library.open(folder))
    catalog.library.payers()
    grep = seconds(lambda: [path for path in files if b"73999" in path.read_bytes()])
    line("search every file for a code", grep, "alternative, files in memory")
    chosen = random.Random(1)  # noqa: S311  a benchmark
    for name, limit, make in (
        ("a payer and a code", 5, lambda: Asked(payers=(_payer(chosen.randrange(payers)),), codes=(_code(chosen),))),
        ("a payer and a procedure", 5, lambda: Asked(payers=(_payer(3),), procedures=(_any_procedure(chosen),))),
        ("a code, 10 of all payers", 10, lambda: Asked(codes=(_code(chosen),))),
        ("a diagnosis that all name, 10 of all", 10, lambda: Asked(diagnoses=("M96",))),
    ):
        asked = [make() for _ in range(QUERIES)]
        _report(f"look up {name}", [_find(catalog, each, limit) for each in asked], grep)
    texts = [f"{_payer(chosen.randrange(payers))} {_any_procedure(chosen)}" for _ in range(QUERIES)]
    _report("look up free words", [_find_words(catalog, text) for text in texts], grep)
    wrong = [text[:3] + text[4:] for text in texts]
    _report("look up misspelt words", [_find_words(catalog, text) for text in wrong], grep)
    _checks(folder)


def _checks(folder: Path) -> None:
    """A check over the generated library beside one over the shipped library."""
    text = NOTE.read_text(encoding="utf-8")
    asked = Request(_payer(0), "70000", date="2026-08-03", stage="trial")
    shipped = Request("qualcare", "63650", date="2026-08-03", stage="trial")

    def large() -> None:
        check(Document("note", text), asked, Library.open(folder))

    def small() -> None:
        check(Document("note", text), shipped, Library.open())

    large()
    small()
    one, other = (statistics.median(seconds(each) for _ in range(5)) for each in (large, small))
    line("a check, library opened anew", one, f"{one / other:.2f} times as long as over the shipped library")
    script = "from praxigen.cli.main import run; import sys; sys.exit(run(sys.argv[1:]))"
    arguments = ["lookup", _payer(3), "70300", "--library", str(folder)]
    command = [sys.executable, "-c", script, *arguments]

    def process() -> None:
        subprocess.run(command, capture_output=True, check=True)  # noqa: S603  our own command

    cold = statistics.median(seconds(process, time.perf_counter) for _ in range(5))
    line("praxigen lookup, a new process", cold)


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """How much of the processor's time some work takes, reading files included."""
    begun = clock()
    work()
    return clock() - begun


def line(name: str, taken: float, remark: str = "") -> None:
    """One line of the table."""
    shown = f"{taken * 1000:,.2f} ms" if taken < 0.1 else f"{taken:,.2f} s"
    sys.stdout.write(f"{name:<44}{shown:>12}   {remark}".rstrip() + "\n")
    sys.stdout.flush()


def _find(catalog: Catalog, asked: Asked, limit: int) -> float:
    return seconds(lambda: catalog.find(asked, limit))


def _find_words(catalog: Catalog, text: str) -> float:
    return seconds(lambda: catalog.find(ask(catalog, text), 5))


def _report(name: str, times: list[float], grep: float) -> None:
    middle, worst = statistics.median(times), sorted(times)[int(len(times) * 0.99)] * 1000
    line(name, middle, f"99 of 100 under {worst:.1f} ms; {grep / middle:,.0f} times as fast as searching the files")


def _touch_one(folder: Path) -> None:
    path = folder / "requirements" / _payer(0) / f"{_procedure(0)}.yaml"
    path.write_text(path.read_text("utf-8") + "# a remark\n", "utf-8")


def _payer(number: int) -> str:
    return f"{_word(number)}care"


def _procedure(number: int) -> str:
    return f"{_word(number)}ectomy"


def _word(number: int) -> str:
    """A word of its own for each number: no two are alike enough to be taken for each other by every mistake."""
    consonants, vowels = "bdfglmnprstvz", "aeiou"
    word = ""
    number = (number + 1) * 7919
    for _ in range(3):
        number, at = divmod(number, len(consonants))
        word += consonants[at]
        number, at = divmod(number, len(vowels))
        word += vowels[at]
    return word


def _code(chosen: random.Random) -> str:
    return str(70_000 + 100 * chosen.randrange(PROCEDURES))


def _any_procedure(chosen: random.Random) -> str:
    return _procedure(chosen.randrange(PROCEDURES))


def _requirement(text: str, payer: str, procedure: int, guideline: str) -> str:
    text = text.replace("id: qualcare.spinal-cord-stimulation\n", f"id: {payer}.{_procedure(procedure)}\n")
    text = text.replace("payer: qualcare\n", f"payer: {payer}\n")
    text = text.replace("procedure: spinal-cord-stimulation\n", f"procedure: {_procedure(procedure)}\n")
    text = text.replace("evicore.cmm-211", guideline)
    for offset, code in enumerate(("63650", "63655", "63661", "63662", "63663", "63664", "63685", "63688")):
        text = text.replace(code, str(70_000 + 100 * procedure + offset))
    return text


if __name__ == "__main__":
    main()
