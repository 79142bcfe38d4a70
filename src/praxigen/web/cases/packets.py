"""The packet and the letter of a request, from the stored check and what people decided about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from praxigen.errors import UsageError
from praxigen.letters.composing.compose import compose
from praxigen.letters.composing.final import obstacles
from praxigen.letters.composing.gather import Told, gather
from praxigen.letters.composing.letter import Letter, LetterKind
from praxigen.letters.composing.matter import FIELDS, Matter
from praxigen.letters.composing.packet import Packet, pack
from praxigen.letters.composing.sentence import Kind
from praxigen.web.cases.checking import open_check, with_pages
from praxigen.web.cases.deciding import for_letters, standing
from praxigen.web.cases.headers import payer_name
from praxigen.web.cases.letterhead import letterhead_of, template_of
from praxigen.web.cases.letters import open_letter
from praxigen.web.cases.library import policies
from praxigen.web.cases.models import Case, Check
from praxigen.web.cases.models import Letter as StoredLetter
from praxigen.web.cases.opened import OpenedCheck
from praxigen.web.cases.whose import refuse_another

ASKED = ("recipient", "fax", "provider", "facility", "units", "period", "group_number")
REMOVED = "this check rests on a file that was removed from the chart"
_MOST = 500  # characters of a field


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request as it would leave the practice. `against` is everything that keeps it from being final, in words.

    `edited` says that the letter is the one that a member finished in the editor, not one composed now.
    """

    matter: Matter
    letter: Letter
    packet: Packet
    against: tuple[str, ...]
    edited: bool = False


def prepare(case: Case, check: Check, day: date, *, compared: bool, with_protected: bool = False) -> Prepared:
    """Compose letter and packet. Raises UsageError where the check is out of date, a day is missing, or two patients
    may be meant and nobody has compared."""
    if check.removed_files:
        raise UsageError(REMOVED, "Check the chart again, and export from that check.")
    opened = open_check(check)
    if not opened.same:
        raise UsageError(
            "the library or the program has changed since this check", "Check again, and export from that."
        )
    report = opened.report
    finished = _finished_letter(case, check)
    if finished is not None:
        own = open_letter(finished)
        packet = pack(own.matter, own.words, with_protected=with_protected)
        against = (*_against(check, opened, own.words, own.matter), *own.against)
        return Prepared(own.matter, own.words, packet, tuple(dict.fromkeys(against)), edited=True)
    if not compared:
        refuse_another(case, report.document)
    told = Told(
        practice=letterhead_of(case.practice),
        dispositions=for_letters(check, report),
        written_on=day,
        fields=tuple(_fields(case)),
        diagnoses=tuple(case.diagnoses),
        confirmed_patient=compared,
    )
    matter = gather(report, payer_name(report.requirement.payer), told, literature=policies().literature())
    letter = compose(matter, LetterKind.REQUEST, template_of(case.practice, LetterKind.REQUEST))
    packet = pack(matter, letter, with_protected=with_protected)
    return Prepared(matter, letter, packet, tuple(_against(check, opened, letter, matter)))


def write(prepared: Prepared, check: Check, form: str, *, draft: bool) -> bytes:
    """The letter as docx or pdf, or the packet as one PDF. Raises UsageError for another form."""
    if form == "docx":
        from praxigen.letters.composing.writers.docx import to_docx

        return to_docx(prepared.letter, draft=draft)
    if form == "pdf":
        from praxigen.letters.composing.writers.pdf import to_pdf

        return to_pdf(prepared.letter, draft=draft)
    if form != "packet":
        raise UsageError("this is no form of a request", "Choose letter or packet.")
    from praxigen.letters.composing.writers.packet import to_packet

    pages = {file.name: file.data for file in with_pages(check).files if file.kind == "pdf" and file.data}
    document = prepared.matter.report.document
    return to_packet(prepared.packet, document, pages, draft=draft, stamp=prepared.matter.payer_name)


def fields_of(case: Case) -> dict[str, str]:
    """What people gave for the letter, by field of `ASKED`."""
    given = (case.patient or {}).get("letter") or {}
    return {name: str(given.get(name) or "") for name in ASKED}


def put_fields(case: Case, data: Mapping[str, str]) -> None:
    """Keep what people gave for the letter; it is sealed with the patient. Does not save the case."""
    given: dict[str, Any] = {name: " ".join(str(data.get(name, "")).split()) for name in ASKED}
    long = next((name for name, text in given.items() if len(text) > _MOST), None)
    if long is not None:
        raise UsageError(f"{FIELDS[long]}: more than {_MOST} characters", "Shorten it.")
    case.patient = {**(case.patient or {}), "letter": given}


def placeholders(letter: Letter) -> tuple[str, ...]:
    """What the letter still asks for in brackets."""
    return tuple(dict.fromkeys(each.text.strip("[]") for each in letter.sentences() if each.kind is Kind.GAP))


def _finished_letter(case: Case, check: Check) -> StoredLetter | None:
    """The newest letter of medical necessity that a member finished for this check."""
    rows = StoredLetter.of(case.practice_id).filter(case=case, check_made=check, kind=LetterKind.REQUEST.value)
    return rows.filter(final=True).order_by("created_at").last()


def _fields(case: Case) -> Iterator[tuple[str, str]]:
    patient = case.patient or {}
    for field, name in (("patient", "name"), ("birth", "birth_date"), ("member_id", "member_id")):
        if str(patient.get(name) or "").strip():
            yield field, str(patient[name])
    for field, text in fields_of(case).items():
        if text.strip():
            yield field, text


def _against(check: Check, opened: OpenedCheck, letter: Letter, matter: Matter) -> Iterator[str]:
    """The obstacles of the letter, with the words of criteria for their ids, and every criterion nobody decided on."""
    decided = standing(check)
    says = {name: f"{row.number} {row.criterion.says}".strip() for name, row in opened.first.items()}
    for name in opened.needed:
        if name not in decided:
            yield f"Nobody has decided about: {says.get(name, name)}"
    for line in obstacles(letter, matter):
        if "no person has decided about criterion" not in line:
            yield f"{line[:1].upper()}{line[1:]}"
