"""Mental-health evaluations: done or only planned, and with what conclusion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.rules.mental_opinions import opinion_in

_CLEARED = Pattern(
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
    r"|any )?(?:untreated|uncontrolled)|no objection|passed|psychologically fit|fit for (?:interventional"
    r"|implant\w*|surgery|the procedure)"
    r"|no disqualifying (?:finding|condition|issue)s?|supports? (?:going forward|implantation|the implant"
    r"|a trial|the trial)|no psychopathology|favorable prognosis|nothing of concern|deemed (?:suitable"
    r"|appropriate|acceptable)"
    r"|acceptable candidate|without reservation|no psychiatric condition|ok'?d|okay'?d|ok (?:for"
    r"|to proceed)|okay (?:for|to proceed)"
    r"|signed off|gave (?:the |a )?(?:green light|go-?ahead)|nothing (?:to|that would) (?:keep|stop|hold"
    r"|bar|exclude|disqualify)"
    r"|(?:sees|saw|found|finds|raised|has|had|with) no (?:barriers?|concerns?|red flags?|objections?"
    r"|contraindications?)"
    r"|clearance (?:is |was |has been )?(?:on (?:file|chart)|in (?:the )?(?:chart|hand)|received"
    r"|complete\w*|attached|enclosed)"
    r"|supports (?:the |a |his |her )?(?:trial|implant\w*|stimulator|scs|proceeding)|good psychological candidate)\b",
    re.IGNORECASE,
)

_WITHHELD = Pattern(
    r"\b(?:not (?:been )?(?:cleared|recommended|appropriate|suitable|an appropriate|a suitable|a good"
    r"|an acceptable|a candidate|psychologically|ready|yet cleared|currently)|withh(?:eld|old\w*)"
    r"|defer(?:red|ral)?|poor candidate|high[- ]risk|contraindicat(?:ed|ion present)|does not (?:clear"
    r"|recommend|support)|did not (?:clear|recommend|support)|cannot (?:be cleared|clear|recommend)"
    r"|not at this time|clearance (?:was |is |has been )?(?:not|denied|postponed|deferred|withheld"
    r"|pending)|unsuitable|until|declin\w+ to clear|conditional|contingent|once (?:she|he|the|treat|stab)"
    r"|provided that|recommend(?:s|ed|ing)? (?:delay\w*|postpon\w*|waiting|against|deferr\w*|deferral"
    r"|(?:\w+ ){0,3}?(?:treatment|therapy|counseling|cbt|sobriety) (?:first|before|prior))"
    r"|clearance (?:has been |was |is )?(?:declined|not given|refused|not granted)"
    r"|psychologically unsuitable"
    r"|should not (?:be implanted|proceed)|not psychiatrically stable|(?:implant"
    r"|procedures?) (?:should )?(?:be deferred|wait)"
    r"|unsuitable for|advised against|(?:wants?|would like|prefers?) (?:\w+ ){1,4}?(?:treated|controlled"
    r"|stable|stabilized|addressed"
    r"|managed|sober) (?:first|before|prior)"
    r"|(?<!requiring )(?<!require )(?<!requires )(?<!needing )(?<!need )treat(?:ed|ment)? (?:it |this "
    r"|that )?first|(?:cbt|counseling|therapy|detox|sobriety) first"
    r"|before (?:signing off|(?:she|he) (?:can |will )?(?:signs?|clears?|signing))|(?:did|does"
    r"|do) not (?:feel|think|believe) "
    r"(?:that )?(?:she|he|the patient|this patient|mr|ms|mrs)\b[^.;]{0,25}\b(?:ready|candidate|appropriate"
    r"|suitable|stable)"
    r"|not (?:a )?(?:good|suitable|appropriate) (?:psychological |psychosocial )?(?:candidate|time))\b",
    re.IGNORECASE,
)

_PLANNED = Pattern(
    r"\b(?:will|refer\w*|schedul\w*|pending|await\w*|order\w*|recommend\w*|need\w*|plan\w*|to be"
    r"|request\w*|require\w*|obtain|set up|arrang\w*|not yet|has not|prior to|before|must|should|upcoming"
    r"|would|consider|if)\b",
    re.IGNORECASE,
)

_HAPPENED = Pattern(
    r"\b(?:met with|report is in|completed|underwent|was (?:seen|evaluated|cleared|performed|done"
    r"|conducted|completed|administered)|has been|dated|performed|conducted|saw|evaluated|cleared|report"
    r"|concluded|found|finds|states|administered|on \d|done|obtained|received|reviewed|showed"
    r"|were administered|scored|score|opinion|in my)\b",
    re.IGNORECASE,
)

_DENIED_HEAD = Pattern(
    r"\b(?:no|not|denies|without|absence of|free of|negative for|does not have|rules? out)\b[^.;:]{0,70}$",
    re.IGNORECASE,
)


# An evaluation for another procedure says nothing about this one.
_FOR_ANOTHER = Pattern(
    r"\b(?:for|before|prior to)\s+(?:\w+\s+){0,2}?(?:bariatric|gastric|weight[- ]loss|transplant\w*|adoption|employment"
    r"|disability|custody|ketamine|TMS|gender|cosmetic)\b",
    re.IGNORECASE,
)


def evaluation_facts(context: Context) -> Iterator[Fact]:
    """Facts about mental-health evaluations and about conditions that are not under control."""
    told = {"evaluation.psychological", "psychiatric.uncontrolled"} & context.page.names
    if not told and all(section.kind != "psychology" for section in context.page.sections):
        return
    psych_report = _is_psychology_report(context)
    for sentence in context.page.sentences:
        kind = sentence.section.kind
        if kind in ("education", "family", "consent") or sentence.general:
            continue
        text = sentence.text
        named = [c for c in sentence.concepts if c.name == "evaluation.psychological"]
        for mention in named[:2]:
            yield _evaluation(context, sentence, mention, text)
        if not named and (psych_report or _near_evaluation(context, sentence)):
            yield from _conclusion(context, sentence, text)
        for mention in sentence.concepts:
            if mention.name == "psychiatric.uncontrolled":
                yield _uncontrolled(context, sentence, mention)


def _is_psychology_report(context: Context) -> bool:
    if "evaluation.psychological" not in context.page.names:
        return False
    head = context.text[:700].lower()
    return bool(
        re.search(r"psycholog|behavioral (?:health|medicine)|psychiatric evaluation|mental health eval", head)
    ) and bool(
        re.search(
            r"mmpi|bdi|phq|beck|inventory|tests? administered|clinical interview|psychologist|psyd|ph\.?d|pcs\b",
            context.text,
            re.IGNORECASE,
        )
    )


def _near_evaluation(context: Context, sentence: Sentence) -> bool:
    if "evaluation.psychological" not in context.page.names:
        return sentence.section.kind == "psychology"
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
    if state is State.DONE and _FOR_ANOTHER.search(text):
        state = State.POSSIBLE
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


# "If cleared, proceed": what is to follow a clearance tells of none.
_IF_CLEARED = Pattern(
    r"\b(?:if|once|when|assuming|provided|as soon as)\s+(?:\w+\s+){0,3}?(?:psychologically\s+)?(?:cleared|clearance"
    r"|favorable"
    r"|appropriate|suitable|approved)\b",
    re.IGNORECASE,
)


def _outcome(text: str) -> str | None:
    if _IF_CLEARED.search(text):
        return None
    told = opinion_in(text)
    if told == "withheld" or _WITHHELD.search(text):
        return "withheld"
    return "cleared" if told or _CLEARED.search(text) else None


def _following_outcome(context: Context, sentence: Sentence) -> tuple[str | None, Quote | None]:
    for other in context.page.sentences[sentence.index + 1 : sentence.index + 4]:
        if other.section is not sentence.section:
            break
        text = other.text
        outcome = _outcome(text)
        if outcome and not other.claim:
            return outcome, context.quote_span(other.start, min(other.end, other.start + 190))
    return None, None


_CONCLUDES = Pattern(
    r"\b(?:stimulat\w+|scs|implant\w*|trial|candidate|clear\w*|surg\w+|procedure|contraindicat\w*"
    r"|proceed\w*|device|risk|first)\b",
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
    yield context.fact(
        "evaluation.psychological",
        State.DONE,
        sentence,
        mention,
        "evaluation.conclusion",
        qualities={"outcome": (outcome,)},
        quote=context.quote_span(sentence.start, min(sentence.end, sentence.start + 190)),
    )


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
