"""Lengths of time, dates, counts and percentages as clinicians write them.

Our own grammar: general date libraries read "VAS 8/10" as a date and "8 wks" as a unit of power. What could be read in
two ways is settled by order: ranges of dates, "since", dates, frequencies, visits, then durations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from praxigen.model.amount import Duration, Span, Unit
from praxigen.model.frozen import frozen
from praxigen.reading.gate import said, together
from praxigen.reading.numbers import COUNT, NUMBER, NUMBER_BEGINS, read_number
from praxigen.reading.patterns import Pattern, Said

_UNIT = r"(?:decades?|fortnights?|hours?|hrs?|days?|weeks?|wks?|months?|mos?|mths?|years?|yrs?|ys)"
_MORE = r"(?P<more>(?:at least|more than|greater than|over|longer than|in excess of|>=?|≥|upwards of|well over)\s*)?"
_LESS = (
    r"(?P<less>(?:just short of|just under|a little under|slightly less than|slightly under|a bit under"
    r"|just shy of|less than|under|fewer than|not quite|nearly|almost|up to|<=?|≤|within|shy of"
    r"|short of)\s*)?"
)
_ABOUT = r"(?P<about>(?:about|approximately|approx\.?|roughly|around|some|~|total of|a total of|a full|full|x|×)\s*)?"
# "a year and a half", but not "6 weeks and half of the sessions".
_AND_A_PART = (
    r"(?:\s+and (?:an? )?(?P<part>half|quarter)\b"
    r"(?! (?:of|the|an?|his|her|their|my|dozen|way|day|tab\w*|pill\w*|dose)\b))?"
)
_LENGTH_BEGINS = rf"(?={NUMBER_BEGINS}|[<>~≤≥x×]|a[\sblprt]|gr|in|ju|l[eo]|mo|n[eo]|ov|ro|s[hlo]|to|u[np]|w[ei]|f[eu])"
_DURATION = Pattern(
    rf"{_LENGTH_BEGINS}{_MORE}{_LESS}{_ABOUT}"
    rf"(?P<low>{NUMBER})(?:\s?\(\s?(?P<again>{COUNT})\s?\))?"
    rf"(?:\s*(?:-|–|to|or)\s*(?P<high>{NUMBER}))?(?P<plus>\s*\+)?[\s-]*"
    r"(?:consecutive |continuous |full |whole |entire |additional |solid |straight |calendar |supervised |complete )?"
    rf"(?P<unit>{_UNIT})\b{_AND_A_PART}(?P<ofmore>\s+or (?:more|longer)\b(?! than)|\+)?",
    re.IGNORECASE,
)
# "1 year 2 months", "one week and three days"; also "10 days to 2 weeks".
_COMPOUND = Pattern(
    rf"{_LENGTH_BEGINS}{_MORE}{_LESS}(?P<first>{NUMBER})[\s-]?(?P<unit>{_UNIT})\b(?P<joint>\s+|\s+and\s+|\s?[-–]\s?"
    rf"|\s+to\s+|\s+or\s+)"
    rf"(?P<second>{NUMBER})[\s-]?(?P<other>{_UNIT})\b(?:\s+(?P<third>{NUMBER})\s?(?P<last>{_UNIT})\b)?",
    re.IGNORECASE,
)
_CLAUSE_ENDS = Pattern(
    r"\s*(?:$|[.,;:)]|(?:with|without|w/o|but|and|ago|before|prior|until|then|since|when|which|he|she|now)\b)",
    re.IGNORECASE,
)
# "6w", "x 5 d": a bare letter is a unit only right behind a number or after a word that tells of a length.
_LETTER = Pattern(
    r"(?P<cue>\b(?:for|x|over|past|last|about|than|least|to)\s*|[~<>≥≤=×]\s*)?"
    r"(?P<low>(?<![\w.,/])\d{1,3}(?:\.\d)?|(?<=\bx)\d{1,3})"
    r"(?:\s?[-–]\s?(?P<high>\d{1,3}))?(?P<gap>[\s-]?)(?P<unit>[hdwy])(?![\w/])",
    re.IGNORECASE,
)
_LETTER_IS_ELSE = Pattern(
    r"[\s-]*(?:[mf]\b|old\b|male|female|man|woman|/|a (?:day|week|wk)|per\b|each\b|every\b"
    r"|q|ct\b|mri|recon|imag|echo|print"
    r"|model|view|render|mapping|fluoro|c-arm|prn|light)",
    re.IGNORECASE,
)
_HOW_OFTEN = Pattern(r"\b(?:q\.?|every|each)\s*$", re.IGNORECASE)
_EVERY = Pattern(r"\b(?:q\.?|every|each|per|age[d:]*)\s*$|/\s*$", re.IGNORECASE)
_WHOLE = Pattern(r"\b(?P<whole>all|full|whole|entire|another)[\s-](?P<unit>week|month|year)\b", re.IGNORECASE)
_PART_OF = Pattern(
    r"(?<!and[ -])(?<!and[ -]a[ -])(?<!and[ -]one[ -])\b(?:(?:an?|one)[\s-])?"
    r"(?:(?P<half>half)|(?P<many>3|three)[\s-]quarters?|quarter)"
    r"(?:[\s-]of)?(?:[\s-](?:an?|the|one))?[\s-]"
    r"(?P<unit>hour|day|week|month|year)\b",
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
    r"|november|nov|december|dec)\b\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{1,2}}-\d{{1,2}}-\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}/\d{{4}}|(?:early |late |mid[- ])?{_MONTH},?\s+(?:of\s+)?\d{{4}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}})"
)
_DATE_RE = Pattern(rf"(?<![\d/])(?P<date>{_DATE})(?![\d/])", re.IGNORECASE)
# The same where no month is named. A digit stands first, so that `re` skips from one to the next.
_FIGURES = r"\d(?<![\d/]\d)(?:\d?/\d{1,2}/\d{2,4}|\d?-\d{1,2}-\d{2,4}|\d{3}-\d{2}-\d{2}|\d?/\d{4})"
_DATE_IN_FIGURES = Pattern(rf"(?P<date>{_FIGURES})(?![\d/])")
_A_MONTH = Pattern(_MONTH, re.IGNORECASE)
_SHORT = r"(?:\d{1,2}/\d{1,2}(?!/?\d))"
_SHORT_MONTH = rf"(?:(?:early |mid[- ]|late )?{_MONTH}(?:\s+\d{{1,2}}(?!\d))?)"
_RANGE = Pattern(
    rf"(?<![\d/])(?P<from>{_DATE}|{_SHORT}|{_SHORT_MONTH})\s*(?:-|–|—|to|through|thru|until|till|and ended"
    rf"|and)\s*(?P<to>{_DATE})(?![\d/])",
    re.IGNORECASE,
)
_RANGE_IN_FIGURES = Pattern(
    r"(?P<from>\d(?<![\d/]\d)(?:\d?/\d{1,2}/\d{2,4}|\d?-\d{1,2}-\d{2,4}|\d{3}-\d{2}-\d{2}|\d?/\d{4}"
    r"|\d?/\d{1,2}(?!/?\d)))\s*(?:-|–|—|to|through|thru|until|till|and ended"
    r"|and)\s*(?P<to>\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}-\d{1,2}-\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{4})(?![\d/])",
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
# "November 2023 to February": the second month is the next of its name.
_NEXT_MONTH = Pattern(
    rf"(?<![\d/])(?P<from>(?:early |late |mid[- ])?{_MONTH}\s+\d{{4}})\s*(?:-|–|—|to|through|thru|until|till)\s*"
    rf"(?:early |mid[- ]|late )?(?P<to>{_MONTH})(?!\s*,?\s*\d)",
    re.IGNORECASE,
)
_NO_YEAR = Pattern(
    rf"\b(?P<from>{_MONTH_DAY})\s*(?:-|–|—|to|through|thru|until|till|into)\s*(?:the (?:end|middle) of |early "
    r"|mid[- ]?|late )?"
    rf"(?P<to>{_MONTH_DAY})(?!\s*,?\s*\d{{4}})",
    re.IGNORECASE,
)
# "8/1-9/27", "11/22 through 5/23": days of a year or months of two, and which of them is not said.
_SHORT_FIGURES = Pattern(
    r"(?P<first>\d(?<![\w/.-]\d)\d?)/(?P<second>\d{1,2})\s*(?:-|–|—|to|through|thru|until|till)\s*"
    r"(?P<third>\d{1,2})/(?P<fourth>\d{1,2})(?![\d/%+]|\s*(?:pain|vas|nrs|out of|on (?:a|the|vas|nrs)|in severity))"
)
# "PT 1/8-3/5": a therapy has days, and no scores.
_CARE_BEFORE = Pattern(
    r"\b(?:pt|p\.t\.|therapy|physio\w*|chiro\w*|hep|acupuncture|visits)\s*(?:from|:|x)?\s*$", re.IGNORECASE
)
_LEAST_YEAR, _LAST_YEAR = 12, 40  # a second figure between them may be a year of this century
_A_SCORE = Pattern(
    r"\b(?:pain|vas|nrs|nprs|score\w*|rated?|rates|severity|strength|motor|grade\w*|grip|ehl|reflex\w*"
    r"|drops?|dropped|went"
    r"|reduced|improved|decreased|averag\w+)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_MONTH_NAME = (
    r"(?:January|Jan|February|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|August|Aug|September|Sept|Sep|October|Oct"
    r"|November|Nov|December|Dec)\b\.?"
)
# "Since May", "since last fall": counted from the end of the month or season, in the year before the note.
_SINCE_MONTH = Pattern(
    r"\b[Ss]ince (?:about |around |approximately )?(?:the )?(?:(?:beginning|start|middle"
    r"|end) of )?(?:early |mid[- ]?|late )?"
    rf"(?:last |this past |this )?(?P<month>{_MONTH_NAME}|spring|summer|fall|autumn|winter)(?!,?\s*\d"
    rf"|\s*(?:of )?\d{{4}})"
)
_SEASON_ENDS = {"spring": 5, "summer": 8, "fall": 11, "autumn": 11, "winter": 2}
_ALL_SEASON = Pattern(
    r"\b(?:all|throughout(?: the)?|the (?:whole|entire)|all through the|most of the) (?:of (?:last |the "
    r"|this )?|last |past )?"
    r"(?:spring|summer|fall|autumn|winter)\b",
    re.IGNORECASE,
)
_YEAR_LONG = Pattern(
    r"\b(?:(?P<all>throughout|all of|the (?:whole|entirety) of|all through)|(?:(?:through|for|over"
    r"|during) )?(?P<most>most of|much of|the better part of))"
    r" (?:the )?(?:last year|past year|this year|a year|the year|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# "PT 2x6 weeks", "weekly x 8"
_TIMES_WEEKS = Pattern(r"(?<![\w/.])\d\s?x\s?(?P<low>\d{1,2})\s?(?:weeks?|wks?|w)\b", re.IGNORECASE)
_WEEKLY = Pattern(
    r"\b(?:weekly|once a week|every week|q\.?\s?week|1x/?\s?w(?:ee)?k)\s*(?:x|×|for"
    r"|times)\s*(?P<low>\d{1,2})(?:\s*(?:visits|sessions|treatments|times|weeks|wks))?"
    r"(?=\s*(?:$|[.,;()]|with|without|no\b|and|but|failed))",
    re.IGNORECASE,
)
_STARTED_AGO = Pattern(
    r"\b(?:started|begun|began|initiated)\s+(?:about |approximately |some "
    rf"|over )?(?P<low>{NUMBER})\s+(?P<unit>days|weeks|months|years)\s+ago\b"
    rf"(?=[^.;]{{0,60}}\b(?:continu|without interruption|ongoing|since then|ever since|to present|still"
    r"|uninterrupted|remains on|throughout))",
    re.IGNORECASE,
)
_SINCE_AGO = Pattern(
    rf"\b(?:since|start date|started on)\s+(?:\w+ ){{0,4}}?(?P<low>{NUMBER})\s+(?P<unit>days?|weeks?|months?"
    r"|years?)\s+ago\b",
    re.IGNORECASE,
)
_EACH = Pattern(
    rf"(?P<count>{COUNT})\s+(?:\w+\s+){{0,2}}?(?:courses|blocks|rounds|trials|series"
    rf"|stints)\b[^.;]{{0,60}}?(?P<low>{NUMBER})\s+(?P<unit>days?|weeks?|wks?|months?|mos?)\s+each\b",
    re.IGNORECASE,
)
_THEN_MORE = Pattern(
    rf"(?P<low>{NUMBER})\s+(?P<unit>weeks|months|wks)\b(?:\s+in\s+\w+)?[,;]?\s*"
    r"(?:(?:and )?(?:then |followed by )(?:another )?|and another |and (?=\S+ (?:more|additional|further)\b))"
    rf"(?P<more>{NUMBER})\s+(?:more |additional |further )?(?P=unit)\b",
    re.IGNORECASE,
)
_DAY_NUMBER = Pattern(r"\b(?:past|beyond|until|through|after) day (?P<low>\d{1,3})\b", re.IGNORECASE)
_VISITS = Pattern(
    rf"(?P<count>{COUNT})(?:\s*(?:-|–|to|or|(?:out )?of(?: the)?)\s*(?P<other>{COUNT}))?\s+"
    rf"(?:(?!(?:of|in|for|with|after|at|each|every|per|by|{_UNIT})\b)[^\W\d]+\s+){{0,3}}?"
    r"(?:visits?|sessions?|treatments|appointments)\b",
    re.IGNORECASE,
)
_FREQUENCY_BEGINS = rf"(?={NUMBER_BEGINS}|we|bi|ti)"
_FREQUENCY = Pattern(
    rf"{_FREQUENCY_BEGINS}(?:"
    rf"(?P<count>{COUNT})(?:\s*(?:-|–|to|or)\s*(?P<most>{COUNT}))?\s*(?:x|times|visits|sessions|days)"
    r"\s*(?:/|per|a|each|every)?\s*(?:week|wk|weekly)\b"
    r"|\b(?P<word>once|twice|weekly)\s*(?:/|per|a|each|every)?\s*(?:week|wk|weekly)\b"
    rf"|(?<=[,;:] )(?P<apiece>{COUNT}) (?:each|every|per|a) (?:week|wk)\b"
    r"|\b(?P<glued>\d)x\s*/?\s*(?:week|wk)\b|\b(?P<short>biw|tiw)\b)",
    re.IGNORECASE,
)
_AGO = Pattern(r"\s*(?:ago|prior\b|earlier\b|previously\b|back\b|before\b)", re.IGNORECASE)


@frozen
class TimeMention:
    """One expression of time in a sentence; `start` and `end` count characters of the text that was given.

    `kind` is duration, ago, range, since, date, visits, frequency, or window: a length within which a few visits lay.
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
    whole = said(text)
    if whole.isascii():  # then it may be read in small letters, which is twice as fast as without regard to case
        return _found(whole, whole.lower(), _SMALL_LETTERS, on)
    return _found(whole, text, _ANY_LETTERS, on)


def counted_to(time: TimeMention, on: date | None) -> TimeMention:
    """An expression that was found without a date, with what it says on this one: "since March 2025" is so long."""
    if time.kind == "since" and time.count is not None and time.began is None and on is not None:
        return _since_last(time, int(time.count), on)
    if time.kind != "since" or time.duration is not None or time.began is None or on is None or time.began > on:
        return time
    return replace(time, duration=Duration(Span(Fraction((on - time.began).days), Unit.DAY), None))


def _found(whole: Said, text: str, grammar: _Grammar, on: date | None) -> list[TimeMention]:
    """The expressions that a grammar finds in a text, which is that of `whole` or the same in small letters."""
    lines = grammar.that_may_match(whole)
    if not lines:
        return []
    with_months = _A_MONTH.may_match(whole) and grammar.a_month.search(text) is not None
    found: list[TimeMention] = []
    looks: dict[Pattern, bool] = {}
    for line in lines:
        if line.with_months is not None and line.with_months is not with_months:
            continue
        look = line.look
        if look is not None:
            if look not in looks:
                looks[look] = look.search(text) is not None
            if not looks[look]:
                continue
        for match in line.pattern.finditer(whole if line.in_case else text):
            mention = line.read(match, whole, on)
            if mention is not None and all(mention.end <= other.start or other.end <= mention.start for other in found):
                found.append(mention)
    found.sort(key=lambda mention: mention.start)
    return [_settled(mention, found, whole) for mention in found]


_WINDOW = Pattern(r"\b(?:within|in|during)(?: the| this)? (?:past|last|previous|preceding|prior)\s*$", re.IGNORECASE)
_PAST = Pattern(r"\b(?:past|last|previous|preceding|prior)\s*$", re.IGNORECASE)
_IN_THE_PAST = Pattern(r"(?:within|in|during) (?:the |this )?(?:past|last)\b", re.IGNORECASE)
_SAID_OVER = Pattern(r"\s*over\b", re.IGNORECASE)
_VISIT_EVERY = 15  # days; fewer visits than that are not one course
_PAST_VISIT_EVERY = 10


def _settled(time: TimeMention, found: list[TimeMention], text: str) -> TimeMention:
    """A length beside a count of visits, or one within which something took place.

    "12 visits over 6 weeks" are six weeks, not more than six. "Three sessions over the past year" and "within the last
    6 months" tell when, not how long: the first is a window, the second at most so long.
    """
    if time.kind != "duration" or time.duration is None:
        return time
    low, high = time.duration.low, time.duration.high
    before, written = text[max(0, time.start - 30) : time.start], text[time.start : time.end]
    over = _SAID_OVER.match(written) is not None
    counts = [other for other in found if other.kind in ("visits", "frequency") and _beside(other, time, text)]
    if over and high is None and any(other.end <= time.start for other in counts):
        time, high = replace(time, duration=Duration(low, low)), low
    past = (_PAST.search(before) or _PAST.search(written.rpartition(" ")[0])) is not None
    longest = _PAST_VISIT_EVERY if past else _VISIT_EVERY if over else None
    if longest is not None and high is not None:
        fewest = [other.count for other in counts if other.kind == "visits" and other.count is not None]
        if any(count * longest < high.fewest_days for count in fewest):
            return replace(time, kind="window")
    if _WINDOW.search(before) or _IN_THE_PAST.match(written):
        return replace(time, kind="window") if high is None else replace(time, duration=Duration(None, high))
    return time


def _beside(visits: TimeMention, time: TimeMention, text: str) -> bool:
    """Whether a count of visits stands in the same clause, near a length of time."""
    first, second = (visits.end, time.start) if visits.end <= time.start else (time.end, visits.start)
    return second - first <= 60 and not any(mark in text[first:second] for mark in ".;")


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
    """ "10-12 visits" and "10 of 12 visits" are ten at the least."""
    del text, on
    counts = [_number(match.group(name)) for name in ("count", "other")]
    fewest = min((count for count in counts if count is not None), default=None)
    return TimeMention("visits", match.start(), match.end(), count=fewest)


def _part_of(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """ "Half a year" and "three quarters of a year": in months, where it is a year."""
    del on
    if _AGO.match(text, match.end()) or _is_age(match, text):
        return None
    part = Fraction(1, 2) if match.group("half") else Fraction(3 if match.group("many") else 1, 4)
    unit = Unit(match.group("unit").lower())
    span = Span(part * 12, Unit.MONTH) if unit is Unit.YEAR else Span(part, unit)
    return _lasting(match, span, span)


def _whole(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """ "Another month" is one; "all year" is a year at the most. No day is counted so: a brace is worn "all day"."""
    del on
    if _AGO.match(text, match.end()) or _is_age(match, text):
        return None
    span = Span(Fraction(1), Unit(match.group("unit").lower()))
    return _lasting(match, None if match.group("whole").lower() == "all" else span, span)


def _compound(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """ "1 year 2 months" adds up: in months where both are, else in the fewest days. "10 days to 2 weeks" is a range.

    "6 weeks and 3 months of" are two lengths: only a smaller unit, and less than one of the larger, is a remainder.
    """
    del on
    groups = match.groupdict()
    pairs = [("first", "unit"), ("second", "other"), ("third", "last")]
    spans = [_span(groups[number], groups[unit]) for number, unit in pairs if groups[number]]
    joint = groups["joint"].strip().lower()
    if _is_age(match, text) or (joint and len(spans) > 2):
        return None
    if joint not in ("", "and"):
        low, high = sorted(spans, key=lambda span: span.fewest_days)
        return _bounded(match, text, low, high)
    if joint == "and" and not _CLAUSE_ENDS.match(text, match.end()):
        return None
    if any(
        _SIZES.index(first.unit) <= _SIZES.index(second.unit)
        or second.fewest_days >= Span(Fraction(1), first.unit).most_days
        for first, second in pairwise(spans)
    ):
        return None
    months = [span.months for span in spans]
    if None in months:
        total = Span(sum((span.fewest_days for span in spans), Fraction(0)), Unit.DAY)
    else:
        total = Span(sum((month for month in months if month is not None), Fraction(0)), Unit.MONTH)
    return _bounded(match, text, total, total)


def _letter(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """ "6w", "10d", "x 5 d". Not "q4h", "2 w/ food", "45y M", "3D CT", "5d a week"."""
    del on
    low = _number(match.group("low"))
    letter, cued = match.group("unit"), match.group("cue") is not None
    start = match.start("low")
    if low is None or _LETTER_IS_ELSE.match(text, match.end()) or _EVERY.search(text[max(0, start - 7) : start]):
        return None
    if not cued and (match.group("gap") or letter.isupper() or letter == "y") and match.group() != text.strip():
        return None
    low, high = _in_order(low, _number(match.group("high")))
    kind = "ago" if _AGO.match(text, match.end()) else "duration"
    unit = _unit(letter)
    lower, upper = Span(low, unit), Span(high, unit)
    cue = (match.group("cue") or "").strip().lower()
    if cue in (">", "≥", "over", "least", "than", "<", "≤"):
        before = text[max(0, match.start() - 6) : match.start()].lower()
        less = cue in ("<", "≤") or (cue == "than" and "more" not in before)
        return TimeMention(kind, start, match.end(), Duration(None, upper) if less else Duration(lower, None))
    return TimeMention(kind, start, match.end(), Duration(lower, upper))


def _bare_period(match: re.Match[str], text: str, on: date | None) -> TimeMention:
    """ "Over the past year" is one year."""
    del text, on
    span = Span(Fraction(1), Unit(match.group("unit").lower()))
    return _lasting(match, span, span)


def _vague(match: re.Match[str], text: str, on: date | None) -> TimeMention:
    """ "For years" is at least two of them; how many more is not said. "A few days" are no fortnight."""
    del text, on
    unit = Unit(match.group("unit").lower()[:-1])
    few = unit is Unit.DAY and "few" in match.group().lower()
    return _lasting(match, Span(Fraction(2), unit), Span(Fraction(13), unit) if few else None)


def _duration(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    del on
    groups = match.groupdict()
    number = _number(groups["low"])
    if number is None or _is_age(match, text) or _HOW_OFTEN.search(text[max(0, match.start() - 7) : match.start()]):
        return None
    low, high = _in_order(number, _number(groups["high"]) or _number(groups["again"]))
    if groups["again"] and not groups["high"]:
        high = low  # "six (8) weeks": the shorter
    if groups["part"]:
        part = Fraction(1, 2 if groups["part"].lower() == "half" else 4)
        low, high = (low if groups["high"] else low + part), high + part
    scale = _SCALES.get(groups["unit"].lower()[:3], 1)
    unit = _unit(groups["unit"])
    return _bounded(match, text, Span(low * scale, unit), Span(high * scale, unit))


def _bounded(match: re.Match[str], text: str, low: Span, high: Span) -> TimeMention:
    """A length with the words before and after it that open it at one end."""
    groups = match.groupdict()
    lowest: Span | None = low
    highest: Span | None = high
    if groups.get("more") or groups.get("plus") or groups.get("ofmore"):
        highest = None
    elif groups.get("less"):
        lowest = None
        if groups["less"].strip().lower() not in ("up to", "within", "<=", "≤"):
            highest = Span(max(Fraction(0), high.number - Fraction(1, 100)), high.unit)
    kind = "ago" if _AGO.match(text, match.end()) else "duration"
    return TimeMention(kind, match.start(), match.end(), Duration(lowest, highest))


def _in_order(first: Fraction, second: Fraction | None) -> tuple[Fraction, Fraction]:
    """ "8 to 6 weeks" are six to eight."""
    if second is None:
        return first, first
    return min(first, second), max(first, second)


def _span(number: str, unit: str) -> Span:
    return Span((_number(number) or Fraction(0)) * _SCALES.get(unit.lower()[:3], 1), _unit(unit))


_SCALES = {"dec": 10, "for": 2}
_SIZES = (Unit.HOUR, Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)
_AGE = Pattern(r"[\s-]*(?:old|y/?o\b|of age|male|female|woman|man|gentleman|lady)", re.IGNORECASE)


def _is_age(match: re.Match[str], text: str) -> bool:
    return _AGE.match(text, match.end()) is not None


def _unit(word: str) -> Unit:
    letter = word.lower()[:2]
    return {
        "h": Unit.HOUR,
        "d": Unit.DAY,
        "w": Unit.WEEK,
        "y": Unit.YEAR,
        "ys": Unit.YEAR,
        "de": Unit.YEAR,
        "fo": Unit.WEEK,
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
    return read_number(word) if word else None


_BETWEEN = Pattern(r"\b(?:between|from)\s*$", re.IGNORECASE)


def _range(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    del on
    joint = match.group()[len(match.group("from")) : -len(match.group("to"))].strip().lower()
    if joint == "and" and not _BETWEEN.search(text[: match.start()]):
        return None  # "in March, May and July 2023" is a list
    end = read_date(match.group("to"), last=True)
    if end is None:
        return None
    start = read_date(match.group("from")) or _borrow_year(match.group("from"), end)
    if start is None or start > end:
        return None
    return TimeMention("range", match.start(), match.end(), _between(start, end, match), start, end)


def _into_next(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """ "November 2023 to February": till the next February, which may lie in the next year."""
    del text, on
    start = read_date(match.group("from"))
    month = _MONTHS.get(match.group("to").lower().rstrip("."))
    if start is None or month is None or match.group("to") == "may":  # "may" in small letters is a verb
        return None
    end = _month_day(start.year + (month < start.month), month, last=True)
    if end is None:
        return None
    return TimeMention("range", match.start(), match.end(), _length_between(start, end, False, False), start, end)


def _between(start: date, end: date, match: re.Match[str]) -> Duration:
    """The length from one date to another: days are counted from the first to the last, so that it is never overstated.

    "January to June 2025" lasted five months at the least and six at the most.
    """
    bare = [_month_only(match.group(name)) for name in ("from", "to")]
    if all(bare) and any(_PART_OF_MONTH.match(match.group(name)) for name in ("from", "to")):
        return _between_parts(start, end, match.group("from"), match.group("to"))
    if any(bare):
        return _length_between(start, end, not bare[0], not bare[1])
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day == start.day and months > 0:
        span = Span(Fraction(months), Unit.MONTH)
    else:
        span = Span(Fraction((end - start).days), Unit.DAY)
    return Duration(span, span)


_PART_OF_MONTH = Pattern(r"\s*(?P<part>early|mid|late)\b", re.IGNORECASE)
# The first and the last day that each part of a month may mean.
_PARTS_OF_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


def _between_parts(start: date, end: date, first: str, last: str) -> Duration:
    """ "Late March to early April": from the 31st to the 1st at the least, from the 21st to the 10th at the most."""
    opening, closing = (
        _PARTS_OF_MONTH[match.group("part").lower()] if (match := _PART_OF_MONTH.match(text)) else (1, 31)
        for text in (first, last)
    )
    least = (_day_of(end, closing[0]) - _day_of(start, opening[1])).days
    most = (_day_of(end, closing[1]) - _day_of(start, opening[0])).days
    return Duration(Span(Fraction(max(least, 0)), Unit.DAY), Span(Fraction(max(most, 0)), Unit.DAY))


def _day_of(month: date, day: int) -> date:
    """A day of a month, or the last that it has."""
    return next(month.replace(day=each) for each in (day, 30, 29, 28) if each <= day and _exists(month, each))


def _exists(month: date, day: int) -> bool:
    try:
        month.replace(day=day)
    except ValueError:
        return False
    return True


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
    return counted_to(TimeMention("since", match.start(), match.end(), None, start, None), on)


def _range_without_year(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """ "July 7 to September 15": counted in a common year, over the turn of the year where the months run back."""
    del text, on
    first, last = match.group("from"), match.group("to")
    if first in ("may", "march") or last in ("may", "march"):
        return None  # what one may do, and how one marches
    days = [_HAS_DIGIT.search(word) is not None for word in (first, last)]
    start = read_date(f"{first}, 2001" if days[0] else f"{first} 2001")
    end = read_date(f"{last}, 2001" if days[1] else f"{last} 2001")
    if start is None or end is None:
        return None
    if end < start:
        end = end.replace(year=2002)
    return TimeMention("range", match.start(), match.end(), _length_between(start, end, days[0], days[1]))


def _since_last(time: TimeMention, month: int, on: date) -> TimeMention:
    """Since the end of the month of this number that lies last before a day."""
    year = on.year if month < on.month else on.year - 1
    end = _month_day(year, month, last=True)
    if end is None or end > on:
        return time
    return replace(time, began=end, duration=Duration(Span(Fraction((on - end).days), Unit.DAY), None))


def _since_month(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    del text
    name = match.group("month").lower().rstrip(".")
    month = _MONTHS.get(name) or _SEASON_ENDS[name]
    return counted_to(TimeMention("since", match.start(), match.end(), count=Fraction(month)), on)


def _all_season(match: re.Match[str], text: str, on: date | None) -> TimeMention:
    """ "All summer": two months at the least, and three at the most."""
    del text, on
    return _lasting(match, Span(Fraction(2), Unit.MONTH), Span(Fraction(3), Unit.MONTH))


def _year_long(match: re.Match[str], text: str, on: date | None) -> TimeMention:
    """ "Throughout 2024" is a year; "most of last year" is more than half of one."""
    del text, on
    least = 12 if match.group("all") else 6
    return _lasting(match, Span(Fraction(least), Unit.MONTH), Span(Fraction(12), Unit.MONTH))


def _so_many_weeks(match: re.Match[str], text: str, on: date | None) -> TimeMention:
    del text, on
    span = Span(Fraction(match.group("low")), Unit.WEEK)
    return _lasting(match, span, span)


def _short_figures(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """Two short dates in figures: as days of one year, or of the turn of it; where both could be months, the shorter.

    Pain scores and grades of strength have the same form, and a scale for their second figure.
    """
    del on
    first, second, third, fourth = (int(match.group(name)) for name in ("first", "second", "third", "fourth"))
    may_be_scores = {second, fourth} & {5, 10} and max(second, fourth) <= 10
    if (second == fourth and second < _LEAST_YEAR) or (
        may_be_scores and not _CARE_BEFORE.search(text[: match.start()])
    ):
        return None
    if not (1 <= first <= 12 and 1 <= third <= 12) or _A_SCORE.search(text[: match.start()]):
        return None
    lengths: list[int] = []
    begin, end = _day(2001, first, second), _day(2001, third, fourth)
    if begin is not None and end is not None:
        end = end if end >= begin else _day(2002, third, fourth) or end
        lengths.append((end - begin).days)
    months = (fourth - second) * 12 + third - first
    if _LEAST_YEAR <= second <= fourth <= _LAST_YEAR and months >= 0:
        if second == fourth:
            lengths = []  # "3/24-5/24" are no two 24ths
        lengths += [months * 30, (months + 1) * 31]
    lengths = [length for length in lengths if length > 0]
    if not lengths:
        return None
    low, high = Span(Fraction(min(lengths)), Unit.DAY), Span(Fraction(max(lengths)), Unit.DAY)
    return TimeMention("range", match.start(), match.end(), Duration(low, high))


def _length_between(start: date, end: date, start_has_day: bool, end_has_day: bool) -> Duration:
    """The length between two dates of which one or both name only a month, and stand for any of its days."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if not start_has_day and not end_has_day:
        return Duration(Span(Fraction(months), Unit.MONTH), Span(Fraction(months + 1), Unit.MONTH))
    latest = start if start_has_day else _month_day(start.year, start.month, last=True) or start
    earliest = end if end_has_day else end.replace(day=1)
    fewest = max(0, (earliest - latest).days)
    most = max(
        fewest,
        (
            (end if end_has_day else _month_day(end.year, end.month, last=True) or end)
            - (start if start_has_day else start.replace(day=1))
        ).days,
    )
    return Duration(Span(Fraction(fewest), Unit.DAY), Span(Fraction(most), Unit.DAY))


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
    """How often a week, the most where two numbers are given: so many visits took the fewest weeks then."""
    groups = match.groupdict()
    word = (groups["word"] or groups["short"] or "").lower()
    if word:
        return Fraction({"twice": 2, "biw": 2, "tiw": 3}.get(word, 1))
    counts = [_number(groups[name]) for name in ("count", "most", "apiece", "glued")]
    return max((count for count in counts if count is not None), default=None)


def _started(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """ "started ten months ago and carried on without interruption": it has lasted that long."""
    del text, on
    number = _number(match.group("low"))
    if number is None:
        return None
    return TimeMention("since", match.start(), match.end(), Duration(Span(number, _unit(match.group("unit"))), None))


def _since_ago(match: re.Match[str], text: str, on: date | None) -> TimeMention | None:
    """ "Since her visit a month ago": a month, and not yet two."""
    del text, on
    number = _number(match.group("low"))
    if number is None:
        return None
    unit = _unit(match.group("unit"))
    length = Duration(Span(number, unit), Span(number + Fraction(99, 100), unit))
    return TimeMention("since", match.start(), match.end(), length)


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


def has_date(text: str) -> bool:
    """Whether a text could hold a date: four digits, or digits on both sides of a stroke."""
    return _STROKE_OR_YEAR.search(text) is not None


_HAS_DIGIT = Pattern(r"\d")
_STROKE_OR_YEAR = Pattern(r"\d(?:\d{3}|[/-]\d)")
# What every match of some of the patterns below has in it, and which is found faster than they are.
_A_UNIT = Pattern(rf"(?<![a-z]){_UNIT}\b", re.IGNORECASE)
_TWO_UNITS = Pattern(rf"(?<![a-z]){_UNIT}\b[\s\S]*(?<![a-z]){_UNIT}\b", re.IGNORECASE)
_A_LETTER = Pattern(r"\d[\s-]?[hdwy](?![\w/])", re.IGNORECASE)

# What could be read in two ways is settled by this order. The last value is what to look for before.
_IN_ORDER: tuple[tuple[Pattern, _Reader, Pattern | None], ...] = (
    (_SINCE_AGO, _since_ago, None),
    (_RANGE, _range, _STROKE_OR_YEAR),
    (_NEXT_MONTH, _into_next, _STROKE_OR_YEAR),
    (_TO_NOW, _since, _STROKE_OR_YEAR),
    (_SINCE, _since, _STROKE_OR_YEAR),
    (_DATE_RE, _date_alone, _STROKE_OR_YEAR),
    (_NO_YEAR, _range_without_year, None),
    (_SHORT_FIGURES, _short_figures, _STROKE_OR_YEAR),
    (_SINCE_MONTH, _since_month, None),
    (_ALL_SEASON, _all_season, None),
    (_YEAR_LONG, _year_long, None),
    (_TIMES_WEEKS, _so_many_weeks, None),
    (_WEEKLY, _so_many_weeks, None),
    (_STARTED_AGO, _started, None),
    (_EACH, _several, None),
    (_THEN_MORE, _several, _TWO_UNITS),
    (_DAY_NUMBER, _day_number, None),
    (_FREQUENCY, _often, None),
    (_VISITS, _visits, None),
    (_PART_OF, _part_of, None),
    (_COMPOUND, _compound, _TWO_UNITS),
    (_DURATION, _duration, _A_UNIT),
    (_LETTER, _letter, _A_LETTER),
    (_WHOLE, _whole, _A_UNIT),
    (_BARE_PERIOD, _bare_period, _A_UNIT),
    (_VAGUE, _vague, _A_UNIT),
)
_NAME_MONTHS = (_NEXT_MONTH, _NO_YEAR)
_IN_FIGURES = {_RANGE: _RANGE_IN_FIGURES, _DATE_RE: _DATE_IN_FIGURES}
# Whether it is written "May" or "may" and "6 W" or "6 w" tells something.
_IN_CASE = (_NEXT_MONTH, _NO_YEAR, _LETTER, _SINCE_MONTH)


@frozen
class _Line:
    """One line of a grammar: a pattern, what reads its matches, and where it is searched.

    `look` is what to look for before. `with_months` tells in which texts the line counts, those that name a month or
    the others; None is both. `needs` are patterns without whose words none of this one matches.
    """

    pattern: Pattern
    read: _Reader
    look: Pattern | None
    in_case: bool
    with_months: bool | None
    needs: tuple[Pattern, ...]


_MOST_KEPT = 4000  # sets of words that a grammar remembers with the lines that may match there


class _Grammar:
    """The patterns in order, and which of them may match in a text."""

    def __init__(self, variant: Callable[[Pattern], Pattern], words: Mapping[Pattern, Pattern]) -> None:
        """`variant` makes of each pattern the one that is searched.

        `words` are, for what to look for before, the words without which there is none in a text of this grammar.
        """
        made = {pattern: variant(pattern) for pattern in (_STROKE_OR_YEAR, _A_UNIT, _TWO_UNITS, _A_LETTER)}
        self.a_month = variant(_A_MONTH)
        self.lines: list[_Line] = []
        for pattern, read, look in _IN_ORDER:
            in_case = pattern in _IN_CASE
            searched = pattern if in_case else variant(pattern)
            its_words = words.get(look) if look else None
            needs = (searched,) if its_words is None else (searched, its_words)
            # Of a unit nothing is left to look for when its word is there.
            seen = None if its_words is not None and look is _A_UNIT else made[look] if look else None
            if pattern in _IN_FIGURES:
                plain = variant(_IN_FIGURES[pattern])
                self.lines.append(_Line(searched, read, seen, in_case, True, needs))
                self.lines.append(_Line(plain, read, seen, in_case, False, (plain, *needs[1:])))
            else:
                named = True if pattern in _NAME_MONTHS else None
                self.lines.append(_Line(searched, read, seen, in_case, named, needs))
        self._mask: int | None = None
        self._kept: dict[int, tuple[_Line, ...]] = {}

    def that_may_match(self, whole: Said) -> tuple[_Line, ...]:
        """The lines of which a text holds what they need, in order."""
        if self._mask is None:
            self._mask = together(pattern.need for line in self.lines for pattern in line.needs)
        held = whole.held & self._mask
        lines = self._kept.get(held)
        if lines is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            lines = tuple(line for line in self.lines if all(need.may_match(whole) for need in line.needs))
            self._kept[held] = lines
        return lines


def _small(pattern: Pattern) -> Pattern:
    """The pattern for a text in small letters, which is all that these patterns are written in."""
    return Pattern(pattern.source, pattern.flags & ~re.IGNORECASE)


# In ASCII, units and letters that stand for them are words of their own, even right behind a figure.
_UNIT_WORD = Pattern(rf"\b{_UNIT}\b")
_LETTER_WORD = Pattern(r"\b[hdwy]\b")
_ANY_LETTERS = _Grammar(lambda pattern: pattern, {})
_SMALL_LETTERS = _Grammar(_small, {_A_UNIT: _UNIT_WORD, _TWO_UNITS: _UNIT_WORD, _A_LETTER: _LETTER_WORD})
