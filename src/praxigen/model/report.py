"""The result of checking a document against a payer's criteria. Exports and letters read it, never the note again."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.model.answer import Answer, Reason, Verdict
from praxigen.model.chart import ChartWarning
from praxigen.model.criterion import Criterion
from praxigen.model.document import Document, Quote
from praxigen.model.frozen import frozen
from praxigen.model.guideline import Guideline, Indication
from praxigen.model.provenance import Citation
from praxigen.model.request import Request
from praxigen.model.requirement import CodeEntry, Requirement, Route
from praxigen.model.timeline import NO_TREATMENT, Timeline


@frozen
class CriterionResult:
    """One criterion's answer. `quotes` carry the answer; `near` are words that came close and why they do not count.

    `own` is the answer that the node would have without its waiver and condition, where one of them changed it.
    Invariant: met and not_met leaves that rest on the chart have at least one quote.
    """

    criterion: Criterion
    answer: Answer
    reason: Reason
    quotes: tuple[Quote, ...] = ()
    near: tuple[NearMiss, ...] = ()
    children: tuple[CriterionResult, ...] = ()
    waiver: CriterionResult | None = None
    condition: CriterionResult | None = None
    own: Answer | None = None

    def walk(self) -> Iterator[CriterionResult]:
        """This result, its condition and waiver, and all below, parents first."""
        ahead = [self]
        while ahead:
            part = ahead.pop()
            yield part
            ahead.extend(reversed(part.children))
            ahead.extend(each for each in (part.waiver, part.condition) if each is not None)


@frozen
class NearMiss:
    """Words that touch a criterion but do not show it, and the reason."""

    reason: Reason
    quotes: tuple[Quote, ...]


# The gap that stands for the stage of the request, which no guideline asks as a criterion.
STAGE = "stage"


@frozen
class Gap:
    """One open criterion that would help to settle the request, with the neutral question to ask.

    Where the stage is open no criteria are chosen yet; its gap has the criterion STAGE, with the stages as values.
    """

    criterion: Criterion
    reason: Reason
    ask: str
    near: tuple[NearMiss, ...] = ()


@frozen
class Determination:
    """What one route of the requirement decides: codes, guideline edition, criteria and verdict.

    `guideline`, `indication` and `result` are None where no criteria are public; `why` then says so.
    """

    route: Route
    codes: tuple[str, ...]
    verdict: Verdict
    guideline: Guideline | None = None
    indication: Indication | None = None
    result: CriterionResult | None = None
    gaps: tuple[Gap, ...] = ()
    why: str = ""


@frozen
class Receipt:
    """What is needed to replay a check and get the same bytes."""

    engine: str
    document: str
    document_sha256: str
    lexicon_sha256: str
    requirement_sha256: str
    guidelines: tuple[tuple[str, str, str], ...]  # id, edition, sha256 of the file
    request: tuple[tuple[str, str], ...]


@frozen
class Report:
    """The whole answer. `verdict` is the weakest of the determinations.

    `stage_from`: how the stage was settled: "given", "code", "note" (with `stage_quote`), "asked" or "" (not needed).
    `chart` is what stands out in the chart as a whole, whether a criterion asks for it or not; `timeline`
    its treatments in time.
    """

    document: Document
    request: Request
    requirement: Requirement
    codes: tuple[CodeEntry, ...]
    verdict: Verdict
    determinations: tuple[Determination, ...]
    warnings: tuple[str, ...]
    receipt: Receipt
    stage: str | None = None
    stage_from: str = ""
    stage_quote: Quote | None = None
    chart: tuple[ChartWarning, ...] = ()
    timeline: Timeline = NO_TREATMENT

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps of all determinations, each criterion once, in order."""
        seen: dict[str, Gap] = {}
        for determination in self.determinations:
            for gap in determination.gaps:
                seen.setdefault(gap.criterion.id, gap)
        return tuple(seen.values())


__all__ = [
    "Citation",
    "CriterionResult",
    "Determination",
    "Gap",
    "NearMiss",
    "Receipt",
    "Report",
]
