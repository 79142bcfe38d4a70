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
# A program that is over is not one in which the patient takes part.
_ONGOING = Pattern(
    r"\b(?:continu(?:es|ing)|currently|ongoing|active(?:ly)?|participat(?:es|ing)|performs|enrolled|daily"
    r"|is doing|does (?:her"
    r"|his|a)|is in)\b",
    re.IGNORECASE,
)
_IN_IT = Pattern(r"\b(?:continues|participates|is (?:actively )?participating|is doing|enrolled)\b", re.IGNORECASE)
_LATER = Pattern(r"\b(?:will|plan to|to be|next visit|should|needs? to|would|going to)\b", re.IGNORECASE)


def care_facts(context: Context) -> Iterator[Fact]:
    """One fact for each step that a note names."""
    for sentence in context.page.telling:
        if sentence.section.kind in _SKIPPED:
            continue
        for mention in sentence.concepts:
            if not mention.name.startswith("care."):
                continue
            sense = context.sense(mention, sentence)
            state = sense.state or _UNSAID.get(sentence.section.kind, State.POSSIBLE)
            if sentence.general and sense.state is not State.CLAIMED:
                state = State.HYPOTHETICAL
            if state is State.PRESENT or (state is State.PLANNED and _talked_over(sentence, mention)):
                state = State.DONE
            if mention.name == "care.shared_decision" and _of_a_treatment(sentence):
                state = State.POSSIBLE
            if mention.name == "care.rehabilitation":
                state = _taking_part(sentence, state, said=sense.state is not None)
            yield context.fact(mention.name, state, sentence, mention, f"care.{sense.rule}", who=sense.who)


def _talked_over(sentence: Sentence, mention: Mention) -> bool:
    text = sentence.text
    return mention.name in _SAID and _TALKED.search(text) is not None and _LATER.search(text) is None


def _of_a_treatment(sentence: Sentence) -> bool:
    """The risks of an injection that were talked over are not those of an operation."""
    names = [concept.name for concept in sentence.concepts]
    return any(name.startswith("treatment.injection") or "_injection" in name for name in names) and not any(
        name.startswith(("surgery.", "plan.")) for name in names
    )


def _taking_part(sentence: Sentence, state: State, *, said: bool) -> State:
    """Whether the patient takes part now; in a plan only words that cannot be an instruction say so."""
    text = sentence.text
    if state in (State.DONE, State.POSSIBLE):
        return State.PRESENT if _ONGOING.search(text) else State.PAST
    if state is State.PLANNED and not said and _IN_IT.search(text):
        return State.PRESENT
    return state
