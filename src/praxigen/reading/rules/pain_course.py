"""How long the pain has lasted, however long: what a limit of so many weeks of pain is held against.

`onset` answers the opposite question (whether a complaint is too young) and keeps silent where it is called chronic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.rules.onset import is_onset
from praxigen.reading.times import TimeMention

_PLACES = frozenset({"history", "opening", "indications", "assessment", "other", "diagnosis", "past_medical"})
_PAIN = ("symptom.axial_pain", "symptom.limb_pain", "symptom.radicular", "symptom.neuropathic_pain", "symptom.pain")
_SINCE = Pattern(r"\b(?:pain\w*|ache\w*|sciatica|lbp|symptoms?)\b[^.;]{0,60}$", re.IGNORECASE)
_RIGHT_AFTER = Pattern(r"\b(?:pain|ache|sciatica|lbp|symptoms?)\W*$", re.IGNORECASE)
_OTHER_SUBJECT = Pattern(
    r"\b(?:surgery|fusion|laminectomy|operation|injection|relief|better|improv\w+|pain[- ]free|taking|medication\w*"
    r"|therapy|worked|retired|married|disabled|implant\w*|stimulator)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_OVER = Pattern(r"\b(?:resolved|no longer|pain[- ]free|used to|formerly|subsided|gone|went away)\b", re.IGNORECASE)
_LOW_BACK = frozenset({"lbp", "clbp", "lumbago", "sciatica"})
_DENYING = (State.ABSENT, State.HYPOTHETICAL, State.CLAIMED, State.POSSIBLE, State.DENIED)


def pain_course_facts(context: Context) -> Iterator[Fact]:
    """Facts about how long a pain has lasted that is there now, with the region of the spine that hurts."""
    for sentence in context.page.telling:
        if sentence.section.kind not in _PLACES or sentence.general or sentence.claim:
            continue
        pains = [c for c in sentence.concepts if c.name in _PAIN]
        if not pains or _OVER.search(context.text, sentence.start, sentence.end):
            continue
        for time in context.times(sentence):
            pain = _nearest(context, pains, time)
            sense = context.sense(pain, sentence)
            if time.duration is None or sense.state in _DENYING or sense.who is Who.OTHER:
                continue
            if is_onset(context, sentence, time) or _since(context, sentence, time) or _times(context, sentence, time):
                yield _course(context, sentence, pain, time)


def _nearest(context: Context, pains: list[Mention], time: TimeMention) -> Mention:
    """The pain that an expression of time speaks of: the last one named before it, else the first one after it."""
    before = [pain for pain in pains if context.end(pain) <= time.start]
    return before[-1] if before else pains[0]


def _since(context: Context, sentence: Sentence, time: TimeMention) -> bool:
    """ "Low back pain since 2019": a date that the pain goes back to."""
    if time.kind != "since":
        return False
    before = context.text[sentence.start : time.start]
    return _SINCE.search(before) is not None and not _OTHER_SUBJECT.search(before)


def _times(context: Context, sentence: Sentence, time: TimeMention) -> bool:
    """ "LBP x 10 weeks": the sign that stands for "for" belongs to the length of time."""
    told = context.text[time.start : time.end]
    return (
        told.startswith(("x", "X", "×")) and _RIGHT_AFTER.search(context.text[sentence.start : time.start]) is not None
    )


def _course(context: Context, sentence: Sentence, pain: Mention, time: TimeMention) -> Fact:
    qualities = {key: value for key, value in context.site(pain, sentence).items() if key == "region"}
    if "region" not in qualities and _LOW_BACK.intersection(context.tokens.words[pain.first : pain.last]):
        qualities["region"] = ("lumbar",)
    return context.fact(
        "pain.course",
        State.PRESENT,
        sentence,
        pain,
        "pain.course",
        qualities=qualities,
        duration=time.duration,
        basis=(context.quote_span(time.start, time.end),),
    )
