"""Words that stimulator policies ask for: devices of the heart, and whether therapy was attended in person."""

from __future__ import annotations

import pytest

from praxigen.model.document import Document
from praxigen.model.fact import Fact
from praxigen.reading.reader import read_facts


def found(text: str, concept: str) -> list[Fact]:
    return [fact for fact in read_facts(Document("note.txt", text)) if fact.concept == concept]


@pytest.mark.parametrize(
    ("text", "concept", "states"),
    [
        ("PMH: Permanent pacemaker.", "device.cardiac", ["present"]),
        ("PMH: No pacemaker or AICD.", "device.cardiac", ["absent", "absent"]),
        ("ASSESSMENT: ICD-10 M96.1, ICD code M54.16.", "device.cardiac", []),
    ],
)
def test_what_speaks_against_a_stimulator(text: str, concept: str, states: list[str]) -> None:
    assert [str(fact.state) for fact in found(text, concept)] == states


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        ("Virtual physical therapy", ("virtual",)),
        ("Physical therapy by telehealth", ("virtual",)),
        ("In-person physical therapy", ("in_person",)),
        ("Outpatient PT", ("in_person",)),
        ("Physical therapy", ()),
    ],
)
def test_how_physical_therapy_was_attended_is_kept(words: str, setting: tuple[str, ...]) -> None:
    [fact] = found(f"HPI: Low back pain. {words} for 8 weeks without relief.", "treatment.physical_therapy")
    assert fact.quality("setting") == setting


@pytest.mark.parametrize(
    ("text", "concept", "state"),
    [
        ("SOCIAL: Never smoker.", "tobacco.never", "absent"),
        ("SOCIAL: Lifelong nonsmoker.", "tobacco.never", "absent"),
        ("SOCIAL: Does not smoke.", "tobacco.use", "absent"),
        ("SOCIAL: Quit smoking last month.", "tobacco.use", "past"),
        ("SOCIAL: Smokes one pack per day.", "tobacco.use", "present"),
    ],
)
def test_never_is_more_than_not_now(text: str, concept: str, state: str) -> None:
    facts = [fact for fact in read_facts(Document("note.txt", text)) if "tobacco.use" in fact.kinds]
    assert {(fact.concept, str(fact.state)) for fact in facts} == {(concept, state)}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("MRI of the lumbar spine 6/30/2026: severe stenosis at L4-L5.", "2026-06-30"),
        ("MRI of the lumbar spine dated 5/12/2026 was reviewed. Severe stenosis at L4-L5.", "2026-05-12"),
        ("MRI of the lumbar spine shows severe stenosis at L4-L5.", "None"),
        ("X-rays 1/5/2026. MRI of the lumbar spine 6/30/2026: severe stenosis at L4-L5.", "2026-06-30"),
    ],
)
def test_a_finding_is_as_old_as_its_study(text: str, day: str) -> None:
    facts = found(f"HPI: Left sciatica.\nIMAGING: {text}", "imaging.compression")
    assert {str(fact.began) for fact in facts} == {day}
