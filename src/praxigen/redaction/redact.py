"""A document in, its text with the identifiers masked out. Pure: the key decides how far dates move, nothing else "
"does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from praxigen.model.document import Document
from praxigen.redaction.ages import find_ages
from praxigen.redaction.dates import DateRule, find_dates, move
from praxigen.redaction.findings import Finding, settle
from praxigen.redaction.kinds import Kind
from praxigen.redaction.names import find_mentions
from praxigen.redaction.numbers import find_numbers
from praxigen.redaction.people import find_people
from praxigen.redaction.places import find_facilities, find_places
from praxigen.redaction.shift import shift_of
from praxigen.redaction.words import Words, open_words

NOTICE = "Identifiers masked, not certified de-identified."


class Dates(StrEnum):
    """What becomes of dates: moved together, cut to the year, or kept."""

    SHIFT = "shift"
    YEAR = "year"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Mask:
    """One masked stretch: `start` and `end` in the original text, `at` and `to` in the masked one, and what is "
    "there."""

    start: int
    end: int
    at: int
    to: int
    kind: Kind
    written: str


@dataclass(frozen=True, slots=True)
class Redaction:
    """A masked text without its notice, what was masked, and the days by which its dates moved (None: they did not).

    `unread` counts the files and pages of which nothing stands in the text. Only `text` holds words of the note.
    """

    text: str
    masks: tuple[Mask, ...]
    dates: Dates
    days: int | None
    unread: int
    counts: Mapping[Kind, int] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """The lines that stand on every copy."""
        moved = {
            Dates.SHIFT: "Dates are moved together by an unnamed number of days.",
            Dates.YEAR: "Of dates the year is left.",
            Dates.KEEP: "Dates are kept as they were.",
        }[self.dates]
        lost = f" {self.unread} unread pages or files are left out." if self.unread else ""
        return f"[{NOTICE} {moved} Pictures are left out.{lost}]\n\n"

    @property
    def copy(self) -> str:
        """The text that may leave: the heading, then the masked note."""
        return self.heading + self.text

    def moved(self, day: date) -> date:
        """A date of service as the copy would tell it."""
        return (move(day, self.days) if self.days is not None else None) or day


def redact(
    document: Document,
    key: bytes,
    *,
    subject: str | None = None,
    dates: Dates = Dates.SHIFT,
    keep_weekday: bool = False,
    keep: Iterable[str] = (),
    words: Words | None = None,
) -> Redaction:
    """Mask the identifiers of a document.

    `subject` is what moves by the same days (one patient's documents); by default the document's text. `keep` are names
    that stay though they look like a facility's: those of payers.
    """
    words = words or open_words()
    text = document.text
    days = (
        shift_of(key, subject if subject is not None else text, keep_weekday=keep_weekday)
        if dates is Dates.SHIFT
        else None
    )
    on = max((part.date for part in document.parts if part.date is not None), default=None)
    findings: list[Finding] = [*find_numbers(text), *find_ages(text), *find_places(text, words)]
    findings += find_facilities(text, words, frozenset(name.lower() for name in keep))
    findings += find_people(text, find_mentions(text, words), words)
    if dates is not Dates.KEEP:
        findings += find_dates(text, DateRule(days, on), words)
    settled = settle((each for each in findings if each.start < each.end), text)
    masked, masks = _write(text, settled)
    counts = Counter(mask.kind for mask in masks)
    return Redaction(
        masked,
        masks,
        dates,
        days,
        len(document.unread),
        MappingProxyType({kind: counts[kind] for kind in Kind if counts[kind]}),
    )


def _write(text: str, findings: Iterable[Finding]) -> tuple[str, tuple[Mask, ...]]:
    numbers: dict[tuple[Kind, str], int] = {}
    given: Counter[Kind] = Counter()
    pieces: list[str] = []
    masks: list[Mask] = []
    at = length = 0
    for finding in findings:
        write = finding.write
        if write is None:
            name = (finding.kind, finding.key or text[finding.start : finding.end].lower())
            if name not in numbers:
                given[finding.kind] += 1
                numbers[name] = given[finding.kind]
            write = f"[{finding.kind.value.upper()}-{numbers[name]}]"
        before = text[at : finding.start]
        pieces += [before, write]
        length += len(before)
        if write != text[finding.start : finding.end]:
            masks.append(Mask(finding.start, finding.end, length, length + len(write), finding.kind, write))
        length += len(write)
        at = finding.end
    pieces.append(text[at:])
    return "".join(pieces), tuple(masks)
