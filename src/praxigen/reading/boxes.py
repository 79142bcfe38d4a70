"""The boxes of a form: each box and its own words are one statement, ticked or not."""

from __future__ import annotations

import re
from bisect import bisect_left

from praxigen.lexicon.words import Tokens
from praxigen.reading.patterns import Pattern

_BOX = Pattern(r"\[\s?[xX✓]?\s?\]|☐|□|☑|☒|\([xX ]\)")
_YES_NO = re.compile(r"\s*(?:yes|no|y|n|n/a)\b", re.IGNORECASE)


def box_breaks(text: str, tokens: Tokens) -> set[int]:
    """The words at which a new statement begins, in lines with more than one box.

    The first box of a line shows whether its words follow it ("[ ] leg pain [x] none") or stand before it
    ("leg pain [ ] none [x]"). Boxes for yes and no answer one question and stay with it.
    """
    found: dict[int, list[re.Match[str]]] = {}
    for match in _BOX.finditer(text):
        found.setdefault(text.rfind("\n", 0, match.start()) + 1, []).append(match)
    breaks: set[int] = set()
    for line, boxes in found.items():
        if len(boxes) < 2 or any(_YES_NO.match(text, box.end()) for box in boxes):
            continue
        lead = text[line : boxes[0].start()].strip(" \t-*•")
        leads = not lead or lead.endswith(":")
        breaks.update(bisect_left(tokens.starts, box.start() if leads else box.end()) for box in boxes)
    return breaks
