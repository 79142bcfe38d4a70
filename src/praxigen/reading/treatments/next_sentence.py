"""What the sentences after a treatment add: that it was attended or not, how long it went on, what it did."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from praxigen.model.amount import Duration, Span, Unit
from praxigen.model.fact import State
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.treatments.course import Course
from praxigen.reading.treatments.effects import outcomes_in
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
        "ltg",
        "stg",
        "ltgs",
        "stgs",
        "goals",
    }
)

# With these a sentence may go on about the treatments, and may as well turn to something else.
_TELLS_OF_IT = frozenset(
    {
        "their",
        "his",
        "her",
        "its",
        "after",
        "afterwards",
        "afterward",
        "at",
        "by",
        "therapist",
        "therapists",
        "reports",
        "reported",
        "says",
        "said",
        "states",
        "stated",
        "feels",
        "felt",
        "pt",
        "nonetheless",
        "nevertheless",
        "but",
        "final",
        "discharge",
        "discharged",
        "in",
        "on",
        "mr",
        "ms",
        "mrs",
        "and",
        "so",
    }
)
_PAIN_OR_CARE = Pattern(
    r"\b(?:pain\w*|sciatica|symptoms?|relief|therap\w+|progress|plateau\w*|goals?|function\w*|improvement|benefit"
    r"|numbness|ache"
    r"|legs?|arms?|back|neck|discharge note)\b",
    re.IGNORECASE,
)


def _of_pain_or_care(sentence: Sentence) -> bool:
    if any(part.name in ("problem.other", "body.other") for part in sentence.parts):
        return False
    return _PAIN_OR_CARE.search(sentence.text) is not None or _AT_ITS_END.search(sentence.text) is not None


# "By his own account he was no better at the end": the end of the care that was told of.
_AT_ITS_END = Pattern(
    r"\b(?:at|by|towards?) (?:the end|completion|its end|the close|the finish)\b|\bwhen (?:it|they|he|she) (?:ended"
    r"|finished|stopped|was done)\b"
    r"|\bafter (?:it|them|that|all (?:of )?(?:this|that|these))\b",
    re.IGNORECASE,
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
    r"|four|five|six)\b|(?P<n2>\d+|one|two|three|four|five|six|a)\s+(?P<unit2>week|month|day|visit)s?)\b",
    re.IGNORECASE,
)

_QUOTED = 170  # characters
_SMALL = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def _what_became_of_it(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """The sentence after an order or a course says whether it was attended, or when it was left."""
    text = sentence.text
    last = courses[-1].sentence
    quote = context.quote_span(sentence.start, min(sentence.end, sentence.start + _QUOTED))
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
                count = Fraction(_SMALL.get(number.lower(), 0) or int(number))
                # Who quits in week 11 was there for ten weeks.
                least = Span(count - 1, Unit(unit.lower())) if left.group("n1") else None
                course.duration = Duration(least, Span(count, Unit(unit.lower())))
            course.basis.append(quote)


_AGAIN = Pattern(
    r"\W*(?:(?:it|this|they|she|he|the patient) )?(?:was |were |has been |had been )?(?:then |later |subsequently )?"
    r"(?:re-?started|resumed|re-?initiated|re-?enrolled|repeated|taken up again|put back on|went back|returned to (?:it"
    r"|this))\b",
    re.IGNORECASE,
)


def _taken_up_again(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """ "Pregabalin January to April, then off. Restarted in June for seven months.": a second course of the same."""
    text = context.text[sentence.start : sentence.end]
    last = courses[-1]
    if not _AGAIN.match(text) or last.state not in (State.DONE, State.PRESENT, State.PAST):
        return
    times = [time for time in context.times(sentence) if time.kind in ("duration", "range", "since") and time.duration]
    if len(times) != 1 or is_dosing(context, times[0]):
        return
    courses.append(
        replace(
            last,
            duration=times[0].duration,
            time=times[0],
            rule="again",
            basis=[*last.basis, context.quote_span(sentence.start, min(sentence.end, sentence.start + _QUOTED))],
            qualities=dict(last.qualities),
        )
    )


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
                    course.basis.append(context.quote_span(sentence.start, min(sentence.end, sentence.start + _QUOTED)))
            return


def _weightiest(outcomes: list[Mention], context: Context) -> Mention:
    """The first outcome; but "stopped because the pain had cleared" gives its reason, and the reason counts."""
    first = outcomes[0]
    stopped = first.name == "outcome.worse" and context.tokens.words[first.first] in ("stopped", "discontinued")
    return next((cue for cue in outcomes if stopped and cue.name == "outcome.good"), first)


def _begins_with_pain(sentence: Sentence) -> bool:
    """ "Low back pain no better.": the complaint that the treatment was for."""
    return any(c.name.startswith("symptom.") and c.first == sentence.first for c in sentence.concepts)


# "None of it has given him back his work": said of all the care before it, not of what stands last.
_OF_ALL = Pattern(
    r"\W*(?:and |but |so |unfortunately,? |sadly,? |in the end,? )*(?:none of|nothing|neither|not one of|no one of"
    r"|all of (?:this|these|it"
    r"|that|which)|all (?:this|these|failed|without)|everything|every one of)\b",
    re.IGNORECASE,
)
# Words that only point back: what they tell of has been named before.
_BACK = frozenset({"it", "this", "that", "them", "these", "those", "which", "so", "all"})


def _looks_back(sentence: Sentence, words: list[str]) -> bool:
    """Whether a sentence that begins in its own way still speaks of what was told before ("By June it had done"
    " ...")."""
    if any(part.name in ("problem.other", "body.other") for part in sentence.parts):
        return False
    if any(concept.name.startswith(_NEW_SUBJECTS) for concept in sentence.concepts):
        return False
    return not _BACK.isdisjoint(words[:8])


_NEW_SUBJECTS = (
    "surgery.",
    "trial.",
    "device.",
    "sign.",
    "imaging.",
    "redflag.",
    "psychiatric.",
    "evaluation.",
    "tobacco.",
    "substance.",
)
_SECOND = Pattern(r"[;,.]?\s*(?:and |but |while )?the other\b", re.IGNORECASE)


def _of_the_spine(context: Context, sentence: Sentence) -> list[Mention]:
    """The outcomes of a sentence, without those of its clause about another part of the body.

    "The knee responded fully; the other did not": the other is what was treated beside the knee.
    """
    outcomes = outcomes_in(context, sentence)
    other = next((part for part in sentence.parts if part.name == "body.other"), None)
    spine = any(part.name in ("body.lumbar", "body.cervical", "body.thoracic", "body.spine") for part in sentence.parts)
    turn = _SECOND.search(context.text, sentence.start, sentence.end)
    if turn is None or other is None or spine or context.start(other) > turn.start():
        return outcomes
    return [cue for cue in outcomes if context.start(cue) >= turn.start()]


def carry_over(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """A sentence right after the treatments says what they did ("None of these helped.", "She had no relief.")."""
    last = courses[-1].sentence
    if sentence.index - last.index > 2 or sentence.section is not last.section:
        return
    if sentence.index - last.index == 1:
        _what_became_of_it(context, sentence, courses)
        _length_told_next(context, sentence, courses)
        _taken_up_again(context, sentence, courses)
    outcomes = _of_the_spine(context, sentence)
    words = context.tokens.words[sentence.first : sentence.last]
    goes_on = words[0] in _CONTINUES or _begins_with_pain(sentence) or _looks_back(sentence, words)
    if not outcomes or not (goes_on or (words[0] in _TELLS_OF_IT and _of_pain_or_care(sentence))):
        return
    if any(c.name.startswith(("sign.", "imaging.", "trial.", "redflag.")) for c in sentence.concepts):
        return
    cue = _weightiest(outcomes, context)
    quote = context.quote(sentence, cue.first, cue.last)
    whole = sentence.section.kind == "prior_treatment" or _OF_ALL.match(sentence.text) is not None
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
