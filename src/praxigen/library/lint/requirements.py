"""What can be wrong with a requirement that loads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from praxigen.datafiles import Fault, did_you_mean
from praxigen.library.lint.dates import stale
from praxigen.library.lint.diagnoses import diagnosis_problem, label_problem
from praxigen.library.lint.guidelines import UNREAD_HINT, claims_unread, unknown_concept, unlocated_sources
from praxigen.library.lint.known import Known
from praxigen.library.lint.places import Page
from praxigen.library.lint.sources import is_coverage_rule, lint_sources, says_portal_only
from praxigen.library.lint.texts import lint_texts, says_nothing
from praxigen.model.guideline import Guideline
from praxigen.model.provenance import Citation, Trust
from praxigen.model.request import STAGES
from praxigen.model.requirement import Payer, Procedure, Requirement, Route

THIN = "this says only that somebody will look, not what has to be shown"
THIN_HINT = "Write what the policy asks for, or leave it out and let a route say 'guideline: none' with 'why'."


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a requirement refers to outside its own file.

    `guidelines` maps an id to its editions; an empty tuple stands for one whose file has faults of its own. `payers`
    and `procedures` are None where their list has.
    """

    guidelines: Mapping[str, tuple[Guideline, ...]]
    payers: Mapping[str, Payer] | None
    procedures: Mapping[str, Procedure] | None
    known: Known
    concepts: Collection[str] | None = None


def lint_requirement(requirement: Requirement, page: Page, today: date, around: Surroundings) -> Iterator[Fault]:
    """The faults of one requirement."""
    yield from stale(page, requirement.last_verified, requirement.review_every_days, today)
    yield from _parties(requirement, page, around)
    yield from unlocated_sources(requirement.sources, page)
    yield from lint_sources(requirement.sources, page, around.known, requirement.last_verified, _subject(requirement))
    yield from lint_texts(page)
    yield from _binding(requirement, page)
    yield from _portals(requirement, page)
    yield from _authorization(requirement, page)
    yield from _twins(requirement, page, around.known)
    yield from _thin(requirement, page)
    yield from _routes(requirement, page, around)
    yield from _overlaps(requirement, page)
    yield from _unrouted(requirement, page)
    yield from _diagnoses(requirement, page)
    if around.concepts is not None:
        yield from _stage_concepts(requirement, page, around.concepts)


def _parties(requirement: Requirement, page: Page, around: Surroundings) -> Iterator[Fault]:
    if around.procedures is not None and requirement.procedure not in around.procedures:
        hint = did_you_mean(requirement.procedure, around.procedures) or "Add it to procedures.yaml."
        message = f"no procedure is called {requirement.procedure!r}"
        yield page.error(page.of("procedure"), "unknown-procedure", message, hint)
    if around.payers is None:
        return
    payer = around.payers.get(requirement.payer)
    if payer is None:
        hint = did_you_mean(requirement.payer, around.payers) or "Add it to payers.yaml."
        yield page.error(page.of("payer"), "unknown-payer", f"no payer is called {requirement.payer!r}", hint)
        return
    for number, plan in enumerate(requirement.plans):
        if plan not in payer.plans:
            message = f"payers.yaml does not give {payer.id!r} the plan {plan!r}"
            hint = f"It gives: {', '.join(payer.plans)}."
            yield page.error(page.of("plans", number), "unknown-plan", message, hint)


def _binding(requirement: Requirement, page: Page) -> Iterator[Fault]:
    for number, entry in enumerate(requirement.codes.values()):
        if claims_unread(entry.citation):
            words = entry.citation.read.value.replace("_", " ")
            message = f"the code {entry.code} claims to be binding, but is {words}"
            yield page.error(page.of("codes", number, "source"), "binding-unread", message, UNREAD_HINT)


def _routes(requirement: Requirement, page: Page, around: Surroundings) -> Iterator[Fault]:
    for number, route in enumerate(requirement.routes):
        if route.guideline is None:
            continue
        editions = around.guidelines.get(route.guideline)
        if editions is None:
            hint = did_you_mean(route.guideline, around.guidelines) or "Add its file under guidelines/."
            message = f"no guideline is called {route.guideline!r}"
            yield page.error(page.of("routes", number, "guideline"), "unknown-guideline", message, hint)
            continue
        for edition in editions:
            if route.indication not in edition.indications:
                hint = did_you_mean(str(route.indication), edition.indications)
                hint = hint or f"It has: {', '.join(edition.indications)}."
                message = f"{edition.id} {edition.edition} has no indication {route.indication!r}"
                yield page.error(page.of("routes", number, "indication"), "unknown-indication", message, hint)


def _stages(requirement: Requirement, route: Route, code: str) -> frozenset[str]:
    possible = requirement.stages.get(code, STAGES)
    return frozenset(stage for stage in possible if not route.stages or stage in route.stages)


def _overlaps(requirement: Requirement, page: Page) -> Iterator[Fault]:
    for number, route in enumerate(requirement.routes):
        for position, code in enumerate(route.codes):
            stages = _stages(requirement, route, code)
            for earlier in requirement.routes[:number]:
                shared = stages & _stages(requirement, earlier, code) if code in earlier.codes else frozenset()
                if shared:
                    listed = ", ".join(stage for stage in STAGES if stage in shared)
                    message = f"the code {code} is already decided by route {earlier.id!r} for: {listed}"
                    place = page.of("routes", number, "codes", position)
                    yield page.error(place, "two-routes", message, "Give the routes different codes or stages.")


def _unrouted(requirement: Requirement, page: Page) -> Iterator[Fault]:
    for number, entry in enumerate(requirement.codes.values()):
        if not entry.listed or entry.prior_authorization == "not_required":
            continue
        routes = [route for route in requirement.routes if entry.code in route.codes]
        place = page.of("codes", number, "code")
        if not routes:
            hint = "Add it to a route; 'guideline: none' with 'why' says that nothing public decides."
            yield page.error(place, "no-route", f"no route decides the code {entry.code}", hint)
            continue
        possible = requirement.stages.get(entry.code, STAGES)
        decided = frozenset[str]().union(*(_stages(requirement, route, entry.code) for route in routes))
        open_stages = [stage for stage in possible if stage not in decided]
        if open_stages:
            message = f"no route decides the code {entry.code} for: {', '.join(open_stages)}"
            yield page.warning(place, "no-route", message, "Say under 'stages' which stages the code can be.")


def _diagnoses(requirement: Requirement, page: Page) -> Iterator[Fault]:
    for number, diagnosis in enumerate(requirement.diagnoses):
        problem = diagnosis_problem(diagnosis.code)
        if problem is not None:
            yield page.error(page.of("diagnoses", number, "code"), "diagnosis", *problem)
        wrong = label_problem(diagnosis.code, diagnosis.label) if diagnosis.label else None
        if wrong is not None:
            yield page.error(page.of("diagnoses", number, "label"), "diagnosis-label", *wrong)


def _subject(requirement: Requirement) -> str:
    return f"{requirement.title} {requirement.procedure}"


def _portals(requirement: Requirement, page: Page) -> Iterator[Fault]:
    """What says that its criteria are in a portal cannot be called binding: nobody here has read it."""

    def found(citation: Citation, text: str, *keys: str | int) -> Iterator[Fault]:
        if citation.trust is Trust.BINDING and says_portal_only(f"{text} {citation.note}"):
            message = "this is called binding, but it says that the criteria are in a portal"
            hint = "Write 'trust: portal_only' in its 'source', or cite the source that is in the portal."
            yield page.error(page.of(*keys, "source"), "portal-binding", message, hint)

    for number, statement in enumerate(requirement.page_criteria):
        yield from found(statement.citation, statement.says, "page_criteria", number)
    for number, route in enumerate(requirement.routes):
        yield from found(route.citation, route.why, "routes", number)


def _authorization(requirement: Requirement, page: Page) -> Iterator[Fault]:
    """A Medicare coverage rule says when a service is paid, never whether somebody must ask beforehand."""
    for number, entry in enumerate(requirement.codes.values()):
        source = entry.citation.source
        if entry.prior_authorization != "unknown" and is_coverage_rule(source):
            said = entry.prior_authorization.replace("_", " ")
            message = f"{entry.code} is {said!r} by {source.number or source.title!r}, which is a coverage rule"
            hint = (
                "Cite what decides about authorization (the payer's list, 42 CFR 419.83, WISeR), or write "
                "'prior_authorization: unknown'; the coverage rule belongs in a route."
            )
            yield page.error(page.of("codes", number, "source"), "coverage-as-authorization", message, hint)


def _twins(requirement: Requirement, page: Page, known: Known) -> Iterator[Fault]:
    for number, code in enumerate(requirement.codes):
        for family in known.families:
            missing = [twin for twin in family.codes if twin not in requirement.codes] if code in family.codes else []
            if missing:
                message = f"{code} is here without {' and '.join(missing)}: {family.why}"
                hint = "Add it with its answer; where the payer does not list it, with 'listed: no' and 'unknown'."
                yield page.error(page.of("codes", number, "code"), "missing-twin", message, hint)


def _thin(requirement: Requirement, page: Page) -> Iterator[Fault]:
    for number, statement in enumerate(requirement.page_criteria):
        if says_nothing(statement.says):
            yield page.error(page.of("page_criteria", number, "says"), "thin", THIN, THIN_HINT)


def _stage_concepts(requirement: Requirement, page: Page, concepts: Collection[str]) -> Iterator[Fault]:
    for stage, names in requirement.stage_concepts.items():
        for number, name in enumerate(names):
            if name not in concepts:
                yield unknown_concept(page, page.of("stage_concepts", stage, number), name, concepts)
