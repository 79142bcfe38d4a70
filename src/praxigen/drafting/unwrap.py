"""Lines that a page or a mail broke, joined to the paragraphs and list items that they were."""

from __future__ import annotations

import re

_MARKED = re.compile(r"\s*(?:[-*•▪◦o–·]\s|\(?(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[ivx]{1,5})[.)]\s|#{1,6}\s|\*\*)")
_ENDED = re.compile(r"[.:;!?][\"”’)*]*\s*$|\b(?:and|or)\s*$", re.IGNORECASE)
_FULL = 0.6  # of the widest line: a shorter one ends its paragraph unless its sentence goes on in lower case
_BULLETS = str.maketrans({"\u2022": "-", "\u25aa": "-", "\u25e6": "-", "\u00b7": "-", "\uf0b7": "-", "\u00a0": " "})


def unwrap(text: str) -> str:
    """The text with one line for each paragraph, heading or list item, and one kind of bullet.

    A text that has one line a paragraph already stays as it is, save for bullets and line ends.
    """
    lines = [line.rstrip() for line in text.translate(_BULLETS).replace("\r\n", "\n").replace("\f", "\n").split("\n")]
    widest = max(map(len, lines), default=0)
    joined: list[str] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line, widest):
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(joined)).strip() + "\n"


def _goes_on(before: str, line: str, widest: int) -> bool:
    if not before.strip() or not line.strip() or _MARKED.match(line) or before.lstrip().startswith("#"):
        return False
    if line.strip()[0].islower():
        return True
    return not _ENDED.search(before) and len(before) >= _FULL * widest and not before.isupper()
