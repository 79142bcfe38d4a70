"""Counting: hours, calendar days, business days and months, from a moment to the last minute of a clock.

A deadline is never moved for a weekend. Months end on the same day of the month, or on its last day where there is
none. Calendar days end at 23:59 local of the last day. Hours are hours that have passed, whatever the clocks did.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from praxigen.law.clock import Length, Unit

# 5 U.S.C. 6103. States and payers may keep more days.
HOLIDAYS_SAY = "Business days leave out Saturdays, Sundays and the 11 federal holidays (5 U.S.C. 6103)."
STATE_HOLIDAYS_SAY = (
    "Holidays that only {} keeps are counted as business days: where the state's rule leaves them out, the true end is "
    "later."
)
_END = time(23, 59)
_SATURDAY = 5


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last minute of a day."""
    return datetime.combine(day, _END, zone)


def add(length: Length, day: date, at: datetime | None, zone: ZoneInfo) -> datetime:
    """The last minute of a clock that began on `day`, or at the moment `at` where that is known.

    Without a moment, hours count from the end of the day: the true end is up to a day earlier, never later.
    """
    if length.unit is Unit.HOURS:
        begun = at or datetime.combine(day + timedelta(days=1), time.min, zone)
        return (begun.astimezone(UTC) + timedelta(hours=length.number)).astimezone(zone)
    if length.unit is Unit.CALENDAR_DAYS:
        return end_of_day(day + timedelta(days=length.number), zone)
    if length.unit is Unit.BUSINESS_DAYS:
        return end_of_day(add_business_days(day, length.number), zone)
    return end_of_day(add_months(day, length.number), zone)


def later(due: datetime, days: int) -> datetime:
    """The same time of day, so many days later."""
    return due + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of that month where it has none."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def add_business_days(day: date, number: int) -> date:
    """The last of so many business days, the first of which is the next one after `day`."""
    while number:
        day += timedelta(days=1)
        number -= closed(day) == ""
    return day


def closed(day: date) -> str:
    """Why nobody works on a day: a Saturday, a Sunday, the name of a federal holiday; empty for a business day."""
    if day.weekday() >= _SATURDAY:
        return "a Saturday" if day.weekday() == _SATURDAY else "a Sunday"
    return _holidays(day.year).get(day, "")


def business_day_before(day: date) -> date:
    """The last business day before a day."""
    day -= timedelta(days=1)
    while closed(day):
        day -= timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def _holidays(year: int) -> dict[date, str]:
    """The federal holidays that are kept in a year: one on a Saturday on the Friday before, on a Sunday the Monday."""
    fixed = (
        (date(year, 1, 1), "New Year's Day"),
        (date(year, 6, 19), "Juneteenth"),
        (date(year, 7, 4), "Independence Day"),
        (date(year, 11, 11), "Veterans Day"),
        (date(year, 12, 25), "Christmas Day"),
        (date(year + 1, 1, 1), "New Year's Day"),
    )
    kept = {_kept(day): name for day, name in fixed}
    kept |= {
        _weekday(year, 1, 0, 3): "Martin Luther King Jr. Day",
        _weekday(year, 2, 0, 3): "Washington's Birthday",
        _weekday(year, 6, 0, 1) - timedelta(days=7): "Memorial Day",
        _weekday(year, 9, 0, 1): "Labor Day",
        _weekday(year, 10, 0, 2): "Columbus Day",
        _weekday(year, 11, 3, 4): "Thanksgiving Day",
    }
    return {day: name for day, name in kept.items() if day.year == year}


def _kept(day: date) -> date:
    shift = {5: -1, 6: 1}.get(day.weekday(), 0)
    return day + timedelta(days=shift)


def _weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The first, second ... Monday (0) or other weekday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
