"""Cases in the workspace for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from praxigen.web.cases.models import Case
from support.practices import Desk

CANARY = "Zebulon Quartermain"


def make_case(desk: Desk, **values: Any) -> Case:
    """A case of a stimulator trial for an invented patient."""
    given: dict[str, Any] = {
        "payer": "qualcare", "plan": "commercial", "codes": ["63650"], "diagnoses": ["M96.1"],
        "date_of_service": date(2026, 8, 3), "request_stage": "trial", "procedure": "spinal-cord-stimulator",
    }  # fmt: skip
    patient = values.pop("patient", {"name": CANARY, "birth_date": "1968-01-02"})
    case = Case(practice=desk.practice, created_by=next(iter(desk.members.values())), **(given | values))
    case.patient = patient
    case.save()
    return case
