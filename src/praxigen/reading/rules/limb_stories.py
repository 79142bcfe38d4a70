"""Leg and arm symptoms whose words name no root: told as a story, or borne out by tests and studies.

Legs that go numb at the stove and recover on a chair are neurogenic claudication whatever they are called. Pain in one
leg that the note calls only that is the spine's where a stretched root hurts or a study shows the root pressed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern

_LEGS = r"(?:legs?|calf|calves|thighs?|feet|foot|buttocks?|BLE|both limbs|lower extremit\w+|hamstrings?)"
_BAD = (
    r"(?:numb\w*|weak\w*|heav\w+|pain\w*|ach\w+|cramp\w*|tingl\w+|burn\w*|give (?:out|way)|gives? (?:out|way)"
    r"|tire\w*|hurt\w*|rubbery"
    r"|dead|tight\w*|fatigue\w*|leaden|sore\w*|discomfort)"
)
_UPRIGHT = (
    r"(?:stand(?:s|ing)?|walk(?:s|ing|ed)?|upright|on (?:his|her) feet|in line|(?:a |one |two |half a "
    r"|\d+ )(?:city )?blocks?"
    r"|ambulat\w+|stove|sink|aisles?|distance|\d+ (?:yards|feet|meters|metres|minutes))"
)
_EASED = (
    r"(?:sit(?:s|ting)?(?: down)?|lean\w*(?: \w+){0,2}? (?:forward|over|on)|bend(?:s|ing)?(?: \w+)? (?:forward|over)"
    r"|stoop\w*|flex\w+"
    r"|shopping cart|cart|trolley|walker|chair|squat\w*|bent)"
)
_BETTER = (
    r"(?:settl\w+|reliev\w+|relief|better|eas\w+|goes? away|recover\w*|resolv\w+|help\w*|stops?"
    r"|has to|must|needs? to|until|improv\w+)"
)
_STORY = Pattern(
    rf"(?=[^\n]{{0,420}}?\b{_LEGS}\b)(?=[^\n]{{0,420}}?\b{_BAD}\b)(?=[^\n]{{0,420}}?\b{_UPRIGHT}\b)"
    rf"(?=[^\n]{{0,420}}?\b{_EASED}\b)(?=[^\n]{{0,420}}?\b{_BETTER}\b)",
    re.IGNORECASE,
)
_LEG_WORD = Pattern(rf"\b{_LEGS}\b", re.IGNORECASE)
_WALK_WORD = Pattern(rf"\b{_UPRIGHT}\b", re.IGNORECASE)
_EASE_WORD = Pattern(rf"\b{_EASED}\b", re.IGNORECASE)
# Vessels, joints and lungs limit walking too, and pain on sitting is another thing.
_NOT_THIS = Pattern(
    r"\b(?:vascular|arter\w+|PAD|PVD|ABI|pulse\w*|knees?|hips?|ankles?|plantar|heel|breath\w*|dyspn\w*|chest"
    r"|swell\w*|edema|wound|diabetic"
    r"|neuropath\w+|worse (?:with|when|on) sitting|den(?:y|ies|ied)|no (?:leg|numb|weak|pain|trouble|difficulty"
    r"|claudication)|without (?:leg"
    r"|pain|difficulty|trouble)|can (?:walk|stand) (?:as long|without|any|for (?:miles|hours))|unlimited"
    r"|not? limited|if (?:she|he)|goal\w*|should"
    r"|mother|father|brother|sister)\b",
    re.IGNORECASE,
)
_PLACES = frozenset({"history", "opening", "assessment", "other", "indications", "diagnosis"})
_LIMB_REGION = {"leg": "lumbar", "arm": "cervical"}


def limb_story_facts(context: Context) -> Iterator[Fact]:
    """Neurogenic claudication told in a sentence or two, without its name."""
    if "symptom.neurogenic_claudication" in context.page.names or not context.spine_is_the_problem:
        return
    sentences = context.page.sentences
    for sentence in context.page.where(_LEG_WORD):
        if sentence.section.kind not in _PLACES or sentence.general or sentence.claim:
            continue
        following = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
        last = following if following is not None and _goes_on(sentence, following) else sentence
        if last.end - sentence.start > _LONGEST or not _both_told(sentence, last):
            continue
        told = context.text[sentence.start : last.end]
        if _NOT_THIS.search(told):
            continue
        if _STORY.match(told.replace("\n", " ")) is None:
            continue
        mention = mention_at(context.page, sentence, sentence.start, sentence.end, "symptom.neurogenic_claudication")
        yield context.fact(
            "symptom.neurogenic_claudication",
            State.PRESENT,
            sentence,
            mention,
            "limb.claudication-told",
            quote=context.quote_span(sentence.start, min(last.end, sentence.start + _QUOTED)),
        )
        return


_LONGEST, _QUOTED = 420, 190  # characters


def _both_told(sentence: Sentence, last: Sentence) -> bool:
    """Whether being upright and what eases it stand in the one sentence or the other."""
    texts = (sentence.text,) if last is sentence else (sentence.text, last.text)
    return all(any(words.search(text) for text in texts) for words in (_EASE_WORD, _WALK_WORD))


def _goes_on(sentence: Sentence, following: Sentence) -> bool:
    return following.section is sentence.section and not following.general and not following.claim


def borne_out(context: Context, facts: Iterable[Fact]) -> list[Fact]:
    """The facts, in which limb pain beside a stretched root that hurts or a root pressed on a study is the spine's."""
    facts = list(facts)
    if not context.spine_is_the_problem:
        return facts
    limbs = _proven(facts)
    if not limbs:
        return facts
    return [_of_the_spine(fact) if _unexplained(fact) and _limb(fact) in limbs else fact for fact in facts]


def _unexplained(fact: Fact) -> bool:
    return (
        fact.concept == "symptom.limb_pain"
        and fact.state is State.PRESENT
        and fact.who is Who.PATIENT
        and not fact.quality("with_spine")
        and fact.section in _PLACES
    )


def _limb(fact: Fact) -> str:
    told = fact.quality("limb")
    return told[0] if len(told) == 1 else ""


def _proven(facts: list[Fact]) -> frozenset[str]:
    """The limbs of which a test of tension hurts and a study shows nerves pressed: each alone may mean little."""
    tension: set[str] = set()
    pressed: set[str] = set()
    for fact in facts:
        if fact.state is not State.PRESENT or fact.who is not Who.PATIENT:
            continue
        if fact.concept == "sign.tension":
            tension.add("arm" if "spurling" in fact.quote.text.lower() else "leg")
        elif fact.concept == "imaging.compression":
            pressed.update(limb for limb, region in _LIMB_REGION.items() if region in fact.quality("region"))
    return frozenset(tension & pressed)


def _of_the_spine(fact: Fact) -> Fact:
    qualities = MappingProxyType({**fact.qualities, "with_spine": ("yes",)})
    return replace(fact, qualities=qualities, rule=f"{fact.rule}.borne-out")
