"""Treatments that were given to a patient who still has the pain."""

from __future__ import annotations

import re

from praxigen.model.document import Quote
from praxigen.model.fact import State, Who
from praxigen.reading.context import Context
from praxigen.reading.patterns import Pattern
from praxigen.reading.treatments.course import BODY_OTHER, Course


def persisting(context: Context, courses: list[Course]) -> None:
    """A treatment that was given, while the patient still has the pain, has not been enough."""
    quote = _current_pain(context)
    if quote is None or not context.spine_is_the_problem:
        return
    for course in courses:
        if course.outcome is None and course.state in (State.DONE, State.PRESENT) and _could_have_helped(course):
            course.qualities["outcome"] = ("persisting",)
            course.basis.append(quote)


_SPINE_PAINS = (
    "symptom.radicular",
    "symptom.axial_pain",
    "symptom.neurogenic",
    "diagnosis.fbss",
    "diagnosis.crps",
    "diagnosis.stenosis",
    "symptom.neuropathic",
)

_FOR_PAIN = (
    "treatment.nsaid",
    "treatment.opioid",
    "treatment.analgesic",
    "treatment.muscle_relaxant",
    "treatment.topical",
    "treatment.physical_therapy",
    "treatment.chiropractic",
    "treatment.epidural_injection",
    "treatment.facet_procedure",
    "treatment.injection",
    "treatment.other_injection",
    "treatment.home_exercise",
    "treatment.exercise",
    "treatment.tens",
    "treatment.acupuncture",
    "treatment.massage",
    "treatment.brace",
)

_FOR_NERVES = (
    "treatment.anticonvulsant",
    "treatment.antidepressant",
    "treatment.tricyclic",
    "treatment.serotonergic",
    "treatment.oral_steroid",
    "treatment.medication",
)

_AT_ONCE = Pattern(
    r"\breceived (?:\w+ ){0,2}(?:morphine|toradol|ketorolac|dilaudid|fentanyl|demerol|hydromorphone)\b"
    r"|\b\d{1,2}:\d{2}\b|\b(?:one|single|1) dose\b|\bintravenous|\bIV\b|\bin the (?:ED|ER|emergency)"
    r"|\binjected\b|\bwas infiltrated|\bexplain",
    re.IGNORECASE,
)


def _could_have_helped(course: Course) -> bool:
    """Whether the pain that is still there says that this treatment was not enough.

    A medicine that is also given for other things counts only where the note ties it to pain; a single dose, or what is
    being done in this very visit, has not had its chance.
    """
    sentence = course.sentence
    text = sentence.text
    if _AT_ONCE.search(text) or course.qualities.get("region") == (BODY_OTHER,):
        return False
    if sentence.section.kind == "medications" and "pain" not in text.lower():
        return False
    if course.mention.name in _FOR_PAIN:
        return True
    if course.mention.name not in _FOR_NERVES:
        return False
    tied = any(c.name.startswith("symptom.") for c in sentence.concepts) or "pain" in text.lower()
    return tied or (
        sentence.section.kind in ("history", "opening", "prior_treatment") and course.rule.startswith("cue.")
    )


def _current_pain(context: Context) -> Quote | None:
    for sentence in context.page.sentences:
        if sentence.section.kind in (
            "family",
            "past_medical",
            "past_surgical",
            "ros",
            "education",
            "plan",
            "goals",
            "operation",
            "consent",
            "allergies",
            "social",
        ):
            continue
        for mention in sentence.concepts:
            if not mention.name.startswith(_SPINE_PAINS):
                continue
            sense = context.sense(mention, sentence)
            if sense.who is Who.PATIENT and sense.state not in (
                State.ABSENT,
                State.POSSIBLE,
                State.HYPOTHETICAL,
                State.CLAIMED,
            ):
                site = context.site(mention, sentence)
                if site.get("region") != (BODY_OTHER,):
                    return context.quote(sentence, mention.first, mention.last)
    return None
