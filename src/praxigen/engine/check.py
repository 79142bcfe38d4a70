"""A report from facts: routes, answers, gaps, warnings and the receipt, with every quote proven once more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from praxigen.engine.chart import chart_warnings
from praxigen.engine.evaluate import evaluate
from praxigen.engine.gaps import gaps, stage_gap
from praxigen.engine.recognized import recognized_with_doubt
from praxigen.engine.routes import Policies, RoutedCodes, Routing, find_routes
from praxigen.engine.stage import either
from praxigen.engine.timeline import treatment_timeline
from praxigen.engine.truth import counts_as_met
from praxigen.errors import LibraryError, UsageError
from praxigen.model.answer import Answer, Verdict
from praxigen.model.criterion import Op
from praxigen.model.document import Document, Quote
from praxigen.model.fact import Fact
from praxigen.model.guideline import Guideline, Indication
from praxigen.model.provenance import Citation, Read, Trust
from praxigen.model.report import CriterionResult, Determination, Receipt, Report
from praxigen.model.request import Request
from praxigen.model.requirement import CodeEntry, Requirement, Route

# How the id of a note begins that speaks of an edition to come; docs/policy-language.md says so to who writes one.
_NEWER_EDITION = ("later-edition", "newer-edition")
_DAY = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)\b")
_WEAKEST_FIRST = (Verdict.NOT_MET, Verdict.NOT_DOCUMENTED, Verdict.NO_PUBLIC_CRITERIA, Verdict.MET)


def assemble(
    document: Document,
    facts: Sequence[Fact],
    request: Request,
    library: Policies,
    *,
    lexicon_sha256: str,
    engine: str,
) -> Report:
    """The whole answer for one document and one request. `engine` is the version of praxigen, for the receipt."""
    routing = find_routes(request, library, facts)
    staged = replace(request, stage=routing.stage.name)
    asked = tuple(
        dict.fromkeys(stage for routed in routing.routes if routed.asks_stage for stage in routed.route.stages)
    )
    determinations = tuple(_determine(routed, facts, staged, library, asked) for routed in routing.routes)
    _check_stage(request, routing, determinations)
    _check_attested(request, determinations)
    report = Report(
        document=document,
        request=request,
        requirement=routing.requirement,
        codes=routing.entries,
        verdict=min((one.verdict for one in determinations), key=_WEAKEST_FIRST.index),
        determinations=determinations,
        warnings=tuple(
            dict.fromkeys(
                (
                    *_warnings(document, request, routing, determinations),
                    *recognized_with_doubt(document, determinations),
                )
            )
        ),
        receipt=_receipt(document, request, routing.requirement, determinations, lexicon_sha256, engine),
        stage=routing.stage.name,
        stage_from=routing.stage_from,
        stage_quote=routing.stage.quote,
        chart=chart_warnings(
            document,
            facts,
            request,
            [part for one in determinations if one.result is not None for part in one.result.walk()],
        ),
        timeline=treatment_timeline(document, facts),
    )
    for quote in quotes_of(report):
        document.prove(quote)
    return report


def quotes_of(report: Report) -> Iterator[Quote]:
    """Every quote that a report holds, those of near misses, of warnings and of the stage among them."""
    if report.stage_quote is not None:
        yield report.stage_quote
    for warning in report.chart:
        yield from warning.quotes
    for episode in (*report.timeline.dated, *report.timeline.undated):
        yield from episode.quotes
    for determination in report.determinations:
        for part in determination.result.walk() if determination.result else ():
            yield from part.quotes
            for miss in part.near:
                yield from miss.quotes


def verdict_of(answer: Answer) -> Verdict:
    """The verdict for a whole tree. A tree in which nothing applies decides nothing, so it is open."""
    if counts_as_met(answer):
        return Verdict.MET
    return Verdict.NOT_MET if answer is Answer.NOT_MET else Verdict.NOT_DOCUMENTED


def _determine(
    routed: RoutedCodes, facts: Sequence[Fact], request: Request, library: Policies, stages: Sequence[str]
) -> Determination:
    route = routed.route
    if routed.asks_stage:
        return Determination(
            route, routed.codes, Verdict.NOT_DOCUMENTED, gaps=(stage_gap(route, stages),), why=route.why
        )
    if route.guideline is None:
        return Determination(route, routed.codes, Verdict.NO_PUBLIC_CRITERIA, why=route.why)
    guideline = library.guideline(route.guideline, request.date)
    indication = _indication(guideline, route)
    result = evaluate(indication.criteria, facts, request)
    verdict = verdict_of(result.answer)
    return Determination(route, routed.codes, verdict, guideline, indication, result, gaps(result), route.why)


def _indication(guideline: Guideline, route: Route) -> Indication:
    found = guideline.indications.get(route.indication or "")
    if found is None:
        known = ", ".join(guideline.indications)
        raise LibraryError(
            f"the route {route.id!r} names the indication {route.indication!r}, which {guideline.id} does not have",
            f"It has: {known}.",
        )
    return found


def _check_stage(request: Request, routing: Routing, determinations: Iterable[Determination]) -> None:
    """Refuse a stage where nothing knows stages: the code or the stage was meant for another procedure."""
    trees = [one.indication.criteria for one in determinations if one.indication is not None]
    conditions = [node.condition for tree in trees for node in tree.walk() if node.condition is not None]
    asked = any(condition.field == "stage" for condition in conditions)
    if request.stage is not None and not asked and not routing.requirement.has_stages:
        raise UsageError(
            f"the stage is given as {request.stage!r}, but {either(request.codes)} has no stages "
            f"({routing.requirement.title})",
            "Leave the stage out, or check the code.",
        )


def _check_attested(request: Request, determinations: Iterable[Determination]) -> None:
    trees = [one.indication.criteria for one in determinations if one.indication is not None]
    can_be = list(dict.fromkeys(node.id for tree in trees for node in tree.walk() if node.op is Op.ATTEST))
    unknown = next((name for name in request.attested if name not in can_be), None)
    if trees and unknown is not None:
        hint = f"A person can attest: {', '.join(can_be)}." if can_be else "No criterion here is answered by a person."
        raise UsageError(f"{unknown!r} is not a criterion that a person attests", hint)


def _warnings(
    document: Document, request: Request, routing: Routing, determinations: Iterable[Determination]
) -> Iterator[str]:
    yield from document.warnings
    if request.date is None:
        yield "No date of service was given: the newest edition is used, and limits that count back from it stay open."
    for entry in routing.entries:
        yield from _code_warnings(entry)
    if routing.stage.quote is not None:
        yield f'The stage "{routing.stage.name}" was read from the note, not given: please confirm it.'
    for determination in determinations:
        if determination.guideline is not None:
            yield from _guideline_warnings(determination.guideline, request)
        if determination.result is not None and _rests_on_portal(determination.result):
            yield (
                f"{determination.route.id}: some criteria are answered against what is publicly known of them. The "
                "thresholds that bind are shown only in the administrator's portal, so met does not settle these."
            )


def _rests_on_portal(result: CriterionResult) -> bool:
    """Whether a leaf is met whose binding threshold was never public."""
    return any(
        part.answer is Answer.MET
        and not part.criterion.children
        and part.criterion.citation is not None
        and not part.criterion.citation.settles
        for part in result.walk()
    )


def _code_warnings(entry: CodeEntry) -> Iterator[str]:
    if not entry.listed:
        yield f"{entry.code} is not on the payer's page."
    if entry.prior_authorization == "unknown":
        yield f"{entry.code}: whether prior authorization is needed is unknown. Unknown does not mean no."
    elif entry.prior_authorization == "varies":
        yield f"{entry.code}: whether prior authorization is needed varies by plan. Ask the payer."
    elif entry.prior_authorization == "not_required":
        yield f"{entry.code}: the payer's page says that no prior authorization is needed."
    if entry.note:
        yield f"{entry.code}: {entry.note}"


def _guideline_warnings(guideline: Guideline, request: Request) -> Iterator[str]:
    source, name = guideline.main_source, f"{guideline.title} ({guideline.id}, edition {guideline.edition})"
    if source.read is not Read.FULL_TEXT or source.trust is not Trust.BINDING:
        yield f"{name}: {Citation(source, '', source.read, source.trust).label}."
    if guideline.status != "reviewed":
        yield f"{name}: our reading of it is marked {guideline.status}, not yet reviewed by a second person."
    yield from (f"{name}: {note}" for note in _newer_editions(guideline, request))
    review = guideline.last_verified + timedelta(days=guideline.review_every_days)
    if request.date is not None and request.date > review:
        yield f"{name}: last verified on {guideline.last_verified}, to be verified again by {review}."


def _newer_editions(guideline: Guideline, request: Request) -> Iterator[str]:
    """What the file says of a later edition that is not in the library, for days on which that may hold."""
    for note in guideline.notes:
        if note.id.startswith(_NEWER_EDITION):
            days = [day for day in map(date.fromisoformat, _DAY.findall(note.says)) if day > guideline.effective_from]
            if request.date is None or not days or request.date >= min(days):
                yield note.says


def _receipt(
    document: Document,
    request: Request,
    requirement: Requirement,
    determinations: Iterable[Determination],
    lexicon_sha256: str,
    engine: str,
) -> Receipt:
    guidelines = dict.fromkeys(
        (one.guideline.id, one.guideline.edition, one.guideline.sha256)
        for one in determinations
        if one.guideline is not None
    )
    asked = {
        "payer": request.payer,
        "plan": request.plan,
        "codes": " ".join(request.codes),
        "date": request.date.isoformat() if request.date else "",
        "stage": request.stage or "",
        "attested": " ".join(request.attested),
        "side": request.side or "",
        "levels": " ".join(request.levels),
    }
    return Receipt(
        engine=engine,
        document=document.name,
        document_sha256=document.sha256,
        lexicon_sha256=lexicon_sha256,
        requirement_sha256=requirement.sha256,
        guidelines=tuple(guidelines),
        request=tuple(asked.items()),
    )
