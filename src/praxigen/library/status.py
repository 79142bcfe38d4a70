"""What the library holds and how well it is known: one value a guideline edition, one a requirement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from praxigen.library.leaves import LEAVES, tested_leaves, written_criteria
from praxigen.library.library import Library
from praxigen.model.guideline import Guideline
from praxigen.model.provenance import READ_STRENGTH, Citation, Read
from praxigen.model.requirement import Requirement


@dataclass(frozen=True, slots=True)
class GuidelineStatus:
    """One edition. `criteria` counts leaves as written; `known` counts them by how they were read, strongest first.

    `tested` of `evidence` leaves are tried both ways by the edition's own tests. `age_days` counts from the last
    verification to `today`, and `overdue` says whether it should have been verified again.
    """

    id: str
    edition: str
    status: str
    effective_from: date
    effective_to: date | None
    criteria: int
    known: Mapping[Read, int]
    evidence: int
    tested: int
    examples: int
    age_days: int
    overdue: bool
    file: str


@dataclass(frozen=True, slots=True)
class RequirementStatus:
    """One requirement. `codes` are those that the payer lists; `public` those of them that some guideline decides."""

    id: str
    payer: str
    procedure: str
    plans: tuple[str, ...]
    codes: tuple[str, ...]
    public: tuple[str, ...]
    known: Mapping[Read, int]
    guidelines: tuple[str, ...]
    examples: int
    age_days: int
    overdue: bool
    file: str


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """The whole library at a day."""

    today: date
    guidelines: tuple[GuidelineStatus, ...]
    requirements: tuple[RequirementStatus, ...]


def status(library: Library, today: date) -> LibraryStatus:
    """What the library holds, with ages counted to `today`."""
    return LibraryStatus(
        today,
        tuple(guideline_status(guideline, today) for guideline in library.all_guidelines()),
        tuple(requirement_status(requirement, today) for requirement in library.requirements()),
    )


def guideline_status(guideline: Guideline, today: date) -> GuidelineStatus:
    """The state of one edition."""
    leaves = [node for node in written_criteria(guideline) if node.op in LEAVES]
    tested = tested_leaves(guideline)
    age = (today - guideline.last_verified).days
    return GuidelineStatus(
        id=guideline.id,
        edition=guideline.edition,
        status=guideline.status,
        effective_from=guideline.effective_from,
        effective_to=guideline.effective_to,
        criteria=len(leaves),
        known=_known(node.citation for node in leaves if node.citation is not None),
        evidence=len(tested),
        tested=sum(leaf.both_ways for leaf in tested),
        examples=len(guideline.examples),
        age_days=age,
        overdue=age > guideline.review_every_days,
        file=guideline.file,
    )


def requirement_status(requirement: Requirement, today: date) -> RequirementStatus:
    """The state of one requirement."""
    listed = [entry for entry in requirement.codes.values() if entry.listed]
    decided = {code for route in requirement.routes if route.guideline for code in route.codes}
    age = (today - requirement.last_verified).days
    return RequirementStatus(
        id=requirement.id,
        payer=requirement.payer,
        procedure=requirement.procedure,
        plans=requirement.plans,
        codes=tuple(entry.code for entry in listed),
        public=tuple(entry.code for entry in listed if entry.code in decided),
        known=_known(entry.citation for entry in listed),
        guidelines=tuple(dict.fromkeys(route.guideline for route in requirement.routes if route.guideline)),
        examples=len(requirement.examples),
        age_days=age,
        overdue=age > requirement.review_every_days,
        file=requirement.file,
    )


def _known(citations: Iterable[Citation]) -> Mapping[Read, int]:
    counted = Counter(citation.read for citation in citations)
    return MappingProxyType({read: counted[read] for read in READ_STRENGTH if counted[read]})
