"""Damages files of every format at random and reads them: each must end in a document or in one named refusal.

    python -m benchmarks.fuzz_documents [--count N] [--seed S] [--format NAME] [--keep DIR] [--fresh]

The same seed gives the same files. A file that ends in anything else is kept in DIR with its format and number. Each
file is read as `praxigen check` reads it, its parser in a process of its own with the same limits. That process is a
fork of one that has the parser loaded, which takes some 10 ms; with `--fresh`, and where the system cannot fork, it is
a new interpreter as in `praxigen check`, some 80 ms. Scans are left out unless named: recognizing one takes a second.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Timer

from benchmarks.formats import FORMATS, SCANS

from praxigen import Document, read_document
from praxigen.documents import child, parsers, sandbox
from praxigen.documents.parsed import Parsed, Refusal
from praxigen.errors import InputError

NOTE = """Follow-up visit
Patient: Test Patient (made up)        Date of visit: 07/20/2026
Provider: Elena Moreno, MD

HISTORY OF PRESENT ILLNESS: 58-year-old woman with burning pain in the left leg since an operation on 03/14/2023.

PRIOR TREATMENT:
- Physical therapy from 01/12/2026 to 03/27/2026, 18 visits, without lasting relief.

EXAMINATION: Strength 4/5 in the left EHL. Füße warm.
"""
_TELLING = (
    b"\x00",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"-1",
    b"99999999999",
    b"<",
    b">",
    b"{",
    b"}",
    b"\\",
    b"%s",
)


READ, REFUSED = "read", "refused"
ENDINGS = {  # refusals that are told apart, with what they say
    "parser raised": "its parser failed",
    "process crashed": "its parser crashed",
    "out of memory": "MB to be read",
    "out of time": "to read",
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with some of its bytes changed, cut out, doubled, moved or put in."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        if not out:
            return bytes(out)
        at = chance.randrange(len(out))
        stop = min(len(out), at + chance.choice((1, 2, 8, 64, 512)))
        match chance.randrange(7):
            case 0:
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                del out[at:stop]
            case 2:
                out[at:at] = out[at:stop] * chance.choice((1, 2, 50))
            case 3:
                out[at:stop] = chance.choice(_TELLING)
            case 4:
                out[at:stop] = chance.randbytes(stop - at)
            case 5:
                del out[at:]
            case _:
                other = chance.randrange(len(out))
                out[at:stop] = out[other : other + stop - at]
    return bytes(out)


def files(form: str, count: int, seed: int) -> Iterator[bytes]:
    """So many damaged files of a format."""
    chance = random.Random(f"{seed} {form}")  # noqa: S311  not for secrets
    whole = (FORMATS | SCANS)[form](NOTE)
    return (damaged(whole, chance) for _ in range(count))


def forked(kind: str, data: bytes, password: str | None = None, spec: dict[str, object] | None = None) -> Parsed:
    """What `sandbox.parse_apart` does, in a fork of this process in place of a new interpreter."""
    if kind not in _loaded:  # as the first thing that a fresh child imports
        with suppress(Refusal, Exception):
            parsers.parse(kind, b"", None)
        _loaded.add(kind)
    reading, writing = os.pipe()
    number = os.fork()
    if number == 0:
        code = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as answer:
                child.limit()
                answer.writelines(child.answer(lambda: parsers.parse(kind, data, password, spec)))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    watch = Timer(sandbox.WALL, os.kill, (number, signal.SIGKILL))
    watch.start()
    with os.fdopen(reading, "rb") as stream:
        told = stream.read(sandbox.MOST_ANSWER)
    code = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    watch.cancel()
    return sandbox.result_of(code, told)


_loaded: set[str] = set()


def begin(*, fresh: bool) -> None:
    """Make this process one that reads files."""
    if not fresh and hasattr(os, "fork"):
        sandbox.parse_apart = forked


def outcome(data: bytes) -> str:
    """ "read" or how it was refused; what else happened, otherwise."""
    try:
        document = read_document(data)
    except InputError as error:
        if not (error.hint and error.message):
            return "refused without a hint"
        return next((ending for ending, sign in ENDINGS.items() if sign in error.message), REFUSED)
    except Exception as error:  # noqa: BLE001  this is what is looked for
        return f"{type(error).__name__} escaped"
    return fault_of(document) or READ


def fault_of(document: Document) -> str:
    """What does not hold of a document that was read; empty where everything does."""
    size = len(document.text)
    stretches = (*document.pages, *document.parts, *document.files, *document.unused, *document.words)
    if any(not 0 <= each.start <= each.end <= size for each in stretches):
        return "a place outside of the text"
    for inner in (document.pages, document.parts, document.files, document.words):
        if any(first.end > second.start for first, second in pairwise(inner)):
            return "places out of order"
    if any(not document.text[word.start : word.end].strip() for word in document.words):
        return "a word of nothing"
    return ""


def main() -> None:
    """Print how many files of each format were read, refused, or ended in another way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="files of each format")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", dest="forms", choices=tuple(FORMATS | SCANS), action="append")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-documents"), help="where files that failed are kept")
    parser.add_argument("--fresh", action="store_true", help="a new interpreter for each file")
    options = parser.parse_args()
    failed = 0
    if not options.forms:
        sys.stdout.write(f"{options.count:,} files of each format, seed {options.seed}\n")
    for form in options.forms or FORMATS:
        begun = time.perf_counter()
        seen: Counter[str] = Counter()
        made = list(files(form, options.count, options.seed))
        with ProcessPoolExecutor(
            os.cpu_count(), multiprocessing.get_context("spawn"), initializer=partial(begin, fresh=options.fresh)
        ) as pool:
            for number, (data, ended) in enumerate(zip(made, pool.map(outcome, made, chunksize=50), strict=True)):
                seen[ended] += 1
                if ended not in (READ, REFUSED, *ENDINGS):
                    failed += 1
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / f"{form.replace(' ', '-')}-{number}").write_bytes(data)
        told = ", ".join(f"{ended} {count}" for ended, count in sorted(seen.items()))
        sys.stdout.write(f"{form:<18}{told}  ({time.perf_counter() - begun:.0f} s)\n")
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
