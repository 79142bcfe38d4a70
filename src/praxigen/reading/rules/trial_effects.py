"""What a stimulator trial did besides relieving pain: what the patient could do, and how much less medicine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from praxigen.model.amount import Quantity
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence, mention_at
from praxigen.reading.patterns import Pattern
from praxigen.reading.rules.trials import TRIAL_DONE, TRIAL_PLACES, is_trial_report, may_tell_of_a_trial

_REACH = 3  # sentences after the one that names the trial
_FUNCTION = (
    r"(?:function\w*|adls?|activit(?:y|ies)(?: of daily living)?|walk\w*|stand(?:ing)?|sit(?:ting)?|mobility|ambulat\w+"
    r"|chores|house(?:work|hold)|stairs|exercis\w+|cook\w*|garden\w*|driv(?:e|ing)|work|oswestry|odi|mow\w*"
    r"|shopp\w+|errands|dress\w*|shower\w*)"
)
_GAIN = (
    r"(?:improv\w*|increas\w*|better|longer|farther|further|more|able to|could|doubled|tripled|return(?:ed)? to"
    r"|resumed?"
    r"|resuming|gains?|went from|greater|first time in)"
)
_GAINED = Pattern(rf"\b{_FUNCTION}\b[^.;]{{0,45}}?\b{_GAIN}\b|\b{_GAIN}\b[^.;]{{0,45}}?\b{_FUNCTION}\b", re.IGNORECASE)
_NO_GAIN = Pattern(
    rf"\b(?:no|not|n't|without|unable|denie[sd]|neither|never|little|minimal|lack of|nor|cannot"
    rf"|failed to)\b[^.;]{{0,40}}"
    rf"\b(?:{_GAIN}|change|difference|benefit|progress)\b[^.;]{{0,45}}\b{_FUNCTION}\b"
    rf"|\b{_FUNCTION}\b[^.;]{{0,30}}\b(?:unchanged|no (?:better|change|different|improvement)|(?:did|was|were|is"
    rf"|has|have)"
    r" ?(?:not|n't)|the same|worse\w*|declin\w+|decreas\w*|limited|difficult)\b"
    rf"|\b(?:no|not|n't|without|unable|never|nor|cannot)\b[^.;,]{{0,30}}\b{_FUNCTION}\b",
    re.IGNORECASE,
)
_AIM = Pattern(
    r"\b(?:goals?|hop(?:es?|ing)|expect\w*|would|if|want\w*|wish\w*|in order to|aim\w*|criteri\w+|success is|defined"
    r"|required?|must|should|will)\b",
    re.IGNORECASE,
)
_MEDICINE = (
    r"(?:analgesics?|opioids?|opiates?|narcotics?|pain (?:medication|medicine|med|pill)s?|medications?|mme|med use"
    r"|oxycodone|percocet|hydrocodone|norco|tramadol|morphine|oxycontin|hydromorphone|dilaudid|tapentadol|nucynta"
    r"|methadone|fentanyl|buprenorphine|gabapentin|pregabalin)"
)
_LESS = r"(?:reduc\w*|decreas\w*|cut|lower\w*|less|taper\w*|drop\w*|fell|down)"
_BY_PERCENT = (
    Pattern(
        rf"\b{_MEDICINE}\b[^.;%]{{0,45}}?\b{_LESS}\b[^.;%\d]{{0,20}}(?P<more>at least |more than |over |> ?)?"
        r"(?P<percent>\d{1,3})\s*(?:%|percent\b)",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b{_LESS}\b[^.;%\d]{{0,15}}\b{_MEDICINE}\b[^.;%\d]{{0,30}}?\bby (?P<more>at least |more than |over |> ?)?"
        r"(?P<percent>\d{1,3})\s*(?:%|percent\b)",
        re.IGNORECASE,
    ),
    Pattern(
        rf"(?P<more>at least |more than |over |> ?)?\b(?P<percent>\d{{1,3}})\s*(?:%|percent)\s*(?:{_LESS}|reduction"
        rf"|decrease)"
        rf"(?: in| of)?(?: (?:his|her|the|their|daily|use of|overall|total))* {_MEDICINE}\b",
        re.IGNORECASE,
    ),
)
_BY_HALF = Pattern(
    rf"\b(?:{_LESS}|halv\w+)\b[^.;\d]{{0,20}}\b{_MEDICINE}\b[^.;\d]{{0,20}}\b(?:in|by)(?: more than| over)? half\b"
    rf"|\b{_MEDICINE}\b[^.;\d]{{0,30}}\b(?:{_LESS}\b[^.;\d]{{0,12}}\b(?:in|by) half|halved)\b"
    rf"|\bhalved\b[^.;\d]{{0,12}}\b{_MEDICINE}\b",
    re.IGNORECASE,
)
_FROM_TO = Pattern(
    rf"\b{_MEDICINE}\b[^.;]{{0,40}}?\bfrom (?P<before>\d{{1,4}}(?:\.\d+)?)\s*(?P<unit>mme|mg|tab\w*|pills?)?"
    r"(?:\s*(?:/|per |a )\s*d(?:ay)?\b| daily)?\s*(?:to|down to)\s*(?P<after>\d{1,4}(?:\.\d+)?)\s*(?P<other>mme|mg"
    r"|tab\w*"
    r"|pills?)?",
    re.IGNORECASE,
)
_STOPPED = Pattern(
    r"\b(?:stopped|discontinued|off|took no|needed no|required no|did not (?:need|take|require|use)|no longer (?:needed"
    r"|needs|takes|taking|required))\s+(?:taking |using |all |any |of |her |his |the |all of (?:her |his ))*"
    r"(?:opioids?|opiates?|narcotics?|analgesics?|pain (?:medications?|medicines?|meds|pills))\b",
    re.IGNORECASE,
)
_STILL_TAKES = Pattern(r"\b(?:still|continue[sd]?|except|other than|only|but)\b", re.IGNORECASE)
_NO_REDUCTION = Pattern(
    rf"\b(?:no|not|without|n't|never|neither)\b[^.;]{{0,25}}\b{_LESS}\b[^.;]{{0,25}}\b{_MEDICINE}\b"
    rf"|\b{_MEDICINE}\b[^.;]{{0,25}}\b(?:unchanged|no change|the same|(?:did|was|were|has|have) ?(?:not|n't) {_LESS})",
    re.IGNORECASE,
)
_OTHER_REASON = Pattern(
    r"\b(?:because of|due to|owing to|for) (?:\w+ ){0,2}?(?:side effects?|sedation|nausea|constipation|dizziness"
    r"|drowsiness"
    r"|cost|insurance|surgery|intolerance|policy|guidelines?)\b",
    re.IGNORECASE,
)
_RAN = Pattern(r"\btrial (?:ran|went|took place)\b|\b(?:last (?:week|month)|(?:days|weeks) ago)\b", re.IGNORECASE)
_ONLY_TALK = Pattern(
    r"\b(?:recommend\w*|discuss\w*|schedul\w*|plan\w*|refer\w*|request\w*|denied|approv\w*|authori[sz]\w*|offer\w*"
    r"|consider\w*|cancel\w*|postpon\w*|ordered|talk\w*)\b",
    re.IGNORECASE,
)
_NOT_YET = (State.PLANNED, State.DECLINED, State.DENIED, State.ABSENT, State.POSSIBLE)
_BY_PART = Pattern(
    rf"\b{_MEDICINE}\b[^.;\d]{{0,25}}\b{_LESS}\b[^.;\d]{{0,12}}\bby (?P<part>a third|a quarter|two thirds"
    r"|three quarters)\b",
    re.IGNORECASE,
)
_PARTS = {"a third": 33, "a quarter": 25, "two thirds": 66, "three quarters": 75}
_WHOLE = Fraction(100)


def trial_effect_facts(context: Context) -> Iterator[Fact]:
    """Facts about function and about medicine during a stimulator trial that took place."""
    for sentence, mention in _told_of_a_trial(context):
        text = sentence.text
        if _AIM.search(text):
            continue
        yield from _function(context, sentence, text)
        yield from _medicine(context, sentence, mention, text)


def _has_trial_section(context: Context) -> bool:
    return any(section.kind == "trial" for section in context.page.sections)


def _told_of_a_trial(context: Context) -> Iterator[tuple[Sentence, Mention]]:
    """The sentences that tell of a trial that was done, and the few after each under the same heading."""
    opener: Sentence | None = None
    report = is_trial_report(context)
    if not report and "trial.scs" not in context.page.names and not _has_trial_section(context):
        return
    for sentence in context.page.sentences:
        kind = sentence.section.kind
        if kind in ("education", "family", "consent", "allergies", "goals") or sentence.general or sentence.claim:
            continue
        text = sentence.text
        named = [c for c in sentence.concepts if c.name in ("trial.scs", "device.scs")]
        mention = named[0] if named else Mention("trial.scs", "concept", sentence.first, sentence.last, {})
        if any(c.name == "trial.scs" for c in named) or kind == "trial":
            told = may_tell_of_a_trial(context, sentence, mention, text) and TRIAL_DONE.search(text) is not None
            talk = context.sense(mention, sentence).state in _NOT_YET and _ONLY_TALK.search(text) is not None
            done = (told and not talk) or _took_place(context, sentence, mention, text)
            opener = sentence if done or (kind == "trial" and opener is not None) else None
        elif report and kind in TRIAL_PLACES:
            opener = opener or sentence
        if opener is None:
            continue
        near = opener.section is sentence.section and sentence.index - opener.index <= _REACH
        if not near and not (report and kind in TRIAL_PLACES):
            continue
        if sentence is not opener and not may_tell_of_a_trial(context, sentence, mention, text):
            continue
        if _of_another_treatment(sentence, named):
            opener = None  # what follows belongs to the other treatment
            continue
        yield sentence, mention


def _took_place(context: Context, sentence: Sentence, mention: Mention, text: str) -> bool:
    """ "Trial of spinal cord stimulation last week": the time alone says that it happened."""
    sense = context.sense(mention, sentence)
    happened = sense.state in (None, State.DONE, State.PAST) and sense.who is Who.PATIENT
    if not happened or sentence.section.kind == "plan" or _ONLY_TALK.search(text):
        return False
    return _RAN.search(text) is not None


def _of_another_treatment(sentence: Sentence, named: list[Mention]) -> bool:
    """Whether the sentence speaks of therapy or injections instead of the trial; medicine may stand beside it."""
    return not named and any(
        c.name.startswith("treatment.") and not c.name.startswith(_MEDICINES) for c in sentence.concepts
    )


_MEDICINES = (
    "treatment.medic",
    "treatment.analgesic",
    "treatment.opioid",
    "treatment.nsaid",
    "treatment.anticonvulsant",
    "treatment.antidepressant",
    "treatment.muscle_relaxant",
)


def _function(context: Context, sentence: Sentence, text: str) -> Iterator[Fact]:
    lost = _NO_GAIN.search(text)
    gained = _GAINED.search(text)
    found = lost or gained
    if found is None:
        return
    mention = mention_at(context.page, sentence, sentence.start + found.start(), sentence.start + found.end())
    yield context.fact(
        "trial.function",
        State.ABSENT if lost else State.DONE,  # so that a gain and no gain in one chart are a conflict
        sentence,
        mention,
        "trial.function",
        qualities={"outcome": ("none" if lost else "good",)},
    )


def _medicine(context: Context, sentence: Sentence, mention: Mention, text: str) -> Iterator[Fact]:
    found = _reduction(text)
    if found is None:
        return
    yield context.fact("trial.analgesic_reduction", State.DONE, sentence, mention, "trial.analgesics", quantity=found)


def _reduction(text: str) -> Quantity | None:
    """By how much pain medicine fell, in percent; None where the sentence does not say."""
    if _OTHER_REASON.search(text):
        return None
    if _NO_REDUCTION.search(text):
        return Quantity(Fraction(0), Fraction(0), "%")
    for pattern in _BY_PERCENT:
        match = pattern.search(text)
        if match is not None and int(match.group("percent")) <= _WHOLE:
            percent = Fraction(match.group("percent"))
            return Quantity(percent, None if match.group("more") else percent, "%")
    if _BY_HALF.search(text):
        return Quantity(Fraction(50), Fraction(50), "%")
    part = _BY_PART.search(text)
    if part is not None:
        percent = Fraction(_PARTS[part.group("part").lower()])
        return Quantity(percent, percent, "%")
    match = _FROM_TO.search(text)
    if match is not None and _same_unit(match.group("unit"), match.group("other")):
        before, after = Fraction(match.group("before")), Fraction(match.group("after"))
        if before > 0 and after <= before:
            percent = (before - after) / before * 100
            return Quantity(percent, percent, "%")
    if _STOPPED.search(text) and not _STILL_TAKES.search(text):
        return Quantity(_WHOLE, _WHOLE, "%")
    return None


def _same_unit(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one[:3].lower() == other[:3].lower()
