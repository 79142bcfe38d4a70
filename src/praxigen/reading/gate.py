"""Which patterns could match in a sentence: told by its words, all patterns at once.

`needs` derives from each pattern what no match is without. Every such clause is one bit; every word sets the bits of
the clauses that it meets, and a sentence holds the bits of its words. A pattern is searched where it finds all of its
own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, reduce
from operator import or_

from praxigen.lexicon.words import tokenize
from praxigen.reading import needs
from praxigen.reading.kept import keep, kept_needs, key_of
from praxigen.reading.needs import DIGIT, WHOLE, YEAR, Clause
from praxigen.reading.patterns import Pattern, Said, made_so_far

_MOST_WORDS = 20_000  # remembered with their bits; all are forgotten when there are more
# Letters that a pattern without regard to case takes for these (`re` in its documentation of IGNORECASE).
_ALIKE = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"})


class Gate(dict[str, int]):
    """The bits of each word, worked out when it is first met."""

    def __init__(self, patterns: Iterable[Pattern], clauses: Iterable[tuple[Clause, ...]]) -> None:
        """Give every clause a bit, and every pattern the bits of its clauses."""
        super().__init__()
        bits: dict[Clause, int] = {}
        for pattern, needed in zip(patterns, clauses, strict=True):
            pattern.need = reduce(or_, (bits.setdefault(clause, 1 << len(bits)) for clause in needed), 0)
        self._inside: dict[str, int] = {}
        self._whole: dict[str, int] = {}
        for clause, bit in bits.items():
            for needle in clause:
                table = self._whole if needle.startswith(WHOLE) else self._inside
                key = needle.removeprefix(WHOLE)
                table[key] = table.get(key, 0) | bit
        self._by_beginning: dict[str, list[tuple[str, int]]] = {}
        for needle, bit in self._inside.items():
            if needle.isalpha():
                self._by_beginning.setdefault(needle[:2], []).append((needle, bit))

    def held(self, words: Iterable[str]) -> int:
        """The bits that some words of `tokenize` hold together."""
        return together(map(self.__getitem__, words))

    def of_each(self, words: Sequence[str]) -> list[int]:
        """The bits that each of some words of `tokenize` holds."""
        return list(map(self.__getitem__, words))

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        first = word[:1]
        if first.isdigit():
            bits = self._inside.get(DIGIT, 0)
            if len(word) >= len(YEAR):
                bits |= self._inside.get(YEAR, 0)
        elif first.isalpha() or (len(word) > 1 and first != "_"):
            bits = self._of_letters(word.translate(_ALIKE))
        else:
            bits = self._inside.get(first, 0)
        self[word] = bits
        return bits

    def _of_letters(self, word: str) -> int:
        bits = 0
        for piece in word.split("'"):
            bits |= self._whole.get(piece, 0)
            for at in range(len(piece) - 1):
                for needle, its in self._by_beginning.get(piece[at : at + 2], ()):
                    if piece.startswith(needle, at):
                        bits |= its
        return bits


def together(bits: Iterable[int]) -> int:
    """What words hold together, from what each of them holds."""
    return reduce(or_, bits, 0)


def said(text: str) -> Said:
    """A text with what it holds; one that knows it already as it is."""
    return text if isinstance(text, Said) else Said(text, open_gate().held(tokenize(text).words))


@cache
def open_gate() -> Gate:
    """The gate of every pattern that is imported by now. Those of later modules are searched everywhere."""
    patterns = made_so_far()
    known = kept_needs()
    keys = [key_of(pattern.source, pattern.flags) for pattern in patterns]
    pairs = zip(keys, patterns, strict=True)
    return Gate(patterns, [known[key] if key in known else _derived(pattern) for key, pattern in pairs])


def keep_all() -> None:
    """Keep what was derived and compiled for the next start."""
    patterns = made_so_far()
    keep([(each.source, each.flags) for each in patterns], [_derived(each) for each in patterns])


def _derived(pattern: Pattern) -> tuple[Clause, ...]:
    return needs.needs_of(pattern.source, pattern.flags)
