"""The answers that a criterion can have, and the reasons that stand beside them."""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """What the chart shows of one criterion."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_DOCUMENTED = "not_documented"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"


class Verdict(StrEnum):
    """The answer for a whole request."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_DOCUMENTED = "not_documented"
    NO_PUBLIC_CRITERIA = "no_public_criteria"


class Reason(StrEnum):
    """Why an answer is what it is. The first group goes with met, the second with not_met, the third with neither."""

    DOCUMENTED = "documented"
    ATTESTED = "attested"
    BY_REQUEST = "by_request"
    NONE_FOUND = "none_found"  # of a list of exclusions: none is planned or stated
    WAIVER = "waiver"
    CONDITION_NOT_MET = "condition_not_met"

    DENIED_IN_NOTE = "denied_in_note"
    SAID_OTHERWISE = "said_otherwise"
    TOO_SHORT = "too_short"
    BELOW_THRESHOLD = "below_threshold"
    GOOD_RESPONSE = "good_response"
    OUTCOME_CONTRARY = "outcome_contrary"
    TOO_RECENT = "too_recent"
    EXCLUDED = "excluded"

    SILENT = "silent"
    CONFLICTING = "conflicting"
    UNDATED = "undated"
    NO_DURATION = "no_duration"
    NO_VALUE = "no_value"
    NO_OUTCOME = "no_outcome"
    OUT_OF_WINDOW = "out_of_window"
    PLANNED_ONLY = "planned_only"
    POSSIBLE_ONLY = "possible_only"
    PAST_ONLY = "past_only"
    DECLINED = "declined"
    DENIED_BY_INSURANCE = "denied_by_insurance"
    CLAIMED_ONLY = "claimed_only"
    HYPOTHETICAL_ONLY = "hypothetical_only"
    OTHER_PERSON = "other_person"
    OTHER_SITE = "other_site"
    OTHER_KIND = "other_kind"
    DETAIL_MISSING = "detail_missing"
    NOT_ATTESTED = "not_attested"
    NOT_ASKED = "not_asked"  # a request detail that was not given
    OPEN_PARTS = "open_parts"  # a group of criteria, some of which are open
    PARTS = "parts"  # a group of criteria whose parts decide it
