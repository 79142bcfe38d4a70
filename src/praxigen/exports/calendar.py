"""Deadlines as an iCalendar file (RFC 5545) that any calendar takes in. The same deadlines give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from praxigen.exports.safe_text import printable
from praxigen.law import Deadline, State

_PRODUCT = "-//praxigen//deadlines//EN"
_WIDTH = 75  # octets of a line, its end left out
_SHOWN = (State.OPEN, State.PASSED, State.MAY_BE_EXTENDED, State.DEPENDS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar. `key` names it for good: a later export replaces an entry of the same key.

    It stands on `day`, or at the moment `at` where hours count. `made` is the day from which the deadline runs, for a
    file that knows no clock; `alarm` asks for a reminder a week before.
    """

    key: str
    day: date
    says: str
    about: str
    made: date
    at: datetime | None = None
    alarm: bool = False


def to_ics(rows: Iterable[tuple[str, Deadline]]) -> str:
    """A calendar with an entry for each open deadline of the cases, whole days as such, hours with their time.

    An entry holds the case's name, the step and the law, never more of a person.
    """
    shown = (row for row in rows if row[1].due is not None and row[1].done is None and row[1].state in _SHOWN)
    return entries_to_ics(_of_deadline(name, each) for name, each in shown)


def entries_to_ics(entries: Iterable[Entry]) -> str:
    """A calendar of entries."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for each in entries:
        lines += _entry(each)
    return "".join(f"{line}\r\n" for raw in (*lines, "END:VCALENDAR") for line in _fold(raw))


def _of_deadline(name: str, each: Deadline) -> Entry:
    assert each.due is not None  # noqa: S101  only deadlines with a day are entered
    head = f"{each.says}, if {each.condition}" if each.state is State.DEPENDS else each.says
    about = [f"{each.law}; {each.counted}" if each.law else each.counted, *each.warnings]
    if each.letter_due and each.rule_day:
        about.insert(0, f"By the law {each.rule_day.isoformat()}, by the letter {each.letter_due.isoformat()}.")
    if each.consequence:
        about.append(f"If missed: {each.consequence}")
    return Entry(
        key=f"{name}\n{each.id}\n{each.started.isoformat()}",
        day=each.due.date(),
        says=f"{name}: {head}" if name else head,
        about=chr(10).join(about),
        made=each.started,
        at=each.due if each.exact else None,
        alarm=each.kind.value == "file",
    )


def _entry(each: Entry) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.sha256(each.key.encode()).hexdigest()[:32]}@praxigen",
        f"DTSTAMP:{each.made:%Y%m%d}T000000Z",
        *_when(each),
        f"SUMMARY:{_text(each.says)}",
        f"DESCRIPTION:{_text(each.about)}",
        "TRANSP:TRANSPARENT",
        *(_alarm() if each.alarm else ()),
        "END:VEVENT",
    ]


def _when(each: Entry) -> list[str]:
    if each.at is not None:
        return [f"DTSTART:{each.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"]
    return [f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}", f"DTEND;VALUE=DATE:{each.day + timedelta(days=1):%Y%m%d}"]


def _alarm() -> list[str]:
    return ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:A deadline ends in one week", "TRIGGER:-P7D", "END:VALARM"]


def _text(text: str) -> str:
    """Text as a value: its own marks masked (RFC 5545, 3.3.11)."""
    clean = "\n".join(printable(line) for line in text.split("\n"))
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """A line in pieces of at most 75 octets, never within a letter; all but the first begin with a blank."""
    pieces, piece, room = [], "", _WIDTH
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = " ", _WIDTH - 1
        piece += letter
        room -= size
    return [*pieces, piece]
