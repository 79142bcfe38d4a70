"""Whether papers are about the patient of their case: the commonest wrong file is another patient's."""

from __future__ import annotations

from datetime import date

from praxigen.errors import UsageError
from praxigen.letters.composing.patient import Born, Named, Person, differences, find_person
from praxigen.model.document import Document, Quote
from praxigen.web.cases.models import Case

_NOWHERE = Quote("", 0, 0, "")  # what a person typed into a form stands in no document


def person_of(case: Case) -> Person:
    """The patient as the case knows them."""
    told = case.patient or {}
    name, born = str(told.get("name") or ""), _day(str(told.get("birth_date") or ""))
    return Person((Named(name, _NOWHERE),) if name else (), (Born(born, _NOWHERE),) if born else ())


def doubts_about(case: Case, chart: Document) -> tuple[str, ...]:
    """Why the chart may be another patient's, or several patients'. No name and no date stands in the words."""
    return tuple(differences(person_of(case), find_person(chart), "case", "chart"))


def refuse_another(case: Case, chart: Document) -> None:
    """Raise UsageError where the chart may be another patient's; for what leaves the practice, unless compared."""
    doubts = doubts_about(case, chart)
    if doubts:
        raise UsageError(
            "the papers may be about two patients: " + "; ".join(doubts),
            "Compare name and birth date. If it is this patient, tick that you compared them; else take the wrong file "
            "out on the page of the case.",
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
