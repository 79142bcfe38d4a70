"""Each format as it is written, read as a person would read it."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path

import pytest
from benchmarks import formats

from praxigen import read_document
from praxigen.model.layout import Part
from support import files


@pytest.mark.parametrize("form", formats.FORMATS)
def test_every_word_of_a_note_arrives_in_order(form: str) -> None:
    document = read_document(formats.FORMATS[form](files.NOTE))
    words = document.text.split()
    expected = files.NOTE.split()
    at = 0
    for word in words:
        at += at < len(expected) and word == expected[at]
    assert at == len(expected)


KINDS = ("text", "pdf", "docx", "rtf", "html", "ccda", "text", "fhir", "hl7v2")  # an attachment is text in its turn


@pytest.mark.parametrize(("form", "kind"), [*zip(formats.FORMATS, KINDS, strict=True)])
def test_a_file_is_named_with_its_kind_and_the_hash_of_its_bytes(form: str, kind: str) -> None:
    document = read_document(formats.FORMATS[form](files.NOTE))
    assert document.files[-1].kind == kind
    assert len(document.files[-1].sha256) == 64


def test_a_pdf_has_pages_and_words_with_boxes() -> None:
    document = read_document(files.pdf("Left leg pain.\nStrength 4/5.", "Second page."))
    assert [(page.number, page.width, page.height) for page in document.pages] == [(1, 612, 792), (2, 612, 792)]
    assert document.text == "Left leg pain.\nStrength 4/5.\n\fSecond page.\n"
    assert [document.text[word.start : word.end] for word in document.words] == document.text.split()
    left, leg = document.words[:2]
    assert (left.left, leg.page) == (72, 0)
    assert 792 - 720 - 12 < left.top < 792 - 720 < left.bottom < 792 - 720 + 5
    assert left.right < leg.left
    assert document.words[-1].page == 1


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_boxes_are_those_of_the_page_as_it_is_shown(rotation: int) -> None:
    content = b"BT /F 10 Tf 72 720 Td (Left leg pain.) Tj ET"
    document = read_document(files.raw_pdf(content, page=f"/Rotate {rotation}"))
    (page,) = document.pages
    assert (page.width, page.height) == ((792, 612) if rotation != 180 else (612, 792))
    word = document.words[0]
    assert document.text[word.start : word.end] == "Left"
    assert 0 < word.left < word.right < page.width
    assert 0 < word.top < word.bottom < page.height
    # The word begins 72 points from the edge that the unturned page has at its left.
    edge = {90: word.top, 180: page.width - word.right, 270: page.height - word.bottom}[rotation]
    assert edge == pytest.approx(72, abs=0.2)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("matrix", ["1 0 0 1 72 700", "0 1 -1 0 100 72", "-1 0 0 -1 540 92", "0 -1 1 0 500 700"])
def test_lines_keep_their_order_however_page_and_text_are_turned(matrix: str, rotation: int) -> None:
    lines = ("Left leg pain since the fall of", "2025 and, for the last", "three weeks, every day.", "EXAM: EHL 2/5")
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    document = read_document(files.raw_pdf(f"BT /F 10 Tf {matrix} Tm {shown} ET".encode(), page=f"/Rotate {rotation}"))
    assert document.text.split() == " ".join(lines).split()
    assert not document.unused


def test_a_gap_on_the_page_is_a_blank_line() -> None:
    assert read_document(files.pdf("one\ntwo\n\nthree\nfour")).text == "one\ntwo\n\nthree\nfour\n"


def test_what_a_person_cannot_see_on_the_page_is_not_used() -> None:
    content = (
        b"BT /F 10 Tf 72 700 Td (Seen words.) Tj 1 1 1 rg 0 -20 Td (White words.) Tj ET "
        b"BT 3 Tr /F 10 Tf 72 600 Td (Ghost.) Tj ET"
    )
    document = read_document(files.raw_pdf(content))
    hidden = [document.text[span.start : span.end] for span in document.unused]
    assert hidden == ["White", "words.", "Ghost."]
    assert any("cannot see" in warning for warning in document.warnings)


def test_what_was_typed_into_a_form_is_read() -> None:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    sheet = BytesIO()
    canvas = Canvas(sheet, invariant=1)
    canvas.drawString(72, 720, "Pain for:")
    canvas.acroForm.textfield(name="f", value="eight months", x=150, y=710, width=200, height=20)
    canvas.save()
    assert "eight months" in read_document(sheet.getvalue()).text


def test_word_text_boxes_tables_and_lists_are_read_in_their_order() -> None:
    row = (
        "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    )
    body = (
        files.paragraph("Plan")
        + "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Physical</w:t></w:r><w:r><w:tab/><w:t>therapy</w:t></w:r></w:p>"
        + f"<w:tbl>{row.format('Strength', '4/5 EHL')}</w:tbl>"
        + f"<w:p><w:r><w:txbxContent>{files.paragraph('In a box')}</w:txbxContent></w:r></w:p>"
    )
    assert read_document(files.docx(body)).text == "Plan\n- Physical therapy\n\nStrength: 4/5 EHL\n\nIn a box\n"


def test_columns_of_a_word_file_stay_apart_on_their_line() -> None:
    tab = "<w:r><w:tab/></w:r>"

    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    body = (
        f"<w:p>{tab}{run('Patient: Imogen Tallis')}{tab}{tab}{run('Group: BERGEN-0417')}</w:p>"
        f"<w:p>{run('Patient:')}{tab}{run('Imogen Tallis ')}{tab}"
        f"{run(' DOB')}{run(':')}{tab}{run('11/02/1959')}{tab}</w:p>"
        f"<w:p>{run('Gabapentin')}{tab}{run('300 mg')}{tab}{run('no improvement')}</w:p>"
    )
    assert read_document(files.docx(body)).text == (
        "Patient: Imogen Tallis   Group: BERGEN-0417\n"
        "Patient: Imogen Tallis   DOB: 11/02/1959\n"
        "Gabapentin 300 mg no improvement\n"
    )


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["Patient name: Imogen Tallis", "DOB: 11/02/1959"], "Patient name: Imogen Tallis   DOB: 11/02/1959"),
        (["Patient name:", "Imogen Tallis", "DOB:", "11/02/1959"], "Patient name: Imogen Tallis   DOB: 11/02/1959"),
        (["Patient name:", "", "DOB:", "11/02/1959"], "Patient name:   DOB: 11/02/1959"),
        (["Patient name:", "DOB: 11/02/1959"], "Patient name:   DOB: 11/02/1959"),
        (["Member number:", "QC 88"], "Member number: QC 88"),
        (["Strength", "4/5 EHL"], "Strength: 4/5 EHL"),
        (["Drug: gabapentin", "300 mg", "three times a day"], "- Drug: gabapentin | 300 mg | three times a day"),
        (["Drug", "Dose", "Days"], "- Drug | Dose | Days"),
    ],
)
def test_a_row_of_a_form_is_read_as_its_fields_and_another_row_as_cells(cells: list[str], line: str) -> None:
    row = "".join(f"<w:tc>{files.paragraph(cell)}</w:tc>" for cell in cells)
    body = f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"
    assert read_document(files.docx(body)).text == f"{line}\n\n"


def test_deleted_and_hidden_words_of_a_word_file_are_left_out_and_told() -> None:
    body = (
        files.paragraph("Kept.")
        + "<w:p><w:del><w:r><w:delText>Deleted.</w:delText></w:r></w:del>"
        + "<w:ins><w:r><w:t>Inserted.</w:t></w:r></w:ins></w:p>"
        + files.paragraph("Hidden.", "<w:rPr><w:vanish/></w:rPr>")
    )
    document = read_document(files.docx(body))
    assert document.text.split() == ["Kept.", "Inserted."]
    assert len(document.warnings) == 2


def test_a_word_file_with_macros_is_read_and_they_are_not_run() -> None:
    document = read_document(files.docx(files.paragraph("Leg pain."), ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")))
    assert document.text == "Leg pain.\n"
    assert document.warnings == ("The document holds macros. They were not run.",)


def test_rtf_letters_beyond_ascii_and_tables() -> None:
    data = rb"{\rtf1\ansi\ansicpg1252 F\'fc\u223?e, 8/10\par\trowd Strength\cell 4/5\cell\row}"
    assert read_document(data).text.split("\n")[:2] == ["Füße, 8/10", "Strength: 4/5"]


def test_a_web_page_is_read_as_it_is_shown() -> None:
    page = (
        "<html><head><title>No</title><style>p{}</style></head><body><h2>Plan</h2>"
        "<p>Leg  pain<br>for <b>eight</b> months</p>"
        "<ul><li>one</li><li>two</li></ul><p style='display: none'>hidden</p><script>alert(1)</script>"
        "<table><tr><th>Drug</th><th>Dose</th><th>Effect</th></tr>"
        "<tr><td>Gabapentin</td><td>300 mg</td><td>none</td></tr></table>"
    )
    document = read_document(page.encode())
    assert document.text == (
        "Plan\n\nLeg pain\nfor eight months\n\n- one\n- two\n\n- Drug | Dose | Effect\n- Gabapentin | 300 mg | none\n\n"
    )
    assert len(document.warnings) == 1


HEAD = (
    '<code code="18748-4"/><title>MRI lumbar spine</title><effectiveTime value="20260701"/>'
    "<author><assignedAuthor><assignedPerson><name><given>Ada</given><family>Reed</family></name></assignedPerson>"
    "</assignedAuthor></author>"
)


def test_c_cda_gives_sections_date_kind_and_author() -> None:
    data = files.ccda(files.section("Findings", "<paragraph>Disc extrusion.</paragraph>"), head=HEAD)
    document = read_document(data)
    assert document.text == "MRI lumbar spine\n\nFindings:\nDisc extrusion.\n\n"
    assert document.parts == (Part("imaging", 0, len(document.text), date(2026, 7, 1), "Ada Reed", "MRI lumbar spine"),)


def test_the_day_of_the_encounter_comes_before_the_day_of_writing() -> None:
    head = (
        '<effectiveTime value="20260901"/><componentOf><encompassingEncounter><effectiveTime><low value="20260715"/>'
        "</effectiveTime></encompassingEncounter></componentOf>"
    )
    (part,) = read_document(files.ccda(files.section("HPI", "Leg pain."), head=head)).parts
    assert part.date == date(2026, 7, 15)


def test_a_file_inside_c_cda_is_read_with_the_date_of_the_outer_one() -> None:
    held = base64.b64encode(files.pdf("Left leg pain.")).decode()
    body = f'<nonXMLBody><text mediaType="application/pdf" representation="B64">{held}</text></nonXMLBody>'
    document = read_document(files.ccda("", head=HEAD, body=body))
    assert document.text == "Left leg pain.\n"
    assert document.files[-1].kind == "pdf"
    assert (document.parts[0].kind, document.parts[0].date) == ("imaging", date(2026, 7, 1))


def test_fhir_references_reports_and_compositions_of_a_bundle() -> None:
    report = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "code": {"text": "MRI lumbar spine"},
        "effectiveDateTime": "2026-06-30T10:00:00Z",
        "conclusion": "Disc extrusion at L4-L5.",
        "performer": [{"display": "Ada Reed, MD"}],
    }
    composition = {
        "resourceType": "Composition",
        "status": "final",
        "title": "Follow-up visit",
        "date": "2026-07-20",
        "section": [{"title": "Plan", "text": {"div": "<div><p>Laminectomy</p></div>"}}],
    }
    note = files.reference(b"Physical therapy for six weeks.", description="Therapy note", date="2026-05-01T00:00:00Z")
    document = read_document(files.bundle(report, composition, note, {"resourceType": "Patient"}))
    assert [(part.kind, part.date) for part in document.parts] == [
        ("imaging", date(2026, 6, 30)),
        ("visit", date(2026, 7, 20)),
        ("therapy", date(2026, 5, 1)),
    ]
    assert document.parts[0].author == "Ada Reed, MD"
    assert "Conclusion: Disc extrusion at L4-L5." in document.text
    assert "Plan:\nLaminectomy" in document.text
    assert document.warnings == ()


def test_fhir_fetches_nothing_and_withdrawn_documents_are_named() -> None:
    address = {
        "resourceType": "DocumentReference",
        "status": "current",
        "content": [{"attachment": {"url": "https://example.org/1"}}],
    }
    gone = files.reference(b"Wrong.", description="Old note") | {"status": "entered-in-error"}
    document = read_document(files.bundle(address, gone, files.reference(b"Leg pain."), {"resourceType": "Condition"}))
    assert document.text.strip() == "Leg pain."
    assert [unread.reason for unread in document.unread] == [
        "attachment is only an address; nothing is fetched from a server",
        "Old note: its sender withdrew it (status entered-in-error)",
    ]
    assert any("Condition 1" in warning for warning in document.warnings)


def test_hl7_text_escapes_and_the_head_of_the_note() -> None:
    document = read_document(files.mdm("Leg pain \\T\\ weakness\\.br\\8/10", "BP 120\\F\\80"))
    assert document.text == "Leg pain & weakness\n8/10\nBP 120|80\n"
    assert document.parts == (Part("visit", 0, len(document.text), date(2026, 7, 20), "Elena Moreno", "11506-3"),)


def test_an_unsigned_hl7_note_says_so() -> None:
    document = read_document(files.mdm("Leg pain", txa="TXA|1|PN|TX|20260720|||||||||||||IP"))
    assert document.warnings == ("Message 1 is not authenticated (TXA-17 is IP): a draft, not signed.",)


def test_an_hl7_result_has_names_values_and_a_file() -> None:
    held = base64.b64encode(files.pdf("Scanned letter.")).decode()
    message = "\r".join(
        [
            "MSH|^~\\&|LAB|A|B|C|20260721||ORU^R01|1|P|2.5.1",
            "OBR|1|||24558-9^MRI lumbar spine|||20260630",
            "OBX|1|NM|4548-4^Hemoglobin A1c||6.1|%|||||F",
            "OBX|2|ST|X^Old||99||||||X",
            f"OBX|3|ED|PDF^Letter||^application^pdf^Base64^{held}||||||F",
        ]
    )
    document = read_document(message.encode())
    assert document.text.split("\n")[:2] == ["MRI lumbar spine", "Hemoglobin A1c: 6.1 %"]
    assert "Scanned letter." in document.text
    assert {part.date for part in document.parts} == {date(2026, 6, 30)}
    assert [unread.reason for unread in document.unread] == [
        "message 1: an observation was withdrawn by its sender (OBX-11 is X)"
    ]


@pytest.mark.parametrize("form", formats.FORMATS)
def test_the_kind_is_told_by_content_and_not_by_name(form: str, tmp_path: Path) -> None:
    path = tmp_path / "note.exe"
    path.write_bytes(formats.FORMATS[form](files.NOTE))
    assert "eight months" in read_document(path).text


def test_json_that_is_no_fhir_is_text() -> None:
    assert read_document(json.dumps({"note": "Leg pain"}).encode()).files[0].kind == "text"
