"""The addendum: neutral questions as a sheet, and the answered, dated and signed sheet as a part of the chart.

Only the answers become part of the chart: a question says what a policy asks, and could be taken for a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from praxigen.errors import InputError, UsageError
from praxigen.letters.composing.letter import Block, Field, Heading, Letter, LetterKind, Lines, Paragraph, Table
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.sentence import RecordSupport, form, plain, record
from praxigen.letters.composing.subject import value
from praxigen.model.document import Document

_BLANK = "_" * 30
_QUESTION = re.compile(r"^\W*Question[ \t]+(?P<number>\d{1,3})\b", re.MULTILINE)
_ANSWER = re.compile(
    r"^\W*Answer[ \t]+(?P<number>\d{1,3})[ \t]*:(?P<words>.*?)"
    r"(?=^\W*(?:Question[ \t]+\d|Answer[ \t]+\d|Signature and date\b|Answered by\b)|\Z)",
    re.MULTILINE | re.DOTALL,
)
_SIGNED = {
    "by": re.compile(r"^\W*Answered by(?: \(name and credentials\))?[ \t]*:?[ \t]*(?P<value>[^\n]*)", re.MULTILINE),
    "on": re.compile(r"^\W*Date of the addendum(?: \(month/day/year\))?[ \t]*:?[ \t]*(?P<value>[^\n]*)", re.MULTILINE),
    "signature": re.compile(r"^\W*Signature[ \t]*:[ \t]*(?P<value>[^\n]*)", re.MULTILINE),
    "patient": re.compile(r"^\W*Patient[ \t]*:?[ \t]+(?P<value>[^\n]*)", re.MULTILINE),
}
_HINT = "Print the sheet with: praxigen addendum --chart NOTES --payer P --code C --output sheet.docx."


@dataclass(frozen=True, slots=True)
class Addendum:
    """An answered sheet: the answers by number, who gave them, and on which day.

    `entered_by` is who typed them for the one who gave them; "" where they are one person.
    """

    patient: str
    by: str
    on: date
    answers: tuple[tuple[int, str], ...]
    entered_by: str = ""

    def text(self) -> str:
        """The addendum as a part of the chart: a note of its own, with its day and author."""
        day = f"{self.on.month:02}/{self.on.day:02}/{self.on.year}"
        head = f"ADDENDUM\n\nPatient: {self.patient}\nDate of visit: {day}\nProvider: {self.by}\n"
        answers = "\n\n".join(answer for _, answer in self.answers)
        entered = f"Entered in the workspace by {self.entered_by}\n" if self.entered_by else ""
        return f"{head}\nADDENDUM TO THE NOTE:\n{answers}\n\nElectronically signed by {self.by} on {day}\n{entered}"


def addendum_sheet(matter: Matter) -> Letter:
    """The questions of the check as a sheet. Raises UsageError where none is open."""
    gaps = matter.report.gaps
    if not gaps:
        raise UsageError("nothing is open, so there is nothing to ask", "praxigen check shows each answer.")
    return Letter(LetterKind.ADDENDUM, "Addendum to the chart", (), tuple(_blocks(matter)))


def _blocks(matter: Matter) -> Iterator[Block]:
    document = matter.report.document
    yield Table(
        (
            Field("Patient", value(matter, "patient")),
            Field("Chart", record(plain(document.name), RecordSupport("chart", plain(document.name), "chart"))),
        )
    )
    yield Paragraph(
        (
            form("Answer what you know of this patient, in whole sentences, with dates and amounts."),
            form("Leave an answer empty where you do not know; there is no right answer."),
        )
    )
    for number, each in enumerate(matter.report.gaps, start=1):
        yield Heading(form(f"Question {number}"))
        yield Paragraph((form(plain(each.ask)),))
        yield Lines((form(f"Answer {number}: {_BLANK}"),))
    yield Heading(form("Signature and date"))
    yield Lines(
        (
            form(f"Answered by (name and credentials): {_BLANK}"),
            form(f"Date of the addendum (month/day/year): {_BLANK}"),
            form(f"Signature: {_BLANK}"),
        )
    )


def read_addendum(document: Document, not_after: date | None = None) -> Addendum:
    """The answers on a sheet. Raises InputError where it is no such sheet, is unanswered, unsigned or undated."""
    text = document.text
    if not _QUESTION.search(text) or not _ANSWER.search(text):
        raise InputError(f"{document.name} is not an addendum sheet", _HINT)
    found = ((int(match["number"]), _told(match["words"])) for match in _ANSWER.finditer(text))
    answers = tuple((number, answer) for number, answer in found if answer)
    if not answers:
        raise InputError(f"{document.name} has no answer on it", "Write each behind its 'Answer' and the number.")
    numbers = [number for number, _ in answers]
    if len(set(numbers)) != len(numbers):
        raise InputError(f"{document.name} answers a question twice", "Keep one answer to each question.")
    by, signed = _value(text, "by"), _value(text, "signature")
    if not by or not signed:
        raise InputError(f"{document.name} is not signed", "Fill in 'Answered by' and 'Signature'.")
    on = _day(_value(text, "on"), document.name)
    if not_after is not None and on > not_after:
        raise InputError(
            f"{document.name} is dated {on.isoformat()}, after {not_after.isoformat()}", "Correct the date."
        )
    patient = _value(text, "patient")
    return Addendum("" if patient.startswith("[") else patient, by, on, answers)


def _value(text: str, name: str) -> str:
    found = _SIGNED[name].search(text)
    return _told(found["value"]) if found else ""


def _told(text: str) -> str:
    """The words without the line to write on."""
    return " ".join(re.sub(r"_{3,}", " ", text).split())


def _day(text: str, name: str) -> date:
    try:
        month, day, year = (int(part) for part in re.split(r"[/-]", text))
        return date(year, month, day) if month <= 12 else date(month, day, year)
    except ValueError:
        why = f"{text!r} is not a date" if text else "it is empty"
        raise InputError(f"{name}: the date of the addendum cannot be read: {why}", "Write month/day/year.") from None
