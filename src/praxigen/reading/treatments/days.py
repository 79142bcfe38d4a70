"""The day of a treatment that is given on one day: "ESI on 01/20/2026"."""

from __future__ import annotations

import re
from itertools import pairwise

from praxigen.model.fact import State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.times import TimeMention
from praxigen.reading.treatments.course import Course

_ONE_DAY = "treatment.injection"
_BETWEEN = Pattern(
    r"(?:\s|[,(:×-]|\b(?:on|of|dated?|injections?|steroid|at|was|were|done|performed|given|received|blocks?|left|right"
    r"|bilateral|[LCTS]\d{1,2}(?:-[LCTS]?\d{1,2})?|here|in|our|clinic|under|fluoroscopy|x\s?1|#\s?\d)\b)*",
    re.IGNORECASE,
)


def give_days(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """Give each injection that has no time of its own the day that stands behind it, before the next treatment."""
    for course, following in pairwise([*courses, None]):
        if course is None or course.time is not None or not (course.state is State.DONE or _only_named(course)):
            continue
        if _ONE_DAY not in context.page.lexicon.kinds.get(course.mention.name, ()):
            continue
        start = context.end(course.mention)
        stop = sentence.end if following is None else context.start(following.mention)
        for time in context.times(sentence):
            told = time.kind == "date" and start <= time.start < stop
            if told and _BETWEEN.fullmatch(context.text[start : time.start]):
                course.time = time
                course.basis.append(context.quote_span(time.start, time.end))
                if course.state is not State.DONE and _is_past(context, time) and not _CALLED_OFF.search(sentence.text):
                    course.state, course.rule = State.DONE, "dated"
                break


def _only_named(course: Course) -> bool:
    """Whether nothing says that an injection was given, and nothing that it was not: "L4-5 ESI on 11/10/2025."."""
    return (
        course.state is State.POSSIBLE
        and course.rule == "mention"
        and course.who is Who.PATIENT
        and course.sentence.section.kind not in _AHEAD
    )


_AHEAD = frozenset({"plan", "goals", "operation", "indications", "education", "family", "consent"})


_CALLED_OFF = Pattern(
    r"\b(?:cancel\w*|(?:re-?)?schedul\w*|order\w*|request\w*|recommend\w*|postpon\w*|deferred|no[- ]show\w*"
    r"|not (?:done|given|performed|approved|authori[sz]ed"
    r"|covered)|denied|declin\w+|refus\w+|pending|await\w*|upcoming|to be|will|next|plan\w*|today|aborted|did not)\b",
    re.IGNORECASE,
)


def _is_past(context: Context, time: TimeMention) -> bool:
    """A day before that of the note; where the note says none, one that no word puts ahead."""
    day = time.ended or time.began
    return day is not None and (context.stated_date is None or day < context.stated_date)
