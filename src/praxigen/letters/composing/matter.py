"""The matter that a letter is about: the check of the chart, the payer's answer, the practice, and what people gave."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from praxigen.errors import UsageError
from praxigen.letters.composing.call import Call
from praxigen.letters.composing.dispositions import Dispositions
from praxigen.letters.composing.practice import Practice
from praxigen.letters.composing.sentence import LawSupport, QuoteSupport, RecordSupport
from praxigen.model.criterion import Criterion
from praxigen.model.document import Document, Quote
from praxigen.model.guideline import Guideline
from praxigen.model.literature import Reference
from praxigen.model.report import Determination, Report

# What a person may give, and the question that stands in its place while nobody has.
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "patient": "patient's full name",
        "birth": "patient's date of birth",
        "member_id": "member number on the insurance card",
        "group_number": "group number on the insurance card",
        "reference": "reference number of the payer for this matter",
        "decision_date": "date of the payer's decision",
        "service": "service in the payer's words",
        "provider": "who performs the service",
        "facility": "where the service is performed",
        "units": "units of each code",
        "period": "period for which authorization is asked",
        "recipient": "address of the department that takes this letter",
        "fax": "fax number of that department",
        "urgent_because": "why the ordinary time would endanger life, health or the ability to regain function",
        "late_because": "why the letter is late",
        "clinical_need": "why this patient needs the service, in the clinician's words, with the pages of the chart",
        "no_request_because": "why no authorization was asked for before the service",
    }
)


@dataclass(frozen=True, slots=True)
class StatedPoint:
    """One thing that the payer's reason asks for, beside the policy.

    `criteria` are the criteria meant; `absent` says that the compared policy does not ask it. `certain` is False where
    a person has to look; `why` says what was compared.
    """

    why: str
    certain: bool
    criteria: tuple[str, ...] = ()
    absent: bool = False
    other_policy: bool = False
    document: bool = False
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of the payer, quoted, with what it comes to."""

    quote: Quote
    points: tuple[StatedPoint, ...] = ()
    specific: bool = True


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day for this letter: by rule with its citation, by the payer's own letter, or both."""

    rule: date | None = None
    law: LawSupport | None = None
    letter: date | None = None
    letter_words: QuoteSupport | None = None

    @property
    def day(self) -> date | None:
        """The earlier of the two."""
        return min((day for day in (self.rule, self.letter) if day is not None), default=None)


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything that a letter may draw from. Nothing else gets into one.

    `values` are single facts by field (see FIELDS), each with its origin. `reasons` are quotes of `answer`, the payer's
    answer. `reviewers` are rules on who must review; `same_specialty` whether one of them asks for the same specialty.
    `literature` are the library's published works by id.
    """

    report: Report
    payer_name: str
    practice: Practice = field(default_factory=Practice)
    dispositions: Dispositions = field(default_factory=Dispositions)
    written_on: date | None = None
    values: Mapping[str, RecordSupport] = field(default_factory=lambda: MappingProxyType({}))
    diagnoses: tuple[RecordSupport, ...] = ()
    references: tuple[RecordSupport, ...] = ()
    units: Mapping[str, RecordSupport] = field(default_factory=lambda: MappingProxyType({}))
    answer: Document | None = None
    reasons: tuple[Reason, ...] = ()
    due: DueDay = field(default_factory=DueDay)
    reviewers: tuple[LawSupport, ...] = ()
    same_specialty: bool = False
    notices: tuple[LawSupport, ...] = ()
    call: Call | None = None
    literature: Mapping[str, Reference] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()

    @property
    def late(self) -> bool:
        """Whether the letter is written after its last day."""
        return self.due.day is not None and self.written_on is not None and self.written_on > self.due.day

    def value(self, name: str) -> RecordSupport | None:
        """What is known of a field."""
        return self.values.get(name)

    def guidelines(self) -> Iterator[Guideline]:
        """The editions that decide, each once."""
        seen = set()
        for determination in self.report.determinations:
            book = determination.guideline
            if book is not None and (book.id, book.edition) not in seen:
                seen.add((book.id, book.edition))
                yield book

    @property
    def unpublic(self) -> tuple[Determination, ...]:
        """What is decided by criteria that are not public, or not known to the library."""
        return tuple(each for each in self.report.determinations if each.guideline is None)

    def criterion(self, criterion_id: str) -> Criterion | None:
        """A criterion of the editions that decide."""
        for book in self.guidelines():
            found = book.criterion(criterion_id)
            if found is not None:
                return found
        return None

    def refuse_newer_policy(self) -> None:
        """Raise UsageError where a policy that decides was not in force on the date of service."""
        day = self.report.request.date
        if day is None:
            raise UsageError(
                "a letter cites the edition that was in force on the date of service, which is not given",
                "Give it with --date-of-service.",
            )
        for book in self.guidelines():
            if book.effective_from > day:
                raise UsageError(
                    f"{book.id} {book.edition} is in force from {book.effective_from}, after the date of service {day}",
                    "A policy newer than the service is never cited. Check the date of service.",
                )


def given(name: str, text: str) -> RecordSupport:
    """A value that a person gave for a field of FIELDS. Raises UsageError for an unknown field or an empty value."""
    if name not in FIELDS:
        from praxigen.datafiles import did_you_mean

        raise UsageError(f"a letter has no field {name!r}", did_you_mean(name, list(FIELDS)) or ", ".join(FIELDS))
    value = re.sub(r"\s+", " ", text).strip()
    if not value:
        raise UsageError(f"the field {name!r} was given without a value", f"Write for example {name}=VALUE.")
    return RecordSupport(name, value, "person")
