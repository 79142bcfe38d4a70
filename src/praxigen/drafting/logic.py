"""How the words of a policy combine the items of a list, and whether they ask for them or exclude them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_AT_LEAST = re.compile(
    r"\b(?:at least|minimum of|no fewer than) (?:(?P<word>one|two|three|four|five)|(?P<digit>[1-5]))\b(?! ?(?:%|percent"
    r"|months?|weeks?|days?|years?|hours?|mm|levels?))"
    r"|\b(?P<more>one|two|three|[1-3])(?: \(\d\))? or more of\b",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"\b(?:any(?: (?:one|1))?(?: or more)?(?: \(\d\))? of|(?:1|one) or more|either(?: of)?|(?:1|one) of the following"
    r"|one of these|any of the following)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:all(?: of)?(?: the)?|each of|both of?|following (?:criteria|requirements|conditions) (?:are|must be) met)\b",
    re.IGNORECASE,
)
_EXCLUDES = re.compile(
    r"\b(?:not (?:be )?(?:considered )?(?:medically )?(?:reasonable|necessary|covered|indicated|appropriate)"
    r"|non-?covered|not consider|exclusions?|contraindicat\w+|limitations?|experimental|investigational|unproven"
    r"|will be denied|not eligible)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:(?:is|are|be) not (?:considered )?(?:medically )?(?:reasonable|necessary|covered)|non-?covered"
    r"|(?:is|are) (?:considered )?(?:experimental|investigational|unproven)|will be denied)\b",
    re.IGNORECASE,
)
_OR_END = re.compile(r"(?:;|,)?\s*\**\bor\b\**\s*[.;,]?\s*$", re.IGNORECASE)
_AND_END = re.compile(r"(?:;|,)?\s*\**\band\b\**\s*[.;,]?\s*$", re.IGNORECASE)


class Combine(StrEnum):
    """How the items of a list are combined."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Logic:
    """How items are combined; `stated` is False where the words do not say it and `all`, the stricter, was taken."""

    combine: Combine
    count: int = 0
    stated: bool = True


def combined(lead: str, items: Sequence[str]) -> Logic:
    """The logic of a list from the words before it, or else from the `and` and `or` at the ends of its items."""
    counted = _AT_LEAST.search(lead)
    if counted is not None:
        number = _count(counted)
        return Logic(Combine.AT_LEAST, number) if number > 1 else Logic(Combine.ANY)
    if _ANY.search(lead):
        return Logic(Combine.ANY)
    if _ALL.search(lead):
        return Logic(Combine.ALL)
    ors = any(_OR_END.search(item) for item in items)
    ands = any(_AND_END.search(item) for item in items)
    if ors != ands:
        return Logic(Combine.ANY if ors else Combine.ALL)
    return Logic(Combine.ALL, stated=False)


def excludes(words: str) -> bool:
    """Whether a heading or an introduction excludes what follows it."""
    return _EXCLUDES.search(words) is not None


def refuses(words: str) -> bool:
    """Whether an item itself says that something is not covered."""
    return _REFUSES.search(words) is not None


def _count(found: re.Match[str]) -> int:
    word = found["word"] or found["more"]
    if word is None:
        return int(found["digit"])
    return _NUMBERS[word.lower()] if word.lower() in _NUMBERS else int(word)
