"""Relief told as a story: "ran at a 2 rather than his customary 8", "put it at 3, where it had been 8 for years".

The score with the treatment may stand before or after the old one, in figures or in words, in one sentence or in two.
What was lost again before the end counts as no relief.
"""

from __future__ import annotations

import re
from fractions import Fraction

from praxigen.reading.patterns import Pattern

_WORDS = {
    word: Fraction(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
}
_NUMBER = rf"(?:\d{{1,2}}(?:\.\d)?|(?:{'|'.join(_WORDS)})(?:e?s)?)"
_NO_UNIT = (
    r"(?![\d:])(?!\s*(?:%|percent|days?\b|nights?\b|hours?\b|hrs?\b|weeks?\b|wks?\b|months?\b|years?\b|mg\b|mcg\b|am\b"
    r"|pm\b|cm\b|mm\b|(?:st|nd|rd|th)\b|minutes?\b|min\b|blocks?\b|pills?\b|tablets?\b|times\b|of (?:the|these|his"
    r"|her)\b"
    r"|leads?\b|electrodes?\b|to \d+ (?:weeks|days)|/\s*\d{1,2}/|/\s*(?!10)\d))"
)
_OUT_OF = r"(?:\s*(?:/\s*10\b|out of (?:10|ten)\b))?"


def _score(name: str) -> str:
    """One score, or the run from one to another ("2 to 3", "a 2 or a 3")."""
    return (
        rf"(?:(?:an?|about|around|roughly|maybe|approximately|some|near|nearly|the|only|just|steady|solid"
        rf"|level)\s+)*[\"'“]?"
        rf"(?<![\d./])(?P<{name}>{_NUMBER})(?:\s*(?:-|–|to|or|and)\s*(?:an?"
        rf" )?(?P<{name}_worst>{_NUMBER}))?[\"'”]?{_OUT_OF}{_NO_UNIT}"
    )


_INSTEAD = (
    r"(?:rather than|instead of|in place of|as (?:compared|opposed) (?:to|with)|compared (?:to|with)|down from"
    r"|versus|vs\.?"
    r"|against|where (?:it|she|he|they|the \w+|(?:his|her) \w+) (?:had been|was|were|used to be|usually (?:is|was"
    r"|sat|ran|sits"
    r"|runs)|had (?:sat|run|lived|stood|stayed))|when (?:it|she|he) (?:had been|used to be|was)|from)"
)
_OLD = (
    r"(?:(?:his|her|the|their|its|an?)\s+)?(?:(?:usual|customary|typical|baseline|normal|average|former|previous|prior"
    r"|pre-?\s?trial|habitual|steady|constant|daily|score|pain|of|at|level|old)\s+)*"
)
# "ran at a 2 to 3 rather than his customary 8"
_AGAINST = Pattern(
    rf"\b(?:at|to|of|was|were|is|been|ran|runs|rated|scor\w+|reports?|reported|as|averag\w+|stayed|sat|hover\w*)\s+"
    rf"{_score('after')}[\s,;(–-]{{1,4}}{_INSTEAD}\s+{_OLD}{_score('before')}",
    re.IGNORECASE,
)
_LIVED = (
    r"(?:baseline|usual(?:ly)?|typical(?:ly)?|normally|customar(?:y|ily)|ordinar(?:y|ily)|pre-?\s?trial|beforehand"
    r"|before (?:it|that|this|the (?:trial|leads?|procedure|device|stim\w*|wires))|prior to (?:it|the \w+)|going in"
    r"|went in"
    r"|started|starting|lived|lives|used to|came in|walked in|average[sd]?|on (?:a|an) (?:\w+ )?day)"
)
_WITH_IT = (
    r"(?:with (?:it|the \w+|stim\w*|both)|during|while|once|on (?:it|the (?:stim\w*|device|trial|leads?|program))"
    r"|by (?:the )?(?:\w+ )?(?:day|night|morning|evening|end|time)(?: (?:\d+|two|three|four|five|six|seven))?"
    r"|by (?:mon|tues|wednes|thurs|fri|satur|sun)day|now|today|at (?:removal|lead pull|the end|the pull|its best)"
    r"|when (?:the|his|her|we)|after (?:the )?(?:first|second|third)|this (?:week|morning)|(?:on|through|for) (?:the )?"
    r"(?:last|final|rest|remaining|most)\b|from (?:the )?(?:second|first|third|day))"
)
# "She lived at a 9. With it on she was a 3 by the second day."
_THEN = Pattern(
    rf"\b{_LIVED}\b[^;%\d\n]{{0,45}}?\b{_score('before')}(?:[^;%\d\n]|\b[dD]ay \d+){{0,110}}?\b{_WITH_IT}\b"
    rf"[^;%\d\n]{{0,55}}?\b(?:at|to|of|was|were|is|been|ran|reading|rated|an?|scor\w+|down|averag\w+|hover\w*)\s+"
    rf"{_score('after')}",
    re.IGNORECASE,
)
# Mornings that used to be sevens and eights were ones and twos.
_USED_TO_BE = Pattern(
    rf"\b(?:used to (?:be|run)|had (?:always )?been|were once|once were)\s+{_score('before')}[^;.%\d]{{0,30}}?\b"
    rf"(?:were|are|was|is|became|had become|have become|ran|turned to)\s+(?:now )?{_score('after')}",
    re.IGNORECASE,
)
# "Leg 8 before, 2 during".
_PAIR = Pattern(
    rf"{_score('before')}\s*(?:before(?:hand)?|pre(?:-?\s?trial)?|at baseline|at the start|off)\s*[,;/]?\s*(?:and "
    rf"|then |but )?{_score('after')}\s*"
    r"(?:during|with|on|after|at the end|now|at removal)\b",
    re.IGNORECASE,
)
# "He would put the pain at 6 where it was 7 before."
_WOULD_SAY = Pattern(r"\bwould (?:put|say|rate|call|score|give)\b", re.IGNORECASE)
# He rates his improvement at "70, maybe 75".
_RATED = Pattern(
    r"\b(?:rat(?:es?|ed|ing)|puts?|calls?|called|estimat\w+|gives?|gave|scor\w+|judg\w+|quantif\w+"
    r"|describ\w+)\b[^.;%\d]{0,30}"
    r"\b(?:improvement|relief|reduction|benefit)\b[^.;%\d]{0,14}[\"'“]?(?P<low>[1-9][05]"
    r"|100)(?P<high>[^.;%\d]{1,12}[1-9][05])?"
    r"[\"'”]?(?![\d%/])(?!\s*(?:percent|days|weeks|hours|minutes|mg|feet|yards|years|months|blocks|times))",
    re.IGNORECASE,
)
_SHARES = {
    "a quarter": Fraction(25),
    "a third": Fraction(33),
    "one third": Fraction(33),
    "half": Fraction(50),
    "two thirds": Fraction(66),
    "three quarters": Fraction(75),
    "three fourths": Fraction(75),
}
# "Roughly two thirds of her usual leg pain had gone".
_SHARE_GONE = Pattern(
    rf"\b(?P<share>{'|'.join(word.replace(' ', '[- ]') for word in _SHARES)}) of (?:his|her|the"
    rf"|their) (?:\w+ ){{0,3}}?(?:pain|discomfort|symptoms|sciatica) "
    r"(?:was |is |had |has |had been |has been |were |have )?(?:gone|disappeared|vanished|relieved|resolved|lifted"
    r"|went away|left (?:him|her))\b",
    re.IGNORECASE,
)
_HALVED = Pattern(
    r"\b(?:(?P<more>more than|better than|over)\s+)?halv(?:ed|ing)\s+(?:his|her|the|their)\s+(?:\w+ )?(?:pain"
    r"|symptoms|scores?)\b"
    r"|\b(?:pain|scores?) (?:was|were|is|has been|had been) (?:(?P<well>more than|well more than)\s+)?(?:halved"
    r"|cut in half)\b",
    re.IGNORECASE,
)
_LOST_AGAIN = Pattern(
    r"\b(?:then (?:back|up|rose|climbed)|(?:crept|climbed|went|rose|came) (?:right )?(?:back|up)|back (?:up )?to"
    r"|returned"
    r"|wore off|lost|where (?:it|she|he|they|the pain) (?:had )?(?:started|began|was before)|worse again"
    r"|never again)\b",
    re.IGNORECASE,
)
_ABOUT_PAIN = Pattern(
    r"\b(?:pain|leg|legs|back|arm|foot|nrs|vas|nprs|scores?|numeric|hurt\w*|ache\w*|burning|rates?|rated|symptoms"
    r"|buttock)\b"
    r"|/\s*10|out of (?:10|ten)",
    re.IGNORECASE,
)
_NOT_TOLD_AS_SO = Pattern(
    r"\b(?:if|goal|hop(?:e|es|ing)|expect\w*|would|should|must|criteri\w+|threshold|aim\w*|target\w*|oswestry|odi"
    r"|phq|gad"
    r"|steps|hours of sleep|function score)\b",
    re.IGNORECASE,
)
_TOP = 10


def told_relief(text: str) -> tuple[Fraction, int, int, bool] | None:
    """Percent of the pain that a story says is gone, where it says it, and whether that is a least ("more than")."""
    for pattern in (_AGAINST, _USED_TO_BE, _PAIR, _THEN):
        for match in pattern.finditer(text):
            told = _between(text, match)
            if told is not None:
                return told
    rated = _RATED.search(text)
    if rated is not None and not _NOT_TOLD_AS_SO.search(text[: rated.start()]):
        return Fraction(rated["low"]), rated.start(), rated.end(), False
    share = _SHARE_GONE.search(text)
    if share is not None and not _NOT_TOLD_AS_SO.search(text[: share.start()]):
        return _SHARES[share["share"].lower().replace("-", " ")], share.start(), share.end(), False
    halved = _HALVED.search(text)
    if halved is not None and not _NOT_TOLD_AS_SO.search(text[: halved.start()]):
        return Fraction(50), halved.start(), halved.end(), bool(halved["more"] or halved["well"])
    return None


def _between(text: str, match: re.Match[str]) -> tuple[Fraction, int, int, bool] | None:
    before, after = _value(match["before"]), _value(match["after_worst"] or match["after"])
    if not 0 < before <= _TOP or after > before:
        return None
    around = text[max(0, match.start() - 60) : match.end() + 20]
    if not _ABOUT_PAIN.search(around) or _NOT_TOLD_AS_SO.search(_WOULD_SAY.sub("", around)):
        return None
    if _LOST_AGAIN.search(text, match.end()):
        return Fraction(0), match.start(), match.end(), False
    return (before - after) / before * 100, match.start(), match.end(), False


def _value(told: str) -> Fraction:
    told = told.lower()
    if told[0].isdigit():
        return Fraction(told)
    return next(_WORDS[word] for word in (told, told.removesuffix("s"), told.removesuffix("es")) if word in _WORDS)
