"""The policy library of this process: opened once, its files read when they are first asked for."""

from __future__ import annotations

from functools import cache

from praxigen.library import Library


@cache
def policies() -> Library:
    """The shipped library. A new one is seen when the server starts again."""
    return Library.open()
