"""One identifier found in a text, and which of several that overlap is kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

from praxigen.redaction.kinds import Kind


@dataclass(frozen=True, slots=True)
class Finding:
    """Characters `start` to `end` are an identifier of this kind.

    `write` stands in their place; where it is None a numbered placeholder does, the same for the same `key`. Of two
    findings that overlap the one of the lower `rank` is kept.
    """

    start: int
    end: int
    kind: Kind
    key: str = ""
    write: str | None = None
    rank: int = 5


def settle(findings: Iterable[Finding], text: str) -> list[Finding]:
    """Findings that do not overlap, in the order of the text.

    What a stronger finding leaves of a weaker one is still masked: a missed letter costs more than one too many.
    """
    kept: list[Finding] = []
    starts: list[int] = []
    for finding in sorted(findings, key=lambda each: (each.rank, each.start - each.end, each.start, each.kind)):
        for piece in _uncovered(finding, kept, starts):
            whole = piece == finding
            if whole or sum(letter.isalnum() for letter in text[piece.start : piece.end]) >= 2:
                at = bisect_left(starts, piece.start)
                starts.insert(at, piece.start)
                kept.insert(at, piece if whole else replace(piece, write=None))
    return kept


def _uncovered(finding: Finding, kept: list[Finding], starts: list[int]) -> Iterable[Finding]:
    at = bisect_left(starts, finding.start)
    start = finding.start
    if at and kept[at - 1].end > start:
        start = kept[at - 1].end
    while start < finding.end:
        end = min(finding.end, kept[at].start) if at < len(kept) else finding.end
        if start < end:
            yield replace(finding, start=start, end=end)
        if at >= len(kept) or kept[at].start >= finding.end:
            return
        start, at = max(start, kept[at].end), at + 1
