"""Whether the patient was told what stimulation is, and its risks and benefits were talked over with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence, mention_at
from praxigen.reading.patterns import Pattern

_BOTH = Pattern(
    r"\brisks?\b[^.;]{0,40}\bbenefits?\b|\bbenefits?\b[^.;]{0,40}\brisks?\b|(?<!\w)r/b(?:/a)?s?(?!\w)", re.IGNORECASE
)
_TALKED = Pattern(
    r"\b(?:discuss(?:ed|ion|ing)|review(?:ed|ing)|explain(?:ed|ing)|went over|gone over|go over|disclos(?:ed|ure)"
    r"|counsel(?:l)?ed|educated|talked|described|outlined|conversation|understands|verbaliz\w+|informed)\b",
    re.IGNORECASE,
)
_NOT_YET = Pattern(
    r"\b(?:will|to be|should|must|need(?:s|ed)? to|plan\w* to|scheduled|pending|before|once|if|not|n't|never|deferred"
    r"|next visit|at follow-?\s?up|refused|declined)\b",
    re.IGNORECASE,
)
_OF_EVERYBODY = Pattern(
    r"\b(?:every|each|all|any) (?:\w+ )?(?:patients?|candidates?|visit)\b|\broutinely\b", re.IGNORECASE
)
_AFTERWARDS = Pattern(r"\b(?:will|plan\w* to|wish\w* to|would like to|agree\w*)\b", re.IGNORECASE)
_STIMULATION = ("device.", "trial.scs", "plan.scs", "plan.drg", "plan.waveform", "plan.burst", "plan.high_frequency")
_ELSE = ("treatment.", "surgery.spine")
_REACH = 2  # sentences before it in which stimulation may be named


def counseling_facts(context: Context) -> Iterator[Fact]:
    """Facts about talks that took place on the risks and benefits of stimulation; forms and plans are none."""
    for sentence in context.page.where(_BOTH):
        if sentence.general or sentence.claim or sentence.section.kind in ("family", "allergies", "goals"):
            continue
        text = sentence.text
        both, talked = _BOTH.search(text), _TALKED.search(text)
        if both is None or talked is None or _OF_EVERYBODY.search(text) or not _about_stimulation(context, sentence):
            continue
        first, last = min(both.start(), talked.start()), max(both.end(), talked.end())
        unsaid = _NOT_YET.search(text[max(0, first - 40) : last])
        if unsaid is not None and not _AFTERWARDS.search(text[last:][: len(unsaid.group())]):
            continue
        mention = mention_at(context.page, sentence, sentence.start + first, sentence.start + last)
        yield context.fact("counseling.stimulation", State.DONE, sentence, mention, "counseling")


def _about_stimulation(context: Context, sentence: Sentence) -> bool:
    """Whether the talk is about stimulation: its own sentence says so, or says nothing and one close before it does."""
    if _names(sentence, _STIMULATION):
        return True
    if _names(sentence, _ELSE):
        return False
    for other in reversed(context.page.sentences[max(0, sentence.index - _REACH) : sentence.index]):
        if other.section is not sentence.section:
            return False
        if _names(other, _STIMULATION):
            return True
        if _names(other, _ELSE):
            return False
    return False


def _names(sentence: Sentence, prefixes: tuple[str, ...]) -> bool:
    return any(_is_named(concept, prefixes) for concept in sentence.concepts)


def _is_named(concept: Mention, prefixes: tuple[str, ...]) -> bool:
    return concept.name.startswith(prefixes)
