"""Broken vertebrae: how old the fracture is, and whether it is said to come from osteoporosis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.amount import Duration
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern

_SKIPPED = frozenset({"education", "consent", "family", "allergies", "goals"})
_NEAR = 60
_AGES = (
    ("subacute", Pattern(r"\bsub-?acute\b", re.IGNORECASE)),
    ("acute", Pattern(r"(?<!sub)(?<!sub-)\b(?:acute|fresh|recent|new)\b", re.IGNORECASE)),
    (
        "chronic",
        Pattern(r"\b(?:chronic|old|healed|remote|prior|age-indeterminate|longstanding|long-standing)\b", re.IGNORECASE),
    ),
)
_NOT_ACUTE = Pattern(r"\b(?:no|without|not|nonacute|non-acute)\b[^.;,]{0,20}$", re.IGNORECASE)
_PATHOLOGIC = Pattern(r"\b(?:pathologic\w*|metasta\w+|myeloma|lytic|traumatic|burst|high[- ]energy)\b", re.IGNORECASE)
_OSTEOPOROTIC = Pattern(r"\b(?:osteoporo\w+|osteopeni\w+|fragility|insufficiency)\b", re.IGNORECASE)
_RARELY = Pattern(r"\b(?:no|not|without|risk of|prevent\w*|negative for)\b[^.;]{0,25}$", re.IGNORECASE)
_TOLD_AS_THERE = (None, State.DONE, State.PLANNED, State.DECLINED, State.DENIED)


def fracture_facts(context: Context) -> Iterator[Fact]:
    """One fact for each mention of a broken vertebra."""
    for sentence in context.page.telling:
        if sentence.section.kind in _SKIPPED:
            continue
        for mention in sentence.concepts:
            if mention.name == "fracture.vertebral":
                yield _fracture(context, sentence, mention)


def _fracture(context: Context, sentence: Sentence, mention: Mention) -> Fact:
    sense = context.sense(mention, sentence)
    state = sense.state
    ages = _ages(context, sentence, mention)
    if sentence.general and state is not State.CLAIMED:
        state = State.HYPOTHETICAL
    elif (state is State.PAST and ages == ("acute",)) or state in (
        None,
        State.DONE,
        State.PLANNED,
        State.DECLINED,
        State.DENIED,
    ):
        state = State.PRESENT
    if sentence.section.kind in ("past_medical", "past_surgical") and state is State.PRESENT:
        state = State.PAST
    qualities: dict[str, tuple[str, ...]] = {key: (value,) for key, value in mention.qualities.items()}
    qualities.update(context.site(mention, sentence))
    if ages:
        qualities["age"] = ages
    cause = _cause(context, sentence, mention)
    if cause is not None:
        qualities["cause"] = (cause,)
    return context.fact(
        "fracture.vertebral",
        state,
        sentence,
        mention,
        f"fracture.{sense.rule}",
        who=Who.OTHER if sense.who is Who.OTHER else Who.PATIENT,
        qualities=qualities,
        duration=_since(context, sentence, mention),
    )


def _ages(context: Context, sentence: Sentence, mention: Mention) -> tuple[str, ...]:
    """The ages named close before a fracture; two of them ("acute on chronic", "acute or subacute") leave it open."""
    start = max(sentence.start, context.start(mention) - 35)
    others = [c for c in sentence.concepts if c.name == mention.name and c.last <= mention.first]
    if others:
        start = max(start, context.end(others[-1]))
    near = context.text[start : context.end(mention)]
    near = near.rpartition(";")[2].rpartition(".")[2]
    found = []
    for name, pattern in _AGES:
        match = pattern.search(near)
        if match and not _NOT_ACUTE.search(near[: match.start()]):
            found.append(name)
    if "chronic" in found and len(found) > 1:
        return ()
    return tuple(found)


def _cause(context: Context, sentence: Sentence, mention: Mention) -> str | None:
    start = max(sentence.start, context.start(mention) - _NEAR)
    near = context.text[start : min(sentence.end, context.end(mention) + _NEAR)]
    if _PATHOLOGIC.search(near):
        return "pathologic"
    match = _OSTEOPOROTIC.search(near)
    if match is None or _RARELY.search(near[: match.start()]):
        return mention.qualities.get("cause")
    return "osteoporotic"


def _since(context: Context, sentence: Sentence, mention: Mention) -> Duration | None:
    """How long ago the sentence says that it broke: "compression fracture 3 weeks ago"."""
    for time in context.times(sentence):
        if time.kind != "ago" or time.duration is None:
            continue
        gap = max(time.start - context.end(mention), context.start(mention) - time.end)
        if gap <= _NEAR:
            return time.duration
    return None
