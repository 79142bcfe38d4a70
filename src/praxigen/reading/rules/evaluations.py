"""Mental-health evaluations and stimulator trials: done or only planned, and with what result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from praxigen.model.amount import Duration, Quantity
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence

_CLEARED = re.compile(
    r"\b(?:clear(?:ed|ance (?:was |is |has been )?(?:given|granted|provided|obtained))|(?:good|appropriate"
    r"|suitable|reasonable|excellent|acceptable|favorable|adequate|low[- ]risk) (?:psychological "
    r"|surgical |psychosocial |behavioral )?(?:candidate|risk)|no (?:psychological |psychiatric "
    r"|behavioral |mental health |psychosocial |significant |current )*(?:contraindication|barrier|reason"
    r"|red flag|impediment)s?|not (?:identify|find|reveal) (?:any )?(?:contraindication|barrier)s?"
    r"|psychologically (?:cleared|stable|suitable|appropriate)|no (?:evidence of )?(?:an "
    r"|any )?(?:untreated|uncontrolled|inadequately (?:controlled|treated)|active|unmanaged"
    r"|significant)[^.;]{0,60}(?:disorder|condition|illness|psycho\w+|depression|disease|abuse|problem)"
    r"|favorable|adequately controlled|well[- ]controlled|cleared for|approved for|may proceed"
    r"|suitable for|appropriate for|supports? proceeding|without (?:psychological "
    r"|psychiatric )?contraindication|no untreated|low risk|nothing (?:was )?(?:found "
    r"|identified )?that would (?:preclude|prevent|contraindicate|interfere)|would not (?:preclude"
    r"|contraindicate|interfere)|has no (?:mental health|psychological|psychiatric"
    r"|behavioral)[^.;]{0,40}(?:issue|condition|disorder|problem|barrier|concern)|no (?:mental health"
    r"|psychological|psychiatric|behavioral)[^.;]{0,50}(?:condition|disorder|problem|issue|concern"
    r"|contraindication|barrier)|no untreated[^.;]{0,60}|in good control|no barriers?|does not have (?:an "
    r"|any )?(?:untreated|uncontrolled)|no objection|passed)\b",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"\b(?:not (?:been )?(?:cleared|recommended|appropriate|suitable|an appropriate|a suitable|a good"
    r"|an acceptable|a candidate|psychologically|ready|yet cleared|currently)|withh(?:eld|old\w*)"
    r"|defer(?:red|ral)?|poor candidate|high[- ]risk|contraindicat(?:ed|ion present)|does not (?:clear"
    r"|recommend|support)|did not (?:clear|recommend|support)|cannot (?:be cleared|clear|recommend)"
    r"|not at this time|clearance (?:was |is |has been )?(?:not|denied|postponed|deferred|withheld"
    r"|pending)|unsuitable|until|declin\w+ to clear|conditional|contingent|once (?:she|he|the|treat|stab)"
    r"|provided that|recommend(?:ed)? (?:delay|against|deferr|treatment (?:before|prior)))\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|refer\w*|schedul\w*|pending|await\w*|order\w*|recommend\w*|need\w*|plan\w*|to be"
    r"|request\w*|require\w*|obtain|set up|arrang\w*|not yet|has not|prior to|before|must|should|upcoming"
    r"|would|consider|if)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:met with|report is in|completed|underwent|was (?:seen|evaluated|cleared|performed|done"
    r"|conducted|completed|administered)|has been|dated|performed|conducted|saw|evaluated|cleared|report"
    r"|concluded|found|finds|states|administered|on \d|done|obtained|received|reviewed|showed"
    r"|were administered|scored|score|opinion|in my)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:no|not|denies|without|nor|never|absence of|free of|neither|negative for|rather than)\b[^.;:]{0,60}$",
    re.IGNORECASE,
)
_DENIED_HEAD = re.compile(
    r"\b(?:no|not|denies|without|absence of|free of|negative for|does not have|rules? out)\b[^.;:]{0,70}$",
    re.IGNORECASE,
)

_PERCENT = re.compile(
    r"(?P<more>(?:>|≥|>=|at least|more than|greater than|over|better than|in excess of"
    r"|exceed\w*)\s*)?(?P<less>(?:<|less than|under|only|below|no more than)\s*)?(?P<about>(?:about"
    r"|approximately|approx\.?|roughly|around|~|an?)\s*)?\b(?P<low>\d{1,3}(?:\.\d+)?)\s*%?\s*(?:(?:-|–"
    r"|to)\s*(?P<high>\d{1,3})\s*)?(?P<sign>%|percent\b)",
    re.IGNORECASE,
)
_RELIEF_NEAR = re.compile(
    r"\b(?:relief|reduc\w*|improve\w*|better|decreas\w*|drop\w*|less (?:\w+ ){0,2}pain|pain control"
    r"|benefit|relieved|successful)\b",
    re.IGNORECASE,
)
_NOT_RELIEF = re.compile(
    r"\b(?:coverage|overlap|paresthesia coverage|sleep|function\w*|activity|opioid|medication|analgesic"
    r"|charge|battery|ejection|disability|oswestry|odi|range|risk|amplitude|walk\w*|criteria|defined|goal"
    r"|require[sd]?|threshold|expect\w*|if)\b",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:sleep|function\w*|activit\w+|opioid\w*|medication\w*|\w+codone|morphine|tramadol|gabapentin"
    r"|dose|dosing|walking|steps?|coverage|overlap|mood|standing|appetite|range of motion|use"
    r"|intake)\b[^.;,]{0,28}$",
    re.IGNORECASE,
)
_NEVER_REACHED = re.compile(
    r"\b(?:never|not|n't|failed to|without|short of|below|did not|no more than)\b[^.;,]{0,25}$", re.IGNORECASE
)
_HALF = re.compile(
    r"\b(?:(?P<how>less than|more than|over|better than|at least|under|not even"
    r"|below)\s+)?half\b(?:\s+of)?(?:\s+(?:the|her|his|their))?\s*(?:pain |)?(?:relief|pain|reduction"
    r"|improvement|better|of (?:her|his|the) pain|as much pain)\b|\b(?:cut|reduced"
    r"|lowered) (?:\w+ ){0,3}(?:in|by) (?P<cut>half)\b",
    re.IGNORECASE,
)
_PARTS = {
    "a third": Fraction(33),
    "one third": Fraction(33),
    "two thirds": Fraction(66),
    "a quarter": Fraction(25),
    "one quarter": Fraction(25),
    "three quarters": Fraction(75),
    "three fourths": Fraction(75),
}
_PART = re.compile(
    r"\b(?P<how>at best|more than|over)?\s*(?:about |only |maybe )?(?P<part>a third|one[- ]third"
    r"|two[- ]thirds|a quarter|one[- ]quarter|three[- ]quarters|three[- ]fourths)\b(?! of (?:its|her|his"
    r"|the) (?:usual|former|previous))",
    re.IGNORECASE,
)
_SCORES = re.compile(
    r"\b(?:from|was|baseline(?: of)?"
    r"|pre-?trial)?\s*(?:an? )?(?:average )?(?:of )?(?P<before>\d{1,2}(?:\.\d)?)\s*(?:/\s*10)?[^.;%\d]{0,55}?\b(?:to|down to|during(?: the)? trial|with (?:the )?(?:stimulat\w+|trial)|on (?:the )?trial|->|→|now)\s*(?:an? )?(?:average )?(?:of )?(?:about |approximately |around )?(?P<after>\d{1,2}(?:\.\d)?)(?!\d)(?:\s*/\s*10)?(?!\s*(?:%|days|hours|weeks|am|pm|mg|:))",
    re.IGNORECASE,
)
_TWO_SCORES = re.compile(
    r"\b(?P<before>\d{1,2}(?:\.\d)?)\s*(?:/\s*10|out of (?:10|ten))\s*(?:before|prior|at baseline"
    r"|pre-?trial|baseline|without|off)\b[^.;]{0,45}?\b(?P<after>\d{1,2}(?:\.\d)?)\s*(?:/\s*10"
    r"|out of (?:10|ten))?\s*(?:with|on|during|after|at the end|now|while)\b",
    re.IGNORECASE,
)
_SCORE_WORDS = re.compile(
    r"\b(?:pain|went from|dropped from|fell from|came down from|decreased from|improved from|nrs|vas|score"
    r"|numeric|nprs|baseline|/10|average)\b|/\s*10",
    re.IGNORECASE,
)
_FAILED_TRIAL = re.compile(
    r"\b(?:fail\w*(?! (?:back|neck|spin|surg|conserv|pt\b|physical|medic|multiple|all\b|other|nerve))"
    r"|unsuccessful|not successful|failure|did not do anything|no (?:relief|benefit|improvement"
    r"|significant|meaningful)|without (?:relief|benefit|improvement)|inadequate|did not (?:help|provide"
    r"|achieve|work|get|obtain|have)|minimal (?:relief|benefit|improvement)|little (?:relief|benefit)"
    r"|insufficient)\b",
    re.IGNORECASE,
)
_GOOD_TRIAL = re.compile(
    r"\b(?:successful|success|excellent|great|significant|good|substantial|dramatic)\b", re.IGNORECASE
)
_TRIAL_FUTURE = re.compile(
    r"\b(?:will|plan\w*|schedul\w*|candidate|request\w*|recommend\w*|propos\w*|consider\w*|would like"
    r"|proceed with|refer\w*|discuss\w*|interested|authoriz\w*|for a |undergo|seek\w*|pursue|trial of"
    r"|evaluat\w* for|prior to|before|approval)\b",
    re.IGNORECASE,
)
_TRIAL_DONE = re.compile(
    r"\b(?:during|underwent|completed|after|following|status[- ]post|s/p|had|leads? (?:were "
    r"|was )?(?:pulled|removed)|lead pull|relief|successful|failed|day \d|results?|gave|provided|reported"
    r"|lasted|was (?:placed|performed|done|successful)|ended|finished|of the trial|trial (?:was|gave"
    r"|provided|produced|period|ended)|previous)\b",
    re.IGNORECASE,
)


def evaluation_facts(context: Context) -> Iterator[Fact]:
    """Facts about mental-health evaluations, uncontrolled conditions and stimulator trials."""
    yield from _psychology(context)
    yield from _trials(context)


def _psychology(context: Context) -> Iterator[Fact]:
    psych_report = _is_psychology_report(context)
    for sentence in context.page.sentences:
        kind = sentence.section.kind
        if kind in ("education", "family", "consent") or sentence.general:
            continue
        text = context.text[sentence.start : sentence.end]
        named = [c for c in sentence.concepts if c.name == "evaluation.psychological"]
        for mention in named[:2]:
            yield _evaluation(context, sentence, mention, text)
        if not named and (psych_report or _near_evaluation(context, sentence)):
            yield from _conclusion(context, sentence, text)
        for mention in sentence.concepts:
            if mention.name == "psychiatric.uncontrolled":
                yield _uncontrolled(context, sentence, mention)


def _is_psychology_report(context: Context) -> bool:
    head = context.text[:700].lower()
    count = sum(c.name == "evaluation.psychological" for s in context.page.sentences for c in s.concepts)
    return bool(
        re.search(r"psycholog|behavioral (?:health|medicine)|psychiatric evaluation|mental health eval", head)
    ) and (
        count >= 1
        and bool(
            re.search(
                r"mmpi|bdi|phq|beck|inventory|tests? administered|clinical interview|psychologist|psyd|ph\.?d|pcs\b",
                context.text,
                re.IGNORECASE,
            )
        )
    )


def _near_evaluation(context: Context, sentence: Sentence) -> bool:
    for other in context.page.sentences[max(0, sentence.index - 3) : sentence.index]:
        if other.section is sentence.section and any(c.name == "evaluation.psychological" for c in other.concepts):
            return True
    return sentence.section.kind == "psychology"


def _evaluation(context: Context, sentence: Sentence, mention: Mention, text: str) -> Fact:
    sense = context.sense(mention, sentence)
    outcome = _outcome(text)
    planned = sense.state in (
        State.PLANNED,
        State.HYPOTHETICAL,
        State.CLAIMED,
        State.DENIED,
        State.ABSENT,
        State.DECLINED,
    )
    state = sense.state or State.POSSIBLE
    if sense.state in (None, State.PAST, State.DONE) or (outcome and not planned):
        done = _HAPPENED.search(text) or outcome or sentence.section.kind == "psychology"
        ahead = _PLANNED.search(text)
        state = (
            State.DONE
            if done
            and not (
                ahead
                and not outcome
                and not re.search(
                    r"\b(?:completed|underwent|cleared|dated|was seen|was evaluated)\b", text, re.IGNORECASE
                )
            )
            else State.PLANNED
            if ahead
            else State.POSSIBLE
        )
    if sense.state is State.ABSENT and outcome == "withheld":
        state = State.DONE
    if state in (State.PLANNED, State.POSSIBLE, State.ABSENT) and re.search(
        r"\b(?:has not (?:yet )?been|not yet|pending|no psych|scheduled)\b", text, re.IGNORECASE
    ):
        outcome = None
    if (
        state is State.PLANNED
        and outcome
        and re.search(r"\b(?:was |has been |is )?(?:psychologically )?cleared\b", text, re.IGNORECASE)
        and not re.search(r"\b(?:must|to be|until|needs? to|pending|not|will|if)\b", text, re.IGNORECASE)
    ):
        state = State.DONE
    qualities: dict[str, tuple[str, ...]] = {}
    basis = []
    if state is State.DONE and outcome is None:
        outcome, quote = _following_outcome(context, sentence)
        if quote is not None:
            basis.append(quote)
    if state is State.DONE and outcome:
        qualities["outcome"] = (outcome,)
    return context.fact(
        "evaluation.psychological",
        state,
        sentence,
        mention,
        f"evaluation.{sense.rule}",
        who=sense.who,
        qualities=qualities,
        basis=basis,
    )


def _outcome(text: str) -> str | None:
    if _WITHHELD.search(text):
        return "withheld"
    return "cleared" if _CLEARED.search(text) else None


def _following_outcome(context: Context, sentence: Sentence):  # type: ignore[no-untyped-def]
    for other in context.page.sentences[sentence.index + 1 : sentence.index + 4]:
        if other.section is not sentence.section:
            break
        text = context.text[other.start : other.end]
        outcome = _outcome(text)
        if outcome and not other.claim:
            return outcome, context.quote_span(other.start, min(other.end, other.start + 190))
    return None, None


_CONCLUDES = re.compile(
    r"\b(?:stimulat\w+|scs|implant\w*|trial|candidate|clear\w*|surg\w+|procedure|contraindicat\w*|proceed\w*|device)\b",
    re.IGNORECASE,
)


def _conclusion(context: Context, sentence: Sentence, text: str) -> Iterator[Fact]:
    """In a psychologist's report the conclusion need not name the evaluation again."""
    outcome = _outcome(text)
    if outcome is None or sentence.claim or not _CONCLUDES.search(text):
        return
    if re.search(r"\b(?:refer\w* for|reason for|purpose|question|determine|whether|asked)\b", text, re.IGNORECASE):
        return
    mention = Mention("evaluation.psychological", "concept", sentence.first, sentence.last, {})
    yield context.fact("evaluation.psychological", State.DONE, sentence, mention, "evaluation.conclusion",
                       qualities={"outcome": (outcome,)}, quote=context.quote_span(sentence.start, min(sentence.end, sentence.start + 190)))  # fmt: skip


def _uncontrolled(context: Context, sentence: Sentence, mention: Mention) -> Fact:
    sense = context.sense(mention, sentence)
    before = context.text[max(sentence.start, context.start(mention) - 90) : context.start(mention)]
    state = sense.state
    if _DENIED_HEAD.search(before) or state is State.ABSENT:
        state = State.ABSENT
    elif state in (None, State.DONE):
        state = State.PRESENT
    elif state is State.PLANNED:
        state = State.POSSIBLE
    who = Who.OTHER if sentence.section.kind == "family" else sense.who
    return context.fact(
        "psychiatric.uncontrolled",
        state,
        sentence,
        mention,
        f"evaluation.{sense.rule}",
        who=who,
        template=sentence.section.kind == "ros",
    )


def _trials(context: Context) -> Iterator[Fact]:
    stimulator = any(
        c.name in ("device.scs", "device.implant", "trial.scs") and (c.name != "trial.scs" or c.last - c.first > 1)
        for s in context.page.sentences
        for c in s.concepts
    )
    if not stimulator:
        return
    window: Sentence | None = None
    report = _is_trial_report(context)
    for sentence in context.page.sentences:
        kind = sentence.section.kind
        if kind in ("education", "family", "consent", "allergies") or sentence.general:
            continue
        text = context.text[sentence.start : sentence.end]
        mentions = [c for c in sentence.concepts if c.name in ("trial.scs", "device.scs", "device.implant")]
        trial = [c for c in mentions if c.name == "trial.scs"] or [c for c in mentions if c.name == "device.scs"]
        if trial or kind == "trial":
            window = sentence
        if window is None or sentence.claim:
            continue
        if (
            sentence.index - window.index > 3
            and sentence.section is not window.section
            and not (report and kind in _TRIAL_PLACES)
        ):
            continue
        mention = trial[0] if trial else Mention("trial.scs", "concept", sentence.first, sentence.last, {})
        yield from _trial(context, sentence, mention, text, named=bool(trial) or kind == "trial")


_TRIAL_PLACES = frozenset({"opening", "history", "assessment", "trial", "other", "exam", "diagnosis"})


def _is_trial_report(context: Context) -> bool:
    """A lead-pull or trial follow-up note speaks of the trial throughout."""
    return (
        re.search(
            r"\b(?:trial (?:removal|end|follow|results?)|lead (?:pull|removal)|post[- ]trial|trial visit"
            r"|end of trial)\b",
            context.text[:400],
            re.IGNORECASE,
        )
        is not None
    )


def _trial(context: Context, sentence: Sentence, mention: Mention, text: str, *, named: bool) -> Iterator[Fact]:
    treatment = any(c.name.startswith("treatment.") for c in sentence.concepts)
    if treatment and not named:
        return
    future = _TRIAL_FUTURE.search(text) is not None and not _TRIAL_DONE.search(text)
    if future or context.sense(mention, sentence).state in (State.HYPOTHETICAL, State.CLAIMED):
        return
    if context.sense(mention, sentence).who is Who.OTHER or sentence.general:
        return
    quantity, start, end = _relief(text)
    duration = next(
        (
            t.duration
            for t in context.times(sentence)
            if t.kind == "duration" and re.search(r"\btrial\b", text, re.IGNORECASE)
        ),
        None,
    )
    outcome: str | None = None
    if any(c.name == "treatment.tens" for c in sentence.concepts) or re.search(
        r"\btranscutaneous|\bperoneal|\bbone (?:growth )?stimulator", text, re.IGNORECASE
    ):
        return
    if (
        quantity is None
        and not named
        and re.search(r"\b(?:device|stimulator|system|stim)\b", text, re.IGNORECASE)
        and _FAILED_TRIAL.search(text)
        and not treatment
    ):
        outcome = "none"
    if quantity is None and named:
        # What the sentence says of the trial itself, not of the treatments before it.
        if _FAILED_TRIAL.search(text) and re.search(r"\btrial\b|stimulat", text, re.IGNORECASE) and not treatment:
            outcome = "none"
        elif _GOOD_TRIAL.search(text):
            outcome = "good"
    if quantity is None and outcome is None and not (named and duration is not None and _TRIAL_DONE.search(text)):
        return
    qualities = {"outcome": (outcome,)} if outcome else {}
    quote = (
        context.quote_span(
            sentence.start + max(0, min(start, context.start(mention) - sentence.start)), sentence.start + end
        )
        if quantity is not None and named
        else None
    )
    if quote is not None and len(quote.text) > 200:
        quote = context.quote_span(sentence.start + max(0, start - 60), sentence.start + end)
    if quantity is not None and quote is None:
        quote = context.quote(sentence, sentence.first, sentence.last)
    yield context.fact("trial.scs", State.DONE, sentence, mention, "trial.relief" if quantity else "trial.outcome",
                       qualities=qualities, quantity=quantity, duration=_as_duration(duration), quote=quote)  # fmt: skip


def _as_duration(duration: Duration | None) -> Duration | None:
    return duration


def _relief(text: str) -> tuple[Quantity | None, int, int]:
    """Percent relief said, or worked out from a score before and a score after; with its place in the sentence."""
    for match in _PERCENT.finditer(text):
        near = text[max(0, match.start() - 45) : match.end() + 45]
        after = text[match.end() : match.end() + 40]
        if not _RELIEF_NEAR.search(near):
            continue
        if _NOT_RELIEF.search(after.split(",")[0][:32]) and not re.match(
            r"\s*(?:pain )?(?:relief|reduction|improvement in (?:her |his |the )?(?:\w+ )?pain)", after, re.IGNORECASE
        ):
            continue
        if re.search(
            r"\b(?:defined|criteria|require[sd]?|threshold|cut-?off|goal|must|need(?:s|ed)?|if|expect\w*"
            r"|success is|would|aim\w*|target\w*|hop\w+|what the|whether|until|at least .{0,12} is)\b",
            text[: match.start()],
            re.IGNORECASE,
        ):
            continue
        if re.match(
            r"[^.;]{0,25}\b(?:is considered|would be considered|is (?:a|the|our) (?:good|threshold|goal"
            r"|cut)|threshold|cut-?off|was not|not reached|is required)\b",
            after,
            re.IGNORECASE,
        ):
            continue
        ahead = text[max(0, match.start() - 45) : match.start()]
        if _OF_SOMETHING_ELSE.search(ahead) and "pain" not in after[:28].lower() and "relief" not in after[:20].lower():
            continue
        low = Fraction(match.group("low"))
        if _NEVER_REACHED.search(ahead):
            return Quantity(None, low - Fraction(1, 100), "%"), match.start(), match.end()
        high = Fraction(match.group("high") or match.group("low"))
        if high > 100:
            continue
        lowest: Fraction | None = low
        highest: Fraction | None = high
        if match.group("more"):
            highest = None
        elif match.group("less") and not match.group("less").lower().startswith("only"):
            lowest, highest = None, high - Fraction(1, 100)
        return Quantity(lowest, highest, "%"), match.start(), match.end()
    half = _HALF.search(text)
    if half and not re.search(
        r"\b(?:goal|would|if|threshold|need|must|until|requires?|hop\w+|expect\w*|cut-?off|aim)\b",
        text[: half.start()],
        re.IGNORECASE,
    ):
        more = (half.group("how") or "").lower()
        limit = Fraction(50)
        if more in ("less than", "under", "not even", "below"):
            return Quantity(None, limit - Fraction(1, 100), "%"), half.start(), half.end()
        return Quantity(limit, None if more else limit, "%"), half.start(), half.end()
    part = _PART.search(text)
    if part and _RELIEF_NEAR.search(text[max(0, part.start() - 60) : part.end() + 40]):
        percent = _PARTS[" ".join(part.group("part").lower().replace("-", " ").split())]
        more = part.group("how") or ""
        return (
            Quantity(None if "best" in more.lower() else percent, None if "more" in more.lower() else percent, "%"),
            part.start(),
            part.end(),
        )
    match = _TWO_SCORES.search(text)
    if match:
        before, after_score = Fraction(match.group("before")), Fraction(match.group("after"))
        if 0 < before <= 10 and after_score <= before:
            percent = (before - after_score) / before * 100
            return Quantity(percent, percent, "%"), match.start(), match.end()
    match = _SCORES.search(text)
    if match and _SCORE_WORDS.search(text[max(0, match.start() - 60) : match.end() + 10]):
        before, after_score = Fraction(match.group("before")), Fraction(match.group("after"))
        if 0 < before <= 10 and after_score <= before:
            percent = (before - after_score) / before * 100
            return Quantity(percent, percent, "%"), match.start(), match.end()
    return None, 0, 0
