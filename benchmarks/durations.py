"""Scores how the reader finds lengths of time and their values, on texts with marked durations.

    python benchmarks/durations.py FILE

Each line of the file is a JSON object with "id", "text" and "durations": each with its words ("span") and, where known,
its TIMEX value ("timex", as P3M). A duration is right where the reader finds one at these words with this value; words
that only bound it ("more than", "less than", "for") may or may not be part of it. Kept apart is what no clinical record
counts treatment in (seconds, minutes, business days, weekends, nights), what has no number ("some days"), and days and
hours that are not counted but filled or added ("all day", "the whole day", "another hour", "the hour"): who wears a
brace all day does not wear it for one day.
Prints both shares, and lists the wrong by cause.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from praxigen.model.amount import Span, Unit
from praxigen.reading.times import TimeMention, find_times

_APART = re.compile(
    r"\b\d*(?:s|secs?|seconds?|min|minutes?|business|weekends?|nights?|few|some)\b"
    r"|\b(?:all|full|whole|another|the)[ -](?:day|hour)\b",
    re.IGNORECASE,
)
_BOUNDS = re.compile(r"^(?:more than|less than|at least|over|for|the|in)\s+", re.IGNORECASE)
_TIMEX = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>[A-Z]+)")
_UNITS = {"D": Unit.DAY, "W": Unit.WEEK, "M": Unit.MONTH, "Y": Unit.YEAR}


@dataclass(frozen=True, slots=True)
class Item:
    """One marked duration and what is wrong with how it was read; no fault where it is right."""

    id: str
    text: str
    span: str
    apart: bool
    fault: str


def read_item(value: dict[str, Any]) -> list[Item]:
    """The durations of one line of the file."""
    text, items, at = str(value["text"]), [], 0
    found = find_times(text, None)
    for marked in value["durations"]:
        start = text.lower().find(marked["span"].lower(), at)
        at = end = start + len(marked["span"])
        fault = _fault(text, start, end, marked.get("timex"), found)
        apart = _APART.search(marked["span"]) is not None
        items.append(Item(str(value["id"]), text, marked["span"], apart, fault))
    return items


def _fault(text: str, start: int, end: int, timex: str | None, found: list[TimeMention]) -> str:
    over = [time for time in found if time.start < end and start < time.end]
    if not over:
        return "not found"
    if len(over) > 1:
        return "found in pieces"
    time = over[0]
    if time.kind != "duration" or time.duration is None:
        return f"read as {time.kind}"
    if _core(text[time.start : time.end]) != _core(text[start:end]):
        return f"other words: {text[time.start : time.end].strip()!r}"
    if timex is not None and (wanted := _length(timex)) is not None:
        got = time.duration.low or time.duration.high
        if got is None or not _same(got, wanted, time):
            return f"other value: {got} for {timex}"
    return ""


def _core(words: str) -> str:
    return _BOUNDS.sub("", " ".join(words.lower().split())).strip()


def _length(timex: str) -> tuple[Fraction, Unit] | None:
    """The number and unit of a TIMEX value; None where it has units that the reader does not know."""
    days = timex.split("T")
    parts = _TIMEX.findall(days[0].removeprefix("P"))
    if len(days) == 2 and re.fullmatch(r"[\d.]+H", days[1]) and not parts:
        return Fraction(days[1][:-1]), Unit.HOUR
    if len(days) == 1 and len(parts) == 1 and parts[0][1] in _UNITS:
        return Fraction(parts[0][0]), _UNITS[parts[0][1]]
    if len(days) == 1 and parts and all(unit in _UNITS for _, unit in parts):
        spans = [Span(Fraction(number), _UNITS[unit]) for number, unit in parts]
        return sum((span.fewest_days for span in spans), Fraction(0)), Unit.DAY
    return None


def _same(got: Span, wanted: tuple[Fraction, Unit], time: TimeMention) -> bool:
    """Whether two lengths are the same; "less than two days" may be a little under them."""
    limit = Span(*wanted)
    if time.duration is not None and time.duration.low is None:
        return Fraction(98, 100) * limit.fewest_days <= got.fewest_days <= limit.fewest_days
    return got.fewest_days == limit.fewest_days


def main() -> int:
    """Print the shares and the list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    path = parser.parse_args().file
    lines = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    items = [item for value in lines for item in read_item(value)]
    for apart, name in ((False, "what a clinical reader needs"), (True, "kept apart")):
        part = [item for item in items if item.apart is apart]
        right = sum(not item.fault for item in part)
        share = f"{right / len(part):.1%}" if part else "-"
        sys.stdout.write(f"{name}: {right} of {len(part)} right ({share})\n")
        wrong = [item for item in part if item.fault]
        for cause, count in Counter(item.fault.partition(":")[0] for item in wrong).most_common():
            sys.stdout.write(f"  {cause}: {count}\n")
            for item in wrong:
                if item.fault.partition(":")[0] == cause:
                    said = item.fault.partition(": ")[2]
                    sys.stdout.write(f"    {item.id}: {item.span!r}{', ' + said if said else ''}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
