"""What the next sentence says of a symptom or a weakness by "it": that it has returned, or gets worse."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence
from praxigen.reading.patterns import Pattern

_SYMPTOMS = ("symptom.radicular", "symptom.limb_pain", "symptom.neurogenic_claudication")
_IT = r"\W*(?:it|this|that|the (?:pain|sciatica|symptoms?|numbness|weakness))\s+"
_RETURNED = Pattern(
    _IT + r"(?:has |have |had )?(?:since |now |recently |again )*(?:returned|recurred|come back|came back|reappeared)\b"
    r"(?![^.;]{0,30}\b(?:resolved|gone|settled))",
    re.IGNORECASE,
)
_STAYED_AWAY = Pattern(
    _IT + r"(?:(?:has|have|had|did) (?:never|not)(?: since)?|never(?: since)?) "
    r"(?:returned|recurred|come back|came back|reappeared|return|recur|come back)\b",
    re.IGNORECASE,
)
# "CRPS was diagnosed elsewhere; I find no signs of it", "bone scan and examination do not support it".
_NOT_BORNE_OUT = Pattern(
    r"\b(?:(?:find|see|found|saw|there (?:is|are|was|were)|has|have) no (?:\w+ )?(?:signs?|evidence"
    r"|features?|findings?|support)"
    r"(?: of| for)? (?:it|this|that|the (?:diagnosis|condition|disease))|(?:do|does|did)(?: not"
    r"|n't) (?:support|agree with|bear out"
    r"|confirm|share) (?:it|this|that|the diagnosis)"
    r"|(?:do|does|did)(?: not|n't) (?:think|believe|feel|find) (?:that )?(?:she|he|the patient|this|it|they"
    r"|mr\.? \w+|ms\.? \w+|mrs\.? \w+)"
    r" (?:has|had|have|is|was|represents?|meets?) (?:it|this|that|CRPS|RSD|the diagnosis|the criteria|Budapest))\b",
    re.IGNORECASE,
)
_DISPUTED = ("diagnosis.crps", "diagnosis.myelopathy", "redflag.cauda_equina")
_LOOKS_ON = 3  # sentences in which a writer lists what speaks against a diagnosis before the verdict
_WORSENS = Pattern(
    _IT + r"(?:is|has been|has become|keeps|continues to be)\s+(?:getting |growing |becoming )?(?:\w+ly )?"
    r"(?:worse(?:ning)?|progress(?:ing|ive)|weaker|increasing|deteriorating|getting worse)\b",
    re.IGNORECASE,
)


def told_next(context: Context, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts as the sentence after theirs leaves them, and a red flag for a weakness that gets worse."""
    starts = [sentence.start for sentence in context.page.sentences]
    for fact in facts:
        following = _following(context, fact, starts)
        text = context.text[following.start : following.end] if following is not None else ""
        if following is not None and fact.concept in _SYMPTOMS and fact.state is State.PAST:
            state = State.ABSENT if _STAYED_AWAY.match(text) else State.PRESENT if _RETURNED.match(text) else None
            if state is not None:
                yield _again(context, fact, following, state)
                continue
        if fact.concept in _DISPUTED and fact.state in (State.PRESENT, State.POSSIBLE, State.PAST):
            disputed = _disputed(context, fact, following, starts)
            if disputed is not None:
                yield disputed
                continue
        yield fact
        if following is not None and _weak(fact) and _WORSENS.match(text):
            concept = "redflag.progressive_deficit"
            kinds = context.page.lexicon.kinds.get(concept, (concept,))
            worse = _again(context, fact, following, State.PRESENT)
            yield replace(worse, concept=concept, kinds=kinds, rule="told-next.worse")


def _disputed(context: Context, fact: Fact, following: Sentence | None, starts: list[int]) -> Fact | None:
    """A diagnosis of others that the writer does not find borne out, in the same sentence or the next."""
    own = context.page.sentences[max(0, bisect_right(starts, fact.quote.start) - 1)]
    further = context.page.sentences[own.index + 2 : own.index + 1 + _LOOKS_ON]
    for sentence in (own, following, *(each for each in further if each.section is own.section)):
        if sentence is None or sentence.general:
            continue
        match = _NOT_BORNE_OUT.search(context.text, max(fact.quote.start, sentence.start), sentence.end)
        if match is not None:
            quote = context.quote_span(match.start(), match.end())
            return replace(fact, state=State.ABSENT, rule="told-next.disputed", basis=(*fact.basis, quote))
    return None


def _again(context: Context, fact: Fact, following: Sentence, state: State) -> Fact:
    quote = context.quote(following, following.first, following.last)
    return replace(fact, state=state, rule="told-next.returned", basis=(*fact.basis, quote))


def _weak(fact: Fact) -> bool:
    return fact.concept == "sign.motor_weakness" and fact.state is State.PRESENT and "examined" in fact.quality("seen")


def _following(context: Context, fact: Fact, starts: list[int]) -> Sentence | None:
    """The sentence after that of a patient's fact, in the same section."""
    if fact.who is Who.OTHER or (fact.concept not in (*_SYMPTOMS, *_DISPUTED) and not _weak(fact)):
        return None
    sentences = context.page.sentences
    index = bisect_right(starts, fact.quote.start) - 1
    if not 0 <= index < len(sentences) - 1:
        return None
    following = sentences[index + 1]
    return following if following.section is sentences[index].section and not following.general else None
