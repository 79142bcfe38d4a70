"""The call sheet, the packet and the addendum: what each holds, what it leaves out, and what it refuses."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from letters.test_letters import MET, REASON, walk
from praxigen.api import read_document
from praxigen.documents import read_chart
from praxigen.errors import InputError, LibraryError, UsageError
from praxigen.letters.composing.addendum import addendum_sheet, read_addendum
from praxigen.letters.composing.call import BLANK, Call, read_call
from praxigen.letters.composing.compose import compose
from praxigen.letters.composing.gather import reasons_by_hand
from praxigen.letters.composing.letter import Heading, LetterKind
from praxigen.letters.composing.packet import pack
from praxigen.letters.composing.sentence import Kind
from praxigen.letters.composing.sheet import call_sheet
from praxigen.letters.composing.writers.docx import to_docx
from praxigen.letters.composing.writers.packet import to_packet
from praxigen.letters.composing.writers.pdf import to_pdf
from praxigen.letters.composing.writers.text import to_text
from praxigen.model.answer import Verdict
from praxigen.model.document import Document
from praxigen.model.request import Request
from support.matters import DAY, EXAMPLES, LIBRARY, matter_of, report_on, text_of


def test_the_call_sheet_has_weak_points_first_and_fits_a_page() -> None:
    matter = matter_of(report_on("stimulator-trial.txt"), reasons_by_hand([REASON]))
    sheet = call_sheet(matter)
    walk(sheet, matter)
    headings = [block.sentence.text for block in sheet.blocks if isinstance(block, Heading)]
    assert headings[0] == "Weak points first"
    assert headings[-1] == "What the reviewer said"
    said = text_of(sheet)
    assert REASON in said
    assert "shorter than the policy asks" in said
    assert "In sixty seconds" in said
    with pypdfium2.PdfDocument(to_pdf(sheet, draft=False)) as pdf:
        assert len(pdf) == 2
        assert "The ask" in pdf[0].get_textpage().get_text_bounded()
        assert "What the reviewer said" in pdf[1].get_textpage().get_text_bounded()


def test_a_long_quote_is_cut_at_a_word_and_stays_exact() -> None:
    sheet = call_sheet(matter_of(report_on("stimulator-trial.txt")))
    assert all(len(each.text) < 260 for each in sheet.sentences() if each.kind is Kind.CHART)


def test_what_a_reviewer_said_is_repeated_in_the_appeal(tmp_path: Path) -> None:
    path = tmp_path / "call.yaml"
    filled = BLANK.replace("YYYY-MM-DD", "2026-08-06").replace('reviewer: ""', 'reviewer: "Dr. Vale"')
    filled = filled.replace('said: ""', 'said: "I would approve it with therapy notes."')
    path.write_text(filled.replace('noted_by: ""', 'noted_by: "E. Moreno"'), encoding="utf-8")
    call = read_call(path)
    assert call == Call(date(2026, 8, 6), "Dr. Vale", "I would approve it with therapy notes.", "E. Moreno")
    matter = replace(matter_of(report_on("stimulator-trial.txt"), reasons_by_hand([REASON])), call=call)
    letter = compose(matter, LetterKind.LEVEL_1)
    assert "Dr. Vale said, as noted by E. Moreno: “I would approve it with therapy notes.”" in text_of(letter)


def test_a_call_that_was_not_filled_in_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "call.yaml"
    path.write_text(BLANK, encoding="utf-8")
    with pytest.raises(LibraryError, match=r"call\.yaml:3"):
        read_call(path)


def test_a_packet_holds_only_the_pages_that_answer_a_criterion() -> None:
    other = b"\fBILLING PAGE\nThe parking lot is closed.\n"
    chart = MET + other + other
    report = report_on(chart, stage="trial")
    matter = matter_of(report)
    made = pack(matter, compose(matter, LetterKind.REQUEST))
    assert [exhibit.page for exhibit in made.exhibits] == [1]
    assert any("conservative care" in why for why in made.exhibits[0].why)
    assert all(row.exhibits == (1,) for row in made.checklist if row.answer == "Met")
    first = to_packet(made, report.document, {}, draft=True, stamp="REF-1")
    assert first == to_packet(made, report.document, {}, draft=True, stamp="REF-1")
    with pypdfium2.PdfDocument(first) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
        titles = [item.get_title() for item in pdf.get_toc()]
    assert "Cover sheet" in pages[0]
    assert "burning" not in pages[0]
    exhibit = next(
        number for number, text in enumerate(pages, start=1) if text.startswith("DRAFT") and "Exhibit 1" in text
    )
    assert any(f"page {exhibit}" in text and "Checklist" in text for text in pages)
    assert not any("parking lot" in text for text in pages)
    assert titles[0] == "Cover sheet"
    assert any(title.startswith("Exhibit 1") for title in titles)


def test_a_packet_shows_the_pages_of_a_pdf_as_they_are(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "chart.pdf"
    canvas = Canvas(str(path), invariant=1)
    for lines in (MET.decode().splitlines(), ["Nothing of interest."]):
        for number, line in enumerate(lines):
            canvas.drawString(40, 740 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    report = report_on(path.read_bytes(), stage="trial")
    report = replace(report, document=report.document)
    matter = matter_of(report)
    made = pack(matter, compose(matter, LetterKind.REQUEST))
    assert [exhibit.page for exhibit in made.exhibits] == [1]
    data = to_packet(made, report.document, {made.exhibits[0].file: path}, draft=False, stamp="REF-1")
    with pypdfium2.PdfDocument(data) as pdf:
        last = pdf[len(pdf) - 1].get_textpage().get_text_bounded()
    assert "Supervised physical therapy" in last
    assert "REF-1 · Exhibit 1" in last
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    fallen_back = to_packet(made, report.document, {made.exhibits[0].file: broken}, draft=False, stamp="REF-1")
    assert b"%PDF" in fallen_back[:8]


def test_pages_that_look_like_psychotherapy_notes_stay_out() -> None:
    chart = b"PSYCHOTHERAPY NOTE, session 4\n" + MET
    matter = matter_of(report_on(chart, stage="trial"))
    letter = compose(matter, LetterKind.REQUEST)
    made = pack(matter, letter)
    assert made.exhibits == ()
    assert len(made.left_out) == 1
    assert "psychotherapy notes" in made.warnings[0]
    assert len(pack(matter, letter, with_protected=True).exhibits) == 1


def test_an_answered_addendum_becomes_a_part_of_the_chart(tmp_path: Path) -> None:
    report = report_on("stimulator-trial.txt")
    sheet = to_text(addendum_sheet(matter_of(report)), draft=False)
    assert "Which treatments were given" in sheet
    assert "met" not in sheet.lower().replace("method", "")
    blank = "_" * 30
    filled = sheet.replace(
        f"Answer 1: {blank}",
        "Answer 1: Supervised physical therapy from 07/12/2025 to 06/27/2026 gave no relief of the pain.",
    )
    filled = filled.replace(
        f"Answer 2: {blank}",
        "Answer 2: Behavioral health evaluation by Dr. Lee, PhD, on 06/01/2026: no untreated or inadequately\n"
        "controlled mental health condition; she is cleared for the stimulator trial.",
    )
    filled = filled.replace(f"credentials): {blank}", "credentials): Elena Moreno, MD")
    filled = filled.replace(f"month/day/year): {blank}", "month/day/year): 07/28/2026")
    signed = filled.replace(f"Signature: {blank}", "Signature: /s/ Elena Moreno")
    found = read_addendum(Document("sheet.txt", signed), DAY)
    assert found.on == date(2026, 7, 28)
    assert [number for number, _ in found.answers] == [1, 2]
    path = tmp_path / "addendum.txt"
    path.write_text(found.text(), encoding="utf-8")
    assert "Which treatments" not in found.text()
    chart = read_chart([str(EXAMPLES / "stimulator-trial.txt"), str(path)])
    assert [part.date for part in chart.parts][-1] == date(2026, 7, 28)
    from praxigen.api import check

    after = check(chart, Request("qualcare", ["63650"], date=DAY), LIBRARY)
    assert report.verdict is Verdict.NOT_DOCUMENTED
    assert after.verdict is Verdict.MET

    for damage, why in (
        (signed.replace("/s/ Elena Moreno", blank), "not signed"),
        (signed.replace("07/28/2026", blank), "date of the addendum"),
        (signed.replace("07/28/2026", "13/45/2026"), "date of the addendum"),
        (signed.replace("07/28/2026", "08/28/2026"), "after 2026-08-03"),
        (sheet, "no answer"),
        ("A note about something else.", "not an addendum sheet"),
    ):
        with pytest.raises(InputError, match=why):
            read_addendum(Document("sheet.txt", damage), DAY)


def test_an_addendum_sheet_comes_back_from_word() -> None:
    sheet = addendum_sheet(matter_of(report_on("stimulator-trial.txt")))
    again = read_document(to_docx(sheet, draft=False), name="sheet.docx")
    with pytest.raises(InputError, match="no answer"):
        read_addendum(again)


def test_nothing_open_means_nothing_to_ask() -> None:
    with pytest.raises(UsageError, match="nothing is open"):
        addendum_sheet(matter_of(report_on(MET, stage="trial")))
