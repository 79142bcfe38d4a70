"""What stands at the head of every page of a case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from praxigen.errors import PraxigenError
from praxigen.web.cases.library import policies
from praxigen.web.cases.models import Case


@dataclass(frozen=True, slots=True)
class Head:
    """The case with its patient and payer as people call them."""

    case: Case
    patient: str
    payer: str
    short: str


def case_head(case: Case) -> Head:
    """The head of a case. Opens the patient's name: the caller records that."""
    patient = (case.patient or {}).get("name", "") or "Patient not named"
    return Head(case, patient, payer_name(case.payer), short_id(case))


def short_id(case: Case) -> str:
    """Names a case where no patient's word may stand: in file names and calendars."""
    return str(case.pk)[:8]


@lru_cache(maxsize=512)
def procedure_name(name: str) -> str:
    """A procedure as the library calls it; its id in words where the library does not know it."""
    try:
        return policies().procedure(name).label
    except PraxigenError:
        return name.replace("-", " ")


@lru_cache(maxsize=512)
def payer_name(name: str) -> str:
    """A payer as the library calls it; its id where the library does not know it."""
    try:
        return policies().payer(name).name
    except PraxigenError:
        return name
