"""What a law says of time, of reviewers and of notices, as values: one row of a law file each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from praxigen.model.provenance import Citation


class Unit(StrEnum):
    """What a clock counts in. Business days leave out weekends and the federal holidays."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar days"
    BUSINESS_DAYS = "business days"
    MONTHS = "months"


class Confidence(StrEnum):
    """How a row is known. C is kept so that it is not forgotten, and never shown."""

    READ = "A"  # the official text, or a copy of it, was read
    SUMMARY = "B"  # a summary was read
    RECALLED = "C"  # nobody opened the text

    @property
    def says(self) -> str:
        """What a person is shown."""
        return {"A": "text read", "B": "known from summaries", "C": "not verified"}[self.value]


@dataclass(frozen=True, slots=True)
class Length:
    """How long a clock runs: `180 calendar days`."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        unit = self.unit.removesuffix("s") if self.number == 1 else self.unit
        return f"{self.number} {unit}"


@dataclass(frozen=True, slots=True)
class Extension:
    """How a clock may run longer. `by` is set where the other side may take more time by giving notice of it.

    `each` is the time of each level where a plan has two.
    """

    kind: str
    by: Length | None = None
    each: Length | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One row: under this plan, this step ends so long after that event.

    `effective` None: not known, which is shown. `tolled`: the clock stands still while the plan waits for information
    that it asked for; `answer_within` is the least time that the claimant then has. `state` is the state whose law it
    is, empty for federal law. `verify` says why the citation is none that a letter may stand on; empty where it is one.
    """

    id: str
    plan: str
    stage: str
    urgency: str
    actor: str
    starts: str
    within: Length
    law: str
    confidence: Confidence
    citation: Citation
    effective: date | None = None
    effective_says: str = ""
    extension: Extension | None = None
    on_miss: str = ""
    tolled: bool = False
    answer_within: Length | None = None
    note: str = ""
    state: str = ""
    verify: str = ""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the law makes of a missed deadline."""

    id: str
    says: str
    law: str
    confidence: Confidence
    citation: Citation


@dataclass(frozen=True, slots=True)
class Provision:
    """A rule beside the clocks: who must review, what a notice must hold, what may be asked for.

    `stage` is the step that it belongs to: initial, appeal, external. `same_specialty` (reviewers only): required,
    not_required, or not_stated where the law speaks of expertise alone. `limit` is what the same rule does not give: a
    person should know it, and no letter of the practice quotes it against the patient. `plans` limits the row where its
    law has several. `verify` as in a Clock.
    """

    id: str
    stage: str
    says: str
    law: str
    confidence: Confidence
    citation: Citation
    same_specialty: str = ""
    effective: date | None = None
    plans: tuple[str, ...] = ()
    limit: str = ""
    verify: str = ""

    @property
    def retrieved_on(self) -> date | None:
        """When the source was read."""
        return self.citation.source.retrieved
