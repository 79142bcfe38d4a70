"""Deadlines as an iCalendar file (RFC 5545) that any calendar takes in. The same deadlines give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, timedelta

from praxigen.exports.safe_text import printable
from praxigen.law import Deadline, State

_PRODUCT = "-//praxigen//deadlines//EN"
_WIDTH = 75  # octets of a line, its end left out
_SHOWN = (State.OPEN, State.PASSED, State.MAY_BE_EXTENDED, State.DEPENDS)


def to_ics(rows: Iterable[tuple[str, Deadline]]) -> str:
    """A calendar with an entry for each open deadline of the cases, whole days as such, hours with their time.

    An entry holds the case's name, the step and the law, never more of a person. A later export replaces the entries of
    an earlier one, because the name of an entry is made from the case and the clock.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for name, each in rows:
        if each.due is not None and each.done is None and each.state in _SHOWN:
            lines += _entry(name, each)
    return "".join(f"{line}\r\n" for raw in (*lines, "END:VCALENDAR") for line in _fold(raw))


def _entry(name: str, each: Deadline) -> list[str]:
    assert each.due is not None  # noqa: S101  only deadlines with a day are entered
    key = hashlib.sha256(f"{name}\n{each.id}\n{each.started.isoformat()}".encode()).hexdigest()[:32]
    head = f"{each.says}, if {each.condition}" if each.state is State.DEPENDS else each.says
    about = [f"{each.law}; {each.counted}" if each.law else each.counted, *each.warnings]
    if each.letter_due and each.rule_day:
        about.insert(0, f"By the law {each.rule_day.isoformat()}, by the letter {each.letter_due.isoformat()}.")
    if each.consequence:
        about.append(f"If missed: {each.consequence}")
    return [
        "BEGIN:VEVENT",
        f"UID:{key}@praxigen",
        # When the entry was made, in a file that knows no clock: the day on which the deadline began to run.
        f"DTSTAMP:{each.started:%Y%m%d}T000000Z",
        *_when(each),
        f"SUMMARY:{_text(f'{name}: {head}' if name else head)}",
        f"DESCRIPTION:{_text(chr(10).join(about))}",
        "TRANSP:TRANSPARENT",
        *(_alarm() if each.kind.value == "file" else ()),
        "END:VEVENT",
    ]


def _when(each: Deadline) -> list[str]:
    assert each.due is not None  # noqa: S101
    if each.exact:
        return [f"DTSTART:{each.due.astimezone(UTC):%Y%m%dT%H%M%SZ}"]
    day = each.due.date()
    return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"]


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
