"""What the library holds and how well it is known: one value a guideline edition, one a requirement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from praxigen.library.coverage import Coverage, Modelled
from praxigen.library.leaves import LEAVES, Tested, tested_leaves, written_criteria
from praxigen.library.library import Library
from praxigen.model.criterion import Criterion
from praxigen.model.guideline import Guideline
from praxigen.model.provenance import READ_STRENGTH, Citation, Read, Trust
from praxigen.model.requirement import Requirement


@dataclass(frozen=True, slots=True)
class GuidelineStatus:
    """One edition. `criteria` counts leaves as written; `known` counts them by how they were read, strongest first.

    `tested` of `evidence` leaves are tried both ways by the edition's own tests. `modelled` counts the requirement
    sentences of the source by what became of them; None where the library keeps no text of it. `age_days` counts from
    the last verification to `today`, and `overdue` says whether it should have been verified again.
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
    modelled: Mapping[Modelled, int] | None
    age_days: int
    overdue: bool
    file: str

    @property
    def inferred(self) -> float:
        """The share of criteria that nobody read in a source, from 0 to 1."""
        unread = sum(self.known.get(read, 0) for read in (Read.INFERRED, Read.NOT_LOCATED, Read.TITLE_ONLY))
        return unread / self.criteria if self.criteria else 0.0


@dataclass(frozen=True, slots=True)
class RequirementStatus:
    """One payer and procedure. `codes` are those that the payer lists; `public` those that some guideline decides.

    `known` counts the codes by how their answer was read. `criteria` counts the criteria of the newest editions that
    decide, `criteria_known` by how they were read, and `tested` those of the `evidence` leaves that are tried both
    ways. `page_lines` are what the payer's page says beyond them, of which `portal_lines` name thresholds that only
    the portal holds. `corrections` are facts that the page has wrong.
    """

    id: str
    payer: str
    procedure: str
    plans: tuple[str, ...]
    codes: tuple[str, ...]
    public: tuple[str, ...]
    known: Mapping[Read, int]
    guidelines: tuple[str, ...]
    criteria: int
    criteria_known: Mapping[Read, int]
    evidence: int
    tested: int
    page_lines: int
    portal_lines: int
    corrections: int
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
        tuple(guideline_status(each, today, library.coverage(each)) for each in library.all_guidelines()),
        tuple(requirement_status(requirement, today, library.guideline) for requirement in library.requirements()),
    )


def guideline_status(guideline: Guideline, today: date, coverage: Coverage | None = None) -> GuidelineStatus:
    """The state of one edition, with what it makes of its source where the library keeps the text."""
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
        modelled=None if coverage is None else coverage.counts,
        age_days=age,
        overdue=age > guideline.review_every_days,
        file=guideline.file,
    )


def requirement_status(
    requirement: Requirement, today: date, guideline: Callable[[str], Guideline] | None = None
) -> RequirementStatus:
    """The state of one requirement. `guideline` gives the newest edition of a guideline; None counts no criteria."""
    listed = [entry for entry in requirement.codes.values() if entry.listed]
    decided = {code for route in requirement.routes if route.guideline for code in route.codes}
    age = (today - requirement.last_verified).days
    leaves, tested = _deciding(requirement, guideline) if guideline else ((), ())
    return RequirementStatus(
        id=requirement.id,
        payer=requirement.payer,
        procedure=requirement.procedure,
        plans=requirement.plans,
        codes=tuple(entry.code for entry in listed),
        public=tuple(entry.code for entry in listed if entry.code in decided),
        known=_known(entry.citation for entry in listed),
        guidelines=tuple(dict.fromkeys(route.guideline for route in requirement.routes if route.guideline)),
        criteria=len(leaves),
        criteria_known=_known(node.citation for node in leaves if node.citation is not None),
        evidence=len(tested),
        tested=sum(leaf.both_ways for leaf in tested),
        page_lines=len(requirement.page_criteria),
        portal_lines=sum(line.citation.trust is Trust.PORTAL_ONLY for line in requirement.page_criteria),
        corrections=len(requirement.corrections),
        examples=len(requirement.examples),
        age_days=age,
        overdue=age > requirement.review_every_days,
        file=requirement.file,
    )


def _deciding(
    requirement: Requirement, guideline: Callable[[str], Guideline]
) -> tuple[tuple[Criterion, ...], tuple[Tested, ...]]:
    """The leaves of every indication that decides one of the codes, each once, and which of them are tried."""
    leaves: dict[tuple[str, int, str], Criterion] = {}
    tested: dict[tuple[str, int, str], Tested] = {}
    for route in requirement.routes:
        if route.guideline is None or route.indication is None:
            continue
        book = guideline(route.guideline)
        asked = book.indications.get(route.indication)
        own = {(node.line, node.says) for node in asked.criteria.walk()} if asked else set()
        for node in written_criteria(book):
            if node.op in LEAVES and (node.line, node.says) in own:
                leaves.setdefault((book.id, node.line, node.says), node)
        for leaf in tested_leaves(book):
            if (leaf.criterion.line, leaf.criterion.says) in own:
                tested.setdefault((book.id, leaf.criterion.line, leaf.criterion.says), leaf)
    return tuple(leaves.values()), tuple(tested.values())


def _known(citations: Iterable[Citation]) -> Mapping[Read, int]:
    counted = Counter(citation.read for citation in citations)
    return MappingProxyType({read: counted[read] for read in READ_STRENGTH if counted[read]})
