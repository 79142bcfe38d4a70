"""Looks up what is required, and compares payers: the same for the command line and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from praxigen.errors import UsageError

if TYPE_CHECKING:
    from praxigen.exports.lookup import Lookup
    from praxigen.library.catalog import Catalog
    from praxigen.library.compare import Comparison

_MOST = 12  # columns of one table without a list of payers


def look_up(
    catalog: Catalog,
    words: str,
    given: Mapping[str, Any],
    *,
    on: date | None = None,
    limit: int = 20,
    full: bool | None = None,
) -> Lookup:
    """What is required for the words and for what is given by name (`praxigen.library.catalog.ask`).

    Raises UsageError where nothing was asked for, or nothing was found, which is never told as "not required".
    """
    from praxigen.exports.lookup import answer
    from praxigen.library.catalog import ask, nothing_found, under_another_name

    asked = ask(catalog, words, **given)
    if asked.empty:
        raise UsageError("nothing was given to look up", "Give a payer, a code, a procedure or other words.")
    matches = catalog.find(asked, limit)
    other = None if matches.total else under_another_name(catalog, asked)
    if other is not None:
        asked, matches = other, catalog.find(other, limit)
    found = answer(catalog.library, asked, matches, on, full)
    if not found.total and not found.by_rule_alone:
        raise nothing_found(catalog, asked)
    return found


def compare_payers(
    catalog: Catalog, code: str, payers: Sequence[str], *, plan: str | None, stage: str | None, on: date | None
) -> Comparison:
    """The limits of payers for one code. Raises UsageError for what is unknown, or too many payers for one table."""
    from praxigen.library.catalog import ask, nothing_found
    from praxigen.library.compare import State, columns_for, compare

    asked = ask(catalog, payers=tuple(payers), codes=(code,), plan=plan)
    (code,) = asked.codes
    known = asked.payers or tuple(dict.fromkeys(payer for payer, _ in catalog.pairs(asked)))
    if len(known) > _MOST and not asked.payers:
        hint = f"Name some of them with --payers: {', '.join(known)}."
        raise UsageError(f"{len(known)} payers list the code {code}, too many for one table", hint)
    wanted = asked.plans[0] if asked.plans else None
    columns = columns_for(catalog.library, code, known, plan=wanted, stage=stage, on=on)
    if all(column.state is State.NOT_HELD for column in columns):
        raise nothing_found(catalog, asked)
    return compare(code, columns)
