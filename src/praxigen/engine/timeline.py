"""From facts about treatments to episodes: many mentions of one course are one episode."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from math import floor

from praxigen.model.amount import Duration
from praxigen.model.document import Document
from praxigen.model.fact import Fact, State, Who
from praxigen.model.timeline import Episode, Stretch, Timeline

_GIVEN = (State.DONE, State.PRESENT)
_ANY_KIND = frozenset({"treatment.unspecified", "treatment.medicine_unsaid"})
_QUOTED = 6  # places that are named for one episode
_TOUCHING = timedelta(days=1)
_GAP = timedelta(days=7)  # fewer days between two courses are no interruption of care, often only a month told loosely


def treatment_timeline(document: Document, facts: Iterable[Fact]) -> Timeline:
    """The treatments that a chart tells of as given to the patient for the spine, in time."""
    episodes = [
        _episode(document, fact)
        for fact in facts
        if fact.concept.startswith("treatment.")
        and fact.state in _GIVEN
        and fact.who is Who.PATIENT
        and fact.quality("region") != ("other",)
        and "earlier" not in fact.quality("episode")
        and not (fact.concept in _ANY_KIND and fact.duration is None and fact.began is None)
    ]
    dated = _joined([each for each in episodes if each.began is not None and each.ended is not None])
    undated = _told_apart([each for each in episodes if each.began is None or each.ended is None], dated)
    runs = _runs(dated)
    return Timeline(
        dated=tuple(dated),
        undated=tuple(undated),
        runs=tuple(run for run in runs if run.days),
        gaps=tuple(
            Stretch(first.ended, second.began) for first, second in pairwise(runs) if second.began - first.ended >= _GAP
        ),
        overlaps=tuple(_overlaps(dated)),
        totals=tuple(_totals(dated)),
    )


def _episode(document: Document, fact: Fact) -> Episode:
    began, ended, ongoing = fact.began, fact.ended, False
    if began is not None and ended is None and fact.duration is not None and fact.duration.low is not None:
        ended, ongoing = _last_day(document, fact, began, fact.duration), True
    if began is not None and ended is not None and ended < began:
        began = ended = None  # impossible as written
    return Episode(
        concept=fact.concept,
        began=began,
        ended=ended,
        ongoing=ongoing,
        length=fact.duration,
        outcome=fact.quality("outcome"),
        region=fact.quality("region"),
        supervised=fact.quality("supervised"),
        quotes=fact.quotes(),
    )


def _last_day(document: Document, fact: Fact, began: date, length: Duration) -> date:
    """The last day of which a note tells that goes on: that of the note, where it has one."""
    part = document.part_at(fact.quote.start)
    if part is not None and part.date is not None and part.date >= began:
        return part.date
    low = length.low
    days = floor(low.fewest_days) if low is not None else 0
    return began + timedelta(days=min(days, (date.max - began).days))


def _joined(episodes: list[Episode]) -> list[Episode]:
    """Episodes of one treatment whose days overlap or touch are one."""
    found: list[Episode] = []
    for each in sorted(episodes, key=lambda each: (each.concept, each.began or date.min, each.ended or date.min)):
        last = found[-1] if found else None
        if last is not None and last.concept == each.concept and _meet(last, each):
            found[-1] = _merged(last, each)
        else:
            found.append(each)
    return sorted(found, key=lambda each: (each.began or date.min, each.ended or date.min, each.concept))


def _meet(one: Episode, other: Episode) -> bool:
    same = not one.region or not other.region or one.region == other.region
    return same and one.ended is not None and other.began is not None and other.began <= one.ended + _TOUCHING


def _merged(one: Episode, other: Episode) -> Episode:
    last = max(one, other, key=lambda each: each.ended or date.min)
    return replace(
        one,
        ended=last.ended,
        ongoing=last.ongoing,
        length=one.length if one.days is not None and last.ended == one.ended else last.length,
        outcome=last.outcome or one.outcome,
        region=one.region or other.region,
        supervised=one.supervised or other.supervised,
        quotes=tuple(dict.fromkeys((*one.quotes, *other.quotes)))[:_QUOTED],
    )


def _told_apart(undated: list[Episode], dated: Sequence[Episode]) -> list[Episode]:
    """The episodes without days that no other mention stands for.

    A mention without a length is of any episode of its treatment; one with a length of an episode as long.
    """
    found: list[Episode] = []
    known: dict[str, list[Episode]] = {}
    for each in dated:
        known.setdefault(each.concept, []).append(each)
    for each in sorted(undated, key=lambda each: each.length is None):
        same = known.setdefault(each.concept, [])
        if each.length is None and same:
            continue
        if any(_as_long(each, other) for other in same):
            continue
        same.append(each)
        found.append(each)
    return sorted(found, key=lambda each: each.quotes[0])


def _as_long(one: Episode, other: Episode) -> bool:
    if one.length is not None and one.length == other.length:
        return True
    told, days = one.length, other.days
    if told is None or told.low is None or days is None:
        return False
    high = told.high or told.low
    return told.low.fewest_days - 7 <= days <= high.most_days + 7


def _runs(dated: Sequence[Episode]) -> list[Stretch]:
    """The stretches that hold at least one treatment, single days too, as they stand in time."""
    runs: list[Stretch] = []
    for began, ended in sorted((each.began, each.ended) for each in dated if each.began and each.ended):
        if runs and began <= runs[-1].ended + _TOUCHING:
            runs[-1] = Stretch(runs[-1].began, max(runs[-1].ended, ended))
        else:
            runs.append(Stretch(began, ended))
    return runs


def _overlaps(dated: Sequence[Episode]) -> list[Stretch]:
    """The stretches in which two or more treatments ran, each with its kinds."""
    edges = sorted({day for each in dated for day in (each.began, each.ended) if day is not None})
    found: list[Stretch] = []
    for first, second in pairwise(edges):
        running = tuple(
            dict.fromkeys(
                each.concept for each in dated if each.began and each.ended and each.began <= first < each.ended
            )
        )
        if len(running) < 2:
            continue
        if found and found[-1].ended == first and found[-1].concepts == running:
            found[-1] = Stretch(found[-1].began, second, running)
        else:
            found.append(Stretch(first, second, running))
    return found


def _totals(dated: Sequence[Episode]) -> list[tuple[str, int]]:
    """Days of each treatment in the order in which they began. Its episodes that meet are already one."""
    days: dict[str, int] = {}
    for each in dated:
        days[each.concept] = days.get(each.concept, 0) + (each.days or 0)
    return [(concept, total) for concept, total in days.items() if total]
