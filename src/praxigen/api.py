"""The functions that a user of the library calls: reading, library and engine put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from praxigen.documents import read_document
from praxigen.engine.check import assemble
from praxigen.lexicon import open_lexicon
from praxigen.library import Library
from praxigen.model.document import Document
from praxigen.model.fact import Fact
from praxigen.model.report import Report
from praxigen.model.request import Request
from praxigen.reading.reader import read_facts
from praxigen.version import __version__

if TYPE_CHECKING:
    from datetime import date

    from praxigen.letters import Hints
    from praxigen.model.denial import DenialReading
    from praxigen.redaction import Dates, Redaction


def find_facts(document: Document) -> tuple[Fact, ...]:
    """Every fact that the reader finds in a document, each with exact quotes."""
    return read_facts(document)


def check(document: Document, request: Request, library: Library | None = None) -> Report:
    """Compare a document with the payer's criteria for a request.

    `library` is the shipped one when none is given. Raises UsageError for an unknown payer or code, a stage that the
    code cannot have, or a date before any edition.
    """
    return assemble(
        document,
        read_facts(document),
        request,
        library or Library.open(),
        lexicon_sha256=open_lexicon().sha256,
        engine=__version__,
    )


def mask_identifiers(
    document: Document,
    key: bytes,
    *,
    subject: str | None = None,
    dates: Dates | None = None,
    keep_weekday: bool = False,
    library: Library | None = None,
) -> Redaction:
    """Mask the identifiers of a document; the payers of the library stay. See `praxigen.redaction.redact`."""
    from praxigen.redaction import Dates, redact  # a check does not pay for its words

    payers = (library or Library.open()).payers()
    return redact(
        document,
        key,
        subject=subject,
        dates=dates or Dates.SHIFT,
        keep_weekday=keep_weekday,
        keep=[name for payer in payers for name in (payer.name, *payer.also) if len(name) > 3],
    )


def read_denials(
    document: Document, library: Library | None = None, hints: Hints | None = None, today: date | None = None
) -> DenialReading:
    """Every decision of a payer in a document, each reason beside the policy that decides.

    `hints` is what a person says of it; `today` only serves to doubt dates. Raises UsageError for an unknown payer.
    """
    from praxigen.letters import read_denials as read  # no check needs it

    return read(document, library, hints, today)


__all__ = ["Library", "Request", "check", "find_facts", "mask_identifiers", "read_denials", "read_document"]
