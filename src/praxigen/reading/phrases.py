"""Finds every phrase of the lexicon in one walk over a text's words."""

from __future__ import annotations

from collections.abc import Sequence

from praxigen.lexicon.term import Term
from praxigen.lexicon.trie import END, Trie, unfold
from praxigen.lexicon.words import Tokens

Hit = tuple[Term, int, int]
"""A term, and the words from which to which (exclusive) it stands."""


def find_phrases(
    trie: Trie, terms: Sequence[Term], tokens: Tokens, text: str, begin: int = 0, end: int | None = None
) -> list[Hit]:
    """Every phrase that stands in the words from `begin` to `end`, in order of place; phrases may overlap.

    Linear in the text. A hyphen between two words is passed over where no phrase has it: "follow-up" is "follow up".
    """
    words = tokens.words
    count = len(words) if end is None else end
    hits: list[Hit] = []
    for first, begun in enumerate(map(trie.get, words[begin:count]), begin):
        if begun is None:
            continue
        node: Trie = unfold(trie, words[first]) if begun.__class__ is str else begun
        at = first + 1
        while True:
            ending = node.get(END)
            if ending is not None:
                for index, form in ending:
                    if form is None or text.startswith(form, tokens.starts[first]):
                        hits.append((terms[index], first, at))
            if at >= count:
                break
            word = words[at]
            following = node.get(word)
            if following is None and word == "-" and at + 1 < count:
                at += 1
                following = node.get(words[at])
            if following is None:
                break
            node = following
            at += 1
    return hits
