"""The treatments of a chart as episodes in time, with what lies between them and what ran side by side."""

from __future__ import annotations

from datetime import date

from praxigen.model.amount import Duration
from praxigen.model.document import Quote
from praxigen.model.frozen import frozen

_NAMES = {
    "nsaid": "NSAID",
    "tens": "TENS",
    "unspecified": "care, kind not told",
    "medicine_unsaid": "medicine, not named",
    "serotonergic": "serotonergic antidepressant",
    "tricyclic": "tricyclic antidepressant",
    "facet_procedure": "facet injection or ablation",
}


def treatment_name(concept: str) -> str:
    """What people are shown for a treatment: "physical therapy" for treatment.physical_therapy."""
    last = concept.rpartition(".")[2]
    return _NAMES.get(last, last.replace("_", " "))


@frozen
class Episode:
    """One course of one treatment, however often the chart mentions it.

    `began` and `ended` are None where the chart does not tell them. `ongoing`: no end is told; `ended` is then the day
    of the newest note that tells of it. A treatment of one day, such as an injection, begins and ends on that day.
    `length` is as told, and the only measure of an episode without dates. `outcome`, `region` and `supervised` are as
    in Fact.
    """

    concept: str
    began: date | None
    ended: date | None
    ongoing: bool
    length: Duration | None
    outcome: tuple[str, ...]
    region: tuple[str, ...]
    supervised: tuple[str, ...]
    quotes: tuple[Quote, ...]

    @property
    def name(self) -> str:
        """What people are shown for it."""
        return treatment_name(self.concept)

    @property
    def days(self) -> int | None:
        """From the first day to the last; None without both."""
        return (self.ended - self.began).days if self.began is not None and self.ended is not None else None


@frozen
class Stretch:
    """Days from `began` to `ended`, and the concepts of the treatments that ran in them; none in a gap."""

    began: date
    ended: date
    concepts: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """From the first day to the last."""
        return (self.ended - self.began).days


@frozen
class Timeline:
    """The episodes of a chart: `dated` by their first day, `undated` as they stand in the chart.

    `runs` are stretches with at least one treatment all the time, `gaps` those between them, `overlaps` those with two
    or more. `totals` are the days of each concept, counted once where its episodes overlap. A month that is told
    without a day counts from its first to its last: a picture, on which no criterion rests.
    """

    dated: tuple[Episode, ...]
    undated: tuple[Episode, ...]
    runs: tuple[Stretch, ...]
    gaps: tuple[Stretch, ...]
    overlaps: tuple[Stretch, ...]
    totals: tuple[tuple[str, int], ...]

    @property
    def empty(self) -> bool:
        """Whether the chart tells of no treatment."""
        return not self.dated and not self.undated

    @property
    def longest(self) -> Stretch | None:
        """The longest stretch without a gap."""
        return max(self.runs, key=lambda run: run.days, default=None)

    @property
    def days(self) -> int:
        """Days with at least one dated treatment."""
        return sum(run.days for run in self.runs)


NO_TREATMENT = Timeline((), (), (), (), (), ())
