"""The treatments of a chart in time as a drawing: the measures of its bars, points, gaps and months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from praxigen.exports import words
from praxigen.exports.timeline import between, told, told_days
from praxigen.exports.timeline_scale import Scale, ends, next_month
from praxigen.model.timeline import Episode, Timeline

_WIDE, _LABEL, _RIGHT = 640, 168, 26  # units of the drawing, about pixels
_ROW, _BAR, _TOP, _BOTTOM = 26, 14, 6, 22
_POINT = 5
_FEWEST = 3  # units of the shortest bar that is seen


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the drawing: a bar, or a diamond where `point` is set; `title` is what it says when asked."""

    name: str
    baseline: float
    top: float
    left: float
    wide: float
    point: str
    ongoing: bool
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line down the drawing with a month under it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the page draws: measures in units of the view box."""

    width: int
    height: int
    floor: float
    label: int
    bar: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    gaps: tuple[tuple[float, float, str], ...]
    says: str


def drawing(timeline: Timeline) -> Drawing | None:
    """The drawing of the dated episodes; None without one."""
    if not timeline.dated:
        return None
    scale = Scale.of(timeline)
    floor = _TOP + _ROW * len(timeline.dated)
    return Drawing(
        width=_WIDE,
        height=floor + _BOTTOM,
        floor=floor,
        label=_LABEL,
        bar=_BAR,
        bars=tuple(_drawn(episode, number, scale) for number, episode in enumerate(timeline.dated)),
        ticks=tuple(Tick(_x(scale, day), label) for day, label in _ticks(scale)),
        gaps=tuple(
            (_x(scale, gap.began), round(_x(scale, gap.ended) - _x(scale, gap.began), 1), between(gap))
            for gap in timeline.gaps
        ),
        says=f"{words.count(len(timeline.dated), 'dated treatment')} from {scale.first:%Y-%m} on: "
        + "; ".join(f"{episode.name} {told_days(episode)}" for episode in timeline.dated),
    )


def _x(scale: Scale, day: date) -> float:
    return round(_LABEL + scale.share(day) * (_WIDE - _LABEL - _RIGHT), 1)


def _drawn(episode: Episode, number: int, scale: Scale) -> Bar:
    start, stop = ends(episode)
    left, right = _x(scale, start), _x(scale, stop)
    top = _TOP + _ROW * number + (_ROW - _BAR) / 2
    middle = top + _BAR / 2
    diamond = (
        f"M{left} {middle - _POINT}L{left + _POINT} {middle}L{left} {middle + _POINT}L{left - _POINT} {middle}Z"
        if not episode.days
        else ""
    )
    return Bar(
        name=episode.name,
        baseline=middle + 4,
        top=top,
        left=left,
        wide=max(round(right - left, 1), _FEWEST),
        point=diamond,
        ongoing=episode.ongoing,
        title=f"{episode.name}: {told(episode)}",
    )


def _ticks(scale: Scale) -> Iterator[tuple[date, str]]:
    """The first days of months, quarters, years or tens of years: at most eight."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    step = next((step for step in (1, 3, 6, 12, 24, 60, 120) if months / step <= 7), 240)
    day = scale.first
    while day <= scale.last:
        if (day.year * 12 + day.month - 1) % step == 0:
            yield day, f"{day:%Y-%m}" if step < 12 else f"{day:%Y}"
        following = next_month(day)
        if following <= day or following == date.max:
            return
        day = following
