"""When a chart is silent about a condition or a waiver: words about somebody else or about no one do not break it."""

from __future__ import annotations

from praxigen.model.answer import Reason

# A relative's illness, a warning, a policy's own words and another kind of thing say nothing of this patient.
_QUIET = frozenset(
    {Reason.SILENT, Reason.OTHER_PERSON, Reason.HYPOTHETICAL_ONLY, Reason.CLAIMED_ONLY, Reason.OTHER_KIND}
)


def is_quiet(reason: Reason) -> bool:
    """Whether an open leaf with this reason leaves the chart silent about what it asks."""
    return reason in _QUIET
