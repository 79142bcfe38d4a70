"""Scales of disability beside Oswestry and Roland-Morris: that one was taken, with its number."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from praxigen.model.amount import Quantity
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import mention_at
from praxigen.reading.patterns import Pattern

_SKIPPED = frozenset({"education", "consent", "family", "allergies", "goals"})
_NAMES = (
    ("score.neck_disability", Pattern(r"\bNDI\b|\b[Nn]eck [Dd]isability [Ii]ndex\b")),
    (
        "score.other_disability",
        Pattern(
            r"\bPDAS\b|\b[Pp]ain [Dd]isability (?:[Aa]ssessment [Ss]cale|[Ii]ndex)\b|\b[Qq]uebec(?: [Bb]ack)?"
            r"(?: [Pp]ain)?(?: [Dd]isability)?(?: [Ss]cale)?\b|\bBPFS\b"
            r"|\b[Bb]ack [Pp]ain [Ff]unction(?:al)? [Ss]cale\b|\bPROMIS\b"
        ),
    ),
)
_NUMBER = Pattern(
    r"(?:\s*(?:\([A-Za-z]+\)|[Pp]hysical [Ff]unction|[Pp]ain [Ii]nterference|[Gg]lobal|score|T-score|index|is|was|of"
    r"|at|today|:|=|,|-))*\s*(?P<value>\d{1,3})(?:\.\d)?\b(?!\s*(?:weeks?|months?|days?|years?))"
)
_AIM = Pattern(r"\b(?:goal|target|aim|if|until|below)\b[^.;]{0,30}$")


def disability_scale_facts(context: Context) -> Iterator[Fact]:
    """One fact for each scale with its number; a scale that is only named, planned or aimed at gives none."""
    for sentence in context.page.where(*(name for _, name in _NAMES)):
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim:
            continue
        text = sentence.text
        for concept, name in _NAMES:
            for match in name.finditer(text):
                number = _NUMBER.match(text, match.end())
                if number is None or _AIM.search(text[: match.start()]):
                    continue
                start, end = sentence.start + match.start(), sentence.start + number.end()
                mention = mention_at(context.page, sentence, start, end, concept)
                sense = context.sense(mention, sentence)
                if sense.who is Who.OTHER or sense.state in (State.HYPOTHETICAL, State.CLAIMED, State.ABSENT):
                    continue
                value = Fraction(number.group("value"))
                yield context.fact(
                    concept, State.PRESENT, sentence, mention, "score.scale", quantity=Quantity(value, value, "points")
                )
