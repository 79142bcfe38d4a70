"""Whether a file has been verified lately enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from praxigen.datafiles import Fault
from praxigen.library.lint.places import Page


def stale(page: Page, last_verified: date, review_every_days: int, today: date) -> Iterator[Fault]:
    """A warning where the day to verify again has passed."""
    place = page.of("last_verified")
    due = last_verified + timedelta(days=review_every_days)
    if last_verified > today:
        yield page.error(place, "future-verification", f"verified on {last_verified}, which is after {today}")
    elif due < today:
        message = f"last verified on {last_verified}; it was to be verified again by {due}"
        yield page.warning(place, "stale", message, "Compare it with its sources and set 'last_verified'.")
