"""What the row of a table says of its treatment: from when to when, and with what result."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from praxigen.lexicon.words import phrase_words
from praxigen.model.amount import Duration, Span, Unit
from praxigen.model.fact import State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.tables import OTHER, TREATMENT, Row
from praxigen.reading.times import TimeMention, find_times, read_date
from praxigen.reading.treatments.course import Course
from praxigen.reading.treatments.effects import outcomes_in

_NOT_CARE = frozenset({"plan", "goals", "education", "family", "consent", "allergies"})
_OUTCOMES = ("worse", "temporary", "none", "insufficient", "good")  # what could not be borne counts before relief
_NOT_GIVEN = {
    "cell.planned": State.PLANNED,
    "cell.declined": State.DECLINED,
    "cell.denied": State.DENIED,
    "cell.not_given": State.ABSENT,
}
_FIRST_PART = re.compile(r"[,;(/.]| [-–—] |[-–—]$")
_LETTERS = re.compile(r"[^\W_]")
_ENDED = Pattern(r"\b(?:stopp?ed|d/?c'?d|discontinued|quit|off|ended|weaned|tapered)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_YEAR = re.compile(r"\b([A-Za-z]{3,9})\.?(?: ?'|-)(\d\d)\b")


def give_cells(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """Give the treatment of a row what the other cells of the row say of it."""
    row = context.page.tables.row_at(sentence.start) if courses and context.page.tables.rows else None
    if row is None:
        return
    named = [c for c in courses if any(start <= context.start(c.mention) < end for start, end in row.of(TREATMENT))]
    if not named or sentence.section.kind in _NOT_CARE:
        return
    if _of_another(context, row):
        for course in named:
            course.who = Who.OTHER
        return
    meanings = [(name, set(_meanings(context, start, end))) for name, start, end in row.cells if name != OTHER]
    state = next((_NOT_GIVEN[each] for _, cell in meanings for each in sorted(cell) if each in _NOT_GIVEN), None)
    state = state or _still_ahead(context, sentence, row)
    outcome = _outcome(context, sentence, row, meanings)
    time = None if state is not None else _time(context, row, meanings)
    for course in named:
        if course.who is not Who.PATIENT:
            continue
        if state is not None:
            course.state, course.rule = state, "table"
            course.duration = course.time = None
            continue
        if outcome is not None:
            course.outcome = outcome
            course.qualities["outcome"] = (outcome,)
        if time is not None:
            course.duration, course.time = time.duration, time
        if course.state in (State.POSSIBLE, State.PLANNED, State.ABSENT) and _was_given(context, course, outcome, time):
            course.state, course.rule = State.DONE, "table"
        course.basis.append(context.quote_span(row.start + _indent(context, row), _last(context, row)))


def _of_another(context: Context, row: Row) -> bool:
    """Whether the line right above a table says that it is about somebody else: "Husband's medicines:"."""
    sentences = context.page.sentences
    at = bisect_left(sentences, row.head, key=lambda sentence: sentence.start) - 1
    if at < 0:
        return False
    above = sentences[at]
    if context.text.count("\n", above.end, row.head) > _NEXT_LINE:
        return False
    return any(cue.name == "before.other_person" for cue in above.cues) and _OF_PATIENT.search(above.text) is None


_NEXT_LINE = 2
_OF_PATIENT = Pattern(r"\b(?:patient|pt|he|she|his own|her own)\b", re.IGNORECASE)


def _still_ahead(context: Context, sentence: Sentence, row: Row) -> State | None:
    """A row that says "scheduled 12/15/2025", or of a medicine that begins on the day of the note."""
    for name, start, end in row.cells:
        if name in (TREATMENT, OTHER):
            continue
        for cue in sentence.cues:
            if cue.name in ("before.planned", "after.planned") and start <= context.start(cue) < end:
                return State.PLANNED
    told, began = context.note_date, next(row.of("column.started"), None)
    if told is None or began is None or any(context.text[a:b].strip(" -") for a, b in row.of("column.result")):
        return None
    days = _days_of(_plain(context.text[began[0] : began[1]]))
    return State.PLANNED if days is not None and days[0] >= told else None


def _was_given(context: Context, course: Course, outcome: str | None, time: TimeMention | None) -> bool:
    if course.state is State.ABSENT and not course.rule.startswith("cue.negated"):
        return False  # "no" stands in the cell of its result
    told = context.note_date
    begun = time is not None and (time.began is None or told is None or time.began < told)
    return outcome is not None or begun


def _indent(context: Context, row: Row) -> int:
    told = context.text[row.start : row.end]
    return len(told) - len(told.lstrip())


def _last(context: Context, row: Row) -> int:
    return row.start + len(context.text[row.start : row.end].rstrip())


def _meanings(context: Context, start: int, end: int) -> Iterator[str]:
    """What a cell says as a whole, or its parts between commas."""
    cells = context.page.lexicon.cells
    told = context.text[start:end].strip()
    if not _LETTERS.search(told):
        return
    whole = cells.get(phrase_words(told), "")
    if whole.startswith("cell."):
        yield whole
        return
    for part in _FIRST_PART.split(told):
        name = cells.get(phrase_words(part.strip()), "") if part.strip() else ""
        if name.startswith("cell."):
            yield name


def _outcome(context: Context, sentence: Sentence, row: Row, meanings: list[tuple[str, set[str]]]) -> str | None:
    said = {each.partition(".")[2] for name, cell in meanings if name == "column.result" for each in cell}
    for start, end in row.of("column.result"):
        said.update(
            cue.name.partition(".")[2]
            for cue in outcomes_in(context, sentence)
            if start <= context.start(cue) and context.end(cue) <= end
        )
    return next((outcome for outcome in _OUTCOMES if outcome in said), None)


def _time(context: Context, row: Row, meanings: list[tuple[str, set[str]]]) -> TimeMention | None:
    """The length or the days that the cells give."""
    for start, end in row.of("column.dates"):
        for time in _times(context, context.text[start:end]):
            if time.kind in ("duration", "range", "since") or (time.kind == "date" and time.began is not None):
                return replace(time, start=start, end=end)
    began = next(row.of("column.started"), None)
    if began is None:
        return None
    first = _plain(context.text[began[0] : began[1]])
    stopped = [span for span in row.of("column.stopped") if _LETTERS.search(context.text[span[0] : span[1]])]
    place = (began[0], stopped[-1][1] if stopped else began[1])
    goes_on = any("cell.ongoing" in cell for _, cell in meanings)
    if stopped and not goes_on:
        return _between(context, first, _plain(context.text[stopped[-1][0] : stopped[-1][1]]), place)
    ended = next((match for span in row.of("column.result") if (match := _ended_at(context, *span))), None)
    if ended is not None:
        return _between(context, first, ended, place) if ended else None
    if any({"cell.worse", "cell.good"} & cell for _, cell in meanings) and not goes_on:
        return None  # what made ill or cured is hardly still taken
    return _since(context, first, place)


def _times(context: Context, told: str) -> list[TimeMention]:
    return find_times(_plain(told), context.stated_date)


def _plain(told: str) -> str:
    """ "Mar '25" and "Feb-25" in a column of days are months of this century."""
    return _SHORT_YEAR.sub(r"\1 20\2", told.strip())


def _ended_at(context: Context, start: int, end: int) -> str | None:
    """The day that "stopped 8/2025" names; an empty text where it names none, None where nothing was stopped."""
    told = context.text[start:end]
    match = _ENDED.search(told)
    if match is None:
        return None
    days = [time for time in find_times(_plain(told), None) if time.kind == "date" and time.start >= match.start()]
    if days:
        return told[days[0].start : days[0].end]
    year = _YEAR.search(told, match.end())
    return year[0] if year else ""


def _between(context: Context, first: str, last: str, place: tuple[int, int]) -> TimeMention | None:
    for time in find_times(f"{first} to {last}", context.stated_date):
        if time.kind == "range" and time.duration is not None:
            return replace(time, start=place[0], end=place[1])
    began, ended = _days_of(first), _days_of(last)
    if began is None or ended is None or began[0] > ended[1]:
        return None
    low, high = max(0, (ended[0] - began[1]).days), (ended[1] - began[0]).days
    length = Duration(Span(Fraction(low), Unit.DAY), Span(Fraction(high), Unit.DAY))
    return TimeMention("range", *place, length, began[0], ended[1])


def _since(context: Context, first: str, place: tuple[int, int]) -> TimeMention | None:
    """What is still taken lasts until the note, where the note says its day."""
    began, told = _days_of(first), context.stated_date
    if began is None or told is None or began[1] >= told:
        return None
    length = Duration(
        Span(Fraction((told - began[1]).days), Unit.DAY), Span(Fraction((told - began[0]).days), Unit.DAY)
    )
    return TimeMention("since", *place, length, began[0], None)


def _days_of(told: str) -> tuple[date, date] | None:
    """The first and the last day that a day, a month or a year may be."""
    if _YEAR.fullmatch(told.strip()):
        return date(int(told), 1, 1), date(int(told), 12, 31)
    first, last = read_date(told), read_date(told, last=True)
    return (first, last) if first is not None and last is not None else None
