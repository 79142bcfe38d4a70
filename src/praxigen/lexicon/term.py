"""What the lexicon holds: terms, how they are written, and what they are kinds of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from praxigen.model.fact import State
from praxigen.model.frozen import frozen

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One name and the phrases that say it.

    `layer` keeps apart what may overlap: "concept" (things that become facts), "cue" (words that change the sense of
    a concept: negation, plan, outcome), "part" (body parts, sides, verbs that rules combine), "section" (headings),
    "cell" (what stands over the columns of a table and in its cells).
    `qualities` and `state` are what the phrase itself says ("RLE" is the leg, right; "strength intact" is a normal
    finding). `exact` phrases match as written ("PT"). A `never` term shadows longer phrases that mean something else.
    """

    name: str
    layer: str
    forms: tuple[str, ...]
    qualities: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    state: State | None = None
    exact: bool = False
    never: bool = False


@frozen
class Compose:
    """A concept or cue said by several words in order, with at most `gap` other words between neighbours."""

    name: str
    layer: str
    parts: tuple[str, ...]
    gap: int
    qualities: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All terms. `kinds` maps a concept to itself and everything it is a kind of, nearest first.

    `events` are the concepts that count only with a sign that they happened: treatments, operations, evaluations.
    `trie` holds every phrase, as `build_trie` makes it, and `words` the words of all, each on a line. `sha256` names
    exactly this lexicon, for the receipt.
    """

    terms: tuple[Term, ...]
    composes: tuple[Compose, ...]
    kinds: Mapping[str, tuple[str, ...]]
    events: frozenset[str]
    means: Mapping[str, str]
    headings: Mapping[tuple[str, ...], str]
    cells: Mapping[tuple[str, ...], str]
    trie: dict[str, Any]
    words: str
    sha256: str
