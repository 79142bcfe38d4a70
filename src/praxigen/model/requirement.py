"""A requirement: what one payer asks before one procedure, and which guideline decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from types import MappingProxyType

from praxigen.model.frozen import frozen
from praxigen.model.guideline import Statement
from praxigen.model.provenance import Citation, Source


@frozen
class Diagnosis:
    """An ICD-10-CM code that commonly supports a request. A supporting diagnosis is not a criterion.

    `label` is in our own words; empty where the official title serves.
    """

    code: str
    citation: Citation
    label: str = ""


@frozen
class Attachment:
    """A record to send along, and when it is needed."""

    id: str
    says: str
    needed: str


@frozen
class Route:
    """Which guideline and indication decide which codes at which stage; `guideline` is None where none is public.

    `stages` empty means every stage. `why` says why nothing public decides, `upload` what to send then.
    """

    id: str
    codes: tuple[str, ...]
    stages: tuple[str, ...]
    guideline: str | None
    indication: str | None
    citation: Citation
    why: str = ""
    upload: tuple[str, ...] = ()


@frozen
class CodeEntry:
    """One procedure code of a requirement: is prior authorization needed, and what we know about the code itself.

    `prior_authorization` is required, not_required, varies or unknown; unknown is never no.
    `listed` is False for a code that the payer's page does not list and that we mention only to warn. An `add_on` code
    counts a further level of a main code: requested beside one, it follows the route of the main code.
    """

    code: str
    prior_authorization: str
    label: str
    citation: Citation
    listed: bool = True
    note: str = ""
    add_on: bool = False

    @property
    def system(self) -> str:
        """Whose code it is: HCPCS begins with a letter, every other shape is CPT (its categories I to III)."""
        return "HCPCS" if self.code[:1].isalpha() else "CPT"


@frozen
class Submission:
    """One way to submit a request. Telephone and fax are as the source writes them."""

    method: str
    portal: str
    url: str | None
    citation: Citation
    phone: str | None = None
    fax: str | None = None


@frozen
class Question:
    """A question that the payer page answers, with our answer in our own words."""

    ask: str
    answer: str
    citation: Citation


@frozen
class Correction:
    """Something that a payer page says wrongly, what we say instead, and why.

    `codes` are the codes that it touches; empty for the whole page. `citation` is the source of the reason.
    """

    id: str
    page_says: str
    we_say: str
    why: str
    citation: Citation
    codes: tuple[str, ...] = ()


@frozen
class RequestExample:
    """A request with the route that it must take: the test that travels with a requirement."""

    name: str
    codes: tuple[str, ...]
    stage: str | None
    date: date
    expect: Mapping[str, str]
    line: int = 0


@frozen
class Requirement:
    """Payer x procedure x plan types: is authorization needed, for which codes, who reviews, what decides.

    `turnaround` is what is said of the time to a decision; `turnaround_days` its number of days where one is given,
    None where none is.
    """

    id: str
    payer: str
    procedure: str
    plans: tuple[str, ...]
    title: str
    prior_authorization: str
    administrator: str
    codes: Mapping[str, CodeEntry]
    routes: tuple[Route, ...]
    submissions: tuple[Submission, ...]
    turnaround: str
    diagnoses: tuple[Diagnosis, ...]
    documents: tuple[Attachment, ...]
    page_criteria: tuple[Statement, ...]
    questions: tuple[Question, ...]
    cautions: tuple[Statement, ...]
    sources: Mapping[str, Source]
    effective_from: date | None
    last_verified: date
    review_every_days: int
    stages: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    stage_concepts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    examples: tuple[RequestExample, ...] = ()
    file: str = ""
    sha256: str = ""
    turnaround_days: int | None = None
    turnaround_citation: Citation | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def has_stages(self) -> bool:
        """Whether anything here depends on a stage: trial, permanent and so on."""
        return bool(self.stages or self.stage_concepts) or any(route.stages for route in self.routes)


@frozen
class Payer:
    """Who pays, and who reviews for them."""

    id: str
    name: str
    also: tuple[str, ...]
    plans: tuple[str, ...]
    nature: str
    sources: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))


@frozen
class Procedure:
    """A service as payers group it. `label` is in our own words; CPT descriptors never enter the repository."""

    id: str
    label: str
    also: tuple[str, ...]
