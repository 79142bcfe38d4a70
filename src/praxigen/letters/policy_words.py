"""The lexicon over single sentences: which concepts a reason, or a criterion, speaks of."""

from __future__ import annotations

from functools import cache, lru_cache

from praxigen.lexicon import Lexicon, open_lexicon
from praxigen.lexicon.words import tokenize
from praxigen.reading.page import Placer, Terms
from praxigen.reading.phrases import find_phrases


@cache
def _terms() -> Terms:
    return Terms(open_lexicon())


@lru_cache(maxsize=4096)
def concepts_in(text: str) -> frozenset[str]:
    """The concepts that a text names, whatever it says of them."""
    terms, tokens = _terms(), tokenize(text)
    if not len(tokens):
        return frozenset()
    concepts, _, _ = Placer(terms, tokens).place(find_phrases(terms.lexicon.trie, terms.lexicon.terms, tokens, text))
    return frozenset(mention.name for mention in concepts)


def lines_of(concept: str) -> tuple[str, ...]:
    """A concept and everything that it is a kind of, nearest first."""
    lexicon: Lexicon = _terms().lexicon
    return lexicon.kinds.get(concept, (concept,))
