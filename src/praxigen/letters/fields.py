"""The labelled values of a letter: who, which number, which service, which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from praxigen.documents.dates import DAY, written_day
from praxigen.letters.tables import Label
from praxigen.letters.view import Letter
from praxigen.model.denial import Outcome, Reference, Stated, StatedCode, StatedDay

_END = re.compile(r"\n|[ ]{3,}|\t|\|")
_ID = re.compile(r"(?=[A-Z0-9 -]*\d)[A-Z0-9][A-Z0-9./-]*(?:[ ][A-Z0-9-]*\d[A-Z0-9-]*)*", re.IGNORECASE)
_DAYS = re.compile(DAY, re.IGNORECASE)
_TO = re.compile(r"[ \t]*(?:-|\u2013|to|through|thru|until)[ \t]*", re.IGNORECASE)
PROCEDURE = r"(?:\d{4}[0-9TFU]|[A-Z]\d{4})"
_CODE = re.compile(
    rf"(?<![\w.-])(?P<code>{PROCEDURE})(?![\w-])(?:[ ]*(?:x|\u00d7|\()[ ]*(?P<units>\d{{1,3}})\b(?:[ ]*units?)?)?",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"[ \t]{2,}(\d{1,2})(?=[ \t]{2,}|[ \t]*$)")
_UNITS = re.compile(r"(?:units?|qty|quantity)[ ]*[:=]?[ ]*(\d{1,3})\b|\b(\d{1,3})[ ]+units?\b", re.IGNORECASE)
_IN_PROSE = re.compile(
    r"\b(?:cpt|hcpcs|procedure|service|billing)(?:/hcpcs)?(?:[ ]+codes?)?s?[ ]*(?:\(s\))?[ ]*[:#]?\s*"
    rf"(?P<list>{PROCEDURE}(?:[ ]*(?:x[ ]*\d{{1,2}}|\(\d{{1,2}}[ ]units?\)))?"
    rf"(?:\s*(?:,|and|&|/|;|,\s*and)\s*{PROCEDURE}(?:[ ]*x[ ]*\d{{1,2}})?)*)",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"(?:^|(?<=\n)|(?<=: )|(?<=request for )|(?<=request for a )|(?<=request for an ))[ \t]*"
    r"(?P<service>[A-Za-z][^\n:.]{4,90}?)[,;]?\s*[\[(]?\s*(?:CPT|HCPCS)\b",
)
_SUBJECT = re.compile(r"\b(?:denial|request) for (?P<service>[a-z][^\n.:]{5,80})[ \t]*$", re.MULTILINE)
_DIAGNOSIS = re.compile(r"(?<![\w.])[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?![\w.]*\w)")
_NOT_A_NAME = re.compile(r"\b(?:id|number|name|dob|date)\b|[:@]|^\W*$|\d{3}", re.IGNORECASE)
_DECIDED = (
    (
        Outcome.DENIED,
        re.compile(r"\b(?:denied|not approved|not certified|non-certified|denial|not authorized)\b", re.IGNORECASE),
    ),
    (Outcome.APPROVED, re.compile(r"\b(?:approved|certified|authorized)\b", re.IGNORECASE)),
    (Outcome.PENDED, re.compile(r"\bpended\b", re.IGNORECASE)),
)


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


def _is_label(letter: Letter, start: int) -> bool:
    """Whether what follows a label is the next label: its own value is empty."""
    return any((match := each.pattern.match(letter.text, start)) and ":" in match[0] for each in letter.phrases.labels)


def text_value(letter: Letter, name: str) -> Stated | None:
    """The words behind a label."""
    for start, end in values(letter, label(letter, name).pattern):
        quote = letter.quote(start, min(end, start + 300))
        value = " ".join(quote.text.split()).strip(" ,;")
        if name in ("patient", "provider", "payer") and not _is_name(value):
            continue
        if re.search(r"[^\W\d_]{3}", value):
            return Stated(value, quote)
    return None


def _is_name(value: str) -> bool:
    return value[:1].isupper() and not _NOT_A_NAME.search(value.split(",")[0]) and len(value) < 90


def id_value(letter: Letter, name: str) -> Stated | None:
    """The number behind a label."""
    for start, end in values(letter, label(letter, name).pattern):
        found = _ID.match(letter.text, start, end)
        if found and not _DAYS.fullmatch(found[0]):
            quote = letter.quote(found.start(), found.end())
            return Stated(quote.text.rstrip("."), letter.quote(quote.start, quote.start + len(quote.text.rstrip("."))))
    return None


def day_value(letter: Letter, name: str) -> StatedDay | None:
    """The day, or the days from one to another, behind a label."""
    for start, end in values(letter, label(letter, name).pattern):
        found = day_at(letter, start, end)
        if found is not None:
            return found
    return None


def day_at(letter: Letter, start: int, end: int) -> StatedDay | None:
    """The day at the beginning of a stretch."""
    match = _DAYS.match(letter.text, start, end)
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
    for kind, pattern in letter.phrases.references.items():
        for start, end in values(letter, pattern):
            match = _ID.match(letter.text, start, end)
            if match is None or match.start() in taken or _DAYS.match(match[0]) or len(match[0]) < 4:
                continue
            if re.fullmatch(rf"{PROCEDURE}", match[0]):
                continue
            taken.add(match.start())
            quote = letter.quote(match.start(), match.start() + len(match[0].rstrip(".")))
            found[quote.start, kind] = Reference(kind, quote.text, quote)
    ordered = [found[key] for key in sorted(found)]
    return tuple(
        {each.value: each for each in reversed(ordered)}[value] for value in dict.fromkeys(e.value for e in ordered)
    )


def codes(letter: Letter) -> tuple[StatedCode, ...]:
    """Every procedure code that is labelled as one, with its units and, where its line says so, what became of it."""
    spans = list(values(letter, label(letter, "codes").pattern))
    spans += list(values(letter, label(letter, "service").pattern))
    spans += [match.span("list") for match in _IN_PROSE.finditer(letter.text, letter.start)]
    found: dict[str, StatedCode] = {}
    for start, end in sorted(spans):
        for match in _CODE.finditer(letter.text, start, end):
            _add(letter, found, match)
    if found or re.search(r"\b(?:cpt|hcpcs|codes?|proc)\b", letter.text, re.IGNORECASE):
        # A table: a line that begins with a code, where the letter speaks of codes at all.
        for match in re.finditer(
            rf"(?m)^[ \t|*\u2022-]*(?i:{DAY}[ \t]+)?(?={PROCEDURE}\b)", letter.text[letter.start :]
        ):
            code = _CODE.match(letter.text, letter.start + match.end())
            if code is not None:
                _add(letter, found, code)
    return tuple(sorted(found.values(), key=lambda each: each.quote.start))


def _add(letter: Letter, found: dict[str, StatedCode], match: re.Match[str]) -> None:
    code = match["code"].upper()
    before = letter.text[max(letter.start, match.start() - 4) : match.start()]
    if re.search(r"\b[A-Z]{2} $", before):
        return  # a ZIP code behind its state
    line = letter.text.find("\n", match.end())
    rest = letter.text[match.end() : line if line >= 0 else letter.end]
    other = _CODE.search(rest)
    rest = rest[: other.start()] if other else rest
    units = match["units"] or next((a or b for a, b in _UNITS.findall(rest)), None)
    column = _COLUMN.search(rest)
    units = units or (column[1] if column else None)
    outcome = next((outcome for outcome, pattern in _DECIDED if pattern.search(rest)), None)
    old = found.get(code)
    if old is None:
        quote = letter.quote(match.start("code"), match.end("code"))
        found[code] = StatedCode(code, quote, int(units) if units else None, outcome)
    elif (units and old.units is None) or (outcome and old.outcome is None):
        kept = old.units if old.units is not None else int(units) if units else None
        found[code] = StatedCode(code, old.quote, kept, old.outcome or outcome)


def remittance_day(letter: Letter) -> StatedDay | None:
    """The day at the beginning of a line of a printed remittance, before its code."""
    match = re.search(rf"(?m)^[ \t]*(?={DAY}[ \t]+{PROCEDURE}\b)", letter.text[letter.start :], re.IGNORECASE)
    return day_at(letter, letter.start + match.end(), letter.end) if match else None


def service_in_prose(letter: Letter) -> Stated | None:
    """The words before "CPT" and its code, or after "request for"."""
    match = _SERVICE.search(letter.text, letter.start) or _SUBJECT.search(letter.text, letter.start)
    return Stated(" ".join(match["service"].split()), letter.quote(*match.span("service"))) if match else None


def diagnoses(letter: Letter) -> tuple[Stated, ...]:
    """Every diagnosis code behind a label, or behind the letters ICD-10 or Dx."""
    spans = list(values(letter, label(letter, "diagnoses").pattern))
    spans += [
        (match.end(), min(match.end() + 60, letter.end))
        for match in re.finditer(
            r"(?i)\b(?:icd-?10(?:-cm)?|dx|diagnos[ei]s)\b[^\n]{0,60}?(?=[A-T]\d[\dA-Z]\b)", letter.text
        )
    ]
    found: dict[str, Stated] = {}
    for start, end in sorted(spans):
        for match in _DIAGNOSIS.finditer(letter.text, start, end):
            found.setdefault(match[0], Stated(match[0], letter.quote(match.start(), match.end())))
    return tuple(found.values())
