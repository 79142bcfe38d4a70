"""What somebody wants to look up, and how each of their words was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a word of a question can be."""

    PAYER = "payer"
    PROCEDURE = "procedure"
    CODE = "code"
    DIAGNOSIS = "diagnosis"
    PLAN = "plan"
    STATE = "state"
    WORD = "word"  # stands in a title, a label, the name of a reviewer or of a guideline


@dataclass(frozen=True, slots=True)
class Reading:
    """One or more words of a question, and what they were taken for.

    `meant` are ids, codes or words. `corrected` says that the words are not what the library has but near it, `part`
    that they are a part of a name and not all of it: "Horizon" is a part of the names of several payers.
    """

    text: str
    kind: Kind
    meant: tuple[str, ...]
    corrected: bool = False
    part: bool = False

    @property
    def sure(self) -> bool:
        """Whether the words stand in the library as they were written, or what they are part of is no payer."""
        return not self.corrected and not (self.part and self.kind is Kind.PAYER)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the index. Values of one kind are alternatives; an empty kind asks for nothing.

    Every one of `words` must stand in a requirement. `unknown` are words that mean nothing here, with the nearest.
    `shared` are the codes through which the procedures were found that the payer has under another name.
    """

    payers: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    unknown: tuple[tuple[str, tuple[str, ...]], ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is asked that the index could answer. A state alone is no question."""
        return not (self.payers or self.procedures or self.codes or self.diagnoses or self.plans or self.words)
