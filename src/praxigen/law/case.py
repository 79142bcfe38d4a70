"""What is told of one case: the plan, what happened on which day, and what the letter prints."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from praxigen.datafiles import did_you_mean
from praxigen.errors import UsageError

# Never the machine's own: the same case gives the same answer everywhere.
TIME_ZONE = "America/New_York"

# Before these laws, and beyond any deadline that could matter, a date is a slip.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_HINT = "Write it as year-month-day, with the time where it is known: 2026-10-02 or 2026-10-02T14:30."
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, or at a moment where the time is known. `at` may lack a time zone."""

    name: str
    day: date
    at: datetime | None = None

    @classmethod
    def read(cls, name: str, when: str) -> Event:
        """The event at a written day or moment. Raises UsageError for an impossible one."""
        found = _MOMENT.fullmatch(when.strip())
        if found is None:
            raise UsageError(f"{when!r} is not a date for {name!r}", _HINT)
        try:
            day = read_day(found[1], name)
            at = datetime.fromisoformat(when.strip()) if found[2] else None
        except ValueError:
            raise UsageError(f"{when!r} is no date of the calendar ({name})", _HINT) from None
        return cls(name, day, at)

    def placed(self, zone: ZoneInfo) -> Event:
        """The event with its moment, if any, in a time zone, and the day that it then was there.

        Raises UsageError for a time that the change of the clocks left out or made happen twice.
        """
        if self.at is None:
            return self
        at = self.at if self.at.tzinfo else self.at.replace(tzinfo=zone)
        if self.at.tzinfo is None and at.utcoffset() != at.replace(fold=1).utcoffset():
            message = f"{self.at.isoformat(' ', 'minutes')} is not one moment in {zone.key}: the clocks changed then"
            raise UsageError(message, f"Add the offset from UTC, for example {self.at.isoformat()}-05:00.")
        local = at.astimezone(zone)
        return Event(self.name, local.date(), local)


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a case. None means that it was not told, and is asked for where it matters.

    `plan` is a plan of the law (`erisa_self_funded`) or what people call it (`commercial`), which then needs `funding`
    (insured, self_funded, government) and perhaps `state`, where the policy was issued. `payer` is an id of the
    library. `urgency` and `stage` choose among clocks that exclude each other.
    """

    plan: str | None = None
    funding: str | None = None
    state: str | None = None
    payer: str | None = None
    events: tuple[Event, ...] = ()
    letter_deadline: date | None = None
    urgency: str | None = None
    stage: str | None = None
    time_zone: str = TIME_ZONE

    @property
    def zone(self) -> ZoneInfo:
        """The time zone. Raises UsageError with near names."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, OSError, ValueError):  # a folder of zones, or no name at all
            hint = did_you_mean(self.time_zone, available_timezones()) or f"Write for example {TIME_ZONE}."
            raise UsageError(f"there is no time zone {self.time_zone!r}", hint) from None

    def event(self, name: str) -> Event | None:
        """The event of this name, if it was told."""
        return next((event for event in self.events if event.name == name), None)


def read_day(text: str, what: str) -> date:
    """A day. Raises UsageError for anything else."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is no date of the calendar ({what})", _HINT) from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise UsageError(f"{text!r} is far from today ({what})", _HINT)
    return day


def choose(word: str, known: Collection[str], what: str) -> str:
    """The word, if it is known. Raises UsageError with near names, or all of them."""
    if word in known:
        return word
    hint = did_you_mean(word, known) or f"Known: {', '.join(sorted(known))}."
    raise UsageError(f"there is no {what} {word!r}", hint)
