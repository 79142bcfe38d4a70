"""Where sentences begin and end, over prose, telegraphic notes, lists and lines broken by a fax."""

from __future__ import annotations

from bisect import bisect_right
from itertools import compress

from praxigen.lexicon.words import Tokens
from praxigen.reading.boxes import is_answered_by_boxes

# After these a full stop does not end a sentence.
_ABBREVIATIONS = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "vs",
        "approx",
        "st",
        "jr",
        "sr",
        "dept",
        "appt",
        "fig",
        "inc",
        "no",
        "vol",
        "est",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "pt",
        "pts",
        "hx",
        "dx",
        "tx",
        "rx",
        "sx",
        "fx",
        "wt",
        "ht",
        "temp",
        "bp",
        "hr",
        "resp",
        "cont",
        "d.r",
        "prev",
        "lt",
        "rt",
        "min",
        "max",
    ]
)
# A line that ends with one of these is not the end of a sentence.
_GOES_ON = frozenset(
    [
        "from",
        "to",
        "of",
        "the",
        "with",
        "and",
        "in",
        "for",
        "at",
        "by",
        "on",
        "a",
        "an",
        "or",
        "was",
        "is",
        "are",
        "were",
        "has",
        "had",
        "his",
        "her",
        "without",
        "denies",
        "than",
        "into",
    ]
)
_TERMINAL = frozenset(".?!")
_CLOSING = frozenset({'"', "\u201d", ")"})
_MARKS = _TERMINAL | _CLOSING
_LINE_ENDS = ("\n", "\r")
_WRAPPED_LINE = 55  # a line at least this long was broken by the page, not by its author
_INTACT_TO = frozenset({"to", "and", "&", "/"})
_LONGEST = 400  # words; nobody writes such a sentence, and what rules compare inside one grows with its square


def sentence_bounds(text: str, tokens: Tokens, breaks: frozenset[int]) -> list[tuple[int, int]]:
    """Sentences as (first, last) token indices, last exclusive. `breaks` are tokens that must begin a sentence."""
    bounds: list[tuple[int, int]] = []
    first = 0
    count = len(tokens)
    for at in _possible_ends(text, tokens, breaks):
        if at < first:
            continue
        while at + 1 - first > _LONGEST:
            bounds.append((first, first + _LONGEST))
            first += _LONGEST
        goes_on = at + 1 < count and at + 1 - first < _LONGEST
        if goes_on and at + 1 not in breaks and not _ends_after(text, tokens, at):
            continue
        bounds.append((first, at + 1))
        first = at + 1
    return bounds


def _possible_ends(text: str, tokens: Tokens, breaks: frozenset[int]) -> list[int]:
    """The words after which a sentence may end, in order: marks, words at the end of a line, those before a break."""
    if not tokens.words:
        return []
    found = set(compress(range(len(tokens)), map(_MARKS.__contains__, tokens.words)))
    for mark in _LINE_ENDS:
        end = text.find(mark)
        while end >= 0:
            found.add(bisect_right(tokens.ends, end) - 1)
            end = text.find(mark, end + 1)
    found.update(at - 1 for at in breaks if at <= len(tokens))
    found.add(len(tokens) - 1)
    found.discard(-1)
    return sorted(found)


def _ends_after(text: str, tokens: Tokens, at: int) -> bool:
    gap = text[tokens.ends[at] : tokens.starts[at + 1]]
    word = tokens.words[at]
    if "\n" in gap or "\r" in gap:
        return _line_ends_sentence(text, tokens, at, gap)
    if word == "?" and gap and is_answered_by_boxes(text, tokens.ends[at]):
        return False
    if word in _TERMINAL and gap:
        following = text[tokens.starts[at + 1]]
        if following.islower():
            return False
        abbreviated = at > 0 and word == "." and tokens.words[at - 1] in _ABBREVIATIONS
        if at > 2 and word == "." and tokens.words[at - 3 : at] in (["e", ".", "g"], ["i", ".", "e"]):
            return False
        return not abbreviated or _light_touch(text, tokens, at - 1)
    if (
        word in _CLOSING
        and gap
        and at > 0
        and tokens.words[at - 1] in _TERMINAL
        and tokens.ends[at - 1] == tokens.starts[at]
    ):
        return text[tokens.starts[at + 1]].isupper()  # he said "it hurts." The next sentence
    return False


def _light_touch(text: str, tokens: Tokens, at: int) -> bool:
    """ "Sensation intact to LT." ends a sentence; the "Lt." of "Lt. L5 numbness" does not."""
    return text[tokens.starts[at] : tokens.ends[at]] == "LT" and at > 0 and tokens.words[at - 1] in _INTACT_TO


def _line_ends_sentence(text: str, tokens: Tokens, at: int, gap: str) -> bool:
    if gap.count("\n") > 1 or gap.count("\r") > 1:
        return True
    word = tokens.words[at]
    following = text[tokens.starts[at + 1]]
    if word in _TERMINAL or word in {":", ";"}:
        return not (word == ":" and following.islower())
    if following.islower() or word in _GOES_ON:
        return False
    if not (following.isalnum() or following in "(\"'"):
        return True  # a bullet or a rule begins the next line
    if _is_list_number(text, tokens, at + 1):
        return True
    line_start = max(text.rfind("\n", 0, tokens.ends[at]), text.rfind("\r", 0, tokens.ends[at])) + 1
    return tokens.ends[at] - line_start < _WRAPPED_LINE


def _is_list_number(text: str, tokens: Tokens, at: int) -> bool:
    if not tokens.words[at].isdigit() or len(tokens.words[at]) > 2 or at + 2 >= len(tokens):
        return False
    return tokens.words[at + 1] in ".)" and text[tokens.ends[at + 1] : tokens.starts[at + 2]] != ""
