"""What was made of surgery, told without its usual words: nothing to operate on, decided against it, off to theatre.

`operations` reads an operation that is named with what stands beside its name. Here the words name no operation
("nothing surgical to offer"), or the sentence before does ("We spoke about a fusion. He has decided against it.").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern

_WHO_OPERATES = (
    r"(?:I|we|he|she|they|neither|nobody|no one|none|surgeons?|neurosurg\w+|orthop\w+|Dr\.? \w+|panel|team|both)"
)
_NOTHING_TO_DO = Pattern(
    r"\b(?:(?:nothing|no(?:t| )? ?anything|little) (?:\w+ ){0,2}?(?:surgical(?:ly)?"
    r"|operative(?:ly)?)(?: \w+){0,2}? ?(?:to offer|to do|to be done|to"
    r" fix|to add|here)?"
    r"|(?:nothing|not anything|little|not much|no target|no lesion) (?:\w+ ){0,4}?(?:for |for him |for her |there "
    r"|here |left )?(?:to"
    r" (?:\w+ )?operat\w+|for (?:a |the )?(?:knife|surgeon|scalpel) to (?:do|fix|remove)"
    r"|that (?:\w+ ){0,2}?(?:operation|surgery|surgeon|knife) (?:could|would|can|will))"
    r"|no (?:\w+ )?(?:lesion|problem|abnormality|pathology|target|finding|instability|compression) (?:that"
    r"|which) (?:surgery|an operation"
    r"|operating|a surgeon) (?:would|could|can|will)"
    r"|no (?:\w+ )?(?:operation|surgery|procedure) (?:that |which |\w+ ){0,2}?(?:would|could|can|will|is likely to"
    r"|is going to|I can"
    r"|we can|likely to) (?:\w+ ){0,2}?(?:help|fix|improve|offer|change|make|solve|benefit|relieve|work|cure)"
    rf"|\b{_WHO_OPERATES} (?:\w+ )?(?:would|will|could|can|did|do|does)(?: not|n't) (?:\w+ )?(?:re-?\s?)?operate"
    r"|(?:neither|nobody|no one|none)(?: of (?:them|the \w+))? (?:would|will|wants? to|wanted to|is willing to"
    r"|was willing to"
    r"|recommend\w* (?:that )?\w*) ?(?:re-?\s?)?(?:operat\w+|surgery)"
    r"|(?:surgery|an operation|operating|further surgery|more surgery|fusion) (?:has|had|holds|offers?"
    r"|offered) (?:nothing|little|no"
    r" (?:prospect|hope|benefit|advantage|role))"
    r"|(?:more|greater) (?:risk|harm) than (?:benefit|good)|(?:do|does) more harm than good|hurt (?:him|her) more"
    r"|risks? (?:\w+ ){0,4}?"
    r"(?:outweigh|exceed)s? (?:\w+ ){0,4}?benefits?"
    r"|(?:no|not an?|isn't an?|without an?) (?:\w+ )?(?:surgical|operable|operative) (?:\w+ )?(?:indication|option"
    r"|solution|lesion"
    r"|problem|case|target|pathology|disease|candidate|spine|back|neck|remedy|answer|role|correlate)"
    r"|(?:surgery|operation|operating|fusion|decompression|revision)(?: \w+){0,4}? (?:would be|is|was|seems"
    r"|seemed) (?:\w+ )?(?:foolhardy|unwise|reckless"
    r"|folly|ill-advised|futile|unjustified|too (?:risky|dangerous|hazardous|much)|a mistake|madness|inadvisable"
    r"|not wise|imprudent|unacceptable)"
    r"|(?:turned|turns|turning) (?:him|her|them|the patient) (?:down|away) for (?:\w+ )?(?:revision|surgery|fusion"
    r"|operation|decompression|it)"
    r"|(?:steer\w*|counsel\w*|advis\w*|warn\w*|recommend\w*|talked) (?:\w+ ){0,3}?(?:away from|out of"
    r"|against) (?:\w+ ){0,3}?(?:surgery"
    r"|an operation|operating|operation|fusion))\b",
    re.IGNORECASE,
)
_SURGERY = Pattern(
    r"\b(?:(?:neuro)?surg\w+|operat\w+|fusion|fus(?:e|ing)|lamin\w+|dis[ck]ectom\w+|microdis\w+|decompress\w*|knife"
    r"|theat(?:re"
    r"|er)|OR)\b",
    re.IGNORECASE,
)
_WANTS_NONE = Pattern(
    r"\b(?:(?:has |have |had )?(?:decided|chosen|opted|elected|resolved) (?:against|not to (?:have|go|undergo|do"
    r"|proceed))"
    r"|(?:declin\w+|refus\w+|turned down|said no to|says no to|rejects?|rejected|passed on|is passing on) (?:it|that"
    r"|this|one|them|any"
    r"|the offer|the operation|the idea|both)"
    r"|(?:does|did|do|is|was|are)(?: not|n't) (?:\w+ )?(?:want(?:ing)?|wish(?:ing)?|interested|willing|keen|prepared"
    r"|ready) ?(?:in|to|for|on)?"
    r" (?:it|that|this|one|any of it|have it|go through (?:it|that|with it)|another|undergo it|do it|be cut"
    r"|(?:be )?operated (?:on|upon)|the (?:knife|scalpel))"
    r"|would (?:rather|prefer) (?:not|to (?:avoid|live with|manage without|put up with|do without))"
    r"|wants? (?:nothing|no part|none) (?:to do with|of) (?:it|that|surgery|an operation|another|any)"
    r"|(?:not|never)(?: \w+)? (?:going|go) under the knife|no more (?:surger\w+|operations|knives|cutting)"
    r"|(?:will|would) not (?:hear of|entertain|contemplate|consider|consent to|agree to) (?:it|that|surgery"
    r"|an operation|another|one"
    r"|any|further))\b",
    re.IGNORECASE,
)
_GOES = Pattern(
    r"\b(?:(?:goes|going|go|went|taken|taking|proceed\w*|brought|rushed|heading) (?:\w+ ){0,2}?(?:to|into"
    r"|for) (?:the )?(?:theat(?:re|er)|OR\b"
    r"|operating (?:room|theat\w+))\b[^.;]{0,30}\b(?:tonight|today|tomorrow|now|emergen\w+|urgent\w*|directly"
    r"|immediately|this (?:evening"
    r"|afternoon|morning))|(?:signed|signs|gave|given|has given) (?:\w+ )?consent for (?:an? "
    r"|the )?(?:\w+ ){0,2}?(?:lamin\w+"
    r"|dis[ck]ectom\w+|fusion|decompress\w+|microdis\w+|surgery|operation|ACDF|TLIF|PLIF|ALIF)"
    r"|(?:should|must|needs? to|ought to|has to|will) be (?:\w+ )?(?:decompressed|fused|operated (?:on|upon))"
    r"|(?:[Nn]eurosurgery|[Ss]pine surgery|[Ss]urgeons?|[Oo]rthop\w+) (?:is |are |will be |will )?(?:taking|take"
    r"|to take) (?:him|her|them|the patient)"
    r"|(?:put|placed|goes|go|going|be|is) on (?:the|our|my|his|her) (?:\w+ )?(?:list|schedule|waiting list"
    r"|operating list|surgical list)"
    r"|(?:posted|booked|listed|on the (?:list|schedule|board)|slotted|down) for (?:an? |the |his "
    r"|her )?(?:\w+ ){0,3}?(?:lamin\w+"
    r"|dis[ck]ectom\w+|fusion|decompress\w+|microdis\w+|surgery|operation|ACDF|TLIF|PLIF|ALIF))\b",
)
_ANOTHER_PART = Pattern(
    r"\b(?:knees?|hips?|shoulders?|rotator|carpal|hernia|gallbladder|cardiac|heart|bypass|abdom\w+|ankles?|wrists?"
    r"|elbows?|cataract\w*"
    r"|hysterectomy|breast|eyes?|prostate|thyroid|bunion|kidney|valve|aneurysm|tumou?r of the breast|bowel)\b",
    re.IGNORECASE,
)
_UNREAL = Pattern(
    r"\b(?:if|unless|whether|should (?:he|she|they|it)|until|friend|brother|sister|mother|father|husband|wife"
    r"|neighbor|in general"
    r"|awaiting|await|pending|will (?:ask|see)|second opinion (?:is|will)|asked whether|wonders?|question of)\b",
    re.IGNORECASE,
)
_FAMILY_ASIDE = Pattern(
    r"[;:(,][^;:()]*\b(?:brother|sister|mother|father|friend|neighbor|husband|wife)\b[^;:()]*", re.IGNORECASE
)
_SKIPPED = frozenset(
    {"education", "family", "consent", "allergies", "social", "ros", "past_medical", "past_surgical", "operation"}
)
# One kind of operation that does not suit, where another is then advised.
_ONE_KIND = Pattern(
    r"\b(?:dis[ck] (?:replacement|arthroplasty)|arthroplasty|artificial dis[ck]|stand-?alone|minimally invasive"
    r"|endoscopic|laminoplasty"
    r"|kyphoplasty|vertebroplasty|interspinous|spacer|anterior (?:approach|surgery)|posterior (?:approach|surgery)"
    r"|fusion alone"
    r"|decompression alone|laminectomy alone|microdis[ck]ectomy alone|percutaneous)\b",
    re.IGNORECASE,
)


def surgical_opinion_facts(context: Context) -> Iterator[Fact]:
    """Facts about surgery that is not possible, not wanted, or about to happen."""
    if not context.spine_is_the_problem:
        return
    for sentence in context.page.where(_NOTHING_TO_DO, _WANTS_NONE, _GOES):
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim:
            continue
        if all(told.search(sentence.text) is None for told in (_NOTHING_TO_DO, _WANTS_NONE, _GOES)):
            continue
        text = _FAMILY_ASIDE.sub("", sentence.text)
        if _UNREAL.search(text) or _ANOTHER_PART.search(text):
            continue
        yield from _opinion(context, sentence)


def _opinion(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    nothing = _NOTHING_TO_DO.search(text)
    if nothing is not None and (_SURGERY.search(text) or _surgery_before(context, sentence)):
        yield _fact(context, sentence, nothing, State.ABSENT, "operation.nothing-to-do")
        return
    none = _WANTS_NONE.search(text)
    if (
        none is not None
        and (_SURGERY.search(none[0]) or _surgery_before(context, sentence))
        and not _care_named(sentence)
    ):
        yield _fact(context, sentence, none, State.DECLINED, "operation.wants-none")
        return
    goes = _GOES.search(text) if not context.operative else None
    if (
        goes is not None
        and (_SURGERY.search(goes[0]) or _surgery_before(context, sentence))
        and sentence.section.kind not in ("history", "prior_treatment", "records")
    ):
        yield _fact(context, sentence, goes, State.PLANNED, "operation.goes")


def _surgery_before(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence before, or the one itself, speaks of surgery on the spine."""
    if _named(sentence):
        return True
    before = context.page.sentences[max(0, sentence.index - 2) : sentence.index]
    return any(
        told.section is sentence.section and _named(told) and _ANOTHER_PART.search(told.text) is None for told in before
    )


def _named(sentence: Sentence) -> bool:
    return any(concept.name in ("surgery.spine", "surgery.any") for concept in sentence.concepts)


def _care_named(sentence: Sentence) -> bool:
    """Whether "it" may as well be an injection or therapy, or the stimulator."""
    return any(c.name.startswith(("treatment.", "trial.", "device.")) for c in sentence.concepts)


def _fact(context: Context, sentence: Sentence, match: re.Match[str], state: State, rule: str) -> Fact:
    mention = mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end())
    return context.fact("plan.spine_surgery", state, sentence, mention, rule)


# "Would rather avoid a fusion, but is now prepared to go ahead": what the sentence ends on holds.
_AFTER_ALL = Pattern(
    r"\b(?:but|yet|however|nevertheless|still|though)\b[^.;]{0,120}\b(?:prepared|ready|willing|agreed|agrees|decided"
    r"|consented|wishes|wants|happy) to (?:go (?:ahead|forward)|proceed|have (?:it|the \w+|surgery)|undergo)",
    re.IGNORECASE,
)


def _overcome(context: Context, fact: Fact) -> bool:
    sentence = context.page.sentence_at(fact.quote.start)
    return sentence is not None and _AFTER_ALL.search(sentence.text) is not None


def one_kind_refused(context: Context, facts: Iterable[Fact]) -> list[Fact]:
    """The facts, in which one kind of operation that does not suit is no word against surgery, where another is"
    " advised.

    Nor is a reluctance that the same sentence overcomes.
    """
    facts = [
        replace(fact, state=State.PLANNED, rule="operation.after-all")
        if fact.concept == "plan.spine_surgery"
        and fact.state in (State.DECLINED, State.ABSENT)
        and _overcome(context, fact)
        else fact
        for fact in facts
    ]
    advised = [f.quote.start for f in facts if f.concept == "plan.spine_surgery" and f.state is State.PLANNED]
    if not advised:
        return facts
    return [
        replace(fact, state=State.POSSIBLE, rule="operation.one-kind")
        if fact.concept == "plan.spine_surgery"
        and fact.state is State.ABSENT
        and fact.who is Who.PATIENT
        and _ONE_KIND.search(fact.quote.text)
        and any(start > fact.quote.start for start in advised)
        else fact
        for fact in facts
    ]
