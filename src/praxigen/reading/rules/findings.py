"""Symptoms, diagnoses, signs and red flags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.assertion import Sense
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.rules.strength import STRENGTHS, grades, named_weakness

_FINDINGS = (
    "symptom.",
    "diagnosis.",
    "sign.",
    "redflag.",
    "crps.",
    "device.",
    "tobacco.",
    "status.",
    "pain.",
    "intractable_pain",
    "electrodes.",
    "nerve.",
)

_EXAM_WORDS = Pattern(
    r"\b(?:exam\w*|on testing|strength|motor|reflex\w*|dermatom\w*|pinprick|light touch"
    r"|SLR|straight[- ]leg\w*|spurling\w*|babinski|hoffman\w*|clonus|achilles|(?:ankle|knee) jerks?|DTRs?|PP|LT|EHL"
    r"|(?:heel|toe)[- ](?:walk\w*|raises?|stand\w*)|myotom\w*|great toe extension"
    r"|[0-5]\s*[+-]?\s*/\s*5|objective|found to have|evaluation|tested|elicited|demonstrat\w+)\b",
    re.IGNORECASE,
)

_RESULT_NEEDED = ("sign.tension", "sign.hoffmann", "sign.babinski", "sign.clonus", "sign.cord_other")

_POSITIVE = Pattern(
    r"\b(?:positive|pos|present|elicits?|elicited|reproduc\w+|provok\w+|caus\w+|limited|produc\w+"
    r"|with radiation|radiat\w+|equivocally positive|abnormal|beats|sustained|bilaterally positive"
    r"|worsens?|increases?|aggravat\w+|painful at|pain at|at \d{2} deg|upgoing|brisk)\b"
    r"|\(\+\)|(?<=[a-z] )\+(?=[\s.,;]|$)",
    re.IGNORECASE,
)

_NEGATIVE = Pattern(
    r"\b(?:negative|neg|absent|not|no|without|normal|downgoing|do not|does not|did not|unremarkable"
    r"|down going|flexor|none|denied|to 90|90 degrees|unlimited)\b|\(-\)|(?<=[a-z] )-(?=[\s.,;]|$)",
    re.IGNORECASE,
)

_NOT_ONE = Pattern(
    r"\b(?:no|without|neither)\s+(?:(?:sustained|ankle|bilateral|obvious|evidence of|signs? of)\s+){0,2}$",
    re.IGNORECASE,
)
_UNSURE = Pattern(
    r"\b(?:not certain|uncertain|unclear|not clear|not sure|unsure|cannot say|hard to say|difficult to (?:say|tell)"
    r"|questionable|equivocal)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_THERE_IS = Pattern(
    r"\b(?:there (?:is|are|was|were)|residual|showed|revealed|demonstrated)\b[^.;:]{0,25}$", re.IGNORECASE
)
_PLUS = Pattern(r"\s*:?\s*(?:\+(?!/)|pos\b)")
_STRONG_NEGATIVE = Pattern(r"\b(?:negative|neg|absent|downgoing)\b", re.IGNORECASE)

_SKIPPED = frozenset({"operation", "consent", "education", "allergies"})

_SIGN_PLACES = frozenset({"exam", "assessment", "opening", "imaging", "diagnosis"})

_REPORTED_PLACES = frozenset(
    {"history", "ros", "social", "past_medical", "goals", "plan", "prior_treatment", "indications"}
)

_SPINE_WORDS = (
    "symptom.axial_pain",
    "diagnosis.stenosis",
    "diagnosis.herniation",
    "imaging.",
    "symptom.radicular",
    "diagnosis.fbss",
    "surgery.spine",
)


def finding_facts(context: Context) -> Iterator[Fact]:
    """Facts about what the patient has, feels and shows."""
    page = context.page
    for sentence in page.in_order(page.telling, page.where(*STRENGTHS)):
        kind = sentence.section.kind
        if kind in _SKIPPED and not (kind == "operation" and not context.operative):
            continue
        for mention in sentence.concepts:
            if mention.name.startswith(_FINDINGS):
                fact = _finding(context, sentence, mention)
                if fact is not None:
                    yield fact
        yield from grades(context, sentence)
        yield from named_weakness(context, sentence)


def _finding(context: Context, sentence: Sentence, mention: Mention) -> Fact | None:
    sense = context.sense(mention, sentence)
    kind = sentence.section.kind
    if mention.name == "redflag.continence":
        return _continence(context, sentence, mention, sense.state)
    if mention.name == "symptom.neurogenic_claudication" and _of_the_legs_vessels(sentence, mention):
        return None
    state, rule = _first_state(context, sentence, mention, sense)
    if state is State.ABSENT and _says_nothing_of_it(context, sentence, mention):
        return None
    if state is State.PRESENT:
        state, rule = _second_thoughts(context, sentence, mention, rule)
    return context.fact(
        mention.name,
        state,
        sentence,
        mention,
        f"finding.{rule}",
        who=Who.OTHER if kind == "family" else sense.who,
        qualities=_qualities(context, sentence, mention, state),
        template=kind == "ros" and state is State.ABSENT,
    )


def _first_state(context: Context, sentence: Sentence, mention: Mention, sense: Sense) -> tuple[State, str]:
    """The state that the words and the place of a mention give to it at first sight."""
    if sentence.general and sense.state is not State.CLAIMED:
        return State.HYPOTHETICAL, "general"
    if sentence.section.kind == "goals":
        return State.HYPOTHETICAL, "section.goals"
    if sentence.section.title.lower().startswith("differential") and sense.state is None:
        return State.POSSIBLE, "section.differential"  # what is weighed is not yet concluded
    if sense.state is State.HYPOTHETICAL or sense.rule == "answer.no":
        return sense.state or State.ABSENT, sense.rule
    if _IS_DENIED.match(context.text, context.end(mention), sentence.end):
        return State.ABSENT, "denied"
    if mention.state is not None:
        return State(mention.state), "phrase"
    if mention.name in _RESULT_NEEDED:
        return _result(context, sentence, mention)
    if sense.state in (None, State.DONE, State.PLANNED):
        return _standing(context, sentence, mention, sense.state, sense.rule)
    if sense.state is State.PAST:
        return _past(context, sentence, mention, sentence.section.kind), sense.rule
    return State.PRESENT if sense.state is State.DECLINED else sense.state, sense.rule


def _second_thoughts(context: Context, sentence: Sentence, mention: Mention, rule: str) -> tuple[State, str]:
    """What speaks against taking a finding as present now; the first doubt that holds decides."""
    for names, doubt, state, name in _DOUBTS:
        if mention.name.startswith(names) and doubt(context, sentence, mention):
            return state, name
    return State.PRESENT, rule


def _qualities(context: Context, sentence: Sentence, mention: Mention, state: State) -> dict[str, tuple[str, ...]]:
    qualities: dict[str, tuple[str, ...]] = {key: (value,) for key, value in mention.qualities.items()}
    qualities.update(context.site(mention, sentence))
    if mention.name.startswith("redflag") and "region" not in qualities and context.region:
        # Weakness or a bladder that names no part of the spine belongs to the part that the note is about.
        qualities["region"] = (context.region,)
    if mention.name.startswith("sign.") and not context.spine_is_the_problem and state is State.PRESENT:
        qualities["seen"] = ("elsewhere",)
    elif mention.name.startswith(("sign.", "crps.")):
        normal = state is State.ABSENT and mention.state == "absent" and not _TELLS.search(_told(sentence))
        qualities["seen"] = ("examined",) if normal else (_seen(context, sentence),)
    if mention.name in ("symptom.limb_pain", "symptom.neuropathic_pain") and _with_spine(sentence, context):
        qualities["with_spine"] = ("yes",)
    _details(sentence, mention, qualities)
    return qualities


def _once(context: Context, sentence: Sentence, mention: Mention) -> bool:
    return _ONCE.match(context.text[sentence.start : context.start(mention) + 1]) is not None


def _now_gone(context: Context, sentence: Sentence, mention: Mention) -> bool:
    after = context.text[context.end(mention) : sentence.end]
    if _NOW_GONE.match(after):
        return True
    resolved = _RESOLVED.match(after)
    return resolved is not None and not _NOT_QUITE.search(resolved[0])


def _of_diabetes(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Pain that the sentence gives to a neuropathy of diabetes is not the spine's."""
    del context, mention
    named = {concept.name for concept in sentence.concepts}
    spine = any(part.name in _SPINE_PARTS for part in sentence.parts) or any(n.startswith(_SPINE_WORDS) for n in named)
    return "diagnosis.diabetic_neuropathy" in named and not spine


_SPINE_PARTS = ("body.lumbar", "body.cervical", "body.thoracic", "body.spine")
_IS_DENIED = Pattern(r"[^.;,:]{0,25}?\b(?:is|are|was|were) denied\b(?! (?:by|coverage|authorization))", re.IGNORECASE)
_RESOLVED = Pattern(
    r"[^.;:]{0,45}?\b(?:now |since |fully |completely |entirely |spontaneously )*(?:resolved|subsided|gone)\b"
    r"(?!\s+(?:for|until|then|only|while)\b)(?![^.;]{0,80}\b(?:return|recur|came back|constant|again|since then))",
    re.IGNORECASE,
)
_NOT_QUITE = Pattern(
    r"\b(?:not|never|partial\w*|partly|incomplete\w*|until|if|once|when|nearly|almost|mostly|but|and|has"
    r"|is)\b",
    re.IGNORECASE,
)


def _negated_near(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """A phrase of another kind may have swallowed the "no" ("no change in bladder function")."""
    ahead = context.text[max(sentence.start, context.start(mention) - 45) : context.start(mention)]
    return mention.state is None and _NEAR_NO.search(ahead) is not None


def _still_to_come(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Pain after an operation that is only feared, expected or to be prevented."""
    del context, mention
    return _TO_COME.search(sentence.text) is not None


_TO_COME = Pattern(
    r"\b(?:fear\w*|worr\w+|afraid|anticipat\w*|expect\w*|prevent\w*|will be|in case|minimi[sz]e"
    r"|prophyla\w+)\b",
    re.IGNORECASE,
)


def _not_said_to_be_new(context: Context, sentence: Sentence, mention: Mention) -> bool:
    if _TONE.search(context.page.words(mention.first, mention.last)):  # found on examination, not a habit of years
        return False
    return mention.state is None and not _NEW.search(sentence.text)


def _same_on_both_sides(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Reflexes that are weak but equal point to no root."""
    near = context.text[context.start(mention) : min(sentence.end, context.end(mention) + 45)]
    return _EQUAL.search(near) is not None


def _long_ago(context: Context, sentence: Sentence, mention: Mention) -> bool:
    return _LONG_AGO.match(context.text[context.end(mention) : sentence.end]) is not None


def _not_the_spine(context: Context, sentence: Sentence, mention: Mention) -> bool:
    del sentence, mention
    return not context.spine_is_the_problem


def _of_another_cause(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Retention that the note puts down to the prostate, a drug or an infection is no sign of the cauda equina."""
    del context, mention
    return _OTHER_CAUSE.search(sentence.text) is not None


def _of_no_root(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """What the examiner finds to follow no root: a neuropathy's stocking, a loss without anatomy."""
    del context, mention
    return _NO_ROOT.search(sentence.text) is not None


_NO_ROOT = Pattern(
    r"\b(?:length[- ]dependent|stocking|glove|non-?\s?(?:anatomic\w*|dermatomal|physiologic)|polyneuropath\w+"
    r"|distracted|distraction)\b",
    re.IGNORECASE,
)


def _of_no_muscle(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """ "Therapy to address her decreased strength": a want of training, with no muscle, grade or root named."""
    if _UNTRAINED.search(context.page.words(mention.first, mention.last)) is None:
        return False
    told = sentence.text
    if _MUSCLE_OR_ROOT.search(told) is not None:
        return False
    named = any(part.name in ("body.leg", "body.arm") or part.name.startswith("side.") for part in sentence.parts)
    return _TRAINING.search(told) is not None or (sentence.section.kind != "exam" and not named)


_UNTRAINED = Pattern(r"\b(?:strength|weakness)\b", re.IGNORECASE)
_TRAINING = Pattern(
    r"\b(?:address|benefit from|endurance|conditioning|deconditioned|deconditioning|core|posture|range of motion|ROM"
    r"|mobility"
    r"|flexibility|disuse|debility|generalized|generalised|gait training|strengthening|activity tolerance)\b",
    re.IGNORECASE,
)
_MUSCLE_OR_ROOT = Pattern(
    r"\b(?:[CTLS]\d|[0-4]\s*[+-]?\s*/\s*5|dorsiflex\w*|plantar ?flex\w*|EHL|extensor hallucis|foot|grip|tibialis"
    r"|quadriceps"
    r"|triceps|biceps|deltoid|myotom\w*|radicul\w*|root)\b",
    re.IGNORECASE,
)


def _of_the_legs_vessels(sentence: Sentence, mention: Mention) -> bool:
    """Bare "claudication" among questions for heart and vessels."""
    if mention.last - mention.first > 1:
        return False
    return _HEART.search(sentence.text) is not None


_HEART = Pattern(
    r"\b(?:angina|orthopnea|PND|palpitations?|carotid|TIAs?|coronary|pedal edema|peripheral edema|chest pain|dyspnea"
    r"|syncope"
    r"|ABIs?|ankle[- ]brachial|peripheral vascular|arterial|pedal pulses?|DVT)\b"
)


def _says_nothing_of_it(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """A denial that is of another organ, or that the patient gives where only an examination could tell."""
    told = sentence.text
    if mention.name == "symptom.any_pain":
        before = context.text[max(sentence.start, context.start(mention) - 20) : context.start(mention)]
        return _OTHER_ORGAN.search(before) is not None
    if mention.name in _SIGNS_FELT:
        return (
            sentence.section.kind != "exam"
            and _EXAM_WORDS.search(told) is None
            and _seen(context, sentence) != "examined"
        )
    if mention.name == "redflag.bowel_bladder" and _TONE.search(context.page.words(mention.first, mention.last)):
        return not context.spine_is_the_problem
    return False


_OTHER_ORGAN = Pattern(r"\b(?:abdominal|chest|pelvic|breast|eye|ear|joint|head)\s*$", re.IGNORECASE)
# Signs whose names patients and reviews of systems use as well.
_SIGNS_FELT = frozenset({"sign.gait_ataxia", "sign.hyperreflexia", "sign.cord_other", "sign.spasticity"})


def _from_a_limb(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Pain that begins in a heel or a wrist and goes up: no root, whose pain comes down from the spine."""
    del context
    if not mention.composed or any(part.name in _SPINE_PARTS for part in sentence.parts):
        return False
    return _UPWARD.search(sentence.text) is not None


_UPWARD = Pattern(
    r"\b(?:heels?|ankles?|foot|feet|plantar|achilles|knees?|wrists?|elbows?|hands?|thumbs?|shin)\b[^.;]{0,70}"
    r"\b(?:radiat\w+|spread\w*|go(?:es|ing)|extend\w*|travel\w*|shoot\w*|mov(?:es|ing))\s+(?:\w+ )?(?:proximal\w*"
    r"|up\b|upwards?\b|superior\w*)",
    re.IGNORECASE,
)


def _of_another_disease(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Limb pain that the sentence itself gives to a broken bone, a joint, a vessel or fibromyalgia."""
    if "radic" in context.page.words(mention.first, mention.last).lower():
        return False
    told = sentence.text
    return _ANOTHER_DISEASE.search(told) is not None and not any(
        c.name.startswith(("diagnosis.stenosis", "diagnosis.herniation")) for c in sentence.concepts
    )


_ANOTHER_DISEASE = Pattern(
    r"\b(?:secondary to|due to|because of|attributed to|from|related to|caused by|explained by)\s+(?:\w+\s+){0,3}?"
    r"(?:fibromyalgia|(?:osteo)?arthritis|gout|bursitis|tendin\w+|plantar fasciitis|peripheral vascular disease|PVD|PAD"
    r"|cellulitis|DVT|thrombosis|polymyalgia)\b"
    r"|\b(?:hip|femoral neck|femur|femoral|tibial?|fibular?|ankle|humer\w+|wrist|intertrochanteric) fracture\b",
    re.IGNORECASE,
)


def _of_no_nerve(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Atrophy of the brain, a jaw or skin is no muscle's, and half a body is weak from the brain."""
    named = context.page.words(mention.first, mention.last).lower()
    told = sentence.text
    if "atrophy" in named:
        return _NO_LIMB.search(told) is not None
    return "hemiparesis" in named and not any(part.name in _SPINE_PARTS for part in sentence.parts)


_NO_LIMB = Pattern(
    r"\b(?:brain|cerebr\w+|cerebell\w+|hippocamp\w+|vermian|gyral|cortical|maxill\w+|mandib\w+|optic|skin"
    r"|vaginal|thyroid"
    r"|renal|tongue|strap muscles|endometri\w+|paraspinal\w*|multifid\w+|small vessel)\b",
    re.IGNORECASE,
)


def _of_a_vessel(context: Context, sentence: Sentence, mention: Mention) -> bool:
    del context, mention
    return _VESSEL.search(sentence.text) is not None


def _of_no_spine(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Instability of a marriage or a gait: only a level, a segment or films of motion make it the spine's."""
    if len(context.page.words(mention.first, mention.last).split()) > 1:  # "cervical instability" says it itself
        return False
    return _SPINE_NAMED.search(context.text, sentence.start, sentence.end) is None


def _of_no_vertebra(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """A lytic lesion of the femoral neck is none of the spine."""
    del context, mention
    named = sentence.text
    return _VERTEBRA.search(named) is None or _LIMB_BONE.search(named) is not None


def _function_kept(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """ "Independent in his ADLs", "does not interfere with her quality of life": named, and not limited."""
    before = context.text[sentence.start : context.start(mention)]
    return _KEPT.search(before) is not None


def _function_better(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """ "Her activities of daily living are increased": better than before, and how limited now is not said."""
    after = context.text[context.end(mention) : sentence.end]
    named = context.page.words(mention.first, mention.last)
    return _NAMES_ONLY.search(named) is not None and _BETTER.search(after) is not None


def _in_hospital_before(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """ "He was hospitalized three months ago" says nothing of today."""
    before = context.text[sentence.start : context.start(mention)]
    after = context.text[context.end(mention) : min(sentence.end, context.end(mention) + 30)]
    return _WAS.search(before) is not None or _ONCE_IN_HOSPITAL.search(after) is not None


_SPINE_NAMED = Pattern(
    r"\b[CTLS]\d{1,2}\b|flexion|extension|spin(?:e|al) instab|vertebra\w*|listhesis|segment\w*|dynamic"
    r"|translation|\bmm\b"
    r"|films?\b|radiograph\w*|x-?rays?|instability of the (?:\w+ )?spine",
    re.IGNORECASE,
)
_VERTEBRA = Pattern(r"\b[CTLS]\d{1,2}\b|spin(?:e|al)\b|vertebra\w*|lumbar|thoracic|cervical|sacr\w+", re.IGNORECASE)
_LIMB_BONE = Pattern(r"\b(?:femor\w+|femur|humer\w+|tibia\w*|pelvi\w+|ribs?|skull|ilium|iliac)\b", re.IGNORECASE)
_KEPT = Pattern(
    r"\b(?:(?:fully |completely |remains |is )?independent\w*(?: in| with| for)|(?:does|do"
    r"|did) not (?:\w+ ){0,2}?(?:interfere|limit"
    r"|affect|impair)\w*|able to (?:perform|do|carry out|complete)|without (?:any )?(?:limit\w*|difficult\w*"
    r"|impairment) (?:in|of"
    r"|with)?)[^.;]{0,40}$",
    re.IGNORECASE,
)
_BETTER = Pattern(
    r"^\W*(?:(?:is|are|was|were|has|have|been|now|much|greatly|significantly|somewhat)\s+){0,3}"
    r"(?:increas|improv|better|restor|normal|intact|full|unaffected|unrestricted|unlimited|independent)",
    re.IGNORECASE,
)
_NAMES_ONLY = Pattern(
    r"^(?:activities of daily living|adl'?s?|quality of life|(?:walking|standing) tolerance)$", re.IGNORECASE
)
_WAS = Pattern(r"\b(?:was|were|had been|when|previously|recently|discharg\w+)\b[^.;]{0,15}$", re.IGNORECASE)
_ONCE_IN_HOSPITAL = Pattern(r"\b(?:ago|prior|previous\w*|in (?:19|20)\d\d|last (?:year|month))\b", re.IGNORECASE)
_TONE = Pattern(r"\b(?:tone|anal (?:reflex|wink))\b", re.IGNORECASE)
_OTHER_CAUSE = Pattern(
    r"\b(?:when|with|on) (?:(?:she|he) )?(?:cough\w*|sneez\w*|laugh\w*|jump\w*)|\bstress (?:urinary )?incontinence"
    r"|\bsince (?:her|the|his) (?:\w+ )?(?:child|children|baby|delivery|deliveries|pregnanc\w+|birth|hysterectomy"
    r"|prostatectomy)\b"
    r"|\b(?:due|secondary|related|attributed|because|from|caused)\b[^.;]{0,40}\b(?:prostat\w+|BPH"
    r"|an(?:a)?esthe\w+|constipat\w+"
    r"|UTI|urinary tract infection|opioids?|narcotics?|medications?|pregnan\w+|childbirth)",
    re.IGNORECASE,
)
_VESSEL = Pattern(
    r"\b(?:carotid|extracranial|intracranial|subclavian|celiac|renal|coronary|aort\w+|arter(?:y|ies|ial)|CTA|MRA)\b",
    re.IGNORECASE,
)
_NEAR_NO = Pattern(r"\b(?:no|denies|denied|without|negative for|never)\b[^.;:]{0,45}$", re.IGNORECASE)

_EQUAL = Pattern(
    r"\b(?:equal|symmetric\w*|both|bilateral\w*|bilat|throughout|diffuse\w*|generali[sz]ed|all four|upper and lower"
    r" extremities)\b|\bb/l\b",
    re.IGNORECASE,
)

_CONTINENT = Pattern(
    r"\b(?:normal|intact|undisturbed|unaffected|fine|ok|okay|unremarkable|unchanged|no change|negative"
    r"|no problems?|without|good"
    r"|no issues?|ø)\b|Ø",
    re.IGNORECASE,
)


_NO_TROUBLE = Pattern(
    r"\b(?:denies|denied|no|neg(?:ative)? for|without|(?:has|have|had|is|are|does|did) ?(?:not|n't)"
    r"(?: had| having| have| noticed| experienced)?)\s+(?:any\s+)?(?:new\s+)?(?:trouble|difficult\w+"
    r"|problems?|issues?|changes?"
    r"|symptoms?|complaints?)\s+(?:with|w/|in|of)\s*(?:his |her |the )?$",
    re.IGNORECASE,
)
_ANSWERED_NO = Pattern(r"\s*[|:]\s*(?:denies|denied|no|none|neg)\b", re.IGNORECASE)


def _continence(context: Context, sentence: Sentence, mention: Mention, state: State | None) -> Fact | None:
    """Bladder and bowel named without a complaint say something only where they are said to be in order."""
    if any(
        c.name == "redflag.bowel_bladder" and c.first < mention.last + 3 and mention.first < c.last + 3
        for c in sentence.concepts
    ):
        return None
    if sentence.section.kind in _NO_COMPLAINTS or _of_the_gut(sentence):
        return None
    if _ORGAN.search(sentence.text) is not None:
        return None
    near = context.text[max(sentence.start, context.start(mention) - 25) : min(sentence.end, context.end(mention) + 30)]
    fine = (
        _CONTINENT.search(near)
        or _NO_TROUBLE.search(context.text[max(sentence.start, context.start(mention) - 60) : context.start(mention)])
        or _ANSWERED_NO.match(context.text, context.end(mention), sentence.end)
    )
    if state is not State.ABSENT and not (state in (None, State.PRESENT, State.DONE) and fine):
        return None
    return context.fact(
        "redflag.bowel_bladder",
        State.ABSENT,
        sentence,
        mention,
        "finding.continent",
        template=sentence.section.kind == "ros",
    )


def _of_the_gut(sentence: Sentence) -> bool:
    """ "No change in her bowels, abdominal pain or melena": asked of the digestion, not of the cauda equina."""
    told = sentence.text
    return _DIGESTION.search(told) is not None and _CONTROL.search(told) is None


# A list of illnesses and a picture of the bladder say nothing of how it works.
_NO_COMPLAINTS = frozenset({"past_medical", "past_surgical", "imaging", "operation", "family"})
_ORGAN = Pattern(
    r"\b(?:fetal|urinary bladder (?:is|was|appears)|bladder (?:flap|neck|wall|tumou?r|mass|stone|cancer|lesion)"
    r"|in(?:to)? the"
    r" bladder|decompressed bladder|diversion|pouch|ureters?|catheter was)\b",
    re.IGNORECASE,
)
_DIGESTION = Pattern(
    r"\b(?:melena|hematochezia|rectal bleeding|bloody stools?|blood in (?:the |her |his )?stools?|abdominal pain|nausea"
    r"|vomiting|diarrhea|constipation|reflux|heartburn)\b",
    re.IGNORECASE,
)
_CONTROL = Pattern(r"\b(?:bladder|incontinen\w*|contin\w*|urin\w*|saddle|retention|control)\b", re.IGNORECASE)


def _standing(
    context: Context, sentence: Sentence, mention: Mention, state: State | None, rule: str
) -> tuple[State, str]:
    if state is State.PLANNED:
        before = context.tokens.words[max(sentence.first, mention.first - 6) : mention.first]
        if _SOUGHT.intersection(before) or _CONSIDERED.intersection(before[-2:]):
            return State.POSSIBLE, "cue.possible"
    if sentence.section.kind == "goals":
        return State.HYPOTHETICAL, "section.goals"
    if (
        sentence.section.kind in ("past_medical", "past_surgical")
        and mention.name.startswith("symptom.")
        and not re.search(
            r"\b(?:chronic|current|ongoing|persistent|now|recurrent)\b",
            sentence.text,
            re.IGNORECASE,
        )
    ):
        return State.PAST, "section.past_medical"
    return State.PRESENT, "plain" if state is None else rule


_SOUGHT = frozenset({"rule", "evaluate", "goals", "goal", "workup"})
_CONSIDERED = frozenset({"consider", "considered", "considering"})
_NEW = Pattern(
    r"\b(?:new\w*|acute\w*|since|recent\w*|onset|develop\w*|now|last|today|yesterday|days?|hours?|weeks?"
    r"|began|started|progress\w*|worsening|unable|cannot|can't|foley|catheter\w*|retention of|saddle"
    r"|bilateral|cauda|presents?|retention \d|post-?void|scan)\b",
    re.IGNORECASE,
)

_LONG_AGO = Pattern(
    r"[^.;]{0,15}?\bsince (?:childhood|birth|infancy|(?:his|her) (?:teens|youth|childhood))\b"
    r"|[^.;]{0,15}?(?:,|\(|in|since)\s*(?:19|20)\d\d\b|[^.;]{0,50}?\b(?:recovered|years ago|in childhood|remote)\b",
    re.IGNORECASE,
)

_ONCE = Pattern(
    r"\W*(?:(?:\w+|\d+) years ago,|before (?:her|his|the|that) [^.;]{3,60}\b(?:had|was|were)\b)", re.IGNORECASE
)

_NOW_GONE = Pattern(
    r"[^.;]{0,70}?\b(?:(?:has|have) (?:now |since |fully |completely |entirely |subsequently )*(?:resolved"
    r"|subsided|gone away|cleared|disappeared)|(?:is|are) (?:now |completely )*(?:resolved|gone)"
    r"|no longer present)\b"
    r"|[^.;,]{0,45}?\b(?:vanished|disappeared|went away|melted away|stayed away|(?:was |were )?abolished"
    r"|settled(?: down)?|cleared(?: up)?)\b"
    r"(?![^.;]{0,80}\b(?:return|recur|came back|come back|again|until|then|but|only|for (?:a|an|two|three|four|some"
    r"|\d)))",
    re.IGNORECASE,
)

_OVER = Pattern(
    r"\b(?:resolved|no longer|is gone|subsided|abated|remission|used to|formerly|disappeared)\b", re.IGNORECASE
)


_STILL_NOT = Pattern(r"\b(?:not|never|hasn't|haven't|partially|partly|incompletely)\s+(?:\w+\s+)?$", re.IGNORECASE)


def _past(context: Context, sentence: Sentence, mention: Mention, kind: str) -> State:
    near = context.text[max(sentence.start, context.start(mention) - 40) : min(sentence.end, context.end(mention) + 40)]
    if re.search(r"\b(?:distant|remote|in the past|years ago|old)\b", near, re.IGNORECASE):
        return State.PAST
    over = _OVER.search(near)
    if over:
        return State.PRESENT if _STILL_NOT.search(near, 0, over.start()) else State.ABSENT
    if kind in ("past_medical", "past_surgical", "social", "diagnosis", "assessment") or _list_of_illnesses(sentence):
        return State.PAST
    return State.PRESENT


def _relieved(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """ "Excellent relief of the burning": the symptom is what went away."""
    del context
    return any(cue.name == "outcome.good" and 0 <= mention.first - cue.last <= 3 for cue in sentence.cues)


def _list_of_illnesses(sentence: Sentence) -> bool:
    """ "A history of anemia and a history of sciatica" lists what the patient once had."""
    return sum(part.name == "problem.other" for part in sentence.parts) >= 1


def _result(context: Context, sentence: Sentence, mention: Mention) -> tuple[State, str]:
    """The result of a test that has one, unless the writer is not sure of it."""
    if sentence.text.rstrip(" \"'").endswith("?"):
        return State.POSSIBLE, "asked"
    if _UNSURE.search(context.text[sentence.start : context.start(mention)]):
        return State.POSSIBLE, "unsure"
    return _result_told(context, sentence, mention)


def _result_told(context: Context, sentence: Sentence, mention: Mention) -> tuple[State, str]:
    """The words after the name of a test, else those right before it."""
    end = context.end(mention)
    stop = sentence.end
    for other in sentence.concepts:
        if other.first >= mention.last and other.name != mention.name and other.name.startswith("sign"):
            stop = min(stop, max(end, context.start(other)))
            break
    after = context.text[end : min(stop, end + 110)]
    before = context.text[max(sentence.start, context.start(mention) - 40) : context.start(mention)]
    positive, negative = _POSITIVE.search(after), _NEGATIVE.search(after)
    if _NOT_ONE.search(before):
        return State.ABSENT, "result"  # "no ankle clonus is elicited": the verb after the name belongs to the "no"
    if _PLUS.match(after):
        return State.PRESENT, "result"
    if positive and re.match(r"[^.;]{0,40}hamstring", after, re.IGNORECASE):
        return State.POSSIBLE, "hamstring"
    if positive and (negative is None or positive.start() < negative.start()):
        return State.PRESENT, "result"
    if negative:
        return State.ABSENT, "result"
    before = (
        before.rpartition(",")[2]
        if not re.search(r"\b(?:no|negative|without|neither|nor|denies)\b", before, re.IGNORECASE)
        else before
    )
    if _NEGATIVE.search(before):
        return State.ABSENT, "result"
    if _POSITIVE.search(before) or _THERE_IS.search(before):
        return State.PRESENT, "result"
    following = [c for c in sentence.concepts if c.first >= mention.last and c.name in _RESULT_NEEDED]
    if following:
        return _result(context, sentence, following[0])
    tail = context.text[end : sentence.end]
    if _STRONG_NEGATIVE.search(tail):
        return State.ABSENT, "result"
    return State.POSSIBLE, "no-result"


# "Sensation normal" is an examiner's word; "he reports that sensation is normal" is not.
_TELLS = Pattern(
    r"\b(?:reports?|reported|complain\w*|states?|stated|describes?|notes|feels|endorses|denies|denied|says)\b",
    re.IGNORECASE,
)


def _told(sentence: Sentence) -> str:
    return sentence.text


def _seen(context: Context, sentence: Sentence) -> str:
    kind = sentence.section.kind
    if kind == "exam":
        return "examined"
    text = sentence.text
    if re.search(
        r"\b(?:reports|complain\w*|states?|describes?|notes|feels|endorses)\b", text, re.IGNORECASE
    ) and not re.search(r"\bexam", text, re.IGNORECASE):
        return "reported"
    if _EXAM_WORDS.search(text):
        return "examined"
    return (
        "examined"
        if kind in ("assessment", "diagnosis", "imaging") and context.page.sentences[-1].index > 12
        else "reported"
    )


_OTHER_PAINS = Pattern(
    r"\b(?:abdominal|chest|knee|hip|shoulder|elbow|wrist|joint)s?,? (?:and|or|,)?\s?(?:\w+ )?pains?\b"
    r"|\bknees?\b[^.;]{0,12}\bankles?\b",
    re.IGNORECASE,
)
_SPREADS = Pattern(
    r"\b(?:radiat\w+|down|shoot\w*|radicul\w+|sciatic\w*|numb\w*|tingl\w+|referr\w+|into)\b", re.IGNORECASE
)


def _with_spine(sentence: Sentence, context: Context) -> bool:
    told = sentence.text
    if _OTHER_PAINS.search(told) and not _SPREADS.search(told):
        return False  # "back, knee and ankle pain": a list of what hurts ties none of it to the spine
    if any(c.name.startswith(_SPINE_WORDS) for c in sentence.concepts) or _OF_A_ROOT.search(told):
        return True
    return (
        any(p.name in ("body.lumbar", "body.cervical", "body.spine") for p in sentence.parts)
        and context.region is not None
    )


_OF_A_ROOT = Pattern(
    r"\b(?:C[3-8]|L[1-5]|S1)\s+(?:nerve )?(?:roots?|dermatom\w+|distribution|radic\w+|pattern)\b", re.IGNORECASE
)
_DAILY = Pattern(
    r"\b(?:daily|every day|each day|constant|constantly|continuous|unremitting|24 hours|all day|day and night)\b",
    re.IGNORECASE,
)

_WORSE = Pattern(
    r"\b(?:progressive|progressively|worsening|worsened|getting worse|increasing|deteriorat\w+)\b", re.IGNORECASE
)


def _details(sentence: Sentence, mention: Mention, qualities: dict[str, tuple[str, ...]]) -> None:
    text = sentence.text
    if mention.name.startswith("symptom."):
        if _DAILY.search(text):
            qualities["frequency"] = ("daily",)
        if _WORSE.search(text):
            qualities["course"] = ("worsening",)
    if mention.name == "diagnosis.crps":
        sites = [
            site
            for name, site in (("body.leg", "leg"), ("body.arm", "arm"), ("body.trunk", "trunk"), ("body.face", "face"))
            if any(part.name == name for part in sentence.parts)
        ]
        if sites:
            qualities["site"] = tuple(sites)
    if mention.name in ("symptom.neuropathic_pain", "symptom.radicular") and "limb" not in qualities:
        limbs = [
            limb
            for name, limb in (("body.leg", "leg"), ("body.arm", "arm"))
            if any(p.name == name for p in sentence.parts)
        ]
        if limbs:
            qualities["limb"] = tuple(limbs)


_Doubt = Callable[[Context, Sentence, Mention], bool]

# Which mentions, what speaks against them, the state that they then have, and the name of the rule. First come first.
_DOUBTS: tuple[tuple[str | tuple[str, ...], _Doubt, State, str], ...] = (
    ("symptom.", _relieved, State.PAST, "relieved"),
    ("symptom.", _once, State.PAST, "once"),
    ("symptom.", _now_gone, State.ABSENT, "now-gone"),
    ("symptom.", _of_diabetes, State.POSSIBLE, "diabetic"),
    ("symptom.radicular", _from_a_limb, State.POSSIBLE, "from-a-limb"),
    (("symptom.limb_pain", "symptom.radicular"), _of_another_disease, State.POSSIBLE, "other-disease"),
    ("sign.motor_weakness", _of_no_nerve, State.POSSIBLE, "no-nerve"),
    ("pain.postoperative", _still_to_come, State.POSSIBLE, "still-to-come"),
    (("pain.", "intractable_pain"), _now_gone, State.ABSENT, "now-gone"),
    ("sign.", _now_gone, State.PAST, "now-gone"),
    ("redflag", _now_gone, State.PAST, "now-gone"),
    ("diagnosis.", _now_gone, State.PAST, "now-gone"),
    ("redflag", _negated_near, State.ABSENT, "negated-near"),
    ("redflag.bowel_bladder", _not_said_to_be_new, State.POSSIBLE, "not-said-to-be-new"),
    ("sign.reflex_change", _same_on_both_sides, State.POSSIBLE, "same-on-both-sides"),
    ("sign.sensory_loss", _of_no_root, State.POSSIBLE, "no-root"),
    ("sign.motor_weakness", _of_no_muscle, State.POSSIBLE, "no-muscle"),
    ("sign.reflex_change", _of_no_root, State.POSSIBLE, "no-root"),
    ("sign.tension", _of_no_root, State.POSSIBLE, "no-root"),
    ("redflag.bowel_bladder", _of_another_cause, State.POSSIBLE, "other-cause"),
    ("diagnosis.spinal_instability", _of_no_spine, State.POSSIBLE, "no-spine"),
    ("diagnosis.lytic_metastasis", _of_no_vertebra, State.POSSIBLE, "no-vertebra"),
    ("symptom.functional_limit", _function_kept, State.ABSENT, "function-kept"),
    ("symptom.functional_limit", _function_better, State.POSSIBLE, "function-better"),
    ("status.hospitalized", _in_hospital_before, State.PAST, "in-hospital-before"),
    ("diagnosis.stenosis", _of_a_vessel, State.POSSIBLE, "vessel"),
    ("redflag", _long_ago, State.PAST, "long-ago"),
    ("redflag", _not_the_spine, State.POSSIBLE, "not-spine"),
)
