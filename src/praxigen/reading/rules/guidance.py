"""How the needle of the injection that is asked for is to be guided, as against one that was given before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern

_SKIPPED = frozenset(
    {"education", "consent", "family", "allergies", "goals", "past_medical", "past_surgical", "social", "ros"}
)
_UNREAL = (State.HYPOTHETICAL, State.CLAIMED, State.POSSIBLE, State.DENIED, State.DECLINED)
_ASKED = Pattern(
    r"\b(?:plan\w*|request\w*|schedul\w*|will|to be|proceed\w*|recommend\w*|authoriz\w*|propos\w*|candidate)\b",
    re.IGNORECASE,
)
_GIVEN = Pattern(
    r"\b(?:was|were|had|has had|gave|given|provided|underwent|performed|previous\w*|prior|last|ago|helped|relief"
    r"|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_WITHOUT = Pattern(r"\b(?:no|not|without|avoid\w*|instead of|rather than)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)


def guidance_facts(context: Context) -> Iterator[Fact]:
    """Facts about guidance and contrast: planned for this injection, done at an earlier one, or not to be used."""
    for sentence in context.page.telling:
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim:
            continue
        told: set[str] = set()
        for mention in sentence.concepts:
            if mention.name.startswith("guidance.") and mention.name not in told:
                told.add(mention.name)
                sense = context.sense(mention, sentence)
                if sense.who is Who.OTHER or sense.state in _UNREAL:
                    continue
                yield context.fact(
                    mention.name, _state(context, sentence, mention, sense.state), sentence, mention, "guidance"
                )


def _state(context: Context, sentence: Sentence, mention: Mention, state: State | None) -> State:
    text = sentence.text
    if _WITHOUT.search(context.text[sentence.start : context.start(mention)]):
        return State.ABSENT
    if _GIVEN.search(text):
        return State.DONE
    if sentence.section.kind == "plan" or state is State.PLANNED or _ASKED.search(text):
        return State.PLANNED
    return State.DONE
