"""The labelled values of a letter: who, which number, which service, which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from praxigen.documents.dates import DAY, written_day
from praxigen.letters.cells import Cell, cells, cells_of, value_end
from praxigen.letters.tables import Label
from praxigen.letters.view import Letter
from praxigen.model.denial import Reference, Stated, StatedDay

PROCEDURE = r"(?:\d{4}[0-9TFU]|[A-Z]\d{4})"
_END = re.compile(r"\n|[ ]{3,}|\t|\|")
# Digits, perhaps behind letters or in groups: "W1234", "QC 88 204 117", "ARM 0093 117". Words alone are no number.
_ID = re.compile(
    r"(?:[A-Z]{1,4}[ ](?=\d))?(?=[A-Z./-]*\d)[A-Z0-9][A-Z0-9./-]*(?:[ ][A-Z0-9-]*\d[A-Z0-9-]*)*", re.IGNORECASE
)
# What follows a value on its line and is no part of it: "Ada Low, born 10/08/1955", "Open Choice PPO, fully insured".
_AFTER_PERSON = re.compile(
    r"[,;]?[ \t]+(?:\(|(?:born|d\.?o\.?b\.?|date of birth|npi|tin|member id|id)\b[ \t]*[:#]?[ \t]*"
    rf"(?=[A-Z]{{0,4}}[ -]?\d))|[ \t]*[,;/|(-][ \t]*(?:{DAY}|[A-Z]{{0,5}}-?\d[\w-]{{4,}})|[ \t]+/[ \t]+"
    r"|,[ \t]+(?:age[d]?\b|an?\b|\d)",
    re.IGNORECASE,
)
# What stands behind a person in one value: "Ada Low, 11/30/1968, CB-4410-77", "Ada Low (PSB00441927)".
_BIRTH_BEHIND = re.compile(rf"[ \t]*[,;/|(-]+[ \t]*(?=(?:{DAY}))", re.IGNORECASE)
_NUMBER_BEHIND = re.compile(
    r"[^\n]{0,45}?[,;/|(][ \t]*(?:id[ :#]*)?(?P<id>(?=[A-Z-]*\d)[A-Z]{0,6}-?\d[\w-]{4,}\w)(?![\w/])"
)
_AFTER_PLAN = re.compile(
    r"[,;]?[ \t]+\(?(?:an? (?:medicare advantage|medicaid|employer) plan|(?:fully|self)[ -](?:insured|funded))\b",
    re.IGNORECASE,
)
_AFTER_PAYER = re.compile(r"[ ]*\([^()\n]*\b(?:HMO|PPO|EPO|POS|plan|silver|gold|bronze|exchange|product)\b[^()\n]*\)?")
_FOLLOWS = {"patient": _AFTER_PERSON, "provider": _AFTER_PERSON, "plan_name": _AFTER_PLAN, "payer": _AFTER_PAYER}
# Codes have a field of their own: "Epidural injection, CPT 62323", "Trial (63650)", "63685 - permanent placement".
_CODED = re.compile(
    rf"[,;]?\s*[\[(]?\s*\b(?:CPT|HCPCS|(?:procedure |billing )?codes?:?[ ]+{PROCEDURE})\b.*"
    rf"|\s*[\[(]\s*{PROCEDURE}\b[^()]*[\])].*|[,;:]\s*{PROCEDURE}\b.*|\s+-\s+{PROCEDURE}\b.*"
    rf"|^{PROCEDURE}(?:\s*[-:,\u2013]\s*|\s+(?=[A-Za-z]))"
    r"|[,;]\s*(?:\d{1,3}|one|two|three|four)[ ]+(?:units?|stud(?:y|ies)|visits?|sessions?)\b.*",
    re.IGNORECASE,
)
_IN_PROSE = re.compile(
    r"\b(?P<kind>authorization|claim|case)(?:[ ]+|(?=:))(?:number[ ]+|no\.[ ]*|#[ ]*)?:?[ ]*"
    r"(?P<id>(?-i:[A-Z]{0,4}-?\d[\w-]{5,}\w))(?!\w)",
    re.IGNORECASE,
)
# A number in brackets in a line that says what the message is about: "Subject: Your authorization (ORS-2026-0048812)".
_IN_SUBJECT = re.compile(
    r"^[ \t]*(?i:subject|re|regarding)[ \t]*:[^\n]*?[(#][ ]*(?P<id>[A-Z]{1,5}-?\d[\w-]{4,}|\d{6,})\)?", re.MULTILINE
)
_ID_IN_PROSE = re.compile(
    r"(?<!Request )(?<!Case )(?<!Auth )(?<!Authorization )(?<!Letter )\b(?:ID|member (?i:number|no\.|#))[ ]*[:#]?[ ]*"
    r"(?P<id>[A-Z]{0,5}-?\d[\w-]{5,}(?:[ ]\d{1,3}\b(?![/-]))?)(?!\w)"
)
_REQUEST = re.compile(r"request\b\W*$", re.IGNORECASE)
_COLUMN_HEADS = re.compile(
    r"(?:determination|decision|status|outcome|units?|qty|quantity|description|code|result)s?", re.IGNORECASE
)
_BORN = re.compile(r"\b(?:dob|d\.o\.b\.|born|date of birth)[ \t]*:?[ \t]*", re.IGNORECASE)
_DAYS = re.compile(DAY, re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?[ ]+", re.IGNORECASE)
_TO = re.compile(r"[ \t]*(?:-|\u2013|to|through|thru|until)[ \t]*", re.IGNORECASE)
_DIAGNOSIS = re.compile(r"(?<![\w.])[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?![\w.]*\w)")
_IN_BRACKETS = re.compile(r"\(([A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}(?:[ ]*[,;/][ ]*[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4})*)\)")
_DATED = re.compile(r"(?:(?:service|admit|admission|procedure)[ ])?dates?\\b", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"\b(?:id|number|name|dob|date)\b|[:@]|^\W*$|\d{3}", re.IGNORECASE)


def label(letter: Letter, name: str) -> Label:
    """The label of a field."""
    return next(each for each in letter.phrases.labels if each.name == name)


def values(letter: Letter, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where each value behind a label begins and ends."""
    for match in pattern.finditer(letter.text, letter.start):
        start = match.end()
        stop = _END.search(letter.text, start)
        end = stop.start() if stop else letter.end
        if letter.text[start:end].strip() and not _is_label(letter, start):
            yield start, end


def spans(letter: Letter, name: str) -> Iterator[tuple[int, int]]:
    """Where each value of a field begins and ends: behind the labels of the list, then behind those of its family."""
    seen: set[int] = set()
    for start, end in values(letter, label(letter, name).pattern):
        seen.add(start)
        yield start, value_end(letter, start, end)
    for cell in cells_of(letter, name):
        if name == "service" and _one_of_several(letter, cell):
            continue  # services that are decided apart: the letter names no single one
        if cell.start not in seen and not _is_label(letter, cell.start):
            seen.add(cell.start)
            yield cell.start, cell.end


def _one_of_several(letter: Letter, cell: Cell) -> bool:
    """Whether a cell stands in a column of a table with more than one row."""
    return any(other.label == cell.label and other.row != cell.row for other in cells_of(letter, cell.field))


def _is_label(letter: Letter, start: int) -> bool:
    """Whether what follows a label is the next label: its own value is empty."""
    return any((match := each.pattern.match(letter.text, start)) and ":" in match[0] for each in letter.phrases.labels)


def text_value(letter: Letter, name: str) -> Stated | None:
    """The words behind a label."""
    for start, end in spans(letter, name):
        if _COLUMN_HEADS.fullmatch(letter.text[start:end].strip()):
            start, end = _below(letter, end)
        start, end = _trimmed(letter, name, start, min(end, start + 300))
        quote = letter.quote(start, end)
        value = " ".join(quote.text.split()).strip(" ,;")
        if name in ("patient", "provider", "payer") and not _is_name(value):
            continue
        if name == "service" and (_ID.fullmatch(value) or _is_day(value) or _DATED.match(value)):
            continue
        if re.search(r"[^\W\d_]{3}", value):
            return Stated(value, quote)
    return None


def _below(letter: Letter, at: int) -> tuple[int, int]:
    """The first column of the row under a line: the label was the head of a table."""
    row = re.compile(r"[^\n]*\n[ \t]*(?=\S)").match(letter.text, at)
    start = row.end() if row else at
    stop = _END.search(letter.text, start)
    return start, stop.start() if stop else letter.end


def _trimmed(letter: Letter, name: str, start: int, end: int) -> tuple[int, int]:
    """A value without what follows it on its line, and a service without its codes."""
    follows = _FOLLOWS[name].search(letter.text, start, end) if name in _FOLLOWS else None
    if follows is not None and follows.start() > start:
        end = follows.start()
    for coded in _CODED.finditer(letter.text[start:end]) if name == "service" else ():
        if coded.start() == 0:
            return _trimmed(letter, name, start + coded.end(), end)
        end = start + coded.start()
        break
    return start, end


def _is_name(value: str) -> bool:
    return value[:1].isupper() and not _NOT_A_NAME.search(value.split(",")[0]) and len(value) < 90


def id_value(letter: Letter, name: str) -> Stated | None:
    """The number behind a label."""
    for start, end in spans(letter, name):
        found = _ID.match(letter.text, start, end)
        if found and not _DAYS.fullmatch(found[0]):
            quote = letter.quote(found.start(), found.end())
            return Stated(quote.text.rstrip("."), letter.quote(quote.start, quote.start + len(quote.text.rstrip("."))))
    return None


def _born_behind(letter: Letter) -> StatedDay | None:
    """The day right behind the patient's name in the same value."""
    patient = text_value(letter, "patient")
    mark = _BIRTH_BEHIND.match(letter.text, patient.quote.end) if patient else None
    return day_at(letter, mark.end(), letter.end) if mark else None


def member_behind(letter: Letter) -> Stated | None:
    """The number behind the patient's name in the same line."""
    patient = text_value(letter, "patient")
    if patient is None:
        return None
    stop = letter.text.find("\n", patient.quote.end)
    match = _NUMBER_BEHIND.match(letter.text, patient.quote.end, stop if stop >= 0 else letter.end)
    if match is None or _is_day(match["id"]):
        return None
    return Stated(match["id"], letter.quote(*match.span("id")))


def member_in_prose(letter: Letter) -> Stated | None:
    """The member's number behind "ID" in a sentence."""
    match = _ID_IN_PROSE.search(letter.text, letter.start)
    return Stated(match["id"], letter.quote(*match.span("id"))) if match else None


def day_value(letter: Letter, name: str) -> StatedDay | None:
    """The day, or the days from one to another, behind a label."""
    for start, end in spans(letter, name):
        found = day_at(letter, start, end)
        if found is not None:
            return found
    if name == "birth" and (born := _born_behind(letter)) is not None:
        return born
    if name == "date_of_service" and (found := _from_column(letter)) is not None:
        return found
    if name == "birth" and (match := re.compile(rf"{_BORN.pattern}(?={DAY})", re.IGNORECASE).search(letter.text)):
        return day_at(letter, match.end(), letter.end)
    return None


def _from_column(letter: Letter) -> StatedDay | None:
    """The days under "From" and "Through" in the first row of a table."""
    first = next((each for each in cells_of(letter, "sender") if day_at(letter, each.start, each.end)), None)
    if first is None or (begin := day_at(letter, first.start, first.end)) is None:
        return None
    for cell in cells_of(letter, "last_day"):
        end = day_at(letter, cell.start, cell.end)
        if end is not None and cell.row == first.row and first.end <= cell.start < first.end + 40:
            last = end.day if end.day != begin.day else None
            return StatedDay(begin.day, letter.quote(begin.quote.start, end.quote.end), last)
    return begin


def day_at(letter: Letter, start: int, end: int) -> StatedDay | None:
    """The day at the beginning of a stretch."""
    match = _DAYS.match(letter.text, start, end)
    if match is None and (weekday := _WEEKDAY.match(letter.text, start, end)) is not None:
        match = _DAYS.match(letter.text, weekday.end(), end)
    day = written_day(match[0]) if match else None
    if match is None or day is None:
        return None
    last: date | None = None
    stop = match.end()
    dash = _TO.match(letter.text, stop, end)
    second = _DAYS.match(letter.text, dash.end(), end) if dash else None
    if second is not None and (last := written_day(second[0])) is not None:
        stop = second.end()
    return StatedDay(day, letter.quote(match.start(), stop), last if last != day else None)


def references(letter: Letter) -> tuple[Reference, ...]:
    """Every number by which the payer knows the matter, in order of place, each once."""
    found: dict[tuple[int, str], Reference] = {}
    taken: set[int] = set()
    for kind, start, end in _labelled_numbers(letter):
        match = _ID.match(letter.text, start, end)
        if match is None or match.start() in taken or _is_day(match[0]) or len(match[0]) < 4:
            continue
        if re.fullmatch(rf"{PROCEDURE}", match[0]):
            continue
        taken.add(match.start())
        quote = letter.quote(match.start(), match.start() + len(match[0].rstrip(".")))
        found[quote.start, kind] = Reference(kind, quote.text, quote)
    for match in _IN_PROSE.finditer(letter.text, letter.start):
        if match.start("id") not in taken and letter.zone_at(match.start()) != "rights":
            quote = letter.quote(*match.span("id"))
            found[quote.start, match["kind"].lower()] = Reference(match["kind"].lower(), quote.text, quote)
    known = taken | {cell.start for cell in cells(letter)}
    for match in _IN_SUBJECT.finditer(letter.text, letter.start):
        if match.start("id") not in known:
            quote = letter.quote(*match.span("id"))
            found.setdefault((quote.start, "reference"), Reference("reference", quote.text, quote))
    ordered = [found[key] for key in sorted(found)]
    return tuple(
        {each.value: each for each in reversed(ordered)}[value] for value in dict.fromkeys(e.value for e in ordered)
    )


def _is_day(value: str) -> bool:
    """Whether a value is a day, perhaps with its time."""
    day = _DAYS.match(value)
    return day is not None and not re.match(r"[\w-]", value[day.end() :])


def _labelled_numbers(letter: Letter) -> Iterator[tuple[str, int, int]]:
    """The kind, beginning and end of each number behind a label of the list, then of a family."""
    for kind, pattern in letter.phrases.references.items():
        for start, end in values(letter, pattern):
            yield kind, start, end
    for cell in cells(letter):
        if cell.field.startswith("reference."):
            yield cell.field.removeprefix("reference."), cell.start, cell.end
        elif cell.field == "service" and _REQUEST.search(letter.text[cell.label : cell.start]):
            yield "case", cell.start, cell.end  # the number of a request is the case


def diagnoses(letter: Letter) -> tuple[Stated, ...]:
    """Every diagnosis code behind a label, or behind the letters ICD-10 or Dx."""
    stretches = list(spans(letter, "diagnoses"))
    stretches += [
        (match.end(), min(match.end() + 60, letter.end))
        for match in re.finditer(
            r"(?i)\b(?:icd-?10(?:-cm)?|dx|diagnos[ei]s)\b[^\n]{0,60}?(?=[A-T]\d[\dA-Z]\b)", letter.text
        )
    ]
    stretches += [match.span(1) for match in _IN_BRACKETS.finditer(letter.text, letter.start)]
    found: dict[str, Stated] = {}
    for start, end in sorted(stretches):
        for match in _DIAGNOSIS.finditer(letter.text, start, end):
            found.setdefault(match[0], Stated(match[0], letter.quote(match.start(), match.end())))
    return tuple(found.values())
