"""What a treatment did, as its own sentence says."""

from __future__ import annotations

from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.treatments.course import Course


def give_outcomes(context: Context, sentence: Sentence, group: list[Course], groups: list[list[Course]]) -> None:
    """Give every treatment of a list the outcome that the sentence says of it."""
    cue = _outcome_cue(context, sentence, group, groups)
    if cue is None:
        return
    for course in group:
        course.outcome = cue.name.partition(".")[2]
        course.qualities["outcome"] = (course.outcome,)
        course.basis.append(context.quote_span(context.start(cue), context.end(cue)))


def _outcome_cue(
    context: Context, sentence: Sentence, group: list[Course], groups: list[list[Course]]
) -> Mention | None:
    best: tuple[int, Mention] | None = None
    first, last = group[0].mention.first, group[-1].mention.last
    for cue in sentence.cues:
        if not cue.name.startswith("outcome.") or _hoped_for(context, sentence, cue):
            continue
        gap = cue.first - last if cue.first >= last else first - cue.last
        if gap < 0:
            gap = 0
        before = cue.last <= first
        if before and not _reaches_forward(context, cue, first):
            continue
        if not before and _crosses(context, last, cue.first, groups, group):
            gap += 6
        if best is None or gap < best[0]:
            best = (gap, cue)
    return best[1] if best else None


_HOPES = frozenset({"should", "will", "would", "hope", "hopes", "hoping", "hopefully", "expect", "expects", "expected"})


def _hoped_for(context: Context, sentence: Sentence, cue: Mention) -> bool:
    """ "With the pump she should have good relief": nothing yet."""
    return bool(_HOPES.intersection(context.tokens.words[max(sentence.first, cue.first - 3) : cue.first]))


def _reaches_forward(context: Context, cue: Mention, first: int) -> bool:
    words = context.tokens.words
    between = words[cue.last : first]
    if ";" in between or "." in between:
        return False
    if len(between) > 40:
        return False
    if words[cue.last - 1] in (
        "despite",
        "of",
        "to",
        "with",
        "on",
        "failed",
        "from",
        "exhausted",
        "after",
        "refractory",
    ):
        return True
    if {"but", "however", "she", "he", "although"}.intersection(between):
        return False
    return len(between) <= 22


def _crosses(context: Context, last: int, first: int, groups: list[list[Course]], group: list[Course]) -> bool:
    del context
    return any(other is not group and last <= other[0].mention.first < first for other in groups)
