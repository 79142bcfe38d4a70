"""Masks what tells whose note it is, for a copy that leaves the practice. Knows no policy and no clinical concept."""

from praxigen.redaction.kinds import PARAGRAPH, Kind
from praxigen.redaction.redact import NOTICE, Dates, Mask, Redaction, redact
from praxigen.redaction.words import Words, open_words

__all__ = ["Dates", "Kind", "Mask", "NOTICE", "PARAGRAPH", "Redaction", "Words", "open_words", "redact"]  # noqa: RUF022  in the order of the alphabet
