"""What the sentences after a treatment add: that it was attended or not, how long it went on, what it did."""

from __future__ import annotations

import re
from fractions import Fraction

from praxigen.model.amount import Duration, Span, Unit
from praxigen.model.fact import State
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.treatments.course import Course
from praxigen.reading.treatments.lengths import is_dosing

_CONTINUES = frozenset(
    {
        "this",
        "these",
        "they",
        "it",
        "that",
        "neither",
        "none",
        "nothing",
        "both",
        "all",
        "she",
        "he",
        "unfortunately",
        "without",
        "no",
        "despite",
        "however",
        "relief",
        "response",
        "pain",
        "symptoms",
        "minimal",
        "temporary",
        "only",
        "some",
        "little",
        "not",
        "did",
        "gave",
        "helped",
        "which",
        "each",
        "result",
        "results",
        "outcome",
        "patient",
        "the",
        "had",
        "there",
        "still",
        "yet",
        "overall",
        "quit",
        "stopped",
        "finished",
        "completed",
    }
)

_WENT = Pattern(
    r"\b(?:went throughout|(?:attended|able to attend) (?:all|every|throughout|each)|completed (?:it|them|all|the)"
    r"|finish\w* (?:it|all|the|them)|went to (?:all|every)|did all|was compliant)\b",
    re.IGNORECASE,
)

_NEVER_WENT = Pattern(
    r"\b(?:never (?:went|attended|started|came|took)|(?:was|were) (?:not able|unable) to (?:attend|go"
    r"|start)|did not (?:go|attend|start|follow through|take)|could not (?:attend|go|start)|not attended"
    r"|no[- ]show\w*)\b",
    re.IGNORECASE,
)

_LEFT = Pattern(
    r"\b(?:quit|stopped|left|dropped out|discontinued|gave up|self-discharged)\b[^.;]{0,25}?\b(?:in|after"
    r"|at|by)\s+(?:only |just |about )?(?:(?P<unit1>week|month|day|visit)s?\s+(?P<n1>\d+|one|two|three"
    r"|four|five|six)|(?P<n2>\d+|one|two|three|four|five|six|a)\s+(?P<unit2>week|month|day|visit)s?)\b",
    re.IGNORECASE,
)

_SMALL = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def _what_became_of_it(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """The sentence after an order or a course says whether it was attended, or when it was left."""
    text = sentence.text
    last = courses[-1].sentence
    quote = context.quote_span(sentence.start, min(sentence.end, sentence.start + 170))
    left = _LEFT.search(text)
    for course in courses:
        if course.sentence.index != last.index:
            continue
        if _NEVER_WENT.search(text):
            course.state, course.rule, course.duration = State.ABSENT, "never-went", None
            course.basis = [quote]
        elif _WENT.search(text) and course.state in (State.PLANNED, State.POSSIBLE):
            course.state, course.rule = State.DONE, "went"
            course.basis.append(quote)
        elif left:
            unit = left.group("unit1") or left.group("unit2")
            number = left.group("n1") or left.group("n2")
            course.duration = None
            if unit.lower() != "visit":
                span = Span(Fraction(_SMALL.get(number.lower(), 0) or int(number)), Unit(unit.lower()))
                course.duration = Duration(None, span)
            course.basis.append(quote)


def _length_told_next(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """ "Naproxen has not helped. Was taken for 6 weeks.": the length may stand in the next sentence."""
    if any(c.name.startswith("symptom.") for c in sentence.concepts):
        return
    words = context.tokens.words[sentence.first : sentence.first + 2]
    if not words or words[0] not in (
        "was",
        "were",
        "treated",
        "it",
        "they",
        "this",
        "these",
        "course",
        "duration",
        "total",
        "all",
        "taken",
        "given",
    ):
        return
    last = courses[-1].sentence
    for time in context.times(sentence):
        if time.kind in ("duration", "range", "since") and time.duration is not None and not is_dosing(context, time):
            for course in courses:
                if course.sentence.index == last.index and course.duration is None:
                    course.duration, course.time = time.duration, time
                    course.basis.append(context.quote_span(sentence.start, min(sentence.end, sentence.start + 170)))
            return


def _weightiest(outcomes: list[Mention], context: Context) -> Mention:
    """The first outcome; but "stopped because the pain had cleared" gives its reason, and the reason counts."""
    first = outcomes[0]
    stopped = first.name == "outcome.worse" and context.tokens.words[first.first] in ("stopped", "discontinued")
    return next((cue for cue in outcomes if stopped and cue.name == "outcome.good"), first)


def _begins_with_pain(sentence: Sentence) -> bool:
    """ "Low back pain no better.": the complaint that the treatment was for."""
    return any(c.name.startswith("symptom.") and c.first == sentence.first for c in sentence.concepts)


def carry_over(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """A sentence right after the treatments says what they did ("None of these helped.", "She had no relief.")."""
    last = courses[-1].sentence
    if sentence.index - last.index > 2 or sentence.section is not last.section:
        return
    if sentence.index - last.index == 1:
        _what_became_of_it(context, sentence, courses)
        _length_told_next(context, sentence, courses)
    outcomes = [cue for cue in sentence.cues if cue.name.startswith("outcome.")]
    words = context.tokens.words[sentence.first : sentence.last]
    if not outcomes or (words[0] not in _CONTINUES and not _begins_with_pain(sentence)):
        return
    if any(c.name.startswith(("sign.", "imaging.", "trial.", "redflag.")) for c in sentence.concepts):
        return
    cue = _weightiest(outcomes, context)
    quote = context.quote(sentence, cue.first, cue.last)
    whole = sentence.section.kind == "prior_treatment"
    for course in courses:
        same = course.sentence.section is sentence.section if whole else course.sentence.index == last.index
        if same and (
            course.outcome is None or (words[0] in ("none", "neither", "nothing") and cue.name == "outcome.none")
        ):
            course.outcome = cue.name.partition(".")[2]
            course.qualities["outcome"] = (course.outcome,)
            course.basis.append(quote)
            if course.state is State.POSSIBLE and course.rule == "mention":
                course.state, course.rule = State.DONE, "outcome.next"
