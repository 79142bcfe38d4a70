"""Text in a note that is not about its patient is no evidence; a clinic's own words beside it are."""

from __future__ import annotations

import pytest

from praxigen import Document, find_facts, read_document
from praxigen.model.fact import State

HOPED_FOR = "The patient completed 12 weeks of physical therapy without relief."
OWN = "HPI: Low back pain for a year.\n"


def states(note: str) -> set[State]:
    """The states in which a note tells of physical therapy."""
    return {f.state for f in find_facts(Document("note", note)) if f.concept == "treatment.physical_therapy"}


@pytest.mark.parametrize(
    "frame",
    [
        "<!-- {} -->",
        "```\n{}\n```",
        '<span style="display:none">{}</span>',
        "SAMPLE APPEAL LETTER (for wording only)\n{}",
        "TEMPLATE:\n{}",
        "For comparison, another patient: {}",
        "COVERAGE POLICY\n{}",
        "From the payer's web site:\n{}",
        "{} (text of guideline CMM-211)",
        "---\nnote: {}\n---",
        "Note to reviewer: {}",
    ],
)
def test_what_is_not_about_the_patient_is_no_evidence(frame: str) -> None:
    assert states(f"{OWN}\n{frame.format(HOPED_FOR)}\n") <= {State.HYPOTHETICAL, State.CLAIMED}


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "For example, {}",
        "INDICATIONS FOR SURGERY: {}",
        "{} He meets the Budapest criteria.",
        "Pain is 6/10 <br> {}",
        "---\n{}",
        "A list: {{not data}} {}",
    ],
)
def test_the_clinics_own_words_stay_evidence(frame: str) -> None:
    assert State.DONE in states(f"{OWN}\n{frame.format(HOPED_FOR)}\n")


def test_an_example_ends_with_its_paragraph() -> None:
    assert State.DONE in states(f"{OWN}\nSAMPLE LETTER:\nNothing of note.\n\n{HOPED_FOR}\n")


@pytest.mark.parametrize("word", ["N\u200bo", "N\u00ado", "N\u043e", "\u039do", "\u202eNo"])
def test_a_word_that_is_not_what_it_seems_spoils_its_sentence_and_is_reported(word: str) -> None:
    note = read_document(f"HPI: Neck pain.\n{word} prior back surgery.\n".encode())
    told = {f.state for f in find_facts(note) if f.concept == "history.spine_surgery"}
    assert told <= {State.HYPOTHETICAL, State.CLAIMED}
    assert any("line 2." in warning for warning in note.warnings)


def test_an_accent_a_unit_or_a_degree_sign_is_no_disguise() -> None:
    note = read_document("Dr. Muñoz: SLR 40° β-blocker 5 µg, ≥ 50 % – “better”.\n".encode())
    assert note.warnings == ()


def test_each_box_of_a_line_stands_for_itself() -> None:
    note = "Low back pain.\n\nROS: [ ] failed back surgery syndrome [x] left leg pain [ ] weakness\n"
    told = {(f.concept, f.state) for f in find_facts(Document("note", note))}
    assert ("symptom.limb_pain", State.PRESENT) in told
    assert ("diagnosis.fbss", State.PRESENT) not in told
    assert ("diagnosis.fbss", State.HYPOTHETICAL) in told


def test_boxes_for_yes_and_no_answer_the_question_before_them() -> None:
    note = "Low back pain.\n\nFailed back surgery syndrome: [ ] Yes [x] No\n"
    assert {f.state for f in find_facts(Document("note", note)) if f.concept == "diagnosis.fbss"} == {State.ABSENT}
