"""Whole numbers out of forms, of a size that something of ours can have."""

from __future__ import annotations

_DIGITS = 9  # more fit no version, place or row, and Python refuses to read numbers of thousands of digits


def whole_number(text: str) -> int | None:
    """The number that a text is, None for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None
