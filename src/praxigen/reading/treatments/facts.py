"""Non-operative treatments: whether each was given, for how long, for which part of the body, and what it did."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.model.document import Quote
from praxigen.model.fact import Fact
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.treatments.course import Course, in_lists
from praxigen.reading.treatments.days import give_days
from praxigen.reading.treatments.effects import give_outcomes
from praxigen.reading.treatments.episodes import earlier_episodes, nothing_else, one_episode, said_of_all, told_below
from praxigen.reading.treatments.given import none_at_all, read_course, settle, share_senses
from praxigen.reading.treatments.lengths import give_times
from praxigen.reading.treatments.next_sentence import carry_over
from praxigen.reading.treatments.over_visits import over_visits
from praxigen.reading.treatments.record import recorded
from praxigen.reading.treatments.still_in_pain import persisting
from praxigen.reading.treatments.tabled import give_cells
from praxigen.reading.treatments.visit_days import give_visit_days, visit_lines


def treatment_facts(context: Context) -> Iterator[Fact]:
    """Facts about every treatment in the document."""
    courses: list[Course] = []
    page = context.page
    named = any(name.startswith("treatment") for name in page.names)
    for sentence in page.sentences if named else ():
        mentions = [m for m in sentence.concepts if m.name.startswith("treatment")]
        if mentions:
            made = _courses(context, sentence, mentions, courses)
            courses.extend(made)
        elif courses:
            carry_over(context, sentence, courses)
    visit_lines(context, courses)
    recorded(context, courses)
    if not courses:
        return
    over_visits(context, courses)
    nothing_else(context, courses)
    said_of_all(courses)
    one_episode(courses)
    earlier_episodes(context, courses)
    persisting(context, courses)
    told_below(context, courses)
    for course in courses:
        yield _fact(context, course)


def _courses(context: Context, sentence: Sentence, mentions: list[Mention], before: list[Course]) -> list[Course]:
    courses: list[Course] = []
    for mention in mentions:
        course = read_course(context, sentence, mention)
        if course is not None:
            courses.append(course)
    groups = in_lists(context, courses)
    for group in groups:
        share_senses(group)
        give_times(context, sentence, group, groups, before)
        give_outcomes(context, sentence, group, groups)
    give_cells(context, sentence, courses)
    give_visit_days(context, sentence, courses)
    for course in courses:
        settle(context, course)
    give_days(context, sentence, courses)
    nothing = [none_at_all(group) for group in groups]
    return courses + [course for course in nothing if course is not None]


def _fact(context: Context, course: Course) -> Fact:
    time = course.time
    return context.fact(
        course.mention.name,
        course.state,
        course.sentence,
        course.mention,
        f"treatment.{course.rule}",
        who=course.who,
        qualities=course.qualities,
        basis=_outside(course),
        duration=course.duration,
        began=time.began if time else None,
        ended=time.ended if time else None,
        template=course.sentence.section.kind == "ros",
        quote=_quote(context, course),
    )


def _quote(context: Context, course: Course) -> Quote:
    """The clause of the treatment, widened to its duration and outcome where they stand close."""
    quote = context.quote(course.sentence, course.mention.first, course.mention.last)
    start, end = quote.start, quote.end
    for other in course.basis:
        if other.start >= course.sentence.start and other.end <= course.sentence.end:
            low, high = min(start, other.start), max(end, other.end)
            if high - low <= 200:
                start, end = low, high
    return context.quote_span(start, end)


def _outside(course: Course) -> list[Quote]:
    return [
        q
        for q in course.basis
        if not (
            course.sentence.start <= q.start and q.end <= course.sentence.end and q.end - course.sentence.start <= 200
        )
    ]
