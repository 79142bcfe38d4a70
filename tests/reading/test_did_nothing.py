"""Who did nothing: a treatment that "did nothing for the pain" was given, a patient who did nothing had none."""

from __future__ import annotations

import pytest

from praxigen.model.fact import State
from support.readings import found, one, treated


@pytest.mark.parametrize(
    "result", ["It did nothing for the pain.", "This has done nothing for her pain.", "It did nothing."]
)
def test_a_treatment_that_did_nothing_was_given_and_failed(result: str) -> None:
    told = f"She completed 8 weeks of PT for her low back. {result}"
    course = treated(told)
    assert (course.state, course.qualities["outcome"]) == (State.DONE, ("none",))
    assert found(told, "treatment.unspecified") == []


@pytest.mark.parametrize("said", ["She has done nothing for it so far.", "The patient did nothing for the pain."])
def test_a_patient_who_did_nothing_had_no_treatment(said: str) -> None:
    assert one(f"Low back pain for a year. {said}", "treatment.unspecified").state is State.ABSENT
