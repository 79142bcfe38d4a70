"""Days as file formats and the heads of notes write them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A day in a head: "07/20/2026", "7-20-26", "2026-07-20", "July 20, 2026", "20 Jul 2026".
DAY = (
    r"(?:\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{1,2}[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[ -]\d{4})"
)


def written_day(text: str) -> date | None:
    """The day that a text means, in US order; None where it is none."""
    text = text.strip().lower()
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    month = next((index for index, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name}", text)), None)
    if month is not None and len(numbers) == 2:
        day, year = sorted(numbers)
        return _day(year, month, day)
    if len(numbers) != 3:
        return None
    if re.match(r"\d{4}", text):
        return _day(*numbers)
    return _day(numbers[2], numbers[0], numbers[1])


def stamped_day(text: str | None) -> date | None:
    """The day of a time stamp: "20260720103000-0500" in HL7 v2 and C-CDA, "2026-07-20T10:30:00Z" in FHIR."""
    found = re.match(r"\s*(\d{4})-?(\d{2})-?(\d{2})", text or "")
    return _day(*map(int, found.groups())) if found else None


def _day(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 2000 if year < 50 else 1900
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None
