"""How each stated reason stands to the policy that decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from praxigen.engine.routes import find_routes
from praxigen.errors import LibraryError, UsageError
from praxigen.letters.hints import Hints
from praxigen.letters.matching import Matcher
from praxigen.letters.reasons import CLAUSES
from praxigen.letters.tables import phrases
from praxigen.library import Library
from praxigen.library.coverage import Modelled
from praxigen.model.denial import Alignment, AlignmentKind, Category, CitedPolicy, Denial, StatedReason
from praxigen.model.document import Document, Quote
from praxigen.model.guideline import Guideline
from praxigen.model.provenance import Read
from praxigen.model.request import Request

_CLINICAL = frozenset(
    {
        Category.MEDICAL_NECESSITY,
        Category.EXPERIMENTAL,
        Category.STEP_THERAPY_OR_ALTERNATIVE,
        Category.SITE_OF_CARE,
        Category.FREQUENCY_QUANTITY,
        Category.PA_DENIED,
    }
)
_PLAIN = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Decider:
    """An edition of a guideline that may decide, and those of its indications that are asked for; none means all.

    `known` says whether the library has it decide these codes for this payer; else the answer only cites it.
    """

    guideline: Guideline
    indications: tuple[str, ...] = ()
    known: bool = True


def align(denial: Denial, document: Document, library: Library, hints: Hints) -> Denial:
    """The denial with every reason compared. What a person said (`hints`) goes before what the answer says."""
    if not denial.reasons or not denial.is_denial:
        return denial
    on = _day(denial, hints)
    routed = tuple(_routed(denial, library, hints, on))
    cited = tuple(_cited(denial, library, on))
    deciders = tuple(_narrowed(each, routed) for each in cited) or routed
    other = tuple(_other_policies(denial, library, routed, on))
    reasons = []
    for reason in denial.reasons:
        found = tuple(_alignments(reason, document, deciders, library))
        if reason.category in _CLINICAL:
            found = (*found, *other)
        reasons.append(replace(reason, alignments=found))
    return replace(denial, reasons=tuple(reasons))


def _day(denial: Denial, hints: Hints) -> date | None:
    """The day that picks the edition: of the service, else of the decision."""
    for day in (hints.date_of_service, denial.date_of_service, denial.decision_date):
        if day is not None:
            return day if isinstance(day, date) else day.day
    return None


def _routed(denial: Denial, library: Library, hints: Hints, on: date | None) -> Iterator[Decider]:
    """What the library says decides the codes for this payer."""
    payer = hints.payer or denial.payer_id
    found: dict[str, Decider] = {}
    for code in hints.codes or tuple(code.code for code in denial.codes):
        if payer is None:
            return
        for plan in dict.fromkeys((hints.plan or denial.plan or "commercial", *library.payer(payer).plans)):
            try:
                routing = find_routes(Request(payer, code, plan=plan, date=on, stage=hints.stage), library, ())
                for each in routing.routes:
                    routes = (each.route,) if not each.asks_stage else routing.requirement.routes
                    for route in routes:
                        if route.guideline and code in (route.codes or (code,)):
                            kept = found.get(route.guideline)
                            wanted = (
                                *(kept.indications if kept else ()),
                                *([route.indication] if route.indication else []),
                            )
                            edition = library.guideline(route.guideline, on)
                            found[route.guideline] = Decider(edition, tuple(dict.fromkeys(wanted)))
                break
            except (UsageError, LibraryError):
                continue
    yield from found.values()


def _cited(denial: Denial, library: Library, on: date | None) -> Iterator[Decider]:
    """The cited policies that the library knows, in the edition of the day where it has one."""
    for policy in denial.policies:
        if policy.guideline is None:
            continue
        try:
            yield Decider(library.guideline(policy.guideline, on), known=False)
        except UsageError:
            yield Decider(library.guideline(policy.guideline), known=False)


def _narrowed(cited: Decider, routed: Sequence[Decider]) -> Decider:
    return next((each for each in routed if each.guideline.id == cited.guideline.id), cited)


def _other_policies(
    denial: Denial, library: Library, routed: Sequence[Decider], on: date | None
) -> Iterator[Alignment]:
    """Cited policies that are not the one that decides, or not the edition of the day."""
    for policy in denial.policies:
        if policy.effective is not None and on is not None and policy.effective > on:
            why = (
                f"The cited edition takes effect on {policy.effective.isoformat()}, after the service of "
                f"{on.isoformat()}: a policy newer than the service cannot decide it."
            )
            yield Alignment(AlignmentKind.OTHER_POLICY, policy.quote, why, certain=denial.date_of_service is not None)
            continue
        if policy.guideline is None:
            if policy.number and routed:
                named = " or ".join(f"{each.guideline.title} ({each.guideline.id})" for each in routed)
                why = (
                    f"The library does not hold {policy.number}; it has {named} decide these codes for this payer. "
                    "Ask for a copy of the cited policy and compare."
                )
                yield Alignment(AlignmentKind.OTHER_POLICY, policy.quote, why, False, routed[0].guideline)
            continue
        if routed and policy.guideline not in {each.guideline.id for each in routed}:
            named = " or ".join(f"{each.guideline.title} ({each.guideline.id})" for each in routed)
            why = f"The library has {named} decide these codes for this payer, not the cited policy."
            yield Alignment(AlignmentKind.OTHER_POLICY, policy.quote, why, False, routed[0].guideline)
        yield from _other_edition(policy, library, on)


def _other_edition(policy: CitedPolicy, library: Library, on: date | None) -> Iterator[Alignment]:
    known = library.editions(policy.guideline or "")
    stated = _PLAIN.sub("", re.sub(r"(?i)version|revision|rev\.|edition", "", policy.edition).lower())
    if not stated and policy.effective is None:
        return
    try:
        held = library.guideline(policy.guideline or "", on)
    except UsageError:
        return
    meant = [each for each in known if stated and _PLAIN.sub("", each.edition.lower()) == stated]
    meant = meant or [each for each in known if not stated and each.effective_from == policy.effective]
    if held in meant:
        return
    certain = bool(meant) and on is not None
    words = policy.edition or f"the edition of {policy.effective}"
    why = f"The letter cites {words}; for this day the library holds edition {held.edition} ({held.effective_from})."
    yield Alignment(AlignmentKind.OTHER_POLICY, policy.quote, why, certain, held)


def _alignments(
    reason: StatedReason, document: Document, deciders: Sequence[Decider], library: Library
) -> Iterator[Alignment]:
    kind = AlignmentKind
    if reason.category is Category.DOCUMENTATION:
        yield _missing_document(reason, document, deciders)
    elif reason.category not in _CLINICAL:
        why = "A rule of administration or of the contract: no criterion of a policy is in question."
        yield Alignment(kind.ADMINISTRATIVE, reason.quote, why, certain=True)
    elif not deciders:
        why = "No policy was compared: the library knows none for this payer, code and plan, and none that is cited."
        yield Alignment(kind.UNCERTAIN, reason.quote, why, certain=False)
    elif not reason.specific:
        why = "The reason names nothing that could be compared with a criterion. Ask what exactly was not shown."
        yield Alignment(kind.UNCERTAIN, reason.quote, why, False, deciders[0].guideline)
    else:
        yield from _clinical(reason, document, deciders, library)


def _missing_document(reason: StatedReason, document: Document, deciders: Sequence[Decider]) -> Alignment:
    match = phrases().lists["documents"].search(reason.quote.text)
    quote = reason.quote
    if match is not None:
        quote = document.quote(quote.start + match.start(), quote.start + match.end())
    why = "The answer says that this was not there, not that a criterion is unmet: send it."
    for decider in deciders:
        best = Matcher.of(decider.guideline, decider.indications).best(reason.quote.text)
        if best.certain:
            return Alignment(AlignmentKind.MISSING_DOCUMENT, quote, why, True, decider.guideline, best.criteria)
    return Alignment(AlignmentKind.MISSING_DOCUMENT, quote, why, certain=True)


def _clinical(
    reason: StatedReason, document: Document, deciders: Sequence[Decider], library: Library
) -> Iterator[Alignment]:
    """Each clause beside the criteria; the whole reason where no clause finds one."""
    found: dict[tuple[object, ...], Alignment] = {}
    for quote in _clauses(reason.quote, document):
        for alignment in _clause(quote, document, deciders, library):
            key = (alignment.kind, tuple(node.id for node in alignment.criteria), alignment.quote)
            same = (alignment.kind, tuple(node.id for node in alignment.criteria))
            if alignment.criteria and any(other[:2] == same for other in found):
                continue
            found[key] = alignment
    settled = [each for each in found.values() if each.kind is not AlignmentKind.UNCERTAIN]
    if settled:
        yield from settled
        return
    whole = list(_clause(reason.quote, document, deciders, library))
    yield from whole or [
        Alignment(
            AlignmentKind.UNCERTAIN,
            reason.quote,
            "No criterion of the policy fits these words clearly: compare them yourself.",
            False,
            deciders[0].guideline,
        )
    ]


def _clauses(quote: Quote, document: Document) -> Iterator[Quote]:
    at = 0
    for cut in CLAUSES.finditer(quote.text):
        yield document.quote(quote.start + at, quote.start + cut.start())
        at = cut.end()
    yield document.quote(quote.start + at, quote.end)


def _clause(quote: Quote, document: Document, deciders: Sequence[Decider], library: Library) -> Iterator[Alignment]:
    matchers = [(decider, Matcher.of(decider.guideline, decider.indications)) for decider in deciders]
    bests = [(decider, matcher, matcher.best(quote.text)) for decider, matcher in matchers]
    decider, matcher, best = max(bests, key=lambda each: each[2].score)
    guideline, known = decider.guideline, decider.known
    if best.certain:
        first = best.criteria[0]
        why = f"The words are about the criterion {first.id}: {first.says}."
        yield Alignment(AlignmentKind.CRITERION, quote, why, True, guideline, best.criteria)
        yield from _longer(quote, document, guideline, matcher, best.criteria[0].id)
    elif best.criteria:
        why = (
            "More than one criterion comes near, or none fits well: "
            + "; ".join(node.says for node in best.criteria)
            + "."
        )
        yield Alignment(AlignmentKind.UNCERTAIN, quote, why, False, guideline, best.criteria)
    elif (statement := matcher.statement(quote.text)) is not None:
        why = f"No criterion asks for it, but the policy says beside its criteria: {statement.says}"
        yield Alignment(AlignmentKind.UNCERTAIN, quote, why, False, guideline)
    elif matcher.names_something(quote.text) and not known:
        why = (
            f"No criterion of {guideline.title} ({guideline.edition}) asks for this, but the library does not know "
            "that it decides these codes: another part of the policy may."
        )
        yield Alignment(AlignmentKind.UNCERTAIN, quote, why, False, guideline)
    elif matcher.names_something(quote.text):
        certain, how = _is_whole(guideline, library)
        why = f"No criterion of {guideline.title} ({guideline.edition}) asks for this. {how}"
        yield Alignment(AlignmentKind.ABSENT_FROM_POLICY, quote, why, certain, guideline)


def _longer(quote: Quote, document: Document, guideline: Guideline, matcher: Matcher, node: str) -> Iterator[Alignment]:
    """A limit in the letter that is stricter than the criterion's own."""
    stricter = matcher.stricter(quote.text, node)
    if stricter is not None:
        start, end, asked = stricter
        why = f"The letter asks for more than the criterion {node}, which asks for {asked}."
        words = document.quote(quote.start + start, quote.start + end)
        sure = guideline.main_source.read is Read.FULL_TEXT
        yield Alignment(AlignmentKind.ABSENT_FROM_POLICY, words, why, sure, guideline)


def _is_whole(guideline: Guideline, library: Library) -> tuple[bool, str]:
    """Whether the library may say that something does not stand in the policy, and why."""
    if guideline.main_source.read is not Read.FULL_TEXT:
        read = guideline.main_source.read.value.replace("_", " ")
        return False, f"The policy itself was not read in full here ({read}): look into it before you say so."
    kept = library.coverage(guideline)
    if kept is None or any(each.modelled is Modelled.NOT_MODELLED for each in kept.sentences):
        return False, "Not every sentence of the policy is modelled here: look into it before you say so."
    return True, "Every requirement sentence of its text is modelled here."
