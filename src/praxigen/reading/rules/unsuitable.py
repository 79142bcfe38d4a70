"""Treatments that were judged unsuitable or contraindicated for this patient, as against untried or refused ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern

_SKIPPED = frozenset({"education", "family", "consent", "goals", "allergies"})
_AFTER = Pattern(
    r"\s*(?:therapy |treatment |use )?(?:is|are|was|were|has been|have been|remains?)\s+(?:\w+ly\s+|felt to be\s+"
    r"|judged\s+"
    r"|considered\s+|deemed\s+){0,2}(?:contra-?\s?indicated|unsuitable|unsafe|not (?:suitable|appropriate|safe"
    r"|an option))\b",
    re.IGNORECASE,
)
_BEFORE = Pattern(
    r"\b(?:not (?:a|an) (?:\w+ )?candidate for|contra-?\s?indications? to|cannot (?:take|use|have|undergo)"
    r"|can't (?:take|use|have)|unable to (?:take|use)|unsuitable for|too (?:frail|ill|sick) for)\s+(?:any |further "
    r"|more )?"
    r"(?:\w+ ){0,1}$",
    re.IGNORECASE,
)
_NO = Pattern(r"\b(?:no|not|without|never|denies)\s+(?:known |any |absolute )?(?:\w+ ){0,2}$", re.IGNORECASE)
_MODALITIES = (
    ("treatment.medication", "drug"),
    ("treatment.exercise", "physical"),
    ("treatment.behavioral", "psychological"),
    ("treatment.injection", "injection"),
)
_STIMULATION = ("treatment.tens", "treatment.pens")


def unsuitable_facts(context: Context) -> Iterator[Fact]:
    """Facts about treatments that somebody judged unsuitable; stimulation itself is not one of them."""
    for sentence in context.page.telling:
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim:
            continue
        for mention in sentence.concepts:
            if not mention.name.startswith("treatment.") or mention.name.startswith(_STIMULATION):
                continue
            if mention.name != "treatment.unsuitable" and _is_unsuitable(context, sentence, mention):
                yield _fact(context, sentence, mention)


def _is_unsuitable(context: Context, sentence: Sentence, mention: Mention) -> bool:
    sense = context.sense(mention, sentence)
    if sense.state in (State.HYPOTHETICAL, State.CLAIMED, State.POSSIBLE) or sense.who is Who.OTHER:
        return False
    if _AFTER.match(context.text, context.end(mention), sentence.end):
        return True
    if not _BEFORE.may_match(sentence.text):
        return False
    before = context.text[sentence.start : context.start(mention)]
    found = _BEFORE.search(before)
    return found is not None and not _NO.search(before[: found.start()])


def _fact(context: Context, sentence: Sentence, mention: Mention) -> Fact:
    kinds = context.page.lexicon.kinds.get(mention.name, (mention.name,))
    modality = next((modality for kind, modality in _MODALITIES if kind in kinds), "other")
    return context.fact(
        "treatment.unsuitable", State.PRESENT, sentence, mention, "unsuitable", qualities={"modality": (modality,)}
    )
