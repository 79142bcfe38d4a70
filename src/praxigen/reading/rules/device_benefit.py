"""Whether an implanted stimulator has worked well for the patient; what a trial did is told by `trials`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern
from praxigen.reading.rules.relief import relief_in
from praxigen.reading.rules.trials import is_trial_report

_PLACES = frozenset({"history", "opening", "assessment", "indications", "other", "diagnosis", "prior_treatment"})
_WELL = Pattern(
    r"\b(?:(?:works|worked|working|functioned|functioning) (?:very )?well|(?:controls?|controlled|controlling|relieves?"
    r"|relieved) (?:\w+ ){0,4}pain\b|(?:good|excellent|great|very good|significant|substantial|consistent|adequate)"
    r" (?:pain )?(?:relief|control|coverage)|(?:has|had) helped|does well with|doing well with|very happy with)\b",
    re.IGNORECASE,
)
_NOT_WELL = Pattern(
    r"\b(?:never|not|n't|no|without|failed to|stopped|little|minimal|poor|lost|loss of)\b[^.;,]{0,30}"
    r"\b(?:work\w*|help\w*|reliev\w*|relief|control\w*|benefit|function\w*)\b"
    r"|\bnever (?:really )?did (?:much|anything|a thing|any good)\b",
    re.IGNORECASE,
)
# Without any relief from the first day on; "it stopped helping" tells of relief before.
_NEVER = Pattern(
    r"\b(?:never (?:really |once )?(?:did (?:much|anything|a thing|any good)|helped|worked|relieved|gave|provided"
    r"|brought|reduced)"
    r"|(?:has |have |had )?(?:given|gave|provided|brought)(?: (?:him|her|them|the patient))? no (?:\w+ ){0,2}?(?:relief"
    r"|benefit|help)(?: at all| whatsoever| ever)\b)",
    re.IGNORECASE,
)
_TRIAL = Pattern(r"\btrial\b", re.IGNORECASE)
_AHEAD = Pattern(r"\b(?:will|would|if|hop\w+|expect\w*|should|might|wants?|interested|consider\w*)\b", re.IGNORECASE)
_HALF = 50  # percent of relief from which an implant is said to have worked well without other words


def device_benefit_facts(context: Context) -> Iterator[Fact]:
    """Facts about the good that an implanted stimulator did, from its sentence and the one after it."""
    if "device.scs" not in context.page.names or is_trial_report(context):
        return
    named: Sentence | None = None
    for sentence in context.page.sentences:
        if sentence.section.kind not in _PLACES or sentence.general or sentence.claim:
            continue
        device = next((c for c in sentence.concepts if c.name == "device.scs"), None)
        text = sentence.text
        if device is not None:
            named = sentence
        elif named is None or sentence.index - named.index > 1 or not _GOES_ON.search(text):
            continue
        if _TRIAL.search(text) or (device is not None and context.sense(device, sentence).who is Who.OTHER):
            named = None
            continue
        state, start, end = _benefit(text)
        if state is not None:
            mention = mention_at(context.page, sentence, sentence.start + start, sentence.start + end)
            qualities: dict[str, tuple[str, ...]] = {}
            if state is State.ABSENT and _NEVER.search(text):
                qualities["ever"] = ("never",)
            yield context.fact("device.benefit", state, sentence, mention, "device.benefit", qualities=qualities)


_GOES_ON = Pattern(r"\A\W*(?:it|this)\b|\b(?:the|her|his|this) (?:device|stimulator|system|unit|ipg)\b", re.IGNORECASE)


def _benefit(text: str) -> tuple[State | None, int, int]:
    """Whether a sentence tells of benefit (present), of none (absent) or of neither, and where."""
    if _AHEAD.search(text):
        return None, 0, 0
    bad, good = _NOT_WELL.search(text), _WELL.search(text)
    if good is not None and (bad is None or good.start() < bad.start()):
        return State.PRESENT, good.start(), good.end()  # "worked well until May, when it stopped helping"
    if bad is not None:
        return State.ABSENT, bad.start(), bad.end()
    relief = relief_in(text)
    if relief is not None and relief.quantity.low is not None and relief.quantity.low >= _HALF:
        return State.PRESENT, relief.start, relief.end
    return None, 0, 0
