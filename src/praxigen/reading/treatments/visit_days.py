"""The days on which somebody came: "PT visits: 1/8, 1/10, ... 3/5/2025", or a list with one visit a line.

From the first visit to the last is the course, where the visits lie close enough to be one. Days that were cancelled or
missed are none.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import pairwise

from praxigen.model.amount import Duration, Span, Unit
from praxigen.model.document import Quote
from praxigen.model.fact import State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.times import TimeMention, read_date
from praxigen.reading.treatments.course import Course
from praxigen.reading.treatments.effects import outcomes_in
from praxigen.reading.visits import names_days

_DAY = r"\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?"
_LIST = Pattern(
    rf"(?<![\d/]){_DAY}(?![\d/])(?:\s*(?:,|;|&|\band\b|,\s*and\b)\s*{_DAY}(?![\d/])){{2,60}}", re.IGNORECASE
)
_EACH = Pattern(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?")
_LINE = Pattern(
    r"(?mi)^[ \t>*•\-–#|]*(?:(?:visit|session|appt|tx|treatment)?[ \t]*#?\d{0,2}[.):|]?[ \t]+)?"
    r"(?P<day>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})[ \t|:,\-–]+(?P<told>[^\n]{0,80})$"
)
_CAME = Pattern(
    r"\b(?:attended|completed|seen|present|arrived|kept|treated|treatment(?: given)?|came|eval(?:uation)?"
    r"|re-?eval(?:uation)?"
    r"|visit|tx|session|discharged?|d/c|checked in|yes)\b|✓|✔|\bx\b",
    re.IGNORECASE,
)
_STAYED_AWAY = Pattern(
    r"\b(?:cancel\w*|cx|no[- ]?show\w*|ns|n/s|missed|did not (?:attend|come|show)|absent|not seen|rescheduled|resched"
    r"|scheduled|upcoming|planned|future|weather|closed|declined|not attended)\b",
    re.IGNORECASE,
)
_THERAPY = Pattern(
    r"\b(?:physical therapy|physiotherapy|PT|therapy|rehab\w*|chiropract\w+|attendance|visits?|sessions?"
    r"|acupuncture)\b",
    re.IGNORECASE,
)
_LEAST = 3  # visits
_APART = 28  # days; after a longer pause another course begins
_BEFORE = 160  # characters in which a list names its treatment
_MISSED = Pattern(
    r"\b(?:cancel\w*|missed|no[- ]?show\w*|scheduled|upcoming|not attended|planned|future)\b", re.IGNORECASE
)


def give_visit_days(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """Give a treatment whose visits are listed behind it the time from the first to the last of them."""
    open_ = [c for c in courses if c.duration is None and c.who is Who.PATIENT]
    if not open_ or not sentence.has_figures:
        return
    for match in _LIST.finditer(context.text, sentence.start, sentence.end):
        before = [c for c in open_ if context.end(c.mention) <= match.start()]
        if not before or _MISSED.search(context.text, context.end(before[-1].mention), match.start()):
            continue
        course = before[-1]
        if match.start() - context.end(course.mention) > _BEFORE // 2 or not _of_visits(context, course):
            continue
        days = _days(match[0], context.stated_date)
        time = _together(days, match.start(), match.end())
        if time is None:
            continue
        course.duration, course.time = time.duration, time
        course.basis.append(context.quote_span(match.start(), match.end()))
        if course.state is State.POSSIBLE:
            course.state, course.rule = State.DONE, "visit-days"


_IN_VISITS = ("treatment.exercise", "treatment.acupuncture", "treatment.massage", "treatment.behavioral")


def _of_visits(context: Context, course: Course) -> bool:
    return any(kind in _IN_VISITS for kind in context.page.lexicon.kinds.get(course.mention.name, ()))


def visit_lines(context: Context, courses: list[Course]) -> None:
    """Give the therapy that heads a list of attended days, one a line, the time that the list spans."""
    if not courses or not names_days(context.text, _LEAST):
        return
    lines = list(_LINE.finditer(context.text))
    if len(lines) < _LEAST:
        return
    came = [match for match in lines if _CAME.search(match["told"]) and not _STAYED_AWAY.search(match["told"])]
    if len(came) < _LEAST:
        return
    days = [day for match in came if (day := read_date(match["day"])) is not None]
    time = _together(sorted(days), came[0].start("day"), came[-1].end("day"))
    if time is None:
        return
    quotes = [context.quote_span(match.start("day"), match.end()) for match in (came[0], came[-1])]
    told = _told_after(context, lines[-1].start("day"), lines[-1].end() + _BEFORE)
    for course in courses:
        near = -_BEFORE <= context.start(course.mention) - came[-1].end() <= _BEFORE or (
            0 <= came[0].start() - context.end(course.mention) <= _BEFORE
        )
        if not near or course.who is not Who.PATIENT or course.duration is not None or not _of_visits(context, course):
            continue
        if course.state in (State.DONE, State.PRESENT, State.POSSIBLE):
            course.duration, course.time = time.duration, time
            course.state, course.rule = State.DONE, "visit-days"
            course.basis.extend(quotes)
            if course.outcome is None and told is not None:
                course.outcome = told[0]
                course.qualities["outcome"] = (told[0],)
                course.basis.append(told[1])


def _told_after(context: Context, start: int, end: int) -> tuple[str, Quote] | None:
    """What the last line of a list, or what stands right behind it, says of the result."""
    for sentence in context.page.sentences:
        if start <= sentence.start < end and sentence.section.kind not in ("plan", "goals"):
            for cue in outcomes_in(context, sentence):
                return cue.name.partition(".")[2], context.quote(sentence, cue.first, cue.last)
    return None


def _days(told: str, on: date | None) -> list[date]:
    """The days of a list; a day without a year is of the year of the next that has one, or of the note's."""
    found: list[date] = []
    year: int | None = None
    parts = list(_EACH.finditer(told))
    last = next((match["year"] for match in reversed(parts) if match["year"]), None)
    year = _full(last) if last else on.year if on is not None else None
    if year is None:
        year = 2024  # any year: only what lies between the days counts
    following: date | None = None
    for match in reversed(parts):
        own = _full(match["year"]) if match["year"] else year
        day = _day(own, int(match["month"]), int(match["day"]))
        if day is None:
            return []
        if following is not None and not match["year"] and day > following:
            day = _day(own - 1, int(match["month"]), int(match["day"]))
            if day is None:
                return []
            own -= 1
        year, following = own, day
        found.append(day)
    return found[::-1]


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _together(days: list[date], start: int, end: int) -> TimeMention | None:
    if len(days) < _LEAST or any((second - first).days > _APART or second < first for first, second in pairwise(days)):
        return None
    length = Span(Fraction((days[-1] - days[0]).days), Unit.DAY)
    return TimeMention("range", start, end, Duration(length, length), days[0], days[-1])
