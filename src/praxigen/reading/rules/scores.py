"""Pain out of ten, and scores of disability scales, with what they rate and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from praxigen.model.amount import Quantity
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence, mention_at
from praxigen.reading.patterns import Pattern

_SKIPPED = frozenset({"education", "consent", "family", "allergies", "goals", "operation", "trial"})
_UNREAL = (State.HYPOTHETICAL, State.CLAIMED, State.DENIED, State.DECLINED, State.ABSENT)
_SCORE = Pattern(
    r"(?<![\w./-])(?P<low>10|\d(?:\.\d)?)(?:\s*(?:-|–|to)\s*(?P<high>10|\d(?:\.\d)?))?\s*(?:/\s*10|out of (?:10|ten))\b"
    r"(?!\s*(?:strength|visits|sessions))",
    re.IGNORECASE,
)
_NAMED_SCORE = Pattern(
    r"\b(?:VAS|NRS|NPRS|numeric(?:al)? (?:pain )?(?:rating )?(?:scale|score)"
    r"|visual analog(?:ue)?(?: pain)? (?:scale|score)"
    r"|pain (?:score|level|rating|intensity))\b(?:\s*\([A-Z]+\))?\s*(?:(?:score|pain|back|leg|arm|neck|is|was|of"
    r"|at|rated|today"
    r"|currently|now|:|=|,)\s*){0,4}(?P<low>10|\d(?:\.\d)?)(?:\s*(?:-|–|to)\s*(?P<high>10|\d(?:\.\d)?))?"
    r"(?![\d/%]|\.\d)(?!\s*(?:cm|mm|weeks?|months?|days?|years?|visits|hours?))",
    re.IGNORECASE,
)
_PAIN = Pattern(
    r"\b(?:pain|ache|VAS|NRS|NPRS|numeric|analog\w*|discomfort|sciatica|radicul\w*|symptoms?|score)\b", re.IGNORECASE
)
_NOT_NOW = Pattern(
    r"\b(?:before|prior to|pre-?(?:procedure|injection|op\w*|trial)|post-?(?:procedure|injection|op\w*|trial)"
    r"|after (?:the"
    r"|his|her|an?|each)?\s*(?:\w+ )?(?:injection|block|procedure|ablation|trial|surgery|therapy|physical)"
    r"|at (?:its|the) best"
    r"|at best|with (?:the )?(?:medication|stimulat\w+|trial|meds)|previously|initially|used to be|had been|in the past"
    r"|last (?:visit|year|month)|during the trial|following|from|(?:improv|drop|decreas|reduc|fall|fell|lower"
    r"|go)\w*(?: down)? to)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_NOT_NOW_AFTER = Pattern(
    r"\s*(?:\(?\s*)(?:before|prior to|after|post|pre\b|at (?:its )?best|with (?:medication|meds|the)|at (?:that"
    r"|the) time"
    r"|last (?:visit|year|month)|initially|previously|in (?:19|20)\d\d|(?:down )?to\b|->|→|during the)",
    re.IGNORECASE,
)
_AIM = Pattern(
    r"\b(?:goal|acceptable|tolerable|aim|target|hop\w+|expect\w*|if|when(?:ever)?|until)\b[^.;]{0,40}$", re.IGNORECASE
)
_WORST = Pattern(
    r"\b(?:worst|max(?:imum|imal)?|peak|up to|flare\w*|at times|intermittently|occasionally)\b[^.;,]{0,25}$",
    re.IGNORECASE,
)
_WORST_AFTER = Pattern(
    r"\s*(?:at (?:its |the )?worst|at times|maximum|at max|with (?:activity|flare\w*|movement|motion)"
    r"|(?:pain )?elicited|on palpation)\b",
    re.IGNORECASE,
)
_BEST = Pattern(r"\b(?:best|least|minimum|lowest)\b[^.;,]{0,20}$", re.IGNORECASE)
_BEST_AFTER = Pattern(r"\s*at (?:its |the )?(?:best|least|rest)\b", re.IGNORECASE)
_OSWESTRY = Pattern(
    r"\b(?:ODI|oswestry(?: (?:low back )?(?:pain )?(?:disability )?(?:index|score|questionnaire))?)\b(?:\s*\(ODI\))?"
    r"(?:\s*(?:score|index|is|was|of|at|today|:|=|,))*\s*(?P<low>\d{1,3})(?:\s*(?P<unit>%|percent|/\s*50|/\s*100))?"
    r"(?!\d|\.\d)(?!\s*(?:weeks?|months?|days?|years?))",
    re.IGNORECASE,
)
_ROLAND = Pattern(
    r"\b(?:RMDQ|RDQ|roland[- ]?(?:and )?morris(?: (?:low back )?(?:pain )?(?:and )?(?:disability )?"
    r"(?:questionnaire|score|index|scale))?)\b(?:\s*\((?:RDQ|RMDQ)\))?(?:\s*(?:score|is|was|of|at|today|:|="
    r"|,))*\s*(?P<low>\d{1,2})(?:\s*/\s*24)?(?![\d%]|\.\d)",
    re.IGNORECASE,
)
_RATED = {
    "symptom.limb_pain": None,
    "symptom.radicular": None,
    "symptom.axial_pain": "axial",
    "symptom.si_pain": "sacroiliac",
}


def score_facts(context: Context) -> Iterator[Fact]:
    """One fact for each score that the note gives."""
    for sentence in context.page.where(_SCORE, _NAMED_SCORE, _OSWESTRY, _ROLAND):
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim:
            continue
        text = sentence.text
        if not sentence.has_figures:
            continue
        yield from _pain(context, sentence, text)
        yield from _disability(context, sentence, text)


def _pain(context: Context, sentence: Sentence, text: str) -> Iterator[Fact]:
    taken: list[tuple[int, int]] = []
    about_pain = _PAIN.search(text) or "pain" in sentence.section.title.lower() or _told_before(context, sentence)
    for pattern in (_SCORE, _NAMED_SCORE):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken) or not about_pain:
                continue
            taken.append(match.span())
            low = Fraction(match.group("low"))
            high = Fraction(match.group("high") or match.group("low"))
            mention = mention_at(
                context.page, sentence, sentence.start + match.start("low"), sentence.start + match.end(), "score.pain"
            )
            state = _state(context, sentence, mention, text, match)
            if state is None or high > 10:
                continue
            yield context.fact(
                "score.pain",
                state,
                sentence,
                mention,
                "score.pain",
                qualities=_rated(context, sentence, mention, text, match),
                quantity=Quantity(min(low, high), max(low, high), "/10"),
            )


def _state(context: Context, sentence: Sentence, mention: Mention, text: str, match: re.Match[str]) -> State | None:
    sense = context.sense(mention, sentence)
    ahead, after = text[: match.start("low")], text[match.end() :]
    if sense.who is Who.OTHER or sense.state in _UNREAL or _AIM.search(ahead):
        return None
    if _NOT_NOW.search(ahead) or _NOT_NOW_AFTER.match(after) or sense.state is State.PAST:
        return State.PAST
    return State.POSSIBLE if sense.state is State.POSSIBLE else State.PRESENT


def _rated(
    context: Context, sentence: Sentence, mention: Mention, text: str, match: re.Match[str]
) -> dict[str, tuple[str, ...]]:
    """Which pain the score rates, by the nearest pain named before it, and whether it is the worst or the best."""
    qualities: dict[str, tuple[str, ...]] = {}
    ahead, after = text[: match.start("low")], text[match.end() :]
    if _WORST.search(ahead[-40:]) or _WORST_AFTER.match(after):
        qualities["when"] = ("worst",)
    elif _BEST.search(ahead[-30:]) or _BEST_AFTER.match(after):
        qualities["when"] = ("best",)
    pain = _pain_rated(context, sentence, mention)
    if pain is None:
        return qualities
    where, told_in = pain
    if where.qualities.get("limb"):
        qualities["limb"] = (where.qualities["limb"],)
    region = context.site(where, told_in).get("region")
    if region:
        qualities["region"] = region
    if where.name in ("symptom.axial_pain", "symptom.si_pain"):
        qualities["kind"] = (_RATED[where.name] or "",)
    return qualities


def _pain_rated(context: Context, sentence: Sentence, mention: Mention) -> tuple[Mention, Sentence] | None:
    pains = [c for c in sentence.concepts if c.name in _RATED]
    before = [c for c in pains if c.last <= mention.first]
    if before:
        return before[-1], sentence
    if pains:
        return pains[0], sentence
    # "Left arm pain. It is rated 7/10": the sentence before, where it names only one kind of pain
    for told in reversed(context.page.sentences[max(0, sentence.index - 2) : sentence.index]):
        found = [c for c in told.concepts if c.name in _RATED]
        if told.section is not sentence.section:
            return None
        if found:
            kinds = {(c.name in ("symptom.axial_pain", "symptom.si_pain"), c.qualities.get("limb")) for c in found}
            return (found[-1], told) if len(kinds) == 1 else None
    return None


def _told_before(context: Context, sentence: Sentence) -> bool:
    before = context.page.sentences[max(0, sentence.index - 1) : sentence.index]
    return any(
        told.section is sentence.section and any(c.name.startswith("symptom.") for c in told.concepts)
        for told in before
    )


def _disability(context: Context, sentence: Sentence, text: str) -> Iterator[Fact]:
    for concept, pattern, unit, most in (
        ("score.oswestry", _OSWESTRY, "%", 100),
        ("score.roland_morris", _ROLAND, "/24", 24),
    ):
        for match in pattern.finditer(text):
            mention = mention_at(
                context.page, sentence, sentence.start + match.start(), sentence.start + match.end(), concept
            )
            state = _state(context, sentence, mention, text, match)
            value = Fraction(match.group("low"))
            if concept == "score.oswestry" and (match.group("unit") or "").replace(" ", "") == "/50":
                value *= 2
            if state is not None and value <= most:
                yield context.fact(
                    concept, state, sentence, mention, "score.disability", quantity=Quantity(value, value, unit)
                )
