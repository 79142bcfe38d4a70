"""Lengths of time and other quantities, with the arithmetic that payers' limits ask for.

Calendar months stay months: a limit of six months is met by six months, by half a year, and by any number of days
that six calendar months can span (181 at the least). Six weeks are 42 days; 41 are too short.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from praxigen.model.frozen import frozen


class Unit(StrEnum):
    """Units of time that a note or a policy may use."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


# The fewest days that n consecutive calendar months can span, n = 0 to 12 (three months may be February to April: 89).
_FEWEST_DAYS = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334, 365)
_MOST_DAYS = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337, 366)


@frozen
class Span:
    """A length of time as written: a number and its unit."""

    number: Fraction
    unit: Unit

    @property
    def months(self) -> Fraction | None:
        """The length in calendar months, where the unit is months or years."""
        if self.unit is Unit.MONTH:
            return self.number
        return self.number * 12 if self.unit is Unit.YEAR else None

    @property
    def fewest_days(self) -> Fraction:
        """The fewest days that this length can be."""
        return self._days(_FEWEST_DAYS, 365)

    @property
    def most_days(self) -> Fraction:
        """The most days that this length can be."""
        return self._days(_MOST_DAYS, 366)

    def _days(self, table: tuple[int, ...], year: int) -> Fraction:
        if self.unit is Unit.HOUR:
            return self.number / 24
        if self.unit is Unit.DAY:
            return self.number
        if self.unit is Unit.WEEK:
            return self.number * 7
        years, rest = divmod(self.months or Fraction(0), 12)
        whole = int(rest)
        return years * year + table[whole] + (rest - whole) * (table[whole + 1] - table[whole])

    def _measure(self, other: Span) -> tuple[Fraction, Fraction]:
        """Both lengths on one scale: months where both are in months or years, else the fewest days of each."""
        mine, theirs = self.months, other.months
        if mine is not None and theirs is not None:
            return mine, theirs
        return self.fewest_days, other.fewest_days

    def __lt__(self, other: Span) -> bool:
        mine, theirs = self._measure(other)
        return mine < theirs

    def __le__(self, other: Span) -> bool:
        mine, theirs = self._measure(other)
        return mine <= theirs

    def __gt__(self, other: Span) -> bool:
        mine, theirs = self._measure(other)
        return mine > theirs

    def __ge__(self, other: Span) -> bool:
        mine, theirs = self._measure(other)
        return mine >= theirs

    def __str__(self) -> str:
        number = str(self.number.numerator) if self.number.denominator == 1 else f"{float(self.number):g}"
        return f"{number} {self.unit}{'' if self.number == 1 else 's'}"


@frozen
class Duration:
    """How long something lasted, as far as the note says: between `low` and `high`, either may be open.

    "5-6 months" has both; "over 6 weeks" has only `low`; "less than 3 weeks" only `high`.
    """

    low: Span | None
    high: Span | None

    def at_least(self, limit: Span) -> bool | None:
        """True if it lasted at least `limit`, False if it was shorter, None if the note leaves it open."""
        if self.low is not None and self.low >= limit:
            return True
        if self.high is not None and self.high < limit:
            return False
        return None


@frozen
class Quantity:
    """A measured number with its unit: 70 "%", 3 "/5", 8 "/10", 42 "ODI". Bounds as for Duration."""

    low: Fraction | None
    high: Fraction | None
    unit: str
