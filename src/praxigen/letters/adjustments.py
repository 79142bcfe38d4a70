"""Adjustment codes as printed remittances and the 835 give them."""

from __future__ import annotations

import re

ADJUSTMENT = re.compile(r"(?<![\w-])(?P<group>CO|PR|OA|PI)[ -]?(?P<code>\d{1,3}|B\d{1,2}|W\d)(?![\w-])")
# Adjustments that refuse nothing: the fee schedule, and the patient's own share.
NO_REFUSAL = frozenset({"45", "1", "2", "3", "253", "131", "94", "90", "144"})
