"""A question given by options, word by word exact, alone or beside free words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from praxigen.datafiles import did_you_mean
from praxigen.errors import UsageError
from praxigen.library.catalog.asked import Asked
from praxigen.library.catalog.catalog import Catalog
from praxigen.library.catalog.missing import NOT_A_NO, named_payers, rule_named
from praxigen.library.catalog.understand import understand
from praxigen.library.codes import is_procedure_code, shape_problem
from praxigen.library.directory import plain
from praxigen.library.words import PLANS, STATES

_DIAGNOSIS = re.compile(r"[A-TV-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")


def ask(
    catalog: Catalog,
    text: str = "",
    *,
    payers: Sequence[str] = (),
    procedure: str | None = None,
    codes: Sequence[str] = (),
    diagnosis: str | None = None,
    plan: str | None = None,
    state: str | None = None,
) -> Asked:
    """The question in free words, in options, or in both; what an option says comes before what the words say.

    Raises UsageError for a word or an option that means nothing here, with the nearest names: an answer that passed it
    over could be taken for an answer to it.
    """
    library = catalog.library
    asked = understand(text, catalog) if text.strip() else Asked()
    for word, near in asked.unknown:
        nearest = rule_named(library, word) or (
            f"Nearest: {', '.join(near)}." if near else f"Payers that it knows: {named_payers(catalog)}."
        )
        raise UsageError(f"the library has nothing that is called {word!r}", f"{nearest} {NOT_A_NO}")
    if payers:
        asked = replace(asked, payers=tuple(library.payer(name).id for name in payers))
    if procedure is not None:
        asked = replace(asked, procedures=(library.procedure(procedure).id,))
    if codes:
        asked = replace(asked, codes=tuple(dict.fromkeys(_code(code) for code in codes)))
    if diagnosis is not None:
        asked = replace(asked, diagnoses=(_diagnosis(diagnosis),))
    if plan is not None:
        asked = replace(asked, plans=(_one_of(plain(plan).replace(" ", "_"), "plan", PLANS),))
    if state is not None:
        asked = replace(asked, states=(_one_of(state.strip().upper(), "state", STATES),))
    return asked


def _code(text: str) -> str:
    code = text.strip().upper()
    if not is_procedure_code(code):
        hint = "Give five digits, such as 63650, or a letter and four digits, such as L8679."
        raise UsageError(shape_problem(code), hint)
    return code


def _diagnosis(text: str) -> str:
    code = text.strip().upper()
    if not _DIAGNOSIS.fullmatch(code):
        hint = "Give an ICD-10-CM code or category, such as M48.062 or M48.06."
        raise UsageError(f"{text!r} is not a diagnosis code", hint)
    bare = code.replace(".", "")
    return f"{bare[:3]}.{bare[3:]}" if len(bare) > 3 else bare


def _one_of(word: str, what: str, known: Sequence[str]) -> str:
    if word not in known:
        hint = f"{did_you_mean(word, known)} Give one of: {', '.join(known)}.".strip()
        raise UsageError(f"unknown {what} {word!r}", hint)
    return word
