"""The boxes of a form: each box and its own words are one statement, ticked or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from praxigen.lexicon.words import Tokens
from praxigen.reading.patterns import Pattern

_BOX = Pattern(r"\[\s?[xX✓]?\s?\]|☐|□|☑|☒|\([xX ]\)")
_YES_NO = re.compile(r"\s*(?:yes|no|y|n|n/a)\b", re.IGNORECASE)


def box_breaks(text: str, tokens: Tokens) -> set[int]:
    """The words at which a new statement begins, in lines with more than one box.

    The first box of a line shows whether its words follow it ("[ ] leg pain [x] none") or stand before it
    ("leg pain [ ] none [x]"). Boxes for yes and no answer one question and stay with it. A line of a form is not
    wrapped: nothing goes on from one to the next.
    """
    found: dict[int, list[re.Match[str]]] = {}
    for match in _BOX.finditer(text):
        found.setdefault(text.rfind("\n", 0, match.start()) + 1, []).append(match)
    breaks: set[int] = set()
    for line, boxes in found.items():
        below = text.find("\n", line)
        breaks.update(bisect_left(tokens.starts, at) for at in (line, below) if at > 0)
        if len(boxes) < 2 or any(_YES_NO.match(text, box.end()) for box in boxes):
            continue
        lead = text[line : boxes[0].start()].strip(" \t-*•")
        leads = not lead or lead.endswith((":", "?"))
        breaks.update(bisect_left(tokens.starts, box.start() if leads else box.end()) for box in boxes)
    return breaks


_ANSWERS = re.compile(rf"[ \t]*(?:{_BOX.source})\s*(?:yes|no|y|n)\b", re.IGNORECASE)


def is_answered_by_boxes(text: str, at: int) -> bool:
    """Whether boxes for yes and no stand behind a question mark that ends at `at`: they belong to its question."""
    return _ANSWERS.match(text, at) is not None


_TICKED_NONE = re.compile(
    r"(?:\[\s?[xX✓]\s?\]|☑|☒|\([xX]\))\s*(?:none(?: of (?:these|the above|the following|them))?|denies all"
    r"|no symptoms|n/a)\s*$",
    re.IGNORECASE,
)
_UNTICKED = re.compile(r"\W*(?:\[\s?\]|☐|□|\(\s\))")
_MAY_BE_UNTICKED = re.compile(r"\[(?=\s?\])|☐|□|\((?=\s\))")


class Item(Protocol):
    """A statement of a form: where it begins and ends in the text."""

    start: int
    end: int


T = TypeVar("T", bound=Item)


def none_of_these(items: Sequence[T], text: str) -> Iterator[T]:
    """The unticked statements of a list whose last box, "none of these", is ticked: they were asked and denied."""
    if not _MAY_BE_UNTICKED.search(text):
        return
    run: list[T] = []
    for item in items:
        told = text[item.start : item.end]
        if _UNTICKED.match(told):
            run.append(item)
            continue
        if run and _TICKED_NONE.match(told):
            yield from run
        run = []
