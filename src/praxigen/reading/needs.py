"""What a regular expression cannot match without: words that every match has in it, derived from the expression.

Of `(?:risk|hazard)s? in \\d+` every match holds "risk" or "hazard", and a digit. A sentence that lacks one of the two
needs no search. Derived with the parser of `re` itself, and only ever too little: of a part of an expression that the
derivation does not understand it asks nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]  # the parser of `re` has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Clause = frozenset[str]
"""Needles of which every match holds one: letters ("risk"), a whole word (" of"), a sign ("%"), DIGIT or YEAR."""

DIGIT = "0"
YEAR = "0000"  # a number of four digits or more
WHOLE = " "  # marks a needle that is a whole word
# No needles: an apostrophe and a full stop may stand inside a word or a number.
_NO_NEEDLES = "'’."
MOST_CLAUSES = 3
_MOST_STRINGS = 96  # that a stretch of an expression may be spelled out to
_LONGEST = 24  # characters that such a stretch may have

# Characters of a stretch beside lower-case letters, signs and DIGIT.
_ANY = "\0"
_EDGE = "\1"  # where a word begins or ends
_APART = "\2"  # a character of no word

# How often a needle stands in a sentence, roughly: rare ones are worth asking for.
_OFTEN = {2: 0.25, 3: 0.08, 4: 0.03, 5: 0.015}  # by letters; of letters that may stand inside a longer word
_SELDOM = 0.008
_OFTEN_WHOLE = 0.03  # a whole word
_OFTEN_SIGN = 0.02
_COMMON = {
    " the": 0.8, " of": 0.6, " and": 0.6, " to": 0.5, " in": 0.5, " with": 0.4, " was": 0.4, " is": 0.4, " for": 0.3,
    " a": 0.5, " no": 0.3, " or": 0.2, " at": 0.2, " on": 0.3, " patient": 0.3, " she": 0.2, " he": 0.2, " has": 0.2,
    " had": 0.15, " not": 0.15, " are": 0.15, " from": 0.15, " were": 0.15, " by": 0.15, " be": 0.15,
    DIGIT: 0.3, YEAR: 0.04, ",": 0.5, "-": 0.2, ":": 0.2, "/": 0.1, "(": 0.1, ")": 0.1,
}  # fmt: skip
_DULL = 2.0  # what stands in nearly every sentence is not worth asking for

_Strings = frozenset[str]
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def needs_of(source: str, flags: int = 0) -> tuple[Clause, ...]:
    """Clauses that hold of every match, the most telling first; empty where nothing is known."""
    try:
        tree = parser.parse(source, flags)
    except re.error:
        return ()
    clauses = {clause for clause in _Walk().clauses(tree) if _weight(clause) < _DULL}
    return tuple(sorted(clauses, key=_by_weight)[:MOST_CLAUSES])


def _weight(clause: Clause) -> float:
    return sum(map(_weight_of, clause))


def _by_weight(clause: Clause) -> tuple[float, list[str]]:
    return _weight(clause), sorted(clause)


def _weight_of(needle: str) -> float:
    if needle in _COMMON:
        return _COMMON[needle]
    if needle.startswith(WHOLE):
        return _OFTEN_WHOLE
    return _OFTEN.get(len(needle), _SELDOM) if needle.isalpha() else _OFTEN_SIGN


class _Walk:
    """One walk over a parsed expression. `before` and `behind` are what stands beside a sequence, _ANY if unknown."""

    def clauses(self, items: Iterable[tuple[Any, Any]], before: str = _ANY, behind: str = _ANY) -> list[Clause]:
        """What every match of a sequence needs."""
        items = list(items)
        found: list[Clause] = []
        run: _Strings = frozenset({before})
        for at, (code, value) in enumerate(items):
            strings = self._strings(code, value)
            longer = _joined(run, strings)
            if longer is not None:
                run = longer
                continue
            last = _EDGE if all(_is_edge(string[-1]) for string in run) else _ANY
            following = self._begins(items[at + 1]) if at + 1 < len(items) else behind
            if strings is None:
                beside, inside, run_after = self._apart(code, value, last, following)
            else:  # the run is long enough; this item begins the next one
                beside, inside, run_after = _ANY, [], frozenset(last + string for string in strings)
            found += _clause_of(run, beside)
            found += inside
            run = run_after
        return found + _clause_of(run, behind)

    def _begins(self, item: tuple[Any, Any]) -> str:
        """_EDGE where letters that stand before an item end there."""
        strings = self._strings(*item)
        if strings is not None:
            return _EDGE if strings and all(string and _is_edge(string[0]) for string in strings) else _ANY
        code, value = item
        if code is op.SUBPATTERN:
            return self._begins(value[3][0])
        if code in _REPEATS and value[0] > 0:
            return self._begins(value[2][0])
        if code is op.BRANCH:
            return _EDGE if all(way and self._begins(way[0]) == _EDGE for way in value[1]) else _ANY
        return _ANY

    def _apart(self, code: Any, value: Any, before: str, behind: str) -> tuple[str, list[Clause], _Strings]:
        """An item that ends a run: what it is to the run before it, its own clauses, and how the next run begins."""
        unknown = frozenset({_ANY})
        if code in _REPEATS and value[0] > 0:
            only = list(value[2])
            alone = self._strings(*only[0]) if len(only) == 1 else None
            if alone is not None and len(alone) == 1 and alone <= {_APART, DIGIT}:
                (known,) = alone
                return known, _clause_of(alone, _ANY), alone
            if alone is not None and set(map(len, alone)) == {1}:
                return _ANY, _clause_of(alone, _ANY), unknown
            return _ANY, self.clauses(value[2], before), unknown
        if code is op.SUBPATTERN:
            return self._begins((code, value)), self.clauses(value[3], before, behind), unknown
        if code is op.ATOMIC_GROUP:
            return _ANY, self.clauses(value, before, behind), unknown
        if code is op.BRANCH:
            return self._begins((code, value)), self._branch(value[1], before, behind), unknown
        return _ANY, [], unknown

    def _branch(self, ways: Sequence[Any], before: str, behind: str) -> list[Clause]:
        """One clause of which each way out of several gives its most telling part, and the clauses that all share."""
        of_ways = [self.clauses(way, before, behind) for way in ways]
        if not all(of_ways):
            return []
        united: set[str] = set()
        for clauses in of_ways:
            best: Clause = min(clauses, key=_by_weight)
            united |= best
        return [_fewest(united), *set(of_ways[0]).intersection(*of_ways[1:])]

    def _strings(self, code: Any, value: Any) -> _Strings | None:
        """Every string that an item may match, letters folded; None where they are too many or not known."""
        if code is op.LITERAL:
            return frozenset({_folded(value)})
        if code is op.AT:
            return frozenset({_EDGE if value in (op.AT_BOUNDARY, op.AT_UNI_BOUNDARY) else ""})
        if code in (op.ASSERT, op.ASSERT_NOT):
            return frozenset({""})
        if code in (op.ANY, op.NOT_LITERAL):
            return frozenset({_ANY})
        if code is op.IN:
            return _of_set(value)
        if code is op.SUBPATTERN:
            return self._of_sequence(value[3])
        if code is op.ATOMIC_GROUP:
            return self._of_sequence(value)
        if code is op.BRANCH:
            ways = [self._of_sequence(way) for way in value[1]]
            united = frozenset().union(*(way for way in ways if way is not None))
            return None if None in ways or len(united) > _MOST_STRINGS else united
        if code in _REPEATS:
            return self._of_repeat(*value)
        return None

    def _of_repeat(self, fewest: int, most: Any, items: Any) -> _Strings | None:
        if most == 1 or (most == fewest and most <= len(YEAR)):
            once = self._of_sequence(items)
            if once is None or len(once) ** max(1, fewest) > _MOST_STRINGS:
                return None
            if most == 1:
                return once if fewest else once | {""}
            return frozenset("".join(parts) for parts in product(once, repeat=fewest))
        return None

    def _of_sequence(self, items: Iterable[tuple[Any, Any]]) -> _Strings | None:
        made: _Strings = frozenset({""})
        for code, value in items:
            longer = _joined(made, self._strings(code, value))
            if longer is None:
                return None
            made = longer
        return made


def _joined(first: _Strings, second: _Strings | None) -> _Strings | None:
    """Each of the first followed by each of the second; None where that is too much, or the second not known."""
    if second is None or len(first) * len(second) > _MOST_STRINGS:
        return None
    if max(map(len, first)) + max(map(len, second)) > _LONGEST:
        return None
    return frozenset(start + end for start, end in product(first, second))


def _folded(code: int) -> str:
    letter = chr(code)
    if letter.isascii():
        return DIGIT if letter.isdigit() else letter.lower() if letter.isalpha() else _sign(letter)
    return _ANY if letter.isalnum() or letter == "’" else _sign(letter)


def _sign(letter: str) -> str:
    return _APART if letter.isspace() else letter


_CATEGORIES = {
    op.CATEGORY_DIGIT: DIGIT,
    op.CATEGORY_UNI_DIGIT: DIGIT,
    op.CATEGORY_SPACE: _APART,
    op.CATEGORY_UNI_SPACE: _APART,
    op.CATEGORY_NOT_WORD: _APART,
    op.CATEGORY_UNI_NOT_WORD: _APART,
}
_MOST_OF_A_SET = 6


def _of_set(items: Sequence[tuple[Any, Any]]) -> _Strings:
    found: set[str] = set()
    for code, value in items:
        if code is op.LITERAL:
            found.add(_folded(value))
        elif code is op.RANGE:
            low, high = value
            if high - low >= 64:
                return frozenset({_ANY})
            found.update(_folded(each) for each in range(low, high + 1))
        elif code is op.CATEGORY and value in _CATEGORIES:
            found.add(_CATEGORIES[value])
        else:
            return frozenset({_ANY})
    if len(found) > _MOST_OF_A_SET:
        return frozenset({_APART if all(not _in_word(each) for each in found) else _ANY})
    if _APART in found and all(not _in_word(each) for each in found):
        return frozenset({_APART})
    return frozenset(found)


def _in_word(letter: str) -> bool:
    return letter == _ANY or letter.isalnum() or letter == "_"


_LETTERS = re.compile(r"[a-z]+")


def _clause_of(run: _Strings, behind: str) -> list[Clause]:
    """The clause that a run of known characters gives; none where one of its strings holds no needle.

    Of a string's needles that one is taken which is seldom for the number of strings that it speaks for.
    """
    of_strings = left = [_needles(string + behind) for string in run]
    if not all(left):
        return []
    taken: list[str] = []
    while left:
        counts = Counter(needle for needles in left for needle in needles)
        best = min(counts, key=lambda needle: (_weight_of(needle) / counts[needle], needle))
        taken.append(best)
        left = [needles for needles in left if best not in needles]
    for needle in tuple(taken):
        others = {other for other in taken if other != needle}
        if others and not any(needles.isdisjoint(others) for needles in of_strings):
            taken.remove(needle)
    return [_fewest(set(taken))]


def _needles(string: str) -> set[str]:
    """What stands in a string that could be asked for."""
    found = {letter for letter in string if letter == DIGIT or _is_sign(letter)}
    if YEAR in string:
        found.add(YEAR)
    for match in _LETTERS.finditer(string):
        if _is_edge(string[match.start() - 1]) and _is_edge(string[match.end()]):
            found.add(WHOLE + match.group())
        elif len(match.group()) > 1:
            found.add(match.group())
    return found


def _is_sign(letter: str) -> bool:
    return letter not in (_ANY, _EDGE, _APART) and not letter.isalnum() and letter not in _NO_NEEDLES


def _is_edge(letter: str) -> bool:
    """Whether letters end before this character: `tokenize` takes digits and signs for words of their own."""
    return letter in (_EDGE, _APART, DIGIT, ".") or _is_sign(letter)


def _fewest(needles: set[str]) -> Clause:
    """The needles without those that hold another."""
    return frozenset(
        needle
        for needle in needles
        if not any(other != needle and not other.startswith(WHOLE) and other in needle for other in needles)
    )
