"""How long a treatment lasted: which expression of time measures it, and which measures the symptoms or the dosing."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from praxigen.model.amount import Duration, Span, Unit
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.times import TimeMention
from praxigen.reading.treatments.course import Course

_NOT_A_COURSE = Pattern(
    r"^\W*(?:follow|f/u|old\b|post[- ]?op|postop|after (?:surgery|the (?:injection|surgery|procedure))"
    r"|from now|of (?:relief|benefit|improvement|pain|symptoms|back|neck|leg|low back|lbp|radic|worsening"
    r"|progressive|severe|numb|sciatica)|history|h/o|hx|duration of (?:symptoms|pain))",
    re.IGNORECASE,
)

_FUTURE = Pattern(
    r"(?:\b(?:again|seen|back|up|visit|return|recheck|appointment|f/u|rtc|her|him|patient|us|clinic|mri"
    r"|repeat|reassess|re-?evaluat\w+)\s+in|\bnext|\bfollow(?:[- ]up)?(?: in)?|\breturn(?: in)?|\bwithin"
    r"|\b(?:expires?|expiring|runs? out|due|refills?) in|\b(?:f/u|rtc|fu)(?: x)?|\bevery|\bin about"
    r"|\bin approximately|\bto be seen|\brecheck in|\bsee (?:him|her"
    r"|the patient) (?:back )?in)\s*$",
    re.IGNORECASE,
)

_SYMPTOM_HEAD = Pattern(
    r"\b(?:history|h/o|hx|onset|pain(?! (?:service|clinic|management|medicine|medication|doctor|program"
    r"|specialist|meds|center|relief))|symptoms?|numbness|weakness|sciatica|radiculopathy|lbp|discomfort"
    r"|problems?|complaints?|suffer(?:ed|ing|s)?|injury|duration|began|started|presents?|complain(?:s|ing"
    r"|ed)?|relief|improvement|benefit|better|helped)\b",
    re.IGNORECASE,
)


def give_times(
    context: Context, sentence: Sentence, group: list[Course], groups: list[list[Course]], before: list[Course]
) -> None:
    """Give every treatment of a list the length of time that the sentence gives to it.

    `before` are the treatments of the sentences before it: "gabapentin, same dates" has theirs.
    """
    first, last = context.start(group[0].mention), context.end(group[-1].mention)
    best: tuple[int, TimeMention] | None = None
    for time in context.times(sentence):
        if time.kind not in ("duration", "range", "since") or time.duration is None or is_dosing(context, time):
            continue
        distance = _course_distance(context, sentence, time, first, last)
        if distance is None:
            continue
        if any(other is not group and _nearer(context, time, other, distance) for other in groups):
            continue
        if best is None or distance < best[0]:
            best = (distance, time)
    measured = best[1] if best is not None else None
    if measured is None and len(groups) == 1:
        measured = _all_along(context, sentence, group)
    if measured is None and len(groups) == 1:
        measured = _begun_ago(context, sentence, group)
    if measured is None and before:
        measured = _the_same(context, sentence, group, before)
    if measured is None:
        measured = _consisting_of(context, sentence) or (
            _visits_over_frequency(context, sentence) if len(groups) == 1 else None
        )
    if measured is None:
        return
    quote = context.quote_span(measured.start, measured.end)
    duration = _until_the_note(context, measured, sentence)
    for course in group:
        course.duration, course.time = duration, measured
        course.basis.append(quote)


# "Three times a week for four weeks, then weekly": it went on, and for how long is not said.
_THEN_LESS_OFTEN = Pattern(
    r"[\s,]*(?:and )?then (?:\w+ ){0,2}?(?:weekly|monthly|fortnightly|a week|a month|daily|as needed|prn|continued"
    r"|ongoing|maintenance)\b",
    re.IGNORECASE,
)
_BEGUN = Pattern(
    r"\b(?:started|begun|began|initiated|placed on|put on|begins?)\s+(?:(?:on|taking|the|his|her|a|oral"
    r"|formal|daily)\s+){0,3}$",
    re.IGNORECASE,
)
_OVER_NOW = Pattern(
    r"\b(?:stopp?ed|discontinu\w+|d/c'?d?|quit|finished|completed|until|ended|weaned|tapered off)\b", re.IGNORECASE
)


def _begun_ago(context: Context, sentence: Sentence, group: list[Course]) -> TimeMention | None:
    """ "Started gabapentin 3 months ago": it has lasted so long, unless the sentence tells of its end."""
    first, last = context.start(group[0].mention), context.end(group[-1].mention)
    if not _BEGUN.search(context.text[sentence.start : first]) or _OVER_NOW.search(context.text, last, sentence.end):
        return None
    ago = [time for time in context.times(sentence) if time.kind == "ago" and time.start >= last and time.duration]
    if len(ago) != 1 or ago[0].start - last > 40 or ago[0].duration is None:
        return None
    return replace(ago[0], kind="since")


_CONSISTED = Pattern(
    r"\W*(?:this|it|these|which|that|treatment|care|therapy|management|the (?:program(?:me)?|treatment|care|regimen"
    r"|course))\s+"
    r"(?:has |have |had )?(?:consist(?:ed|s|ing) of|included?|includes|comprised|comprising|involved|was made up of"
    r"|encompassed)\b",
    re.IGNORECASE,
)
_CARE = Pattern(
    r"\b(?:care|treatment|treated|management|managed|therapy|regimen|program(?:me)?|course)\b", re.IGNORECASE
)


def _consisting_of(context: Context, sentence: Sentence) -> TimeMention | None:
    """ "She underwent care from May 2024 to January 2025. This consisted of ...": as long as the care of which it"
    " is."""
    if sentence.index == 0 or not _CONSISTED.match(sentence.text):
        return None
    told = context.page.sentences[sentence.index - 1]
    if told.section is not sentence.section or told.general or not _CARE.search(told.text):
        return None
    if any(cue.name in ("before.planned", "before.hypothetical", "before.negated") for cue in told.cues):
        return None
    times = [time for time in context.times(told) if time.kind in ("duration", "range", "since") and time.duration]
    return times[0] if len(times) == 1 and not is_dosing(context, times[0]) else None


_SAME = Pattern(
    r"[\s,(:–-]*(?:for |over |during )?(?:the )?same (?:dates?|period|time|months|weeks|interval|duration"
    r"|length of time)\b",
    re.IGNORECASE,
)


_THROUGHOUT = Pattern(
    r"[\s,(:–-]*(?:\d+(?:\.\d+)?\s*mg\s*)?(?:(?:daily|bid|tid|nightly|was|taken|given|continued)\s+){0,3}"
    r"(?:the (?:whole|entire) time|all along|all (?:this|that) time|throughout(?! the (?:day|night)))\s*(?:[.,;]|$)",
    re.IGNORECASE,
)
_UNDER_CARE = Pattern(
    r"\b(?:followed|follow(?:ing|s)|seen|seeing|under (?:our |the |her |his )?care|treated|managed"
    r"|in (?:our|the) clinic|(?:monthly|regular) visits)\b",
    re.IGNORECASE,
)


def _all_along(context: Context, sentence: Sentence, group: list[Course]) -> TimeMention | None:
    """ "Followed every month since March 2023. Pregabalin the whole time.": as long as the care of the one before."""
    if sentence.index == 0 or not _THROUGHOUT.match(context.text, context.end(group[-1].mention), sentence.end):
        return None
    told = context.page.sentences[sentence.index - 1]
    if told.section is not sentence.section or not _UNDER_CARE.search(told.text):
        return None
    times = [time for time in context.times(told) if time.kind in ("duration", "range", "since") and time.duration]
    return times[0] if len(times) == 1 and not is_dosing(context, times[0]) else None


def _the_same(context: Context, sentence: Sentence, group: list[Course], before: list[Course]) -> TimeMention | None:
    """The time of the treatment before, where the words after these point to it."""
    nearest = before[-1]
    if sentence.index - nearest.sentence.index > 1:
        return None
    return nearest.time if _SAME.match(context.text, context.end(group[-1].mention), sentence.end) else None


def _until_the_note(context: Context, time: TimeMention, sentence: Sentence) -> Duration | None:
    """ "Since 06/05/2023", in a note of a stated day: so long at the least, and no longer than from that day."""
    length, told = time.duration, context.stated_date
    if length is not None and _THEN_LESS_OFTEN.match(context.text, time.end, sentence.end):
        return Duration(length.low, None)
    if time.kind != "since" or length is None or length.low is None or length.high is not None or time.began is None:
        return length
    if told is None or told < time.began:
        return length
    written = context.text[time.start : time.end]
    first = time.began if _NAMES_DAY.search(written) else time.began.replace(day=1)
    if _YEAR_ALONE.search(written):
        first = first.replace(month=1)
    return Duration(length.low, Span(Fraction((told - first).days), Unit.DAY))


_NAMES_DAY = Pattern(
    r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\d{4}-\d{2}-\d{2}|[a-z]\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2} [a-z]+ \d{4}",
    re.IGNORECASE,
)
_YEAR_ALONE = Pattern(
    r"^(?:(?:since|start\w*|began|beginning)[: ]+)?(?:date:? )?(?:(?:in|on) )?(?:19|20)\d\d\b", re.IGNORECASE
)
_DOSING = Pattern(
    r"\b(?:every|each|q\.?|per|times an?|times per|x/?|x per|once an?|twice an?|a|hour|/)\s*$", re.IGNORECASE
)


def is_dosing(context: Context, time: TimeMention) -> bool:
    """ "every 4 to 6 hours", "two times a day": how often, not how long. A course is counted in days at the least."""
    longest = (time.duration.high or time.duration.low) if time.duration is not None else None
    if longest is None or longest.most_days < 1:
        return True
    written = context.text[time.start : time.end].lower()
    if (
        longest.number <= 1
        and longest.unit in ("day", "week")
        and not written.startswith(("over", "for", "about", "1", "one"))
    ):
        return True
    return _DOSING.search(context.text[max(0, time.start - 9) : time.start]) is not None and longest.most_days < 8


def _nearer(context: Context, time: TimeMention, group: list[Course], distance: int) -> bool:
    first, last = context.start(group[0].mention), context.end(group[-1].mention)
    gap = first - time.end if time.end <= first else time.start - last
    if time.end <= first and _NEXT_IN_LIST.fullmatch(context.text[time.end : first]):
        return False  # "gabapentin since May, therapy from ...": the time closes what stands before it
    if time.start >= last and _ATTACHED.fullmatch(context.text[last : time.start]):
        gap = 0
    return 0 <= gap < distance


def _course_distance(context: Context, sentence: Sentence, time: TimeMention, first: int, last: int) -> int | None:
    """Characters between a length of time and the treatments that it measures; None where it measures another thing."""
    text = context.text
    if _FUTURE.search(text[max(sentence.start, time.start - 30) : time.start]):
        return None
    if time.end <= first and _OF_THE_EFFECT.search(text[max(sentence.start, time.start - 40) : time.start]):
        return None
    after = text[time.end : min(sentence.end, time.end + 40)]
    if _NOT_A_COURSE.match(after):
        return None
    if _HOW_FAR.match(after) and time.end <= first:
        return 0
    if _measures_another_thing(text, sentence, time):
        return None
    if time.end <= first:
        between = _TREATED_WITH.sub("", text[time.end : first])
        if len(between) > 120 or _SYMPTOM_HEAD.search(between) or ";" in between or _FULL_STOP.match(between):
            return None
        return len(between)
    if time.start >= last:
        between = text[last : time.start]
        between = _purpose_out(between)
        if len(between) > 110 or ";" in between:
            return None
        clean = re.sub(
            r"\b(?:no|without|little|minimal|some|temporary|good|lasting|any"
            r"|significant)\s+(?:\w+\s+)?(?:relief|improvement|benefit)\b|\bwithout (?:pain )?relief\b",
            "",
            between,
            flags=re.IGNORECASE,
        )
        if _SYMPTOM_HEAD.search(clean):
            return None
        return 0 if _ATTACHED.fullmatch(between) else len(between)
    return 0


def _measures_another_thing(text: str, sentence: Sentence, time: TimeMention) -> bool:
    """A length that was only ordered, that is the whole of which a part was done, or that is the pain's."""
    before = text[max(sentence.start, time.start - 60) : time.start]
    if _ONLY_ORDERED.search(before) and _CUT_SHORT.search(text, time.end, sentence.end):
        return True
    return _LIVED_WITH.search(before) is not None or _OF_WHICH.search(before) is not None


# "Therapy was prescribed for twelve weeks, but only four visits were approved": how long it was to be.
_CUT_SHORT = Pattern(r"\b(?:but|only|yet|however|although|though)\b", re.IGNORECASE)
_ONLY_ORDERED = Pattern(
    r"\b(?:prescribed|ordered|recommended|authori[sz]ed|approved|planned|scheduled|referred|requested)\s+(?:for|x"
    r"|over)\s+(?:a |the |another |at least )?$",
    re.IGNORECASE,
)
# "I've lived with this for eleven years": the pain, whatever was taken for it.
_LIVED_WITH = Pattern(
    r"\b(?:liv(?:ed|es|ing)|deal(?:s|t|ing)?|cop(?:ed|es|ing)|suffer(?:ed|s|ing)?|struggl(?:ed|es|ing)"
    r"|put(?:ting)? up|bothered|troubled|plagued)"
    r" (?:with|by|from)\b[^.;\d]{0,35}$",
    re.IGNORECASE,
)
# "Four weeks into her twelve-week program": the first is how long it has been, the second how long it is to be.
_HOW_FAR = Pattern(r"\s+in(?:to)?\s+(?:his|her|the|a|this|their)\b", re.IGNORECASE)
_OF_WHICH = Pattern(
    r"\b(?:weeks?|months?|days?|visits?|sessions?)\s+(?:into|in to|of)\s+(?:his|her|the|a|an|this)\s*(?:planned "
    r"|prescribed )?$",
    re.IGNORECASE,
)
_FULL_STOP = Pattern(r"\s*\.\s")  # and a small letter after it, which began no new sentence
# "therapy for 3 weeks": whatever else stands as near, this time is the therapy's own.
_ATTACHED = Pattern(
    r"\s*[(,:]?\s*(?:for|x|\u00d7|over|from|since|lasting)?\s*(?:the (?:past|last)|about|approximately"
    r"|at least|only|another)?\s*",
    re.IGNORECASE,
)
# "relief for two weeks after an injection": the relief lasted.
_NEXT_IN_LIST = Pattern(r"\s*(?:,|and|or|then|plus|,\s*(?:and|then|or))\s*", re.IGNORECASE)
_OF_THE_EFFECT = Pattern(
    r"\b(?:relief|benefit|improvement|better|pain[- ]free|helped)\s+(?:for|of|x|lasting|lasted)\s+"
    r"(?:about|only|approximately|some|roughly)?\s*$",
    re.IGNORECASE,
)
# "For nine months the clinic treated his sciatica with pregabalin": what was treated is not what lasted.
_TREATED_WITH = Pattern(
    r"\b(?:treat(?:ed|ing)?|manag(?:ed|ing))\s+(?:his|her|the|their|this)\s+(?:\w+\s+){1,4}?with\b", re.IGNORECASE
)
_PURPOSE = Pattern(
    r"\b(?:for|to treat)\s+(?:\w+[\s/-]+){0,5}?(?:pain|radiculopathy|sciatica|stenosis|symptoms?|radic"
    r"|claudication|syndrome|back|neck|spine|crps|fbss|herniation|hnp|lbp)\b(?!\s*(?:of|that|which|has"
    r"|lasting|present))(?:\s+(?:and \w+ )?(?:pain|symptoms?|radiculopathy|stenosis|spondylosis|problems?)\b)?",
    re.IGNORECASE,
)


def _purpose_out(between: str) -> str:
    """ "PT for lumbar radiculopathy 3/1 - 4/12": what the treatment was for is not what lasted."""
    return _PURPOSE.sub("", between)


def _visits_over_frequency(context: Context, sentence: Sentence) -> TimeMention | None:
    """24 sessions at three a week are eight weeks."""
    times = context.times(sentence)
    per_week = next((t.count for t in times if t.kind == "frequency" and t.count), None)
    visits = next((t for t in times if t.kind == "visits" and t.count), None)
    if per_week is None or visits is None or visits.count is None:
        return None
    span = Span(visits.count / per_week, Unit.WEEK)
    return TimeMention("duration", visits.start, visits.end, Duration(span, span))
