"""Writes the same notes in every format that praxigen reads, and compares the answers with those of the text.

    python -m benchmarks.formats [--notes FILE] [--most N] [--keep DIR]

FILE holds one JSON object with "id" and "text" on each line; by default the development notes of benchmarks/labelled.
Each note is written as PDF, DOCX, RTF, HTML, C-CDA, FHIR (an attachment and a Composition), HL7 v2, and as a fax and a
scan, read back, and asked the fourteen questions. The same notes always give the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import html
import json
import re
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from benchmarks import fax

from praxigen import Document, Request, read_document
from praxigen.documents import recognition
from praxigen.engine.evaluate import evaluate
from praxigen.evaluation.run import open_questions
from praxigen.reading.reader import read_facts

ROOT = Path(__file__).parents[1]
NOTES = ROOT / "benchmarks" / "labelled" / "development_notes.jsonl"
WIDE = 95  # characters of a line on paper
_HEADING = re.compile(r"^([A-Z][A-Z &/,'()-]{2,60}):[ \t]*")


def as_text(text: str) -> bytes:
    """The note as it is."""
    return text.encode()


def wrapped(line: str) -> Iterator[str]:
    """A line as a printer breaks it, at blanks only."""
    while len(line) > WIDE:
        at = line.rfind(" ", 0, WIDE)
        at = WIDE if at <= 0 else at
        yield line[:at]
        line = line[at:].lstrip()
    yield line


def as_pdf(text: str) -> bytes:
    """Letter paper, one column, as an EHR prints it, with a running header and page numbers."""
    from reportlab.lib.pagesizes import letter
    from reportlab.pdfgen.canvas import Canvas

    sheet = BytesIO()
    canvas = Canvas(sheet, pagesize=letter, invariant=1)
    lines = [piece for line in text.split("\n") for piece in wrapped(line.rstrip())]
    pages = [lines[at : at + 52] for at in range(0, len(lines), 52)]
    for number, page in enumerate(pages, 1):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, 760, "Printed from the chart of a made-up patient, record 000000")
        for row, line in enumerate(page):
            canvas.drawString(72, 735 - 12.5 * row, line.replace("\t", "    "))
        canvas.drawString(280, 40, f"Page {number} of {len(pages)}")
        canvas.showPage()
    canvas.save()
    return sheet.getvalue()


def as_docx(text: str) -> bytes:
    """A Word document with a paragraph for each line."""
    from docx import Document as Word

    word = Word()
    for line in text.split("\n"):
        word.add_paragraph(_xml_safe(line))
    out, fixed = BytesIO(), BytesIO()
    word.save(out)
    with ZipFile(out) as made, ZipFile(fixed, "w", ZIP_DEFLATED) as archive:
        for entry in made.infolist():  # without the time of its making
            archive.writestr(ZipInfo(entry.filename), made.read(entry), ZIP_DEFLATED)
    return fixed.getvalue()


def as_rtf(text: str) -> bytes:
    """RTF in the plain way of older word processors."""
    escaped = "".join(_rtf_letter(letter) for letter in text)
    return b"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs20 " + escaped.encode("ascii") + b"}"


def _rtf_letter(letter: str) -> str:
    if letter in "\\{}":
        return f"\\{letter}"
    if letter == "\n":
        return "\\par\n"
    if letter.isascii():
        return letter
    return "".join(f"\\u{int.from_bytes(unit, 'little', signed=True)}?" for unit in _utf16_units(letter))


def _utf16_units(letter: str) -> Iterator[bytes]:
    units = letter.encode("utf-16-le")
    return (units[at : at + 2] for at in range(0, len(units), 2))


def as_html(text: str) -> bytes:
    """A portal's print page: a paragraph for each paragraph, a break for each line."""
    body = "".join(f"<p>{'<br>'.join(map(html.escape, block))}</p>\n" for block in _blocks(text))
    head = '<head><meta charset="utf-8"><title>Chart</title></head>'
    return f"<!doctype html><html>{head}<body>{body}</body></html>".encode()


def as_ccda(text: str) -> bytes:
    """A clinical document with a section for each heading in capitals."""
    sections = "".join(
        f"<component><section>{f'<title>{_xml(title)}</title>' if title else ''}<text>"
        + "".join(f"<paragraph>{'<br/>'.join(map(_xml, block))}</paragraph>" for block in _blocks(told))
        + "</text></section></component>"
        for title, told in _sections(text)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3">'
        '<code code="11506-3" codeSystem="2.16.840.1.113883.6.1"/>'
        f"<component><structuredBody>{sections}</structuredBody></component></ClinicalDocument>"
    ).encode()


def as_fhir_reference(text: str) -> bytes:
    """A DocumentReference that carries the note as text."""
    attachment = {"contentType": "text/plain", "data": base64.b64encode(text.encode()).decode()}
    return json.dumps(
        {"resourceType": "DocumentReference", "status": "current", "content": [{"attachment": attachment}]}
    ).encode()


def as_fhir_composition(text: str) -> bytes:
    """A document bundle whose Composition has a section for each heading in capitals."""
    sections = []
    for title, told in _sections(text):
        div = "".join(f"<p>{'<br/>'.join(map(_xml, block))}</p>" for block in _blocks(told))
        narrative = {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{div}</div>'}
        sections.append({"title": title, "text": narrative} if title else {"text": narrative})
    composition = {"resourceType": "Composition", "status": "final", "section": sections}
    return json.dumps({"resourceType": "Bundle", "type": "document", "entry": [{"resource": composition}]}).encode()


def as_hl7v2(text: str) -> bytes:
    """An MDM message with a line of text in each OBX."""
    escapes = {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "~": "\\R\\", "&": "\\T\\"}
    segments = ["MSH|^~\\&|EHR|CLINIC|PRAXIGEN|CLINIC|20260720||MDM^T02|1|P|2.5.1", "TXA|1||TX"]
    for number, line in enumerate(text.split("\n"), 1):
        told = "".join(escapes.get(letter, letter) for letter in line)
        segments.append(f"OBX|{number}|TX|||{told}||||||F")
    return "\r".join([*segments, ""]).encode()


FORMATS: dict[str, Callable[[str], bytes]] = {
    "text": as_text,
    "pdf": as_pdf,
    "docx": as_docx,
    "rtf": as_rtf,
    "html": as_html,
    "c-cda": as_ccda,
    "fhir attachment": as_fhir_reference,
    "fhir composition": as_fhir_composition,
    "hl7 v2 mdm": as_hl7v2,
}


def as_fax(text: str) -> bytes:
    """The printed note as a fax server stores it: askew, speckled, black on white at 200 dpi."""
    return fax.as_fax(as_pdf(text), _seed(text))


def as_scan(text: str) -> bytes:
    """The same pages as pictures in a PDF."""
    return fax.as_scan(as_pdf(text), _seed(text))


def _seed(text: str) -> int:
    return zlib.crc32(text.encode())


# Read by recognition, which makes mistakes: the answers are the same in nearly all.
SCANS: dict[str, Callable[[str], bytes]] = {"fax (tiff)": as_fax, "scan (pdf)": as_scan}
LEAST_OF_SCANS = 0.95  # of the answers must be those of the text


def _sections(text: str) -> Iterator[tuple[str, str]]:
    title, told = "", []
    for line in text.split("\n"):
        found = _HEADING.match(line)
        if found is not None:
            if title or any(map(str.strip, told)):
                yield title, "\n".join(told)
            title, told = found[1], [line[found.end() :]]
        else:
            told.append(line)
    yield title, "\n".join(told)


def _blocks(text: str) -> Iterator[list[str]]:
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        if any(map(str.strip, lines)):
            yield lines


def _xml(text: str) -> str:
    return html.escape(_xml_safe(text))


def _xml_safe(text: str) -> str:
    return "".join(letter for letter in text if letter in "\t\n" or letter >= " ")


def answers(document: Document) -> dict[str, str]:
    """The answers to the fourteen questions."""
    facts, request = read_facts(document), Request(payer="none", codes=["00000"])
    return {
        name: evaluate(indication.criteria, facts, request).answer.value
        for name, indication in open_questions().indications.items()
    }


def compare(notes: list[tuple[str, str]], keep: Path | None = None) -> dict[str, list[tuple[str, str, str, str]]]:
    """For each format the answers that differ from those of the text: note, question, text's answer, the format's."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for form, write in (FORMATS | (SCANS if recognition.available() else {})).items():
        found[form] = []
        for name, text in notes:
            data = write(text)
            if keep is not None:
                (keep / f"{name}.{form.replace(' ', '-')}").write_bytes(data)
            expected, got = answers(read_document(as_text(text))), answers(read_document(data))
            found[form].extend(
                (name, each, expected[each], got[each]) for each in expected if expected[each] != got[each]
            )
    return found


def read_notes(path: Path) -> list[tuple[str, str]]:
    """The notes of a file, with their ids."""
    lines = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    return [(line["id"], line["text"]) for line in lines]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=Path, default=NOTES)
    parser.add_argument("--most", type=int, default=30, help="how many notes")
    parser.add_argument("--keep", type=Path, help="write the files here")
    options = parser.parse_args()
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
    notes = read_notes(options.notes)[: options.most]
    begun = time.perf_counter()
    differing = compare(notes, options.keep)
    asked = len(notes) * len(open_questions().indications)
    out = sys.stdout
    out.write(f"{len(notes)} notes, {asked} answers in each format, {time.perf_counter() - begun:.1f} s\n\n")
    out.write(f"{'format':<18}{'same answers':>14}{'other answers':>15}{'met here alone':>16}\n")
    for form, rows in differing.items():
        false = sum(got == "met" for _, _, _, got in rows)
        out.write(f"{form:<18}{asked - len(rows):>14}{len(rows):>15}{false:>16}\n")
    if not recognition.available():
        out.write('faxes were left out: the extra "ocr" is not installed\n')
    for form, rows in differing.items():
        for note, question, expected, got in rows:
            out.write(f"{form}: {note} {question}: {expected} as text, {got} here\n")


if __name__ == "__main__":
    main()
