"""The words that people are shown for answers, reasons and verdicts. One place, so that every export says the same."""

from __future__ import annotations

from praxigen.model.answer import Answer, Reason, Verdict
from praxigen.model.criterion import Criterion, Op
from praxigen.model.provenance import Citation

DISCLAIMER = (
    "This is not a coverage decision and not medical advice. It compares what the note documents with written "
    "criteria; confirm with the payer for the member's plan before you rely on it. "
    "You review and submit; nothing is sent."
)

# Over the warnings about the chart as a whole.
CHART = "What stands out in the chart"

ANSWERS = {
    Answer.MET: "Met",
    Answer.NOT_MET: "Not met",
    Answer.NOT_DOCUMENTED: "Not documented",
    Answer.WAIVED: "Waived",
    Answer.NOT_APPLICABLE: "Not applicable",
}

# Under a criterion that is met while the threshold that binds was never public.
PORTAL_CAVEAT = "does not settle it: the threshold that binds is shown only in the administrator's portal"

# Inside exclusions, waivers and conditions "met" would read as good news; there a criterion applies or does not.
ASIDES = ANSWERS | {Answer.MET: "Applies", Answer.NOT_MET: "Does not apply"}

VERDICTS = {
    Verdict.MET: "Met: every criterion is documented",
    Verdict.NOT_MET: "Not met: the note says otherwise",
    Verdict.NOT_DOCUMENTED: "Not documented: criteria are open",
    Verdict.NO_PUBLIC_CRITERIA: "No public criteria",
}

VERDICT_MEANS = {
    Verdict.MET: "The note documents every criterion that we could compare. Read each quote before you submit.",
    Verdict.NOT_MET: "On at least one criterion the note says the opposite of what the policy asks.",
    Verdict.NOT_DOCUMENTED: "The note is silent or too vague on criteria that the policy asks for.",
    Verdict.NO_PUBLIC_CRITERIA: "The criteria that decide this request are not public, so nothing was compared.",
}

REASONS = {
    Reason.DOCUMENTED: "documented in the note",
    Reason.ATTESTED: "attested by a person",
    Reason.BY_REQUEST: "settled by what is requested",
    Reason.NONE_FOUND: "none of these is planned or stated",
    Reason.WAIVER: "waived, because its waiver applies",
    Reason.CONDITION_NOT_MET: "its condition does not hold, so it is not asked",
    Reason.DENIED_IN_NOTE: "the note says that it is not so",
    Reason.SAID_OTHERWISE: "the note says otherwise",
    Reason.TOO_SHORT: "shorter than the policy asks",
    Reason.BELOW_THRESHOLD: "the value is outside the policy's limit",
    Reason.GOOD_RESPONSE: "the treatment helped, and the policy asks that it did not",
    Reason.OUTCOME_CONTRARY: "the outcome is not the one that the policy asks for",
    Reason.TOO_RECENT: "more recent than the policy allows",
    Reason.EXCLUDED: "the policy excludes it",
    Reason.SILENT: "the note does not mention it",
    Reason.CONFLICTING: "the note contradicts itself",
    Reason.UNDATED: "no date is stated",
    Reason.NO_DURATION: "how long is not stated",
    Reason.NO_VALUE: "the value is not stated",
    Reason.NO_OUTCOME: "the result is not stated",
    Reason.OUT_OF_WINDOW: "too long before the date of service",
    Reason.PLANNED_ONLY: "planned only",
    Reason.POSSIBLE_ONLY: "only suspected or possible, or not clear whether it took place",
    Reason.PAST_ONLY: "in the past only",
    Reason.DECLINED: "declined by the patient",
    Reason.DENIED_BY_INSURANCE: "denied by an insurer",
    Reason.CLAIMED_ONLY: "only claimed, with nothing behind it",
    Reason.HYPOTHETICAL_ONLY: "spoken of as a possibility, a goal or a risk only",
    Reason.OTHER_PERSON: "about another person",
    Reason.OTHER_SITE: "about another part of the body",
    Reason.OTHER_KIND: "of another kind than the policy asks for",
    Reason.DETAIL_MISSING: "a detail that the policy asks for is not stated",
    Reason.NOT_ATTESTED: "to be attested by a person; a note cannot answer it",
    Reason.NOT_ASKED: "the request does not say",
    Reason.OPEN_PARTS: "parts of it are open",
    Reason.PARTS: "decided by its parts",
}

AUTHORIZATION = {
    "required": "required",
    "not_required": "not required",
    "varies": "varies: ask the payer",
    "unknown": "unknown, which is not the same as not required: ask the payer",
}

STAGE_FROM = {
    "given": "as given",
    "code": "follows from the code",
    "note": "read from the note",
    "asked": "not given, and not clear from the note; the criteria depend on it",
}


_GROUPS = {Op.ALL: "all of these", Op.ANY: "any one of these", Op.NONE: "none of these may apply"}


def because(criterion: Criterion, reason: Reason) -> str:
    """Why a criterion has its answer, with who attests it where a person does."""
    if criterion.attest_by and reason is Reason.ATTESTED:
        return f"attested by the {criterion.attest_by}"
    if criterion.attest_by and reason is Reason.NOT_ATTESTED:
        return f"to be attested by the {criterion.attest_by}; a note cannot answer it"
    return REASONS[reason]


def sentence(text: str) -> str:
    """The text with a capital first letter and a full stop, whatever else it holds."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!", ":")) else ".")


def group(criterion: Criterion) -> str:
    """How a group of criteria is combined; empty for a single criterion."""
    if criterion.op is Op.AT_LEAST:
        return f"at least {criterion.count} of these"
    return _GROUPS.get(criterion.op, "")


def cite(citation: Citation) -> str:
    """Where a line comes from and how that was read, in one line."""
    named = citation.source.number or citation.source.title
    place = f"{named}, {citation.at}" if citation.at else named
    note = f"; {citation.note}" if citation.note else ""
    return f"{place} ({citation.label}{note})"


def plain(passage: str) -> str:
    """A passage of a policy without the marks that made its words bold."""
    return passage.replace("**", "")


def count(number: int, noun: str) -> str:
    """A number and its noun: 1 question, 2 questions, 2 criteria."""
    plural = {"criterion": "criteria"}.get(noun, f"{noun}s")
    return f"{number} {noun if number == 1 else plural}"
