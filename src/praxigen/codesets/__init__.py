"""Code systems: what a code is, whether a claim of that day accepts it, and what stands in its place."""

from praxigen.codesets.icd10cm import DiagnosisCode, DiagnosisState, look_up_diagnosis
from praxigen.codesets.procedures import CodeSystem, ProcedureCode, look_up_procedure

__all__ = [
    "CodeSystem",
    "DiagnosisCode",
    "DiagnosisState",
    "ProcedureCode",
    "look_up_diagnosis",
    "look_up_procedure",
]
