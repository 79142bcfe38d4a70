"""Compares what is read of payers' answers with labels, fact by fact.

    python -m benchmarks.denials                       every comparison
    python -m benchmarks.denials --show heldout        one of them, with every difference
    python -m benchmarks.denials --fields styles-first and by field

The sets are in benchmarks/labelled/denials, whose README.md says who labelled what and when. Each value that stands in
the labels or in the reading is one fact; it is right where it stands in both, so a wrong value costs two. The words of
a reason are right where four fifths of the words of both are shared; a reason that only one side has costs all its
facts. A comparison that ends in "-first" takes what the reader found on its first run, as it was kept then, and the
labels as they were written before it; `--keep FILE` writes such a record.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml
from benchmarks.denial_labels import Answer, Facts, facts, likeness, of_denial, reason_facts

from praxigen import Library
from praxigen.letters import read_answer, read_denials

ROOT = Path(__file__).resolve().parents[1]
SETS = ROOT / "benchmarks" / "labelled" / "denials"
EXAMPLES = ROOT / "examples" / "denials"
_ALIKE = 0.8
_NEAR = 0.3  # less alike words are another reason

Answers = Sequence[Answer]


class Count:
    """Facts by field: how many there are, how many are right, and the differences."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.differences: list[str] = []

    def add(self, name: str, field: str, ours: frozenset[str], theirs: frozenset[str]) -> None:
        """Counts the facts of one field of one letter."""
        self.right[field] += len(ours & theirs)
        self.all[field] += len(ours | theirs)
        for sign, values in (("-", ours - theirs), ("+", theirs - ours)):
            self.differences += [f"{name}: {field}: {sign} {value}" for value in sorted(values)]

    @property
    def share(self) -> str:
        """How many of all facts are right."""
        right, whole = self.right.total(), self.all.total()
        return f"{right} of {whole} facts ({right / max(whole, 1):.1%})"


def compare(labelled: Mapping[str, Answers], found: Mapping[str, Answers]) -> Count:
    """The facts of `found` beside those of `labelled`, letter by letter."""
    count = Count()
    for name in sorted(labelled):
        for ours, theirs in zip_longest(labelled[name], found.get(name, ())):
            _compare(count, name, ours or {}, theirs or {})
    return count


def _compare(count: Count, name: str, ours: Answer, theirs: Answer) -> None:
    left, right = facts(ours) if ours else {}, facts(theirs) if theirs else {}
    _add(count, name, left, right)
    for one, other in _pairs(ours.get("reasons") or (), theirs.get("reasons") or ()):
        alike = one is not None and other is not None and likeness(one, other) >= _ALIKE
        said = [frozenset({f'"{each["words"]}"'}) if each else frozenset() for each in (one, other)]
        count.add(name, "words of a reason", said[0], said[0] if alike else said[1])
        _add(count, name, reason_facts(one), reason_facts(other))


def _add(count: Count, name: str, left: Facts, right: Facts) -> None:
    for field in dict.fromkeys((*left, *right)):
        count.add(name, field, left.get(field, frozenset()), right.get(field, frozenset()))


def _pairs(ours: Answers, theirs: Answers) -> Iterator[tuple[Answer | None, Answer | None]]:
    """Reasons with each other, the most alike first; then those that are alone."""
    ranked = sorted(
        ((likeness(one, other), a, b) for a, one in enumerate(ours) for b, other in enumerate(theirs)),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    taken: dict[int, int] = {}
    for alike, a, b in ranked:
        if alike >= _NEAR and a not in taken and b not in taken.values():
            taken[a] = b
    for a, one in enumerate(ours):
        yield one, theirs[taken[a]] if a in taken else None
    yield from ((None, other) for b, other in enumerate(theirs) if b not in taken.values())


@cache
def _library() -> Library:
    return Library.open()


def read(path: Path) -> list[dict[str, Any]]:
    """What the reader finds in one file, in the form of the labels."""
    return [of_denial(denial) for denial in read_denials(read_answer(path), _library()).denials]


def labels(folder: Path) -> dict[str, Answers]:
    """The labels of a set by the name of the letter without its ending."""
    return {path.stem: _load(path) for path in sorted(folder.glob("[0-9]*.yaml"))}


def _load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), _Words)  # noqa: S506  a safe loader that leaves words words


class _Words(yaml.SafeLoader):
    """YAML without dates and numbers: labels are words."""


_Words.yaml_implicit_resolvers = {
    first: [each for each in resolvers if each[0] in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def letters(folder: Path) -> dict[str, Path]:
    """The letters of a set by name without ending."""
    return {path.name.split(".")[0]: path for path in sorted(folder.glob("[0-9]*")) if path.suffix != ".yaml"}


def _comparisons() -> dict[str, tuple[str, Any]]:
    """What can be compared: for each name what it is, and the two sides."""
    found = {
        "labellers": (
            "the two labellers of the examples",
            lambda: (labels(SETS / "second"), _load(SETS / "first.yaml")),
        ),
        "examples": (
            "the reader on the examples, by the second labels as settled",
            lambda: (labels(SETS / "settled"), _read(EXAMPLES)),
        ),
    }
    for name in ("styles", "further", "third", "heldout", "fourth", "unseen"):
        folder = SETS / name
        if (folder / "first_run.yaml").exists():
            first = _load(folder / "first_run.yaml")
            written = _load(folder / "as_written.yaml")
            found[f"{name}-first"] = (f"the reader's first run on {name}", lambda w=written, r=first: (w, r))
        found[name] = (f"the reader on {name}", lambda f=folder: (labels(f), _read(f)))
    return found


def _read(folder: Path) -> dict[str, Answers]:
    return {name: read(path) for name, path in letters(folder).items()}


def summary(name: str) -> str:
    """The line of one comparison."""
    title, sides = _comparisons()[name]
    labelled, found = sides()
    return f"{name}: {title}: {len(labelled)} letters, {compare(labelled, found).share} agree"


def main() -> None:
    """Prints the comparisons that were asked for."""
    known = _comparisons()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=list(known), help=f"of {', '.join(known)}")
    parser.add_argument("--show", action="store_true", help="every difference: - only labelled, + only read")
    parser.add_argument("--fields", action="store_true", help="each field with its facts")
    parser.add_argument("--keep", type=Path, help="write what was found to this file")
    options = parser.parse_args()
    for name in options.sets:
        if name not in known:
            parser.error(f"no set is called {name!r}; there are {', '.join(known)}")
        title, sides = known[name]
        labelled, found = sides()
        count = compare(labelled, found)
        sys.stdout.write(f"{name}: {title}: {len(labelled)} letters, {count.share} agree\n")
        for field in sorted(count.all) if options.fields else ():
            sys.stdout.write(f"  {field:24} {count.right[field]:4} of {count.all[field]:4}\n")
        for line in count.differences if options.show else ():
            sys.stdout.write(f"  {line}\n")
        if options.keep:
            options.keep.write_text(yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=110), "utf-8")


if __name__ == "__main__":
    main()
