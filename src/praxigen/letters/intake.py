"""What a chart says of the request that it was sent for: payer, codes, day of the service and patient, with the words.

Only proposals for a person to confirm. What stands behind no label is not taken: a chart names many payers, days and
numbers that are not the ones of this request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from praxigen.documents.dates import DAY, written_day
from praxigen.letters.composing.patient import find_person
from praxigen.library import Library
from praxigen.model.document import Document, Quote
from praxigen.model.requirement import Payer

_MOST = 5  # proposals for one field: more are no help to the one who has to choose
_PAYER_LINE = re.compile(
    r"^.*\b(?:insurance|insurer|payer|payor|carrier|health plan|coverage|insured by|authoriz\w+ from)\b.*$",
    re.IGNORECASE | re.MULTILINE,
)
_CODE_LINE = re.compile(
    r"^.*\b(?:cpt|hcpcs|procedure codes?|codes?|request\w*|authoriz\w+|planned|proposed|scheduled?)\b.*$",
    re.IGNORECASE | re.MULTILINE,
)
_CODE = re.compile(r"(?<![\w.-])(?:\d{5}|[A-Z]\d{4})(?![\w-]|\.\d)")
_SERVICE_DAY = re.compile(
    r"\b(?:(?:planned|proposed|requested|scheduled|anticipated|tentative)\s+(?:date|day)(?:\s+of\s+(?:service"
    r"|surgery))?"
    r"|(?:surgery|procedure|operation|implant)\s+date|date\s+of\s+(?:surgery|procedure|operation|implant)"
    r"|(?:planned|proposed|requested|scheduled|anticipated)\s+(?:for|on)"
    r"|(?:requested|planned|proposed)\s+date\s+of\s+service)"
    rf"\s*[:\-]?\s*(?P<day>{DAY})",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"\b(?:mrn|medical record (?:number|no\.?|#)|record number|chart (?:number|no\.?|#))\s*[:#]?\s*"
    r"(?P<value>[A-Z]{0,3}-?\d[\d-]{2,14})\b",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    r"\b(?:member|subscriber|insurance|policy)\s*(?:id|number|no\.?|#)\s*[:#]?\s*(?P<value>(?=\w*\d)\w[\w-]{3,19})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field of the request, and the words of the chart that it was read from."""

    field: str
    value: str
    label: str
    quote: Quote


def read_proposals(document: Document, library: Library) -> tuple[Proposal, ...]:
    """Every value that the chart may be read to give, at most five for a field, each once, in order of place.

    Fields: payer (an id), code, date_of_service, name, birth_date (ISO dates), record_number, member_id.
    """
    found: dict[tuple[str, str], Proposal] = {}
    counts: dict[str, int] = {}
    for each in _proposals(document, library):
        if (each.field, each.value) in found or counts.get(each.field, 0) >= _MOST:
            continue
        found[each.field, each.value] = each
        counts[each.field] = counts.get(each.field, 0) + 1
    return tuple(found.values())


def _proposals(document: Document, library: Library) -> Iterator[Proposal]:
    yield from _payers(document, library.payers())
    yield from _codes(document, library)
    yield from _days(document)
    person = find_person(document)
    for name in person.names:
        yield Proposal("name", name.value, name.value, name.quote)
    for born in person.births:
        yield Proposal("birth_date", born.day.isoformat(), born.day.isoformat(), born.quote)
    for field, pattern in (("record_number", _RECORD), ("member_id", _MEMBER)):
        for match in pattern.finditer(document.text):
            yield Proposal(field, match["value"], match["value"], document.quote(*match.span("value")))


def _payers(document: Document, payers: Sequence[Payer]) -> Iterator[Proposal]:
    """Payers that a line about insurance names. Of names that lie in one another the longest counts."""
    names = [(name, payer) for payer in payers for name in (payer.name, *payer.also)]
    for line in _PAYER_LINE.finditer(document.text):
        taken: dict[range, Payer] = {}
        for name, payer in sorted(names, key=lambda pair: (-len(pair[0]), pair[1].id)):
            # "UMR" is a payer and "priority" a word: a name of one word counts only as it is written.
            case = re.IGNORECASE if " " in name else re.NOFLAG
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", line[0], case):
                place = range(line.start() + match.start(), line.start() + match.end())
                if not any(place.start < other.stop and other.start < place.stop for other in taken):
                    taken[place] = payer
        for place in sorted(taken, key=lambda place: place.start):
            yield Proposal("payer", taken[place].id, taken[place].name, document.quote(place.start, place.stop))


def _codes(document: Document, library: Library) -> Iterator[Proposal]:
    """Procedure codes that the library knows, in lines that speak of codes or of what is planned."""
    known: frozenset[str] | None = None
    for line in _CODE_LINE.finditer(document.text):
        for match in _CODE.finditer(line[0]):
            if known is None:
                known = frozenset(code for each in library.requirements() for code in each.codes)
            if match[0] in known:
                start = line.start() + match.start()
                yield Proposal("code", match[0], match[0], document.quote(start, start + len(match[0])))


def _days(document: Document) -> Iterator[Proposal]:
    """Days for which a service is planned: none before the newest note, for that is an earlier operation."""
    newest = max((part.date for part in document.parts if part.date is not None), default=date.min)
    for match in _SERVICE_DAY.finditer(document.text):
        day = written_day(match["day"])
        if day is not None and day >= newest:
            yield Proposal("date_of_service", day.isoformat(), day.isoformat(), document.quote(*match.span("day")))
