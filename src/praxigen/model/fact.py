"""What the reader found in a document: one value a finding, with the words that carry it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from praxigen.model.amount import Duration, Quantity
from praxigen.model.document import Quote
from praxigen.model.frozen import frozen


class State(StrEnum):
    """In which sense a document speaks of a concept."""

    PRESENT = "present"  # true now: a symptom, a sign, a finding, a treatment that goes on
    DONE = "done"  # an event that happened: a treatment, an operation, an evaluation, a study
    PAST = "past"  # was true and is no longer: a resolved symptom
    ABSENT = "absent"  # said not to be so, tested and normal, or expressly not done
    POSSIBLE = "possible"  # suspected, to be ruled out, equivocal
    PLANNED = "planned"  # ordered, recommended, referred, scheduled, discussed, offered
    DECLINED = "declined"  # the patient does not want it
    DENIED = "denied"  # refused by an insurer
    HYPOTHETICAL = "hypothetical"  # conditional, a goal, a definition, education, a consent's list of risks
    CLAIMED = "claimed"  # only asserted as meeting a rule: "all criteria are met" is not evidence


class Who(StrEnum):
    """Of whom the document speaks."""

    PATIENT = "patient"
    OTHER = "other"


_EMPTY: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@frozen
class Fact:
    """One thing that a document says, in the reader's terms.

    `concept` is the most exact name from the lexicon ("treatment.physical_therapy"); `kinds` holds it and everything
    that it is a kind of ("treatment.exercise", "treatment"). `quote` is the sentence part that carries the fact;
    `basis` are further words that it rests on (where its duration or outcome stands).
    `qualities` are named values: side, region, level, root, modality, degree, outcome, course, supervised ...
    `template` marks a line of a form or review of systems, which does not outweigh what was dictated.
    `day` is that of the note that says it, where the note tells its own; `began` and `ended` are what its words tell.
    `rule` names the rule of the reader that made the fact, for people who look for our mistakes.
    """

    concept: str
    kinds: tuple[str, ...]
    state: State
    quote: Quote
    rule: str
    who: Who = Who.PATIENT
    section: str = ""
    basis: tuple[Quote, ...] = ()
    duration: Duration | None = None
    quantity: Quantity | None = None
    began: date | None = None
    ended: date | None = None
    qualities: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _EMPTY)
    template: bool = False
    day: date | None = None

    def quality(self, name: str) -> tuple[str, ...]:
        """The values of one quality; empty where the document does not say."""
        return self.qualities.get(name, ())

    def quotes(self) -> tuple[Quote, ...]:
        """The words that carry the fact, first the fact itself, then what it rests on."""
        return (self.quote, *self.basis)
