"""A deadline as it is told: the day, how it was counted, the law that sets it, and what follows when it is missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from praxigen.model.provenance import Citation


class Kind(StrEnum):
    """What a deadline is of."""

    FILE = "file"  # you, or the member, must act
    DECIDE = "decide"  # the payer or another body must act
    PERIOD = "period"  # how long something holds


class State(StrEnum):
    """Where a deadline stands. Whether it has passed is only known where today is given."""

    OPEN = "open"
    DEPENDS = "depends"  # one of several that exclude each other, and it was not told which holds
    STOPPED = "stopped"  # the clock stands still until the requested information is supplied
    MAY_BE_EXTENDED = "may_be_extended"  # the day has passed, but the law lets the other side take more time
    PASSED = "passed"  # the day has passed, and nothing was told that ends the step
    KEPT = "kept"
    LATE = "late"  # done, after the day


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline of a case.

    `due` is the earlier of `rule_due` and `letter_due`, with its time zone; None only while the clock stands still.
    `latest` is the end of the more time that the law allows by notice. `effective` and `retrieved_on` are None where
    not known. A deadline that only the letter prints has no law, citation or confidence. `verify` says why its law is
    not fit to be cited in a letter.
    """

    id: str
    says: str
    kind: Kind
    stage: str
    step: str
    actor: str
    condition: str
    start: str
    started: date
    due: datetime | None
    rule_due: datetime | None
    letter_due: date | None
    latest: datetime | None
    state: State
    counted: str
    consequence: str
    consequence_law: str
    law: str
    citation: Citation | None
    effective: date | None
    confidence: str
    retrieved_on: date | None
    done: date | None = None
    exact: bool = False
    verify: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def rule_day(self) -> date | None:
        """The day that the rule alone gives."""
        return self.rule_due.date() if self.rule_due else None

    @property
    def day(self) -> date | None:
        """The day on which it runs out, in the time zone of the case."""
        return self.due.date() if self.due else None

    @property
    def missed(self) -> bool:
        """Whether the day has passed for certain, as far as was told."""
        return self.state in {State.PASSED, State.LATE}
