"""The treatments of a chart in time as bars of text, for a terminal."""

from __future__ import annotations

from math import ceil

from praxigen.exports.sheet import Sheet
from praxigen.exports.timeline import TITLE, summary_lines, told, told_days, told_length, told_outcome
from praxigen.exports.timeline_scale import Scale, ends
from praxigen.model.timeline import Episode, Timeline

_NAME = 24
_BARS = 40


def write_timeline(sheet: Sheet, timeline: Timeline) -> None:
    """The timeline as bars of text: `=` runs, `>` goes on, `*` is one day."""
    if timeline.empty:
        return
    sheet.heading(TITLE)
    if timeline.dated:
        scale = Scale.of(timeline)
        if not sheet.narrow:
            sheet.wide(f"{'':{_NAME}}|{_axis(scale)}|", "dim")
        for episode in timeline.dated:
            if sheet.narrow:
                sheet.item(f"{episode.name}: {told(episode)}")
            else:
                sheet.wide(f"{episode.name[: _NAME - 1]:{_NAME}}|{_bar(episode, scale)}| {told(episode)}")
    for episode in timeline.undated:
        rest = "; ".join(
            part
            for part in (told_length(episode) or "length not told", told_days(episode), told_outcome(episode))
            if part
        )
        sheet.item(f"Without dates: {episode.name}, {rest}")
    for line in summary_lines(timeline):
        sheet.item(line, "dim")


def _axis(scale: Scale) -> str:
    first, last = scale.first.strftime("%Y-%m"), scale.last.strftime("%Y-%m")
    return f"{first}{' ' * (_BARS - len(first) - len(last))}{last}"


def _bar(episode: Episode, scale: Scale) -> str:
    start, stop = ends(episode)
    left = min(int(scale.share(start) * _BARS), _BARS - 1)
    right = max(min(ceil(scale.share(stop) * _BARS), _BARS), left + 1)
    if not episode.days:
        marks = "*"
        right = left + 1
    else:
        marks = "=" * (right - left - 1) + (">" if episode.ongoing else "=")
    return " " * left + marks + " " * (_BARS - right)
