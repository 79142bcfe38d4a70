"""The patient's age, as a note states it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from praxigen.model.amount import Quantity
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern

_WAYS = (
    (
        r"(?P<old>\d(?<!\w\d)\d{0,2})[\s-]*(?:years?|yrs?)[\s-]*old\b(?!\s*(?:injury|fracture|fusion|surgery|accident|fall|history"
        r"|son|daughter|child|grand\w+|wound|scar|compression|implant|hardware|device))"
    ),
    r"(?P<yo>\d(?<!\w\d)\d{0,2})[\s-]?(?:yo\b|y/o\b|y\.o\.|y\.?/o\b)",
    r"\b(?:patient(?:'s)? )?age\s*(?::|is|=)\s*(?P<age>\d{1,3})\b(?!\s*(?:%|weeks|months|days))",
    r"\b(?:patient|she|he) is (?P<is>\d{1,3})(?:\s+years of age|(?=[.,;]| and\b))",
)
_AGE = Pattern("|".join(_WAYS), re.IGNORECASE)
_EACH_WAY = tuple(Pattern(way, re.IGNORECASE) for way in _WAYS)  # each with the words that it needs


def _stated(context: Context, sentence: Sentence) -> Iterator[re.Match[str]]:
    """Where a sentence states an age, in any way."""
    ways = [way for way in _EACH_WAY if way.may_match(sentence.text)]
    return (ways[0] if len(ways) == 1 else _AGE).finditer(context.text, sentence.start, sentence.end)


# The age of something else, or at another time: "fell when she was 40 years old", "her 80-year-old mother".
_OTHER_TIME = Pattern(r"\b(?:when|since|until|at|before|after|by|age of|aged)\s+(?:\w+\s+){0,3}?$", re.IGNORECASE)
_RELATIVE = Pattern(
    r"\b(?:mother|father|sister|brother|son|daughter|wife|husband|spouse|parent|child|aunt|uncle|grand\w+)\b"
    r"[^.;]{0,25}$",
    re.IGNORECASE,
)
_RELATIVE_AFTER = Pattern(
    r"\s*(?:\w+\s)?(?:mother|father|sister|brother|son|daughter|wife|husband|grand\w+|spouse)\b", re.IGNORECASE
)
_THEN = Pattern(r"\s*(?:,\s*)?(?:when|at the time|at that time|then)\b", re.IGNORECASE)
_SKIPPED = frozenset({"education", "consent", "family", "allergies", "goals", "social", "past_medical"})
_OLDEST = 120


def age_facts(context: Context) -> Iterator[Fact]:
    """One fact for each place where the note states how old the patient is now."""
    for sentence in context.page.where(*_EACH_WAY):
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim:
            continue
        for match in _stated(context, sentence):
            years = int(match.group(match.lastindex or 0))
            before = context.text[sentence.start : match.start()]
            after = context.text[match.end() : sentence.end]
            if years > _OLDEST or _OTHER_TIME.search(before) or _RELATIVE.search(before):
                continue
            if _RELATIVE_AFTER.match(after) or _THEN.match(after):
                continue
            mention = mention_at(context.page, sentence, match.start(), match.end())
            sense = context.sense(mention, sentence)
            if sense.who is Who.OTHER or sense.state in (State.HYPOTHETICAL, State.CLAIMED, State.ABSENT):
                continue
            age = Fraction(years)
            yield context.fact("patient.age", State.PRESENT, sentence, mention, "age", quantity=Quantity(age, age, "y"))
