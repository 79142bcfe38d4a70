"""The criteria of several payers side by side, taken from their trees."""

from praxigen.library.compare.columns import Column, State, columns_for
from praxigen.library.compare.limits import Item, Role
from praxigen.library.compare.rows import Cell, Comparison, Row, compare

__all__ = ["Cell", "Column", "Comparison", "Item", "Role", "Row", "State", "columns_for", "compare"]
