"""A text as words: what the phrase matcher and the rules walk over.

Words are lower-cased; offsets are those of the original text. White space, line breaks and hyphens between words do not
matter to the matcher, so that "low-back pain" and a phrase broken over two lines are found all the same.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

# A word with its inner apostrophe, a number with its decimal part, or one other visible character. In ASCII, which most
# notes are, the same is found in half the time; four control characters are white space to \s only beyond ASCII.
_TOKEN = re.compile(r"([^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:\.\d+)?|[^\w\s]|_+)")
_ASCII_TOKEN = re.compile(r"([a-z]+(?:'[a-z]+)?|[0-9]+(?:\.[0-9]+)?|[^a-z0-9_\s\x1c-\x1f]|_+)", re.ASCII)
_SPACE = re.compile(r"\s")
_AT_ONCE = 100_000  # characters; in a shorter text the repeated words are not worth finding


@dataclass(slots=True)
class Tokens:
    """The words of a text, and where each begins and ends: of equal length. A long text keeps a repeated word once."""

    words: list[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.words)


def tokenize(text: str) -> Tokens:
    """Split a text into words, numbers and single other characters."""
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):  # a few letters grow when they are lowered, and offsets are those of the text
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text.replace("’", "'"))
    token = _ASCII_TOKEN if lowered.isascii() else _TOKEN
    if len(lowered) <= _AT_ONCE:
        return _split(token, lowered)
    words: list[str] = []
    starts, ends = array("I"), array("I")
    kept: dict[str, str] = {}
    begin = 0
    while begin < len(lowered):
        space = _SPACE.search(lowered, begin + _AT_ONCE)
        stop = space.start() if space else len(lowered)
        piece = _split(token, lowered[begin:stop])
        words += [kept.setdefault(word, word) for word in piece.words]
        starts.extend([begin + start for start in piece.starts])
        ends.extend([begin + end for end in piece.ends])
        begin = stop
    return Tokens(words, starts, ends)


def _split(token: re.Pattern[str], lowered: str) -> Tokens:
    pieces = token.split(lowered)  # what stands between words, and words, in turn
    bounds = list(accumulate(map(len, pieces)))
    return Tokens(pieces[1::2], bounds[:-1:2], bounds[1::2])


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The words of a lexicon phrase as the matcher compares them: lower case, without hyphens."""
    plain = phrase.replace(" ", "")
    if plain.isalpha() and plain.isascii():  # nearly all of them: what `tokenize` would give, ten times as fast
        return tuple(phrase.lower().split())
    return tuple(word for word in tokenize(phrase).words if word != "-")
