"""Patterns that are compiled when they are first needed, and searched only where they could match.

The rules hold some four hundred of them. A short note reaches less than half, and compiling is what a cold start would
spend most of its time on. In a sentence hardly any could match: the sentence's words tell which (`gate`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, reduce
from operator import or_
from typing import Self

from praxigen.reading.kept import kept_pattern, made_pattern

_made: list[Pattern] = []


class Said(str):
    """A whole text or sentence that knows which words it holds: one bit for each clause of `gate`."""

    __slots__ = ("held",)

    held: int

    def __new__(cls, text: str, held: int) -> Self:
        """The text with what it holds."""
        said = str.__new__(cls, text)
        said.held = held
        return said


class Pattern:
    """A regular expression with the methods of a compiled one.

    `need` are the bits without which no text can match, 0 where they are not known. A part cut out of a sentence is a
    plain text, of which nothing is known; so a `Said` is asked only where it is searched to its end.
    """

    __slots__ = ("_compiled", "flags", "need", "source")

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source = source
        self.flags = flags
        self.need = 0
        self._compiled: re.Pattern[str] | None = None
        _made.append(self)

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern as `re` compiled it."""
        if self._compiled is None:
            self._compiled = kept_pattern(self.source, self.flags) or made_pattern(self.source, self.flags)
        return self._compiled

    def may_match(self, said: Said) -> bool:
        """Whether a text holds what every match needs."""
        return said.held & self.need == self.need

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match anywhere between `start` and `end`."""
        if end is not None:
            return (self._compiled or self.compiled).search(text, start, end)
        if text.__class__ is Said and text.held & self.need != self.need:
            return None
        return (self._compiled or self.compiled).search(text, start)

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """A match that begins at `start` and ends before `end`."""
        if end is not None:
            return (self._compiled or self.compiled).match(text, start, end)
        if text.__class__ is Said and text.held & self.need != self.need:
            return None
        return (self._compiled or self.compiled).match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A match of the whole text."""
        return (self._compiled or self.compiled).fullmatch(text)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every match between `start` and `end`, from left to right."""
        if end is not None:
            return (self._compiled or self.compiled).finditer(text, start, end)
        if text.__class__ is Said and text.held & self.need != self.need:
            return _NO_MATCHES
        return (self._compiled or self.compiled).finditer(text, start)

    def sub(self, replacement: str, text: str) -> str:
        """The text with every match replaced."""
        return (self._compiled or self.compiled).sub(replacement, text)


class Together:
    """Patterns of which a sentence tells something only where all of them match."""

    def __init__(self, *patterns: Pattern) -> None:
        self._patterns = patterns

    @cached_property
    def need(self) -> int:
        """The bits without which one of them cannot match; asked for when the gate is open."""
        return reduce(or_, (pattern.need for pattern in self._patterns))


_NO_MATCHES: Iterator[re.Match[str]] = iter(())


def made_so_far() -> tuple[Pattern, ...]:
    """Every pattern of the modules that are imported, in the order in which they were."""
    return tuple(_made)
