"""Lengths of time, dates, counts and percentages as clinicians write them.

Our own grammar: general date libraries read "VAS 8/10" as a date and "8 wks" as a unit of power. What could be read in
two ways is settled by order: ranges of dates, "since", dates, frequencies, visits, then durations.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from praxigen.model.amount import Duration, Span, Unit
from praxigen.reading.patterns import Pattern

_NUMBER_WORDS: dict[str, int | Fraction] = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "couple of": 2,
    "a couple of": 2,
    "a couple": 2,
    "couple": 2,
    "twenty four": 24,
    "twenty-four": 24,
    "half a": Fraction(1, 2),
    "a half": Fraction(1, 2),
    "half": Fraction(1, 2),
    "the past": 1,
    "the last": 1,
    "the": 1,
    "this past": 1,
    "past": 1,
    "last": 1,
}
_WORD_NUMBER = (
    r"twenty[- ]four|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty|a couple of"
    r"|couple of|a couple"
    r"|half an?|one|two|three|four|five|six|seven|eight|nine|ten|an?"
)
_NUM = rf"(?:\d+(?:\.\d+)?(?:\s?1/2)?|{_WORD_NUMBER})"
_UNIT = r"(?:hours?|hrs?|days?|weeks?|wks?|wk|months?|mos?|mths?|years?|yrs?|yr)"
_DURATION = Pattern(
    rf"(?P<more>(?:at least|more than|greater than|over|longer than|in excess of|>=?|≥|upwards of|well over)\s*)?"
    r"(?P<less>(?:just short of|just under|a little under|slightly less than|slightly under|a bit under"
    r"|just shy of|less than|under|fewer than|not quite|nearly|almost|up to|<=?|≤|within|shy of"
    r"|short of)\s*)?"
    rf"(?P<about>(?:about|approximately|approx\.?|roughly|around|some|~|total of|a total of|a full|full|x|×)\s*)?"
    rf"\b(?P<low>{_NUM})\b(?:\s*\(\s*\d+\s*\))?"
    rf"(?:\s*(?:-|–|to|or)\s*(?P<high>{_NUM})\b)?(?:\s*and (?:a|one) half)?(?P<plus>\s*\+)?[\s-]*"
    rf"(?:consecutive |continuous |full |additional |solid |straight |calendar |supervised |complete )?"
    rf"(?P<unit>{_UNIT})\b(?P<half>\s+and a half)?(?P<ofmore>\s+or (?:more|longer))?",
    re.IGNORECASE,
)
_GLUED = Pattern(
    r"\b(?:x|×)?(?P<low>\d+)(?:\s?-\s?(?P<high>\d+))?(?P<unit>wks?|weeks?|mos?|months?|yrs?|years?|days?|hrs?)\b",
    re.IGNORECASE,
)
_VAGUE = Pattern(
    r"\b(?:for|over|many|several|multiple|numerous|past|last)\s+(?:the (?:past|last) )?(?:many|several"
    r"|multiple|a few|few|numerous)?\s*(?P<unit>days|weeks|months|years)\b",
    re.IGNORECASE,
)
_BARE_PERIOD = Pattern(
    r"\b(?:over|for|during|in|within|throughout) (?:the |this )?(?:past|last|entire past) (?P<unit>week|month|year)\b",
    re.IGNORECASE,
)
_HALF_YEAR = Pattern(r"\bhalf (?:a|of a|the) year\b", re.IGNORECASE)
_MONTHS = {
    name: index
    for index, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_MONTH = (
    r"(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep|october|oct"
    r"|november|nov|december|dec)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{1,2}}-\d{{1,2}}-\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}/\d{{4}}|(?:early |late |mid[- ])?{_MONTH},?\s+(?:of\s+)?\d{{4}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}})"
)
_DATE_RE = Pattern(rf"(?<![\d/])(?P<date>{_DATE})(?![\d/])", re.IGNORECASE)
_SHORT = r"(?:\d{1,2}/\d{1,2}(?!/?\d))"
_SHORT_MONTH = rf"(?:(?:early |mid[- ]|late )?{_MONTH}(?:\s+\d{{1,2}}(?!\d))?)"
_RANGE = Pattern(
    rf"(?<![\d/])(?P<from>{_DATE}|{_SHORT}|{_SHORT_MONTH})\s*(?:-|–|—|to|through|thru|until|till|and ended"
    rf"|and)\s*(?P<to>{_DATE})(?![\d/])",
    re.IGNORECASE,
)
_SINCE = Pattern(
    r"\b(?:since|start(?: date)?:?|beginning(?: in| on)?|starting(?: in| on)?|started(?: in| on)?|began(?: in"
    rf"| on)?)\s+(?P<date>{_DATE}|\d{{4}}\b)",
    re.IGNORECASE,
)
_TO_NOW = Pattern(
    rf"(?<![\d/])(?P<date>{_DATE}|(?:19|20)\d\d)\s*(?:-|–|—|to|through|thru|until"
    r"|till)\s*(?:the )?(?:present|now|today|current\w*|date|ongoing)\b",
    re.IGNORECASE,
)
_MONTH_DAY = rf"{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d))?"
_NO_YEAR = Pattern(
    rf"\b(?P<from>{_MONTH_DAY})\s*(?:-|–|—|to|through|thru|until|till)\s*(?P<to>{_MONTH_DAY})(?!\s*,?\s*\d{{4}})",
    re.IGNORECASE,
)
_STARTED_AGO = Pattern(
    r"\b(?:started|begun|began|initiated)\s+(?:about |approximately |some "
    rf"|over )?(?P<low>{_NUM})\s+(?P<unit>days|weeks|months|years)\s+ago\b"
    rf"(?=[^.;]{{0,60}}\b(?:continu|without interruption|ongoing|since then|ever since|to present|still"
    r"|uninterrupted|remains on|throughout))",
    re.IGNORECASE,
)
_SINCE_AGO = Pattern(
    rf"\b(?:since|start date|started on)\s+(?:\w+ ){{0,4}}?(?P<low>{_NUM})\s+(?P<unit>days?|weeks?|months?"
    r"|years?)\s+ago\b",
    re.IGNORECASE,
)
_EACH = Pattern(
    rf"\b(?P<count>{_NUM})\s+(?:\w+\s+){{0,2}}?(?:courses|blocks|rounds|trials|series"
    rf"|stints)\b[^.;]{{0,60}}?\b(?P<low>{_NUM})\s+(?P<unit>days?|weeks?|wks?|months?|mos?)\s+each\b",
    re.IGNORECASE,
)
_THEN_MORE = Pattern(
    rf"\b(?P<low>{_NUM})\s+(?P<unit>weeks|months|wks)\b(?:\s+in\s+\w+)?[,;]?\s*(?:and |then |and then "
    rf"|followed by )+(?:another )?(?P<more>{_NUM})\s+(?:more |additional |further )?(?P=unit)\b",
    re.IGNORECASE,
)
_DAY_NUMBER = Pattern(r"\b(?:past|beyond|until|through|after) day (?P<low>\d{1,3})\b", re.IGNORECASE)
_VISITS = Pattern(
    rf"\b(?P<count>{_NUM})\s+(?:\w+\s+){{0,2}}?(?:visits?|sessions?|treatments|appointments)\b", re.IGNORECASE
)
_FREQUENCY = Pattern(
    rf"\b(?:(?P<count>{_NUM})\s*(?:-\s*\d\s*)?(?:x|times|visits|sessions|days)|(?P<word>once|twice"
    r"|weekly))\s*(?:/|per|a|each|every)?\s*(?:week|wk|weekly)\b"
    rf"|\b(?P<glued>\d)x\s*/?\s*(?:week|wk)\b|\bbiw\b|\btiw\b",
    re.IGNORECASE,
)
_AGO = Pattern(r"\s*(?:ago|prior\b|earlier\b|previously\b|back\b|before\b)", re.IGNORECASE)
_MARK = Pattern(r"\d|\b(?:" + _WORD_NUMBER + r"|months|years|weeks|days|week|month|year)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """One expression of time in a sentence; `start` and `end` count characters of the text that was given.

    `kind` is duration, ago, range, since, date, visits or frequency.
    """

    kind: str
    start: int
    end: int
    duration: Duration | None = None
    began: date | None = None
    ended: date | None = None
    count: Fraction | None = None


def find_times(text: str, on: date | None) -> list[TimeMention]:
    """Every expression of time in a sentence. `on` is the date of the note, from which "since March 2025" counts."""
    if not _MARK.search(text):
        return []
    digits = any(character.isdigit() for character in text)
    found: list[TimeMention] = []
    for pattern, read, needs_digit in _IN_ORDER:
        if needs_digit and not digits:
            continue
        for match in pattern.finditer(text):
            mention = read(match, text, on)
            if mention is not None and all(mention.end <= other.start or other.end <= mention.start for other in found):
                found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _lasting(match: re.Match[str], low: Span | None, high: Span | None) -> TimeMention:
    return TimeMention("duration", match.start(), match.end(), Duration(low, high))


def _date_alone(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    del text, on
    day = read_date(match.group("date"))
    return None if day is None else TimeMention("date", match.start(), match.end(), began=day, ended=day)


def _day_number(match: re.Match[str], text: str, on: date | None) -> TimeMention:
    """ "Could not continue past day 90"."""
    del text, on
    span = Span(Fraction(match.group("low")), Unit.DAY)
    return _lasting(match, span, span)


def _often(match: re.Match[str], text: str, on: date | None) -> TimeMention:
    del text, on
    return TimeMention("frequency", match.start(), match.end(), count=_per_week(match))


def _visits(match: re.Match[str], text: str, on: date | None) -> TimeMention:
    del text, on
    return TimeMention("visits", match.start(), match.end(), count=_number(match.group("count")))


def _half_year(match: re.Match[str], text: str, on: date | None) -> TimeMention:
    del text, on
    span = Span(Fraction(6), Unit.MONTH)
    return _lasting(match, span, span)


def _bare_period(match: re.Match[str], text: str, on: date | None) -> TimeMention:
    """ "Over the past year" is one year."""
    del text, on
    span = Span(Fraction(1), Unit(match.group("unit").lower()))
    return _lasting(match, span, span)


def _vague(match: re.Match[str], text: str, on: date | None) -> TimeMention:
    """ "For years" is at least two of them; how many more is not said."""
    del text, on
    return _lasting(match, Span(Fraction(2), Unit(match.group("unit").lower()[:-1])), None)


def _duration(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    del on
    low = _number(match.group("low"))
    if low is None:
        return None
    groups = match.groupdict()
    high = _number(groups["high"]) if groups.get("high") else low
    unit = _unit(match.group("unit"))
    if groups.get("half") or "and a half" in match.group().lower() or "and one half" in match.group().lower():
        low, high = low + Fraction(1, 2), (high or low) + Fraction(1, 2)
    if high is None or high < low:
        high = low
    if text[match.end() : match.end() + 5].lower() in ("-old ", " old ") or _is_age(match, text):
        return None
    lowest: Span | None = Span(low, unit)
    highest: Span | None = Span(high, unit)
    if groups.get("more") or groups.get("plus") or groups.get("ofmore"):
        highest = None
    elif groups.get("less"):
        lowest = None
        if groups["less"].strip().lower() not in ("up to", "within", "<=", "≤"):
            highest = Span(max(Fraction(0), high - Fraction(1, 100)), unit)
    kind = "ago" if _AGO.match(text, match.end()) else "duration"
    return TimeMention(kind, match.start(), match.end(), Duration(lowest, highest))


_AGE = Pattern(r"[\s-]*(?:old|y/?o\b|of age|male|female|woman|man|gentleman|lady)", re.IGNORECASE)


def _is_age(match: re.Match[str], text: str) -> bool:
    return _AGE.match(text, match.end()) is not None


def _unit(word: str) -> Unit:
    letter = word.lower()[:2]
    return {
        "ho": Unit.HOUR,
        "hr": Unit.HOUR,
        "da": Unit.DAY,
        "we": Unit.WEEK,
        "wk": Unit.WEEK,
        "mo": Unit.MONTH,
        "mt": Unit.MONTH,
        "ye": Unit.YEAR,
        "yr": Unit.YEAR,
    }[letter]


def _number(word: str | None) -> Fraction | None:
    if not word:
        return None
    word = " ".join(word.lower().split())
    if word[0].isdigit():
        if word.endswith("1/2"):
            return Fraction(word[:-3].strip() or "0") + Fraction(1, 2)
        return Fraction(word)
    value = _NUMBER_WORDS.get(word)
    return None if value is None else Fraction(value)


def _range(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    del text, on
    end = read_date(match.group("to"), last=True)
    if end is None:
        return None
    start = read_date(match.group("from")) or _borrow_year(match.group("from"), end)
    if start is None or start > end:
        return None
    return TimeMention("range", match.start(), match.end(), _between(start, end, match), start, end)


def _between(start: date, end: date, match: re.Match[str]) -> Duration:
    """The length from one date to another: days are counted from the first to the last, so that it is never overstated.

    "January to June 2025" lasted five months at the least and six at the most.
    """
    if _month_only(match.group("from")) and _month_only(match.group("to")):
        months = (end.year - start.year) * 12 + end.month - start.month
        return Duration(Span(Fraction(months), Unit.MONTH), Span(Fraction(months + 1), Unit.MONTH))
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day == start.day and months > 0:
        span = Span(Fraction(months), Unit.MONTH)
    else:
        span = Span(Fraction((end - start).days), Unit.DAY)
    return Duration(span, span)


def _month_only(text: str) -> bool:
    """Whether a date names a month and no day: "March", "June 2022", "3/2023"."""
    numbers = re.findall(r"\d+", text)
    if re.search(r"[A-Za-z]{3}", text):
        return all(len(number) == 4 for number in numbers)
    return len(numbers) == 2 and len(numbers[1]) == 4


def _since(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    del text
    written = match.group("date")
    start = date(int(written), 12, 31) if re.fullmatch(r"\d{4}", written) else read_date(written, last=True)
    if start is None:
        return None
    duration = None
    if on is not None and start <= on:
        span = Span(Fraction((on - start).days), Unit.DAY)
        duration = Duration(span, None)
    return TimeMention("since", match.start(), match.end(), duration, start, None)


def _range_without_year(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """ "July 7 to September 15": counted in a common year, over the turn of the year where the months run back."""
    del text, on
    first, last = match.group("from"), match.group("to")
    days = Pattern(r"\d")
    start = read_date(f"{first}, 2001" if days.search(first) else f"{first} 2001")
    end = read_date(f"{last}, 2001" if days.search(last) else f"{last} 2001")
    if start is None or end is None:
        return None
    if end < start:
        end = end.replace(year=2002)
    if not days.search(first) or not days.search(last):
        months = (end.year - start.year) * 12 + end.month - start.month
        duration = Duration(Span(Fraction(months), Unit.MONTH), Span(Fraction(months + 1), Unit.MONTH))
    else:
        span = Span(Fraction((end - start).days), Unit.DAY)
        duration = Duration(span, span)
    return TimeMention("range", match.start(), match.end(), duration)


def _several(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """Several courses: "two courses of ten weeks each", "4 weeks in January, then 4 more weeks". They add up."""
    del text, on
    groups = match.groupdict()
    low, times, extra = _number(groups["low"]), _number(groups.get("count")), _number(groups.get("more"))
    if low is None:
        return None
    total = low * times if times is not None else low + (extra or 0)
    span = Span(total, _unit(match.group("unit")))
    return TimeMention("duration", match.start(), match.end(), Duration(span, span))


def _per_week(match: re.Match[str]) -> Fraction | None:
    groups = match.groupdict()
    word = (groups.get("word") or "").lower()
    if word:
        return Fraction(2) if word == "twice" else Fraction(1)
    return _number(groups.get("count") or groups.get("glued"))


def _started(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """ "started ten months ago and carried on without interruption": it has lasted that long."""
    del text, on
    number = _number(match.group("low"))
    if number is None:
        return None
    return TimeMention("since", match.start(), match.end(), Duration(Span(number, _unit(match.group("unit"))), None))


def _borrow_year(text: str, end: date) -> date | None:
    """ "3/14 - 9/20/25": the first date has the year of the second, or the year before it."""
    for year in (end.year, end.year - 1):
        day = (
            read_date(f"{text}/{year}")
            if "/" in text
            else read_date(f"{text}, {year}" if text[-1].isdigit() else f"{text} {year}")
        )
        if day is not None and day <= end:
            return day
    return None


def read_date(text: str, *, last: bool = False) -> date | None:
    """The date that a text means in US order, None where it is impossible.

    Where only a month is given: its first day, or with `last` its last day, so that a length is never overstated.
    """
    text = text.lower().replace(",", " ").replace(".", " ")
    text = re.sub(r"\b(?:of|early|late|mid-?)\b", " ", text)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    month = next((_MONTHS[word] for word in re.findall(r"[a-z]+", text) if word in _MONTHS), None)
    if month is not None:
        if len(numbers) == 1:
            return _month_day(numbers[0], month, last) if numbers[0] > 1900 else None
        if len(numbers) == 2:
            return _day(numbers[1], month, numbers[0])
        return None
    if re.match(r"\d{4}-", text):
        return _day(*numbers[:3]) if len(numbers) == 3 else None
    if len(numbers) == 3:
        return _day(numbers[2], numbers[0], numbers[1])
    if len(numbers) == 2 and numbers[1] > 1900:
        return _month_day(numbers[1], numbers[0], last)
    return None


def _month_day(year: int, month: int, last: bool) -> date | None:
    if not last:
        return _day(year, month, 1)
    for day in (31, 30, 29, 28):
        found = _day(year, month, day)
        if found is not None:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 2000 if year < 50 else 1900
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


_Reader = Callable[[re.Match[str], str, "date | None"], "TimeMention | None"]
# What could be read in two ways is settled by this order. The last value: whether the pattern needs a digit.
_IN_ORDER: tuple[tuple[Pattern, _Reader, bool], ...] = (
    (_SINCE_AGO, _started, False),
    (_RANGE, _range, True),
    (_TO_NOW, _since, True),
    (_SINCE, _since, True),
    (_DATE_RE, _date_alone, True),
    (_NO_YEAR, _range_without_year, False),
    (_STARTED_AGO, _started, False),
    (_EACH, _several, False),
    (_THEN_MORE, _several, False),
    (_DAY_NUMBER, _day_number, True),
    (_FREQUENCY, _often, False),
    (_VISITS, _visits, False),
    (_HALF_YEAR, _half_year, False),
    (_DURATION, _duration, False),
    (_GLUED, _duration, True),
    (_BARE_PERIOD, _bare_period, False),
    (_VAGUE, _vague, False),
)
