"""Gathers a matter from chart, answer and people, and refuses where two patients may be meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from praxigen.errors import UsageError
from praxigen.letters.composing.call import Call
from praxigen.letters.composing.compose import BY_HAND
from praxigen.letters.composing.dispositions import Dispositions
from praxigen.letters.composing.matter import DueDay, Matter, Reason, given
from praxigen.letters.composing.patient import Person, differences, find_person
from praxigen.letters.composing.practice import Practice
from praxigen.letters.composing.sentence import LawSupport, RecordSupport
from praxigen.letters.composing.subject import diagnoses_in_chart
from praxigen.model.document import Document, Quote
from praxigen.model.literature import Reference
from praxigen.model.report import Report

_NO_WORKS: Mapping[str, Reference] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """The payer's answer as letters use it: its document, reasons, the values that it states, and its patient."""

    document: Document
    reasons: tuple[Reason, ...]
    values: Mapping[str, RecordSupport] = field(default_factory=lambda: MappingProxyType({}))
    references: tuple[RecordSupport, ...] = ()
    diagnoses: tuple[RecordSupport, ...] = ()
    units: Mapping[str, RecordSupport] = field(default_factory=lambda: MappingProxyType({}))
    person: Person = field(default_factory=Person)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What people gave beside chart and answer. `fields` are values of `matter.FIELDS`, `units` by code."""

    practice: Practice = field(default_factory=Practice)
    dispositions: Dispositions = field(default_factory=Dispositions)
    written_on: date | None = None
    fields: Sequence[tuple[str, str]] = ()
    diagnoses: Sequence[str] = ()
    confirmed_patient: bool = False
    call: Call | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """What the law helper found: the last day, who must review, what the notice had to hold."""

    due: DueDay = field(default_factory=DueDay)
    reviewers: tuple[LawSupport, ...] = ()
    same_specialty: bool = False
    notices: tuple[LawSupport, ...] = ()


def gather(
    report: Report, payer_name: str, told: Told, answer: Answer | None = None, clock: Clock | None = None,
    literature: Mapping[str, Reference] = _NO_WORKS,
) -> Matter:  # fmt: skip
    """The matter. Raises UsageError where chart and answer, or parts of the chart, may be about two people."""
    person = find_person(report.document)
    doubts = tuple(differences(answer.person if answer else Person(), person, "payer's answer", "chart"))
    if doubts and not told.confirmed_patient:
        raise UsageError(
            "the papers may be about two patients: " + "; ".join(doubts),
            "Compare them. If it is one patient, say so with --confirm-patient.",
        )
    clock = clock or Clock()
    notes = [f"Confirmed by a person although {doubt}." for doubt in doubts]
    if not person.names or (answer is not None and not answer.person.names):
        notes.append("No name of the patient was found in one of the papers: compare by eye that both are about one.")
    said = tuple(RecordSupport("diagnosis", code, "person") for code in told.diagnoses)
    return Matter(
        report=report,
        payer_name=payer_name,
        practice=told.practice,
        dispositions=told.dispositions,
        written_on=told.written_on,
        values=_values(person, told, answer),
        diagnoses=said or (answer.diagnoses if answer else ()) or tuple(diagnoses_in_chart(report)),
        references=answer.references if answer else (),
        units=answer.units if answer else {},
        answer=answer.document if answer else None,
        reasons=answer.reasons if answer else (),
        due=clock.due,
        reviewers=clock.reviewers,
        same_specialty=clock.same_specialty,
        notices=clock.notices,
        call=told.call,
        literature=literature,
        notes=(*notes, *(answer.notes if answer else ())),
    )


def reasons_by_hand(texts: Iterable[str]) -> Answer:
    """An answer of which only the reasons are known, as a person typed them."""
    texts = [" ".join(text.split()) for text in texts]
    document = Document(BY_HAND, "\n".join(texts))
    reasons, at = [], 0
    for text in texts:
        if text:
            reasons.append(Reason(Quote(BY_HAND, at, at + len(text), text)))
        at += len(text) + 1
    if not reasons:
        raise UsageError("the payer's reason was given without words", "Copy it from the letter: --reason 'WORDS'.")
    note = "The payer's reason was typed and not read from its letter: compare each word."
    return Answer(document, tuple(reasons), notes=(note,))


def _values(person: Person, told: Told, answer: Answer | None) -> Mapping[str, RecordSupport]:
    """One value a field: what a person gave first, then the payer's answer, then the chart."""
    values: dict[str, RecordSupport] = {}
    if person.names:
        values["patient"] = RecordSupport("patient", person.names[0].value, "chart", person.names[0].quote)
    if person.births:
        born = person.births[0]
        values["birth"] = RecordSupport("birth", born.day.isoformat(), "chart", born.quote)
    if told.practice.signer:
        values["provider"] = RecordSupport("provider", told.practice.signer, "practice")
    values |= dict(answer.values) if answer else {}
    values |= {name: given(name, text) for name, text in told.fields}
    return MappingProxyType(values)
