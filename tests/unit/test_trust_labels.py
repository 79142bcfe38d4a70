"""What a person is told about how a line is known: nothing that nobody read is shown as binding."""

from __future__ import annotations

import pytest

from praxigen.model.provenance import Citation, Read, Source, Trust

SEEN = (Read.FULL_TEXT, Read.TRANSCRIPTION)


def cited(trust: Trust, read: Read) -> Citation:
    source = Source("policy", "A policy", "A payer", trust, read)
    return Citation(source, "page 2", read, trust)


@pytest.mark.parametrize(
    ("trust", "read", "label"),
    [
        (Trust.BINDING, Read.FULL_TEXT, "binding, read in full"),
        (Trust.BINDING, Read.TRANSCRIPTION, "binding, from an unverified transcription"),
        (Trust.BINDING, Read.SUMMARY, "not confirmed: of a binding policy, but known from a summary, not read"),
        (Trust.BINDING, Read.NOT_LOCATED, "not confirmed: of a binding policy, but cited by others, not located"),
        (Trust.PROXY, Read.SUMMARY, "proxy, known from a summary, not read"),
        (Trust.PORTAL_ONLY, Read.SUMMARY, "portal-only, known from a summary, not read"),
    ],
)
def test_the_label_says_how_a_line_is_known(trust: Trust, read: Read, label: str) -> None:
    assert cited(trust, read).label == label


@pytest.mark.parametrize("trust", list(Trust))
@pytest.mark.parametrize("read", list(Read))
def test_only_what_was_seen_in_a_binding_policy_begins_with_binding(trust: Trust, read: Read) -> None:
    assert cited(trust, read).label.startswith("binding") is (trust is Trust.BINDING and read in SEEN)


def test_a_line_whose_threshold_is_in_a_portal_settles_nothing() -> None:
    assert [trust for trust in Trust if cited(trust, Read.SUMMARY).settles] == [Trust.BINDING, Trust.PROXY]
