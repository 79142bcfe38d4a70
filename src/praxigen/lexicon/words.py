"""A text as words: what the phrase matcher and the rules walk over.

Words are lower-cased; offsets are those of the original text. White space, line breaks and hyphens between words do not
matter to the matcher, so that "low-back pain" and a phrase broken over two lines are found all the same.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from itertools import islice

# A word with its inner apostrophe, a number with its decimal part, or one other visible character.
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:\.\d+)?|[^\w\s]|_+")
_AT_ONCE = 20_000  # words; in a text of fewer the repeated ones are not worth finding


@dataclass(slots=True)
class Tokens:
    """The words of a text, and where each begins and ends: of equal length. A word that is repeated is kept once."""

    words: list[str]
    starts: array[int]
    ends: array[int]

    def __len__(self) -> int:
        return len(self.words)


def tokenize(text: str) -> Tokens:
    """Split a text into words, numbers and single other characters."""
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):  # a few letters grow when they are lowered, and offsets are those of the text
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text.replace("’", "'"))
    starts, ends = array("I"), array("I")
    words: list[str] = []
    kept: dict[str, str] = {}
    matches = _TOKEN.finditer(lowered)
    while spans := [match.span() for match in islice(matches, _AT_ONCE)]:
        piece = [lowered[start:end] for start, end in spans]
        words += piece if len(piece) < _AT_ONCE else [kept.setdefault(word, word) for word in piece]
        starts.extend([start for start, _ in spans])
        ends.extend([end for _, end in spans])
    return Tokens(words, starts, ends)


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The words of a lexicon phrase as the matcher compares them: lower case, without hyphens."""
    plain = phrase.replace(" ", "")
    if plain.isalpha() and plain.isascii():  # nearly all of them: what `tokenize` would give, ten times as fast
        return tuple(phrase.lower().split())
    return tuple(word for word in tokenize(phrase).words if word != "-")
