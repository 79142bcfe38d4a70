"""What earlier injections did: the relief that the note gives to each, in percent, and how long it lasted.

A payer asks for two blocks with so much relief each, or for so many months after the last one, and a note tells of
several procedures side by side. So a figure counts only where the words tie it to one procedure: after it in its
sentence, before it with "from" or "after" between, or in the next sentence that names no other treatment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from praxigen.model.amount import Duration, Quantity, Unit
from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.rules.relief import Relief, relief_in

_CONCEPTS = {
    "given.facet": "block.facet",
    "given.ablation": "block.ablation",
    "given.sacroiliac": "block.sacroiliac",
    "given.epidural": "block.epidural",
}
_PASSED_OVER = frozenset({"education", "family", "consent", "allergies", "goals", "ros"})
_UNREAL = (State.HYPOTHETICAL, State.CLAIMED, State.DENIED, State.DECLINED, State.ABSENT, State.POSSIBLE)
_MOST_RELIEFS = 6  # in one sentence
_REACH = 230  # characters between a procedure and what it did
_AHEAD = 70  # characters between a relief and the procedure that stands after it
_NEXT = 2  # sentences that may go on about a procedure

# The number of a block may stand behind its figure, as in: 80% relief with the first and 50% with the second.
_NUMBERED_AFTER = Pattern(
    r"[^.,;%]{0,25}?\b(?:with|from|after|following|for|on)\s+(?:the |her |his )?(?:first|second|1st|2nd|initial"
    r"|confirmatory)\b",
    re.IGNORECASE,
)
_FURTHER = Pattern(
    r"(?:,|;|\band|\bthen)\s+(?P<low>\d{1,3})\s*(?:%|percent)\s+(?:relief )?(?:with|from|after|following)\s+the\s+"
    r"(?:second|first|other|confirmatory)\b",
    re.IGNORECASE,
)
_LISTED = Pattern(r"(?:,|\band\b|\bor\b)\s+(?:an? |the )?(?:\w+ ){0,2}$", re.IGNORECASE)
_ALL_OF_THEM = Pattern(r"\s*,?\s*(?:all )?with\b", re.IGNORECASE)
# What was done before stands beside what is planned now: "repeat it, as the last one gave 70%".
_AS_BEFORE = Pattern(
    r"\b(?:given|since|as|because|after|based on)\b[^.;]{0,60}\b(?:had|gave|given|provided|prior|last|previous|first"
    r"|received|obtained|experienced|reported|excellent|relief)\b",
    re.IGNORECASE,
)
# In "80% relief from the first block" the words after the figure say what gave it.
_GAVE_IT = Pattern(
    r"\s*(?:(?:pain|complete|total|sustained|consistent)\s+)*(?:relief|reduction|improvement|decrease|benefit)?"
    r"[^.;,\d%]{0,45}?\b(?:from|with|after|following|by|during|status[- ]post|s/p)\b[^.;%]{0,60}$",
    re.IGNORECASE,
)
_OTHER_CAUSE = Pattern(
    r"\b(?:from|with|by|due to|after|on)\s+(?:the |her |his |a |taking )?(?:\w+ )?(?:heat|ice|rest|medic\w+|tylenol"
    r"|ibuprofen|naproxen|meloxicam|gabapentin|pregabalin|duloxetine|tramadol|opioid\w*|therapy|pt\b|exercise\w*"
    r"|stimulat\w+|tens|surgery|fusion|laminectomy|acupuncture|massage|chiropract\w+|trigger point\w*)",
    re.IGNORECASE,
)
_COMPLETE = Pattern(
    r"(?<!near )(?<!nearly )(?<!near-)(?<!almost )(?<!not )(?<!no )(?<!without )(?<!in)\b"
    r"(?:(?:complete|total|full) (?:and \w+ )?(?:pain )?(?:relief|resolution)|completely (?:pain[- ]free|relieved))\b",
    re.IGNORECASE,
)
_NONE = Pattern(
    r"\b(?:no|zero|without(?: any)?|nil|denies(?: any)?|(?:did|does|has|have)(?: not|n't) (?:give|given|provide[d]?"
    r"|have|had|get|got|receive[d]?|experience[d]?|notice[d]?)(?: \w+)? any)\s+"
    r"(?!(?:lasting|sustained|long|durable|further|permanent|additional|complications))"
    r"(?:(?:significant|meaningful|appreciable|pain|real|noticeable)\s+)*(?:relief|benefit|improvement)\b"
    r"|\b(?:did not help|didn't help|was not helpful|were not helpful|was unhelpful|failed to help"
    r"|was ineffective|were ineffective)\b",
    re.IGNORECASE,
)
_FUNCTION = Pattern(
    r"\b(?P<more>(?:>|≥|>=|at least|more than|greater than|over)\s*)?(?P<low>\d{1,3})\s*(?:%|percent)\s*"
    r"(?:(?:consistent|sustained|objective)\s+)*(?:improvement|increase|better|gain)\s*(?:in|of)?\s*"
    r"(?:her |his |the |overall )?(?:daily )?(?:ability to\b|function\w*|ADLs?\b|activit\w+|walking|standing|sitting"
    r"|mobility|(?:previously )?painful movements)",
    re.IGNORECASE,
)
_PRE_POST = Pattern(
    r"\b(?:pre\w*|before|baseline|prior)\b[^.;\d%]{0,30}(?P<pre>\d{1,2}(?:\.\d)?)\s*/\s*10[^.;%]{0,40}?"
    r"(?:\b(?:post\w*|after\w*|following)\b[^.;\d%]{0,30}(?P<post>\d{1,2}(?:\.\d)?)\s*/\s*10"
    r"|(?P<is>\d{1,2}(?:\.\d)?)\s*/\s*10\s*(?:after|post))",
    re.IGNORECASE,
)
_WISH = Pattern(
    r"\b(?:if|goal|hop(?:e|es|ing)|expect\w*|until|would|will|should|must|need\w*|requir\w+|threshold"
    r"|at least .{0,12} is|criteria|pending|target\w*|anticipat\w*)\b",
    re.IGNORECASE,
)
_LASTED = Pattern(
    r"(?:\b(?:for|x|of|over|lasting|lasted|persist(?:ed|ing)|sustained|maintained|through|throughout|endured|continued)"
    r"|[,(×:-])\s*(?:for |through |up to |about |approximately |roughly |around |~ ?|over |more than |at least |the "
    r"|full |a |first |greater than |[>≥] ?)*$",
    re.IGNORECASE,
)
_STILL_AT = Pattern(r"\bat (?:the |her |his |a )?(?:(?:\w+ ){0,2}?)$", re.IGNORECASE)
_WHEN = Pattern(r"\s*(?:ago|later|apart|earlier|prior|before)\b", re.IGNORECASE)
_LENGTH_TOLD = Pattern(
    r"\b(?:relief|benefit|improvement|effects?|it|this|results?|response)\b[^.;]{0,40}?\b(?:last\w*|persist\w*|sustained"
    r"|maintained|continued|for|wore off after|returned after|was present for)\b",
    re.IGNORECASE,
)
_FIRST = Pattern(r"\b(?:first|1st|initial|no\. 1|one of two)\b|# ?1\b(?![/\d])|\bMBBs? ?1\b(?![/\d])", re.IGNORECASE)
_SECOND = Pattern(
    r"\b(?:second|2nd|confirmatory|repeat|repeated|no\. 2)\b(?! (?:opinion|look))|# ?2\b(?![/\d])"
    r"|\bMBBs? ?2\b(?![/\d])",
    re.IGNORECASE,
)
_BOTH = Pattern(
    r"\b(?:both|each|two|dual|double|x ?2|×2|twice|2 (?:sets?|rounds?|diagnostic|separate|medial|lumbar|cervical|MBBs?)"
    r"|sets? of two|(?:second|2nd) and (?:first|1st)|first and second|either)\b",
    re.IGNORECASE,
)
_DIAGNOSTIC = Pattern(r"\bdiagnostic|\bconfirmatory|\btest block|\blidocaine only\b", re.IGNORECASE)
_THERAPEUTIC = Pattern(r"\btherapeutic", re.IGNORECASE)
_FITS = Pattern(
    r"\b(?:consistent|concordant|commensurate|in keeping|in line|as expected)\b[^.;]{0,30}?\b(?:local|ana?esthetic"
    r"|agent|bupivacaine|lidocaine|ropivacaine|marcaine|drug|medication|duration of)\b"
    r"|\bfor the (?:expected |full |entire )?duration of (?:the )?(?:local|ana?esthetic|agent|bupivacaine|lidocaine)",
    re.IGNORECASE,
)
_FITS_NOT = Pattern(
    r"\b(?:inconsistent|discordant|not (?:consistent|concordant|in keeping)|shorter than|longer than)\b[^.;]{0,30}?"
    r"\b(?:local|ana?esthetic|agent|bupivacaine|lidocaine|ropivacaine|expected)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Told:
    """One procedure with what a note says that it did."""

    concept: str
    mention: Mention
    sentence: Sentence
    quantity: Quantity | None
    quote: Quote
    duration: Duration | None = None
    function: Quantity | None = None
    ordinals: tuple[str, ...] = ()
    day: date | None = None
    qualities: dict[str, tuple[str, ...]] = field(default_factory=dict)
    basis: tuple[Quote, ...] = ()


def block_facts(context: Context) -> Iterator[Fact]:
    """Facts about what each injection or ablation that was given did."""
    told: list[_Told] = []
    window: Sentence | None = None
    if not context.page.naming(_CONCEPTS):
        return
    for sentence in context.page.sentences:
        if sentence.section.kind in _PASSED_OVER or sentence.general or sentence.claim:
            continue
        named = _named(sentence)
        if named:
            window = sentence
            told.extend(_in_its_sentence(context, sentence, named))
        elif window is not None and _goes_on(sentence, window):
            _in_the_next(context, sentence, window, told)
    _count(told)
    for item in told:
        yield from _facts(context, item)


def _named(sentence: Sentence) -> list[Mention]:
    """The procedures of a sentence, each place once: "radiofrequency ablation (RFA)" is one."""
    found: list[Mention] = []
    for part in sentence.parts:
        if part.name in _CONCEPTS and not (found and found[-1].name == part.name and part.first - found[-1].last <= 1):
            found.append(part)
    return [
        part
        for part in found
        if not any(
            o is not part
            and o.first <= part.first
            and part.last <= o.last
            and o.last - o.first > part.last - part.first
            for o in found
        )
    ]


def _goes_on(sentence: Sentence, window: Sentence) -> bool:
    near = sentence.index - window.index <= _NEXT and sentence.section is window.section
    return near and not any(c.name.startswith(("treatment", "trial.", "device.")) for c in sentence.concepts)


def _in_its_sentence(context: Context, sentence: Sentence, named: list[Mention]) -> Iterator[_Told]:
    text = sentence.text
    reliefs = _reliefs(text)
    given: dict[int, list[tuple[int, int, Quantity]]] = {}
    for start, end, quantity in reliefs:
        at = _whose(context, sentence, named, text, start, end)
        if at is not None:
            given.setdefault(at, []).append((start, end, quantity))
    for at, mention in enumerate(named):
        if not _was_given(context, sentence, mention, text, bool(given.get(at))):
            continue
        first, stop = _stretch(context, sentence, named, at)
        figures = _measured_once(text, given.get(at, []))
        function = _function(text, first, stop)
        days = _days(context, sentence, first, stop)
        for index, (start, end, quantity) in enumerate(figures):
            told = _told(context, sentence, mention, quantity)
            follows = figures[index + 1][0] if index + 1 < len(figures) else max(stop, end)
            told.duration = _length(context, sentence, start, end, follows)
            told.function = function
            _place(context, told, text, min(first, start), max(follows, end), several=len(figures) > 1, at=start)
            if len(figures) > 1 and len(days) == len(figures):  # "on 3/2 and on 3/30 with 80% and 90% relief"
                told.day = days[index]
            yield told
        if not figures:
            told = _told(context, sentence, mention, None)
            told.function = function
            _place(context, told, text, first, stop, several=False, at=first)
            yield told


def _reliefs(text: str) -> list[tuple[int, int, Quantity]]:
    """Every relief that a sentence tells of, in order of place."""
    found: list[tuple[int, int, Quantity]] = []
    rest = text
    for _ in range(_MOST_RELIEFS):
        relief: Relief | None = relief_in(rest)
        if relief is None:
            break
        if not _FUNCTION.match(text, relief.start):
            found.append((relief.start, relief.end, relief.quantity))
        rest = rest[: relief.start] + " " * (relief.end - relief.start) + rest[relief.end :]
    for match in _FURTHER.finditer(text) if found else ():
        place = match.start("low")
        if all(place >= end or place < start for start, end, _ in found):
            low = Fraction(match.group("low"))
            found.append((place, match.end("low"), Quantity(low, low, "%")))
    found.extend(_scores(text, found))
    if not found:
        for pattern, percent in ((_COMPLETE, 100), (_NONE, 0)):
            said = pattern.search(text)
            if said is not None and not _WISH.search(text[: said.start()]):
                found.append((said.start(), said.end(), Quantity(Fraction(percent), Fraction(percent), "%")))
                break
    return sorted(found, key=lambda item: item[0])


def _scores(text: str, found: list[tuple[int, int, Quantity]]) -> Iterator[tuple[int, int, Quantity]]:
    """ "Pre-injection 8/10, post-injection 2/10" where the sentence gives no percentage."""
    for match in _PRE_POST.finditer(text) if not found else ():
        before = Fraction(match.group("pre"))
        after = Fraction(match.group("post") or match.group("is"))
        if 0 < before <= 10 and after <= before:
            percent = (before - after) / before * 100
            yield match.start(), match.end(), Quantity(percent, percent, "%")


def _measured_once(text: str, figures: list[tuple[int, int, Quantity]]) -> list[tuple[int, int, Quantity]]:
    """Scores before and after that stand beside a percentage tell of the same relief: the percentage is the note's."""
    percent = [
        figure for figure in figures if "%" in text[figure[0] : figure[1]] or "percent" in text[figure[0] :][:16]
    ]
    return percent or figures


def _whose(context: Context, sentence: Sentence, named: list[Mention], text: str, start: int, end: int) -> int | None:
    """Which of the named procedures gave a relief; None where another treatment did or nothing ties the two."""
    starts = [context.start(mention) - sentence.start for mention in named]
    ends = [context.end(mention) - sentence.start for mention in named]
    after = next((at for at, place in enumerate(starts) if place >= end), None)
    before = next((at for at in reversed(range(len(named))) if ends[at] <= start), None)
    if after is not None and starts[after] - end <= _AHEAD and _GAVE_IT.fullmatch(text[end : starts[after]]):
        return None if _another_treatment(context, sentence, named, end, starts[after]) else after
    if _OTHER_CAUSE.match(text[end : end + 60].lstrip(" ,")) or _OTHER_CAUSE.search(text[end : end + 45]):
        return None
    if before is None:
        return next((at for at in range(len(named)) if starts[at] <= start <= ends[at]), None)
    between = text[ends[before] : start]
    if len(between) > _REACH or _another_treatment(context, sentence, named, ends[before], start):
        return None
    listed = _LISTED.search(text[: starts[before]]) is not None and _ALL_OF_THEM.match(between) is not None
    if listed and _another_treatment(context, sentence, named[before : before + 1], 0, starts[before]):
        return None  # "PT, a block and an injection with 80% relief": which of them?
    return before


def _another_treatment(context: Context, sentence: Sentence, named: list[Mention], first: int, last: int) -> bool:
    """Whether a treatment that is none of these procedures stands between two places of a sentence."""
    for concept in sentence.concepts:
        if not concept.name.startswith(("treatment", "trial.", "device.", "surgery")):
            continue
        place = context.start(concept) - sentence.start
        if first <= place < last and not any(m.first < concept.last and concept.first < m.last for m in named):
            # "the injection" after the block's name is the block
            if concept.name in ("treatment.injection", "treatment.unspecified"):
                continue
            return True
    return False


def _was_given(context: Context, sentence: Sentence, mention: Mention, text: str, told: bool) -> bool:
    sense = context.sense(mention, sentence)
    if sense.who is not Who.PATIENT:
        return False
    if sense.state in (State.HYPOTHETICAL, State.CLAIMED, State.DENIED, State.DECLINED):
        return False
    if sense.state is State.PLANNED:
        return told and _AS_BEFORE.search(text) is not None
    if told:
        return sense.state is not State.POSSIBLE
    return sense.state not in _UNREAL and sentence.section.kind != "plan"


def _stretch(context: Context, sentence: Sentence, named: list[Mention], at: int) -> tuple[int, int]:
    """The part of a sentence that speaks of one procedure: up to the next one."""
    first = 0 if at == 0 else context.start(named[at]) - sentence.start
    if at > 0:  # "the second" stands before the name
        earlier = context.end(named[at - 1]) - sentence.start
        words = context.text[sentence.start + earlier : sentence.start + first]
        cut = max(words.rfind(mark) for mark in (",", ";", " and ", " then "))
        first = earlier + max(cut, 0) if cut >= 0 else first
    stop = sentence.end - sentence.start
    if at + 1 < len(named):
        end = context.end(named[at]) - sentence.start
        following = context.start(named[at + 1]) - sentence.start
        words = context.text[sentence.start + end : sentence.start + following]
        cut = max(words.rfind(mark) for mark in (",", ";", " and ", " then "))
        stop = end + cut if cut >= 0 else following
    return first, stop


def _told(context: Context, sentence: Sentence, mention: Mention, quantity: Quantity | None) -> _Told:
    quote = context.quote(sentence, mention.first, mention.last)
    return _Told(_CONCEPTS[mention.name], mention, sentence, quantity, quote)


def _place(context: Context, told: _Told, text: str, first: int, stop: int, *, several: bool, at: int) -> None:
    """Give a procedure its side and level, its number, its day and its purpose."""
    told.qualities.update(context.site(told.mention, told.sentence))
    if "region" not in told.qualities and context.region is not None and told.concept != "block.sacroiliac":
        told.qualities["region"] = (context.region,)
    own = text[first:stop]
    if several:  # "MBB: first gave 80%, second gave 85%": the number that stands before the figure
        head = text[max(0, at - 60) : at]
        cuts = [head.rfind(mark) for mark in (",", ";", ":", " and ", "%")]
        own = head[max(cuts) :] if max(cuts) >= 0 else head
    named_after = _NUMBERED_AFTER.match(text, text.find("%", at) + 1) if several else None
    told.ordinals = _ordinals(named_after[0] if named_after else own)
    for time in context.times(told.sentence):
        begins = time.start - told.sentence.start
        if (
            time.kind == "date"
            and time.began is not None
            and first <= begins <= stop
            and told.day is None
            and not several
        ):
            told.day = time.began
    if _THERAPEUTIC.search(own) and not _DIAGNOSTIC.search(own):
        told.qualities["purpose"] = ("therapeutic",)
    elif _DIAGNOSTIC.search(own) and not _THERAPEUTIC.search(own):
        told.qualities["purpose"] = ("diagnostic",)
    _agent(told, text)
    start, end = told.sentence.start + max(0, first), told.sentence.start + stop
    if told.sentence.end - told.sentence.start > 170 and told.quantity is not None:
        told.quote = context.quote_span(*_trimmed(context.text, start, min(end, start + 300)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;\n":
        start += 1
    while end > start and text[end - 1] in " ,;\n":
        end -= 1
    return start, end


def _ordinals(text: str) -> tuple[str, ...]:
    if _BOTH.search(text):
        return ("first", "second")
    first, second = _FIRST.search(text), _SECOND.search(text)
    if first and second:
        return ("first",) if first.start() < second.start() else ("second",)
    return ("first",) if first else ("second",) if second else ()


def _agent(told: _Told, text: str) -> None:
    if _FITS_NOT.search(text):
        told.qualities["agent"] = ("does_not_fit",)
    elif _FITS.search(text):
        told.qualities["agent"] = ("fits",)


def _function(text: str, first: int, stop: int) -> Quantity | None:
    match = _FUNCTION.search(text, first, stop)
    if match is None or _WISH.search(text[: match.start()]):
        return None
    low = Fraction(match.group("low"))
    return Quantity(low, None if match.group("more") else low, "%")


def _days(context: Context, sentence: Sentence, first: int, stop: int) -> list[date]:
    """The different days that a part of a sentence names, in order of place."""
    days = [
        time.began
        for time in context.times(sentence)
        if time.kind == "date" and time.began is not None and first <= time.start - sentence.start <= stop
    ]
    return list(dict.fromkeys(days))


def _length(context: Context, sentence: Sentence, start: int, end: int, stop: int) -> Duration | None:
    """How long a relief lasted: "for six hours" after the figure, or "four months of" before it."""
    for time in context.times(sentence):
        if time.kind != "duration" or time.duration is None:
            continue
        begins, ends = time.start - sentence.start, time.end - sentence.start
        if end <= begins <= stop + 1 and begins - end <= 110:
            words = context.text[sentence.start + end : time.start]
            following = context.text[time.end : time.end + 20]
            if _WHEN.match(following):
                continue
            if _LASTED.search(words):
                return time.duration
            if (
                _STILL_AT.search(words)
                and ";" not in words
                and time.duration.low is not None
                and time.duration.low.unit is not Unit.HOUR
            ):
                return Duration(time.duration.low, None)
        if (
            ends <= start
            and start - ends <= 14
            and re.fullmatch(
                r"\s*(?:of|with)\s*(?:about |approximately |at least |over )?",
                context.text[time.end : sentence.start + start],
            )
        ):
            return time.duration
    return None


def _in_the_next(context: Context, sentence: Sentence, window: Sentence, told: list[_Told]) -> None:
    """What a sentence after a procedure adds: the relief, how long it lasted, whether that fits the agent."""
    own = [item for item in told if item.sentence.index == window.index]
    text = sentence.text
    if not own or _OTHER_CAUSE.search(text):
        return
    quote = context.quote_span(*_trimmed(context.text, sentence.start, min(sentence.end, sentence.start + 300)))
    concepts = {item.concept for item in own}
    reliefs = _reliefs(text)
    bare = [item for item in own if item.quantity is None]
    if reliefs and bare and len(concepts) == 1:
        _reliefs_of(context, sentence, text, reliefs, bare, told, quote)
    elif (
        reliefs
        and len(concepts) == 1
        and _ordinals(text)
        and not {o for item in own for o in item.ordinals} & set(_ordinals(text))
    ):
        _reliefs_of(context, sentence, text, reliefs, [replace(own[-1], quantity=None)], told, quote)
    elif not reliefs and _LENGTH_TOLD.search(text) and len(concepts) == 1:
        _length_told(context, sentence, own, quote)
    for item in own if len(concepts) == 1 else ():
        if not item.qualities.get("agent"):
            _agent(item, text)
            if item.qualities.get("agent"):
                item.basis = (*item.basis, quote)
        function = _function(text, 0, len(text))
        if function is not None and item.function is None:
            item.function = function
            item.basis = (*item.basis, quote)


def _reliefs_of(
    context: Context,
    sentence: Sentence,
    text: str,
    reliefs: list[tuple[int, int, Quantity]],
    bare: list[_Told],
    told: list[_Told],
    quote: Quote,
) -> None:
    """ "She had two blocks. The first gave 85% relief for six hours, the second 90%."."""
    for index, (start, end, quantity) in enumerate(reliefs):
        stop = reliefs[index + 1][0] if index + 1 < len(reliefs) else len(text)
        head = text[reliefs[index - 1][1] if index else 0 : stop]
        ordinals = _ordinals(head)
        target = replace(bare[-1], qualities=dict(bare[-1].qualities))
        target.quantity = quantity
        target.duration = _length(context, sentence, start, end, stop)
        target.ordinals = ordinals or (bare[-1].ordinals if len(reliefs) == 1 else ())
        target.basis = (quote,)
        _agent(target, head)
        told.append(target)
    for item in bare:
        if item in told:
            told.remove(item)


def _length_told(context: Context, sentence: Sentence, own: list[_Told], quote: Quote) -> None:
    for time in context.times(sentence):
        if time.kind == "duration" and time.duration is not None:
            for item in own:
                if item.duration is None and item.quantity is not None:
                    item.duration = time.duration
                    item.basis = (*item.basis, quote)
            return


def _count(told: list[_Told]) -> None:
    """Number the procedures that the note does not number: by their days, or the only one that is told of."""
    groups: dict[tuple[str, str, str], list[_Told]] = {}
    for item in told:
        if item.quantity is not None:
            side = item.qualities.get("side", ("",))[0]
            region = item.qualities.get("region", ("",))[0]
            groups.setdefault((item.concept, region, side), []).append(item)
    for items in groups.values():
        if any(item.ordinals for item in items):
            continue
        days = sorted({item.day for item in items if item.day is not None})
        if all(item.day is not None for item in items) and len(days) > 1:
            for item in items:
                place = days.index(item.day) if item.day is not None else 0
                item.ordinals = (("first", "second")[place] if place < 2 else "later",)
        elif len({(item.quantity, item.duration) for item in items}) == 1:
            for item in items:
                item.ordinals = ("first",)


def _facts(context: Context, item: _Told) -> Iterator[Fact]:
    if item.quantity is None and item.function is None:
        return
    qualities = dict(item.qualities)
    if item.ordinals:
        qualities["ordinal"] = item.ordinals
    if item.quantity is not None:
        yield context.fact(
            item.concept,
            State.DONE,
            item.sentence,
            item.mention,
            "block.relief",
            qualities=qualities,
            basis=item.basis,
            duration=item.duration,
            quantity=item.quantity,
            began=item.day,
            ended=item.day,
            quote=item.quote,
        )
    if item.function is not None:
        qualities["by"] = (item.concept.partition(".")[2],)
        yield context.fact(
            "block.function",
            State.DONE,
            item.sentence,
            item.mention,
            "block.function",
            qualities=qualities,
            basis=item.basis,
            duration=item.duration,
            quantity=item.function,
            began=item.day,
            ended=item.day,
            quote=item.quote,
        )
