"""Whether a diagnosis code can stand on a claim, by the official ICD-10-CM table."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")


def diagnosis_problem(code: str) -> tuple[str, str] | None:
    """What is wrong with an ICD-10-CM code and what to write, or None where it is billable."""
    # Reading the table takes seconds, and only this check needs it.
    import simple_icd_10_cm as table

    if not _SHAPE.fullmatch(code):
        return f"{code!r} has not the shape of an ICD-10-CM code", "Write it with its point, for example M48.061."
    if not table.is_valid_item(code):
        return f"{code!r} is not in the ICD-10-CM table", "Look the diagnosis up; the code may have been replaced."
    if not table.is_leaf(code):
        children = ", ".join(table.get_children(code))
        return f"the diagnosis {code!r} is not billable, it is a heading", f"Write one of: {children}."
    return None
