"""The visits that one text tells of: where each begins, and on which day it was."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from praxigen.reading.patterns import Pattern
from praxigen.reading.times import read_date

# "3/3/2025", "Visit 01/15/2025", "DOS 1/6/2025: ...", "02/10/2025 - ...", "Progress note 2/4/2025" at the beginning of
# a line
VISIT_WORDS = (
    r"(?:progress note|(?:office|clinic|follow[- ]?up|return|initial|new patient|telehealth|video|phone)"
    r" (?:visit|note|consult\w*|evaluation|encounter)|follow[- ]?up|f/u|visit(?: date)?|encounter(?: date)?|note"
    r"|addendum"
    r"|dos|date of (?:service|visit)|seen(?: on)?|date)"
)
_BEGINS = Pattern(
    rf"(?mi)^[ \t>*=#\-–]*(?:{VISIT_WORDS}[ \t:#,(\-–]*(?:(?:of|on|dated)[ \t]+)?)?"
    r"(?P<day>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?![\d/])(?=[ \t]*(?:$|[:;,)–|-]|[A-Z]))"
)


# Each kind of date by the sign that `re` finds fastest.
_DATE_SIGNS = (
    Pattern(r"/(?<=\d/)\d{1,2}/\d\d"),
    Pattern(r"-(?<=\d-)\d{1,2}-\d\d"),
    Pattern(r",(?<=\d,) (?:19|20)\d\d"),
)


def names_days(text: str, least: int) -> bool:
    """Whether a text writes at least so many days out in full."""
    found = 0
    for sign in _DATE_SIGNS:
        for _ in sign.finditer(text):
            found += 1
            if found >= least:
                return True
    return False


@dataclass(frozen=True, slots=True)
class Visits:
    """Where the visits of a text begin, in its order, and the day of each."""

    starts: tuple[int, ...]
    days: tuple[date, ...]

    def day_at(self, offset: int) -> date | None:
        """The day of the visit that a place of the text belongs to."""
        at = bisect_right(self.starts, offset) - 1
        return self.days[at] if at >= 0 else None


def find_visits(text: str) -> Visits:
    """The visits of a text, where it tells of more than one; they may stand from the first to the last or backwards."""
    found = [(match.start(), day) for match in _BEGINS.finditer(text) if (day := read_date(match["day"])) is not None]
    days = [day for _, day in found]
    if len(set(days)) < 2 or (days != sorted(days) and days != sorted(days, reverse=True)):
        return Visits((), ())
    return Visits(tuple(start for start, _ in found), tuple(days))
