"""What a chart says of its own request is proposed with its words, and nothing without a label."""

from __future__ import annotations

import pytest

from praxigen import Document, Library
from praxigen.letters.intake import read_proposals

LIBRARY = Library.open()


def proposed(text: str) -> dict[str, list[str]]:
    document = Document("note", text)
    found: dict[str, list[str]] = {}
    for each in read_proposals(document, LIBRARY):
        document.prove(each.quote)
        found.setdefault(each.field, []).append(each.value)
    return found


def test_labelled_values_are_proposed() -> None:
    found = proposed(
        "Patient: Jane Roe\nDOB: 02/03/1961   MRN: 445-221\nInsurance: UnitedHealthcare Oxford, Member ID: W12345678\n"
        "Plan: request authorization for CPT 63650, scheduled for 08/14/2026.\n"
    )
    assert found == {
        "payer": ["oxford"],
        "code": ["63650"],
        "date_of_service": ["2026-08-14"],
        "name": ["Jane Roe"],
        "birth_date": ["1961-02-03"],
        "record_number": ["445-221"],
        "member_id": ["W12345678"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "The patient lives in Ironton, MO 63650.",
        "Her sister is treated under UMR.",
        "Coverage is a priority for her.",  # a payer is called Priority
        "CPT 99999 was billed.",
        "Insurance card was copied.",
        "Surgery date: 13/45/2026",
        "",
    ],
)
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert proposed(text) == {}


def test_the_day_of_an_earlier_operation_is_not_the_day_of_the_service() -> None:
    from praxigen import read_document

    chart = read_document(b"Date of visit: 07/20/2026\nDate of surgery: 03/14/2023 (fusion)\n", "note")
    assert not [each for each in read_proposals(chart, LIBRARY) if each.field == "date_of_service"]


def test_two_payers_are_both_proposed_and_none_is_taken() -> None:
    assert proposed("Primary insurance: Cigna. Secondary insurance: UMR.")["payer"] == ["cigna", "umr"]


def test_at_most_five_for_a_field() -> None:
    assert len(proposed("CPT codes 63650 63655 63685 63688 63661 63662 63663")["code"]) == 5
