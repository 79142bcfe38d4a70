"""Guidance of the injection that is asked for, not of an earlier one."""

from __future__ import annotations

import pytest

from praxigen.model.fact import State
from support.readings import found, one


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("PLAN: Left L5 epidural steroid injection under fluoroscopic guidance.", State.PLANNED),
        ("HPI: She is scheduled for a medial branch block under CT guidance.", State.PLANNED),
        ("PLAN: Repeat the injection, as the last one under fluoroscopic guidance gave 70% relief.", State.DONE),
        ("HPI: Epidural steroid injection under fluoroscopy in January gave 60% relief.", State.DONE),
        ("PLAN: Medial branch block without fluoroscopic guidance.", State.ABSENT),
    ],
)
def test_guidance_by_fluoroscopy(words: str, state: State) -> None:
    assert one(words, "guidance.image").state is state


def test_contrast_of_a_study_is_not_the_injections() -> None:
    assert not found("PLAN: MRI with contrast of the lumbar spine.", "guidance.contrast")
    assert not found("PLAN: MRI with and without contrast.", "guidance.contrast")


def test_contrast_of_the_injection() -> None:
    assert one("PLAN: L4-5 epidural steroid injection with contrast confirmation.", "guidance.contrast").state is (
        State.PLANNED
    )


@pytest.mark.parametrize(
    "words", ["PLAN: If fluoroscopy is available.", "FAMILY HISTORY: Mother had a block under fluoroscopy."]
)
def test_guidance_that_is_nobodys(words: str) -> None:
    assert not found(words, "guidance.image")
