"""What a form says of a request and its patient: every field checked, each fault told at its field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from praxigen.errors import UsageError
from praxigen.library.words import FUNDING, PLANS, STATES
from praxigen.model.request import SIDES, STAGES
from praxigen.web.accounts.owned import lookup_digest
from praxigen.web.cases.clocks import today
from praxigen.web.cases.library import policies
from praxigen.web.cases.models import Case

PATIENT = ("name", "birth_date", "record_number", "member_id")
_MOST = 120  # characters of a field of the patient
_MOST_CODES = 20
_MOST_OFFERED = 120
_SEPARATORS = re.compile(r"[\s,;]+")
_FAR = 2  # years from today beyond which a date of service is taken for a slip


@dataclass(slots=True)
class Asked:
    """The fields as they may be stored, the text of each as typed, and what is wrong with which."""

    values: dict[str, Any] = field(default_factory=dict)
    patient: dict[str, str] = field(default_factory=dict)
    side: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    offered: list[tuple[str, str]] = field(default_factory=list)  # codes to tick, each with the library's words

    @property
    def complete(self) -> bool:
        """Whether a check can be made: payer and codes are known."""
        return not self.faults and bool(self.values.get("payer") and self.values.get("codes"))

    def put_on(self, case: Case) -> None:
        """Write the fields on a case. Does not save it."""
        for name, value in self.values.items():
            setattr(case, name, value)
        case.patient = {**(case.patient or {}), **self.patient}
        case.scheduled = {**case.scheduled, "side": self.side}
        number = self.patient["record_number"]
        case.record_digest = lookup_digest(case.practice_id, number) if number else ""


def read_asked(data: Mapping[str, str]) -> Asked:
    """The fields of a form. Payer and codes may be empty; what is given is checked against the library.

    Codes that were ticked come in `pick` and join those that were typed; `offered` are all that could be ticked.
    """
    asked = Asked(typed={name: str(data.get(name, "")).strip() for name in FIELDS})
    typed = asked.typed
    ticked = data.getlist("pick") if isinstance(data, QueryDict) else ()
    typed["codes"] = " ".join(dict.fromkeys([*split_codes(typed["codes"]), *split_codes(" ".join(ticked))]))
    payer = _payer(asked)
    asked.offered = _offered(payer, typed["plan"], split_codes(str(data.get("offered", "")))[:_MOST_OFFERED])
    plan = typed["plan"]
    if plan and plan not in PLANS:
        asked.faults["plan"] = f"Unknown kind of plan. Choose one of: {', '.join(PLANS)}."
    asked.values["payer"] = payer
    asked.values["plan"] = plan or (policies().usual_plan(payer) if payer else "commercial")
    asked.values["codes"] = _codes(asked, payer)
    asked.values["diagnoses"] = _diagnoses(asked)
    asked.values["date_of_service"] = _day(asked, "date_of_service", future=True)
    asked.values["request_stage"] = _one_of(asked, "request_stage", STAGES)
    asked.values["funding"] = _one_of(asked, "funding", FUNDING)
    asked.values["state"] = _one_of(asked, "state", STATES)
    asked.side = _one_of(asked, "side", SIDES)
    born = _day(asked, "birth_date", future=False)
    asked.patient = {name: typed[name] for name in PATIENT} | {"birth_date": born.isoformat() if born else ""}
    for name in PATIENT:
        if len(typed[name]) > _MOST:
            asked.faults[name] = f"More than {_MOST} characters. Shorten it."
    return asked


def read_named(data: Mapping[str, str]) -> Asked:
    """Payer, kind of plan and codes that a link names, as proposals for an empty form.

    One code is filled in; several, as the page of a requirement names all of its own, are offered to be ticked.
    Anybody can write a link: only what the library knows is filled in, and no word of the link is shown.
    """
    asked = Asked()
    named = {name: str(data.get(name, ""))[:_MOST].strip() for name in ("payer", "plan")}
    payer = plan = ""
    try:
        payer = policies().payer(named["payer"]).id if named["payer"] else ""
    except UsageError:
        asked.faults["payer"] = "The link named no payer of this library. Choose one."
    if named["plan"] in PLANS:
        plan = named["plan"]
    codes = split_codes(str(data.get("codes", ""))[: 10 * _MOST_OFFERED])[:_MOST_OFFERED]
    known = [] if asked.faults else [code for code in codes if not code_faults(payer, plan, [code])]
    if len(known) < len(codes) and not asked.faults:
        asked.faults["codes"] = "The link named codes that this library does not hold for the payer. Enter them."
    asked.offered = _offered(payer, plan, known) if len(known) > 1 else []
    filled = "" if asked.offered else " ".join(known[:_MOST_CODES])
    asked.typed = {"payer": policies().payer(payer).name if payer else "", "plan": plan, "codes": filled}
    return asked


def _offered(payer: str, plan: str, codes: Sequence[str]) -> list[tuple[str, str]]:
    """Codes of a payer with the library's words for them; those that it does not know are left out."""
    found = []
    for code in codes if payer else ():
        try:
            requirement = policies().requirement_for(payer, code, plan or policies().usual_plan(payer))
        except UsageError:
            continue
        found.append((code, requirement.codes[code].label if code in requirement.codes else ""))
    return found


FIELDS = (
    *("payer", "plan", "codes", "diagnoses", "date_of_service", "request_stage", "funding", "state", "side"),
    *PATIENT,
)


def typed_of(case: Case) -> dict[str, str]:
    """The fields of a case as a form shows them."""
    patient = case.patient or {}
    payer = policies().payer(case.payer).name if case.payer else ""
    return {
        "payer": payer,
        "plan": case.plan if case.payer else "",
        "codes": " ".join(case.codes),
        "diagnoses": " ".join(case.diagnoses),
        "date_of_service": case.date_of_service.isoformat() if case.date_of_service else "",
        "request_stage": case.request_stage,
        "funding": case.funding,
        "state": case.state,
        "side": str(case.scheduled.get("side") or ""),
        **{name: str(patient.get(name) or "") for name in PATIENT},
    }


def code_faults(payer: str, plan: str, codes: Sequence[str]) -> list[str]:
    """What is wrong with codes for a payer's plan, in the library's words; without a payer for any payer."""
    library, found = policies(), []
    for code in codes:
        try:
            if payer:
                library.requirement_for(payer, code, plan or library.usual_plan(payer))
            else:
                library.requirements(code=code)
        except UsageError as error:
            found.append(f"{_sentence(error.message)} {error.hint}".strip())
    return found


def split_codes(text: str) -> list[str]:
    """The codes in a text, in capitals, each once."""
    return list(dict.fromkeys(code.upper() for code in _SEPARATORS.split(text) if code))


def _payer(asked: Asked) -> str:
    name = asked.typed["payer"]
    if not name:
        return ""
    try:
        return policies().payer(name).id
    except UsageError as error:
        asked.faults["payer"] = f"{_sentence(error.message)} {error.hint}"
        return ""


def _codes(asked: Asked, payer: str) -> list[str]:
    codes = split_codes(asked.typed["codes"])
    if len(codes) > _MOST_CODES:
        asked.faults["codes"] = f"More than {_MOST_CODES} codes. Make a case for each procedure."
        return []
    faults = [] if "payer" in asked.faults else code_faults(payer, asked.typed["plan"], codes)
    if faults:
        asked.faults["codes"] = " ".join(faults)
    return codes


def _diagnoses(asked: Asked) -> list[str]:
    from praxigen.codesets import DiagnosisState, look_up_diagnosis

    codes = split_codes(asked.typed["diagnoses"])
    on = today()
    unknown = [
        code
        for code in codes
        if look_up_diagnosis(code, on).state in (DiagnosisState.UNKNOWN, DiagnosisState.MALFORMED)
    ]
    if unknown:
        asked.faults["diagnoses"] = f"Not in ICD-10-CM: {', '.join(unknown)}. Check the letters and digits."
    return codes


def _one_of(asked: Asked, name: str, words: Sequence[str]) -> str:
    value = asked.typed[name]
    if value and value not in words:
        asked.faults[name] = f"Choose one of: {', '.join(words)}."
        return ""
    return value


def _day(asked: Asked, name: str, *, future: bool) -> date | None:
    text = asked.typed[name]
    if not text:
        return None
    now = today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        asked.faults[name] = "Not a day. Write year-month-day, for example 2026-08-03."
        return None
    if future and abs(day.year - now.year) > _FAR:
        asked.faults[name] = f"{day.isoformat()} is more than {_FAR} years away. Check the year."
    elif not future and not 1900 <= day.year <= now.year:
        asked.faults[name] = f"{day.isoformat()} is no birth date. Check the year."
    return day


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
