"""Finds every phrase of the lexicon in one walk over a text's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest

from praxigen.lexicon.term import Term
from praxigen.lexicon.trie import END, Trie, unfold
from praxigen.lexicon.words import Tokens

Hit = tuple[Term, int, int]
"""A term, and the words from which to which (exclusive) it stands."""


def find_phrases(
    trie: Trie, terms: Sequence[Term], tokens: Tokens, text: str, begin: int = 0, end: int | None = None
) -> Iterator[Hit]:
    """Every phrase that stands in the words from `begin` to `end`, in order of place; phrases may overlap.

    Linear in the text. A hyphen between two words is passed over where no phrase has it: "follow-up" is "follow up".
    """
    words = tokens.words
    count = len(words) if end is None else end
    pairs = zip_longest(map(trie.get, islice(words, begin, count)), islice(words, begin + 1, count))
    for first, (begun, following) in enumerate(pairs, begin):
        if begun is None:
            continue
        node: Trie = unfold(trie, words[first]) if begun.__class__ is str else begun
        if END in node:
            for index, form in node[END]:
                if form is None or text.startswith(form, tokens.starts[first]):
                    yield terms[index], first, first + 1
        if following in node or following == "-":  # which few of the walks are
            for index, form, last in _longer(node, words, first + 1, count):
                if form is None or text.startswith(form, tokens.starts[first]):
                    yield terms[index], first, last


def _longer(node: Trie, words: Sequence[str], at: int, count: int) -> Iterator[tuple[int, str | None, int]]:
    """What ends at the nodes that the words from `at` lead to, with where it ends in the words."""
    while at < count:
        following = node.get(words[at])
        if following is None and words[at] == "-" and at + 1 < count:
            at += 1
            following = node.get(words[at])
        if following is None:
            return
        node = following
        at += 1
        for index, form in node.get(END, ()):
            yield index, form, at
