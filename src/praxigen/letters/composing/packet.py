"""The packet: cover sheet, letter, checklist, and only those pages of the chart that answer a criterion.

45 CFR 164.502(b) asks for the minimum necessary: every page that is included says why, and every other page stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from praxigen.exports import words
from praxigen.exports.outline import Role, Row, outline
from praxigen.letters.composing.letter import Letter
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.sentence import plain
from praxigen.model.answer import Answer
from praxigen.model.document import Document, Quote
from praxigen.model.layout import Page, Part, SourceFile


@dataclass(frozen=True, slots=True)
class Protected:
    """Records that a law protects beyond HIPAA's ordinary rules, and the words that a page of them may hold."""

    what: str
    law: str
    signs: re.Pattern[str]
    kept_out: bool = False


# Signs only: a person decides. Psychotherapy notes are left out, because they need an authorization of their own.
PROTECTED = (
    Protected(
        "psychotherapy notes",
        "45 CFR 164.508(a)(2): they need the patient's own authorization",
        re.compile(r"\bpsychotherapy (?:session |process )?notes?\b|\bprocess notes?\b", re.IGNORECASE),
        kept_out=True,
    ),
    Protected(
        "treatment of a substance use disorder",
        "42 CFR Part 2: records of such a program need the patient's consent",
        re.compile(
            r"\bmethadone (?:clinic|program|maintenance)\b|\bopioid treatment program\b|\bdetox(?:ification)?\b"
            r"|\bsubstance (?:use|abuse) (?:treatment|program|disorder)\b|\bbuprenorphine (?:clinic|program)\b",
            re.IGNORECASE,
        ),
    ),
    Protected(
        "HIV status", "state law may ask for a consent of its own", re.compile(r"\b(?:HIV|AIDS)\b")
    ),
    Protected(
        "genetic information",
        "45 CFR 164.502(a)(5)(i): plans may not use it for underwriting; state law may ask for consent",
        re.compile(r"\bgenetic (?:test|testing|counsel\w+)\b|\bBRCA[12]?\b", re.IGNORECASE),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One page of the chart, or one note of a file without pages, with the criteria that its words answer."""

    number: int
    file: str
    page: int | None
    start: int
    end: int
    why: tuple[str, ...]
    title: str
    protected: tuple[Protected, ...] = ()

    @property
    def called(self) -> str:
        """The file and page, or the file and the day of its note."""
        return f"{self.file}, page {self.page}" if self.page else f"{self.file}{self.title}"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One line of the checklist: the criterion, its answer, and the exhibits that show it."""

    number: str
    says: str
    answer: str
    exhibits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything that a packet holds. `left_out` are protected pages that would answer a criterion."""

    letter: Letter
    cover: tuple[tuple[str, str], ...]
    checklist: tuple[CheckRow, ...]
    exhibits: tuple[Exhibit, ...]
    left_out: tuple[Exhibit, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    place: Page | Part | SourceFile
    file: SourceFile
    why: dict[str, None] = field(default_factory=dict)


def pack(matter: Matter, letter: Letter, *, with_protected: bool = False) -> Packet:
    """The packet of a letter. Protected pages that are kept out stay out unless a person says otherwise."""
    document = matter.report.document
    rows = [row for root in outline(matter.report) if root is not None for row in _shown(root)]
    found: dict[tuple[int, int], _Found] = {}
    for row in rows:
        for quote in row.result.quotes:
            place, file = _sheet(document, quote)
            entry = found.setdefault((place.start, place.end), _Found(place, file))
            entry.why.setdefault(f"{row.number} {row.criterion.says}")
    pages = [found[key] for key in sorted(found)]
    exhibits: list[Exhibit] = []
    left_out: list[Exhibit] = []
    for each in pages:
        exhibit = _exhibit(document, each, len(exhibits) + 1)
        if any(kind.kept_out for kind in exhibit.protected) and not with_protected:
            left_out.append(exhibit)
        else:
            exhibits.append(exhibit)
    return Packet(
        letter=letter,
        cover=tuple(_cover(matter, letter)),
        checklist=tuple(_check_row(row, exhibits) for row in rows),
        exhibits=tuple(exhibits),
        left_out=tuple(left_out),
        warnings=tuple(_warnings(exhibits, left_out)),
    )


def _shown(root: Row) -> Iterator[Row]:
    """The leaves that the checklist names: what is asked, and waivers that hold."""
    for row in root.walk():
        aside = row.role is Role.CONDITION or (row.role is Role.WAIVER and row.result.answer is not Answer.MET)
        needless = row.moot and row.result.answer is not Answer.MET
        if not row.children and not aside and not needless and row.result.answer is not Answer.NOT_APPLICABLE:
            yield row


def _sheet(document: Document, quote: Quote) -> tuple[Page | Part | SourceFile, SourceFile]:
    """The page on which a quote stands; of a file without pages its note, else the whole file."""
    file = document.file_at(quote.start) or SourceFile(document.name, "text", document.sha256, 0, len(document.text))
    return document.page_at(quote.start) or document.part_at(quote.start) or file, file


def _exhibit(document: Document, found: _Found, number: int) -> Exhibit:
    place = found.place
    text = document.text[place.start : place.end]
    page = place.number if isinstance(place, Page) else None
    title = f", {place.kind} of {place.date.isoformat()}" if isinstance(place, Part) and place.date else ""
    kinds = tuple(each for each in PROTECTED if each.signs.search(text))
    return Exhibit(number, found.file.name, page, place.start, place.end, tuple(found.why), title, kinds)


def _check_row(row: Row, exhibits: list[Exhibit]) -> CheckRow:
    starts = [quote.start for quote in row.result.quotes]
    held = tuple(each.number for each in exhibits if any(each.start <= start < each.end for start in starts))
    said = row.label if row.result.answer is Answer.MET or not row.moot else words.ANSWERS[row.result.answer]
    return CheckRow(row.number, plain(row.criterion.says), said, held)


def _cover(matter: Matter, letter: Letter) -> Iterator[tuple[str, str]]:
    """Who sends what to whom, by rule; nothing of the clinical story stands on a cover sheet."""
    requirement = matter.report.requirement
    yield "To", matter.payer_name
    if requirement.administrator:
        yield "Reviewed by", requirement.administrator
    for way in requirement.submissions:
        numbers = [f"telephone {way.phone}" if way.phone else "", f"fax {way.fax}" if way.fax else "", way.url or ""]
        yield f"By {way.method}", ", ".join(part for part in (way.portal, *numbers) if part)
    yield "From", matter.practice.name or "[practice]"
    yield "About", letter.title
    yield "Codes", ", ".join(f"{entry.system} {entry.code}" for entry in matter.report.codes)
    for name, label in (("member_id", "Member number"), ("reference", "Reference")):
        known = matter.value(name)
        if known is not None:
            yield label, known.value
    for each in matter.references:
        yield f"{each.field.capitalize()}", each.value
    if matter.report.request.date is not None:
        yield "Date of service", matter.report.request.date.isoformat()
    yield "Date", matter.written_on.isoformat() if matter.written_on else "[date]"


def _warnings(exhibits: list[Exhibit], left_out: list[Exhibit]) -> Iterator[str]:
    for each in left_out:
        for kind in each.protected:
            yield f"{each.called} was left out: it may be {kind.what}. {kind.law}. --with-protected includes it."
    for each in exhibits:
        for kind in each.protected:
            yield f"{each.called} may hold {kind.what}. {kind.law}. A person decides whether it may be sent."
