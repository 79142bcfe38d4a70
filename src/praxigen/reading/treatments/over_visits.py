"""A treatment that one visit starts and a later one still names: it lasted from the one to the other.

"Start gabapentin" in March and "still on gabapentin, no relief" in June are three months of it. What a later visit
calls stopped lasted no longer than till then; what was never filled, or was taken up anew, is no course.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from praxigen.model.amount import Duration, Span, Unit
from praxigen.model.fact import State, Who
from praxigen.reading.context import Context
from praxigen.reading.patterns import Pattern
from praxigen.reading.times import TimeMention
from praxigen.reading.treatments.course import BODY_OTHER, Course
from praxigen.reading.visits import find_visits, names_days

_TAKEN = (State.DONE, State.PRESENT)
_REFUSED = (State.ABSENT, State.DECLINED, State.DENIED)
_AT_ONCE = ("treatment.injection",)
_VAGUE = frozenset(
    {"treatment.unspecified", "treatment.medicine_unsaid", "treatment.medication", "treatment.injection"}
)
_STARTS = Pattern(
    r"\b(?:start(?:s|ed|ing)?|beg[iau]n(?:s|ning)?|initiat(?:e|ed|ing)|prescrib(?:e|ed|ing)|rx|add(?:ed)?|given|new"
    r"|trial of|order(?:ed)?|refer(?:red)?(?: to| for)?)\b",
    re.IGNORECASE,
)
_STILL = Pattern(
    r"\b(?:still|continu\w+|remains?|maintained|ongoing|on|taking|takes|uses|using|refill\w*|increas\w+|decreas\w+"
    r"|titrat\w+"
    r"|tolerat\w+|attending|going to|doing|in (?:physical )?therapy|stays on|kept on|compliant|despite|without|no)\b",
    re.IGNORECASE,
)
_STOPPED = Pattern(
    r"\b(?:stopp?ed|stop|d/?c'?d?|discontinu\w+|quit|off|weaned|tapered|complet\w+|finish\w+|discharged|ran out"
    r"|self-d/c\w*"
    r"|no longer|used to|previous(?:ly)?|failed|tried|had)\b",
    re.IGNORECASE,
)
_NOT_BEGUN = Pattern(
    r"\b(?:never (?:filled|took|taken|started|went|attended|picked up)|(?:has|have|had|was|were|did)(?: not"
    r"|n't)(?: yet)?"
    r" (?:been )?(?:fill\w*|take|taken|start\w*|schedul\w+|attend\w*|begin|begun|picked up|pick up|able to start|go)"
    r"|not (?:yet )?(?:started|begun|filled|scheduled|taken)|yet to|wait(?:ing)? list|still (?:waiting|pending"
    r"|awaiting)"
    r"|awaiting|pending|denied|not approved|ran out)\b",
    re.IGNORECASE,
)
_ANEW = Pattern(
    r"\b(?:re-?start\w*|resum\w+|again|re-?initiat\w+|back on|re-?trial\w*|re-?challenge\w*)\b", re.IGNORECASE
)
_NEAR = 60  # characters around a name in which the words about it stand


def over_visits(context: Context, courses: list[Course]) -> None:
    """Give what was taken from one visit to another the time between the two."""
    if len(courses) < 2:
        return
    if not names_days(context.text, 2):
        return
    visits = find_visits(context.text)
    if not visits.starts:
        return
    named: dict[str, list[tuple[date, Course]]] = {}
    for course in courses:
        day = visits.day_at(context.start(course.mention))
        key = _key(context, course)
        if day is not None and key is not None and course.who is Who.PATIENT:
            named.setdefault(key, []).append((day, course))
    for told in named.values():
        told.sort(key=lambda item: (item[0], item[1].mention.first))
        if told[0][0] < told[-1][0]:
            _follow(context, told)


def _key(context: Context, course: Course) -> str | None:
    """What makes two mentions one treatment: the name of a medicine, the kind of anything else."""
    kinds = context.page.lexicon.kinds.get(course.mention.name, ())
    if course.mention.name in _VAGUE or any(kind in _AT_ONCE for kind in kinds):
        return None
    if course.qualities.get("region") == (BODY_OTHER,):
        return None
    if "treatment.medication" in kinds:
        return context.page.words(course.mention.first, course.mention.last).lower()
    return course.mention.name


def _follow(context: Context, told: Sequence[tuple[date, Course]]) -> None:
    """Walk the visits in their order of time."""
    began: tuple[date, Course] | None = None
    last = None
    for day, course in told:
        words = _words(context, course)
        if _NOT_BEGUN.search(words) or course.state in _REFUSED:
            began = last = None
            continue
        if began is None or _ANEW.search(words):
            if course.state in _TAKEN or _STARTS.search(words):
                stopped = _STOPPED.search(words) is not None and not _STARTS.search(words)
                began, last = (None, None) if stopped else ((day, course), None)
            continue
        if day == began[0]:
            continue
        if _STOPPED.search(words):
            _end(context, began, last, day, course)
            began = last = None
        elif (course.state in _TAKEN and _STILL.search(words)) or _ON_IT.search(_before(context, course)):
            last = day
            _go_on(context, began, day, course)


def _words(context: Context, course: Course) -> str:
    start, end = context.start(course.mention), context.end(course.mention)
    sentence = course.sentence
    return context.text[max(sentence.start, start - _NEAR) : min(sentence.end, end + _NEAR)]


_ON_IT = Pattern(r"\b(?:on|despite|with|taking|using)\s+(?:(?:the|her|his|daily|same|current)\s+)?$", re.IGNORECASE)


def _before(context: Context, course: Course) -> str:
    """What stands before a name, where nothing says that it is still to come."""
    if course.state not in (*_TAKEN, State.POSSIBLE) or course.sentence.section.kind in ("plan", "goals"):
        return ""
    return context.text[course.sentence.start : context.start(course.mention)]


def _go_on(context: Context, began: tuple[date, Course], day: date, course: Course) -> None:
    if course.duration is None:
        if course.state is State.POSSIBLE:
            course.state, course.rule = State.PRESENT, "over-visits"
        low = Span(Fraction((day - began[0]).days), Unit.DAY)
        _give(context, began, course, Duration(low, None), None)


def _end(context: Context, began: tuple[date, Course], last: date | None, day: date, course: Course) -> None:
    """What had ended by a visit: as long as to the last that still named it at the least, to this one at the most."""
    if course.duration is None and course.state in (*_TAKEN, State.PAST, State.PLANNED):
        low = None if last is None else Span(Fraction((last - began[0]).days), Unit.DAY)
        _give(context, began, course, Duration(low, Span(Fraction((day - began[0]).days), Unit.DAY)), day)


def _give(context: Context, began: tuple[date, Course], course: Course, length: Duration, ended: date | None) -> None:
    first = began[1]
    quote = context.quote(first.sentence, first.mention.first, first.mention.last)
    start, end = context.start(course.mention), context.end(course.mention)
    course.duration = length
    course.time = TimeMention("since" if ended is None else "range", start, end, length, began[0], ended)
    course.basis.append(quote)
