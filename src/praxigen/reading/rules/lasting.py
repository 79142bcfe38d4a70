"""How long a pain has lasted, with the limb or the part of the spine that hurts."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import mention_at
from praxigen.reading.rules.onset import PLACES, onsets

_PAINS = ("symptom.axial_pain", "symptom.limb_pain", "symptom.radicular", "symptom.si_pain", "symptom.pain")


def lasting_facts(context: Context) -> Iterator[Fact]:
    """One fact for each pain that a sentence gives a length of time to."""
    for sentence in context.page.telling:
        if sentence.section.kind not in PLACES or sentence.general or sentence.claim:
            continue
        pains = [c for c in sentence.concepts if c.name in _PAINS]
        if not pains:
            continue
        text = sentence.text
        for _, start, end, duration in onsets(context, sentence, text):
            mention = mention_at(context.page, sentence, start, end, "symptom.lasting")
            pain = min(pains, key=lambda c: (max(mention.first - c.last, c.first - mention.last), c.first))
            sense = context.sense(pain, sentence)
            if sense.state in (State.ABSENT, State.HYPOTHETICAL, State.CLAIMED, State.POSSIBLE, State.PAST):
                continue
            if sense.who is Who.OTHER:
                continue
            qualities: dict[str, tuple[str, ...]] = {}
            if pain.qualities.get("limb"):
                qualities["limb"] = (pain.qualities["limb"],)
            region = context.site(pain, sentence).get("region")
            if region:
                qualities["region"] = region
            yield context.fact(
                "symptom.lasting", State.PRESENT, sentence, mention, "lasting", qualities=qualities, duration=duration
            )
