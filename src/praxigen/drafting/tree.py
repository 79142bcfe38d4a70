"""The nested lists of a policy's text as trees of drafted criteria, and what stands in lists that exclude."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from praxigen.drafting.logic import Logic, combined, excludes, refuses
from praxigen.policytext import Block, BlockKind, only_informs, requirement_sentences, split_blocks

_SLUG = re.compile(r"[a-z0-9]+")
_SMALL = frozenset(
    {
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "for",
        "from",
        "has",
        "have",
        "if",
        "in",
        "is",
        "it",
    }
    | {"must", "of", "on", "one", "or", "other", "patient", "patients", "shall", "should", "such", "that", "the", "to"}
    | {"their", "there", "this", "was", "were", "when", "which", "who", "will", "with", "all", "following", "criteria"}
)
_ID_WORDS = 4


@dataclass(frozen=True, slots=True)
class Node:
    """One drafted criterion: its exact words, how its parts are combined, and its parts; no parts for a leaf."""

    id: str
    words: str
    start: int
    logic: Logic | None = None
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """What the lists of a text hold: trees that ask, each under its heading, and items that are excluded."""

    trees: tuple[tuple[str, Node], ...]
    excluded: tuple[Node, ...]


def outline(text: str) -> Outline:
    """The trees and exclusions of a text with one line a paragraph or item."""
    blocks = split_blocks(text)
    below: dict[int, list[int]] = {}
    for number, block in enumerate(blocks):
        if block.lead is not None:
            below.setdefault(block.lead, []).append(number)
    asking = {sentence.start for sentence in requirement_sentences(text)}
    builder = _Builder(text, blocks, below, asking)
    trees: list[tuple[str, Node]] = []
    excluded: list[Node] = []
    for number in sorted(below):
        if blocks[number].lead is not None or not builder.asks(number):
            continue
        heading = _heading(text, blocks, number)
        if only_informs(heading):
            continue
        root = builder.node(number)
        if excludes(root.words) or (excludes(heading) and blocks[number].kind is BlockKind.HEADING):
            excluded.extend(root.children)
            continue
        for title, tree in _parted(heading or root.words, root, blocks[number].kind):
            kept = _without_exclusions(tree, excluded)
            if kept is not None:
                trees.append((title, kept))
    return Outline(tuple(trees), tuple(excluded))


def _parted(heading: str, root: Node, kind: BlockKind) -> Iterator[tuple[str, Node]]:
    """A heading's lists as trees of their own: "A. ... when:" and "B. ... when:" are two indications, not one."""
    if kind is not BlockKind.HEADING:
        yield heading, root
        return
    for child in root.children:
        if child.children:
            yield child.words, child
    plain = tuple(child for child in root.children if not child.children)
    if plain:
        yield heading, replace(root, children=plain)


def _without_exclusions(node: Node, excluded: list[Node]) -> Node | None:
    """The node without parts that exclude something, which are put with the exclusions; None where nothing is left."""
    if not node.children:
        if refuses(node.words):
            excluded.append(node)
            return None
        return node
    kept = tuple(each for child in node.children if (each := _without_exclusions(child, excluded)) is not None)
    return replace(node, children=kept) if kept else None


class _Builder:
    """Turns blocks into nodes with ids that are unique in the text."""

    def __init__(self, text: str, blocks: Sequence[Block], below: dict[int, list[int]], asking: set[int]) -> None:
        self.text = text
        self.blocks = blocks
        self.below = below
        self.asking = asking
        self.used: dict[str, int] = {}

    def asks(self, number: int) -> bool:
        """Whether a list asks for anything: one of its items is a requirement sentence."""
        return any(self._begins(item) for item in self.below[number])

    def _begins(self, number: int) -> bool:
        block = self.blocks[number]
        return any(block.start <= start < block.end for start in self.asking)

    def node(self, number: int) -> Node:
        block = self.blocks[number]
        words = self.text[block.start : block.end]
        name = self._id(words)
        items = self.below.get(number, [])
        children = tuple(self.node(item) for item in items)
        logic = combined(words, [child.words for child in children]) if children else None
        return Node(name, words, block.start, logic, children)

    def _id(self, words: str) -> str:
        kept = [word for word in _SLUG.findall(words.lower()) if word not in _SMALL][:_ID_WORDS]
        name = "-".join(kept) or "criterion"
        self.used[name] = self.used.get(name, 0) + 1
        return name if self.used[name] == 1 else f"{name}-{self.used[name]}"


def _heading(text: str, blocks: Sequence[Block], number: int) -> str:
    block = blocks[number]
    if block.kind is BlockKind.HEADING:
        return text[block.start : block.end]
    above = block.heading
    return "" if above is None else text[blocks[above].start : blocks[above].end]
