"""Relief that changed during a trial: scores day by day, and a gain that was lost again or came later.

What counts is how the trial ended: 8 before, 3 on the first day and 7 at the removal of the leads are no relief.
"""

from __future__ import annotations

import re
from fractions import Fraction

from praxigen.reading.patterns import Pattern

_SCORE = r"(?P<{0}>\d{{1,2}}(?:\.\d)?)(?:\s*/\s*10)?(?![\d/]|\s*(?:%|percent|days?\b|hours?\b|hrs?\b|weeks?\b|mg\b))"
_RUN = r"(?:\s*(?:-|–|to)\s*(?P<{0}>\d{{1,2}}(?:\.\d)?))?(?:\s*/\s*10)?"
_BEFORE_WORDS = r"(?:baseline|base|pre(?:-?\s?trial)?|before(?: the trial)?|usual(?: pain)?|at the start)"
_BASE = Pattern(rf"\b{_BEFORE_WORDS}\b[^\d%;.]{{0,22}}{_SCORE.format('base')}", re.IGNORECASE)
_BASE_AFTER = Pattern(
    rf"\b{_SCORE.format('base')}\s*(?:on entry|going in|at baseline|at the start|before(?: the)? trial|to start)\b",
    re.IGNORECASE,
)
_DAY = (
    r"(?:d(?:ay)?\s?#?\s?\d{1,2}|(?:the )?(?:last|final) day|(?:lead )?(?:removal|pull)"
    r"|(?:the )?end(?: of (?:the )?trial)?)"
)

_DAY_THEN = Pattern(
    rf"\b{_DAY}\b[\s:,=–-]{{0,4}}(?:(?:pain|nrs|vas|was|of|it was|at)\s+){{0,2}}{_SCORE.format('score')}", re.IGNORECASE
)
_THEN_DAY = Pattern(rf"\b{_SCORE.format('score')}\s+(?:on|by|at|through)\s+{_DAY}\b", re.IGNORECASE)

_DEVICE = r"(?:the )?(?:stim\w*|scs|device|trial)"
# "Pain on stim 2-3/10 compared to 8/10 off", "with stimulation 6/10, without 8/10"
_ON_AND_OFF = Pattern(
    r"\b(?:on|with"
    rf"|during)\s+{_DEVICE}\b[^\d%;.]{{0,20}}(?P<after>\d{{1,2}}(?:\.\d)?){_RUN.format('worst')}[^\d%;.]{{0,30}}?"
    r"(?:(?P<off>\d{1,2}(?:\.\d)?)\s*(?:/\s*10)?\s*(?:off|before|without|at baseline)\b"
    r"|\b(?:off|without|before)\b[^\d%;.]{0,15}(?P<without>\d{1,2}(?:\.\d)?)\b(?!\s*(?:%|days|hours)))",
    re.IGNORECASE,
)
# "Pre-trial 8, during trial 2"; "usual pain 8, on the stim it ran 2 to 3"
_BEFORE_AND_ON = Pattern(
    rf"\b{_BEFORE_WORDS}\b[^\d%;.]{{0,15}}{_SCORE.format('off')}[^\d%;]{{0,25}}?\b(?:on|with|during)\s+{_DEVICE}\b"
    rf"[^\d%;.]{{0,18}}(?P<after>\d{{1,2}}(?:\.\d)?){_RUN.format('worst')}(?![\d/]|\s*(?:%|days|hours))",
    re.IGNORECASE,
)

# A share that held only at first ...
_AT_FIRST = Pattern(
    r"\b(?:(?:on |for |only )?(?:the )?first (?:\w+ )?(?:day|days|night|hours|afternoon)|at first"
    r"|initially|to begin with|early on|for (?:a|one|two|three|1|2|3"
    r"|a few|a couple of) (?:days?|hours?|nights?)|(?:on )?day (?:1|one)\b|in the hours)\b",
    re.IGNORECASE,
)
# ... and what tells that another came after it, or none.
_AFTERWARDS = Pattern(
    r"\b(?:then|after (?:which|that|reprogramming|day \d)|afterwards?|thereafter|dropp\w+|fell|fad\w+"
    r"|decreas\w+|wore off|the rest of|since(?: then)?|by (?:day|the end)"
    r"|through the end|at the end|for the (?:rest|remainder))\b",
    re.IGNORECASE,
)
_LOST = Pattern(
    r"\b(?:none|nothing|no (?:relief|benefit|effect|help)) (?:since|after(?:wards?| that)?|thereafter"
    r"|from then)\b|\b(?:lost|wore off|faded|gone) (?:since|after|by day|on day|the next day)\b",
    re.IGNORECASE,
)


def scores_over_time(text: str) -> tuple[Fraction, Fraction, int, int] | None:
    """The score before and the last one told of a series, or of a pair that names the device; with where they stand."""
    base = _BASE.search(text) or _BASE_AFTER.search(text)
    if base is not None:
        for pattern in (_DAY_THEN, _THEN_DAY):
            points = [
                point for point in pattern.finditer(text, 0, len(text)) if point.start("score") != base.start("base")
            ]
            if len(points) >= _A_SERIES and _BACK.search(text, base.start()) is None:
                return Fraction(base["base"]), Fraction(points[-1]["score"]), base.start(), points[-1].end()
    for pattern in (_ON_AND_OFF, _BEFORE_AND_ON):
        match = pattern.search(text)
        if match is not None:
            groups = match.groupdict()
            before = groups.get("off") or groups.get("without")
            after = max(Fraction(groups["after"]), Fraction(groups["worst"] or groups["after"]))
            return Fraction(before or 0), after, match.start(), match.end()
    return None


_BACK = Pattern(
    r"\b(?:then back|back (?:up )?to|returned to|crept|climbed)\b", re.IGNORECASE
)  # another pattern's story
_A_SERIES = 2  # scores after the one before; a single one is a pair, which other patterns read


def did_not_last(text: str, start: int, end: int, following: int) -> bool:
    """Whether the share that stands from `start` to `end` held only at first, and another at `following` came later."""
    near = text[max(0, start - 30) : following]
    return _AT_FIRST.search(near) is not None and _AFTERWARDS.search(text, end) is not None


def was_lost(text: str, end: int) -> bool:
    """Whether the words after a share say that nothing was left of it."""
    return _LOST.search(text, end) is not None
