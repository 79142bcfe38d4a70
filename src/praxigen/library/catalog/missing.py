"""What to say where nothing was found: what the library does hold, and that nothing found is not a no."""

from __future__ import annotations

from dataclasses import replace

from praxigen.datafiles import near_names
from praxigen.errors import UsageError
from praxigen.library.catalog.asked import Asked
from praxigen.library.catalog.catalog import Catalog
from praxigen.library.directory import plain
from praxigen.library.library import Library

NOT_A_NO = "This does not say that no prior authorization is needed: ask the payer."
_SHOWN = 12  # names of one list


def nothing_found(catalog: Catalog, asked: Asked) -> UsageError:
    """The error that says which requirement the library does not hold, and the nearest that it does."""
    what = _what(catalog, asked)
    hints = [hint for hint in (_without_code(catalog, asked), *_by_part(catalog, asked)) if hint]
    return UsageError(f"the library has no requirement {what}", " ".join([*hints, NOT_A_NO]))


def named_payers(catalog: Catalog) -> str:
    """The payers of the library by their names, the first of them where they are many."""
    return _listed([payer.name for payer in catalog.library.payers()])


def rule_named(library: Library, word: str) -> str:
    """Where a national or state rule is called so: which, and a code that shows what it says. Else nothing."""
    wanted = plain(word)
    for rule in library.rules():
        for group in rule.groups:
            whole = wanted in plain(rule.id).split()
            if group.codes and (whole or wanted in plain(f"{group.id} {group.label}").split()):
                called = rule.title if whole else f"{rule.title} ({group.label})"
                where = f" --state {rule.states[0]}" if rule.states else ""
                return (
                    f"A rule above the payers has it: {called}. To see what it says of a code: "
                    f"praxigen lookup --code {group.codes[0]} --plan {rule.plans[0]}{where}."
                )
    return ""


def _what(catalog: Catalog, asked: Asked) -> str:
    library = catalog.library
    parts = []
    if asked.payers:
        parts.append(f"of {_either([library.payer(payer).name for payer in asked.payers])}")
    if asked.procedures:
        parts.append(f"for {_either([library.procedure(each).label for each in asked.procedures])}")
    if asked.codes:
        parts.append(f"for the code {_either(asked.codes)}")
    if asked.diagnoses:
        parts.append(f"that names the diagnosis {_either(asked.diagnoses)}")
    if asked.words:
        parts.append(f"with the words {_either(asked.words)}")
    if asked.plans:
        parts.append(f"in {_either([plan.replace('_', ' ') for plan in asked.plans])} plans")
    return " ".join(parts)


def _without_code(catalog: Catalog, asked: Asked) -> str:
    """Near codes, for a code that the library does not hold at all."""
    held = set(catalog.all("code"))
    lost = [code for code in asked.codes if code not in held]
    near = list(dict.fromkeys(each for code in lost for each in near_names(code, held)))
    return f"Near codes: {', '.join(near)}." if near else ""


def _by_part(catalog: Catalog, asked: Asked) -> list[str]:
    """What the library holds of each part of the question without the others."""
    library = catalog.library
    hints = []
    for payer in asked.payers[:2]:
        pairs = catalog.pairs(Asked(payers=(payer,)))
        held = [library.procedure(procedure).label for _, procedure in pairs]
        hints.append(f"Of {library.payer(payer).name} it holds: {_listed(held) or 'nothing yet'}.")
    rest = replace(asked, payers=(), plans=())
    if not rest.empty:
        payers = sorted({library.payer(payer).name for payer, _ in catalog.pairs(rest)})
        if payers and (asked.payers or asked.plans):
            hints.append(f"For the rest of the question it knows: {_listed(payers)}.")
    if asked.plans:
        plans = sorted({plan for each in catalog.find(replace(asked, plans=())).requirements for plan in each.plans})
        if plans:
            hints.append(f"In other plans it knows: {', '.join(plan.replace('_', ' ') for plan in plans)}.")
    return hints


def _either(names: list[str] | tuple[str, ...]) -> str:
    return " or ".join(names)


def _listed(names: list[str]) -> str:
    unique = sorted(set(names))
    rest = f" and {len(unique) - _SHOWN} more" if len(unique) > _SHOWN else ""
    return ", ".join(unique[:_SHOWN]) + rest
