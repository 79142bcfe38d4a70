"""What an answer does not say, as questions for a person; and what to know before its contents are used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from praxigen.model.denial import Denial, Missing, Outcome

_ALWAYS = (
    ("payer", "Who sent the answer, and for which health plan?"),
    ("plan", "Which kind of plan is it: commercial, Medicare Advantage, Medicaid, workers' compensation or another?"),
    ("patient", "Whom is the answer about?"),
    ("member_id", "What is the member's number?"),
    ("references", "Under which case, authorization or claim number does the payer know it?"),
    ("codes", "Which procedure codes were decided?"),
    ("decision_date", "Of which day is the decision? Deadlines count from it or from its receipt."),
    ("date_of_service", "For which day of service was it asked? The day picks the edition of the policy."),
)
_OF_DENIALS = (
    ("reasons", "What reason was given? Ask the payer for the specific reason in writing."),
    ("policies", "Which policy, number and edition was the decision based on? Ask for a copy of the criteria."),
    ("reviewer", "Who decided, and in which specialty? Ask for the reviewer's name and credentials."),
    ("deadlines", "By when must an appeal be filed? The answer states no time limit."),
)
_FUNDING = "Does the employer fund the plan itself, or is it insured? Whose law applies depends on it."
_LONG_AGO = 730  # days


def missing_from(denial: Denial) -> tuple[Missing, ...]:
    """One question for each thing that was looked for and not found."""
    return tuple(Missing(field, ask) for field, ask in _questions(denial))


def _questions(denial: Denial) -> Iterator[tuple[str, str]]:
    if denial.outcome is Outcome.UNCLEAR:
        if denial.warnings:
            return  # it was not read, and the warning says why
        yield "outcome", "What was decided? No approval, denial or rejection was found in the words."
        if not (denial.payer or denial.member_id or denial.references or denial.codes):
            return  # nothing of a payer's answer was found
    for field, ask in (*_ALWAYS, *(_OF_DENIALS if denial.is_denial else ())):
        if not getattr(denial, field):
            yield field, ask
    if denial.plan == "commercial" and denial.funding is None and denial.is_denial:
        yield "funding", _FUNDING
    for reason in denial.reasons if denial.is_denial else ():
        if not reason.specific:
            yield "reasons", f'"{reason.quote.text}" names nothing specific: what exactly was not shown?'


def warnings_of(denial: Denial, today: date | None) -> tuple[str, ...]:
    """What a person has to know before this answer is used."""
    return tuple(_warnings(denial, today))


def _warnings(denial: Denial, today: date | None) -> Iterator[str]:
    said = {
        Outcome.APPROVED: "This is an approval, not a denial: there is nothing to appeal.",
        Outcome.NOT_REQUIRED: "This says that no authorization is needed: there is nothing to appeal.",
        Outcome.PENDED: "This is not a denial: the payer has not decided and waits or asks for something.",
        Outcome.CANCELLED: "This is not a denial: the request was withdrawn or cancelled.",
        Outcome.REJECTED: "This is a technical rejection, not a denial: nothing was decided, no clock of an "
        "appeal runs, and the payer's own clock may not have started. Correct the request and send it again.",
        Outcome.OVERTURNED: "This reverses an earlier denial: there is nothing to appeal.",
        Outcome.UPHELD: "This is a decision on an appeal that upholds the denial: the next step is the next "
        "level or an external review, not a first appeal.",
        Outcome.DENIED_IN_PART: "Only a part was refused: appeal that part, and leave what was approved alone.",
        Outcome.UNCLEAR: "No decision was found: this may not be a payer's answer.",
    }.get(denial.outcome)
    if said and not (denial.outcome is Outcome.UNCLEAR and denial.warnings):
        yield said
    decided = denial.decision_date.day if denial.decision_date else None
    if today is not None and decided is not None:
        if decided > today:
            yield f"The decision is dated {decided.isoformat()}, after {today.isoformat()}: check the date."
        elif (today - decided).days > _LONG_AGO:
            yield f"The decision is dated {decided.isoformat()}, more than two years ago: check the date."
    requested = denial.request_date.day if denial.request_date else None
    if decided is not None and requested is not None and requested > decided:
        yield f"The request of {requested.isoformat()} is later than the decision of {decided.isoformat()}: check both."
