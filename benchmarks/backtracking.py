"""Looks for work that grows faster than the text: hostile notes, and every pattern of the reader on hostile text.

    python benchmarks/backtracking.py [--size CHARACTERS] [--patterns]

Each hostile text is read at one size and at four times that size. A reader whose work is linear takes four times as
long; one that looks at every pair of places takes sixteen times. A growth above 8 is marked, with the functions that
took longest, and ends the run with status 1. With --patterns each regular expression of `praxigen.reading` is run on
the same texts by itself: what is marked there is safe only as long as nothing longer than a sentence is given to it.
"""

from __future__ import annotations

import argparse
import ast
import cProfile
import importlib
import pkgutil
import pstats
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import praxigen.reading
from praxigen import Document
from praxigen.reading.patterns import Pattern
from praxigen.reading.reader import read_facts

GROWTH = 4
SUSPECT = 8.0
SHORTEST = 0.004  # seconds under which a ratio is noise
LONGEST = 8.0  # seconds after which the longer text is left out

# What is repeated, by name. The texts have no full stop where none is written.
REPEATED = {
    "spaces": " ",
    "tabs": "\t",
    "lines": "\n",
    "carriage returns": "\r\n",
    "digits": "7",
    "one word": "pain",
    "commas": ",",
    "commas apart": ", ",
    "slashes": "/",
    "dates run on": "1/2/",
    "dates": "3/14/25-9/20/25 ",
    "parens": "(",
    "empty boxes": "[ ] ",
    "underlines": "_",
    "dashes": "- ",
    "capitals": "A",
    "capital words": "ABC DEF ",
    "headings": "PLAN: ",
    "headings by line": "Plan:\n",
    "colons": ":",
    "no": "no ",
    "denies": "denies pain, ",
    "failed": "failed ",
    "failed PT": "failed PT, ",
    "x 6 weeks": "x 6 weeks ",
    "6 months of": "6 months of PT and ",
    "numbers": "6 ",
    "levels": "L4-5, ",
    "right leg pain": "right leg pain ",
    "pain and": "severe low back pain and ",
    "PT for pain since": "PT for back pain since 2019 ",
    "treatments": "gabapentin, PT and ",
    "stimulator trial": "stimulator trial 50% relief ",
    "percent": "50% relief ",
    "scores": "8/10 to 3/10 ",
    "grades": "EHL 4/5 ",
    "signs": "positive straight leg raise ",
    "signs without result": "straight leg raise ",
    "MRI": "MRI shows stenosis ",
    "surgery": "L4-5 laminectomy in 2019 ",
    "surgery no comma": "laminectomy fusion ",
    "psychology": "psychological evaluation ",
    "if": "if pain then ",
    "you": "you should ",
    "prose without stop": "She has had constant burning pain in the left leg for 8 months despite gabapentin and PT ",
    "short sentences": "No pain. ",
    "words of one letter": "a ",
    "hyphens": "low-back-pain-",
    "apostrophes": "a'",
    "retracts": "that was ",
    "months": "march ",
    "since": "since march ",
    "half an": "half an ",
}


def hostile(size: int) -> dict[str, str]:
    """The hostile texts, each about `size` characters long."""
    texts = {name: (piece * (size // len(piece) + 1))[:size] for name, piece in REPEATED.items()}
    texts["gap in a sentence"] = f"PT for 6{' ' * size}weeks, no relief."
    texts["treatments by line"] = "\n".join(["- Gabapentin 300 mg, no relief"] * (size // 29))
    texts["operations and pains"] = "History of lumbar fusion. Back pain. " * (size // 36)
    texts["treatments, then outcome"] = "She had PT. It did not help. " * (size // 29)
    texts["MRI by sentence"] = "MRI of the lumbar spine shows severe stenosis at L4-5. " * (size // 54)
    texts["trial by sentence"] = "The stimulator trial gave 60% relief. " * (size // 38)
    return texts


def seconds(work: Callable[[], object]) -> float:
    """The processor time of one call: the best of three where it is short."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
        if best > LONGEST / 10:
            break
    return best


def growth(work: Callable[[str], object], short: str, long: str) -> tuple[float, float, float]:
    """Seconds for the short text, for the long one, and how many times longer."""
    first = seconds(lambda: work(short))
    if first > LONGEST:
        return first, float("nan"), float("inf")
    second = seconds(lambda: work(long))
    return first, second, second / max(first, 1e-6) if second > SHORTEST else 0.0


def _read(text: str) -> object:
    return read_facts(Document("hostile", text))


def _blamed(text: str) -> list[str]:
    profile = cProfile.Profile()
    profile.runcall(_read, text)
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]  # no stub
    longest = sorted(stats.items(), key=lambda item: -item[1][2])[:4]
    return [
        f"    {Path(file).name}:{line} {name}: {own:.2f} s in {calls} calls"
        for (file, line, name), (_, calls, own, *_rest) in longest
    ]


def notes(size: int) -> int:
    """The table of hostile notes; the number of those that are marked."""
    short, long = hostile(size), hostile(size * GROWTH)
    _read(short["prose without stop"])
    sys.stdout.write(f"{'hostile note':28}{size // 1000:>6} KB{size * GROWTH // 1000:>8} KB{'growth':>9}\n")
    marked = 0
    for name, text in short.items():
        first, second, ratio = growth(_read, text, long[name])
        slow = ratio > SUSPECT
        marked += slow
        grown = f"{ratio:>9.1f}" if ratio else f"{'-':>9}"
        sys.stdout.write(f"{name:28}{first:>8.3f}s{second:>10.3f}s{grown}{'  QUADRATIC' if slow else ''}\n")
        if slow:
            sys.stdout.write("\n".join(_blamed(text)) + "\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(short)} hostile notes, {marked} that grow faster than the text (4 is linear)\n")
    return marked


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every regular expression of the reader, with the file and line where it stands."""
    for info in pkgutil.walk_packages(praxigen.reading.__path__, "praxigen.reading."):
        module = importlib.import_module(info.name)
        file = Path(str(module.__file__))
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            place = f"{file.name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                value = getattr(module, node.targets[0].id, None)
                if isinstance(value, Pattern):
                    yield f"{place} {node.targets[0].id}", value.compiled
                elif isinstance(value, re.Pattern):
                    yield f"{place} {node.targets[0].id}", value
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                inline = node.args[0] if node.args else None
                of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
                if of_re and isinstance(inline, ast.Constant) and isinstance(inline.value, str):
                    yield f"{place} re.{node.func.attr}", re.compile(inline.value, re.IGNORECASE)


def _exhaust(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: sum(1 for _ in pattern.finditer(text))


def alone(size: int) -> int:
    """The table of patterns that grow faster than the text by themselves; their number."""
    short, long = hostile(size), hostile(size * GROWTH)
    marked = count = 0
    for place, pattern in patterns():
        count += 1
        slow = []
        for name, text in short.items():
            ratio = growth(_exhaust(pattern), text, long[name])[2]
            if ratio > SUSPECT:
                slow.append(f"{name} ({ratio:.0f})")
        marked += bool(slow)
        if slow:
            sys.stdout.write(f"{place}: {', '.join(slow)}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{count} patterns, {marked} that grow faster than the text\n")
    return marked


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=12_000, help="characters of the shorter text")
    parser.add_argument("--patterns", action="store_true", help="each pattern by itself")
    arguments = parser.parse_args()
    if arguments.patterns:
        alone(arguments.size)
        return 0
    return 1 if notes(arguments.size) else 0


if __name__ == "__main__":
    sys.exit(main())
