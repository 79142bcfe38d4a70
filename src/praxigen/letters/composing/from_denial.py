"""A payer's answer as the denial reader found it, as letters use it; and which letter answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.errors import UsageError
from praxigen.letters.composing.gather import Answer
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.matter import Reason, StatedPoint
from praxigen.letters.composing.patient import Born, Named, Person
from praxigen.letters.composing.sentence import RecordSupport, plain
from praxigen.model.denial import Alignment, AlignmentKind, Denial, Outcome, Remedy, StatedReason
from praxigen.model.document import Document
from praxigen.model.requirement import Payer

_WORKERS = "workers_comp"

_NOTHING_TO_ANSWER = (Outcome.APPROVED, Outcome.NOT_REQUIRED, Outcome.OVERTURNED, Outcome.CANCELLED)
_LETTERS = {
    Remedy.RETRO_AUTHORIZATION: LetterKind.RETRO,
    Remedy.RESUBMIT: LetterKind.CORRECTED,
    Remedy.ANSWER: LetterKind.INFORMATION,
    Remedy.BENEFIT: LetterKind.BENEFIT,
    Remedy.ASK: LetterKind.ASK_REASON,
}
_WHY = {
    LetterKind.RETRO: "no authorization was on file, so authorization afterwards is asked for",
    LetterKind.CORRECTED: "the request was not decided on its merits, so it is corrected and sent again",
    LetterKind.INFORMATION: "the payer asks for documents or answers, so they are sent",
    LetterKind.BENEFIT: "the reason is the member's contract, which no clinical criterion answers",
    LetterKind.ASK_REASON: "the reason is too general to answer, so it is asked for",
}


def choose_letter(denial: Denial) -> tuple[LetterKind, str]:
    """The letter that answers a decision, and why it is no appeal. Raises UsageError where nothing was refused."""
    if denial.outcome in _NOTHING_TO_ANSWER:
        raise UsageError(
            f"the payer's answer is no denial: {denial.outcome.value.replace('_', ' ')}",
            "Nothing is to be appealed. If it denies all the same, say which letter you want with --kind.",
        )
    if denial.outcome is Outcome.UNCLEAR and not denial.reasons:
        raise UsageError(
            " ".join(("no decision and no reason was found in the payer's answer.", *denial.warnings)),
            "Give the payer's letter, or copy its reason with --reason; --kind drafts a letter all the same.",
        )
    if denial.outcome is Outcome.REJECTED:
        return LetterKind.CORRECTED, _WHY[LetterKind.CORRECTED]
    if denial.outcome is Outcome.PENDED:
        return LetterKind.INFORMATION, _WHY[LetterKind.INFORMATION]
    if denial.outcome is Outcome.UPHELD:
        return LetterKind.LEVEL_2, ""
    remedies = [reason.remedy for reason in denial.reasons]
    if not remedies or Remedy.APPEAL in remedies or any(reason.appealable for reason in denial.reasons):
        return LetterKind.LEVEL_1, ""
    kind = next(letter for remedy, letter in _LETTERS.items() if remedy in remedies)
    return kind, _WHY[kind]


def answer_of(document: Document, denial: Denial) -> Answer:
    """The parts of a decision that letters use. Every value keeps the words that it was read from."""
    names = (Named(denial.patient.value, denial.patient.quote),) if denial.patient else ()
    births = (Born(denial.birth.day, denial.birth.quote),) if denial.birth else ()
    return Answer(
        document=document,
        reasons=tuple(_reason(each) for each in denial.reasons),
        values={value.field: value for value in _values(denial)},
        references=tuple(RecordSupport(each.kind, each.value, "denial", each.quote) for each in denial.references),
        diagnoses=tuple(RecordSupport("diagnosis", each.value, "denial", each.quote) for each in denial.diagnoses),
        units={
            each.code: RecordSupport("units", str(each.units), "denial", each.quote)
            for each in denial.codes
            if each.units is not None
        },
        person=Person(names, births),
        notes=tuple(_notes(denial)),
    )


def insurer_of(denial: Denial, payer: Payer) -> str:
    """The insurer to whom the letter goes where the payer of the library is the board under whose rules it decides.

    Empty where the payer itself answers.
    """
    if payer.plans != (_WORKERS,) or denial.payer is None:
        return ""
    names = {_bare(name) for name in (payer.name, *payer.also)}
    return "" if _bare(denial.payer.value) in names else plain(denial.payer.value)


def _bare(text: str) -> str:
    """Words alone, for comparing names however they are set."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("'", "").replace("’", "")))


def _values(denial: Denial) -> Iterator[RecordSupport]:
    for name, stated in (
        ("patient", denial.patient),
        ("member_id", denial.member_id),
        ("group_number", denial.group_number),
        ("service", denial.service),
    ):
        if stated is not None:
            yield RecordSupport(name, plain(stated.value), "denial", stated.quote)
    for name, day in (("birth", denial.birth), ("decision_date", denial.decision_date)):
        if day is not None:
            yield RecordSupport(name, day.day.isoformat(), "denial", day.quote)
    wanted = ("external_review",) if denial.outcome is Outcome.UPHELD else ("appeal", "expedited_appeal", "information")
    for kind, name in (("address", "recipient"), ("fax", "fax")):
        found = next((each for each in denial.contacts if each.kind == kind and each.remedy in wanted), None)
        if found is not None:
            yield RecordSupport(name, plain(found.value), "denial", found.quote)


def _notes(denial: Denial) -> Iterator[str]:
    yield from denial.warnings
    for each in denial.missing:
        yield f"The payer's answer does not say it: {each.ask}"
    if denial.policies and not any(policy.guideline for policy in denial.policies):
        yield "The payer's answer rests on a policy that the library does not hold: compare it by hand."


def _reason(reason: StatedReason) -> Reason:
    points = tuple(_point(each) for each in reason.alignments)
    return Reason(reason.quote, points, reason.specific)


def _point(alignment: Alignment) -> StatedPoint:
    kind = alignment.kind
    settled = kind not in (AlignmentKind.UNCERTAIN, AlignmentKind.ADMINISTRATIVE)
    return StatedPoint(
        why=alignment.why,
        certain=alignment.certain and settled,
        criteria=tuple(each.id for each in alignment.criteria),
        absent=kind is AlignmentKind.ABSENT_FROM_POLICY,
        other_policy=kind is AlignmentKind.OTHER_POLICY,
        document=kind is AlignmentKind.MISSING_DOCUMENT,
        quote=alignment.quote,
    )
