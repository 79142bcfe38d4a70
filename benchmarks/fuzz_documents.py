"""Damages files of every format at random and reads them: each must end in a document or in one named refusal.

    python -m benchmarks.fuzz_documents [--count N] [--seed S] [--format NAME] [--keep DIR]

The same seed gives the same files. A file that ends in anything else is kept in DIR with its format and number. Each
file is read as `praxigen check` reads it, the parser in its limited process; some 15 files a second on two cores. Scans
are left out unless named: recognizing one takes a second.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from benchmarks.formats import FORMATS, SCANS

from praxigen import Document, read_document
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


def outcome(data: bytes) -> str:
    """ "read" or "refused"; what else happened, otherwise."""
    try:
        document = read_document(data)
    except InputError as error:
        return "refused" if error.hint and error.message else "refused without a hint"
    except Exception as error:  # noqa: BLE001  this is what is looked for
        return f"{type(error).__name__} escaped"
    return fault_of(document) or "read"


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
    options = parser.parse_args()
    failed = 0
    for form in options.forms or FORMATS:
        begun = time.perf_counter()
        seen: Counter[str] = Counter()
        with ThreadPoolExecutor(2) as pool:
            made = list(files(form, options.count, options.seed))
            for number, (data, ended) in enumerate(zip(made, pool.map(outcome, made), strict=True)):
                seen[ended] += 1
                if ended not in ("read", "refused"):
                    failed += 1
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / f"{form.replace(' ', '-')}-{number}").write_bytes(data)
        told = ", ".join(f"{ended} {count}" for ended, count in sorted(seen.items()))
        sys.stdout.write(f"{form:<18}{told}  ({time.perf_counter() - begun:.0f} s)\n")
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
