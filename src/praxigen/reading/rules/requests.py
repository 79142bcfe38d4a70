"""What is being asked for: waveforms, techniques and devices, and which stage of stimulation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.patterns import Pattern

_ASKED = Pattern(
    r"\b(?:plan\w*|request\w*|authoriz\w*|schedul\w*|propos\w*|proceed\w*|recommend\w*|candidate|submit\w*"
    r"|seek\w*|will|to undergo|would like|approval|wants?|pursue|intend\w*)\b",
    re.IGNORECASE,
)
_BEHIND = Pattern(
    r"\b(?:after|following|underwent|completed|during|status[- ]post|s/p|had|failed|prior|previous|last)\b[^,;]{0,25}$",
    re.IGNORECASE,
)
# "was considered but not ordered": said in so many words, this is no request.
_NOT_ORDERED = Pattern(
    r"[^.;]{0,40}?\b(?:not|never)\s+(?:been\s+)?(?:ordered|requested|prescribed|planned|pursued"
    r"|asked for)\b",
    re.IGNORECASE,
)
# "PILD was offered and she declined it", "was discussed; the patient does not want it".
_NOT_WANTED = Pattern(
    r"[^.]{0,60}?(?:\b(?:and|but|which)|;|,)\s+(?:\w+ ){0,3}?(?:declin\w+|refus\w+|(?:does|did) not (?:want|wish)"
    r"|is not interested|was not interested|turned it down|decided against)\b(?! to (?:exclude|rule out))",
    re.IGNORECASE,
)
_STAGES = {"trial.scs": "plan.scs_trial", "device.implant": "plan.scs_permanent"}
_NOT_ASKED = (State.HYPOTHETICAL, State.CLAIMED, State.DENIED, State.POSSIBLE)


def request_facts(context: Context) -> Iterator[Fact]:
    """Facts about what the note asks for. A device or technique that is named in passing counts as asked for.

    Exclusions read these facts: what a payer never covers must not be overlooked, so here doubt goes the other way.
    """
    for sentence in context.page.telling:
        kind = sentence.section.kind
        if (
            kind in ("family", "education", "consent", "allergies", "past_medical", "past_surgical", "social", "ros")
            or sentence.general
        ):
            continue
        for mention in sentence.concepts:
            concept = mention.name if mention.name.startswith("plan.") else _STAGES.get(mention.name)
            if concept is None:
                continue
            sense = context.sense(mention, sentence)
            if sense.who is Who.OTHER or sense.state in _NOT_ASKED:
                continue
            staged = concept.startswith("plan.scs_")
            before = context.text[max(sentence.start, context.start(mention) - 90) : context.start(mention)]
            if staged and (_BEHIND.search(before) or not (kind == "plan" or _ASKED.search(before))):
                continue
            state = sense.state if sense.state in (State.ABSENT, State.DECLINED, State.PAST) else State.PLANNED
            if _NOT_ORDERED.match(context.text, context.end(mention), sentence.end):
                state = State.ABSENT
            elif _NOT_WANTED.match(context.text, context.end(mention), sentence.end):
                state = State.DECLINED
            if staged and state is not State.PLANNED:
                continue
            yield context.fact(concept, state, sentence, mention, "request", qualities=context.site(mention, sentence))
