"""Whether a diagnosis code can stand on a claim, and under its label, by the official ICD-10-CM table."""

from __future__ import annotations

import re

from praxigen.codesets import table

_SHAPE = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")


def diagnosis_problem(code: str) -> tuple[str, str] | None:
    """What is wrong with an ICD-10-CM code and what to write, or None where it is billable."""
    if not _SHAPE.fullmatch(code):
        return f"{code!r} has not the shape of an ICD-10-CM code", "Write it with its point, for example M48.061."
    if not table.title(code):
        return f"{code!r} is not in the ICD-10-CM table", "Look the diagnosis up; the code may have been replaced."
    if table.children(code):
        children = ", ".join(table.children(code))
        return f"the diagnosis {code!r} is not billable, it is a heading", f"Write one of: {children}."
    return None


_SIDES = re.compile(r"\b(right|left|bilateral)\b")
_REGIONS = re.compile(
    r"\b(high cervical|mid-cervical|cervicothoracic|cervical|thoracic|thoracolumbar|lumbar|lumbosacral|sacral)\b"
)
_OPEN = re.compile(r"\bunspecified ([a-z -]+)")
_UNSPECIFIED = re.compile(rf"{_OPEN.pattern}|\b([a-z]+) unspecified(?=$|[,;)])")
_NEGATED = re.compile(r"\b(?:without|no)\b")


def label_problem(code: str, label: str) -> tuple[str, str] | None:
    """What a label says that the official title of its code contradicts, and what to write. None for a sound one.

    Only what tells neighbouring codes apart is compared: side, region, what is unspecified, with or without. How a
    label paraphrases the rest is its own affair.
    """
    if not table.title(code):
        return None
    title = table.title(code)
    said, official = label.casefold(), title.casefold()
    wrong = _unspecified(said, official) or _other(_SIDES, said, official) or _other(_REGIONS, said, official)
    if not wrong and _NEGATED.search(said) and not _NEGATED.search(official) and " with " in official:
        wrong = "without"
    elif not wrong and " with " in said and " without " in official and not _NEGATED.search(said):
        wrong = "with"
    if not wrong:
        return None
    exactly = re.compile(rf"(?<![\w-]){re.escape(wrong)}\b")
    fitting = [near for near in _neighbours(code) if exactly.search(table.title(near).casefold())]
    meant = f" {fitting[0]} is: {table.title(fitting[0])}." if fitting else ""
    return f"the label of {code} says {wrong!r}, but the code means: {title}", f"Correct the label or the code.{meant}"


def _unspecified(said: str, official: str) -> str:
    """What the label calls unspecified and the title does not."""
    if official.endswith("unspecified") or "unspecified," in official:
        return ""
    open_in_title = " ".join(_OPEN.findall(official))
    for found in _UNSPECIFIED.finditer(said):
        noun = (found[1] or found[2]).split()[-1]
        if noun not in open_in_title:
            return found[0].strip()
    return ""


def _other(pattern: re.Pattern[str], said: str, official: str) -> str:
    """A side or region of the label where the title names others only."""
    mine, theirs = pattern.findall(said), pattern.findall(official)
    if not theirs:
        return ""
    return next((word for word in mine if not any(word in other or other in word for other in theirs)), "")


def _neighbours(code: str) -> list[str]:
    """The billable codes of the same category, the nearest first."""
    category = code.partition(".")[0]
    leaves = [near for near in table.leaves_under(category) if near != code]
    return sorted(leaves, key=lambda near: (-len(_common(near, code)), near))


def _common(one: str, other: str) -> str:
    length = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:length]
