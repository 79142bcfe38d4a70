"""The procedure codes of a letter: where they stand, how many units, and what became of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from praxigen.documents.dates import DAY, written_day
from praxigen.letters.adjustments import ADJUSTMENT, NO_REFUSAL
from praxigen.letters.cells import columns
from praxigen.letters.fields import PROCEDURE, day_at, spans
from praxigen.letters.view import Letter
from praxigen.model.denial import Outcome, StatedCode, StatedDay
from praxigen.reading.numbers import COUNT, read_number

_CODE = re.compile(
    rf"(?<![\w.-])(?P<code>{PROCEDURE})(?:-(?:[A-Z\d]{{2}})(?:[,-][A-Z\d]{{2}})*)?(?![\w-])(?:[ ]*(?:x|\u00d7"
    rf"|\()[ ]*(?P<units>\d{{1,3}})\b(?:[ ]*units?)?)?",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"[ \t]{2,}(\d{1,2})(?=[ \t]{2,}|[ \t]*$)")
_UNITS_HEAD = re.compile(r"\b(?:units?|qty|quantity)\b", re.IGNORECASE)
_UNITS = re.compile(
    rf"\b(?:units?|qty|quantity)[ ]*[:=]?[ ]*(\d{{1,3}})\b|({COUNT})[ ]+(?:units?|stud(?:y|ies))\b", re.IGNORECASE
)
_IN_PROSE = re.compile(
    r"\b(?:cpt|hcpcs|procedure|service|billing)(?:/hcpcs)?(?:[ ]+codes?)?s?[ ]*(?:\(s\))?[ ]*[:#]?\s*"
    rf"(?P<list>{PROCEDURE}(?:[ ]*(?:x[ ]*\d{{1,2}}|\(\d{{1,2}}[ ]units?\)))?"
    rf"(?:\s*(?:,|and|&|/|;|,\s*and)\s*{PROCEDURE}(?:[ ]*x[ ]*\d{{1,2}})?)*)",
    re.IGNORECASE,
)
# Numbers of this length that can be nothing else: in brackets behind words, or at the head of an entry of a list.
_LISTED = re.compile(
    rf"(?<=[\w)])[,]?\s+[\[(](?P<list>{PROCEDURE}(?:-[A-Z\d]{{2}})?(?:[ ]*x[ ]*\d{{1,2}})?(?:\s*(?:,|;|/|&|\band\b"
    rf"|,\s*and\b)\s*{PROCEDURE}"
    rf"(?:[ ]*x[ ]*\d{{1,2}})?)*)(?=\s*[,;:)\]])"
)
# What may stand in the columns before a code in the row of a table: its number, days, what was decided.
_BEFORE = re.compile(
    rf"(?i:\d{{1,3}}|(?:{DAY})|\d{{6}}(?:[ ]+\d{{6}})?|\d{{8}}(?:[ ]+\d{{8}})?|(?:not |un|non-?"
    rf"|partially )?(?:approved|denied|certified|authorized"
    r"|covered|affirmed|denial|approval|modified|pended)|line|proc|cpt|hcpcs|\[[ x]\])"
)
_SHORT_DAY = re.compile(
    rf"(?m)^[ \t]*(?P<first>\d{{6}}|\d{{8}})(?:[ ]+(?P<last>\d{{6}}|\d{{8}}))?[ ]+(?={PROCEDURE}\b)"
)
_ALONE = re.compile(rf"(?<=[a-z])[,]?\s+\(({PROCEDURE})(?=[,;)])|(?m:^[ \t]*\d{{1,2}}[.)][ \t]+({PROCEDURE})(?=[,:]))")
_ROW = rf"(?m)^[ \t|*\u2022-]*(?:\d{{1,2}}[ \t]{{2,}})?(?i:{DAY}[ \t]+)?(?={PROCEDURE}\b)"
# What follows a house number: the street, and on this line or the next one state and ZIP code.
_STREET = re.compile(r"[ ]+[A-Z][^\n]*(?:\n[^\n]*)?\b[A-Z]{2}[ ]+\d{5}\b")
# A row that describes the service before its code.
_DESCRIBED = re.compile(rf"(?m)^[ \t]*[A-Za-z][^\n:]{{5,80}}?[ ]{{2,}}({PROCEDURE})(?=[ ]{{2,}})")
_DECIDED = (
    (Outcome.DENIED_IN_PART, re.compile(r"\b(?:modified|with modification|in part|partially)\b", re.IGNORECASE)),
    (
        Outcome.DENIED,
        re.compile(
            r"\b(?:denied|not covered|not approved|not certified|non-certified|denial|not authorized"
            r"|non-affirmed|not affirmed)\b",
            re.IGNORECASE,
        ),
    ),
    (Outcome.APPROVED, re.compile(r"\b(?:approved|certified|authorized|affirmed)\b", re.IGNORECASE)),
    (Outcome.PENDED, re.compile(r"\bpended\b", re.IGNORECASE)),
)


def codes(letter: Letter) -> tuple[StatedCode, ...]:
    """Every procedure code that is labelled as one, with its units and, where its line says so, what became of it."""
    stretches = [*spans(letter, "codes"), *spans(letter, "service")]
    stretches += [match.span("list") for match in _IN_PROSE.finditer(letter.text, letter.start)]
    stretches += [match.span(1 if match[1] else 2) for match in _ALONE.finditer(letter.text, letter.start)]
    stretches += [match.span("list") for match in _LISTED.finditer(letter.text, letter.start)]
    stretches += list(_in_rows(letter))
    stretches += [match.span(1) for match in _DESCRIBED.finditer(letter.text, letter.start)]
    found: dict[str, StatedCode] = {}
    for start, end in sorted(stretches):
        for match in _CODE.finditer(letter.text, start, end):
            _add(letter, found, match)
    if found or re.search(r"\b(?:cpt|hcpcs|codes?|proc|procedures?|services?)\b", letter.text, re.IGNORECASE):
        # A table: a line that begins with a code, where the letter speaks of codes at all.
        for match in re.finditer(_ROW, letter.text[letter.start :]):
            code = _CODE.match(letter.text, letter.start + match.end())
            if code is not None and not _STREET.match(letter.text, code.end()):
                _add(letter, found, code)
    if len(found) == 1 and (only := next(iter(found.values()))).units is None:
        found = {only.code: StatedCode(only.code, only.quote, _labelled_units(letter), only.outcome)}
    return tuple(sorted(found.values(), key=lambda each: each.quote.start))


def _in_rows(letter: Letter) -> Iterator[tuple[int, int]]:
    """Codes at the head of a row, behind its number, its days or what was decided."""
    for line in columns(letter):
        for number, column in enumerate(line):
            if number and not _BEFORE.fullmatch(line[number - 1].text):
                break
            code = re.compile(rf"(?:\d{{6}}[ ]+(?:\d{{6}}[ ]+)?)?(?P<code>{PROCEDURE})(?=,|[ ]+[-\u2013a-z]|$)").match(
                column.text
            )
            sure = number or (len(line) > 1 and _BEFORE.fullmatch(line[1].text))
            if code is not None and sure and not _STREET.match(letter.text, column.start + code.end("code")):
                yield column.start + code.start("code"), column.start + code.end("code")


def _labelled_units(letter: Letter) -> int | None:
    """The number behind a label of its own ("Quantity: 4 units"), which is the only code's."""
    match = re.compile(r"(?im)^[ \t]*(?:quantity|units?|qty)[ \t]*(?:requested)?[ \t]*[:#][ \t]*(\d{1,3})\b").search(
        letter.text, letter.start
    )
    return int(match[1]) if match else None


def _add(letter: Letter, found: dict[str, StatedCode], match: re.Match[str]) -> None:
    code = match["code"].upper()
    before = letter.text[max(letter.start, match.start() - 4) : match.start()]
    if re.search(r"\b[A-Z]{2} $", before):
        return  # a ZIP code behind its state
    line = letter.text.find("\n", match.end())
    rest = letter.text[match.end() : line if line >= 0 else letter.end]
    other = _CODE.search(rest)
    rest = rest[: other.start()] if other else rest
    units = int(match["units"]) if match["units"] else _units(letter, match, rest)
    outcome = next((outcome for outcome, pattern in _DECIDED if pattern.search(rest)), None) or _adjusted(rest)
    outcome = outcome or _decided_before(letter, match.start())
    old = found.get(code)
    if old is None:
        found[code] = StatedCode(code, letter.quote(match.start("code"), match.end("code")), units, outcome)
    elif (units and old.units is None) or (outcome and old.outcome is None):
        kept = old.units if old.units is not None else units
        found[code] = StatedCode(code, old.quote, kept, old.outcome or outcome)


def _decided_before(letter: Letter, start: int) -> Outcome | None:
    """What was decided, where it stands alone in the columns before the code."""
    before = letter.text[letter.text.rfind("\n", 0, start) + 1 : start].strip(" \t|*-:")
    if not _BEFORE.fullmatch(before):
        return None
    return next((outcome for outcome, pattern in _DECIDED if pattern.search(before)), None)


def _units(letter: Letter, code: re.Match[str], rest: str) -> int | None:
    """The units on the rest of a code's line: in words, under the head of their column, or alone in a column."""
    for digits, words in _UNITS.findall(rest):
        number = read_number(digits or words)
        if number is not None and number >= 1:
            return int(number)
    first = letter.text.rfind("\n", 0, code.start()) + 1
    head = letter.text.rfind("\n", 0, max(first - 1, 0)) + 1
    for _ in range(12):  # the head stands over the first row of its table
        line = letter.text[head : letter.text.find("\n", head)]
        if (column := _UNITS_HEAD.search(line)) is not None and re.search(r"(?i)\b(?:code|proc)", line):
            for value in re.finditer(
                r"(?<![\d.,/])\d{1,2}(?![\d.,/])", letter.text[code.end() : code.end() + len(rest)]
            ):
                at = code.end() + value.start() - first
                if column.start() - 2 <= at <= column.end() + 2:
                    return int(value[0])
            return None
        if head == 0 or not line.strip():
            break
        head = letter.text.rfind("\n", 0, head - 1) + 1
    alone = _COLUMN.search(rest)
    return int(alone[1]) if alone else None


def _adjusted(rest: str) -> Outcome | None:
    """What the adjustment codes of a line of a printed remittance make of it."""
    adjusted = [match["code"] for match in ADJUSTMENT.finditer(rest)]
    if not adjusted:
        return None
    return Outcome.APPROVED if set(adjusted) <= NO_REFUSAL else Outcome.DENIED


def remittance_day(letter: Letter) -> StatedDay | None:
    """The day at the beginning of a line of a printed remittance, before its code."""
    match = re.search(
        rf"(?m)^[ \t]*(?:\d{{1,2}}[ \t]{{2,}})?(?={DAY}[ \t]+{PROCEDURE}\b)", letter.text[letter.start :], re.IGNORECASE
    )
    if match is not None:
        return day_at(letter, letter.start + match.end(), letter.end)
    short = _SHORT_DAY.search(letter.text, letter.start)
    first = _day_of(short["first"]) if short else None
    if short is None or first is None:
        return None
    last = _day_of(short["last"]) if short["last"] else None
    end = short.end("last") if last else short.end("first")
    return StatedDay(first, letter.quote(short.start("first"), end), last if last != first else None)


def _day_of(digits: str) -> date | None:
    """A day that is written without marks, month first: "070826"."""
    return written_day(f"{digits[:2]}/{digits[2:4]}/{digits[4:]}")
