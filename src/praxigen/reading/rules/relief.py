"""How much relief a sentence tells of: in percent, as a share, or as a pain score before and after."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from praxigen.model.amount import Quantity
from praxigen.model.frozen import frozen
from praxigen.reading.patterns import Pattern
from praxigen.reading.rules.relief_over_time import did_not_last, scores_over_time, was_lost
from praxigen.reading.rules.relief_told import told_relief

_PERCENT = Pattern(
    r"(?P<more>(?:>|≥|>=|no less than|not less than|no fewer than|at least|more than|greater than|over"
    r"|better than|in excess of"
    r"|exceed\w*)\s*)?(?P<less>(?:<|(?<!no )(?<!not )less than|under|only|below|no more than)\s*)?(?P<about>(?:about"
    r"|approximately|approx\.?|roughly|around|~|an?)\s*)?\b(?P<low>\d{1,3}(?:\.\d+)?)\s*%?\s*(?:(?:-|–"
    r"|to)\s*(?P<high>\d{1,3})\s*)?(?P<sign>%|percent\b)",
    re.IGNORECASE,
)
_RELIEF_NEAR = Pattern(
    r"\b(?:relief|down|gone|reduc\w*|improve\w*|better|decreas\w*|drop\w*|less (?:\w+ ){0,2}pain|pain control"
    r"|benefit|relieved|successful|fell|fall\w*|best)\b",
    re.IGNORECASE,
)
_NOT_RELIEF = Pattern(
    r"\b(?:coverage|overlap|paresthesia coverage|sleep|function\w*|activity|opioid|medication|analgesic"
    r"|charge|battery|ejection|disability|oswestry|odi|range|risk|amplitude|walk\w*|criteria|defined|goal"
    r"|require[sd]?|threshold|expect\w*|if)\b",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = Pattern(
    r"\b(?:sleep|function\w*|activit\w+|opioid\w*|medication\w*|\w+codone|morphine|tramadol|gabapentin"
    r"|dose|dosing|walking|steps?|coverage|overlap|mood|standing|appetite|range of motion|use"
    r"|intake|analgesics?|narcotics?|medicines?|pills?|mme)\b[^.;,]{0,28}$",
    re.IGNORECASE,
)
# "60% reduction in opioid use", "40% improvement in walking": less or more of something that is not pain.
_LESS_OF_SOMETHING_ELSE = Pattern(
    r"\s*(?:reduction|decrease|drop|fall|decline|improvement|increase|less|fewer|lower)\s+(?:in |of )?"
    r"(?:(?:his|her|the|their|daily|overall|total|use of|pain|oral)\s+){0,3}"
    r"(?:opioid\w*|opiates?|narcotics?|analgesics?|medication\w*|medicines?|meds|pills?|mme|\w+codone|morphine"
    r"|tramadol|gabapentin|pregabalin|function\w*|sleep|walking|standing|sitting|activit\w+|mobility)\b",
    re.IGNORECASE,
)
# Percents of a rating, not of pain.
_RATING = Pattern(r"\b(?:disabilit\w+|impairment|apportion\w*|service[- ]connect\w*)\b[^.;]*$", re.IGNORECASE)
_NEVER_REACHED = Pattern(
    r"\b(?:never|not|n't|failed to|without|short of|below|did not|no more than)\b[^.;,]{0,25}$", re.IGNORECASE
)
_HALF = Pattern(
    r"\b(?:(?P<how>less than|more than|over|better than|at least|under|not even"
    r"|below)\s+)?half\b(?:\s+of)?(?:\s+(?:the|her|his|their))?\s*"
    r"(?:(?:usual|typical|baseline|former|normal|low|back|leg|arm|neck|limb|foot|hand|and|buttock)\s+){0,4}"
    r"(?:pain |)?(?:relief|pain|reduction"
    r"|improvement|better|of (?:her|his|the) pain|as much pain)\b|\b(?:cut|reduced"
    r"|lowered) (?:\w+ ){0,3}(?:in|by) (?P<cut>half)\b",
    re.IGNORECASE,
)
_PARTS = {
    "a third": Fraction(33),
    "one third": Fraction(33),
    "two thirds": Fraction(66),
    "a quarter": Fraction(25),
    "one quarter": Fraction(25),
    "three quarters": Fraction(75),
    "three fourths": Fraction(75),
}
_PART = Pattern(
    r"\b(?P<how>at best|more than|over)?\s*(?:about |only |maybe )?(?P<part>a third|one[- ]third"
    r"|two[- ]thirds|a quarter|one[- ]quarter|three[- ]quarters|three[- ]fourths)\b(?! of (?:its|her|his"
    r"|the) (?:usual|former|previous))",
    re.IGNORECASE,
)
_SCORES = Pattern(
    r"\b(?:from|was|baseline(?: of)?|pre-?trial)?\s*(?:an? )?(?:average )?(?:of )?"
    r"(?P<before>\d{1,2}(?:\.\d)?)\s*(?:/\s*10)?[^.;%\d]{0,55}?"
    r"\b(?:to|down to|during(?: the)? trial|with (?:the )?(?:stimulat\w+|trial)|on (?:the )?trial|->|→|now)"
    r"\s*(?:an? )?(?:average )?(?:of )?(?:about |approximately |around )?"
    r"(?P<after>\d{1,2}(?:\.\d)?)(?!\d)(?:\s*/\s*10)?(?!\s*(?:%|days|hours|weeks|am|pm|mg|:))",
    re.IGNORECASE,
)
_TWO_SCORES = Pattern(
    r"\b(?P<before>\d{1,2}(?:\.\d)?)\s*(?:/\s*10|out of (?:10|ten))\s*(?:before|prior|at baseline"
    r"|pre-?trial|baseline|without|off)\b[^.;]{0,45}?\b(?P<after>\d{1,2}(?:\.\d)?)\s*(?:/\s*10"
    r"|out of (?:10|ten))?\s*(?:with|on|during|after|at the end|now|while)\b",
    re.IGNORECASE,
)
_SCORE_WORDS = Pattern(
    r"\b(?:pain|went from|dropped from|fell from|came down from|decreased from|improved from|nrs|vas|score"
    r"|numeric|nprs|baseline|/10|average)\b|/\s*10",
    re.IGNORECASE,
)
_HUNDREDTH = Fraction(1, 100)  # "less than 50%" is 49.99% at the most
# A figure after one of these is an aim, a rule or a condition, and nobody has had it yet.
_NOT_YET = Pattern(
    r"\b(?:defined|criteria|require[sd]?|threshold|cut-?off|goal|must|need(?:s|ed)?|if|expect\w*"
    r"|success is|would|likely|anticipat\w*|thought to|(?:was|were|been) told|read (?:that|about)|heard"
    r"|sure that|believes?|understands|convinced|promised|will give|aim\w*|target\w*|hop\w+|what the"
    r"|whether|until"
    r"|at least .{0,12} is)\b",
    re.IGNORECASE,
)
_ONLY_A_RULE = Pattern(
    r"[^.;]{0,25}\b(?:is considered|would be considered|is (?:a|the|our) (?:good|threshold|goal"
    r"|cut)|threshold|cut-?off|was not|not reached|is required)\b",
    re.IGNORECASE,
)
_OF_PAIN = Pattern(r"\s*(?:pain )?(?:relief|reduction|improvement in (?:her |his |the )?(?:\w+ )?pain)", re.IGNORECASE)
_LESS = ("less than", "under", "not even", "below")


@frozen
class Relief:
    """Relief in percent and where the sentence says it (character offsets in the sentence)."""

    quantity: Quantity
    start: int
    end: int


def relief_in(text: str) -> Relief | None:
    """The relief that a sentence tells of; None where it tells of none, of an aim, or of something other than pain."""
    for read in _READERS:
        relief = read(text)
        if relief is not None:
            return relief
    return None


def _percent(text: str) -> Relief | None:
    told: list[tuple[re.Match[str], Quantity]] = []
    for match in _PERCENT.finditer(text):
        # "80% the first day, then 20%": once relief is told of, the next share needs not name it again.
        if _is_about_pain(text, match) or (told and not _NOT_RELIEF.search(text[match.end() : match.end() + 25])):
            quantity = _percent_quantity(text, match)
            if quantity is not None:
                told.append((match, quantity))
    if not told:
        return None
    match, quantity = told[0]
    last, later = told[-1]
    if last is not match and did_not_last(text, match.start(), match.end(), last.start()):
        return Relief(later, match.start(), last.end())
    if was_lost(text, match.end()):
        return Relief(Quantity(Fraction(0), Fraction(0), "%"), match.start(), match.end())
    return Relief(_by_part(text, match, quantity), match.start(), match.end())


def _over_time(text: str) -> Relief | None:
    scores = scores_over_time(text)
    if scores is None or "%" in text:
        return None
    before, after, start, end = scores
    if not 0 < before <= _TEN or after > _TEN or _NOT_YET.search(text[:start]):
        return None
    percent = max(Fraction(0), (before - after) / before * 100)
    return Relief(Quantity(percent, percent, "%"), start, end)


_TEN = 10  # the top of a pain scale


_OTHER_PART = Pattern(
    r"\s*(?:relief |improvement |reduction )?(?:of |in |for )?(?:the |her |his )?(?:low |lower )?"
    r"(?P<part>back|legs?|neck|arms?|foot|feet|buttocks?|axial|radicular)\b(?: pain| component| symptoms)?"
    r"\s*(?:[,;/]|and|but|with)+\s*(?:only |but |and |about )*(?P<low>\d{1,3})\s*(?:%|percent)\s*"
    r"(?:relief |improvement |reduction )?(?:of |in |for )?(?:the |her |his )?(?:low |lower )?"
    r"(?P<other>back|legs?|neck|arms?|foot|feet|buttocks?|axial|radicular)\b",
    re.IGNORECASE,
)


def _by_part(text: str, match: re.Match[str], quantity: Quantity) -> Quantity:
    """ "80% of the leg pain, 30% of the back pain" is 80%: the limb is what it was for.

    "55% back, 20% leg" lies between the two, as no word says how much of the whole is gone.
    """
    other = _OTHER_PART.match(text, match.end())
    if (
        other is None
        and quantity.low is not None
        and _OF_TRUNK.search(text[max(0, match.start() - 60) : match.start()])
    ):
        later = _LIMB_LATER.match(text, match.end())
        if later is not None and Fraction(later.group("low")) < quantity.low:
            return Quantity(Fraction(later.group("low")), quantity.low, "%")
    if other is None or quantity.low is None or _is_limb(other.group("part")) is _is_limb(other.group("other")):
        return quantity
    first, second = quantity.low, Fraction(other.group("low"))
    limb, trunk = (first, second) if _is_limb(other.group("part")) else (second, first)
    if limb >= trunk or limb >= _MOST_PAYERS_ASK:
        return Quantity(limb, limb, "%")
    return Quantity(limb, trunk, "%")


# "His back pain improved by 80%, but the leg pain, which is what he came for, by no more than 20%".
_OF_TRUNK = Pattern(r"\b(?:back|neck|axial)\b[^.;%]{0,50}$", re.IGNORECASE)
_LIMB_LATER = Pattern(
    r"[^.;%]{0,25}\b(?:but|while|whereas|and|though)\b[^.;%\d]{0,20}\b(?:legs?|arms?|foot|feet|limb|buttocks?"
    r"|sciatica|radicular)\b[^.;%\d]{0,60}"
    r"(?P<low>\d{1,3})\s*(?:%|percent)",
    re.IGNORECASE,
)
_MOST_PAYERS_ASK = 50  # percent


def _is_limb(part: str) -> bool:
    return part.lower() not in ("back", "neck", "axial")


# "Covered 90% of the painful area": where the tingling is felt, not how much pain is gone.
_OF_AREA = Pattern(
    r"\s*(?:of )?(?:the |his |her |its |usual )?(?:painful |pain(?:ful)? |target(?:ed)? |affected )?"
    r"(?:areas?|territory|regions?|map|coverage|overlap|concordan\w+)\b",
    re.IGNORECASE,
)


def _is_about_pain(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 40]
    if _OF_AREA.match(after):
        return False
    ahead = text[max(0, match.start() - 45) : match.start()]
    if not _RELIEF_NEAR.search(ahead + match.group() + after):
        return False
    if _NOT_RELIEF.search(after.split(",")[0][:32]) and not _OF_PAIN.match(after):
        return False
    if _LESS_OF_SOMETHING_ELSE.match(after):
        return False
    if _RATING.search(text[max(0, match.start() - 90) : match.start()]):
        return False
    if _NOT_YET.search(text[: match.start()]) or _ONLY_A_RULE.match(after):
        return False
    named = "pain" in after[:28].lower() or "relief" in after[:20].lower()
    return named or not _OF_SOMETHING_ELSE.search(ahead)


def _percent_quantity(text: str, match: re.Match[str]) -> Quantity | None:
    low = Fraction(match.group("low"))
    if _NEVER_REACHED.search(text[max(0, match.start() - 45) : match.start()]):
        return Quantity(None, low - _HUNDREDTH, "%")
    high = Fraction(match.group("high") or match.group("low"))
    if high > 100:
        return None
    if match.group("more"):
        return Quantity(low, None, "%")
    if match.group("less") and not match.group("less").lower().startswith("only"):
        return Quantity(None, high - _HUNDREDTH, "%")
    return Quantity(low, high, "%")


def _half(text: str) -> Relief | None:
    match = _HALF.search(text)
    if match is None or _NOT_YET.search(text[: match.start()]):
        return None
    if match.group("cut") and _OF_SOMETHING_ELSE.search(text[: match.start("cut")]):
        return None  # "cut his hydrocodone in half"
    how, half = (match.group("how") or "").lower(), Fraction(50)
    if how in _LESS:
        return Relief(Quantity(None, half - _HUNDREDTH, "%"), match.start(), match.end())
    return Relief(Quantity(half, None if how else half, "%"), match.start(), match.end())


def _share(text: str) -> Relief | None:
    match = _PART.search(text)
    if match is None or not _RELIEF_NEAR.search(text[max(0, match.start() - 60) : match.end() + 40]):
        return None
    percent = _PARTS[" ".join(match.group("part").lower().replace("-", " ").split())]
    how = (match.group("how") or "").lower()
    quantity = Quantity(None if "best" in how else percent, None if "more" in how else percent, "%")
    return Relief(quantity, match.start(), match.end())


def _two_scores(text: str) -> Relief | None:
    return _between(_TWO_SCORES.search(text))


def _from_to(text: str) -> Relief | None:
    match = _SCORES.search(text)
    if match is None or not _SCORE_WORDS.search(text[max(0, match.start() - 60) : match.end() + 10]):
        return None
    return _between(match)


def _between(match: re.Match[str] | None) -> Relief | None:
    """8 before and 3 after are 62.5% less pain."""
    if match is None:
        return None
    before, after = Fraction(match.group("before")), Fraction(match.group("after"))
    if not 0 < before <= 10 or after > before:
        return None
    percent = (before - after) / before * 100
    return Relief(Quantity(percent, percent, "%"), match.start(), match.end())


def _in_words(text: str) -> Relief | None:
    """ "Thirty percent, maybe", "ten or fifteen percent", "eight-tenths of it is gone"."""
    match = _WORD_PERCENT.search(text)
    if match is not None and not _NOT_YET.search(text[: match.start()]):
        low = _TENS[match.group("low").lower()]
        high = _TENS[(match.group("high") or match.group("low")).lower()]
        return Relief(Quantity(low, high, "%"), match.start(), match.end())
    match = _TENTHS.search(text)
    if match is None:
        return None
    percent = _TENTH[match.group("count").lower()] * 10
    return Relief(Quantity(percent, percent, "%"), match.start(), match.end())


def _before_and_on(text: str) -> Relief | None:
    """ "Baseline avg NRS 8. Avg with stim on 3", "Diary avg 7 before, 6 on stim"."""
    match = _BASELINE_THEN.search(text) or _SCORE_BEFORE.search(text)
    return _between(match)


_TENS = {
    word: Fraction(number)
    for word, number in (
        ("five", 5),
        ("ten", 10),
        ("fifteen", 15),
        ("twenty", 20),
        ("twenty-five", 25),
        ("thirty", 30),
        ("thirty-five", 35),
        ("forty", 40),
        ("forty-five", 45),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("seventy-five", 75),
        ("eighty", 80),
        ("ninety", 90),
    )
}
_TENTH = {
    word: Fraction(n)
    for n, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1)
}
_TEN_WORDS = "|".join(sorted(_TENS, key=len, reverse=True))
_WORD_PERCENT = Pattern(
    rf"\b(?P<low>{_TEN_WORDS})(?: (?:to|or) (?P<high>{_TEN_WORDS}))?\s*(?:percent|per cent|%)", re.IGNORECASE
)
_TENTHS = Pattern(
    r"\b(?P<count>one|two|three|four|five|six|seven|eight|nine)[- ](?:tenths"
    r"|out of ten)\b[^.;]{0,20}\b(?:gone|better|less|improved|relieved)",
    re.IGNORECASE,
)
_BASELINE_THEN = Pattern(
    r"\bbaseline\b[^\d%;]{0,25}(?P<before>\d{1,2}(?:\.\d)?)(?:\s*/\s*10)?\b(?!\s*%)[^%;]{0,45}?"
    r"\b(?:with|on|during|stim\w*"
    r"|trial)\b[^\d%;]{0,25}(?P<after>\d{1,2}(?:\.\d)?)(?:\s*/\s*10)?\b(?!\s*(?:%|days?|hours?|weeks?|mg))",
    re.IGNORECASE,
)
_SCORE_BEFORE = Pattern(
    r"\b(?:avg|average|diary|nrs|vas|nprs|pain|score)\b[^\d%;.]{0,20}(?P<before>\d{1,2}(?:\.\d)?)(?:\s*/\s*10)?\s*"
    r"(?:before|pre\b|prior|without)[^%;.\d]{0,25}(?P<after>\d{1,2}(?:\.\d)?)(?:\s*/\s*10)?\s*(?:on|with"
    r"|during|after|now)\b",
    re.IGNORECASE,
)
# "9 going in, 4 by day 3 and stayed 4"; "Went in at an 8. By the second day she was down to a 3".
_GOING_IN = Pattern(
    r"\b(?P<before>\d{1,2}(?:\.\d)?)\s*(?:/\s*10)?\s*(?:going in|coming in|on entry|at the start|to start)\b"
    r"[^;%\d]{0,30}?(?P<after>\d{1,2}(?:\.\d)?)\s*(?:/\s*10)?\s*(?:by|on|from|through|at|the whole|all|most|with)\b",
    re.IGNORECASE,
)
_WENT_IN = Pattern(
    r"\b(?:before the trial|went in|going in|came in)\b[^.;%\d]{0,25}?(?P<before>\d{1,2}(?:\.\d)?)(?:\s*/\s*10)?\s*\."
    r"\s[^.;%\d]{0,60}?\b(?:down to|dropped to|fell to|was|at)\s+(?:an? )?(?P<after>\d{1,2}(?:\.\d)?)\b"
    r"(?!\s*(?:%|percent|days?|hours?|weeks?|th\b|mg|pm|am))",
    re.IGNORECASE,
)
_NOT_KEPT = Pattern(
    r"[^;%]{0,60}?\b(?:then (?:back|up)|back (?:up )?to|returned to|rose|climbed|crept|wore off|worse)\b", re.IGNORECASE
)


def _told(text: str) -> Relief | None:
    """Scores told in the words of a story, or as a figure without its sign."""
    told = told_relief(text)
    if told is None:
        return None
    percent, start, end, least = told
    return Relief(Quantity(percent, None if least else percent, "%"), start, end)


def _story(text: str) -> Relief | None:
    """Scores told as a story, unless the gain is told to be lost again."""
    match = _GOING_IN.search(text) or _WENT_IN.search(text)
    if match is None or _NOT_KEPT.match(text, match.end()):
        return None
    return _between(match)


_READERS: tuple[Callable[[str], Relief | None], ...] = (
    _over_time,
    _percent,
    _half,
    _share,
    _two_scores,
    _from_to,
    _before_and_on,
    _in_words,
    _story,
    _told,
)
