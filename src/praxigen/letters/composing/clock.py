"""The last day of a letter and who must review it, from the law that reaches the plan and from the payer's letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from praxigen.errors import UsageError
from praxigen.law import Case, Event, Kind, Law, State, answer
from praxigen.letters.composing.gather import Clock
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.matter import DueDay
from praxigen.letters.composing.sentence import LawSupport, QuoteSupport
from praxigen.model.amount import Unit
from praxigen.model.denial import Denial, StatedDeadline

_FIRST = frozenset({"appeal_file", "stage1_file", "reconsideration_file", "redetermination_file"})
_STEPS = {
    LetterKind.LEVEL_1: _FIRST,
    LetterKind.EXPEDITED: _FIRST,
    LetterKind.LEVEL_2: frozenset({"stage2_file", "qic_file"}),
    LetterKind.EXTERNAL: frozenset({"external_file", "state_fair_hearing_file"}),
}
_REMEDIES = {
    LetterKind.LEVEL_1: ("appeal",),
    LetterKind.LEVEL_2: ("appeal",),
    LetterKind.EXPEDITED: ("expedited_appeal", "appeal"),
    LetterKind.EXTERNAL: ("external_review", "fair_hearing"),
    LetterKind.INFORMATION: ("information",),
    LetterKind.CORRECTED: ("resubmission",),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Whose law may reach the plan, as told: plan type, funding, state, and the day on which the denial came."""

    plan: str | None = None
    funding: str | None = None
    state: str | None = None
    payer: str | None = None
    received: date | None = None


@dataclass(frozen=True, slots=True)
class Timed:
    """The clock of a letter, and what a person must be asked or told about it."""

    clock: Clock
    notes: tuple[str, ...] = ()


def time_letter(kind: LetterKind, plan: Plan, denial: Denial | None, law: Law | None = None) -> Timed:
    """The clock of a letter of this kind. Where the law or a day is not known it says so and gives no day."""
    if kind not in _REMEDIES:
        return Timed(Clock())
    stated, letter_day = _stated(kind, plan, denial)
    words = QuoteSupport(stated.quote, "") if stated else None
    notice = denial.decision_date.day if denial and denial.decision_date else None
    case = Case(plan.plan, plan.funding, plan.state, plan.payer, tuple(_events(kind, plan.received, notice)))
    try:
        found = answer(case, law)
    except UsageError as error:  # a kind of plan whose law is not held, a day that contradicts another
        note = f"The law on time and reviewers was not consulted: {error.message}"
        return Timed(Clock(DueDay(letter=letter_day, letter_words=words)), (note,))
    notes = [f"Ask, to know the last day: {question}" for question in found.questions]
    if plan.received is None:
        notes.append("The day on which the decision was received is not known. Give it with --received.")
    due = DueDay(letter=letter_day, letter_words=words)
    if found.regime is None:
        return Timed(Clock(due), tuple(notes))
    steps = _STEPS.get(kind, frozenset())
    for each in found.deadlines:
        if each.kind is Kind.FILE and each.stage in steps and each.rule_day and each.state is not State.DEPENDS:
            if each.verify:
                notes.append(_to_verify(f"{each.says}: {each.counted}", each.law, each.verify))
                continue
            # How the last day ends belongs into the list of deadlines, not into a letter.
            words_ = f"{each.says}: {each.counted.partition(';')[0]}"
            due = DueDay(each.rule_day, LawSupport(each.id, each.law, words_), letter_day, words)
            break
    provisions = found.regime.reviewers_of("external" if kind is LetterKind.EXTERNAL else "appeal")
    asked = kind in _STEPS
    citable = [each for each in provisions if not each.verify]
    reviewers = tuple(LawSupport(each.id, each.law, each.says) for each in citable if asked)
    notes += [_to_verify(each.says, each.law, each.verify) for each in provisions if each.verify]
    # What a rule does not give is for the person who writes: quoted in the letter it would speak for the payer.
    notes += [
        f"Who must review: {each.limit} ({each.law}) The letter does not say so." for each in citable if each.limit
    ]
    same = asked and any(each.same_specialty == "required" for each in citable)
    return Timed(Clock(due, reviewers, same), tuple(notes))


def _to_verify(says: str, law: str, why: str) -> str:
    return f"Point to verify, not cited in the letter: {says} ({law}) {why}"


def letter_day(kind: LetterKind, plan: Plan, denial: Denial | None) -> date | None:
    """The last day for a letter of this kind by the payer's own letter, where it prints or clearly counts one."""
    return _stated(kind, plan, denial)[1]


def _events(kind: LetterKind, received: date | None, notice: date | None) -> Iterator[Event]:
    if received is not None:
        yield Event("final_denial_received" if kind is LetterKind.EXTERNAL else "denial_received", received)
    if notice is not None and kind is not LetterKind.EXTERNAL:
        yield Event("notice_date", notice)


def _stated(kind: LetterKind, plan: Plan, denial: Denial | None) -> tuple[StatedDeadline | None, date | None]:
    """The time limit that the payer's letter states, and its last day where that can be counted."""
    for remedy in _REMEDIES[kind]:
        for each in denial.deadlines if denial else ():
            if each.remedy == remedy:
                return each, each.by or _counted(each, plan, denial)
    return None, None


def _counted(stated: StatedDeadline, plan: Plan, denial: Denial | None) -> date | None:
    """The last day of a length in calendar days or weeks; of any other length none is guessed."""
    if stated.within is None or stated.business or stated.within.unit not in (Unit.DAY, Unit.WEEK):
        return None
    receipt = "recei" in stated.counted_from.lower()
    notice = denial.decision_date.day if denial and denial.decision_date else None
    start = plan.received if receipt else notice
    days = int(stated.within.number) * (7 if stated.within.unit is Unit.WEEK else 1)
    return start + timedelta(days=days) if start else None
