"""Earlier operations on the spine by what was done: "took out the disc", "the segment was fused"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern

_SPINE = (
    r"(?:back|neck|spine|spinal|lumbar|cervical|thoracic|low back|vertebra\w*|lumbosacral"
    r"|[CTLS]\d{1,2}(?:\s?[-/]\s?[CTLS]?\d{1,2})?)"
)
_PIECE = rf"(?:dis[ck]s?|dis[ck] fragment|herniation|bone spurs?|lamina\w*|facet|ligament\w*|{_SPINE})"
_OPERATED = Pattern(
    rf"\b(?:(?:was|were|been|got|is|had been) (?:\w+ )?operated (?:on |upon |of |at |in |for )?(?:\w+ ){{0,4}}?{_SPINE}"
    rf"|operat(?:ed|ion) (?:on|upon|to|of) (?:\w+ ){{0,3}}?{_SPINE}"
    rf"|(?:took|taken|taking|cut|cleaned|shaved|trimmed|scraped|cleared) (?:out|off|away|down) (?:\w+ ){{0,4}}?{_PIECE}"
    rf"|(?:removed|repaired|trimmed|shaved|fused|decompressed|stabili[sz]ed|instrumented"
    rf"|plated) (?:\w+ ){{0,4}}?(?:dis[ck]s?|dis[ck] fragment"
    rf"|vertebra\w*|{_SPINE})"
    rf"|(?:{_SPINE}|segment|level|levels|dis[ck]|vertebrae|joint)(?: \w+){{0,2}}? (?:was|were|has been"
    rf"|had been) (?:then |later |also |finally )?"
    r"(?:fused|decompressed|removed|operated|excised|instrumented|taken out|cleaned out|stabili[sz]ed)"
    r"|(?:had|has had|have had) (?:surgery|an operation|it operated on) (?:there|at that level|on (?:it|that|this))"
    rf"|(?:had|has had|have had) (?:his|her|the|their|my) (?:\w+ )?(?:{_SPINE}|dis[ck]s?) (?:done|operated|fused"
    rf"|fixed|removed|taken out|repaired|"
    r"decompressed|cleaned out)"
    rf"|(?:rods|screws|cages?|instrumentation)(?: and \w+)? (?:from|at|spanning|across) (?:the )?{_SPINE}"
    rf"|(?:rods|screws|cages?|plates?|hardware)(?: and \w+)? (?:\w+ ){{0,3}}?(?:put|placed|in|into"
    rf"|at) (?:\w+ ){{0,3}}?{_SPINE})\b",
    re.IGNORECASE,
)
# "Nobody has ever touched his back."
_UNTOUCHED = Pattern(
    r"\b(?:(?:nobody|no one|no surgeon|no-one)(?: has| had)?(?: ever)? (?:touched|operated (?:on|upon)|cut (?:on"
    r"|into)|opened) (?:his|her|my|the"
    r"|their)|never (?:had|let|allowed) (?:anyone|anybody|a surgeon) (?:\w+ ){0,2}?(?:operate|cut"
    r"|touch)\w*(?: on)? (?:his|her|my|the|their))"
    r" (?:low(?:er)? )?(?:back|neck|spine)\b",
    re.IGNORECASE,
)
_WHEN = Pattern(
    r"\b(?:in (?:the )?(?:early |late |mid-?\s?)?(?:19|20)\d\d|(?:19|20)\d\d|\d+ (?:years?|months?|yrs?) ago"
    r"|years ago|(?:two|three|four|five|six"
    r"|seven|eight|nine|ten|twenty|several|many|some|a few) (?:years|months) ago|after which|afterwards?|since then"
    r"|ever since|that (?:operation"
    r"|surgery)|first|second|twice|before|previously|prior|already|at age|as a (?:teenager|young)|back in"
    r"|gave (?:him|her)|in (?:his|her) country"
    r"|once|following|past|old|when (?:he|she) was)\b",
    re.IGNORECASE,
)
_NOT_DONE = Pattern(
    r"\b(?:never|not|no|none|nor|without|will|would|could|should|may|might|if|plan\w*|recommend\w*|advis\w*"
    r"|consider\w*|discuss\w*|offer\w*|want\w*|propos\w*"
    r"|suggest\w*|schedul\w*|brother|sister|mother|father|wife|husband|friend|uncle|aunt|son|daughter|to be|cannot"
    r"|knee|hip|shoulder|ankle|wrist|elbow|foot"
    r"|today|we then|was then turned|drain|biops\w*|lipoma|mole|cyst|skin|tick|needle|leads?|stim\w*)\b",
    re.IGNORECASE,
)
_SKIPPED = frozenset({"education", "family", "consent", "allergies", "operation", "plan", "goals", "ros", "imaging"})


def operated_facts(context: Context) -> Iterator[Fact]:
    """Facts about operations that only the words for what was done tell of."""
    if context.operative:
        return
    for sentence in context.page.where(_OPERATED, _UNTOUCHED):
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim:
            continue
        untouched = _UNTOUCHED.search(sentence.text)
        if untouched is not None:
            yield _never(context, sentence, untouched)
            continue
        match = _OPERATED.search(sentence.text)
        if match is not None and _was_done(sentence, match):
            yield _fact(context, sentence, match)


def _never(context: Context, sentence: Sentence, match: re.Match[str]) -> Fact:
    mention = mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end())
    return context.fact("history.spine_surgery", State.ABSENT, sentence, mention, "operation.untouched")


def _was_done(sentence: Sentence, match: re.Match[str]) -> bool:
    text = sentence.text
    clause = text[max((text.rfind(mark, 0, match.start()) for mark in (";", ", but")), default=0) + 1 :]
    if _NOT_DONE.search(clause[: match.end() - (len(text) - len(clause))]) or _NOT_DONE.search(match.group()):
        return False
    if any(c.name == "surgery.spine" for c in sentence.concepts):
        return False  # named: `operations` weighs it
    return _WHEN.search(text) is not None


def _fact(context: Context, sentence: Sentence, match: re.Match[str]) -> Fact:
    mention = mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end())
    when = next((time for time in context.times(sentence) if time.kind == "date"), None)
    site = {key: value for key, value in context.site(mention, sentence).items() if key in ("region", "level", "side")}
    fused = re.search(r"fus|screw|rod|cage|plate|instrument", match.group(), re.IGNORECASE) is not None
    return context.fact(
        "history.spine_fusion" if fused else "history.spine_surgery",
        State.DONE,
        sentence,
        mention,
        "operation.described",
        who=Who.PATIENT,
        qualities=site,
        began=when.began if when else None,
        ended=when.ended if when else None,
    )
