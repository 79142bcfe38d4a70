"""How a mental-health clinician's opinion is told: in a report, a letter, or one line of another's note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern

_GO = (
    r"(?:proceed\w*|go(?:ing)? (?:forward|ahead)|mov(?:e|ing) (?:forward|ahead)|implant\w*|be implanted"
    r"|have (?:it|the \w+))"
)
_CLEARED = Pattern(
    r"\b(?:(?:no|not (?:see|find|have|identify) (?:any|a)|without|nor any) (?:\w+ ){0,2}?(?:reason|concerns?|hesitation"
    r"|reservations?|obstacles?|impediments?|objections?|issues?|grounds) (?:\w+ ){0,4}?"
    rf"(?:not to|(?:could|should|would|can|may|must|ought) ?not|n't|to (?:delay|defer|withhold|exclude)|with|about"
    rf"|to|for|against"
    rf"|regarding) ?(?:\w+ ){{0,3}}?(?:{_GO}|be (?:implanted|offered|considered)|the (?:trial|implant|device|stim\w*"
    rf"|procedure|surgery))"
    r"|no reason (?:that|why) (?:\w+ ){1,4}?(?:should|could|can|would|may) ?(?:not|n't)"
    rf"|(?:may|can|should|could|ok(?:ay)? to|safe to|able to|fine to|ready to|agrees? (?:with|to)"
    rf"|recommend\w*(?: that)?(?: she| he)?"
    rf"|endors\w+|favou?rs?|in favou?r of|comfortable(?: with)?) {_GO}"
    r"|from (?:a |the )?(?:psych\w+|behaviou?ral|mental[- ]health) (?:standpoint|point of view|perspective|side"
    r"|view)[^.;]{0,60}"
    r"\b(?:ready|suitable|appropriate|acceptable|stable|good|fine|fit|cleared)"
    r"|(?:thumbs up|green light|the nod|go-?ahead|blessing)"
    r"|(?:psych\w*|mental[- ]health|behaviou?ral(?: health)?)[ -]clear(?:ed|ance (?:on|in|done|given|received"
    r"|obtained))"
    r"|clear(?:ed|s) (?:\w+ ){0,4}?(?:by|per|from|with) (?:the |our |dr\.? \w+,? |pain )?(?:psych\w*|behaviou?ral"
    r"|mental)"
    r"|nothing (?:\w+ ){0,5}?(?:stand|stands|standing|stood) in (?:the|his|her) way"
    r"|(?:is|was|judged|deemed|considered|found|felt to be|thought to be|rated"
    r"|remains) (?:to be )?an? (?:\w+ )?(?:good|appropriate"
    r"|suitable|reasonable|sound|acceptable|satisfactory|strong|excellent|fair) (?:\w+ )?(?:candidate|risk))\b",
    re.IGNORECASE,
)
# "I see no reason that she should not go forward": two denials that say yes.
_NO_REASON_NOT = Pattern(
    r"\b(?:no|not (?:see|find|have)(?: any)?|without) (?:\w+ ){0,2}?(?:reason|grounds|cause|objection)s? (?:\w+ ){0,5}?"
    rf"(?:not to|(?:could|should|would|can|may|must|ought) ?not|n't) (?:{_GO}|be (?:implanted|offered|considered)"
    rf"|have)",
    re.IGNORECASE,
)
_WITHHELD = Pattern(
    rf"\b(?:(?:would|should|could|can|will|do|does|did|must|am|are) ?(?:not|n't) (?:yet |currently )?(?:{_GO}"
    rf"|recommend (?:\w+ ){{0,3}}?"
    r"(?:the |a |an )?(?:trial|implant\w*|stim\w*|device|procedure|surgery|proceed\w*)|support (?:\w+ )?(?:trial"
    r"|implant\w*|stim\w*"
    r"|device|procedure|surgery|proceed\w*)|endorse|sign off|clear (?:him|her|them|the patient|mr|ms|mrs)|in favou?r"
    r"|comfortable"
    r"|able to (?:clear|sign|support|recommend))"
    r"|on (?:the )?condition that|provided that|contingent (?:up)?on|subject to|first (?:complete|finish|establish"
    r"|achieve|undergo"
    r"|be treated|obtain|engage)\w*"
    r"|(?:see|re-?\s?evaluat\w+|re-?\s?assess\w*|re-?\s?interview\w*) (?:(?:him|her|them"
    r"|the patient) )?(?:again )?(?:before|prior to"
    r"|in (?:\w+ )?(?:weeks|months)) ?(?:giving|rendering|offering|making|clear\w*|proceed\w*|any|the|a|implant\w*|$"
    r"|[.;,])"
    r"|(?:like|want\w*|need\w*|ask\w*|request\w*|require\w*|must|should)\b[^.;]{0,75}\bbefore (?:any|the|a|an|his"
    r"|her) (?:device|implant\w*|trial"
    r"|procedure|surgery|stim\w*)"
    r"|before (?:giving|rendering|offering|making) (?:a |an |my |his |her )?(?:final )?(?:opinion|recommendation"
    r"|clearance|decision)"
    r"|(?:serious|significant|strong|grave|substantial) (?:reservations|misgivings)"
    r"|(?:trial|implant\w*|stim\w*|device|procedure|surgery) (?:should |must |ought to |be |is |has been "
    r"|was )*(?:wait|delay\w*|put on hold"
    r"|on hold|postpon\w*|deferr?\w*|held))\b",
    re.IGNORECASE,
)


def opinion_in(text: str) -> str | None:
    """Whether the words clear somebody for a procedure or withhold it; None where they do neither."""
    if _WITHHELD.search(_NO_REASON_NOT.sub("", text)):
        return "withheld"
    return "cleared" if _CLEARED.search(text) else None


# A named clinician of the mind: "seen by Dr. Feld (PhD)", "Dr. Marsh's letter" beside words of the mind.
_CLINICIAN = Pattern(
    r"\b(?:(?:[Ss]een|[Ee]valuated|[Ii]nterviewed|[Aa]ssessed|[Ss]creened|[Cc]leared|met|visit|appointment|[Ll]etter"
    r"|[Rr]eport"
    r"|[Nn]ote|[Oo]pinion|[Ii]nterview)\w* (?:by|with|from|of|per) (?:Dr\.? )?[A-Z][\w'-]+(?: [A-Z][\w'.-]+)?,?\s*\(?"
    r"|(?:Dr\.? )?[A-Z][\w'-]+(?: [A-Z][\w'.-]+)?,?\s*\(?)"
    r"(?:Ph\.?\s?D|Psy\.?\s?D|LCSW|LPC|LMFT|[Pp]sycholog(?:y|ist)|[Pp]sychiatr(?:y|ist)|pain psychology)\b"
)
_PAIN_PSYCHOLOGY = Pattern(r"\bpain psycholog", re.IGNORECASE)
_LETTER = Pattern(r"\b[A-Z][\w-]+'s (?:letter|report|opinion|evaluation|assessment|note)\b")
_MIND = Pattern(
    r"\b(?:CBT|PTSD|depress\w+|anxiety|counsel\w+|psych\w*|suicid\w*|sobriety|coping|mental|mood|behaviou?ral)\b",
    re.IGNORECASE,
)
_CLINICIAN_OF_OLD = Pattern(r"\b(?:pharm|physics|nursing|chemistry|postdoc)", re.IGNORECASE)
_TO_COME = Pattern(
    r"\b(?:will (?:be|see)|to be seen|scheduled|schedule|refer\w*|pending|await\w*|appointment is|has an appointment"
    r"|outstanding"
    r"|needs? (?:to )?|sent (?:him|her|them) to|set up|upcoming|next (?:week|month)|order\w*|if)\b",
    re.IGNORECASE,
)
_SKIPPED = frozenset({"education", "family", "consent", "allergies", "plan", "goals"})
_PROCEDURE = Pattern(
    r"\b(?:stim\w*|scs|trial|implant\w*|device|neuromodulation|dorsal column|procedure|surgery|pump)\b", re.IGNORECASE
)


def mental_opinion_facts(context: Context) -> Iterator[Fact]:
    """Facts about evaluations that only the name and degree of the evaluator tell of."""
    for sentence in context.page.where(_CLINICIAN, _LETTER):
        text = sentence.text
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim or _TO_COME.search(text):
            continue
        if any(c.name == "evaluation.psychological" for c in sentence.concepts) or not _tells_of_one(context, sentence):
            continue
        following = context.page.sentences[sentence.index + 1 : sentence.index + 3]
        for told in (sentence, *(each for each in following if each.section is sentence.section or _concludes(each))):
            outcome = _opinion(told) or ("cleared" if _PLAINLY.search(told.text) else None)
            if outcome is not None and (_PROCEDURE.search(_beside(context, told)) or _PAIN_PSYCHOLOGY.search(text)):
                yield _fact(context, sentence, told, outcome)
                break


def _tells_of_one(context: Context, sentence: Sentence) -> bool:
    text = sentence.text
    if _CLINICIAN.search(text) is not None:
        return _CLINICIAN_OF_OLD.search(text) is None
    return _LETTER.search(text) is not None and _MIND.search(_beside(context, sentence)) is not None


def _concludes(sentence: Sentence) -> bool:
    """Whether a sentence stands under a heading such as "Conclusion:", which goes on about what was told before."""
    return sentence.section.title.lower().startswith(
        ("conclusion", "summary", "impression", "opinion", "recommendation")
    )


_PLAINLY = Pattern(
    r"(?<!not )(?<!be )(?<!if )(?<!once )(?<!until )\bcleared\b(?! (?:if|once|when|until|by (?:cardi|dent)))",
    re.IGNORECASE,
)


def _opinion(sentence: Sentence) -> str | None:
    if sentence.general or sentence.claim:
        return None
    return opinion_in(sentence.text)


def _beside(context: Context, sentence: Sentence) -> str:
    return " ".join(each.text for each in context.page.sentences[max(0, sentence.index - 2) : sentence.index + 2])


def _fact(context: Context, sentence: Sentence, told: Sentence, outcome: str) -> Fact:
    mention = mention_at(context.page, sentence, sentence.start, sentence.end, "evaluation.psychological")
    quote = context.quote_span(told.start, min(told.end, told.start + 190))
    return context.fact(
        "evaluation.psychological",
        State.DONE,
        sentence,
        mention,
        "evaluation.by-degree",
        qualities={"outcome": (outcome,)},
        quote=quote,
    )
