"""Procedure codes: which code system a number belongs to, and what is known of it. Never a CPT descriptor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from praxigen.datafiles import Faults, Fields, read_yaml, shipped

_FILE = "addendum-b-2026-04.yaml"


class CodeSystem(StrEnum):
    """Who keeps a code. HCPCS level II begins with a letter; CPT (level I) begins with a digit."""

    CPT = "CPT"
    CPT_CATEGORY_II = "CPT category II"  # performance measures; never paid
    CPT_CATEGORY_III = "CPT category III"  # emerging services; each ends after five years unless renewed
    CPT_LABORATORY = "CPT proprietary laboratory analysis"
    HCPCS = "HCPCS level II"


_SYSTEMS = (
    (re.compile(r"[0-9]{5}", re.ASCII), CodeSystem.CPT),
    (re.compile(r"[0-9]{4}F", re.ASCII), CodeSystem.CPT_CATEGORY_II),
    (re.compile(r"[0-9]{4}T", re.ASCII), CodeSystem.CPT_CATEGORY_III),
    (re.compile(r"[0-9]{4}[AMU]", re.ASCII), CodeSystem.CPT_LABORATORY),
    (re.compile(r"[A-CEG-HJ-MP-V][0-9]{4}", re.ASCII), CodeSystem.HCPCS),
)
_NOT_FOR_CLAIMS = {
    "D": "D codes are dental codes of the American Dental Association.",
    "S": "S codes are for private payers; Medicare does not take them.",
    "T": "T codes are for Medicaid; Medicare does not take them.",
    "H": "H codes are for Medicaid's behavioral health services.",
}


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """One procedure code. `system` is None for a text that has the shape of none. `says` tells what to know."""

    code: str
    system: CodeSystem | None
    says: tuple[str, ...] = ()


def look_up_procedure(text: str) -> ProcedureCode:
    """What a procedure code is. Never raises: a text that is no code has no system and says why."""
    code = text.strip().upper()
    system = next((system for shape, system in _SYSTEMS if shape.fullmatch(code)), None)
    if system is None:
        strange = next((character for character in code if not character.isascii()), None)
        if strange is not None:
            return ProcedureCode(code, None, (f"The character U+{ord(strange):04X} only looks like one of a code.",))
        if re.fullmatch(r"[A-Z][0-9]{4}", code):
            why = _NOT_FOR_CLAIMS.get(code[0], f"HCPCS level II has no codes that begin with {code[0]}.")
            return ProcedureCode(code, None, (why,))
        return ProcedureCode(
            code, None, ("Give five digits (63650), four and a letter (0275T), or a letter and four.",)
        )
    told = [note for note in (_NOT_FOR_CLAIMS.get(code[0]), _not_in_table().get(code)) if note]
    if system is CodeSystem.CPT_CATEGORY_III:
        told.append("A category III code ends after five years unless it is renewed: check that it is still in force.")
    return ProcedureCode(code, system, tuple(told))


@cache
def _not_in_table() -> Mapping[str, str]:
    """What to know of the codes that the table of payment did not hold."""
    name = f"codesets/hcpcs/{_FILE}"
    faults = Faults(name)
    root = read_yaml(shipped("codesets") / "hcpcs" / _FILE, name)
    head = Fields(root, faults, "the table", ("schema", "table", "release", "read", "looked_up", "absent"))
    where = f"{head.text('table')}, release {head.text('release')}"
    items = [Fields(node, faults, "a code", ("code", "says")) for node in head.items("absent")]
    found = {one.text("code"): f"{where}: {one.text('says')}" for one in items}
    faults.raise_any()
    return MappingProxyType(found)
