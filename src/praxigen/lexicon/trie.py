"""All phrases of the lexicon as one tree of words.

A note begins few of the phrases. So in a lexicon that was opened from its copy each first word leads to a text, and the
tree below it is read when a note has that word (`unfold`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from praxigen.lexicon.term import Term
from praxigen.lexicon.words import phrase_words

END = ""  # no word is empty, so this key is free for what ends at a node

Trie = dict[str, Any]
"""A word leads to the next node, END to a list of [index of the term, the phrase as it must be written, or None].

At the root a word may lead to the text of a node.
"""


def build_trie(terms: Sequence[Term]) -> Trie:
    """The tree of every phrase of every term."""
    root: Trie = {}
    for index, term in enumerate(terms):
        for form in term.forms:
            node = root
            for word in phrase_words(form):
                node = node.setdefault(word, {})
            node.setdefault(END, []).append([index, form if term.exact else None])
    return root


def fold(trie: Trie) -> dict[str, str]:
    """The tree below each first word as a text."""
    return {word: json.dumps(node, separators=(",", ":"), ensure_ascii=False) for word, node in whole(trie).items()}


def unfold(trie: Trie, word: str) -> Trie:
    """The node that a first word leads to, read from its text and kept."""
    node: Trie = json.loads(trie[word])
    trie[word] = node
    return node


def words_of(trie: Trie) -> Iterator[str]:
    """Every word of every phrase, some of them more than once."""
    nodes = [whole(trie)]
    while nodes:
        for word, below in nodes.pop().items():
            if word != END:
                yield word
                nodes.append(below)


def whole(trie: Trie) -> Trie:
    """The tree with nothing left to be read, for those who walk all of it."""
    for word, node in trie.items():
        if node.__class__ is str:
            unfold(trie, word)
    return trie
