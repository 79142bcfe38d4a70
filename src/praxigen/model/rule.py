"""A rule above the payers: a national or state list, or a principle, that a payer's own page does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from praxigen.model.frozen import frozen
from praxigen.model.guideline import Statement
from praxigen.model.provenance import Citation, Source


class RuleKind(StrEnum):
    """What a rule settles."""

    AUTHORIZATION = "authorization"  # whether prior authorization is needed, by code
    COVERAGE = "coverage"  # what is paid for, not whether to ask beforehand
    SCOPE = "scope"  # whose law reaches which plans


class Listing(StrEnum):
    """Where a code stands in a rule's list on a day."""

    LISTED = "listed"
    NOT_LISTED = "not_listed"
    NOT_YET = "not_yet"  # the group of the code begins later
    REMOVED = "removed"  # stood in the list and was taken out
    GENERAL = "general"  # the rule has no list and holds for every code


@frozen
class CodeGroup:
    """Codes that came into a rule together. `since` None: the rule's own first day.

    `only_with`: the codes count only beside one of these. `removed`: codes taken out again, with their last day.
    """

    id: str
    label: str
    codes: tuple[str, ...]
    citation: Citation
    since: date | None = None
    only_with: tuple[str, ...] = ()
    removed: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    note: str = ""


@frozen
class RuleExample:
    """A request with where it must stand in the rule: the test that travels with it."""

    name: str
    code: str
    plan: str
    state: str | None
    place: str | None
    date: date | None
    expect: str
    line: int = 0


@frozen
class Rule:
    """A rule with whom and what it reaches. An empty tuple means no limit: every state, place, payer or funding.

    `prior_authorization` says what it means to be listed: required, voluntary (no request means review before
    payment) or, for a rule that says nothing of authorization, none. `whole_list` is set where a code that is not
    listed needs no authorization by this rule; other rules and the payer may still ask.
    """

    id: str
    title: str
    kind: RuleKind
    law: str
    plans: tuple[str, ...]
    states: tuple[str, ...]
    places: tuple[str, ...]
    payers: tuple[str, ...]
    funding: tuple[str, ...]
    prior_authorization: str
    whole_list: bool
    groups: tuple[CodeGroup, ...]
    turnaround: tuple[Statement, ...]
    says: tuple[Statement, ...]
    conflicts: tuple[Statement, ...]
    sources: Mapping[str, Source]
    effective_from: date | None
    effective_to: date | None
    last_verified: date
    review_every_days: int
    examples: tuple[RuleExample, ...] = ()
    file: str = ""
    sha256: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that is listed now, in the order of the groups."""
        return tuple(code for group in self.groups for code in group.codes)


@frozen
class RuleFinding:
    """What one rule says of one code.

    `open` names what was not given and could still decide whether the rule reaches the request: state, place, payer,
    funding, date, or another code (`only_with`). A finding with something open is a possibility, not an answer.
    """

    rule: Rule
    listing: Listing
    group: CodeGroup | None
    open: tuple[str, ...]

    @property
    def prior_authorization(self) -> str:
        """required, voluntary, not_required (by this rule alone) or none (the rule does not speak of it)."""
        if self.listing is Listing.LISTED:
            return self.rule.prior_authorization
        if self.listing is Listing.GENERAL or not self.rule.whole_list:
            return "none"
        return "not_required"
