"""The packet: cover sheet, letter, checklist, and only those pages of the chart that answer a criterion.

45 CFR 164.502(b) asks for the minimum necessary: every page that is included says why, and every other page stays out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from praxigen.exports import words
from praxigen.exports.outline import Role, Row, outline
from praxigen.letters.composing.letter import Letter
from praxigen.letters.composing.matter import FIELDS, Matter
from praxigen.letters.composing.protected import Protected, protected_records
from praxigen.letters.composing.sentence import plain
from praxigen.model.answer import Answer
from praxigen.model.document import Document, Quote
from praxigen.model.layout import Page, Part, SourceFile

_NOT_KNOWN = "not known: ask the payer"


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


def pack(
    matter: Matter, letter: Letter, *, with_protected: bool = False, classes: tuple[Protected, ...] | None = None
) -> Packet:
    """The packet of a letter. Protected pages that are kept out stay out unless a person says otherwise.

    `classes` are the classes of protected records to look for; the shipped ones where none are given.
    """
    classes = protected_records() if classes is None else classes
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
        exhibit = _exhibit(document, each, len(exhibits) + 1, classes)
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


def _exhibit(document: Document, found: _Found, number: int, classes: tuple[Protected, ...]) -> Exhibit:
    place = found.place
    text = document.text[place.start : place.end]
    page = place.number if isinstance(place, Page) else None
    title = f", {place.kind} of {place.date.isoformat()}" if isinstance(place, Part) and place.date else ""
    kinds = tuple(each for each in classes if each.stands_in(text))
    return Exhibit(number, found.file.name, page, place.start, place.end, tuple(found.why), title, kinds)


def _check_row(row: Row, exhibits: list[Exhibit]) -> CheckRow:
    starts = [quote.start for quote in row.result.quotes]
    held = tuple(each.number for each in exhibits if any(each.start <= start < each.end for start in starts))
    said = row.label if row.result.answer is Answer.MET or not row.moot else words.ANSWERS[row.result.answer]
    return CheckRow(row.number, plain(row.criterion.says), said, held)


def _listed(told: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, told))) or _NOT_KNOWN


def _cover(matter: Matter, letter: Letter) -> Iterator[tuple[str, str]]:
    """Who sends what to whom, by rule; nothing of the clinical story stands on a cover sheet."""
    requirement = matter.report.requirement
    ways = requirement.submissions
    fax = matter.value("fax")
    address = matter.value("recipient")
    yield "To", matter.payer_name
    yield "Address", address.value if address else _NOT_KNOWN
    yield "Reviewed by", requirement.administrator or _NOT_KNOWN
    yield "Method", _listed(way.method for way in ways)
    yield "Portal", _listed(", ".join(part for part in (way.portal, way.url or "") if part) for way in ways)
    yield "Telephone", _listed(way.phone or "" for way in ways)
    # The number on the payer's own answer is for this very matter; the library's is for requests.
    yield "Fax", fax.value if fax else _listed(way.fax or "" for way in ways)
    yield "From", matter.practice.name or "[practice]"
    yield "About", letter.title
    yield "Codes", ", ".join(f"{entry.system} {entry.code}" for entry in matter.report.codes)
    for name, label in (("member_id", "Member number"), ("reference", "Reference")):
        known = matter.value(name)
        if known is not None:
            yield label, known.value
        elif name == "member_id" or not matter.references:
            yield label, f"not known: {FIELDS[name]}"
    for each in matter.references:
        yield f"{each.field.capitalize()}", each.value
    if matter.report.request.date is not None:
        yield "Date of service", matter.report.request.date.isoformat()
    yield "Date", matter.written_on.isoformat() if matter.written_on else "[date]"


def _warnings(exhibits: list[Exhibit], left_out: list[Exhibit]) -> Iterator[str]:
    for each in left_out:
        for kind in each.protected:
            yield f"{each.called} was left out: it may hold {kind.what}. {kind.says}. --with-protected includes it."
    for each in exhibits:
        for kind in each.protected:
            yield f"{each.called} may hold {kind.what}. {kind.says}. A person decides whether it may be sent."
