"""A guideline: a clinical policy document with editions, as computable trees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from praxigen.model.criterion import Criterion
from praxigen.model.frozen import frozen
from praxigen.model.provenance import Citation, Source


@frozen
class Statement:
    """One line that informs but is not computed: a definition, an exclusion, a difference from another page."""

    id: str
    says: str
    citation: Citation


@frozen
class SetAside:
    """A requirement of the main source that no criterion models, with the reason: billing, say, or the facility.

    `words` are exact passages of the main source's snapshot.
    """

    words: tuple[str, ...]
    why: str
    line: int = 0


@frozen
class Example:
    """A synthetic note with the answers that it must get: the test that travels with a guideline.

    `expect` maps criterion ids of `indication` to answers.
    """

    name: str
    indication: str
    note: str
    expect: Mapping[str, str]
    attest: tuple[str, ...] = ()
    stage: str | None = None
    date: date | None = None
    line: int = 0


@frozen
class Indication:
    """One computable tree of a guideline: for instance the trial, or the permanent implant."""

    id: str
    title: str
    criteria: Criterion


@frozen
class Guideline:
    """One edition of one guideline.

    `sha256` is the hash of the file that it was loaded from, so that a report can name the edition exactly.
    `effective_to` is the last day on which this edition decides; None while no later edition is known.
    """

    id: str
    title: str
    publisher: str
    edition: str
    effective_from: date
    effective_to: date | None
    last_verified: date
    review_every_days: int
    status: str
    sources: Mapping[str, Source]
    main_source: Source
    indications: Mapping[str, Indication]
    definitions: tuple[Statement, ...] = ()
    not_covered: tuple[Statement, ...] = ()
    notes: tuple[Statement, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    examples: tuple[Example, ...] = ()
    file: str = ""
    sha256: str = ""

    def criterion(self, criterion_id: str) -> Criterion | None:
        """The criterion with this id, in whichever indication it stands."""
        for indication in self.indications.values():
            for node in indication.criteria.walk():
                if node.id == criterion_id:
                    return node
        return None
