"""A limb that another nerve, the brain, a neuropathy or a joint explains: what is found there points to no root.

A foot drop from the head of the fibula, stockings of diabetes and half a body after a stroke are all "examined
weakness". Where the writer names such a cause, and no root and no narrowed canal of that limb stands beside it, the
limb's findings say nothing about the spine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from praxigen.model.fact import Fact, State, Who
from praxigen.model.frozen import frozen
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence
from praxigen.reading.patterns import Pattern

_NERVE_WORD = (
    r"(?:(?:mono)?neuropath\w+|pals(?:y|ies)|entrapment|nerve (?:injury|lesion|compression|damage|palsy|entrapment))"
)
_LEG_NERVES = Pattern(
    rf"\b(?:(?:common |deep |superficial )?(?:peroneal|fibular)|femoral|obturator|sural|saphenous|tibial|sciatic|"
    rf"lateral femoral cutaneous)\s+(?:nerve\s+)?{_NERVE_WORD}"
    r"|\b(?:tarsal tunnel|meralgia|lumbosacral plexopath\w+|diabetic amyotroph\w+|fibular head|Morton'?s neuroma)\b",
    re.IGNORECASE,
)
_ARM_NERVES = Pattern(
    rf"\b(?:median|ulnar|radial|axillary|posterior interosseous|suprascapular|long thoracic)\s+(?:nerve\s+)?"
    rf"{_NERVE_WORD}"
    r"|\b(?:carpal tunnel|cubital tunnel|brachial plexopath\w+|parsonage|thoracic outlet)\b",
    re.IGNORECASE,
)
_NEUROPATHIES = Pattern(
    r"\b(?:poly-?\s?neuropath\w+|length[- ]dependent|(?:diabetic|small[- ]fib(?:er|re)|alcoholic|axonal"
    r"|chemotherapy\S*|sensorimotor|large[- ]fib(?:er|re))[- ](?:\w+ ){0,2}?neuropath\w+|CIDP|Guillain"
    r"|Charcot-Marie)\b",
    re.IGNORECASE,
)
_BRAIN = Pattern(
    r"\b(?:stroke|CVA|(?:MCA|cerebral) infarct\w*|cerebral palsy|multiple sclerosis"
    r"|amyotrophic|parkinson\w*|post-?\s?polio|poliomyelitis|(?:old|childhood) polio|muscular dystrophy)\b",
    re.IGNORECASE,
)
_HIP = Pattern(
    r"\b(?:(?:comes?|coming|came|originat\w+|aris(?:es|ing)|stems?|stemming|generated|referred|is|are) (?:mainly "
    r"|purely"
    r" |all |entirely )?from (?:the|his|her|this|that) (?:\w+ )?hips?"
    r"|hip (?:is|as) the (?:main |primary |sole |likely )?(?:source|cause|generator)"
    r"|(?:intra-?articular|primary|true) hip (?:source|pathology|disease|pain))\b",
    re.IGNORECASE,
)
_SHOULDER = Pattern(
    r"\b(?:rotator cuff (?:\w+ )?(?:tear|tears|tendin\w+|arthropathy|injury|disease)|adhesive capsulitis"
    r"|frozen shoulder|subacromial impingement"
    r"|biceps (?:tendon )?(?:rupture|tear)|lateral epicondylitis|de quervain\w*)\b",
    re.IGNORECASE,
)
_EXPLAINS = Pattern(
    r"\b(?:due to|from|secondary to|attribut\w+|explain\w*|account\w* for|impression|diagnos\w+|assessment|this is"
    r"|these are|locali[sz]\w+|shows?|showed|reveal\w*|confirm\w*|believe|represents?|compatible|caused? by|result of"
    r"|consistent with|in keeping|comes|known|since|following|after|old|residual|reflects?|typical of|points? to"
    r"|there is|has|EMG|NCS|source)\b",
    re.IGNORECASE,
)
# A nerve that is only weighed, looked for, or stands beside a root.
_NOT_THE_CAUSE = Pattern(
    r"\b(?:no|not|without|rules? out|ruled out|versus|vs|possible|possibly|probable|suspect\w*|question\w*|consider\w*"
    r"|could|may|might|either|negative|family|mother|father|brother|sister|superimposed|double[- ]crush|in addition to"
    r"|as well as|unlikely|against|screen\w*|evaluate for|history of carpal|release\w*|resolved|risk)\b",
    re.IGNORECASE,
)
_DOUBTED = Pattern(
    r"[^.;,]{0,20}\b(?:ruled out|unlikely|versus|vs|possible|suspected|excluded|is considered|in the differential"
    r"|resolved|release)\b|\s*\?",
    re.IGNORECASE,
)
_NOT_THE_SPINE = Pattern(
    r"\b(?:(?:not|rather than|and not|instead of|nor|neither)(?: \w+){0,3} (?:from|in|of|by|to) (?:the|his|her) "
    r"(?:\w+ )?(?:spine|back|neck|disc|root|lumbar|cervical)"
    r"|no (?:evidence|signs?|findings?|features?|suggestion) (?:of|for) (?:an? )?(?:\w+ ){0,3}?radiculopath\w+"
    r"|(?:not|nor) (?:a |an )?(?:\w+ )?(?:radiculopath\w+|radicular|root)"
    r"|paraspinals? (?:muscles? )?(?:are|were|is|was) (?:\w+ )?(?:quiet|silent|normal|spared|clean))\b",
    re.IGNORECASE,
)
_ARM_WORDS = Pattern(
    r"\b(?:arms?|hands?|grip|fingers?|thumb|wrist|elbow|biceps?|triceps?|deltoids?|intrinsics?|interosse\w+|thenar"
    r"|APB|FDI|upper|spurling\w*|C[4-8]|T1|UEs?|RUE|LUE|brachio\w+|hoffman\w*)\b",
    re.IGNORECASE,
)
_LEG_WORDS = Pattern(
    r"\b(?:legs?|foot|feet|toes?|ankles?|knees?|calf|thighs?|shin|EHL|dorsi\w+|plantar\w*|evers\w+|invers\w+|tibialis"
    r"|peron\w+|quad\w*|hamstring\w*|achilles|patellar|lower|slr|straight leg|stocking|L[1-5]|S1|LEs?|RLE|LLE|BLE"
    r"|gait|drop)\b",
    re.IGNORECASE,
)
_SKIPPED = frozenset({"family", "education", "consent", "allergies", "ros", "goals"})
_CAUSED = ("sign.motor_weakness", "sign.sensory_loss", "sign.reflex_change", "redflag.severe_weakness")
_FELT = ("symptom.limb_pain", "symptom.radicular")
_GOES_DOWN = ("redflag.progressive_deficit",)


@frozen
class _Cause:
    """What else explains a limb: which limbs, whether their pain too, and whether the spine is expressly cleared."""

    limbs: frozenset[str]
    pain_too: bool
    signs_too: bool
    not_the_spine: bool


_ARM, _LEG = frozenset({"arm"}), frozenset({"leg"})
_CAUSES = (
    (_LEG_NERVES, _LEG, True),
    (_ARM_NERVES, _ARM, True),
    (_NEUROPATHIES, _ARM | _LEG, True),
    (_BRAIN, _ARM | _LEG, True),
    (_HIP, _LEG, False),
    (_SHOULDER, _ARM, True),
)


def without_other_nerves(context: Context, facts: Iterable[Fact]) -> list[Fact]:
    """The facts, in which a limb's finding that the writer gives to another cause is only possibly the spine's."""
    facts = list(facts)
    causes = list(_causes(context))
    if not causes:
        return facts
    cleared = any(cause.not_the_spine for cause in causes)
    limbs = frozenset[str]().union(*(cause.limbs for cause in causes))
    spared = limbs - _of_the_spine(facts, cleared=cleared)
    if not spared:
        return facts
    changed: list[Fact] = []
    for fact in facts:
        cause = next((c for c in causes if c.limbs & spared and _falls_to(fact, c, spared, cleared=cleared)), None)
        changed.append(fact if cause is None else replace(fact, state=State.POSSIBLE, rule="other-nerve"))
    return changed


def _causes(context: Context) -> Iterable[_Cause]:
    for sentence in context.page.where(*(pattern for pattern, _, _ in _CAUSES)):
        if sentence.section.kind in _SKIPPED or sentence.general or sentence.claim:
            continue
        for pattern, limbs, signs in _CAUSES:
            match = pattern.search(sentence.text)
            if match is not None and _is_the_cause(sentence, match):
                near = _around(context, sentence)
                yield _Cause(limbs, pattern is not _BRAIN, signs, _NOT_THE_SPINE.search(near) is not None)


def _is_the_cause(sentence: Sentence, match: re.Match[str]) -> bool:
    text = sentence.text
    clause = text[max(text.rfind(mark, 0, match.start()) for mark in (";", ".", ",")) + 1 : match.end()]
    if _NOT_THE_CAUSE.search(clause) or _DOUBTED.match(text, match.end(), len(text)):
        return False
    return (
        sentence.section.kind in ("assessment", "diagnosis")
        or match.re is _SHOULDER.compiled
        or _EXPLAINS.search(text) is not None
    )


def _around(context: Context, sentence: Sentence) -> str:
    """The sentence with its neighbors."""
    beside = context.page.sentences[max(0, sentence.index - 1) : sentence.index + 2]
    return " ".join(each.text for each in beside if each.section is sentence.section)


_OF_THE_CORD = ("diagnosis.myelopathy", "diagnosis.cord_compression", "redflag.tumor", "redflag.cauda_equina")
_PRESSING = ("imaging.compression", "symptom.neurogenic_claudication", *_OF_THE_CORD)


def _of_the_spine(facts: list[Fact], *, cleared: bool) -> frozenset[str]:
    """The limbs that the note also gives to a root or to a canal that is narrow on a study."""
    limbs: set[str] = set()
    for fact in facts:
        if fact.state is not State.PRESENT or fact.who is not Who.PATIENT:
            continue
        named = fact.concept == "symptom.radicular" and _NAMED_ROOT.search(fact.quote.text) is not None
        pressed = fact.concept in _PRESSING
        tension = fact.concept == "sign.tension" and not cleared
        if not (named or tension or (pressed and not cleared)):
            continue
        region = fact.quality("region")
        if "cervical" in region:
            limbs.add("arm")
        if "lumbar" in region or "thoracic" in region:
            limbs.add("leg")
        if fact.concept in _OF_THE_CORD:
            limbs.update(("arm", "leg"))
        elif not region:
            limbs.update(fact.quality("limb") or ("arm", "leg"))
    return frozenset(limbs)


_NAMED_ROOT = Pattern(r"\b(?:radicul\w+|sciatica|[LCS]\d (?:nerve )?root)\b", re.IGNORECASE)


def _falls_to(fact: Fact, cause: _Cause, spared: frozenset[str], *, cleared: bool) -> bool:
    if fact.state is not State.PRESENT or fact.who is not Who.PATIENT:
        return False
    sign = fact.concept in _CAUSED or fact.concept in _GOES_DOWN
    felt = fact.concept in _FELT and (fact.concept != "symptom.radicular" or cleared)
    if not ((sign and cause.signs_too) or (felt and cause.pain_too)):
        return False
    if felt and _NAMED_ROOT.search(fact.quote.text):
        return False
    return bool(_limbs_of(fact) & cause.limbs & spared)


def _limbs_of(fact: Fact) -> frozenset[str]:
    told = fact.quality("limb")
    if told:
        return frozenset(told)
    words = fact.quote.text
    arm, leg = _ARM_WORDS.search(words) is not None, _LEG_WORDS.search(words) is not None
    return _ARM | _LEG if arm is leg else _ARM if arm else _LEG
