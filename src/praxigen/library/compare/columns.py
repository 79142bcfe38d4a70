"""The columns of a comparison: a payer with one set of criteria for a code, or the reason why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from praxigen.errors import UsageError
from praxigen.library.coverage import Modelled
from praxigen.library.library import Library
from praxigen.model.criterion import Criterion
from praxigen.model.guideline import Guideline
from praxigen.model.provenance import Read, Trust
from praxigen.model.requirement import CodeEntry, Payer, Requirement, Route


class State(StrEnum):
    """What is known of a payer's criteria for the code."""

    PUBLIC = "public"
    PORTAL_ONLY = "portal_only"  # only the administrator's portal has them
    NO_CRITERIA = "no_criteria"  # the library holds none; they may be public elsewhere
    NO_EDITION = "no_edition"  # none holds on the date of service
    NOT_HELD = "not_held"  # the library has no requirement of this payer for the code


@dataclass(frozen=True, slots=True)
class Column:
    """A payer with one set of criteria. All but `payer`, `state` and `why` are None where the library holds nothing.

    `whole`: the guideline was read in full, its text is kept, and each requirement sentence of it is accounted for.
    """

    payer: Payer
    state: State
    why: str = ""
    requirement: Requirement | None = None
    code: CodeEntry | None = None
    route: Route | None = None
    guideline: Guideline | None = None
    whole: bool = False

    @property
    def criteria(self) -> Criterion | None:
        """The tree; None where no criteria are public."""
        if self.guideline is None or self.route is None or self.route.indication is None:
            return None
        return self.guideline.indications[self.route.indication].criteria

    @property
    def about(self) -> str:
        """What tells this column from another one of the same payer: stage and plan types."""
        if self.route is None or self.requirement is None:
            return ""
        return self.route.indication or " or ".join(self.route.stages)


def columns_for(
    library: Library,
    code: str,
    payers: Sequence[str],
    *,
    plan: str | None = None,
    stage: str | None = None,
    on: date | None = None,
) -> tuple[Column, ...]:
    """The columns of the payers in their order. Raises UsageError where an unknown payer is named."""
    asked = {payer.id: payer for payer in map(library.payer, payers)}
    return tuple(column for payer in asked.values() for column in _of_payer(library, payer, code, plan, stage, on))


def _of_payer(
    library: Library, payer: Payer, code: str, plan: str | None, stage: str | None, on: date | None
) -> Iterator[Column]:
    try:
        requirements = library.requirements(payer.id, code)
    except UsageError as error:
        yield Column(payer, State.NOT_HELD, error.message)
        return
    fitting = [each for each in requirements if plan is None or plan in each.plans]
    if not fitting:
        yield Column(payer, State.NOT_HELD, f"nothing is known of {code} in {plan} plans")
    seen: set[tuple[str, str | None, str | None, str]] = set()
    for requirement in fitting:
        routes = [each for each in requirement.routes if code in each.codes]
        routes = [each for each in routes if stage is None or not each.stages or stage in each.stages]
        if not routes:
            why = f"no route decides {code}" + (f" at stage {stage}" if stage else "")
            yield Column(payer, State.NO_CRITERIA, why, requirement, requirement.codes[code])
        for route in routes:
            key = (requirement.id, route.guideline, route.indication, "" if route.guideline else route.id)
            if key not in seen:
                seen.add(key)
                yield _of_route(library, payer, requirement, route, code, on)


def _of_route(
    library: Library, payer: Payer, requirement: Requirement, route: Route, code: str, on: date | None
) -> Column:
    entry = requirement.codes[code]
    if route.guideline is None:
        hidden = route.citation.trust is Trust.PORTAL_ONLY
        state = State.PORTAL_ONLY if hidden else State.NO_CRITERIA
        return Column(payer, state, route.why, requirement, entry, route)
    try:
        guideline = library.guideline(route.guideline, on)
    except UsageError as error:
        return Column(payer, State.NO_EDITION, error.message, requirement, entry, route)
    return Column(payer, State.PUBLIC, "", requirement, entry, route, guideline, _whole(library, guideline))


def _whole(library: Library, guideline: Guideline) -> bool:
    kept = library.coverage(guideline)
    return guideline.main_source.read is Read.FULL_TEXT and kept is not None and not kept.counts[Modelled.NOT_MODELLED]
