"""Matters for tests of letters: a chart in words, a request, and what people gave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from praxigen.api import check, read_document
from praxigen.letters.composing.dispositions import Disposition, Dispositions, DispositionState
from praxigen.letters.composing.gather import Answer, Clock, Told, gather
from praxigen.letters.composing.letter import Letter
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.practice import Practice
from praxigen.library import Library
from praxigen.model.report import Report
from praxigen.model.request import Request

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2026, 8, 3)
WRITTEN = date(2026, 8, 10)
PRACTICE = Practice(
    name="Harbor Pain and Spine Center",
    address=("12 Harbor Road", "Trenton, NJ 08601"),
    npi="1234567893",
    signer="Elena Moreno, MD",
)
FIELDS = (
    ("birth", "1968-01-02"),
    ("member_id", "TEST-1"),
    ("reference", "REF-1"),
    ("decision_date", "2026-08-05"),
    ("units", "1"),
    ("recipient", "PO Box 1, Anytown"),
)


def report_on(
    chart: bytes | str, payer: str = "qualcare", codes: Sequence[str] = ("63650",), plan: str = "commercial",
    day: date | None = DAY, stage: str | None = None, attested: Sequence[str] = (),
    library: Library | None = None,
) -> Report:  # fmt: skip
    """The check of a chart: bytes, or the name of an example."""
    source = chart if isinstance(chart, bytes) else str(EXAMPLES / chart)
    request = Request(payer, codes, plan=plan, date=day, stage=stage, attested=attested)
    document = read_document(source, name="chart.txt" if isinstance(chart, bytes) else None)
    return check(document, request, library or LIBRARY)


def matter_of(
    report: Report, answer: Answer | None = None, *, dispositions: Dispositions | None = None,
    written_on: date | None = WRITTEN, fields: Sequence[tuple[str, str]] = FIELDS, confirmed: bool = False,
    clock: Clock | None = None, library: Library | None = None,
) -> Matter:  # fmt: skip
    """The matter of a check, with everything that a person could give."""
    told = Told(PRACTICE, dispositions or Dispositions(), written_on, fields, ("M96.1",), confirmed)
    works = (library or LIBRARY).literature()
    return gather(report, (library or LIBRARY).payer(report.requirement.payer).name, told, answer, clock, works)


def all_confirmed(letter: Letter, matter: Matter) -> Dispositions:
    """A person confirmed every criterion of a letter."""
    decided = {
        name: Disposition(name, DispositionState.CONFIRMED, "Elena Moreno, MD", date(2026, 8, 9))
        for name in letter.criteria
    }
    return Dispositions(decided, matter.report.document.sha256)


def text_of(letter: Letter) -> str:
    """All sentences of a letter, for looking for words."""
    return "\n".join(sentence.text for sentence in letter.sentences())


LIBRARY = Library.open()
