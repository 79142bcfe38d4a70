"""The treatments of a chart in time: what is said of them in words, and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from praxigen.exports import words
from praxigen.exports.sources import iso
from praxigen.model.amount import Duration
from praxigen.model.timeline import Episode, Stretch, Timeline, treatment_name

TITLE = "Treatments over time"
_OUTCOMES = {
    "none": "no relief",
    "insufficient": "too little relief",
    "temporary": "relief for a time",
    "good": "good relief",
    "persisting": "the pain persists",
    "worse": "worse",
    "contraindicated": "not tolerated or not allowed",
    "intolerant": "not tolerated",
}


def told_days(episode: Episode) -> str:
    """When an episode was, in words."""
    if episode.began is None or episode.ended is None:
        return (
            f"from {episode.began}, end not told"
            if episode.began
            else f"until {episode.ended}"
            if episode.ended
            else ""
        )
    if episode.ongoing:
        return f"since {episode.began}, told on {episode.ended}"
    return f"{episode.began} to {episode.ended}" if episode.days else f"{episode.began}"


def told_length(episode: Episode) -> str:
    """How long an episode lasted, in words; empty for one day."""
    if episode.days:
        return words.count(episode.days, "day")
    return lasting(episode.length) if episode.length is not None else ""


def lasting(length: Duration) -> str:
    """A length as told: "8 weeks", "5 months to 6 months", "at least 6 weeks"."""
    if length.low is None or length.high is None:
        known = length.low or length.high
        return "" if known is None else f"{'at least' if length.low else 'at most'} {known}"
    return str(length.low) if length.low == length.high else f"{length.low} to {length.high}"


def told_outcome(episode: Episode) -> str:
    """What an episode did, in words."""
    return ", ".join(_OUTCOMES.get(each, each.replace("_", " ")) for each in episode.outcome)


def summary_lines(timeline: Timeline) -> Iterator[str]:
    """Totals, gaps and overlaps, one sentence each."""
    for concept, days in timeline.totals:
        yield f"{_sentence_case(treatment_name(concept))}: {words.count(days, 'day')} in all."
    if timeline.longest is not None:
        longest = timeline.longest
        yield (
            f"With at least one treatment: {words.count(timeline.days, 'day')}; the longest stretch without a gap is "
            f"{between(longest)}."
        )
    for gap in timeline.gaps:
        yield f"Gap without a dated treatment: {between(gap)}."
    for overlap in timeline.overlaps:
        yield f"Side by side: {', '.join(map(treatment_name, overlap.concepts))}, {between(overlap)}."


def between(stretch: Stretch) -> str:
    """A stretch in words, with its days."""
    return f"{stretch.began} to {stretch.ended} ({words.count(stretch.days, 'day')})"


def told(episode: Episode) -> str:
    """Days, length and outcome of an episode, as far as the chart tells them."""
    return "; ".join(part for part in (told_days(episode), told_length(episode), told_outcome(episode)) if part)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def timeline_dict(timeline: Timeline, quote: Any) -> dict[str, Any]:
    """The timeline as plain values. `quote` turns a quote into a dictionary."""
    longest = timeline.longest
    return {
        "episodes": [_episode_dict(each, quote) for each in timeline.dated],
        "undated": [_episode_dict(each, quote) for each in timeline.undated],
        "days": timeline.days,
        "longest": _stretch_dict(longest) if longest is not None else None,
        "gaps": [_stretch_dict(gap) for gap in timeline.gaps],
        "overlaps": [_stretch_dict(each) | {"concepts": list(each.concepts)} for each in timeline.overlaps],
        "totals": [{"concept": concept, "days": days} for concept, days in timeline.totals],
    }


def _episode_dict(episode: Episode, quote: Any) -> dict[str, Any]:
    return {
        "concept": episode.concept,
        "name": episode.name,
        "began": iso(episode.began),
        "ended": iso(episode.ended),
        "ongoing": episode.ongoing,
        "days": episode.days,
        "length": lasting(episode.length) if episode.length is not None else None,
        "outcome": list(episode.outcome),
        "region": list(episode.region),
        "supervised": list(episode.supervised),
        "quotes": [quote(each) for each in episode.quotes],
    }


def _stretch_dict(stretch: Stretch) -> dict[str, Any]:
    return {"began": iso(stretch.began), "ended": iso(stretch.ended), "days": stretch.days}
