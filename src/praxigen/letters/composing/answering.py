"""What a letter that answers a payer is written from: the check, the decision, whose law holds, what people told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from praxigen.letters.composing.clock import Plan, time_letter
from praxigen.letters.composing.from_denial import choose_letter, insurer_of
from praxigen.letters.composing.gather import Answer, Told, gather
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.matter import Matter
from praxigen.library import Library
from praxigen.model.denial import Denial
from praxigen.model.report import Report


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What is known of the plan beside the decision; None where nobody said it. `received`: when the decision came."""

    plan: str | None = None
    funding: str | None = None
    state: str | None = None
    received: date | None = None


@dataclass(frozen=True, slots=True)
class Answering:
    """The matter, and the letter that answers it. `why` says why an appeal is the wrong remedy, "" where it is not."""

    matter: Matter
    kind: LetterKind
    why: str = ""


def choose(kind: LetterKind | None, denial: Denial | None, default: LetterKind) -> tuple[LetterKind, str]:
    """The letter that was asked for, else the one that the decision's reasons need, with why it is no appeal."""
    if kind is not None:
        return kind, ""
    return choose_letter(denial) if denial is not None else (default, "")


def answering(
    report: Report,
    library: Library,
    told: Told,
    chosen: tuple[LetterKind, str],
    *,
    denial: Denial | None = None,
    answer: Answer | None = None,
    facts: PlanFacts | None = None,
) -> Answering:
    """The matter. Raises UsageError where the papers may be about two patients."""
    kind, why = chosen
    facts = facts or PlanFacts()
    held = report.requirement.payer
    plan = Plan(
        plan=facts.plan or (denial.plan if denial else None) or "commercial",
        funding=facts.funding or (denial.funding if denial else None),
        state=facts.state,
        payer=held or None,
        received=facts.received,
    )
    timed = time_letter(kind, plan, denial)
    payer = report.request.payer
    if held:
        known = library.payer(held)
        payer = (insurer_of(denial, known) if denial else "") or known.name
    matter = gather(report, payer, told, answer, timed.clock, library.literature())
    notes = (f"This is no appeal: {why}.",) if why else ()
    return Answering(replace(matter, notes=(*notes, *timed.notes, *matter.notes)), kind, why)
