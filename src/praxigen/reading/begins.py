"""With which characters the matches of a regular expression begin: told to `re` before it tries anything else.

Most expressions of the reader begin with the edge of a word and go on with one of many words. `re` tries all of them at
each word of a text. A look at one character keeps it from nearly all of that, two to four times as fast:
`\\b(?:risk|hazard)` becomes `(?=[rh])(?:\\b(?:risk|hazard))`, with the same matches. Derived with the parser of `re`
itself, and only ever too many characters; where that is not known, the expression stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]  # the parser of `re` has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_GLOBAL_FLAGS = re.compile(r"\(\?[aiLmsux]+\)")  # they may only stand at the very beginning
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CATEGORIES = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s"}  # the others are nearly every character
_Items = Iterable[tuple[Any, Any]]


def narrowed(source: str, flags: int = 0) -> str:
    """The expression with a look at the first character before it, or as it is where that gains nothing."""
    try:
        tree = parser.parse(source, flags)
        if tree.state.flags & re.VERBOSE or _is_found_at_once(tree, tree.state.flags):
            return source
        first, may_be_empty = _first(tree)
    except (re.error, _UnknownError):
        return source
    if may_be_empty or not first:
        return source
    told = _GLOBAL_FLAGS.match(source)
    at = told.end() if told else 0
    return f"{source[:at]}(?=[{''.join(sorted(first))}])(?:{source[at:]})"


class _UnknownError(Exception):
    """An expression may begin with anything."""


def _is_found_at_once(items: _Items, flags: int) -> bool:
    """Whether `re` skips by itself to the first character, or a look at it is what the expression begins with."""
    item = next(iter(items), None)
    if item is None:
        return True
    code, value = item
    if code is op.ASSERT:
        return bool(value[0] > 0)
    if code is op.AT:
        return value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING)
    if code is op.SUBPATTERN:
        return _is_found_at_once(value[3], flags)
    if code is op.BRANCH:
        return all(way and way[0][0] is op.LITERAL and _is_found_at_once(way, flags) for way in value[1])
    if code not in (op.LITERAL, op.IN):
        return False
    return not (flags & re.IGNORECASE and any(map(_is_letter, value if code is op.IN else (item,))))


def _first(items: _Items) -> tuple[set[str], bool]:
    """The characters that a sequence may begin with, as a class of `re` writes them, and whether it may be empty."""
    found: set[str] = set()
    for code, value in items:
        more, may_be_empty = _of_item(code, value)
        found |= more
        if not may_be_empty:
            return found, False
    return found, True


def _is_letter(item: tuple[Any, Any]) -> bool:
    code, value = item
    return (code is op.LITERAL and chr(value).isalpha()) or (code is op.RANGE and chr(value[0]).isalpha())


def _of_item(code: Any, value: Any) -> tuple[set[str], bool]:
    if code is op.LITERAL:
        return {re.escape(chr(value))}, False
    if code is op.IN:
        return set(map(_of_set, value)), False
    if code in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return set(), True
    if code is op.BRANCH:
        ways = [_first(way) for way in value[1]]
        return set().union(*(first for first, _ in ways)), any(empty for _, empty in ways)
    if code is op.SUBPATTERN and not value[1] and not value[2]:  # which changes no flags
        return _first(value[3])
    if code is op.ATOMIC_GROUP:
        return _first(value)
    if code in _REPEATS:
        fewest, _, once = value
        first, may_be_empty = _first(once)
        return first, may_be_empty or fewest == 0
    raise _UnknownError


def _of_set(item: tuple[Any, Any]) -> str:
    code, value = item
    if code is op.LITERAL:
        return re.escape(chr(value))
    if code is op.RANGE:
        low, high = value
        return f"{re.escape(chr(low))}-{re.escape(chr(high))}"
    if code is op.CATEGORY and value in _CATEGORIES:
        return _CATEGORIES[value]
    raise _UnknownError
