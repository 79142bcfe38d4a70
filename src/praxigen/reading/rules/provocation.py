"""Tests that provoke pain of the sacroiliac joint: which were positive, and how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from praxigen.model.amount import Quantity
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.numbers import read_number
from praxigen.reading.page import Mention, Sentence, mention_at
from praxigen.reading.patterns import Pattern

_SKIPPED = frozenset({"education", "consent", "family", "allergies", "goals", "operation", "plan"})
_UNREAL = (State.HYPOTHETICAL, State.CLAIMED, State.PLANNED)
_RESULT = Pattern(
    r"(?P<no>\b(?:negative|neg\b|non-?provocative|no pain|not? (?:reproduc\w+|positive|painful|provoc\w+|elicit\w+)"
    r"|does not|did not|without|absent|unremarkable|normal)|\(-\)|(?<=[a-z'] )[-−](?=\s*(?:[,.;)]|$)))"
    r"|(?P<yes>\b(?:positive|pos\b|reproduc\w+|provok\w+|painful|elicit\w+|present)|\(\+\)"
    r"|(?<=[a-z'] )\+(?=\s*(?:[,.;)]"
    r"|$|on|bilat|left|right|[LRB]\b))|(?<=[a-z']: )\+)"
    r"|(?P<open>\b(?:equivocal|indeterminate|deferred|not (?:tested|performed|done|assessed)|unable to))",
    re.IGNORECASE,
)
_RIGHT_AFTER = Pattern(
    r"\s*(?:\((?!\s*[+-])[^)]{0,20}\))?\s*(?:tests?|signs?|maneuvers?|was|were|is|are|on (?:the )?(?:left|right"
    r"|both sides?)"
    r"|bilaterally|left|right|:|\s)*$",
    re.IGNORECASE,
)
_BARE = Pattern(r"\b(?P<name>compression|distraction)\b(?!\s*(?:fracture|of the (?:nerve|cord|thecal)))", re.IGNORECASE)
_COUNT = Pattern(
    r"\b(?P<count>\d|one|two|three|four|five|six|seven)\s*(?:/|of|out of)\s*(?:the\s+)?(?:\d|five|six|seven"
    r"|four)\s*(?:positive\s+)?"
    r"(?:(?:SI|SIJ|sacroiliac|joint|provocative|provocation|pain)\s+)*(?:provocative|provocation|maneuvers?"
    r"|tests?|SI\b)"
    r"[^.;]{0,40}",
    re.IGNORECASE,
)
_COUNT_POSITIVE = Pattern(
    r"\b(?P<count>three|four|five|six|3|4|5|6|two|2|one|1)\s+positive\s+(?:(?:SI|SIJ|sacroiliac|joint|provocative"
    r"|provocation)\s+)+",
    re.IGNORECASE,
)


def provocation_facts(context: Context) -> Iterator[Fact]:
    """One fact for each test named with a result, and one where the note counts them."""
    page = context.page
    for sentence in page.in_order(page.telling, page.where(_COUNT, _COUNT_POSITIVE)):
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim:
            continue
        yield from _counted(context, sentence)
        named = _named(context, sentence)
        for at, mention in enumerate(named):
            sense = context.sense(mention, sentence)
            if sense.state in _UNREAL or sense.who is Who.OTHER:
                continue
            state = _result(context, sentence, named, at)
            if state is None:
                continue
            yield context.fact(
                mention.name, state, sentence, mention, "provocation", qualities=_side(context, sentence, mention)
            )


def _named(context: Context, sentence: Sentence) -> list[Mention]:
    named = [c for c in sentence.concepts if c.name.startswith("provocation.")]
    if named:  # in a list with the others "compression" and "distraction" are those of the pelvis
        for match in _BARE.finditer(context.text, sentence.start, sentence.end):
            mention = mention_at(
                context.page, sentence, match.start(), match.end(), f"provocation.{match.group('name').lower()}"
            )
            if not any(c.first < mention.last and mention.first < c.last for c in (*named, *sentence.concepts)):
                named.append(mention)
    return sorted(named, key=lambda c: c.first)


def _result(context: Context, sentence: Sentence, named: list[Mention], at: int) -> State | None:
    """The result that stands right after a test; else the nearest before a list; else the one that ends the list."""
    text = context.text
    mention = named[at]
    start, end = context.start(mention), context.end(mention)
    low = max([sentence.start, *(context.end(c) for c in named[:at])])
    high = context.start(named[at + 1]) if at + 1 < len(named) else sentence.end
    after = _RESULT.search(text, end, high)
    if after and _RIGHT_AFTER.match(text, end, after.start()):
        return _state(after)
    clause = max((text.rfind(mark, sentence.start, start) + 1 for mark in (";", "•", "|")), default=sentence.start)
    clause = max(clause, sentence.start)
    before = [m for m in _RESULT.finditer(text, clause, start) if not _belongs_to_one_before(context, named[:at], m)]
    if before:
        return _state(before[-1])
    if at + 1 < len(named) and re.fullmatch(r"[\s,/&]*(?:(?:and|or|as well as|tests?|signs?)[\s,]*)*", text[end:high]):
        return _result(context, sentence, named, at + 1)
    if after and ";" not in text[end : after.start()] and at + 1 == len(named):
        return _state(after)
    del low
    return None


def _belongs_to_one_before(context: Context, earlier: list[Mention], result: re.Match[str]) -> bool:
    """Whether a result stands right after an earlier test and so is told of that one."""
    return any(
        context.end(c) <= result.start() and _RIGHT_AFTER.match(context.text, context.end(c), result.start())
        for c in earlier
    )


def _state(match: re.Match[str]) -> State:
    if match.group("no"):
        return State.ABSENT
    return State.PRESENT if match.group("yes") else State.POSSIBLE


def _side(context: Context, sentence: Sentence, mention: Mention) -> dict[str, tuple[str, ...]]:
    side = context.site(mention, sentence).get("side")
    return {"side": side} if side else {}


def _counted(context: Context, sentence: Sentence) -> Iterator[Fact]:
    for pattern in (_COUNT, _COUNT_POSITIVE):
        if not pattern.may_match(sentence.text):
            continue
        for match in pattern.finditer(context.text, sentence.start, sentence.end):
            said = _RESULT.search(match.group())
            near = context.text[max(sentence.start, match.start() - 25) : match.start()]
            positive = (said is not None and said.group("yes")) or re.search(
                r"positive\W*(?:on|for|in)?\W*$", near, re.IGNORECASE
            )
            sacroiliac = any(p.name == "body.sacroiliac" for p in sentence.parts) or re.search(
                r"\b(?:SI|SIJ|sacroiliac)\b", sentence.text
            )
            count = read_number(match.group("count"))
            if not positive or not sacroiliac or count is None:
                continue
            mention = mention_at(context.page, sentence, match.start(), match.end(), "provocation.sacroiliac_count")
            sense = context.sense(mention, sentence)
            if sense.state in (*_UNREAL, State.ABSENT) or sense.who is Who.OTHER:
                continue
            yield context.fact(
                "provocation.sacroiliac_count",
                State.PRESENT,
                sentence,
                mention,
                "provocation.count",
                quantity=Quantity(Fraction(count), Fraction(count), "tests"),
            )
            return
