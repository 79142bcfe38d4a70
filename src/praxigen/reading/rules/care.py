"""Steps of care around an operation, such as talking over its risks: taken, ordered, or refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern

_SKIPPED = frozenset({"education", "family", "allergies", "goals"})
_UNSAID = {"plan": State.PLANNED, "consent": State.DONE, "assessment": State.DONE, "history": State.DONE}


# What is said to a patient is done when it was discussed; a scan that was discussed is not.
_SAID = ("care.shared_decision", "care.pain_not_assured", "care.osteoporosis_education")
_TALKED = Pattern(
    r"\b(?:discuss(?:ed|ion)|explain\w*|review(?:ed)?|counsel\w*|understands?|went over|talked|told|advised"
    r"|instructed)\b",
    re.IGNORECASE,
)
_LATER = Pattern(r"\b(?:will|plan to|to be|next visit|should|needs? to|would|going to)\b", re.IGNORECASE)


def care_facts(context: Context) -> Iterator[Fact]:
    """One fact for each step that a note names."""
    for sentence in context.page.sentences:
        if sentence.section.kind in _SKIPPED:
            continue
        for mention in sentence.concepts:
            if not mention.name.startswith("care."):
                continue
            sense = context.sense(mention, sentence)
            state = sense.state or _UNSAID.get(sentence.section.kind, State.POSSIBLE)
            if sentence.general and sense.state is not State.CLAIMED:
                state = State.HYPOTHETICAL
            if state is State.PRESENT or (state is State.PLANNED and _talked_over(context, sentence, mention)):
                state = State.DONE
            yield context.fact(mention.name, state, sentence, mention, f"care.{sense.rule}", who=sense.who)


def _talked_over(context: Context, sentence: Sentence, mention: Mention) -> bool:
    text = context.text[sentence.start : sentence.end]
    return mention.name in _SAID and _TALKED.search(text) is not None and _LATER.search(text) is None
