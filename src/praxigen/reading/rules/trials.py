"""Stimulator trials: done or only planned, how long, and how much relief they gave."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.amount import Duration
from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.rules.relief import Relief, relief_in

_FAILED_TRIAL = Pattern(
    r"\b(?:fail\w*(?! (?:back|neck|spin|surg|conserv|pt\b|physical|medic|multiple|all\b|other|nerve))"
    r"|did nothing|nil response|unsuccessful|not successful|failure|did not do anything|no (?:relief"
    r"|benefit|improvement"
    r"|significant|meaningful)|without (?:relief|benefit|improvement)|inadequate|did not (?:help|provide"
    r"|achieve|work|get|obtain|have)|minimal (?:relief|benefit|improvement)|little (?:relief|benefit)"
    r"|insufficient)\b",
    re.IGNORECASE,
)

_GOOD_TRIAL = Pattern(
    r"\b(?:successful|success|excellent|great|significant|good|substantial|dramatic)\b", re.IGNORECASE
)

_LONGEST_QUOTE = 200

_OTHER_STIMULATOR = Pattern(
    r"\btranscutaneous|\bperoneal|\bbone (?:growth )?stimulator|\b(?:intrathecal|pump|peripheral nerve"
    r"|sacral|vagus|deep brain)"
    r"(?: \w+)? (?:trial|stimulat\w+)",
    re.IGNORECASE,
)

_DEVICE_WORD = Pattern(r"\b(?:device|stimulator|system|stim|leads?)\b", re.IGNORECASE)

# What a share of relief in the same clause may belong to instead.
_OTHER_THERAPY = Pattern(
    r"\b(?:caudal|radiofrequency|rhizotom\w+|ablations?|RFA|blocks?|MBBs?|epidurals?|ESIs?|injections?"
    r"|shots?|TENS|pump|intrathecal"
    r"|medications?|medicines?|opioids?|gabapentin|pregabalin|lyrica|oxycodone|hydrocodone|tramadol"
    r"|methadone|morphine|peripheral"
    r"|sacral|therapy|PT|chiropract\w+|acupuncture|surgery|fusion|laminectomy|discectomy)\b",
    re.IGNORECASE,
)
_STIMULATION = Pattern(
    r"\b(?:scs|stim\w*|spinal cord|dorsal column|leads?|device|(?<!pump )(?<!intrathecal )trial)\b", re.IGNORECASE
)
_CLAUSE_ENDS = Pattern(r"[;.](?=\s)|\bbut\b|\bwhile\b|\bwhereas\b", re.IGNORECASE)


def _of_another_therapy(text: str, relief: Relief) -> bool:
    """Whether the clause that tells of relief names another therapy and not the stimulator."""
    start = max((m.end() for m in _CLAUSE_ENDS.finditer(text, 0, relief.start)), default=0)
    end = next((m.start() for m in _CLAUSE_ENDS.finditer(text, relief.end, len(text))), len(text))
    clause = text[start:end]
    return _OTHER_THERAPY.search(clause) is not None and _STIMULATION.search(clause) is None


_REALLY_DONE = Pattern(
    r"\b(?:underwent|completed|had|has had|relief|failed|successful|gave|leads? pulled)\b", re.IGNORECASE
)
_TRIAL_WORD = Pattern(r"\btrial\b|stimulat", re.IGNORECASE)

_TRIAL_FUTURE = Pattern(
    r"\b(?:will|plan\w*|schedul\w*|candidate|request\w*|recommend\w*|propos\w*|consider\w*|would like"
    r"|proceed with|refer\w*|discuss\w*|interested|authoriz\w*|for a |undergo|seek\w*|pursue|trial of"
    r"|evaluat\w* for|prior to|before|approval|explain\w*|pending|set for|educat\w*|brochure|read (?:that"
    r"|about)|heard|believes?"
    r"|sure|convinced)\b",
    re.IGNORECASE,
)

_SCORE_BEFORE = Pattern(r"/\s*10\s*(?:before|prior to)\b", re.IGNORECASE)  # "8/10 before the trial": it has taken place

TRIAL_DONE = Pattern(
    r"\b(?:during|underwent|completed|after|following|status[- ]post|s/p|had|leads? (?:were "
    r"|was )?(?:pulled|removed)|lead pull|relief|successful|failed|day \d|results?|gave|provided|reported"
    r"|lasted|was (?:placed|performed|done|successful)|ended|finished|of the trial|trial (?:was|gave"
    r"|provided|produced|period|ended)|previous|(?:has|have|had) come to|came to|took place|ran from)\b",
    re.IGNORECASE,
)


def trial_facts(context: Context) -> Iterator[Fact]:
    """Facts about stimulator trials that took place."""
    stimulator = any(
        c.name in ("device.scs", "device.implant", "trial.scs") and (c.name != "trial.scs" or c.last - c.first > 1)
        for s in context.page.telling
        for c in s.concepts
    ) or any(s.section.kind == "trial" for s in context.page.sentences)
    report = is_trial_report(context)
    if not stimulator and not (report and _FELT.search(context.text)):
        return
    window: Sentence | None = None
    told = False  # whether the window tells of a trial that can have taken place
    for sentence in context.page.sentences:
        kind = sentence.section.kind
        if kind in ("education", "family", "consent", "allergies") or sentence.general:
            continue
        text: str = sentence.text
        mentions = [c for c in sentence.concepts if c.name in ("trial.scs", "device.scs", "device.implant")]
        trial = [c for c in mentions if c.name == "trial.scs"] or [c for c in mentions if c.name == "device.scs"]
        if trial or kind == "trial":
            window = sentence
            told = kind == "trial" or not trial or may_tell_of_a_trial(context, sentence, trial[0], text)
        if window is None or sentence.claim or not (told or report or sentence is window):
            continue  # what follows a trial that is only planned is not about a trial
        if (
            sentence.index - window.index > 3
            and sentence.section is not window.section
            and not (report and kind in TRIAL_PLACES)
        ):
            continue
        mention = trial[0] if trial else Mention("trial.scs", "concept", sentence.first, sentence.last, {})
        if (report or _TRIAL_NAMED.search(window.text)) and kind in TRIAL_PLACES and relief_in(text) is None:
            # A log tells the score before in one sentence and the score with the device in the next.
            following = context.page.sentences[sentence.index + 1 : sentence.index + 2]
            joined = "baseline" in text.lower() or _ENTERED.search(text) is not None
            if following and following[0].section is sentence.section and joined:
                text = context.text[sentence.start : following[0].end]
        for fact in _trial(context, sentence, mention, text, named=bool(trial) or kind == "trial"):
            if report or not (_of_an_implant(window, sentence) and _is_good(fact)):
                yield fact


# What only a stimulator makes a patient feel.
_FELT = Pattern(r"\b(?:tingl\w+|buzz\w*|paresthesia coverage|re-?\s?program\w*|stim\w*|leads?)\b", re.IGNORECASE)
_IMPLANTED = Pattern(
    r"\b(?:implanted|IPG|generator|battery|since (?:its )?implant\w*|(?:for|of|over) (?:\w+ )?(?:\w+ )?years)\b",
    re.IGNORECASE,
)


def _of_an_implant(window: Sentence, sentence: Sentence) -> bool:
    """Whether words are about a device that has been worn for years, and name no trial."""
    told = f"{window.text} {sentence.text}"
    return _IMPLANTED.search(told) is not None and _TRIAL_NAMED.search(told) is None


def _is_good(fact: Fact) -> bool:
    low = fact.quantity.low if fact.quantity is not None else None
    return "good" in fact.quality("outcome") or (low is not None and low >= _HALF)


_TRIAL_NAMED = Pattern(r"\btrial", re.IGNORECASE)
_HALF = 50  # percent; less relief than that speaks against a stimulator, whoever wore it
_ENTERED = Pattern(
    r"\b(?:went in|going in|came in|before the trial)\b[^.;%]{0,30}\d\s*(?:/\s*10)?\s*\.?$", re.IGNORECASE
)
TRIAL_PLACES = frozenset({"opening", "history", "assessment", "trial", "other", "exam", "diagnosis"})


_REPORTS_TRIAL = Pattern(
    r"\b(?:trial (?:removal|end|follow|results?)|lead (?:pull|removal)|post[- ]trial|trial visit|end of trial)\b",
    re.IGNORECASE,
)


def is_trial_report(context: Context) -> bool:
    """A lead-pull or trial follow-up note speaks of the trial throughout."""
    return _REPORTS_TRIAL.may_match(context.text) and _REPORTS_TRIAL.search(context.text[:400]) is not None


def _trial(context: Context, sentence: Sentence, mention: Mention, text: str, *, named: bool) -> Iterator[Fact]:
    treatment = any(c.name.startswith("treatment.") for c in sentence.concepts)
    if (treatment and not named) or not may_tell_of_a_trial(context, sentence, mention, text):
        return
    relief = relief_in(text)
    if relief is not None and _of_another_therapy(text, relief):
        return
    outcome = None if relief else _outcome_of_trial(text, named=named, treatment=treatment)
    duration = _length_of_trial(context, sentence, text)
    if relief is None and outcome is None and not (named and duration is not None and TRIAL_DONE.search(text)):
        return
    yield context.fact(
        "trial.scs",
        State.DONE,
        sentence,
        mention,
        "trial.relief" if relief else "trial.outcome",
        qualities={"outcome": (outcome,)} if outcome else {},
        quantity=relief.quantity if relief else None,
        duration=duration,
        quote=_trial_quote(context, sentence, mention, relief, named=named) if relief else None,
    )


def may_tell_of_a_trial(context: Context, sentence: Sentence, mention: Mention, text: str) -> bool:
    """Whether a sentence can speak of a stimulator trial that took place, and not of one to come."""
    sense = context.sense(mention, sentence)
    if sense.state in (State.HYPOTHETICAL, State.CLAIMED) or sense.who is Who.OTHER or sentence.general:
        return False
    if _TRIAL_FUTURE.search(_SCORE_BEFORE.sub("", text)) and not TRIAL_DONE.search(text):
        return False
    if sentence.section.kind == "plan" and not _REALLY_DONE.search(text):
        return False
    return not (any(c.name == "treatment.tens" for c in sentence.concepts) or _OTHER_STIMULATOR.search(text))


def _outcome_of_trial(text: str, *, named: bool, treatment: bool) -> str | None:
    """What the sentence says of the trial or the device itself, not of the treatments before it."""
    failed = _FAILED_TRIAL.search(text) is not None and not treatment
    if not named:
        return "none" if failed and _DEVICE_WORD.search(text) else None
    if failed and _TRIAL_WORD.search(text):
        return "none"
    return "good" if _GOOD_TRIAL.search(text) else None


def _length_of_trial(context: Context, sentence: Sentence, text: str) -> Duration | None:
    if not _TRIAL_WORD.search(text):
        return None
    return next((time.duration for time in context.times(sentence) if time.kind in ("duration", "range")), None)


def _trial_quote(context: Context, sentence: Sentence, mention: Mention, relief: Relief, *, named: bool) -> Quote:
    if sentence.end - sentence.start <= _LONGEST_QUOTE:  # length and relief stand in one sentence: show both
        return context.quote_span(sentence.start, max(sentence.end, sentence.start + relief.end))
    end = sentence.start + relief.end
    start = min(sentence.start + relief.start, context.start(mention)) if named else sentence.start
    if end - start > _LONGEST_QUOTE:
        start = max(sentence.start, end - _LONGEST_QUOTE // 2)
    return context.quote_span(start, end)
