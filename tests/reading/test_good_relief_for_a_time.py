"""A length after good relief: how long an injection held, perhaps how long a medicine was taken."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Meloxicam with good relief for two weeks.", "good"),
        ("Gabapentin, significant pain relief for 6 weeks.", "good"),
        ("Meloxicam with good relief for two weeks only.", "temporary"),
        ("Meloxicam with good relief for two weeks, then the pain came back.", "temporary"),
        ("Gabapentin gave relief for two weeks.", "temporary"),
        ("Two ESIs with good relief for two weeks.", "temporary"),
    ],
)
def test_good_relief_for_weeks(said: str, outcome: str) -> None:
    facts = find_facts(Document("note", f"HPI: Low back pain.\nPRIOR TREATMENT: {said}\n"))
    (told,) = (fact for fact in facts if fact.concept.startswith("treatment."))
    assert told.quality("outcome") == (outcome,)
