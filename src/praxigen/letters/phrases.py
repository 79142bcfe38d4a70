"""Phrases of the data files as patterns: words, (alternatives|), "..." for a few words, # for a number."""

from __future__ import annotations

import re
from collections.abc import Iterable

_GAP = r"(?:[^\s.;:]+\s+){0,6}?"
_CHARACTERS = {" ": r"\s+", "'": "['\u2019]", "-": r"(?:\s*[-\u2010-\u2015]\s*|\s+)", "#": r"\d+", "_": r"\s*"}


def one_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases as whole words, in any case. ValueError for a phrase that is none."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(source(phrase) for phrase in phrases)})(?!\w)", re.IGNORECASE)


def source(phrase: str) -> str:
    """A phrase as the source of a pattern. "..." at its end is left out: what follows does not matter."""
    # The space behind a group that may be left out goes with it.
    words = phrase.strip().removesuffix("...").rstrip().replace("|) ", "|)_")
    if words.count("(") != words.count(")"):
        raise ValueError("a bracket is not closed")
    pieces: list[str] = []
    at = 0
    while at < len(words):
        if words.startswith(" ... ", at):
            pieces.append(rf",?\s+{_GAP}")
            at += 5
            continue
        character = words[at]
        if words.startswith("(s)", at):
            pieces.append(r"(?:\(s\)|s)?")
            at += 3
            continue
        if character == "(":
            pieces.append("(?:")
        elif character in "|)":
            pieces.append(character)
        else:
            pieces.append(_CHARACTERS.get(character) or re.escape(character))
        at += 1
    made = "".join(pieces)
    re.compile(made)
    return made
