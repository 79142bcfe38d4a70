"""Measures how fast notes are read, what bounds it, and how it grows with processes and with the length of a note.

    python benchmarks/speed.py [--medspacy] [FILE]

FILE holds one JSON object with "text" on each line; by default the public notes of benchmarks/labelled. Each reader
works on as many of the notes, spread evenly, as it gets through in --budget seconds of processor time, and the table
says how many those were; ratios compare the time per character. --medspacy adds medspaCy with its sentences, sections,
target rules made from the same lexicon, and ConText. It needs an environment of its own, outside of this folder:

    python -m venv /tmp/compare && /tmp/compare/bin/pip install medspacy==1.3.1 /path/to/this/folder
    /tmp/compare/bin/python benchmarks/speed.py --medspacy FILE
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from praxigen import Document, Library, Request, check, find_facts
from praxigen.lexicon import open_lexicon
from praxigen.lexicon.trie import END, Trie, whole
from praxigen.lexicon.words import tokenize
from praxigen.reading.phrases import find_phrases
from praxigen.reading.reader import terms

ROOT = Path(__file__).parents[1]
NOTES = ROOT / "benchmarks" / "labelled" / "public_notes.jsonl"
EXAMPLE = ROOT / "examples" / "stimulator-trial.txt"
SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
PROCESSES = (1, 2, 4, 8)
PAGE = 3_000  # characters
INSTALL = "pip install medspacy==1.3.1, in an environment of its own"


@dataclass(frozen=True, slots=True)
class Rate:
    """How far a reader got, and in how many seconds of processor time."""

    notes: int
    characters: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Notes in a second."""
        return self.notes / self.seconds

    @property
    def microseconds_per_thousand(self) -> float:
        """Microseconds for a thousand characters."""
        return self.seconds / self.characters * 1e9


def read_notes(path: Path) -> list[str]:
    """The texts of a file of notes."""
    return [json.loads(line)["text"] for line in path.read_text("utf-8").split("\n") if line.strip()]


def spread(notes: Sequence[str]) -> list[str]:
    """The same notes in an order of which every beginning is an even sample of the whole."""
    step = next(n for n in (97, 89, 83, 79) if len(notes) % n)
    return [notes[index * step % len(notes)] for index in range(len(notes))]


def measure(work: Callable[[str], object], notes: Iterable[str], budget: float) -> Rate:
    """Work on the notes until they or the budget are used up."""
    count = characters = 0
    begun = time.process_time()
    spent = 0.0
    for text in notes:
        work(text)
        count += 1
        characters += len(text)
        spent = time.process_time() - begun
        if spent > budget:
            break
    return Rate(count, characters, spent)


def facts_of(text: str) -> int:
    """Read a note with praxigen."""
    return len(find_facts(Document("note", text)))


def scan(text: str) -> int:
    """Only the words, and the lexicon's phrases among them, as the reader finds them: its bound."""
    lexicon = terms().lexicon
    return sum(1 for _ in find_phrases(lexicon.trie, lexicon.terms, tokenize(text), text))


def targets() -> list[tuple[str, str]]:
    """Every phrase of every concept of the lexicon, with the name of the concept."""
    lexicon = open_lexicon()
    found: dict[tuple[str, str], None] = {}
    nodes: list[tuple[tuple[str, ...], Trie]] = [((), whole(lexicon.trie))]
    while nodes:
        words, node = nodes.pop()
        for word, below in node.items():
            if word != END:
                nodes.append(((*words, word), below))
                continue
            for index, exact in below:
                if lexicon.terms[index].layer == "concept":
                    found[exact or " ".join(words), lexicon.terms[index].name] = None
    return sorted(found)


def keyword_reader() -> Callable[[str], object]:
    """The plain way: one alternation of every phrase, the longest first."""
    phrases = sorted({form for form, _ in targets()}, key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)", re.IGNORECASE)
    return lambda text: sum(1 for _ in pattern.finditer(text))


def medspacy_reader() -> Callable[[str], object]:
    """The documented pipeline of medspaCy with the same phrases as targets."""
    import medspacy  # only where it was asked for
    from loguru import logger
    from medspacy.ner import TargetRule

    logger.disable("PyRuSH")  # it writes the words of notes to standard error
    pipeline = medspacy.load()
    pipeline.add_pipe("medspacy_sectionizer")
    pipeline.get_pipe("medspacy_target_matcher").add([TargetRule(form, name) for form, name in targets()])
    sys.stdout.write(f"medspaCy: {', '.join(pipeline.pipe_names)}\n")
    return pipeline


def _many(texts: list[str]) -> int:
    return sum(facts_of(text) for text in texts)


def _start() -> None:
    facts_of("No pain for 6 weeks.")


def wall_of(notes: list[str], processes: int) -> float:
    """Seconds on the wall until so many processes have read the notes."""
    if processes == 1:
        begun = time.perf_counter()
        _many(notes)
        return time.perf_counter() - begun
    with ProcessPoolExecutor(processes, initializer=_start) as pool:
        list(pool.map(_many, [[] for _ in range(processes)]))
        begun = time.perf_counter()
        list(pool.map(_many, [notes[at : at + 8] for at in range(0, len(notes), 8)]))
        return time.perf_counter() - begun


def _peak() -> float:
    """The most memory that this process has held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().split("\n") if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)


def peak_over(texts: list[str]) -> float:
    """The peak of a fresh process that reads these notes."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(_many, texts).result()
        return pool.submit(_peak).result()


def long_note(notes: Sequence[str], size: int) -> str:
    """Notes one after the other, and over again, to a size."""
    text = "\n\n".join(notes)[:size]
    return "\n\n".join([text] * (size // max(1, len(text)) + 1))[:size]


def cold(times: int) -> list[tuple[float, float]]:
    """Seconds from the shell to the finished report, by the clock and of the processor, for each of some runs."""
    asked = ["--payer", "qualcare", "--code", "63650", "--stage", "trial", "--date-of-service", "2026-08-03"]
    command = [sys.executable, "-c", "from praxigen.cli.main import main; main()", "check", str(EXAMPLE), *asked]
    # An installation keeps the byte code of its modules, whatever the shell that measures says.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    taken = []
    for _ in range(times + 1):
        begun, spent = time.perf_counter(), _of_children()
        done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603  # our own command
        taken.append((time.perf_counter() - begun, _of_children() - spent))
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr.decode())
    return taken[1:]


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def warm(times: int) -> list[tuple[float, float]]:
    """Seconds for each of some checks in a process that has made one, by the clock and of the processor."""
    document, library = Document("example", EXAMPLE.read_text("utf-8")), Library.open()
    request = Request("qualcare", ["63650"], date="2026-08-03", stage="trial")
    taken = []
    for _ in range(times + 1):
        begun, spent = time.perf_counter(), time.process_time()
        check(document, request, library)
        taken.append((time.perf_counter() - begun, time.process_time() - spent))
    return taken[1:]


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def readers(notes: list[str], budget: float, *, medspacy: bool) -> None:
    """The table of readers."""
    ways: list[tuple[str, Callable[[], Callable[[str], object]]]] = [
        ("praxigen find_facts", lambda: facts_of),
        ("scan for the lexicon's phrases", lambda: scan),
        ("regex alternation of keywords", keyword_reader),
    ]
    if medspacy and importlib.util.find_spec("medspacy") is None:
        say(f"medspaCy is not installed here: {INSTALL}")
    elif medspacy:
        ways.append(("medspaCy", medspacy_reader))
    rows = []
    for name, make in ways:
        work = make()
        work(notes[0])
        rows.append((name, measure(work, notes, budget)))
    own = rows[0][1]
    say(f"{'one process':34}{'notes':>7}{'notes/s':>10}{'us/1000 chars':>15}{'praxigen is':>22}")
    for name, rate in rows:
        ratio = rate.microseconds_per_thousand / own.microseconds_per_thousand
        told = "" if rate is own else f"{ratio:.1f} times faster" if ratio >= 1 else f"{1 / ratio:.1f} times slower"
        say(f"{name:34}{rate.notes:>7}{rate.per_second:>10.1f}{rate.microseconds_per_thousand:>15.0f}{told:>22}")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=NOTES)
    parser.add_argument("--medspacy", action="store_true", help="compare with medspaCy too")
    parser.add_argument("--budget", type=float, default=60, help="seconds of processor time for each reader")
    parser.add_argument("--times", type=int, default=11, help="how often a check is timed; the median counts")
    arguments = parser.parse_args()
    notes = spread(read_notes(arguments.file))
    total = sum(map(len, notes))
    say(f"{arguments.file.name}: {len(notes)} notes, {total} characters; Python {sys.version.split()[0]}, ")
    say(f"{os.cpu_count()} cores, load before the run {os.getloadavg()[0]:.1f}\n")
    readers(notes, arguments.budget, medspacy=arguments.medspacy)

    some = notes[: min(len(notes), 400)]
    say(f"\n{'processes':34}{'notes':>7}{'notes/s':>10}{'speed-up':>15}")
    alone = 0.0
    for processes in PROCESSES:
        wall = wall_of(some, processes)
        alone = alone or wall
        beyond = "" if processes <= (os.cpu_count() or 1) else "  more than there are cores"
        say(f"{processes:<34}{len(some):>7}{len(some) / wall:>10.1f}{alone / wall:>15.2f}{beyond}")

    say(f"\n{'length of one note':34}{'seconds':>17}{'us/1000 chars':>15}{'to the shortest':>22}")
    shortest = 0.0
    for size in SIZES:
        text = long_note(notes, size)
        rate = measure(facts_of, [text] * max(1, 100_000 // size), float("inf"))
        shortest = shortest or rate.microseconds_per_thousand
        grown = f"{rate.microseconds_per_thousand / shortest:.2f} times"
        each = rate.seconds / rate.notes
        say(f"{size // 1000:>7} KB{'':24}{each:>17.2f}{rate.microseconds_per_thousand:>15.0f}{grown:>22}")

    say(f"\n{'most memory':34}{'MB':>17}")
    say(f"{'nothing but the imports':34}{peak_over([]):>17.0f}")
    say(f"{f'{len(some)} notes one after the other':34}{peak_over(some):>17.0f}")
    for size in SIZES[-2:]:
        say(f"{f'one note of {size // 1_000_000} MB':34}{peak_over([long_note(notes, size)]):>17.0f}")

    checks(arguments.times)
    return 0


def checks(times: int) -> None:
    """The table of a whole check, cold and warm."""
    say(f"\n{f'one check, median of {times}':34}{'ms':>17}{'ms of the processor':>22}")
    pages = len(EXAMPLE.read_text("utf-8")) / PAGE
    again = warm(times)
    for name, taken, parts in (
        ("cold, from the shell", cold(times), 1.0),
        ("warm", again, 1.0),
        (f"warm, for each page of {PAGE}", again, pages),
    ):
        clock, processor = (statistics.median(column) * 1000 / parts for column in zip(*taken, strict=True))
        say(f"{name:34}{clock:>17.1f}{processor:>22.1f}")


if __name__ == "__main__":
    sys.exit(main())
