"""The day of a treatment that is given on one day: "ESI on 01/20/2026"."""

from __future__ import annotations

import re
from itertools import pairwise

from praxigen.model.fact import State
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence
from praxigen.reading.patterns import Pattern
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
        if course is None or course.time is not None or course.state is not State.DONE:
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
                break
