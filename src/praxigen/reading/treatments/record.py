"""The record of a course of therapy: a discharge summary or a list of visits, written in fields instead of sentences.

"SOC 2/3/25, D/C 4/14/25, visits 18 of 20, goals met 1 of 4, NPRS 7 -> 7" is a course of ten weeks that did not help.
Its length is that from the first day to the last; what it did is what the scores at both ends, the goals and the words
say, and where they differ nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice

from praxigen.model.amount import Duration, Span, Unit
from praxigen.model.document import Quote
from praxigen.model.fact import State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern
from praxigen.reading.times import TimeMention, read_date
from praxigen.reading.treatments.course import BODY_OTHER, Course
from praxigen.reading.treatments.effects import outcomes_in
from praxigen.reading.visits import names_days

_DATE = r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}"
_IS = r"(?:[ \t]*(?:date|on|was|=|:|-|–|\|)){0,3}[ \t]*"
_FIRST_DAY = Pattern(
    rf"\b(?:start of care|SOC|first (?:visit|session|treatment|seen)|initial (?:eval(?:uation)?|visit|exam)|IE"
    rf"|(?:date of )?(?:initial )?eval(?:uation)?|(?:therapy )?start(?:ed)?|date of eval(?:uation)?){_IS}"
    rf"(?:\(?(?P<day>{_DATE})\)?)",
    re.IGNORECASE,
)
_LAST_DAY = Pattern(
    rf"\b(?:discharged?|d/?c|date of discharge|dod|last (?:visit|session|treatment|seen)|end of care|EOC"
    rf"|final (?:visit|session|treatment)|d/c'd|discharge visit){_IS}(?:\(?(?P<day>{_DATE})\)?)",
    re.IGNORECASE,
)
_FROM_TO = Pattern(
    rf"\b(?:dates? (?:of|for) (?:treatment|service|care|therapy|attendance)|treatment dates|dates (?:seen|attended"
    rf"|treated)"
    rf"|therapy dates|episode of care|POC dates|period of care|treatment period|seen|attended|treated){_IS}"
    rf"(?:(?:(?:for|a total of)[ \t]+)*\d{{1,3}} (?:PT |therapy |skilled )*(?:visits|sessions|treatments)[ \t]+)?"
    rf"(?:(?:from|between)[ \t]+)?(?P<first>{_DATE})[ \t]*(?:-|–|—|to|through|thru|and)[ \t]*(?P<last>{_DATE})",
    re.IGNORECASE,
)
_THERAPY = Pattern(
    r"\b(?:(?i:physical therap(?:y|ist)|physiotherap\w+|rehab(?:ilitation)?|therapy)|P\.?T\.?(?=\b|[ :.])|DPT|MPT"
    r"|SOC)\b",
)
_CHIROPRACTIC = Pattern(r"\bchiropract\w+", re.IGNORECASE)
_VISITS = Pattern(
    r"\b(?:(?:total |number of |no\. of |# of )?(?:visits?|sessions?|treatments?|appointments?)"
    r"(?: (?:attended|completed|seen|kept|to date|total|used))?[ \t]*(?:[:=#-]|were"
    r"|was)?[ \t]*(?P<n1>\d{1,3})\b(?![/-]\d)"
    r"|(?P<n2>\d{1,3})(?: (?:of|out of|/) \d{1,3})?(?: (?:scheduled|total|PT|therapy|planned|skilled))* ?(?:visits?"
    r"|sessions?|treatments?"
    r"|appointments?)\b|attended (?P<n3>\d{1,3}) (?:of|out of|/))",
    re.IGNORECASE,
)
_AHEAD = Pattern(
    r"\b(?:request(?:ed|ing)?|authori[sz]ation|referral|prescription|order(?:ed|s)?|anticipated|estimated|expected"
    r"|projected"
    r"|planned|proposed|through (?:the )?end of)\b",
    re.IGNORECASE,
)
_ENDED = Pattern(
    r"\b(?:discharge[ds]?|d/?c'?d?|last (?:visit|session|treatment|seen)|dod|final (?:visit|session)|completed|summary"
    r"|attended|EOC)\b",
    re.IGNORECASE,
)
_REACH = 450  # characters between the first day and the last, and from either to what was done
_VISIT_EVERY = 15  # days; with fewer visits than that it was no course
_TEN = r"(?:[ \t]*/[ \t]*10)?"
_PAIN = r"(?:NPRS|NRS|VAS|VNRS|numeric pain(?: rating)?(?: scale)?|pain(?: level| score| rating| scale|/10)?)"
_BOTH_SCORES = Pattern(
    rf"\b{_PAIN}\b(?:[ \t]*\((?:[a-z ]{{3,12}})\))?[^\n.;,\d]{{0,25}}(?P<a>\d{{1,2}}(?:\.\d)?){_TEN}[^\n;\d]{{0,40}}?"
    rf"(?:->|→|to\b|,|[ \t]{{2,}}|\||;|vs\.?|now|at|and)[^\n;\d]{{0,40}}?(?P<b>\d{{1,2}}(?:\.\d)?)"
    r"(?:[ \t]*/[ \t]*10)?(?![\d/%])",
    re.IGNORECASE,
)
_INDEX = Pattern(
    r"\b(?:M?ODI|NDI|Oswestry|Neck Disability Index|Roland[- ]Morris|RMDQ|RMQ|QuickDASH)\b[^\n.;,\d]{0,25}"
    r"(?P<a>\d{1,3})(?:[ \t]*(?:%|/50|/100|/24))?[^\n;\d]{0,40}?(?:->|→|to\b|,|[ \t]{2,}|\||vs\.?|now"
    r"|at)[^\n;\d]{0,40}?"
    r"(?P<b>\d{1,3})(?:[ \t]*(?:%|/50|/100|/24))?(?![\d/])",
    re.IGNORECASE,
)
_GOALS = Pattern(
    r"\b(?:(?:(?:all|both)(?: (?:short|long)[- ]term| functional)? goals?|goals? all|all (?:LTGs?|STGs?))[ ]*(?:were "
    r"|have been )?"
    r"(?P<all>met|achieved|attained)"
    r"|(?:no goals|none of (?:the |her |his )?goals)[^.\n]{0,20}(?P<none>met|achieved)"
    r"|(?:goals?|STGs?|LTGs?)(?: status)?(?: were| are)?[ ]*:?[ ]*(?P<not>not|un)[ -]?(?:met|achieved)"
    r"|(?:goals?|STGs?|LTGs?)(?: status)?(?: met| achieved)?[ ]*[:=]?[ ]*(?P<n>\d{1,2})[ ]*(?:of|/"
    r"|out of)[ ]*(?P<of>\d{1,2})(?: met| achieved)?"
    r"|(?P<n2>\d{1,2})[ ]*(?:of|/|out of)[ ]*(?P<of2>\d{1,2})(?: (?:short|long)[- ]term| functional| therapy)?"
    r"[ ]*(?:goals?|STGs?|LTGs?)[ ]*(?:were )?(?:met|achieved))",
    re.IGNORECASE,
)
_LITTLE, _MUCH = Fraction(30, 100), Fraction(50, 100)  # of a score: less is no relief that counts, so much is
_DONE_IN_THERAPY = ("treatment.physical_therapy", "treatment.exercise", "treatment.massage", "treatment.tens")


@dataclass(frozen=True, slots=True)
class DatedCourse:
    """From the first day to the last, and where the text says so."""

    began: date
    ended: date
    start: int
    end: int


def recorded(context: Context, courses: list[Course]) -> None:
    """Add the course of therapy that a document records in fields, and give what was done in it the same length."""
    record = course_in_fields(context)
    if record is None:
        return
    sentence = _sentence_at(context, record.start)
    if sentence is None or sentence.general or sentence.section.kind in ("education", "family", "plan", "goals"):
        return
    near = context.text[max(0, record.start - _REACH) : record.end + _REACH]
    days = (record.ended - record.began).days
    visits = _visits(near)
    if visits is not None and visits < 2:
        return
    length = Span(Fraction(days), Unit.DAY)
    steady = visits is None or visits * _VISIT_EVERY >= days
    duration = Duration(length if steady else None, length)
    outcome, told = _outcome(context, record)
    chiropractic = _CHIROPRACTIC.search(near) is not None and _THERAPY.search(near) is None
    mention = mention_at(context.page, sentence, record.start, min(record.end, sentence.end))
    mention.name = "treatment.chiropractic" if chiropractic else "treatment.physical_therapy"
    time = TimeMention("range", record.start, record.end, duration, record.began, record.ended)
    course = Course(mention, sentence, State.DONE, Who.PATIENT, "record", outcome, duration, time)
    course.sentence_quote = context.quote_span(record.start, record.end)
    course.basis.extend((course.sentence_quote, *told))
    course.qualities["supervised"] = ("yes",)
    if outcome is not None:
        course.qualities["outcome"] = (outcome,)
    if not _of_the_spine(context, record):
        course.qualities["region"] = (BODY_OTHER,)
    for other in courses:
        inside = context.page.lexicon.kinds.get(other.mention.name, ())
        given = other.state in (State.DONE, State.PRESENT, State.POSSIBLE) and other.who is Who.PATIENT
        if given and other.duration is None and any(kind in _DONE_IN_THERAPY for kind in inside):
            other.duration, other.time = duration, time
            if other.outcome is None and outcome is not None:
                other.outcome = outcome
                other.qualities["outcome"] = (outcome,)
            if "region" in course.qualities:
                other.qualities["region"] = (BODY_OTHER,)
    courses.append(course)


def course_in_fields(context: Context) -> DatedCourse | None:
    """The first course whose days a text gives in fields."""
    text = context.text
    if not names_days(text, 2) or not _of_therapy(text):
        return None
    for match in islice(_FROM_TO.finditer(text), _MOST_FIELDS):
        near = text[max(0, match.start() - _REACH) : match.end() + _REACH]
        if _of_therapy(near) and _ENDED.search(near) and not _is_ahead(text, match) and _visits(near) is not None:
            found = _between(match["first"], match["last"], match.start(), match.end())
            if found is not None:
                return found
    for first in islice(_FIRST_DAY.finditer(text), _MOST_FIELDS):
        near = text[max(0, first.start() - _REACH) : first.end() + _REACH]
        if not _of_therapy(near) or _is_ahead(text, first):
            continue
        for last in islice(_LAST_DAY.finditer(text, first.end(), first.end() + _REACH), _MOST_ENDS):
            found = None if _is_ahead(text, last) else _between(first["day"], last["day"], first.start(), last.end())
            if found is not None:
                return found
    return None


_MOST_FIELDS = 40  # in one text
_MOST_ENDS = 3  # behind one beginning


def _of_therapy(near: str) -> bool:
    return _THERAPY.search(near) is not None or _CHIROPRACTIC.search(near) is not None


def _is_ahead(text: str, match: re.Match[str]) -> bool:
    """Whether the line speaks of days that are asked for or foreseen."""
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    line = text[max(start, match.start() - _REACH) : min(end if end >= 0 else len(text), match.end() + _REACH)]
    return _AHEAD.search(line) is not None


def _between(first: str, last: str, start: int, end: int) -> DatedCourse | None:
    began, ended = read_date(first), read_date(last)
    if began is None or ended is None or began >= ended:
        return None
    return DatedCourse(began, ended, start, end)


def _visits(near: str) -> int | None:
    """How many visits there were; None where nothing says it."""
    for match in _VISITS.finditer(near):
        if _AHEAD.search(near[max(0, match.start() - 20) : match.end() + 14]):
            continue
        return int(match["n1"] or match["n2"] or match["n3"])
    return None


def _sentence_at(context: Context, offset: int) -> Sentence | None:
    return next((s for s in context.page.sentences if s.start <= offset < s.end), None)


def _of_the_spine(context: Context, record: DatedCourse) -> bool:
    """Whether the therapy was for the spine: the nearest diagnosis before or after it decides."""
    told = [
        s
        for s in context.page.sentences
        if abs(s.start - record.start) < 2 * _REACH and (_heads_diagnosis(s) or _DIAGNOSIS.search(s.text))
    ]
    for sentence in sorted(told, key=lambda s: abs(s.start - record.start)):
        spine = any(p.name in _SPINE for p in sentence.parts) or any(
            c.name.startswith(("symptom.", "diagnosis.")) for c in sentence.concepts
        )
        if spine:
            return True
        other = any(p.name in ("body.other", "problem.other") for p in sentence.parts)
        if other or _heads_diagnosis(sentence) or _NAMED.match(sentence.text):
            return _SPINE_CODE.search(sentence.text) is not None
    return context.spine_is_the_problem


_SPINE = frozenset({"body.lumbar", "body.cervical", "body.thoracic", "body.spine"})


def _heads_diagnosis(sentence: Sentence) -> bool:
    """Whether a sentence stands right behind "Dx:"."""
    return sentence.section.kind == "diagnosis" and sentence.start - sentence.section.body < _BEHIND_HEADING


_BEHIND_HEADING = 3  # characters
# "Dx: s/p rotator cuff repair" names the illness, and it is none of the spine; codes may stand for words.
_NAMED = Pattern(
    r"\W*(?:(?:treating|referring|medical|therapy|primary) )?(?:dx|diagnos[ie]s)\W+\w+\W+\w", re.IGNORECASE
)
_SPINE_CODE = Pattern(r"\b(?:M4[0-9X]|M5[0-4]|M96\.1|G55|G95|G99\.2|S1[0-9]|S2[0-9]|S3[0-9])")
_DIAGNOSIS = Pattern(
    r"\b(?:dx|diagnos[ie]s|condition|problem|treated for|referred for|complaint|treatment of|for)\b", re.IGNORECASE
)


def _outcome(context: Context, record: DatedCourse) -> tuple[str | None, list[Quote]]:
    """What a course did and where that is said, where scores, goals and words do not say different things."""
    start, end = max(0, record.start - _REACH), record.end + 4 * _REACH
    votes = [*_by_words(context, start, end), *_by_goals(context, start, end), *_by_scores(context, start, end)]
    found = {outcome for outcome, _ in votes}
    if "good" in found and len(found) > 1:
        return None, []
    outcome = next((each for each in ("good", "worse", "none", "temporary", "insufficient") if each in found), None)
    return outcome, [quote for _, quote in votes][:_MOST_QUOTES]


_MOST_QUOTES = 2


def _by_scores(context: Context, start: int, end: int) -> Iterator[tuple[str, Quote]]:
    for pattern in (_BOTH_SCORES, _INDEX):
        for match in pattern.finditer(context.text, start, min(end, len(context.text))):
            before, after = Fraction(match["a"]), Fraction(match["b"])
            if before <= 0 or before > 100 or (pattern is _BOTH_SCORES and max(before, after) > 10):
                continue
            gained = (before - after) / before
            quote = context.quote_span(match.start(), match.end())
            if gained >= _MUCH:
                yield "good", quote
            elif gained < _LITTLE:
                yield ("none" if gained <= 0 else "insufficient"), quote
            return


def _by_goals(context: Context, start: int, end: int) -> Iterator[tuple[str, Quote]]:
    met = total = 0
    quote: Quote | None = None
    for match in _GOALS.finditer(context.text, start, min(end, len(context.text))):
        quote = quote or context.quote_span(match.start(), match.end())
        if match["all"]:
            met, total = 1, 1
            break
        if match["none"] or match["not"]:
            total += 1
            continue
        met += int(match["n"] or match["n2"])
        total += int(match["of"] or match["of2"])
    if quote is None or total == 0:
        return
    if met * 2 < total:
        yield ("none" if met == 0 else "insufficient"), quote
    elif met >= total:
        yield "good", quote


def _by_words(context: Context, start: int, end: int) -> Iterator[tuple[str, Quote]]:
    counted = [match.span() for match in _GOALS.finditer(context.text, start, min(end, len(context.text)))]
    for sentence in context.page.sentences:
        if not start <= sentence.start < end or sentence.section.kind in ("plan", "goals", "education"):
            continue
        for cue in outcomes_in(context, sentence):
            if any(first <= context.start(cue) < last for first, last in counted):
                continue  # "goals met: 1 of 4" is a count
            yield cue.name.partition(".")[2], context.quote(sentence, cue.first, cue.last)
