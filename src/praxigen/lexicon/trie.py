"""All phrases of the lexicon as one tree of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from praxigen.lexicon.term import Term
from praxigen.lexicon.words import phrase_words

END = ""  # no word is empty, so this key is free for what ends at a node

Trie = dict[str, Any]
"""A word leads to the next node, END to a list of [index of the term, the phrase as it must be written, or None]."""


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
