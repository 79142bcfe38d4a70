"""Screening before a device by more than one discipline, and the physical examination that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern

_HAPPENED = Pattern(
    r"\b(?:evaluated|seen|screened|reviewed|presented|discussed|assessed|completed|underwent|met|agreed|recommended"
    r"|concluded|concurred|found|approved|performed|held|took place|selected|diagnosed)\b",
    re.IGNORECASE,
)
# Plain enough to count in a plan too, where most verbs tell of what is to come.
_IS_DONE = Pattern(r"\b(?:done|completed|held|took place|was (?:seen|evaluated|reviewed|presented)) ", re.IGNORECASE)
_AHEAD = Pattern(
    r"\b(?:will|refer\w*|schedul\w*|pending|await\w*|order\w*|to be|upcoming|plan\w*|needs?|should|must|if|next"
    r"|consider"
    r"|not yet|has not|would)\b",
    re.IGNORECASE,
)
_NOT_EXAMINED = Pattern(
    r"\b(?:deferred|not (?:performed|done|examined|possible)|unable to (?:examine|perform)|limited by (?:video"
    r"|telehealth)"
    r"|telephone|phone visit|refused|declined)\b",
    re.IGNORECASE,
)
_EXAMINED = Pattern(
    r"\b(?:on (?:physical |neurologic\w* |today'?s )?exam(?:ination)?|(?:physical|neurologic\w*) exam(?:ination)?"
    r"(?: today)? (?:shows?|showed|reveals?|revealed|demonstrates?|demonstrated|is|was|found))\b",
    re.IGNORECASE,
)
_FOUND = Pattern(
    r"\b(?:tender\w*|strength|[0-5]\s*/\s*5|reflex\w*|sensation|pinprick|range of motion|rom|gait|antalgic|straight leg"
    r"|slr|allodynia|spasm\w*|palpation|motor|extremit\w+|incision)\b",
    re.IGNORECASE,
)


def screening_facts(context: Context) -> Iterator[Fact]:
    """Facts about evaluations by a team, and one fact where the note holds the findings of an examination."""
    page = context.page
    for sentence in page.telling:
        if sentence.general or sentence.claim or sentence.section.kind in ("education", "family", "consent", "goals"):
            continue
        for mention in sentence.concepts:
            if mention.name == "evaluation.multidisciplinary":
                yield _team(context, sentence, mention)
    examined = next((s for s in page.in_order(page.telling, page.where(_FOUND)) if _is_examination(s)), None)
    if examined is not None:
        mention = Mention("evaluation.physical", "concept", examined.first, examined.last, {})
        end = min(examined.end, examined.start + 190)
        yield context.fact(
            "evaluation.physical",
            State.DONE,
            examined,
            mention,
            "screening.examination",
            quote=context.quote_span(examined.start, end),
        )


def _team(context: Context, sentence: Sentence, mention: Mention) -> Fact:
    sense = context.sense(mention, sentence)
    text = sentence.text
    state = sense.state
    if state in (None, State.DONE, State.PAST):
        if _AHEAD.search(context.text[sentence.start : context.start(mention)]):
            state = State.PLANNED
        else:
            told = _HAPPENED.search(text) is not None and sentence.section.kind != "plan"
            state = State.DONE if told or _IS_DONE.search(text) else State.POSSIBLE
    return context.fact(
        "evaluation.multidisciplinary", state, sentence, mention, f"screening.{sense.rule}", who=sense.who
    )


def _is_examination(sentence: Sentence) -> bool:
    """Findings under the heading of an examination, or after "on examination"; a deferred examination is none."""
    if sentence.general or sentence.claim:
        return False
    text = sentence.text
    if sentence.section.kind == "exam":
        examined = any(c.name.startswith("sign.") for c in sentence.concepts) or _FOUND.search(text) is not None
    else:
        examined = _EXAMINED.search(text) is not None and _FOUND.search(text) is not None
    return examined and _NOT_EXAMINED.search(text) is None and _AHEAD.search(text) is None
