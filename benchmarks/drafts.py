"""How far `praxigen library draft` gets by itself: drafts of kept texts beside the guidelines made of them by hand.

    python benchmarks/drafts.py [GUIDELINE ...]

For each guideline whose text the library keeps, the text alone is drafted again. A hand-made leaf is *found* where a
drafted leaf touches its words. A drafted leaf is *wrong* where the hand-made guideline makes no criterion of its words
(it excludes, defines or sets them aside), and its *group is wrong* where the hand-made leaf stands under another kind
of group (all, any, so many of). A *proposed* concept is right where the hand-made leaf names the same concept or a
kind of it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from praxigen.datafiles import parse_yaml
from praxigen.drafting import DraftHead, draft_guideline
from praxigen.errors import InputError
from praxigen.lexicon import open_lexicon
from praxigen.library import Library
from praxigen.library.guidelines import read_guideline
from praxigen.library.leaves import LEAVES
from praxigen.library.snapshots import Passage, find_passages
from praxigen.model.criterion import Criterion, Op
from praxigen.model.guideline import Guideline
from praxigen.reading.reader import terms

DEFAULT = ("cms.l39788", "cms.l36575", "cms.l38773")
COLUMNS = ("guideline", "by hand", "found", "drafted", "wrong", "group wrong", "proposed", "right")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf with the passages that it encodes and the kind of the group above it."""

    node: Criterion
    passages: tuple[Passage, ...]
    group: Op | None


def leaves(guideline: Guideline, text: str) -> list[Leaf]:
    """The leaves of every indication with their words, each once."""
    found: dict[tuple[int, str, str], Leaf] = {}
    for indication in guideline.indications.values():
        for node, group in _walk(indication.criteria, None):
            if node.op in LEAVES and node.citation is not None:
                passages = find_passages(text, node.citation.words)
                found.setdefault((node.line, node.says, node.id), Leaf(node, passages, group))
    return list(found.values())


def _walk(node: Criterion, group: Op | None) -> Iterator[tuple[Criterion, Op | None]]:
    yield node, group
    for part in (node.applies_if, node.unless):
        if part is not None:
            yield from _walk(part, None)
    for child in node.children:
        yield from _walk(child, node.op)


def touches(one: Leaf, other: Leaf) -> bool:
    """Whether two leaves have words in common: a third of the shorter passage."""
    return any(
        3 * (min(a.end, b.end) - max(a.start, b.start)) >= min(a.end - a.start, b.end - b.start)
        for a in one.passages
        for b in other.passages
    )


def row(library: Library, name: str) -> tuple[str, ...] | None:
    """The figures of one guideline; None where the library does not keep its text."""
    hand = library.guideline(name)
    kept = hand.main_source.snapshot
    if kept is None:
        return None
    text = library.snapshot(kept)
    head = DraftHead(hand.publisher, "draft", hand.title, "1", date(2026, 1, 1), date(2026, 1, 1))
    try:
        draft = draft_guideline(text, head, terms())
    except InputError:
        sys.stderr.write(f"{name}: its text has no list of criteria, so nothing is drafted\n")
        return None
    made = read_guideline(parse_yaml(draft.yaml.encode(), "draft"), "draft")
    by_hand, drafted = leaves(hand, text), leaves(made, draft.snapshot)
    if draft.snapshot != text:
        sys.stderr.write(f"{name}: the draft joined or changed lines of the text; offsets are not compared\n")
        return None
    pairs = [(leaf, [own for own in by_hand if touches(leaf, own)]) for leaf in drafted]
    kinds = open_lexicon().kinds
    proposed = [(leaf, own) for leaf, own in pairs if leaf.node.op is Op.EVIDENCE]
    right = sum(any(_same(leaf.node, each.node, kinds) for each in own) for leaf, own in proposed)
    groups = [(leaf, own) for leaf, own in pairs if own and leaf.group is not None]
    wrong_group = sum(all(each.group is not leaf.group for each in own if each.group) for leaf, own in groups)
    found = sum(any(touches(own, leaf) for leaf in drafted) for own in by_hand)
    wrong = sum(not own for _, own in pairs)
    figures = (len(by_hand), found, len(drafted), wrong, wrong_group, len(proposed), right)
    return (name, *map(str, figures))


def _same(drafted: Criterion, by_hand: Criterion, kinds: Mapping[str, tuple[str, ...]]) -> bool:
    names = {pattern.concept for pattern in by_hand.shown_by}
    return any(
        name in names or names & set(kinds.get(name, ())) or any(name in kinds.get(own, ()) for own in names)
        for name in (pattern.concept for pattern in drafted.shown_by)
    )


def main(names: list[str]) -> int:
    """Print the table."""
    library = Library.open()
    rows = [COLUMNS, *(found for name in names or DEFAULT if (found := row(library, name)) is not None)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for line in rows:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(padded).rstrip() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
