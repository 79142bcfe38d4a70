"""A published work that the library holds: what it showed, in our words, how it was read, and who vouches for it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from praxigen.model.frozen import frozen


class WorkRead(StrEnum):
    """How much of a published work was read, strongest first."""

    FULL_TEXT = "full_text"
    ABSTRACT = "abstract"
    SUMMARY = "summary"  # somebody else's words about it


@frozen
class Verification:
    """Who compared the entry with the work itself, and on which day."""

    by: str
    on: date


@frozen
class Reference:
    """One published work. Bibliographic facts that nobody has seen are empty, never guessed.

    `shows` is the finding in our own words with its figure. `verified` is None while nobody has compared the entry with
    the work; `open` then says what is missing. Only verified works may stand in a letter.
    """

    id: str
    shows: str
    read: WorkRead
    verified: Verification | None
    open: str = ""
    authors: tuple[str, ...] = ()
    title: str = ""
    journal: str = ""
    year: int | None = None
    doi: str = ""
    pmid: str = ""
    url: str = ""

    @property
    def address(self) -> str:
        """Where the work is found: its page, or the numbers by which it is found."""
        return self.url or (f"doi:{self.doi}" if self.doi else f"PMID {self.pmid}")

    @property
    def citation(self) -> str:
        """The work as letters cite it: authors, title, journal, year, and the numbers by which it is found."""
        numbers = (f"doi:{self.doi}" if self.doi else "", f"PMID {self.pmid}" if self.pmid else "")
        journal = ", ".join(part for part in (self.journal, str(self.year) if self.year else "") if part)
        parts = (", ".join(self.authors), self.title, journal, ", ".join(filter(None, numbers)))
        return ". ".join(part.rstrip(".") for part in parts if part)
