"""Where the days of a timeline stand between its first and its last month."""

from __future__ import annotations

from datetime import date, timedelta

from praxigen.model.frozen import frozen
from praxigen.model.timeline import Episode, Timeline


@frozen
class Scale:
    """The days from the first of a month to the first of a later one, as shares from 0 to 1."""

    first: date
    last: date

    @classmethod
    def of(cls, timeline: Timeline) -> Scale:
        """The scale that holds every dated episode."""
        days = [day for episode in timeline.dated for day in ends(episode)]
        return cls(min(days).replace(day=1), next_month(max(days)))

    def share(self, day: date) -> float:
        """Where a day stands between the ends."""
        return (day - self.first).days / max((self.last - self.first).days, 1)


def ends(episode: Episode) -> tuple[date, date]:
    """The first and last day of a dated episode."""
    if episode.began is None or episode.ended is None:
        raise ValueError("an episode without days has no place on a scale")
    return episode.began, episode.ended


def next_month(day: date) -> date:
    """The first of the next month, or the last day there is."""
    if (day.year, day.month) >= (date.max.year, date.max.month):
        return date.max
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
