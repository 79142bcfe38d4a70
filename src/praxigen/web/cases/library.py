"""The policy library of this process: opened once, its files read when they are first asked for."""

from __future__ import annotations

from functools import cache

from praxigen.library import Library


@cache
def policies() -> Library:
    """The shipped library. Where its files change, the server has its processes open it anew (serving/renewal.py)."""
    return Library.open()
