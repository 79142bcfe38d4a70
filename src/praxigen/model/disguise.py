"""Characters that a person who reads a note does not see, or takes for others."""

from __future__ import annotations

import re

# Soft hyphen, zero-width characters, direction marks, tags.
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
# Greek or Cyrillic letters in one word with Latin ones, and the full-width alphabet.
_LOOKALIKE = re.compile(
    "[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]|[\uff21-\uff3a\uff41-\uff5a]{2}"
)


def is_disguised(words: str) -> bool:
    """Whether some words hold such characters: what they seem to say may not be what they say."""
    return not words.isascii() and bool(_HIDDEN.search(words) or _LOOKALIKE.search(words))
