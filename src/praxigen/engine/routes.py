"""From a request to the requirement that governs it, and to the route that decides each code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from praxigen.engine.stage import Stage, either, settle_stage
from praxigen.errors import UsageError
from praxigen.model.fact import Fact
from praxigen.model.frozen import frozen
from praxigen.model.guideline import Guideline
from praxigen.model.request import Request
from praxigen.model.requirement import CodeEntry, Requirement, Route


class Policies(Protocol):
    """What the engine asks of the library."""

    def requirement_for(self, payer: str, code: str, plan: str) -> Requirement:
        """The requirement of a payer for a code under a plan type."""

    def guideline(self, guideline_id: str, on: date | None = None) -> Guideline:
        """The edition of a guideline that decides on a day; the newest where no day is given."""


@frozen
class RoutedCodes:
    """The codes that one route decides. `asks_stage` is set where only the stage could tell which route it is."""

    route: Route
    codes: tuple[str, ...]
    asks_stage: bool = False


@frozen
class Routing:
    """The requirement, the entries of the requested codes, the stage, and a route for every code."""

    requirement: Requirement
    entries: tuple[CodeEntry, ...]
    stage: Stage
    routes: tuple[RoutedCodes, ...]

    @property
    def stage_from(self) -> str:
        """How the stage was settled; "asked" where it is not and something depends on it."""
        return "asked" if any(routed.asks_stage for routed in self.routes) else self.stage.settled_by


def find_routes(request: Request, library: Policies, facts: Sequence[Fact]) -> Routing:
    """The routes of a request. Raises UsageError for a code that is not listed, and for a wrong stage."""
    request = replace(request, codes=tuple(code.strip().upper() for code in request.codes))
    requirement = library.requirement_for(request.payer, request.codes[0], request.plan)
    _check_one_procedure(request, requirement, library)
    entries = tuple(_entry(requirement, code) for code in request.codes)
    stage = settle_stage(request, requirement, facts)
    grouped: dict[tuple[str, tuple[str, ...]], list[CodeEntry]] = {}
    known: dict[str, Route] = {}
    chosen = [(entry, *_choose(requirement, entry.code, stage)) for entry in entries]
    main = _main_route(chosen)
    for entry, own, open_stages in chosen:
        route = main if main is not None and entry.add_on and (own is None or own.guideline is None) else own
        if route is not None:
            known[route.id] = route
        grouped.setdefault((route.id if route else "", open_stages), []).append(entry)
    routes = tuple(_routed(known.get(route_id), stages, found) for (route_id, stages), found in grouped.items())
    return Routing(requirement, entries, stage, routes)


def _main_route(chosen: Sequence[tuple[CodeEntry, Route | None, tuple[str, ...]]]) -> Route | None:
    """The one route of the main codes that has criteria: a code for a further level follows it."""
    routes = {
        route.id: route for entry, route, _ in chosen if not entry.add_on and route is not None and route.guideline
    }
    return next(iter(routes.values())) if len(routes) == 1 else None


def _check_one_procedure(request: Request, requirement: Requirement, library: Policies) -> None:
    """Raise UsageError where the codes belong to several procedures: each of them has its own list of criteria."""
    found: dict[str, tuple[Requirement, list[str]]] = {}
    for code in request.codes:
        held = requirement if code in requirement.codes else _listing(request, code, library)
        if held is not None:
            found.setdefault(held.id, (held, []))[1].append(code)
    if len(found) > 1:
        belongs = "; ".join(f"{', '.join(codes)} to {held.title} ({held.id})" for held, codes in found.values())
        commands = [_options(request, held, codes) for held, codes in found.values()]
        number = "two" if len(found) == 2 else str(len(found))
        raise UsageError(
            f"the codes belong to {number} procedures: {belongs}",
            f"Check one procedure at a time: first with {', then with '.join(commands)}.",
        )


def _options(request: Request, held: Requirement, codes: Sequence[str]) -> str:
    """The options of the command line for the codes of one procedure; a stage only where it matters."""
    stage = f" --stage {request.stage}" if request.stage is not None and held.has_stages else ""
    return f"'{' '.join(f'--code {code}' for code in codes)}{stage}'"


def _listing(request: Request, code: str, library: Policies) -> Requirement | None:
    """The payer's other requirement that holds a code; None where none does."""
    try:
        held = library.requirement_for(request.payer, code, request.plan)
    except UsageError:
        return None
    return held if code in held.codes else None


def _entry(requirement: Requirement, code: str) -> CodeEntry:
    if code in requirement.codes:
        return requirement.codes[code]
    near = sorted(requirement.codes, key=lambda listed: (_differences(listed, code), listed))[:3]
    raise UsageError(
        f"{code} is not in the list for {requirement.title} ({requirement.id}): whether it needs prior "
        f"authorization is unknown, which does not mean that it does not",
        f"Listed codes nearby: {', '.join(near)}. Check the code, or ask the payer.",
    )


def _differences(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))


def _choose(requirement: Requirement, code: str, stage: Stage) -> tuple[Route | None, tuple[str, ...]]:
    """The route of a code, or the stages that have one where the stage is open and they differ."""
    stages = stage.fits if stage.name is None else (stage.name,)
    choices = {fit: _first(requirement.routes, code, fit) for fit in stages}
    different = {route.id if route else "" for route in choices.values()}
    if len(different) == 1:
        return next(iter(choices.values())), ()
    return None, tuple(fit for fit, route in choices.items() if route is not None)


def _first(routes: Sequence[Route], code: str, stage: str) -> Route | None:
    fitting = (route for route in routes if code in route.codes and (not route.stages or stage in route.stages))
    return next(fitting, None)


def _routed(route: Route | None, open_stages: tuple[str, ...], entries: Sequence[CodeEntry]) -> RoutedCodes:
    codes = tuple(entry.code for entry in entries)
    if route is not None:
        return RoutedCodes(route, codes)
    if open_stages:
        why = (
            "The stage decides which criteria apply, and the request, the codes and the note leave it open. "
            f"Give the stage: {either(open_stages)}."
        )
    else:
        why = "The library knows no public criteria for this code at this stage. Ask the payer what it requires."
    name = "stage-open" if open_stages else "no-route"
    route = Route(name, codes, open_stages, None, None, entries[0].citation, why)
    return RoutedCodes(route, codes, asks_stage=bool(open_stages))
