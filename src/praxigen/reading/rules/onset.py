"""How long the symptoms have lasted: never to be taken for how long they were treated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from praxigen.model.amount import Duration, Span, Unit
from praxigen.model.fact import Fact, State
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern
from praxigen.reading.rules.told_on import Visits
from praxigen.reading.times import TimeMention

PLACES = frozenset({"history", "opening", "indications", "assessment", "other", "diagnosis"})
_COMPLAINT = Pattern(
    r"\b(?:pain\w*|ache\w*|sciatica|radicul\w+|numb\w*|weak\w*|tingl\w+|lbp|symptoms?|deficits?|stiff\w*|spasms?"
    r"|sprain|strain|lumbago)\b",
    re.IGNORECASE,
)
_HISTORY_OF = Pattern(
    r"^[- ]?\s*(?:history|h/o|hx|course)\b|^\s*of\s+(?:\w+\s+){0,4}?(?:pain|sciatica|numb|weak|lbp"
    r"|symptoms|radic|back|neck|leg)",
    re.IGNORECASE,
)
_BEGAN = Pattern(
    r"\b(?:onset|began|begun|started|starting|came on|happened|occurred|developed|noticed|woke|injur\w+"
    r"|hurt|fell|fall|felt|lift\w*|pop\w*|twist\w*|pull\w*|slipp\w*|struck|accident|deadlift\w*|ago)\b",
    re.IGNORECASE,
)
_BEGAN_SAID = Pattern(_BEGAN.source.replace(r"|ago)", ")"), re.IGNORECASE)
_LASTED = Pattern(
    r"(?:\bfor|\bx|\bsince|\bover|\bpast|\blast|\bof|,|with|:)\s*(?:the\s+)?(?:past\s+"
    r"|last\s+)?(?:about\s+|approximately\s+|some\s+|only\s+)?$",
    re.IGNORECASE,
)
_ABOUT_SOMETHING_ELSE = Pattern(
    r"\b(?:relief|better|improv\w+|worse\w*|exacerbat\w*|flare\w*|lasted|minutes?|surgery|operation"
    r"|injection|trial|visit|follow|later|prior to|discharg\w+|post-?op\w*|after (?:the|her|his)|recur\w*"
    r"|old injury|sit|stand|walk|medication|therapy|treat\w*)\b",
    re.IGNORECASE,
)
_LONG = Pattern(
    r"\b(?:chronic\w*|long-?\s?standing|for (?:many )?years|several years|many years|years of|recurrent"
    r"|intermittent(?:ly)? for|ever since|since (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_RECENT_DAY = Pattern(
    r"\b(?:yesterday|this morning|last night|earlier today|(?:a few|several|two|three|four|five"
    r"|six) hours ago|(?:on|this past|last) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|over the weekend)\b",
    re.IGNORECASE,
)
_WORSENING = Pattern(r"\b(?:progressive\w* )?(?:worsening|worse)\b", re.IGNORECASE)
_MORE_PAIN = Pattern(
    r"\b(?:more|increased|increasing|greater|worse\w*|aggravated)\s+(?:\w+\s+){0,2}?pain\b", re.IGNORECASE
)
_WEEK = Duration(None, Span(Fraction(1), Unit.WEEK))


def onset_facts(context: Context) -> Iterator[Fact]:
    """One fact for the longest time that the complaint is said to have lasted; none where it is called chronic."""
    found: list[tuple[Sentence, int, int, Duration]] = []
    visits: Visits | None = None
    if not context.spine_is_the_problem:
        return
    for sentence in context.page.sentences:
        if sentence.section.kind not in PLACES or sentence.general:
            continue
        text = sentence.text
        if _COMPLAINT.search(text) and _LONG.search(text):
            return
        for told, start, end, duration in (*onsets(context, sentence, text), *_ticked_length(context, sentence)):
            visits = visits or Visits(context)
            found.append((told, start, end, _longer(duration, visits.days_since(told))))
    if not found:
        return
    sentence, start, end, duration = max(found, key=lambda item: _longest(item[3]))
    mention = mention_at(context.page, sentence, start, end)
    yield context.fact("symptom.onset", State.PRESENT, sentence, mention, "onset", duration=duration)


def _longer(duration: Duration, days: int) -> Duration:
    """A length that was told some days ago, as it is now."""
    if days <= 0:
        return duration
    low, high = (
        None if span is None else Span(rounded + days, Unit.DAY)
        for span, rounded in (
            (duration.low, duration.low.fewest_days if duration.low else Fraction(0)),
            (duration.high, duration.high.most_days if duration.high else Fraction(0)),
        )
    )
    return Duration(low, high)


_HOW_LONG = Pattern(
    r"\b(?:how long|duration|when did)\b[^?:\n]{0,60}\b(?:pain|symptoms?|problem|this|it|condition|complaint)\b",
    re.IGNORECASE,
)
_TICKED = Pattern(r"\W*(?:\[\s?[xX✓]\s?\]|☑|☒|\([xX]\))\s*")


def _ticked_length(context: Context, sentence: Sentence) -> Iterator[tuple[Sentence, int, int, Duration]]:
    """A form's "How long have you had the pain? [ ] < 6 weeks [x] 6 weeks - 3 months"."""
    if sentence.text[0].isalnum() or _TICKED.match(context.text, sentence.start, sentence.end) is None:
        return
    line = context.text.rfind("\n", 0, sentence.start) + 1
    if _HOW_LONG.search(context.text, line, sentence.start) is None:
        return
    for time in context.times(sentence):
        if time.kind == "duration" and time.duration is not None:
            yield sentence, time.start, time.end, time.duration
            return


def _longest(duration: Duration) -> Fraction:
    span = duration.low if duration.high is None else duration.high
    return span.most_days if span is not None else Fraction(10**6)


def onsets(context: Context, sentence: Sentence, text: str) -> Iterator[tuple[Sentence, int, int, Duration]]:
    """Where a sentence says how long the complaint has lasted: sentence, begin, end and length."""
    cared = next((context.start(c) for c in sentence.concepts if c.name.startswith("treatment")), None)
    if cared is not None:
        yield from _before_care(context, sentence, cared)
        return
    for time in context.times(sentence):
        if time.kind in ("duration", "ago") and time.duration is not None and is_onset(context, sentence, time):
            yield sentence, time.start, time.end, time.duration
    yield from _since_its_day(context, sentence, text)
    day = _RECENT_DAY.search(text)
    if day and _BEGAN.search(text) and not _ABOUT_SOMETHING_ELSE.search(text):
        yield sentence, sentence.start + day.start(), sentence.start + day.end(), _WEEK


def _before_care(context: Context, sentence: Sentence, cared: int) -> Iterator[tuple[Sentence, int, int, Duration]]:
    """ "LBP x 4 wks. PT x 3 sessions": what a full stop parts from the treatment, in a line of short words."""
    for time in context.times(sentence):
        told = time.kind in ("duration", "ago") and time.duration is not None and time.end < cared
        if told and _STOPS.search(context.text, time.end - 1, cared) and is_onset(context, sentence, time):
            if time.duration is not None:
                yield sentence, time.start, time.end, time.duration
            return


_STOPS = Pattern(r"\w\.\s+[A-Z]")


def _since_its_day(context: Context, sentence: Sentence, text: str) -> Iterator[tuple[Sentence, int, int, Duration]]:
    """ "Pain began in early April 2023", in a note of a stated day: it has lasted no longer than since that month."""
    told = context.stated_date
    if told is None:
        return
    for time in context.times(sentence):
        if time.kind not in ("date", "since") or time.began is None:
            continue
        first = time.began.replace(day=1) if time.began.day in (1, *_MONTH_ENDS) else time.began
        if first > told:
            continue
        before = text[: time.start - sentence.start]
        said = text[max(0, time.start - sentence.start) : time.end - sentence.start]
        if not (_DAY_OF_ONSET.search(before) or (_BEGINS.search(said) and _COMPLAINT.search(before[-60:]))):
            continue
        if _ABOUT_SOMETHING_ELSE.search(before[-45:]):
            continue
        yield sentence, time.start, time.end, Duration(None, Span(Fraction((told - first).days), Unit.DAY))


_MONTH_ENDS = (28, 29, 30, 31)  # a month alone is read as its first or last day
_BEGINS = Pattern(r"^(?:start|began|begin)", re.IGNORECASE)
_DAY_OF_ONSET = Pattern(
    r"(?:\b(?:pain|lbp|sciatica|symptoms?|numbness|weakness)\b[^.;]{0,30}?\b(?:began|begun|started|came on"
    r"|developed)\s+(?:in|on"
    r"|around|about)?\s*(?:early |mid |late )?|\bonset(?: of (?:symptoms|pain)| date)?\s*(?:in|on|:|was|is)?\s*)$",
    re.IGNORECASE,
)


def is_onset(context: Context, sentence: Sentence, time: TimeMention) -> bool:
    """Whether an expression of time tells how long the complaint has lasted, and not a treatment or its effect."""
    before = context.text[max(sentence.start, time.start - 70) : time.start]
    after = context.text[time.end : min(sentence.end, time.end + 70)]
    if _HISTORY_OF.match(after):  # "10 day h/o progressively worsening LBP": worse within these days
        after = _WORSENING.sub("", after)
    if time.kind == "ago" and _MORE_PAIN.search(context.text, time.end, sentence.end):
        return False  # "since a fall two months ago she has had more pain": it was there before
    if _ABOUT_SOMETHING_ELSE.search(before[-45:] + " " + after[:35]):
        return False
    if _OTHER_COMPLAINT.search(before + after) and not _tells_spine(context, sentence):
        return False
    if _PRESENT_FOR.search(before):
        return True
    if time.kind == "ago":
        return bool(
            # "ago" alone dates anything: a move, a job, a birth.
            _COMPLAINT.search(before + after)
            or (_BEGAN_SAID.search(before + after) and _tells_complaint_nearby(context, sentence))
        )
    if _HISTORY_OF.match(after):
        return _COMPLAINT.search(after) is not None
    lasted = _LASTED.search(before) or _LASTS.match(context.text, time.start, time.end)
    return bool(lasted and _COMPLAINT.search(before))


_LASTS = Pattern(r"(?:x|\u00d7|for|over)\s", re.IGNORECASE)  # "LBP x 4 wks": what ties the two may be the time's own


# "This has been present for about nine months": of what was told before.
_PRESENT_FOR = Pattern(
    r"\b(?:this|these|it|they|symptoms)\s+(?:has|have)\s+(?:now\s+)?been\s+(?:present|going on|ongoing"
    r"|there)\s+for\s+(?:the past"
    r"\s+|the last\s+)?(?:about\s+|approximately\s+|some\s+|nearly\s+|over\s+)?$",
    re.IGNORECASE,
)
_OTHER_COMPLAINT = Pattern(
    r"\b(?:abdom\w+|quadrant|epigastric|chest|nausea|vomiting|diarrhea|pelvic|flank|headaches?|cough\w*|fever|throat"
    r"|vaginal|bleeding|ear|eye)\b",
    re.IGNORECASE,
)


def _tells_spine(context: Context, sentence: Sentence) -> bool:
    del context
    return any(
        p.name in ("body.lumbar", "body.cervical", "body.thoracic", "body.spine", "body.leg", "body.arm")
        for p in sentence.parts
    ) and not any(p.name == "problem.other" for p in sentence.parts)


def _tells_complaint_nearby(context: Context, sentence: Sentence) -> bool:
    near = context.page.sentences[max(0, sentence.index - 2) : sentence.index + 3]
    return any(
        c.name.startswith(("symptom.radicular", "symptom.axial", "symptom.limb")) for s in near for c in s.concepts
    )
