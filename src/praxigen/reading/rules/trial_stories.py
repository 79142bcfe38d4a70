"""A stimulator trial told as a story: leads in, days, scores, leads out, and what was made of it.

`trials` reads the sentences that name the trial or its relief. A story spreads over several: the one that pulls the
leads, the one with the score, the one with the verdict. Here the last two are tied to the first, as long as no other
treatment comes between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from praxigen.model.amount import Quantity
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern
from praxigen.reading.rules.relief import relief_in
from praxigen.reading.rules.relief_told import told_relief
from praxigen.reading.rules.trials import may_tell_of_a_trial

_REACH = 5  # sentences after the one that tells of the trial
_SKIPPED = frozenset({"education", "family", "consent", "allergies", "plan", "goals", "past_medical"})
# What happens to a trial only once it takes place.
_TOOK_PLACE = Pattern(
    r"\b(?:(?:leads?|wires|octrodes?|electrodes) (?:\w+ ){0,3}?(?:came|come|were|was|are|have been) (?:\w+ )?(?:out"
    r"|pulled|removed"
    r"|taken|placed|inserted|positioned|in\b)|(?:pulled|removed|withdrew|took out|taken out|placed|inserted"
    r"|positioned) (?:\w+ )"
    r"{0,4}?(?:leads?|wires|octrodes?|electrodes)\b|(?:removal|explant\w*) of (?:\w+ ){0,3}?(?:leads?|wires|electrodes)"
    r"|(?:stimulator|leads?|stim|system) out (?:today|yesterday|on|after)|lead (?:pull|removal)|(?:during|throughout"
    r"|over|after|following|completed|underwent|finished"
    r"|ended) (?:\w+ ){0,5}?trial\b"
    r"|(?:put|placed|slid|threaded) (?:the |two |both |his |her |one )?(?:leads?|wires|electrodes) in\b"
    r"|leads? (?:\w+ ){0,3}?(?:shifted|migrated|moved|slipped|drifted)|took (?:them|the leads|the wires|both) out"
    r"|\b\w+[- ](?:day|week) trial\b|trial (?:was|lasted|ran|ended|began|started|gave|went|of \w+ days)"
    r"|had (?:\w+ ){0,6}?trial\b"
    r"|with (?:the|his|her) (?:stim\w*|device|trial \w+|leads?|unit|generator) (?:on|in|running|turned on)"
    r"|(?:week|days) (?:with|on) the (?:stim\w*|device|trial))\b",
    re.IGNORECASE,
)
_NOT_YET = Pattern(
    r"\b(?:will|plan\w*|schedul\w*|candidate|request\w*|recommend\w*|propos\w*|consider\w*|would|if|awaiting|pending"
    r"|explain\w*"
    r"|on the books|upcoming|neighbor|friend|cousin|read about|permanent (?:\w+ )?leads?|pacemaker|defibrillator|ECG"
    r"|EKG|EMG"
    r"|sacral|peripheral nerve|bladder|vagus|deep brain|aborted|abandoned|could not be (?:entered|placed|advanced))\b",
    re.IGNORECASE,
)
# A device that is worn for good: its leads may move as well.
_WORN = Pattern(r"\b(?:implanted|IPG|generator|battery|permanent|for \w+ years|since (?:19|20)\d\d)\b", re.IGNORECASE)
_FELT = Pattern(r"\b(?:buzz\w*|tingl\w+|paresthesia|re-?\s?program\w*|stimulation)\b", re.IGNORECASE)
_LEADS = Pattern(r"\b(?:stim\w*|scs|trial|leads?|octrodes?|electrodes|dorsal column|neuromodulation)\b", re.IGNORECASE)
_NO_SUCCESS = Pattern(
    r"\b(?:(?:was|is|were|has been)(?: \w+){0,2}? (?:not|n't) (?:a |been (?:a )?)?(?:\w+ )?(?:success\w*|adequate\b"
    r"|helpful|satisf\w+)"
    r"|(?:wasn't|isn't|weren't) (?:a |an )?(?:\w+ )?(?:success\w*|helpful)"
    r"|(?:was|is|as|it|called it|count(?:ed|s) (?:it|this) (?:as )?) an? (?:\w+ )?(?:failure|failed (?:trial|test)"
    r"|disappointment)"
    r"|where (?:it|she|he|they|the pain) (?:had )?(?:started|began|was before|left off)"
    r"|no (?:different|better) (?:than|from|to) (?:before|without|baseline)"
    r"|(?:could|did|can|does) ?(?:not|n't) (?:tell|feel|notice) (?:\w+ )?(?:difference|change|benefit|improvement)"
    r"|(?:made|makes|with) (?:no|little|hardly any) (?:\w+ )?(?:difference|dent|impression)"
    r"|(?:does|did|do) ?(?:not|n't) (?:think|feel|believe) (?:that )?(?:it|this) (?:is|was|would be) worth"
    r"|never (?:reached|got to|touched|covered) (?:the|his|her) (?:\w+ )?(?:pain|leg|legs|foot|feet|back|arm|hand"
    r"|calf|buttock)"
    r"|(?:fell|falls|came up|stayed) (?:well )?short|short of (?:the )?(?:half|50|fifty|our|goal)"
    r"|but\b[^.;]{0,30}\bpain (?:was|stayed|remained) (?:exactly |just |about )?(?:the same|no different)"
    r"|did (?:nothing|little|not much) for (?:the|his|her|my) (?:\w+ )?(?:leg|legs|pain|foot|feet|back|arm|hand"
    r"|buttock|sciatica)"
    r"|(?:less|not even|not quite) than half|not even half)\b",
    re.IGNORECASE,
)


def trial_story_facts(context: Context) -> Iterator[Fact]:
    """Facts about a trial from the sentences after the one that tells that it took place."""
    told = context.page.where(_TOOK_PLACE)
    for opening in told:
        if opening.section.kind in _SKIPPED or opening.general or opening.claim or not _may_open(context, opening):
            continue
        yield from _story(context, opening)


def _may_open(context: Context, sentence: Sentence) -> bool:
    text = sentence.text
    if not _TOOK_PLACE.search(text) or not _LEADS.search(text) or _NOT_YET.search(text):
        return False
    if not _speaks_of_stimulation(context) or _WORN.search(text):
        return False
    mention = mention_at(context.page, sentence, sentence.start, sentence.end, "trial.scs")
    if any(
        cue.name == "before.other_person" or (cue.name == "before.hypothetical" and cue.first == sentence.first)
        for cue in sentence.cues
    ):
        return False
    return may_tell_of_a_trial(context, sentence, mention, text)


def _speaks_of_stimulation(context: Context) -> bool:
    named = {"device.scs", "trial.scs", "device.implant"} & context.page.names
    return bool(named) or _FELT.search(context.text) is not None


def _story(context: Context, opening: Sentence) -> Iterator[Fact]:
    sentences = context.page.sentences[opening.index : opening.index + _REACH + 1]
    for at, sentence in enumerate(sentences):
        if (
            sentence.section is not opening.section
            or sentence.general
            or sentence.claim
            or _turns_away(sentence, opening)
        ):
            return
        following = sentences[at + 1] if at + 1 < len(sentences) else None
        yield from _relief(context, sentence, following, after=at == 1)
        bad = _NO_SUCCESS.search(sentence.text)
        if bad is not None and not _NOT_YET.search(sentence.text):
            yield _fact(context, sentence, sentence.start + bad.start(), sentence.start + bad.end(), outcome="none")


def _turns_away(sentence: Sentence, opening: Sentence) -> bool:
    """Whether a sentence speaks of another treatment, or of another person."""
    if sentence is opening:
        return False
    if any(cue.name == "before.other_person" for cue in sentence.cues) and "trial" in sentence.text:
        return True
    return any(c.name in _OTHER_CARE for c in sentence.concepts) and not _LEADS.search(sentence.text)


_OTHER_CARE = frozenset(
    {
        "treatment.physical_therapy",
        "treatment.epidural_injection",
        "treatment.facet_procedure",
        "treatment.injection",
        "treatment.other_injection",
        "treatment.chiropractic",
        "surgery.spine",
    }
)


def _told_first(context: Context, sentence: Sentence) -> tuple[Fraction, int, int, bool] | None:
    """Relief that a sentence right after the end of the trial begins with, whatever medicine it names later."""
    relief = relief_in(sentence.text)
    if relief is None or relief.quantity.low is None or relief.quantity.low != relief.quantity.high:
        return None
    cared = [context.start(c) - sentence.start for c in sentence.concepts if c.name.startswith("treatment.")]
    if not cared or relief.start > min(cared) or relief.start > _AT_ONCE:
        return None
    return relief.quantity.low, relief.start, relief.end, False


_AT_ONCE = 40  # characters


def _relief(context: Context, sentence: Sentence, following: Sentence | None, *, after: bool) -> Iterator[Fact]:
    end = sentence.end
    told = told_relief(sentence.text) or (_told_first(context, sentence) if after else None)
    if told is None and following is not None and following.section is sentence.section and not following.general:
        end = following.end
        told = told_relief(context.text[sentence.start : end])
    if told is None:
        return
    percent, first, last, least = told
    quantity = Quantity(percent, None if least else percent, "%")
    yield _fact(context, sentence, sentence.start + first, sentence.start + last, quantity=quantity)


def _fact(
    context: Context,
    sentence: Sentence,
    start: int,
    end: int,
    *,
    outcome: str | None = None,
    quantity: Quantity | None = None,
) -> Fact:
    mention = mention_at(context.page, sentence, start, end, "trial.scs")
    return context.fact(
        "trial.scs",
        State.DONE,
        sentence,
        mention,
        "trial.story" if quantity is not None else "trial.verdict",
        who=Who.PATIENT,
        qualities={"outcome": (outcome,)} if outcome else {},
        quantity=quantity,
        quote=context.quote_span(start, end),
    )
