"""Finds every phrase of the lexicon in one walk over a text's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from praxigen.lexicon.term import Term
from praxigen.lexicon.words import Tokens, phrase_words

_END = ""  # no word is empty, so this key is free for what ends at a node


@dataclass(slots=True)
class Hit:
    """A term at the words `first` to `last` (exclusive)."""

    term: Term
    first: int
    last: int


class PhraseTrie:
    """All phrases of the lexicon as one tree of words. Built once; finding is linear in the text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._root: dict[str, Any] = {}
        for term in terms:
            for form in term.forms:
                words = phrase_words(form)
                node = self._root
                for word in words:
                    node = node.setdefault(word, {})
                node.setdefault(_END, []).append((term, form if term.exact else None))

    def find(self, tokens: Tokens, text: str) -> Iterator[Hit]:
        """Every phrase that stands in the words, in order of place; phrases may overlap."""
        words = tokens.words
        count = len(words)
        root = self._root
        for first in range(count):
            node = root.get(words[first])
            if node is None:
                continue
            at = first + 1
            while True:
                ends = node.get(_END)
                if ends is not None:
                    for term, form in ends:
                        if form is None or text.startswith(form, tokens.starts[first]):
                            yield Hit(term, first, at)
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
