"""Where one note, report or letter ends and the next begins inside a text, and what the head of each says of it.

A seam needs two signs: a title as practices write them, and a labelled date or a patient's name under it. A line that
holds nothing but a date begins a visit where there are several. "Page 1 of 3" begins a part on its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from praxigen.documents.dates import DAY, written_day
from praxigen.documents.titles import kind_of_title, stands_out
from praxigen.model.frozen import frozen
from praxigen.model.layout import Page, Part

_HEAD = 14  # lines with words in which a head says who, when and what
_TOP = 6  # lines with words at the top of a page in which a title may stand
_TAIL = 12
_LETTERHEAD = 3
_PREAMBLE = 200  # characters
_RULE = re.compile(r"[ \t]*[=*_#~-]{5,}[ \t]*$")
_DATED = re.compile(
    r"\b(?:date of (?:service|visit|exam\w*|study|evaluation|consultation|procedure|operation|surgery|report|encounter"
    r"|admission|discharge|dictation|call)|(?:service|visit|exam|study|encounter|procedure|report|evaluation|admit"
    r"|admission|discharge|note) date|dos|exam performed|performed(?: on)?|collected|seen on|dictated(?: on)?|date seen"
    rf"|(?<!of )(?<!\w )date)\s*(?:/ ?time)?\s*[:\-]?\s*(?P<day>{DAY})",
    re.IGNORECASE,
)
_PATIENT = re.compile(r"^\W*(?:patient(?: name)?|pt|name|re|regarding|mrn|dob|date of birth)\s*[:#]", re.IGNORECASE)
_ONLY_DAY = re.compile(
    rf"[ \t>*=#-]*(?:(?:visit|date|dos|date of service|encounter|addendum)\s*[:-]?\s*)?(?P<day>{DAY})"
    r"[ \t:=-]*(?:\d{1,2}:\d{2}(?:\s*[ap]m)?)?[ \t]*$",
    re.IGNORECASE,
)
_FIRST_PAGE = re.compile(r"\b(?:page|pg\.?)\s*1\s*(?:of|/)\s*\d{1,3}\b", re.IGNORECASE)
_BY = re.compile(
    r"(?i:\b(?:provider|surgeon|author|physician|attending|therapist|radiologist|psychologist|examiner|clinician"
    r"|interpreted by|read by|dictated by|evaluated by|signed by|consultant)\s*[:\-]?\s*)"
    r"(?P<name>(?:Dr\.? )?[A-Z][\w'.-]+(?: [A-Z][\w'.-]*)*(?:, ?[A-Z][A-Za-z.]{1,8})*)"
)


@frozen
class _Line:
    start: int
    end: int
    words: str
    top: int  # which line with words it is on its page, from 1; 0 where the text has no pages
    blank_before: bool
    rule_before: bool


@frozen
class _Seam:
    at: int
    kind: str
    title: str
    day: date | None


def find_parts(text: str, start: int, end: int, pages: Sequence[Page], given: Part | None = None) -> list[Part]:
    """The parts of the text from `start` to `end`, at least one. `given` is what an outer file says of it."""
    lines = list(_lines(text, start, end, pages))
    seams = [seam for seam in _seams(lines, pages) if seam.at > start]
    first = _first(lines, given)
    within = seams[0].at not in {page.start for page in pages} if seams else False
    if within and first.kind == "other" and len(" ".join(text[start : seams[0].at].split())) < _PREAMBLE:
        seams[0] = replace(seams[0], at=start)  # a line or two over the first note belong to it
        starts = seams
    else:
        starts = [_Seam(start, first.kind, first.title, first.date), *seams]
    parts = []
    for index, seam in enumerate(starts):
        stop = starts[index + 1].at if index + 1 < len(starts) else end
        inside = [line for line in lines if seam.at <= line.start < stop]
        day = seam.day or _day(inside)
        author = _author(inside) or (first.author if index == 0 else "")
        parts.append(Part(seam.kind, seam.at, stop, day, author, seam.title))
    return parts


def complete(part: Part, text: str) -> Part:
    """A part whose format says where it ends, with what its own head says beyond that."""
    lines = list(_lines(text, part.start, part.end, ()))
    return replace(part, date=part.date or _day(lines), author=part.author or _author(lines))


def _first(lines: Sequence[_Line], given: Part | None) -> Part:
    """What is known of the part at the beginning: its own head first, then what the outer file says."""
    title, kind = _title(lines[:_TOP])
    if given is None:
        return Part(kind, 0, 0, _day(lines), "", title)
    return Part(
        kind if given.kind == "other" else given.kind,
        0,
        0,
        given.date or _day(lines),
        given.author,
        given.title or title,
    )


def _lines(text: str, start: int, end: int, pages: Sequence[Page]) -> Iterator[_Line]:
    """The lines that hold words."""
    tops = [page.start for page in pages if start <= page.start < end]
    at, page, top = start, 0, 0
    blank, rule = True, False
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        at += len(text[at:stop]) - len(text[at:stop].lstrip("\f"))
        while page < len(tops) and tops[page] <= at:
            page, top, blank = page + 1, 0, True
        words = text[at:stop].strip(" \t\r\f")
        if not words:
            blank = True
        elif _RULE.fullmatch(words):
            blank = rule = True
        else:
            top += 1
            yield _Line(at, stop, words, top if tops else 0, blank, rule)
            blank = rule = False
        at = stop + 1


def _seams(lines: Sequence[_Line], pages: Sequence[Page]) -> Iterator[_Seam]:
    visits = _visit_lines(lines)
    title, day = "", None
    begun = -1  # the index of the line with the last seam
    for index, line in enumerate(lines):
        if index in visits:
            title, day, begun = "", visits[index], index
            yield _Seam(line.start, "visit", "", day)
            continue
        at = _page_start(line, pages) if line.top and line.top <= _TOP else None
        if line.top == 1 and any(_FIRST_PAGE.search(each.words) for each in _page_edges(lines, index)):
            head = lines[index : index + _HEAD]
            title, begins = _title(head)
            day, begun = _day(head), index
            yield _Seam(at if at is not None else line.start, begins, title, day)
            continue
        kind = kind_of_title(line.words)
        apart = at is not None or line.rule_before
        if kind is None or not (apart or line.blank_before or _under_letterhead(lines, index)):
            continue
        if not apart and not stands_out(line.words):
            continue
        head = lines[index : index + _HEAD]
        found = _day(head)
        if found is None and not (at is not None and any(_PATIENT.match(each.words) for each in head)):
            continue
        if line.words.lower() == title.lower() and found in (None, day):
            continue  # the running title of the part that goes on
        if begun >= 0 and index - begun <= _LETTERHEAD + 2 and found in (None, day):
            continue  # a second title in the same head
        title, day, begun = line.words, found, index
        yield _Seam(at if at is not None else _with_letterhead(lines, index), kind, line.words, found)


def _visit_lines(lines: Sequence[_Line]) -> dict[int, date]:
    """The lines that hold only a date, each after a blank line, where they name two days or more."""
    found: dict[int, date] = {}
    for index, line in enumerate(lines):
        match = _ONLY_DAY.match(line.words) if line.blank_before else None
        day = written_day(match["day"]) if match else None
        if day is not None and index + 1 < len(lines):
            found[index] = day
    return found if len(set(found.values())) > 1 else {}


def _page_start(line: _Line, pages: Sequence[Page]) -> int | None:
    return next((page.start for page in reversed(pages) if page.start <= line.start), None)


def _page_edges(lines: Sequence[_Line], index: int) -> Iterator[_Line]:
    """The first and last few lines of the page that begins with line `index`."""
    stop = next((at for at in range(index + 1, len(lines)) if lines[at].top == 1), len(lines))
    yield from lines[index : min(index + 4, stop)]
    yield from lines[max(index, stop - 3) : stop]


def _under_letterhead(lines: Sequence[_Line], index: int) -> bool:
    """Whether only a line or two with a name stand between a blank line and this one."""
    for back in range(1, _LETTERHEAD):
        if index < back:
            return True
        above = lines[index - back]
        if len(above.words) > 60 or above.words.endswith((".", ":", ",")):
            return False
        if above.blank_before:
            return True
    return False


def _with_letterhead(lines: Sequence[_Line], index: int) -> int:
    while index > 0 and not lines[index].blank_before and _under_letterhead(lines, index):
        index -= 1
    return lines[index].start


def _title(lines: Sequence[_Line]) -> tuple[str, str]:
    for line in lines:
        kind = kind_of_title(line.words)
        if kind is not None:
            return line.words, kind
    return "", "other"


def _day(lines: Sequence[_Line]) -> date | None:
    """The day that a head gives: labelled; else in the title; else on a line of its own."""
    head = lines[:_HEAD]
    for line in head:
        match = _DATED.search(line.words)
        if match is not None and (day := written_day(match["day"])) is not None:
            return day
    for line in head:
        match = _ONLY_DAY.match(line.words) or (
            re.search(rf"(?P<day>{DAY})", line.words, re.IGNORECASE) if kind_of_title(line.words) else None
        )
        if match is not None and (day := written_day(match["day"])) is not None:
            return day
    return None


def _author(lines: Sequence[_Line]) -> str:
    for line in (*lines[:_HEAD], *lines[-_TAIL:]):
        match = _BY.search(line.words)
        if match is not None:
            return match["name"].strip(" ,.")
    return ""
