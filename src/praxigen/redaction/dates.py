"""Finds dates however they are written, and writes the moved day in the same form.

A date without a day or a year moves by the same number of days, counted from the middle of what it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from praxigen.redaction.findings import Finding
from praxigen.redaction.kinds import Kind
from praxigen.redaction.words import Words

_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTHS = {name: at for at, name in enumerate(_NAMES, 1)} | {name[:3]: at for at, name in enumerate(_NAMES, 1)}
_MONTHS["sept"] = 9
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?P<dot>\.?)"
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = (
    r"(?:(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\b(?P<after>\.?,?\s+))?"
)
# A digit, or a letter that a scanner or a hasty finger puts for one.
_D = r"[0-9OolISB]"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMERIC = re.compile(
    rf"{_WEEKDAY}(?<![\w/.-])(?P<m>{_D}{{1,2}})(?P<one>\s?(?P<sign>[/.-])\s?)(?P<d>{_D}{{1,2}})(?P<two>\s?(?P=sign)\s?)"
    rf"(?P<y>[12lI]{_D}{{3}}|{_D}{{2}})(?![\w/-]|\.\d)",
    re.IGNORECASE,
)
_ISO = re.compile(
    rf"(?<![\w/.-])(?P<y>(?:19|20){_D}{{2}})(?P<one>[-/.])(?P<m>{_D}{{1,2}})(?P<two>[-/.])(?P<d>{_D}{{1,2}})(?!\d)"
)
_STAMP = re.compile(
    r"(?<![\w.-])(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:\d{4}(?:\d\d)?(?:\.\d+)?(?:[+-]\d{4})?)?(?![\w-])"
)
_WRITTEN = re.compile(
    rf"{_WEEKDAY}\b{_MONTH}(?P<gap>[ \t]+|-)(?P<d>\d{{1,2}})(?P<nth>st|nd|rd|th)?(?P<two>,?\s+|-|,){_YEAR}\b",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}\b(?P<d>\d{{1,2}})(?P<nth>st|nd|rd|th)?(?P<gap>(?:[ \t]+(?:of[ \t]+)?|-)){_MONTH}(?P<two>,?[ \t]+|-)"
    r"(?P<year>(?:19|20)\d\d|(?<=-)\d\d)\b",
    re.IGNORECASE,
)
# What every date of these patterns holds: two signs about a number, or a month.
_SIGNS = re.compile(rf"[/.-]\s?{_D}{{1,2}}\s?[/.-]", re.IGNORECASE)
_MONTH_BEGINS = re.compile(_MONTH, re.IGNORECASE)
_NO_YEAR = re.compile(
    rf"{_WEEKDAY}\b{_MONTH}[ \t]+(?P<d>\d{{1,2}})(?P<nth>st|nd|rd|th)?(?![\w/%]|[.,:]\d|,?[ \t]+(?:19|20)\d\d"
    r"|[ \t]*(?:mg|mcg|ml|%))",
    re.IGNORECASE,
)
_DAY_OF_MONTH = re.compile(rf"\b(?P<d>\d{{1,2}})(?P<nth>st|nd|rd|th)(?:[ \t]+of)?[ \t]+{_MONTH}", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}(?P<gap>,?[ \t]+(?:of[ \t]+)?|-|/){_YEAR}\b", re.IGNORECASE)
_SHORT_YEAR = re.compile(rf"\b{_MONTH}[ \t]?(?P<quote>['’])(?P<yy>\d\d)\b", re.IGNORECASE)
_NUMBER_YEAR = re.compile(rf"(?<![\w/.-])(?P<m>0?[1-9]|1[0-2])(?P<gap>/|-){_YEAR}(?![\w/-])")
_SEASON = re.compile(
    rf"\b(?P<season>spring|summer|fall|autumn|winter)(?P<gap>(?:[ \t]+of)?[ \t]+){_YEAR}\b", re.IGNORECASE
)
_MIDDLE = {"winter": (1, 20), "spring": (4, 20), "summer": (7, 20), "fall": (10, 20), "autumn": (10, 20)}
# A month alone needs a word before it, because May, March and Dec. are other things too.
_MONTH_ALONE = re.compile(
    r"\b(?:in|since|from|until|till|through|thru|to|by|during|last|this|next|early|mid|late|mid-|between|and|of"
    r"|dated|-|–)"
    rf"[ \t-]*(?:(?:early|late|mid)[ \t-])?(?P<word>{_MONTH})(?![ \t]+(?:\d|not|be|have|need|consider)|['’]|-\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![\w'])(?P<word>{_MONTH})[ \t]*(?:-|–|to|through|thru|until|and)[ \t]*(?=(?:jan|feb|mar|apr|may|jun|jul"
    r"|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
# A day without its year: "on 7/6". Fractions of five and ten are strengths and scores unless a day's word is before.
_SHORT = re.compile(
    r"\b(?P<cue>on|since|dated|date|dos|until|till|thru|through|after|before|from|to|by|seen|performed|done|started"
    r"|began|of|mri|ct|emg|x-?rays?|esi"
    r"|visit|exam|and|-|–)[ \t:]+(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\d/%]|\.\d|[ \t]*(?:strength|pain|power|tabs?"
    r"|tablets?|sessions?|visits?|levels?|mg|in|inch|of|out|on|at rest|with|bilat))",
    re.IGNORECASE,
)
_SURE = frozenset(
    {
        "on",
        "since",
        "dated",
        "date",
        "dos",
        "until",
        "till",
        "after",
        "before",
        "seen",
        "performed",
        "done",
        "visit",
        "mri",
        "ct",
        "emg",
    }
)
_SCORED = re.compile(
    r"\b(?:pain|vas|nrs|score|scale|strength|motor|power|rated|relief|reflex\w*|grade|mmt|gcs|moca|mmse|apgar)\b",
    re.IGNORECASE,
)
_SCORES = frozenset({4, 5, 10})
_BARE_YEAR = re.compile(
    r"\b(?:in|since|until|of|from|during|throughout|year|early|late|mid|circa|around|before|after|by|and|to|-"
    rf"|–)[ \t-]+{_YEAR}\b(?![-/.]\d|[ \t]*(?:mg|ml|mcg|units?|iu|cc|kcal|calories|ml|hours?))",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"\b(?:d\.?o\.?b\.?|birth ?date|date of birth|born|birth)\b[\s:#]*(?:on |in )?$", re.IGNORECASE)
_OLDEST = 89
_FEWEST = 3  # digits of a date in numbers; more letters than that are no misread digits


@dataclass(frozen=True, slots=True)
class DateRule:
    """What to do with dates: `days` to move them by, or None to leave nothing of them but the year."""

    days: int | None
    on: date | None


def move(day: date, days: int) -> date | None:
    """The day that is so many days later; None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def find_dates(text: str, rule: DateRule, words: Words) -> Iterator[Finding]:
    """Every date in the text with what to write for it, those that are complete first in rank."""
    year = rule.on.year if rule.on else _first_year(text)
    signs, months = _stretches(text, _SIGNS), _stretches(text, _MONTH_BEGINS)
    for pattern, stretches in (
        (_NUMERIC, signs),
        (_ISO, None),
        (_STAMP, None),
        (_WRITTEN, months),
        (_DAY_FIRST, months),
    ):
        for found in _found(pattern, text, stretches):
            if "month" in pattern.groupindex or sum(letter.isdigit() for letter in found[0]) >= _FEWEST:
                yield _whole(found, rule, text, pattern, year)
    for pattern, stretches in ((_MONTH_YEAR, months), (_SHORT_YEAR, months), (_NUMBER_YEAR, None), (_SEASON, None)):
        for found in _found(pattern, text, stretches):
            yield _vague(found, rule, pattern)
    yield from _incomplete(text, rule, year, months)
    for found in _BARE_YEAR.finditer(text):
        yield _year_alone(found, rule, text)
    yield from _holidays(text, words)


def _stretches(text: str, sign: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where to look for dates that hold a sign: its line, with the line of words before it and the one after it.

    The patterns of dates are slow and the sign is not; no date reaches over more lines.
    """
    found: list[tuple[int, int]] = []
    line_end = 0
    for match in sign.finditer(text):
        if match.end() <= line_end:
            continue
        start = text.rfind("\n", 0, match.start())
        while start > 0 and text[start - 1].isspace():
            start -= 1
        start = text.rfind("\n", 0, max(start, 0)) + 1
        line_end = end = _end_of_line(text, match.end())
        while end < len(text) and text[end].isspace():
            end += 1
        end = _end_of_line(text, end)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _found(pattern: re.Pattern[str], text: str, stretches: list[tuple[int, int]] | None) -> Iterator[re.Match[str]]:
    if stretches is None:
        yield from pattern.finditer(text)
        return
    for start, end in stretches:
        yield from pattern.finditer(text, start, end)


def _incomplete(text: str, rule: DateRule, year: int, months: list[tuple[int, int]]) -> Iterator[Finding]:
    """Days and months without a year, which are taken to be of the year of the note."""
    for pattern in (_NO_YEAR, _DAY_OF_MONTH):
        for found in _found(pattern, text, months):
            yield _without_year(found, rule, year)
    for pattern in (_MONTH_ALONE, _MONTH_FIRST):
        for found in _found(pattern, text, months):
            if not _is_verb(found):
                yield _month_alone(found, rule, year)
    for found in _SHORT.finditer(text):
        if _is_day(found, text):
            yield _short(found, rule, year)


def _holidays(text: str, words: Words) -> Iterator[Finding]:
    if words.holidays:
        names = "|".join(map(re.escape, words.holidays))
        for found in re.finditer(rf"\b(?:{names})(?!\w)", text, re.IGNORECASE):
            yield Finding(found.start(), found.end(), Kind.DATE, write="[HOLIDAY]", rank=6)


def _first_year(text: str) -> int:
    found = re.search(r"\b20[0-4]\d\b", text)
    return int(found[0]) if found else 2025


def _number(text: str) -> int:
    return int(text.translate(str.maketrans("OolISBisb", "001158158")))


def _long_year(year: int) -> int:
    if year >= 100:
        return year
    return year + (2000 if year < 50 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(_long_year(year), month, day)
    except ValueError:
        return None


def _whole(found: re.Match[str], rule: DateRule, text: str, pattern: re.Pattern[str], year: int) -> Finding:
    start, end = found.span()
    groups = found.groupdict()
    named = "month" in groups
    month = _MONTHS[_key(found["month"])] if named else _number(found["m"])
    written = found["year"] if named else found["y"]
    day = _day(_number(written), month, _number(found["d"]))
    if day is None and not named and pattern is _NUMERIC:
        day = _day(_number(written), _number(found["d"]), month)  # 23/07/2026
        if day is not None:
            return Finding(start, end, Kind.DATE, write=_placeholder(rule, day), rank=2)
    if day is None:
        return Finding(start, end, Kind.DATE, write="[DATE]", rank=2)
    if _BIRTH.search(text, max(0, start - 30), start) and year - day.year > _OLDEST:
        return Finding(start, end, Kind.AGE, write="[BIRTH DATE, AGE 90+]", rank=1)
    moved = move(day, rule.days) if rule.days is not None else None
    if moved is None:
        return Finding(start, end, Kind.DATE, write=_placeholder(rule, day), rank=2)
    return Finding(start, end, Kind.DATE, write=_written(found, moved, named=named), rank=2)


def _placeholder(rule: DateRule, day: date) -> str:
    return "[DATE]" if rule.days is not None else f"[DATE {day.year}]"


def _key(month: str) -> str:
    return month.lower() if month.lower() in _MONTHS else month.lower()[:3]


def _written(found: re.Match[str], day: date, *, named: bool) -> str:
    """The day in the form of the match: its separators, padding, month names and capitals."""
    groups = found.groupdict()
    pieces = []
    width = len(found["d"]) if not named or found["d"].startswith("0") else 1
    values = {"d": f"{day.day:0{width}d}"}
    if named:
        values["month"] = _month_like(found["month"], day.month)
        values["year"] = f"{day.year:04d}" if len(found["year"]) == 4 else f"{day.year % 100:02d}"
        if groups.get("nth"):
            values["nth"] = _nth(day.day)
    else:
        values["m"] = f"{day.month:0{len(found['m'])}d}"
        values["y"] = f"{day.year:04d}" if len(found["y"]) == 4 else f"{day.year % 100:02d}"
    if groups.get("weekday"):
        values["weekday"] = _weekday_like(found["weekday"], day)
    at = found.start()
    for name in sorted(values, key=found.start):
        pieces.append(found.string[at : found.start(name)])
        pieces.append(values[name])
        at = found.end(name)
    pieces.append(found.string[at : found.end()])
    return "".join(pieces)


def _like(model: str, word: str) -> str:
    if model.isupper():
        return word.upper()
    return word.lower() if model.islower() else word


def _month_like(model: str, month: int) -> str:
    name = _NAMES[month - 1].capitalize()
    short = len(model) <= 4 and model.lower() not in {"may", "june", "july"}  # "May" is not short for anything
    return _like(model, name[:3] if short else name)


def _weekday_like(model: str, day: date) -> str:
    name = _WEEKDAYS[day.weekday()]
    return _like(model, name if model.lower().endswith("day") else name[:3])


def _nth(day: int) -> str:
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _is_verb(found: re.Match[str]) -> bool:
    """Whether "may", "march" or "mar" is no month, as it is written."""
    return found["month"] in {"may", "march", "mar", "MAY", "dec", "sep", "jun"}


def _without_year(found: re.Match[str], rule: DateRule, year: int) -> Finding:
    start, end = found.span()
    day = _day(year, _MONTHS[_key(found["month"])], int(found["d"]))
    moved = move(day, rule.days) if day is not None and rule.days is not None else None
    if moved is None:
        return Finding(start, end, Kind.DATE, write="[DATE]", rank=3)
    values = {"month": _month_like(found["month"], moved.month), "d": str(moved.day)}
    if found["nth"]:
        values["nth"] = _nth(moved.day)
    if found.groupdict().get("weekday"):
        values["weekday"] = _weekday_like(found["weekday"], moved)
    pieces, at = [], start
    for name in sorted(values, key=found.start):
        pieces += [found.string[at : found.start(name)], values[name]]
        at = found.end(name)
    return Finding(start, end, Kind.DATE, write="".join(pieces) + found.string[at:end], rank=3)


def _vague(found: re.Match[str], rule: DateRule, pattern: re.Pattern[str]) -> Finding:
    start, end = found.span()
    if pattern is _SHORT_YEAR:
        year, month, day = _long_year(int(found["yy"])), _MONTHS[_key(found["month"])], 15
    elif pattern is _SEASON:
        year, (month, day) = int(found["year"]), _MIDDLE[found["season"].lower()]
    else:
        month = _MONTHS[_key(found["month"])] if pattern is _MONTH_YEAR else int(found["m"])
        year, day = int(found["year"]), 15
    if rule.days is None:
        return Finding(start, end, Kind.DATE, write=f"[DATE {year}]", rank=3)
    moved = move(date(year, month, day), rule.days) or date(year, month, day)
    if pattern is _SEASON:
        season = ("winter", "spring", "summer", "fall")[(moved.month % 12) // 3]
        year = moved.year + (moved.month == 12)
        write = _like(found["season"], season.capitalize()) + f"{found['gap']}{year}"
    elif pattern is _SHORT_YEAR:
        write = f"{_month_like(found['month'], moved.month)}{found['dot']} {found['quote']}{moved.year % 100:02d}"
    elif pattern is _MONTH_YEAR:
        write = f"{_month_like(found['month'], moved.month)}{found['dot']}{found['gap']}{moved.year}"
    else:
        write = f"{moved.month:0{len(found['m'])}d}{found['gap']}{moved.year}"
    return Finding(start, end, Kind.DATE, write=write, rank=3)


_RANGE_END = re.compile(
    rf"[ \t]*(?:-|–|to|through|thru|until|till|and)[ \t]*{_MONTH}[ \t]*(?:\d{{1,2}}(?:st|nd|rd|th)?,?[ \t]+)?{_YEAR}\b",
    re.IGNORECASE,
)


def _month_alone(found: re.Match[str], rule: DateRule, year: int) -> Finding:
    """A month without its year: of a range with the year at its end, or of the year of the note."""
    start, end = found.span("word")
    if rule.days is None:
        return Finding(start, end, Kind.DATE, write="[MONTH]", rank=4)
    month = _MONTHS[_key(found["month"])]
    later = _RANGE_END.match(found.string, end)
    if later is not None:
        last = _MONTHS[_key(later["month"])]
        year = int(later["year"]) - (month > last)
        until = move(date(int(later["year"]), last, 15), rule.days)
    moved = move(date(year, month, 15), rule.days)
    if moved is None:
        return Finding(start, end, Kind.DATE, write="[MONTH]", rank=4)
    write = _month_like(found["month"], moved.month) + found["dot"]
    if later is not None and until is not None and until.year != moved.year and month <= last:
        write += f" {moved.year}"  # the copy's range runs over the turn of the year
    return Finding(start, end, Kind.DATE, write=write, rank=4)


def _is_day(found: re.Match[str], text: str) -> bool:
    if not (1 <= int(found["m"]) <= 12 and 1 <= int(found["d"]) <= 31):
        return False
    if int(found["d"]) not in _SCORES and found["cue"].lower() not in {"-", "–", "and", "of"}:
        return True
    before = text[max(0, found.start() - 60) : found.start()]
    sentence = re.split(r"[.;\n]", before)[-1]
    sure = found["cue"].lower() in _SURE or int(found["d"]) not in _SCORES
    return sure and not _SCORED.search(sentence)


def _short(found: re.Match[str], rule: DateRule, year: int) -> Finding:
    start, end = found.start("m"), found.end("d")
    day = _day(year, int(found["m"]), int(found["d"]))
    moved = move(day, rule.days) if day is not None and rule.days is not None else None
    if moved is None:
        return Finding(start, end, Kind.DATE, write="[DATE]", rank=4)
    write = f"{moved.month:0{len(found['m'])}d}/{moved.day:0{len(found['d'])}d}"
    return Finding(start, end, Kind.DATE, write=write, rank=4)


def _year_alone(found: re.Match[str], rule: DateRule, text: str) -> Finding:
    start, end = found.span("year")
    year = int(found["year"])
    if _BIRTH.search(text, max(0, found.start() - 30), start) and _first_year(text) - year > _OLDEST:
        return Finding(start, end, Kind.AGE, write="[BIRTH YEAR, AGE 90+]", rank=1)
    moved = move(date(year, 7, 1), rule.days) if rule.days is not None else None
    return Finding(start, end, Kind.DATE, write=str(moved.year if moved else year), rank=6)
