"""What a payer's answer says: who decided what about which service, each stated reason, and what it rests on.

Every value that was read carries the words that it was read from; what was not found is None or empty, and stands in
`Denial.missing` as a question. Nothing here is inferred from silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from praxigen.model.amount import Span
from praxigen.model.criterion import Criterion
from praxigen.model.document import Document, Quote
from praxigen.model.guideline import Guideline


class Form(StrEnum):
    """In which form the answer came."""

    LETTER = "letter"
    X12_835 = "x12_835"  # remittance advice: claims that were paid or not
    X12_278 = "x12_278"  # answer to an authorization request
    FHIR = "fhir"  # ClaimResponse


class Outcome(StrEnum):
    """What was decided. Only the first three start the clock of an appeal."""

    DENIED = "denied"
    DENIED_IN_PART = "denied_in_part"
    UPHELD = "upheld"  # an earlier denial, on appeal
    OVERTURNED = "overturned"  # an earlier denial, on appeal
    APPROVED = "approved"
    NOT_REQUIRED = "not_required"  # no authorization is needed
    PENDED = "pended"  # not decided: the payer waits or asks for more
    CANCELLED = "cancelled"
    REJECTED = "rejected"  # technical: the request was not processed, so nothing was decided
    UNCLEAR = "unclear"  # no decision was found in the words


class Category(StrEnum):
    """What a stated reason is about: one scheme for letters and for every code list."""

    AUTH_MISSING = "auth_missing"
    AUTH_EXCEEDED = "auth_exceeded"
    AUTH_MISMATCH = "auth_mismatch"
    AUTH_LATE = "auth_late"
    PA_DENIED = "pa_denied"
    PENDED = "pended"
    REJECTED_TECHNICAL = "rejected_technical"
    MEDICAL_NECESSITY = "medical_necessity"
    EXPERIMENTAL = "experimental"
    STEP_THERAPY_OR_ALTERNATIVE = "step_therapy_or_alternative"
    SITE_OF_CARE = "site_of_care"
    FREQUENCY_QUANTITY = "frequency_quantity"
    DOCUMENTATION = "documentation"
    CODING_DIAGNOSIS = "coding_diagnosis"
    CODING_OTHER = "coding_other"
    ORDER_PROVIDER = "order_provider"
    NETWORK = "network"
    REFERRAL = "referral"
    BENEFIT_EXCLUSION = "benefit_exclusion"
    ELIGIBILITY = "eligibility"
    TIMELINESS = "timeliness"
    CONTRACT_ADMINISTRATIVE = "contract_administrative"
    OTHER = "other"


class Remedy(StrEnum):
    """What answers a reason of a category. An appeal is often the wrong one."""

    APPEAL = "appeal"  # check the criteria, then appeal
    RESUBMIT = "resubmit"  # correct or complete the request and send it again
    RETRO_AUTHORIZATION = "retro_authorization"  # or an exception to the rule that one was needed
    ANSWER = "answer"  # send what the payer asks for; nothing is decided yet
    BENEFIT = "benefit"  # a question of the contract, no clinical appeal
    ASK = "ask"  # the reason is not specific enough to choose


class AlignmentKind(StrEnum):
    """How a stated reason stands to the policy that decides."""

    CRITERION = "criterion"  # the letter says that this criterion is unmet
    ABSENT_FROM_POLICY = "absent_from_policy"  # the letter asks for what the policy does not ask
    OTHER_POLICY = "other_policy"  # another policy than the one that decides, or another edition
    MISSING_DOCUMENT = "missing_document"
    ADMINISTRATIVE = "administrative"
    UNCERTAIN = "uncertain"  # no criterion, or more than one, fits the words; `criteria` holds those that come near


@dataclass(frozen=True, slots=True)
class Stated:
    """A value as the answer states it. `value` is tidied (spaces, case of codes); `quote` is exact."""

    value: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day, or the days from `day` to `last`, as the answer states it."""

    day: date
    quote: Quote
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A number by which the payer knows the matter. `kind`: case, authorization, claim, appeal, trace or reference."""

    kind: str
    value: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class StatedCode:
    """A procedure code that the answer names. `outcome` is None where the answer decides on all codes alike."""

    code: str
    quote: Quote
    units: int | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class CitedPolicy:
    """A policy that the answer says it rests on.

    `number`, `edition` and `effective` are as stated, empty or None where they are not. `guideline` is the library's id
    where the library knows the policy, None where it does not.
    """

    title: str
    quote: Quote
    number: str = ""
    edition: str = ""
    effective: date | None = None
    guideline: str | None = None


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """A code that gives a reason.

    `system`: carc, rarc, hcr (X12 306), review (X12 886), aaa (X12 901). `label` says in our words what it stands for,
    empty where we do not know it. `group` is the 835's group code (CO, PR, OA, PI), else empty.
    """

    system: str
    code: str
    label: str
    quote: Quote
    group: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """One thing that a reason asks for, beside what the policy asks.

    `quote` are the letter's words. `guideline` is the edition that was compared, None where none was; `criteria` are
    the criteria meant (kind criterion: the one first, and those under it), or those that come near (uncertain).
    `certain` is False wherever a person has to look; `why` says in our words what was compared and found.
    """

    kind: AlignmentKind
    quote: Quote
    why: str
    certain: bool
    guideline: Guideline | None = None
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedReason:
    """One stated reason. `quote` are its words, or the segment or element that carries its codes.

    `specific` says whether it names what is missing or unmet; `criteria_cited` whether it, or the answer for it, names
    the policy. `appealable` (a clinical appeal answers it) and `correctable` (a corrected request does) follow from the
    category; both can hold.
    """

    quote: Quote
    category: Category
    remedy: Remedy
    appealable: bool
    correctable: bool
    specific: bool
    criteria_cited: bool
    codes: tuple[ReasonCode, ...] = ()
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of one reason together with those that hold for the whole answer. False means: not stated."""

    appealable: bool
    correctable: bool
    peer_to_peer_offered: bool
    specific_reason_given: bool
    criteria_cited: bool
    human_review_stated: bool
    deadline_on_letter: bool


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who is said to have decided. `human` is False where the answer says that no person did.

    `name`, `credentials` and `specialty` are empty where they are not stated.
    """

    human: bool
    quote: Quote
    name: str = ""
    credentials: str = ""
    specialty: str = ""


@dataclass(frozen=True, slots=True)
class StatedDeadline:
    """A time limit that the answer states.

    `remedy`: appeal, expedited_appeal, external_review, fair_hearing, continuation (of services meanwhile),
    peer_to_peer, information or resubmission.
    `within` is the length as written and `counted_from` the event it runs from, as written ("the date of this
    letter"); `by` is the last day where the answer names one. `business` says whether business days are meant.
    """

    remedy: str
    quote: Quote
    within: Span | None = None
    counted_from: str = ""
    business: bool = False
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Where the answer says to write or call. `kind`: phone, fax, address or portal. `remedy` as in StatedDeadline."""

    kind: str
    value: str
    remedy: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the answer does not say, or that could not be read: the field, and the question for a person."""

    field: str
    ask: str


@dataclass(frozen=True, slots=True)
class Denial:
    """One decision of a payer on one request or claim, as its letter or transaction states it.

    `outcome` may be no denial at all: an approval, a technical rejection, a question. `start` and `end` bound the
    stretch of the document that it was read from. `payer` and `administrator` are as stated; `payer_id` is the
    library's, None where the library does not know the payer. `plan` is a plan type of the library and `funding`
    insured, self_funded or government, both only where words of the answer say so (`plan_quote`, `funding_quote`).
    """

    document: str
    form: Form
    outcome: Outcome
    start: int
    end: int
    outcome_quote: Quote | None = None
    payer: Stated | None = None
    payer_id: str | None = None
    administrator: Stated | None = None
    plan: str | None = None
    plan_quote: Quote | None = None
    plan_name: Stated | None = None
    funding: str | None = None
    funding_quote: Quote | None = None
    patient: Stated | None = None
    birth: StatedDay | None = None
    member_id: Stated | None = None
    group_number: Stated | None = None
    provider: Stated | None = None
    references: tuple[Reference, ...] = ()
    service: Stated | None = None
    codes: tuple[StatedCode, ...] = ()
    diagnoses: tuple[Stated, ...] = ()
    date_of_service: StatedDay | None = None
    request_date: StatedDay | None = None
    decision_date: StatedDay | None = None
    policies: tuple[CitedPolicy, ...] = ()
    reasons: tuple[StatedReason, ...] = ()
    peer_to_peer: Quote | None = None
    reviewer: Reviewer | None = None
    deadlines: tuple[StatedDeadline, ...] = ()
    contacts: tuple[Contact, ...] = ()
    missing: tuple[Missing, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_denial(self) -> bool:
        """Whether something was refused on its merits or by rule, so that the clock of an appeal may run."""
        return self.outcome in (Outcome.DENIED, Outcome.DENIED_IN_PART, Outcome.UPHELD)

    def flags(self, reason: StatedReason) -> Flags:
        """The flags of one of the reasons, with those that the whole answer gives it."""
        return Flags(
            appealable=reason.appealable,
            correctable=reason.correctable,
            peer_to_peer_offered=self.peer_to_peer is not None,
            specific_reason_given=reason.specific,
            criteria_cited=reason.criteria_cited,
            human_review_stated=self.reviewer is not None and self.reviewer.human,
            deadline_on_letter=bool(self.deadlines),
        )


@dataclass(frozen=True, slots=True)
class DenialReading:
    """Everything that one document decides: its denials in order of place, and what to know before using them."""

    document: Document
    denials: tuple[Denial, ...]
    warnings: tuple[str, ...] = ()
