"""When a sentence was written, in a text that holds several visits or what was copied forward from an earlier one.

"Pain for 10 weeks" of a visit in June says in October that the pain has lasted since spring.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date

from praxigen.reading.context import Context
from praxigen.reading.page import Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.times import read_date

_DAY = r"(?P<day>\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
_MARK = Pattern(
    r"(?m)^[ \t>*=#\[(-]*(?:(?:(?:initial|first|second|third|new|return|office|clinic|follow[- ]?up"
    r"|telephone|phone)[ -]+)*"
    r"(?:visit|encounter|note|f/u|consult(?:ation)?|date of service|dos|date|addendum|progress note|seen|follow[- ]?up)"
    rf"(?: (?:no\.? ?|#)?\d{{1,2}})?(?: (?:on|of|date))?[ \t]*[:,–-]*[ \t]*)?{_DAY}\b"
    rf"|\[?\b(?:copied(?: forward)?|carried forward|pulled forward|imported)[^\]\n\d]{{0,30}}?(?:from"
    rf"|note of|dated|visit of|visit)[^\]\n\d]{{0,15}}(?P<copied>\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
    rf"|\d{{4}}-\d{{2}}-\d{{2}})",
    re.IGNORECASE | re.MULTILINE,
)
_NOW = Pattern(r"\b(?:update(?:d)?|today|interval|now|since (?:then|last (?:visit|seen))|currently)\b", re.IGNORECASE)


class Visits:
    """The days of the visits of a text, in order of place."""

    def __init__(self, context: Context) -> None:
        self._starts: list[int] = []
        self._days: list[date] = []
        self._copied: list[bool] = []
        self._text = context.text
        for match in _MARK.finditer(context.text):
            day = read_date(match.group("day") or match.group("copied"))
            if day is not None:
                self._starts.append(match.start())
                self._days.append(day)
                self._copied.append(match.group("copied") is not None)
        stated = context.note_date
        self.last = max([*self._days, *([stated] if stated else [])], default=None)

    def days_since(self, sentence: Sentence) -> int:
        """How many days before the last visit of the text a sentence was written; 0 where nothing says it."""
        at = bisect_right(self._starts, sentence.start) - 1
        # A mark may open the very sentence: "[copied from 06/05/2024] Neck pain for 10 weeks."
        at = bisect_right(self._starts, sentence.end - 1) - 1 if at < 0 else at
        if at < 0 or self.last is None:
            return 0
        if self._copied[at] and _NOW.search(self._text, self._starts[at], sentence.start):
            return 0  # what was copied has ended
        return (self.last - self._days[at]).days
