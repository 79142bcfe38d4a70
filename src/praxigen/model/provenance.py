"""Where a fact in the library comes from, and how we know it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from praxigen.model.frozen import frozen


class Trust(StrEnum):
    """What kind of authority a source has."""

    BINDING = "binding"  # the payer's own policy
    PROXY = "proxy"  # a public guideline that the payer mirrors
    PORTAL_ONLY = "portal_only"  # the binding criteria are only in the administrator's portal


class Read(StrEnum):
    """How much of a source was read, strongest first."""

    FULL_TEXT = "full_text"
    TRANSCRIPTION = "transcription"  # the payer's text as copied by a third party, not checked against the original
    SUMMARY = "summary"  # somebody else's summary
    TITLE_ONLY = "title_only"
    INFERRED = "inferred"  # our inference from sibling texts or professional knowledge
    NOT_LOCATED = "not_located"  # cited by somebody; we could not find it


READ_STRENGTH = tuple(Read)


@frozen
class Snapshot:
    """The words of a source as the library keeps them: a text file of the library, and the hash of its bytes.

    `file` is a path under `snapshots/`, such as `cms/l35136@37.txt`. Only texts that may be copied are kept.
    """

    file: str
    sha256: str


@frozen
class Source:
    """One document that the library rests on. Unknown dates and addresses are None, never guessed."""

    id: str
    title: str
    publisher: str
    trust: Trust
    read: Read
    number: str | None = None
    edition: str | None = None
    effective: date | None = None
    retrieved: date | None = None
    url: str | None = None
    note: str = ""
    snapshot: Snapshot | None = None


@frozen
class Citation:
    """The source of one line: which source, where in it, and how that line was read there.

    `read` and `trust` may be weaker than the source's own: a guideline read in part bears lines known from a summary.
    `words` are exact passages of the source's snapshot, which the line says in our words.
    """

    source: Source
    at: str
    read: Read
    trust: Trust
    note: str = ""
    words: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What a person is shown. A line that nobody read in its binding source never begins with "binding"."""
        words = {
            Read.FULL_TEXT: "read in full",
            Read.TRANSCRIPTION: "from an unverified transcription",
            Read.SUMMARY: "known from a summary, not read",
            Read.TITLE_ONLY: "title only, not read",
            Read.INFERRED: "inferred, to verify",
            Read.NOT_LOCATED: "cited by others, not located",
        }[self.read]
        if self.trust is Trust.BINDING and not self.is_seen:
            return f"not confirmed: of a binding policy, but {words}"
        return f"{self.trust.value.replace('_', '-')}, {words}"

    @property
    def is_seen(self) -> bool:
        """Whether the line was seen in the words of its source, be it in somebody's copy."""
        return self.read in (Read.FULL_TEXT, Read.TRANSCRIPTION)

    @property
    def settles(self) -> bool:
        """Whether meeting the line settles what the payer asks; a line whose threshold is in a portal never does."""
        return self.trust is not Trust.PORTAL_ONLY
