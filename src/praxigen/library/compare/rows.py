"""The rows of a comparison: limits of one family and measure side by side, and what an empty cell means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from praxigen.library.compare.columns import Column, State
from praxigen.library.compare.families import family_of, rank
from praxigen.library.compare.limits import ATTESTED, EXCLUSIONS, WAIVERS, Item, Measure, Role, items_of

_LAST = {ATTESTED: "Attested by a person", EXCLUSIONS: "Excluded", WAIVERS: "Waived in an emergency"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column has in one row.

    `state` is asked, not_asked (by no criterion of a text that is kept and accounted for sentence by sentence),
    not_found (not among the criteria as far as they are known), portal_only (some or all of it), no_criteria,
    no_edition or not_held. Only `asked` and `portal_only` may have items.
    """

    state: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One family and measure across all columns."""

    family: str
    title: str
    measure: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The criteria for one code, payer beside payer."""

    code: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def compare(code: str, columns: Sequence[Column]) -> Comparison:
    """The limits of all columns, aligned by family and measure. Conditions are left to the trees."""
    held = [tuple(items_of(column.criteria)) if column.criteria else () for column in columns]
    keys: dict[tuple[str, Measure], None] = {}
    for items in held:
        for item in items:
            if item.role is not Role.CONDITION:
                keys.setdefault((item.family, item.measure))
    ordered = sorted(keys, key=_place)
    rows = tuple(
        Row(
            family,
            _LAST.get(family) or _title(family, held),
            measure.value,
            tuple(_cell(column, items, family, measure) for column, items in zip(columns, held, strict=True)),
        )
        for family, measure in ordered
    )
    return Comparison(code, tuple(columns), rows)


def _place(key: tuple[str, Measure]) -> tuple[int, tuple[int, str], int]:
    family, measure = key
    last = list(_LAST).index(family) + 1 if family in _LAST else 0
    return last, rank(family), list(Measure).index(measure)


def _title(family: str, held: Sequence[tuple[Item, ...]]) -> str:
    concept = next(item.concepts[0] for items in held for item in items if item.family == family)
    return family_of(concept).title


def _cell(column: Column, items: tuple[Item, ...], family: str, measure: Measure) -> Cell:
    if column.state is not State.PUBLIC:
        return Cell(column.state.value)
    found = [each for each in items if (each.family, each.measure) == (family, measure)]
    found = [each for each in found if each.role is not Role.CONDITION]
    found = list(dict.fromkeys(found))
    if not found:
        return Cell("not_asked" if column.whole else "not_found")
    return Cell("portal_only" if all(item.portal_only for item in found) else "asked", tuple(found))
