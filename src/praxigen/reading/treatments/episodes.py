"""Many mentions of one treatment are one episode; care for an earlier illness is another."""

from __future__ import annotations

import re
from itertools import pairwise

from praxigen.model.fact import State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import mention_at
from praxigen.reading.patterns import Pattern
from praxigen.reading.treatments.course import BODY_OTHER, Course


def said_of_all(courses: list[Course]) -> None:
    """ "Failing nonsurgical treatment", said by the clinician, holds for the treatments that the note tells of."""
    verdict = next(
        (
            c
            for c in courses
            if c.mention.name == "treatment.unspecified"
            and c.outcome == "none"
            and c.state is State.DONE
            and c.who is Who.PATIENT
            and c.qualities.get("region") != (BODY_OTHER,)
        ),
        None,
    )
    if verdict is None:
        return
    for course in courses:
        if (
            course is not verdict
            and course.outcome is None
            and course.state in (State.DONE, State.PRESENT)
            and course.duration is not None
        ):
            course.outcome = verdict.outcome
            course.qualities["outcome"] = (str(verdict.outcome),)
            course.basis.append(verdict.sentence_quote)


def told_below(context: Context, courses: list[Course]) -> None:
    """ "Nonoperative care, all without benefit:" over a list is its items, and no further course of unknown length."""
    for head, first in list(pairwise(courses)):
        heads_a_list = (
            head.mention.name == "treatment.unspecified"
            and head.state is State.DONE
            and head.duration is None
            and context.text[head.sentence.end - 1] == ":"
            and first.sentence.index == head.sentence.index + 1
            and first.duration is not None
            and first.outcome == head.outcome
        )
        if heads_a_list:
            courses.remove(head)


def nothing_else(context: Context, courses: list[Course]) -> None:
    """ "No other treatment", or none of an older complaint: not nothing at all, where the note tells of some.

    Where whatever the note names was refused or not received, "no other treatment" means that there was none.
    """
    given = any(c.state in (State.DONE, State.PRESENT) and c.who is Who.PATIENT for c in courses)
    if given:
        for course in courses:
            told = context.text[course.sentence.start : course.sentence.end]
            if (
                course.mention.name == "treatment.unspecified"
                and course.state is State.ABSENT
                and _AT_ANOTHER_TIME.search(told)
            ):
                course.state, course.rule = State.PAST, "not-then"
            elif _of_another_region(course, courses):
                course.state, course.rule = State.PAST, "not-there"
        return
    unset = [c for c in courses if c.state not in (State.ABSENT, State.DECLINED, State.DENIED)]
    if unset or not courses:
        return
    first = courses[0].sentence.index
    for sentence in context.page.sentences[first : first + 5]:
        match = _NOTHING_ELSE.search(context.text, sentence.start, sentence.end)
        if match is not None:
            mention = mention_at(context.page, sentence, match.start(), match.end())
            mention.name = "treatment.unspecified"
            course = Course(mention, sentence, State.ABSENT, Who.PATIENT, "nothing-else")
            course.sentence_quote = context.quote(sentence, mention.first, mention.last)
            courses.append(course)
            return


def _of_another_region(none: Course, courses: list[Course]) -> bool:
    """ "No treatment for the neck", where the note tells of care of the back: no word against that care."""
    region = none.qualities.get("region")
    if none.mention.name != "treatment.unspecified" or none.state is not State.ABSENT or region is None:
        return False
    return any(
        c.state in (State.DONE, State.PRESENT)
        and c.who is Who.PATIENT
        and c.qualities.get("region") not in (None, region, (BODY_OTHER,))
        for c in courses
    )


_AT_ANOTHER_TIME = Pattern(
    r"\b(?:no other|(?:in|the) (?:early |mid |late )?-?(?:19|20)\d\ds?|over the years|years ago|at (?:that"
    r"|the) time)\b",
    re.IGNORECASE,
)
_NOTHING_ELSE = Pattern(
    r"\b(?:no other (?:conservative )?(?:treatments?|care|therapy|measures)|nothing else (?:has been |was )?(?:tried"
    r"|done)"
    r"|(?:not|nor|never) [^.;]{0,60}\bor any other (?:conservative )?(?:treatment|care|therapy))\b",
    re.IGNORECASE,
)


def one_episode(courses: list[Course]) -> None:
    """Several mentions of one treatment are one episode: where one says how long and another what it did, both hold."""
    by_name: dict[str, list[Course]] = {}
    for course in courses:
        if course.state in (State.DONE, State.PRESENT) and course.who is Who.PATIENT:
            by_name.setdefault(course.mention.name, []).append(course)
    for same in by_name.values():
        outcomes = {course.outcome for course in same if course.outcome}
        spans = [course for course in same if course.duration is not None]
        if len(outcomes) != 1 or not spans:
            continue
        told = next(course for course in same if course.outcome)
        for course in spans:
            if (
                course.outcome is None
                and course is not told
                and course.qualities.get("region")
                in (None, told.qualities.get("region", course.qualities.get("region")))
            ):
                course.outcome = told.outcome
                course.qualities["outcome"] = (str(told.outcome),)
                course.basis.append(told.sentence_quote)


_OLD = Pattern(
    r"\b(?:earlier|previous|prior|old|another)\s+(?:\w+\s+)?(?:episode|injury|sprain|strain|accident"
    r"|fall)\b|\b(?:19|20)\d\d episode\b|\bfor (?:a|an|the|his|her) (?:\w+\s+){0,2}(?:whiplash|sprain"
    r"|strain|fall|accident|injury|episode) in (?:19|20)\d\d\b|\bin (?:19|20)\d\d (?:was|were) treated\b",
    re.IGNORECASE,
)


def earlier_episodes(context: Context, courses: list[Course]) -> None:
    """Care for an episode that is over says nothing about the present one."""
    for course in courses:
        text = context.text[course.sentence.start : course.sentence.end]
        if _OLD.search(text):
            course.qualities["episode"] = ("earlier",)
            if course.state in (State.DONE, State.PRESENT):
                course.state, course.rule = State.PAST, "earlier-episode"
