"""A criterion: one node of a guideline's tree. Data only; `engine` gives it its meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from praxigen.model.amount import Span
from praxigen.model.answer import Answer
from praxigen.model.fact import State, Who
from praxigen.model.frozen import frozen
from praxigen.model.provenance import Citation


class Op(StrEnum):
    """How a node gets its answer."""

    ALL = "all"  # every child
    ANY = "any"  # one child
    AT_LEAST = "at_least"  # `count` children
    NONE = "none"  # no child may hold
    EVIDENCE = "evidence"  # from facts of the chart
    ATTEST = "attest"  # from a named person, never from the note
    REQUEST = "request"  # from what is being requested


class Prefer(StrEnum):
    """Which side wins when the chart shows a criterion and also says otherwise."""

    NEITHER = "neither"  # a conflict: not_documented, with both quotes
    SHOWN = "shown"
    REFUTED = "refuted"
    NEWEST = "newest"  # what the later note says; without both days a conflict, as for notes of one day


@frozen
class Bound:
    """A limit on a measured quantity: ">= 50 %", "<= 3 /5". `op` is one of >=, >, <=, <."""

    op: str
    number: Fraction
    unit: str


@frozen
class TimeBound:
    """A limit on a length of time: ">= 6 months"."""

    op: str
    span: Span


@frozen
class Evidence:
    """What a fact must be to show a criterion. Every limit that is set must hold.

    Two kinds of limit. A *filter* says which facts are meant (state, who, `where`): a fact outside it is about
    something else and decides nothing. A *threshold* says how much is needed (duration, value, outcome, within,
    ended): a fact that is definitely outside it says that the criterion is not met.
    `where` maps a quality to the values that are accepted; `unless_where` to values that disqualify.
    `outcome` lists the outcomes that show the criterion, `contrary_outcome` those that refute it.
    `states` is empty for the usual meaning: present or done.
    """

    concept: str
    states: tuple[State, ...] = ()
    who: Who = Who.PATIENT
    where: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    unless_where: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    duration: TimeBound | None = None
    value: Bound | None = None
    outcome: tuple[str, ...] = ()
    contrary_outcome: tuple[str, ...] = ()
    within: Span | None = None
    ended: TimeBound | None = None
    line: int = 0


@frozen
class Condition:
    """A question about the request itself: its codes, stage or plan ("stage is one of trial, permanent")."""

    field: str
    values: tuple[str, ...]


@frozen
class Criterion:
    """One node. `says` is the criterion in our own words; `ask` the neutral question when the chart is silent.

    `shown_by` and `refuted_by` are alternatives: one matching fact is enough. `unless` waives this node, and only this
    node, when it holds; `applies_if` leaves the node out when it does not hold. `on_silence` is what no evidence at all
    means here; anything but not_documented is allowed only in exclusions, waivers and conditions. `literature` are ids
    of published works that speak for it; letters cite those that are verified.
    `by_default_refuted`: whether an absent fact of a `shown_by` concept refutes the criterion.
    """

    id: str
    says: str
    op: Op
    citation: Citation | None
    ask: str = ""
    would_document: str = ""
    children: tuple[Criterion, ...] = ()
    count: int = 0
    shown_by: tuple[Evidence, ...] = ()
    refuted_by: tuple[Evidence, ...] = ()
    prefer: Prefer = Prefer.NEITHER
    absent_refutes: bool = True
    condition: Condition | None = None
    attest_by: str = ""
    unless: Criterion | None = None
    applies_if: Criterion | None = None
    literature: tuple[str, ...] = ()
    on_silence: Answer = Answer.NOT_DOCUMENTED
    file: str = ""
    line: int = 0

    def walk(self) -> Iterator[Criterion]:
        """This node, its waiver and condition, and everything below, parents first."""
        ahead = [self]
        while ahead:
            part = ahead.pop()
            yield part
            ahead.extend(reversed(part.children))
            ahead.extend(each for each in (part.unless, part.applies_if) if each is not None)
