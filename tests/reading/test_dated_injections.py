"""Injections of which a note says the day and nothing else."""

import pytest

from support.readings import found


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("L4-5 ESI on 1/10/2025.", "done"),
        ("L4-5 ESI on 1/10/2025 was cancelled.", "possible"),
        ("Scheduled: C5-6 ESI 1/2/25; L4-5 ESI 1/10/2025.", "possible"),
        ("L4-5 ESI on 3/1/2025.", "possible"),
        ("L4-5 ESI on 3/15/2025.", "possible"),
        ("PLAN: L4-5 ESI on 1/10/2025.", "planned"),
    ],
)
def test_an_injection_with_a_day_before_the_note_was_given(told: str, state: str) -> None:
    facts = found(f"DOS 3/1/2025. Lumbar radiculopathy, leg pain. {told}", "treatment.epidural_injection")
    assert str(facts[-1].state) == state
