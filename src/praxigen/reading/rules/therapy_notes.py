"""A therapist's or chiropractor's own note: one course, told by its dates, its visits and what the measures did.

Such a note names the therapy in its title and no more. Its length stands between the start of care and the discharge or
the day of the visit, its result in the pain score, the index and the goals then and now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from praxigen.model.amount import Duration, Span, Unit
from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern
from praxigen.reading.times import read_date
from praxigen.reading.treatments.course import BODY_OTHER
from praxigen.reading.treatments.effects import outcomes_in
from praxigen.reading.treatments.record import course_in_fields

_HEAD = 260  # characters in which the title stands
_DONE_TITLE = (
    r"(?:discharge|progress|re-?\s?eval\w*|re-?\s?cert\w*"
    r"|re-?\s?assess\w*|re-?\s?exam\w*|final|treatment|daily|visit|d/c)"
)
_TITLE = Pattern(
    r"\b(?:(?:physical|aquatic|outpatient|occupational) therapy|physiotherapy|PT|outpatient rehab\w*|rehab\w*"
    rf"|chiropractic)\b[^.\n]{{0,30}}?\b{_DONE_TITLE}\b[^.\n]{{0,20}}?(?:\b(?:summary|note|report|evaluation)\b|$|\n"
    rf"|[.:])"
    rf"|\b{_DONE_TITLE} (?:summary|note|report)\b[^.\n]{{0,25}}\b(?:physical therapy|physiotherapy|PT|chiropractic)\b",
    re.IGNORECASE | re.MULTILINE,
)
_CHIROPRACTIC = Pattern(r"\bchiropract", re.IGNORECASE)
_DAY = r"(?P<day>\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
_FROM = Pattern(
    r"\b(?:start of care|SOC|initial (?:eval\w*|visit|assessment)|first (?:visit|seen)"
    r"|(?:date of )?(?:initial )?eval(?:uation)?"
    rf"(?: date)?|(?:seen|attending|treated|in therapy|under care)[^.;\n]{{0,30}}\bsince|admi\w+)\W{{0,3}}(?:date|on"
    rf"|of|:|\s)*{_DAY}",
    re.IGNORECASE,
)
_UNTIL = Pattern(
    r"\b(?:discharged?|D/?C|last (?:visit|seen)|final visit|end of care|today(?:'s date)?|date of (?:service"
    r"|discharge|visit|report)"
    rf"|DOS|date|re-?\s?eval\w*|this visit|through)\W{{0,3}}(?:date|on|of|:|\s)*{_DAY}",
    re.IGNORECASE,
)
# Pain or an index at the start and at the end: "pain at start 7/10, at discharge 7/10", "ODI 48% initially, 46% now".
_THEN_AND_NOW = Pattern(
    r"\b(?P<what>pain|NPRS|NRS|VAS|ODI|oswestry|NDI|LEFS|index)\b[^.;\n\d]{0,40}?(?P<before>\d{1,2})\s*(?:/\s*10|%"
    r"|/\s*50|out of 10)?"
    r"[^.;\n\d]{0,45}?\b(?P<after>\d{1,2})\s*(?:/\s*10|%|/\s*50|out of 10)?(?P<tail>[^.;\n\d]{0,25})",
    re.IGNORECASE,
)
_NOW_FIRST = Pattern(
    r"\b(?:at|on) (?:eval\w*|intake|start|initial\w*|admission)|initially|baseline|previously\b", re.IGNORECASE
)
_AT_ALL = Pattern(
    r"\b(?:start|intake|initial\w*|eval\w*|admission|baseline|discharge|now|today|current\w*|final|to|from|at)\b|\(",
    re.IGNORECASE,
)
_LITTLE, _MUCH = Fraction(7, 10), Fraction(3, 10)  # shares of the first score that are left
_QUOTED = 170  # characters


def therapy_note_facts(context: Context) -> Iterator[Fact]:
    """The course that a therapist's own note reports, where its title says that it took place."""
    title = _TITLE.search(context.text[:_HEAD]) if _TITLE.may_match(context.text) else None
    if title is None or course_in_fields(context) is not None:
        return  # a course with both its days in fields is a treatment of the note
    sentence = _sentence_at(context, title.start())
    if sentence is None or sentence.general:
        return
    duration, since, until, quote = _length(context)
    outcome, why = _outcome(context)
    basis = tuple(each for each in (quote, why) if each is not None)
    if not basis:
        return
    name = "treatment.chiropractic" if _CHIROPRACTIC.search(title[0]) else "treatment.physical_therapy"
    qualities: dict[str, tuple[str, ...]] = {"supervised": ("yes",)}
    if outcome is not None:
        qualities["outcome"] = (outcome,)
    if not context.spine_is_the_problem or _for_another_part(context):
        qualities["region"] = (BODY_OTHER,)
    mention = mention_at(context.page, sentence, title.start(), title.end(), name)
    yield context.fact(
        name,
        State.DONE,
        sentence,
        mention,
        "treatment.therapy-note",
        qualities=qualities,
        basis=basis,
        duration=duration,
        began=since,
        ended=until,
        quote=context.quote_span(title.start(), title.end()),
    )


def _sentence_at(context: Context, at: int) -> Sentence | None:
    return next((s for s in context.page.sentences if s.end > at), None)


_DIAGNOSED = Pattern(
    r"\b(?:dx|diagnosis|referred for|treating|tx dx|medical dx)\W{0,3}(?P<told>[^.\n]{3,90})", re.IGNORECASE
)
_ELSEWHERE = Pattern(
    r"\b(?:knee|hip|shoulder|rotator|TKA|THA|TKR|THR|ACL|ankle|wrist|elbow|hand|foot|carpal|arthroplasty|balance"
    r"|vestibular|pelvic)\b",
    re.IGNORECASE,
)
_HERE = Pattern(
    r"\b(?:back|lumb\w+|neck|cervic\w+|spin\w+|LBP|radicul\w+|sciatica|dis[ck]|thoracic|SI joint|[CLS]\d)\b",
    re.IGNORECASE,
)


def _for_another_part(context: Context) -> bool:
    told = _DIAGNOSED.search(context.text)
    return told is not None and _ELSEWHERE.search(told["told"]) is not None and _HERE.search(told["told"]) is None


def _length(context: Context) -> tuple[Duration | None, date | None, date | None, Quote | None]:
    """The length of the course: from day to day, else as the note counts its weeks."""
    start, end = _FROM.search(context.text), _UNTIL.search(context.text)
    since = read_date(start["day"]) if start else None
    until = read_date(end["day"]) if end else context.stated_date
    if start is not None and since is not None and until is not None and until > since:
        span = Span(Fraction((until - since).days), Unit.DAY)
        return Duration(span, span), since, until, context.quote_span(start.start(), start.end())
    for sentence in context.page.sentences[:12]:
        times = context.times(sentence)
        visits = next((time for time in times if time.kind == "visits" and time.count), None)
        weeks = next((time for time in times if time.kind in ("duration", "range") and time.duration), None)
        if visits is not None and weeks is not None:
            low, high = min(visits.start, weeks.start), max(visits.end, weeks.end)
            return weeks.duration, weeks.began, weeks.ended, context.quote_span(low, high)
    return None, since, until, None


def _outcome(context: Context) -> tuple[str | None, Quote | None]:
    """What the note says of the result: its own verdict, else the measures then and now."""
    verdicts = [
        (cue.name.partition(".")[2], context.quote(sentence, cue.first, cue.last))
        for sentence in context.page.sentences
        if not sentence.general and sentence.section.kind not in ("plan", "goals", "past_medical", "family")
        for cue in outcomes_in(context, sentence)
    ]
    bad = next((each for each in verdicts if each[0] != "good"), None)
    measured = _measured(context)
    if bad is not None and (measured is None or measured[0] != "good"):
        return bad
    good = next((each for each in verdicts if each[0] == "good"), None)
    return measured or good or (None, None)


_ANOTHER = Pattern(
    r"\b(?:ODI|oswestry|NDI|visits?|days?|weeks?|months?|times|goals?|grade|minutes|feet)\b", re.IGNORECASE
)
_OUT_OF_TEN = Pattern(r"/\s*10\b|out of 10")
_PAIN_SCALE = Pattern(r"\b(?:pain|NPRS|NRS|VAS)\b", re.IGNORECASE)
_TOP = 10


def _one_scale(told: str, before: Fraction, after: Fraction) -> bool:
    """Whether both figures can be of the scale that is named: pain to ten, an index in percent."""
    if _PAIN_SCALE.match(told):
        return before <= _TOP and after <= _TOP and _OUT_OF_TEN.search(told) is not None
    return True


def _measured(context: Context) -> tuple[str, Quote] | None:
    for match in _THEN_AND_NOW.finditer(context.text):
        before, after = Fraction(match["before"]), Fraction(match["after"])
        between = context.text[match.end("before") : match.start("after")]
        if not _AT_ALL.search(match[0]) or _ANOTHER.search(between) or not _one_scale(match[0], before, after):
            continue
        if _NOW_FIRST.search(match["tail"]) and not _NOW_FIRST.search(match[0][: match.start("after") - match.start()]):
            before, after = after, before
        if not before:
            continue
        quote = context.quote_span(match.start(), min(match.end(), match.start() + _QUOTED))
        if after >= before * _LITTLE:
            return "none", quote
        if after <= before * _MUCH:
            return "good", quote
    return None
