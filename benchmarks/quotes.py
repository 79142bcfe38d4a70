"""Checks every note of a file against every shipped requirement and proves that each quote is an exact span.

    python benchmarks/quotes.py NOTES.jsonl [NOTES.jsonl ...]

Each line of a file is a JSON object with "id" and "text". Prints how many notes, reports and quotes there were; exit
status 1 and the place where a quote is not the text that stands there.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from praxigen import Document, Library, PraxigenError, Quote, Report, Request, check
from praxigen.engine.check import quotes_of

REQUESTS = (
    ("63650", "trial"),
    ("63650", "permanent"),
    ("63047", None),
    ("63045", None),
    ("63042", None),
)


def reports(document: Document, library: Library) -> Iterator[Report]:
    """The reports of one note for each kind of request that has public criteria."""
    for code, stage in REQUESTS:
        yield check(document, Request("qualcare", [code], date="2026-08-03", stage=stage), library)


def prove(document: Document, quotes: Iterator[Quote]) -> int:
    """The number of quotes, each of them exactly the text at its place."""
    count = 0
    for quote in quotes:
        document.prove(quote)
        count += 1
    return count


def main() -> int:
    """Run over all files that are named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notes", nargs="+", type=Path)
    library = Library.open()
    notes = made = quotes = 0
    for path in parser.parse_args().notes:
        for line in path.read_text("utf-8").split("\n"):
            if not line.strip():
                continue
            value = json.loads(line)
            document = Document(str(value["id"]), str(value["text"]))
            notes += 1
            try:
                for report in reports(document, library):
                    made += 1
                    quotes += prove(document, quotes_of(report))
            except PraxigenError as error:
                sys.stderr.write(f"{path.name}, {document.name}: {error}\n")
                return 1
    sys.stdout.write(f"{notes} notes, {made} reports, {quotes} quotes: every quote is an exact span of its note\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
