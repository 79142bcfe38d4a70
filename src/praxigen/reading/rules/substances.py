"""Abuse of drugs, alcohol or medicines: active, over, or denied. Past abuse says nothing without a remission."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern

_SKIPPED = frozenset({"education", "consent", "allergies", "goals"})
_REMISSION = Pattern(
    r"\b(?:(?:in|sustained|full|early|long-?\s?term) (?:\w+ )?remission|sober|abstinen\w+|clean (?:for|since)"
    r"|in recovery|recovered)\b",
    re.IGNORECASE,
)
_ACTIVE = Pattern(r"\b(?:active|current\w*|ongoing|relaps\w+|continues?|still|uncontrolled|untreated)\b", re.IGNORECASE)
# "Screened for substance abuse", "substance abuse counselor": the words without the thing.
_NO_STATEMENT = Pattern(
    r"\b(?:screen\w* for|assess\w* for|evaluat\w* for|monitor\w* for|ask\w* about|question\w* about"
    r"|counsel\w* (?:on|about)"
    r"|potential for|risk (?:of|for)|concern\w* (?:for|about)|signs of possible)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_SOMETHING_ELSE = Pattern(
    r"\s*(?:counsel\w*|treatment (?:program|center)|risk|screen\w*|questionnaire|assessment|agreement|history:?\s*$)",
    re.IGNORECASE,
)
_NONE_AHEAD = Pattern(
    r"\b(?:no|not|denies|denied|without|never|negative for|free of|absence of|does not (?:use|have"
    r"|abuse))\b[^.;]{0,70}$",
    re.IGNORECASE,
)
_LITTLE_ALCOHOL = Pattern(
    r"\b(?:alcohol|etoh)(?: use| intake| consumption)?\b[^.;\n]{0,20}?\b(?:denies|denied|none|no|never|social\w*"
    r"|occasional\w*|rare\w*|\d (?:drinks? )?(?:per|a) (?:week|month))\b"
    r"|\b(?:denies|denied|no|not|never|occasional|social|rare)\b[^.;:]{0,40}\b(?:alcohol|etoh|drink)\b",
    re.IGNORECASE,
)
_ANSWERED_NO = Pattern(r"\s*[:\-]\s*(?:none|denies|denied|no|never|negative)\b", re.IGNORECASE)
_IN_THE_PAST = Pattern(
    r"[^.;,]{0,20}?\b(?:in (?:the |his |her )?past|previously|remotely|years ago|quit)\b", re.IGNORECASE
)
_BUT = Pattern(r"\b(?:but|although|however|except)\b", re.IGNORECASE)


def substance_facts(context: Context) -> Iterator[Fact]:
    """One fact for each mention of abuse that states something about a person."""
    for sentence in context.page.telling:
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim:
            continue
        for mention in sentence.concepts:
            if mention.name == "substance.abuse":
                fact = _abuse(context, sentence, mention)
                if fact is not None:
                    yield fact


def _abuse(context: Context, sentence: Sentence, mention: Mention) -> Fact | None:
    before = context.text[sentence.start : context.start(mention)]
    after = context.text[context.end(mention) : sentence.end]
    if _NO_STATEMENT.search(before) or _SOMETHING_ELSE.match(after):
        return None
    sense = context.sense(mention, sentence)
    state = sense.state
    denied = _NONE_AHEAD.search(before)
    if (
        state is State.ABSENT
        or (denied is not None and not _BUT.search(before, denied.start()))
        or _answered(context, mention, after)
    ):
        state = State.ABSENT
    elif state is None and _IN_THE_PAST.match(after):
        state = State.PAST
    elif state in (None, State.DONE, State.DECLINED, State.DENIED):
        state = State.PRESENT
    elif state is State.PLANNED:
        state = State.POSSIBLE
    remission = _REMISSION.search(context.text, sentence.start, sentence.end) is not None
    active = _ACTIVE.search(before[-30:]) is not None
    if remission and state in (State.PRESENT, State.PAST) and not active:
        state = State.PAST
    qualities: dict[str, tuple[str, ...]] = {key: (value,) for key, value in mention.qualities.items()}
    if state is State.PAST and remission:
        qualities["remission"] = ("yes",)
    basis = []
    if "substance" not in qualities:
        qualities["substance"] = ("any",)
    elif qualities["substance"] == ("drugs",) and state is State.ABSENT:
        # "Denies alcohol and illicit drugs": together they leave nothing open.
        alcohol = _LITTLE_ALCOHOL.search(context.text, sentence.section.body, sentence.section.end)
        if alcohol is not None:
            qualities["substance"] = ("any",)
            basis.append(context.quote_span(alcohol.start(), alcohol.end()))
    return context.fact(
        "substance.abuse",
        state,
        sentence,
        mention,
        f"substance.{sense.rule}",
        who=Who.OTHER if sentence.section.kind == "family" else sense.who,
        qualities=qualities,
        basis=basis,
        template=sentence.section.kind == "ros",
    )


def _answered(context: Context, mention: Mention, after: str) -> bool:
    """ "Drugs: denies" is one phrase of the lexicon and holds its answer; "Illicit drugs: none" has it behind."""
    words = context.tokens.words[mention.first : mention.last]
    return words[-1] in ("denies", "none", "never", "no") or _ANSWERED_NO.match(after) is not None
