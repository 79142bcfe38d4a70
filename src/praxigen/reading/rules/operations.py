"""Operations on the spine: done before, being done or planned now, not indicated, or not wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence, mention_at
from praxigen.reading.patterns import Pattern
from praxigen.reading.sections import Section

_DONE_BEFORE = Pattern(
    r"\b(?:(?:weeks?|wks|months?|mos|years?|yrs) out (?:from|of)|underwent|undergone|status[- ]post|s/p|post[- ]"
    r"|prior|previous(?:ly)?|history of|h/o|hx(?: of)?"
    r"|had (?:a|an|dis[ck]|two|three|his|her|surgery|undergone|multiple|l\d|back|lumbar|cervical|prior|previous"
    r"|the|spinal)|has had|have had|after|following|since (?:the|his|her|that|her l|his l)|(?:first|second"
    r"|third|last|two|three|multiple|several|failed) (?:\w+ ){0,2}|years? ago|months? ago|weeks? ago"
    r"|in (?:the )?(?:19|20)\d\ds?|in '\d\d|from (?:19|20)\d\d|dated|performed (?:in|on|by|at|from)|recovering from"
    r"|treated (?:for [^.;]{0,40} )?with|postop(?:erative)?|post[- ]operative|failed|despite|is significant for"
    r"|significant for|notable for"
    r"|revision|multiple|(?:of|from|to|in|after|before|since|with|his|her|the|a|prior|previous) (?:19|20)\d\d)\b"
    r"|\bre-?do of (?:his|her|the)\b",
    re.IGNORECASE,
)
_DONE_AFTER = Pattern(
    r"^[^.;]{0,60}?\b(?:years? ago|months? ago|weeks? ago|in (?:19|20)\d\d|in (?:january|february|march"
    r"|april|may|june|july|august|september|october|november|december)|(?:in the )?(?:19|20)\d\d(?:s|'s)?"
    r"|['\u2019]\d\d|in (?:his|her) (?:teens|twenties|thirties|forties|fifties|sixties|[2-7]0'?s)"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}/\d{4}|performed|was done|x \d|approximately \w+ years|at an outside"
    r"|by dr)\b",
    re.IGNORECASE,
)
_NOW = Pattern(
    r"\b(?:today|at this time|above[- ]named|the above|this procedure|subsequently underwent|was taken to"
    r"|elected to|wish(?:es|ed) to proceed|agreed to proceed|decided to (?:proceed|undergo)"
    r"|proceed(?:ed)? with|elects? to|admitted for|brought to the operating|consented|presents? for"
    r"|here for|scheduled|time-?out|under sterile|desires to proceed|wants to proceed|understood and wish)\b",
    re.IGNORECASE,
)
_NOT_INDICATED = Pattern(
    r"\b(?:not (?:be )?(?:a |an )?(?:\w+ )?(?:candidate|indicated|recommended|recommend\w*|surgical"
    r"|advisable|advised|warranted|an option|amenable|appropriate|needed|necessary|feasible|helpful"
    r"|offer\w*|felt to be)|no (?:further|additional|role for|place for|surgical|indication for|need for"
    r"|role|other|good|reasonable|more|plans? for|plan for)\b|does not (?:need|require|recommend|warrant"
    r"|have a surgical)|do not (?:recommend|think|feel|believe|see)|would not (?:recommend|benefit|offer"
    r"|advise)|nonsurgical (?:candidate|lesion|problem)|advis\w+ against|recommend\w* against"
    r"|contraindicated|not benefit|unlikely to benefit|inoperable|not operable"
    r"|poor (?:surgical )?candidate|(?:nothing|no) (?:further )?(?:surgical|to offer)|nothing in (?:the"
    r"|her|his) (?:spine|back|neck) to operate|no prospect of help\w*|no surgical"
    r"|defer(?:red)? surgery|too (?:high|great) a risk|prohibitive|no (?:further |additional "
    r"|more )?(?:operative|surgical) (?:\w+ )?(?:is |was )?(?:advised|recommended|indicated|offered"
    r"|planned|needed|option)|not something|nothing surgical|no knife|nothing (?:more "
    r"|further )?to operate|(?:would|will) not (?:re-?)?operate|declined to (?:re-?)?operate"
    r"|nothing (?:left |more |else |further )?(?:mechanical )?to (?:fix|decompress|offer)|not surgical"
    r"|non-?\s?operative (?:per|according)"
    r"|(?:would|will|could|can|is|was) (?:not|unlikely to) (?:be of |be any |likely )?(?:help|benefit"
    r"|improve|fix|use|worth\w*)"
    r"|too (?:sick|frail|ill|unwell|dangerous|risky|old|medically \w+|high[- ]risk) (?:for|to)"
    r"|(?:did|does|do|would) not (?:think|feel|believe|offer|see|advise|recommend)"
    r"|turned (?:\w+ ){0,2}?down (?:for|by)|turned down"
    r"|(?:have|has|had) been exhausted|are exhausted|off the table|out of the question|not rec'?d"
    r"|not recc?ommended|not (?:a )?surg"
    r"|advis\w+ (?:him |her |the patient )?against)\b",
    re.IGNORECASE,
)
_DOES_NOT_WANT = Pattern(
    r"\b(?:(?:does|did|do) not (?:want|wish|desire|choose|care)|doesn't want|don't want|not interested"
    r"|no interest|declin\w+|refus\w+|unwilling|not willing|reluctan\w+|prefers? (?:not|to avoid"
    r"|nonoperative|conservative|non-operative)|wish\w* to avoid|want\w* to avoid|like to avoid"
    r"|elect\w* not|chose not|chooses not|hesitant|(?<!as )opposed to|against (?:further|more|another"
    r"|having|any)|mind against|avoid (?:further |more |additional |another |any |repeat )*(?:surg|operat"
    r"|fusion|lamin)|wants? no (?:more|further)|hold off on surg|not want(?:ing)?|rather not|averse"
    r"|opt\w* against|decided against|decline|will not have (?:an |any |more )?(?:operation|surgery)"
    r"|under any circumstances|not want to be cut|rather (?:live with|put up with|suffer|keep (?:the|his"
    r"|her) pain|manage)"
    r"|adamant\w*[^.;]{0,20}\bno|had enough (?:of )?(?:surg\w*|operations?))\b",
    re.IGNORECASE,
)
_PLANNED = Pattern(
    r"\b(?:recommend\w*|plan\w*|schedul\w*|proceed\w*|candidate for|will (?:undergo|have|need|require"
    r"|be performed|be done)|advis\w+|booked|is indicated|elect\w*|wish\w* to (?:proceed|undergo|have)"
    r"|decid\w+|discuss\w*|offer\w*|indicated for|would like to (?:proceed|have|undergo)|consent\w*"
    r"|book\w*|authoriz\w*|request\w*|needs?|require[sd]?|agree[sd]?|opt(?:ed|s)? (?:for|to)|emergent\w*"
    r"|urgent\w*|for surgical|undergo|refer\w* (?:for|to)|should (?:have|undergo)|best (?:option|served)"
    r"|on the schedule|to the operating room|put (?:him|her) on|(?:denial|appeal) of|do (?:very |quite "
    r"|extremely )?well with"
    r"|(?:wants?|ready|eager|happy|anxious|prepared|keen|would like|hopes?) to (?:move|go|press) (?:ahead|forward)"
    r"|(?:picked|chose|chosen|set|settled on|found) (?:a|the) (?:surgical |operative |tentative )?date)\b",
    re.IGNORECASE,
)
_SOFT = Pattern(
    r"\b(?:discuss\w*|consider\w*|(?<!best )option\w*|refer\w*|(?<!as soon as )possib\w*|may|might|could"
    r"|if|evaluat\w*|consult\w*"
    r"|opinion|future|eventual\w*|contemplat\w*|depending|should (?:she|he|they|symptoms|conservative)"
    r"|unless|until|versus)\b",
    re.IGNORECASE,
)
_ONLY_ADVISED = Pattern(
    r"[^.;]{0,12}\b(?:was|were|is|had been|has been) (?:advised|recommended|offered|suggested|proposed"
    r"|booked|scheduled|planned)\b",
    re.IGNORECASE,
)
# "Was advised in 2017 and he had it done that summer".
_HAD_IT = Pattern(
    r"\b(?:had|got) (?:it|this|that|the (?:operation|surgery|procedure)) (?:done|performed)\b"
    r"|\bunderwent (?:it|this|that)\b|\bit was (?:then |subsequently |later )?(?:done|performed|carried out)\b"
    r"|\bwent ahead with it\b",
    re.IGNORECASE,
)
_JUST_DONE = Pattern(
    r"\b(?:subsequently|then|thereafter|ultimately|eventually|was taken|on the (?:next"
    r"|following) day)\s+(?:\w+\s+){0,2}?(?:underwent|had|taken|received)\b|\b(?:underwent"
    r"|had)\b[^.;]{0,30}\b(?:emergent|emergency|urgent)\b",
    re.IGNORECASE,
)
_NONE = Pattern(
    r"^\W*(?:none|negative|unremarkable|no (?:prior |previous |past |known )?(?:surger\w+|operations?"
    r"|surgical history)|noncontributory|non-contributory|denies(?: any)?|nil|never|n/a"
    r"|reviewed and negative|otherwise negative|no surgeries|he has had no|she has had no"
    r"|the patient (?:denies|has had no|has no))\b",
    re.IGNORECASE,
)
_NO_PRIOR = Pattern(
    r"\b(?:no|never(?: had)?(?: an?)?|denies(?: any)?|without(?: any)?|has not had|not had|has had no|no history of"
    r"|denied(?: any)?)\s+(?:any\s+)?(?:prior|previous|past|history of|prior history of"
    r"|known)?\s*(?:[\w-]+\s+){0,7}?(?:surger(?:y|ies)|operations?|surgical procedures?"
    r"|surgical history|surg)(?! syndrome)(?:\s+(?:(?:has |have )?(?:ever )?(?:been )?(?:performed|done) )?(?:on|to|of"
    r"|in|for) (?:the |his |her )?(?:low |lower )?(?:back|spine|neck"
    r"|lumbar spine|cervical spine|any kind|any sort))?\b|\bnever (?:been )?operated\b|\b(?:back|spine"
    r"|neck) (?:has |is "
    r"|was )?(?:never (?:been )?operated|unoperated)\b",
    re.IGNORECASE,
)
_NO_TIME = Pattern(r"\b(?:lumbar|spine|spinal|back|neck|cervical|any|prior|previous|past|operated)\b", re.IGNORECASE)
_ASKS_SURGERY = Pattern(
    r"\b(?:spin\w+|back|neck|lumbar|cervical)\b[^?]{0,30}\b(?:surger\w+|operat\w+)"
    r"|\b(?:surger\w+|operat\w+)\b[^?]{0,30}\b(?:spin\w+|back|neck|lumbar|cervical)\b",
    re.IGNORECASE,
)
_OTHERWISE = Pattern(r"\botherwise (?:negative|unremarkable|none|noncontributory)\b", re.IGNORECASE)
_SPINE_NONE = Pattern(
    r"\bsurgical history (?:is |was )?(?:unremarkable|negative|none|noncontributory)\b"
    r"|\bspine\s*[-:]\s*none\b|\bno surger(?:y|ies) (?:in (?:his|her) life|ever|at all)\b"
    r"|\bno surgery on the (?:spine|back|neck)\b"
    r"|^\W*no (?:past |prior |previous )?(?:surger(?:y|ies)|operations|surgical (?:hx|history))\W*$",
    re.IGNORECASE,
)
# "Thyroid biopsy, lumpectomy, nothing on the spine": in a list of operations.
_NOTHING_ON_SPINE = Pattern(
    r"\b(?:(?:but )?(?:nothing|never anything|not anything|none|no operations?|no procedures?)"
    r"\s+(?:was |were |has been )?(?:ever |done |performed )*(?:on|to|of|involving)\s+(?:the|his|her)"
    r"|never\s+(?:on|to)\s+(?:the|his|her))\s+(?:spine|back|neck|low(?:er)? back|lumbar spine|cervical spine)\b",
    re.IGNORECASE,
)
_SURGICAL = Pattern(
    r"\b(?:operat\w+|surg\w+|\w+ectomy|\w+plasty|\w+otomy|biopsy|scope|arthroscop\w+|repair|replacement"
    r"|replaced|removed"
    r"|release|c-?sections?|cesarean\w*|appendix|gallbladder|tonsils?|hernia|hip|knee|cataracts?|stents?|bypass)\b",
    re.IGNORECASE,
)
_OTHER_PART = Pattern(
    r"\b(?:knee|hip|shoulder|rotator|carpal|hernia|gallbladder|appendectomy|cardiac|bypass|abdominal|ankle"
    r"|wrist|elbow|cataract|sinus|joint|arthroplasty|mammaplasty|reduction|gastric|pituitary|brain"
    r"|craniotomy|foot|thumb|acl|tubal|hysterectomy|tonsil|breast|eye)\b",
    re.IGNORECASE,
)
_STIMULATOR = Pattern(r"\b(?:stimulator|stimulation|scs|implant|pump)\b", re.IGNORECASE)


# What says, outside of a list of operations, that there was none.
_NO_HISTORY = (_ASKS_SURGERY, _SPINE_NONE, _NO_PRIOR, _NOTHING_ON_SPINE)


def operation_facts(context: Context) -> Iterator[Fact]:
    """Facts about operations on the spine."""
    page = context.page
    lists = {section.start for section in page.sections if _is_surgical(section) or _is_of_the_spine(section)}
    listed = [s for s in page.sentences if s.section.start in lists] if lists else []
    for sentence in page.in_order(page.telling, page.where(*_NO_HISTORY, _OPERATED), listed):
        kind = sentence.section.kind
        if kind in ("family", "education", "allergies") or sentence.general:
            continue
        text = sentence.text
        yield from _no_history(context, sentence, text)
        if kind == "consent":
            continue
        yield from _operated_disease(context, sentence, text)
        for mention in sentence.concepts:
            if mention.name == "surgery.spine":
                yield from _spine_operation(context, sentence, mention, text)
            elif mention.name in ("surgery.trace", "diagnosis.fbss"):
                yield from _implied(context, sentence, mention)
            elif mention.name == "surgery.any" and context.spine_is_the_problem:
                yield from _any_operation(context, sentence, mention, text)
    if "surgery.spine" in page.names and context.operative:
        yield from _this_operation(context)


def _is_surgical(section: Section) -> bool:
    """Whether a heading is that of a list of operations, and what stands under it speaks of nothing else."""
    return section.kind == "past_surgical" or "surg" in section.title.lower()


def _is_spine_line(context: Context, sentence: Sentence) -> bool:
    """ "PSH: tonsils. Spine: none.": a line of the operations, for the spine alone."""
    if sentence.index == 0 or not _is_of_the_spine(sentence.section):
        return False
    return context.page.sentences[sentence.index - 1].section.kind == "past_surgical"


def _is_of_the_spine(section: Section) -> bool:
    return len(section.title) <= _SHORT_TITLE and _SPINE_TITLE.fullmatch(section.title.strip()) is not None


_SHORT_TITLE = 15  # characters
_SPINE_TITLE = Pattern(r"(?:spine|spinal|back|neck|back/neck|spine surgery)", re.IGNORECASE)


def _no_history(context: Context, sentence: Sentence, text: str) -> Iterator[Fact]:
    if sentence.ticked == "no" and _ASKS_SURGERY.search(text) and not _OTHER_PART.search(text):
        mention = mention_at(context.page, sentence, sentence.start, sentence.end)
        yield context.fact("history.spine_surgery", State.ABSENT, sentence, mention, "operation.ticked-no")
        return
    first_of_section = sentence.start - sentence.section.body < 3
    combined = _is_surgical(sentence.section) or _is_spine_line(context, sentence)
    match = _NONE.match(text) if combined and first_of_section else None
    if combined and match is None:
        match = _OTHERWISE.search(text)
    match = match or _SPINE_NONE.search(text) or _NO_PRIOR.search(text)
    if match is None:
        nothing = _NOTHING_ON_SPINE.search(text)
        if nothing is not None and (sentence.section.kind == "past_surgical" or _SURGICAL.search(text)):
            match = nothing
    if match is None or sentence.claim:
        return
    tail = text[match.start() : match.end() + 30]
    if match.re is _NO_PRIOR.compiled and (
        _OTHER_PART.search(tail) or not _NO_TIME.search(text[match.start() : match.end()])
    ):
        return
    if match.re is _NO_PRIOR.compiled and re.search(
        r"\b(?:further|additional|more|repeat)\b", match.group(), re.IGNORECASE
    ):
        return
    yield context.fact(
        "history.spine_surgery",
        State.ABSENT,
        sentence,
        mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end()),
        "operation.none",
        quote=context.quote_span(sentence.section.start, sentence.end)
        if match.re is _NONE.compiled and len(text) < 60
        else None,
    )


def _clause(context: Context, sentence: Sentence, mention: Mention) -> tuple[str, str]:
    """The words of the clause before and after a mention."""
    text = context.text
    start, end = context.start(mention), context.end(mention)
    low = max(sentence.start, start - 130)
    high = min(sentence.end, end + 110)
    before, after = text[low:start], text[end:high]
    for mark in (";", " but ", " however", "•"):
        before = before.rpartition(mark)[2]
        after = after.partition(mark)[0]
    return before, after


def _spine_operation(context: Context, sentence: Sentence, mention: Mention, text: str) -> Iterator[Fact]:
    if _is_no_news(context, sentence, mention, text):
        return
    if context.sense(mention, sentence).rule == "answer.no":  # "Spine surgery: no"
        yield context.fact("history.spine_surgery", State.ABSENT, sentence, mention, "operation.answered-no")
        return
    site = {key: value for key, value in context.site(mention, sentence).items() if key in ("region", "level", "side")}
    found = _what_became_of(context, sentence, mention, text)
    if found is None:
        return
    if found == "done":
        yield _history(context, sentence, mention, site)
        return
    state, rule = _PLANS[found]
    yield context.fact("plan.spine_surgery", state, sentence, mention, f"operation.{rule}", qualities=site)


def _is_no_news(context: Context, sentence: Sentence, mention: Mention, text: str) -> bool:
    """Mentions that say nothing of an earlier or a wanted operation: the operation's own report, another joint."""
    sense = context.sense(mention, sentence)
    kind = sentence.section.kind
    if sense.state is State.CLAIMED or sense.who is Who.OTHER:
        return True
    own_report = kind == "operation" or (kind == "diagnosis" and context.operative)
    if own_report and not _earlier(context, sentence, mention):
        return True
    named = context.page.words(mention.first, mention.last).lower()
    start, end = context.start(mention) - sentence.start, context.end(mention) - sentence.start
    # "Neck fusion, bypass eight years ago": only the item of the list that names the fusion can name another joint.
    item = text[:start].rpartition(",")[2] + text[start:end] + text[end:].partition(",")[0]
    other_joint = named in ("fusion", "fusions") and _OTHER_PART.search(item) is not None
    return other_joint and not context.site(mention, sentence).get("level")


def _earlier(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """ "Had previously undergone", "status post": right before its name they tell of another operation."""
    start = context.start(mention)
    return _RIGHT_BEFORE.search(context.text[max(sentence.start, start - 60) : start]) is not None


_RIGHT_BEFORE = Pattern(
    r"\b(?:status[- ]post|s/p|history of|h/o|had previously (?:undergone|had)|has previously (?:undergone|had)"
    r"|previously underwent)\s+(?:(?:an?|the|his|her|prior|previous|remote|bilateral|right|left|anterior|posterior"
    r"|lumbar"
    r"|cervical|thoracic|[CTLS]\d\S*|two|three|multiple|several|and)\s+){0,4}$",
    re.IGNORECASE,
)


# What a sentence may say of an operation, and what that means for the plan.
_PLANS = {
    "advised": (State.PLANNED, "advised"),
    "then": (State.DONE, "then"),  # what this record leads up to: surgery was chosen, and it is not an earlier one
    "declined": (State.DECLINED, "refused"),
    "not indicated": (State.ABSENT, "refused"),
    "planned": (State.PLANNED, "planned"),
}


def _what_became_of(context: Context, sentence: Sentence, mention: Mention, text: str) -> str | None:
    sense = context.sense(mention, sentence)
    before, after = _clause(context, sentence, mention)
    if _ONLY_ADVISED.match(after):
        return "done" if _HAD_IT.search(context.text, context.end(mention), sentence.end) else "advised"
    if not context.operative and (_JUST_DONE.search(before[-60:]) or _in_course(sentence, before)):
        return "then"
    if _refusal(context, mention, before, after):
        return "declined" if _DOES_NOT_WANT.search(before[-70:] + " " + after[:60]) else "not indicated"
    kind = sentence.section.kind
    if sense.state is State.ABSENT:
        return None
    if context.operative and _earlier(context, sentence, mention):
        return "done"
    if context.operative and kind in ("other", "exam", "imaging"):
        return None
    if _TO_COME.match(after):
        return "planned"
    listed = kind == "past_surgical" or (kind == "past_medical" and sense.state is not State.PLANNED)
    # In a plan a date is when the operation will be; only "had", "underwent", "prior" and the like make it done.
    done = _DONE_BEFORE.search(before[-75:]) is not None if kind == "plan" else True
    if (listed or (done and _done(before, after))) and not (context.operative and _NOW.search(text)):
        return "done"
    return "planned" if _planned(context, before, after, sense.state, kind) else None


def _in_course(sentence: Sentence, before: str) -> bool:
    return "course" in sentence.section.title.lower() and _HAD.search(before) is not None


_HAD = Pattern(r"\b(?:underwent|had)\b[^.;]{0,25}$")
_TO_COME = Pattern(
    r"[^.;]{0,30}\b(?:is |are )?(?:scheduled|planned|to be done|to be performed|will be (?:performed|done|carried out)"
    r"|(?:is|are|has been) booked|on arrival|is recommended|was recommended|as soon as)\b"
    r"|\s*(?:[CTLS]\d\S*\s+)?(?:recommended|advised)\b",
    re.IGNORECASE,
)


def _implied(context: Context, sentence: Sentence, mention: Mention) -> Iterator[Fact]:
    """A scar, hardware or a post-laminectomy syndrome means that there was an operation."""
    sense = context.sense(mention, sentence)
    if sense.who is Who.OTHER or sense.state not in (None, State.DONE, State.PAST, State.PRESENT, State.PLANNED):
        return
    if (
        sense.cue is not None
        and mention.first - sense.cue.last <= 1
        and "consider" in context.page.words(sense.cue.first, sense.cue.last).lower()
    ):
        return  # a differential diagnosis
    if mention.name == "surgery.trace" and not (context.site(mention, sentence).get("region") or context.region):
        return
    if sentence.section.kind == "operation" and context.operative:
        return
    site = {key: value for key, value in context.site(mention, sentence).items() if key in ("region", "level")}
    yield context.fact("history.spine_surgery", State.DONE, sentence, mention, "operation.implied", qualities=site)


_NOT_CARRIED_OUT = Pattern(
    r"[^.;]{0,40}\b(?:(?:was|were|had been|has been) (?:discussed|considered|cancel\w+|offered|postponed)|but not done"
    r"|(?:was|were) not (?:done|performed)|never (?:done|performed|happened|took place))\b",
    re.IGNORECASE,
)


def _done(before: str, after: str) -> bool:
    if _NOT_CARRIED_OUT.match(after):
        return False
    near = before[-75:]
    if re.search(
        r"\b(?:will|plan\w*|consent\w*|advise[sd]?|recommend\w*|request\w*|authori[sz]ation|schedul\w*|would"
        r"|consider\w*|candidate|discuss\w*|proceed"
        r"|elect\w*|option|to (?:undergo|have)|for (?:a |an )?(?:\w+ )?$)\b[^,;]{0,45}$",
        near,
        re.IGNORECASE,
    ):
        return False
    return _DONE_BEFORE.search(near) is not None or _DONE_AFTER.match(after) is not None


def _history(context: Context, sentence: Sentence, mention: Mention, site: dict[str, tuple[str, ...]]) -> Fact:
    when = next((t for t in context.times(sentence) if t.kind == "date"), None)
    concept = "history.spine_surgery"
    if mention.qualities.get("procedure") == "decompression":
        concept = "history.spine_decompression"
    elif "fusion" in context.page.words(mention.first, mention.last).lower():
        concept = "history.spine_fusion"
    return context.fact(
        concept,
        State.DONE,
        sentence,
        mention,
        "operation.done",
        qualities=site,
        began=when.began if when else None,
        ended=when.ended if when else None,
    )


_MAY_OR_NOT = Pattern(r"\b(?:may or may not|might or might not|whether or not)\b", re.IGNORECASE)


def _refusal(context: Context, mention: Mention, before: str, after: str) -> bool:
    near = before[-75:]
    named = f"{near}{context.page.words(mention.first, mention.last)}{after[:30]}"
    if _MAY_OR_NOT.search(named):
        return False
    if _NOT_INDICATED.search(named) or _DOES_NOT_WANT.search(named):
        return not re.search(
            r"\b(?:prior|previous|history|past|had|had (?:any|no))\s*(?:\w+\s*){0,2}$", near, re.IGNORECASE
        )
    return bool(
        re.match(
            r"^[^.;,]{0,40}?\b(?:is|was|are|were|would be|be|have been|has been)?\s*(?:off the table"
            r"|out of the question|exhausted"
            r"|(?:would|will|could) not (?:help|benefit|be of|improve)|not rec'?d|not (?:indicated"
            r"|recommended|an option"
            r"|warranted|advised|advisable|felt|a good option|being considered|feasible|possible|offered"
            r"|needed|necessary|likely|desired|wanted)|(?<!not )(?:contraindicated|declined|refused|ruled out))",
            after,
            re.IGNORECASE,
        )
    )


def _planned(context: Context, before: str, after: str, state: State | None, kind: str) -> bool:
    near = before[-85:] + " | " + after[:50]
    if state in (State.HYPOTHETICAL, State.POSSIBLE, State.DECLINED, State.DENIED, State.ABSENT):
        return False
    if context.operative and kind in ("indications", "history", "opening", "assessment", "other"):
        return bool(_PLANNED.search(near) or _NOW.search(near))
    strong = _PLANNED.search(near)
    if strong is None:
        return kind == "plan" and not _SOFT.search(near)
    return not _SOFT.search(near) or (
        re.search(
            r"\b(?:recommend\w*|schedul\w*|proceed\w*|elect\w*|wish\w* to proceed|consent\w*|is booked|booked for"
            r"|(?:treatment|surgery|intervention) is (?:clearly )?indicated|\| *(?:is|are) (?:clearly )?indicated)\b",
            near,
            re.IGNORECASE,
        )
        is not None
        and not re.search(
            r"\b(?:if|may|might|should (?:she|he|they|symptoms|conservative)|until|unless)\b", near, re.IGNORECASE
        )
    )


def _any_operation(context: Context, sentence: Sentence, mention: Mention, text: str) -> Iterator[Fact]:
    """ "Surgery" without a part of the body, in a note about the spine."""
    sense = context.sense(mention, sentence)
    if sense.state is State.CLAIMED or sense.who is Who.OTHER or _OTHER_PART.search(text):
        return
    if sentence.section.kind in ("operation", "social", "ros", "medications", "past_medical", "past_surgical"):
        return
    before, after = _clause(context, sentence, mention)
    if _refusal(context, mention, before, after):
        if re.search(r"\b(?:prior|previous|past|history of)\b", before[-40:], re.IGNORECASE):
            return
        wants = _DOES_NOT_WANT.search(before[-70:] + " " + after[:60]) is not None
        yield context.fact(
            "plan.spine_surgery", State.DECLINED if wants else State.ABSENT, sentence, mention, "operation.refused"
        )
        return
    if not context.operative and _was_on_spine(context, sentence, mention, before, after):
        yield _history(
            context, sentence, mention, {k: v for k, v in context.site(mention, sentence).items() if k == "region"}
        )
        return
    if (
        _DONE_BEFORE.search(before[-40:])
        and not context.operative
        and re.search(r"\b(?:back|neck|spine|spinal|lumbar|cervical|l\d|fusion|lamin)", text, re.IGNORECASE)
        and not _PLANNED.search(before[-40:])
    ):
        return
    if _planned(context, before, after, sense.state, sentence.section.kind) and re.search(
        r"\b(?:recommend\w*|proceed\w*|elect\w*|wish\w*|schedul\w*|agree\w*|consent\w*|desir\w*|opt\w*"
        r"|undergo|decid\w*|plan\w*|want\w*|candidate for|need\w*|require\w*|indicated|booked|advis\w+)\b",
        before[-70:] + after[:25],
        re.IGNORECASE,
    ):
        yield context.fact("plan.spine_surgery", State.PLANNED, sentence, mention, "operation.planned-any")


_OPERATED = Pattern(
    r"\b(?:herniated|ruptured|slipped|bulging)\s+(?:\w+\s+){0,2}?dis[ck]s?\b[^.;]{0,70}?\b(?:treated"
    r"|corrected|repaired|managed)"
    r"\s+surgically\b|\b(?:herniated|ruptured|slipped|bulging)\s+(?:\w+\s+){0,2}?dis[ck]s?\b[^.;]{0,40}?\bsurgically"
    r"\s+(?:treated|corrected|repaired|removed)\b",
    re.IGNORECASE,
)


def _operated_disease(context: Context, sentence: Sentence, text: str) -> Iterator[Fact]:
    """ "A herniated disc in the neck, which was treated surgically": the operation has no name, and it was done."""
    match = _OPERATED.search(text) if "surgically" in text else None
    if match is None or re.search(r"\b(?:not|never|be|if|may|could)\b", match.group(), re.IGNORECASE):
        return
    mention = mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end())
    sense = context.sense(mention, sentence)
    if sense.who is Who.OTHER or sense.state in (State.ABSENT, State.HYPOTHETICAL, State.CLAIMED):
        return
    site = {k: v for k, v in context.site(mention, sentence).items() if k in ("region", "level", "side")}
    yield _history(context, sentence, mention, site)


def _was_on_spine(context: Context, sentence: Sentence, mention: Mention, before: str, after: str) -> bool:
    """ "He had surgery about 10 years ago in his lower back": done, and the back is named close by."""
    del context
    if not re.search(
        r"\b(?:had|underwent|undergone|after|following|s/p|status post|prior|previous)\b[^.;]{0,25}$",
        before,
        re.IGNORECASE,
    ):
        return False
    if _PLANNED.search(before[-25:]) or not _DONE_AFTER.match(after):
        return False
    return any(
        p.name in ("body.lumbar", "body.cervical", "body.spine", "body.thoracic") and -2 <= p.first - mention.last <= 12
        for p in sentence.parts
    )


def _this_operation(context: Context) -> Iterator[Fact]:
    """The operation that an operative note reports: surgery is being done now."""
    for sentence in context.page.telling:
        if sentence.section.kind != "operation" or not sentence.section.title.lower().startswith(
            (
                "procedure",
                "operation",
                "operative procedure",
                "primary operative",
                "name of",
                "title of",
                "surgery",
                "procedures",
            )
        ):
            continue
        for mention in sentence.concepts:
            if mention.name == "surgery.spine":
                site = {k: v for k, v in context.site(mention, sentence).items() if k in ("region", "level", "side")}
                yield context.fact(
                    "plan.spine_surgery", State.PLANNED, sentence, mention, "operation.now", qualities=site
                )
                return
