"""Finds what a payer calls otherwise: one has no page on the knee alone, but its joint replacement lists 27447."""

from __future__ import annotations

from dataclasses import replace

from praxigen.library.catalog.asked import Asked
from praxigen.library.catalog.catalog import Catalog

_FEW = 3  # shared codes that are answered one by one; more are answered as a list
_ENOUGH = 0.5  # of the codes of one of the two procedures: one code in forty makes no other name


def under_another_name(catalog: Catalog, asked: Asked) -> Asked | None:
    """The question for the procedures of these payers that hold the codes of the one that was asked for, or None.

    Only where payer and procedure are all that was asked for: a code, a diagnosis or a word says more than a name.
    """
    if not (asked.payers and asked.procedures) or asked.codes or asked.diagnoses or asked.words:
        return None
    wanted = catalog.codes(Asked(procedures=asked.procedures))
    procedures, shared = list[str](), set[str]()
    for payer, procedure in catalog.pairs(Asked(payers=asked.payers, plans=asked.plans)):
        theirs = catalog.codes(Asked(payers=(payer,), procedures=(procedure,), plans=asked.plans))
        common = wanted & theirs
        if common and len(common) >= _ENOUGH * min(len(wanted), len(theirs)):
            procedures.append(procedure)
            shared |= common
    if not procedures:
        return None
    codes = tuple(sorted(shared))
    found = replace(asked, procedures=tuple(sorted(set(procedures))), shared=codes)
    return replace(found, codes=codes) if len(codes) <= _FEW else found
