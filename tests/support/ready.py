"""A note with which every criterion of a payer is met: the library's own example."""

from __future__ import annotations

from praxigen.library import Library


def _note() -> str:
    guideline = Library.open().requirement_for("aim", "27447").routes
    route = next(route for route in guideline if "27447" in route.codes and route.guideline)
    assert route.guideline is not None
    examples = Library.open().guideline(route.guideline).examples
    return next(each.note for each in examples if each.name == "knee, grade 4")


READY_NOTE = _note()
READY_REQUEST = {
    "payer": "aim", "codes": "27447", "date_of_service": "2026-08-03", "diagnoses": "M17.11",
    "name": "Test Patient B", "birth_date": "1961-02-03", "member_id": "W1",
}  # fmt: skip
