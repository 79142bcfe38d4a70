"""Evidence where it stands: highlights and bookmarks in a copy of the chart, boxes on pictures of its pages."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from benchmarks import fax, formats
from PIL import Image

from praxigen import Library, Request, check, read_document
from praxigen.cli.main import run
from praxigen.documents import recognition
from praxigen.documents.marking import page_pictures
from praxigen.exports.html_report import evidence_pages, to_html
from praxigen.exports.marked_pdf import to_pdf
from praxigen.exports.outline import outline
from praxigen.model.report import Report
from support import files

TEXT = (Path(__file__).parents[2] / "examples" / "lumbar-laminectomy.txt").read_text("utf-8")
ASK = Request("qualcare", ["63047"], date="2026-08-03")
WORDS = "He is unable to stand at the sink to cook."
with_ocr = pytest.mark.skipif(not recognition.available(), reason='the extra "ocr" is not installed')


def report(data: bytes, name: str = "chart.pdf") -> Report:
    return check(read_document(data, name), ASK, Library.open())


def turned(data: bytes, degrees: int) -> bytes:
    """The same pages as a scanner that feeds them otherwise: their content turned, and turned back to be read."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.rotate(degrees, relative=True)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def two_columns(text: str) -> bytes:
    """The text in two columns, the left one first."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    canvas.setFont("Helvetica", 8)
    lines = [part for line in text.split("\n") for part in _narrow(line)]
    half = (len(lines) + 1) // 2
    for column, here in enumerate((lines[:half], lines[half:])):
        for row, line in enumerate(here):
            canvas.drawString(40 + 275 * column, 740 - 11 * row, line)
    canvas.save()
    return out.getvalue()


def _narrow(line: str) -> list[str]:
    found = [""]
    for word in line.split():
        if len(found[-1]) + len(word) > 55:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    return found


def highlighted(copy: bytes, says: str) -> list[str]:
    """The words under the highlights whose note holds `says`, as another program reads them from the copy."""
    found = []
    with pikepdf.open(BytesIO(copy)) as pdf:
        drawn = pypdfium2.PdfDocument(copy)
        for index, page in enumerate(pdf.pages):
            text = drawn[index].get_textpage()
            for annotation in page.obj.get("/Annots", ()):
                if annotation.get("/Subtype") != "/Highlight" or says not in str(annotation.Contents):
                    continue
                points = [float(each) for each in annotation.QuadPoints]
                told = []
                for at in range(0, len(points), 8):
                    xs, ys = points[at : at + 8 : 2], points[at + 1 : at + 8 : 2]
                    told.append(text.get_text_bounded(min(xs), min(ys), max(xs), max(ys)).strip())
                found.append(" ".join(" ".join(told).split()))
    return found


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(formats.as_pdf(TEXT), id="pdf"),
        pytest.param(turned(formats.as_pdf(TEXT), 90), id="turned 90"),
        pytest.param(turned(formats.as_pdf(TEXT), 180), id="turned 180"),
        pytest.param(turned(formats.as_pdf(TEXT), 270), id="turned 270"),
        pytest.param(two_columns(TEXT), id="two columns"),
        pytest.param(TEXT.encode(), id="text"),
        pytest.param(formats.as_docx(TEXT), id="word"),
        pytest.param(formats.as_ccda(TEXT), id="c-cda"),
    ],
)
def test_the_highlight_lies_on_the_words_of_the_quote(data: bytes) -> None:
    found = report(data)
    copy = to_pdf(found)
    assert highlighted(copy, "limit") == [WORDS]
    assert to_pdf(found) == copy


def test_the_copy_begins_with_the_checklist_and_has_a_bookmark_for_each_criterion() -> None:
    found = report(formats.as_pdf(TEXT))
    drawn = pypdfium2.PdfDocument(to_pdf(found))
    first = drawn[0].get_textpage().get_text_range()
    assert found.requirement.title in first
    assert "NOT DOCUMENTED" in first
    titles = [mark.get_title() for mark in drawn.get_toc(max_depth=30)]
    rows = sum(1 for root in outline(found) if root for _ in root.walk())
    assert titles[0] == "Checklist"
    assert len(titles) == rows + 1
    original = pypdfium2.PdfDocument(formats.as_pdf(TEXT))
    last = drawn[len(drawn) - 1].get_textpage().get_text_range()
    assert last == original[0].get_textpage().get_text_range()


def test_scripts_and_actions_of_the_original_stay_behind() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(formats.as_pdf(TEXT))) as pdf:
        act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = act
        pdf.pages[0].obj.AA = pikepdf.Dictionary(O=act)
        link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]), A=act)
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])
        pdf.save(out)
    copy = to_pdf(report(out.getvalue()))
    with pikepdf.open(BytesIO(copy)) as pdf:
        assert b"JavaScript" not in b"".join(each.unparse() for each in pdf.objects if hasattr(each, "unparse"))


def test_an_encrypted_original_is_opened_with_its_password() -> None:
    data = files.pdf(TEXT.replace("\n\n", "\n")[:1500], password="open")
    found = check(read_document(data, "chart.pdf", password="open"), ASK, Library.open())
    assert to_pdf(found, password="open").startswith(b"%PDF")


@with_ocr
def test_a_fax_is_marked_on_its_own_picture() -> None:
    found = report(fax.as_fax(formats.as_pdf(TEXT), 3), "fax.tif")
    copy = to_pdf(found)
    with pikepdf.open(BytesIO(copy)) as pdf:
        sheet = pdf.pages[-1]
        (mark,) = [each for each in sheet.obj.Annots if "limit" in str(each.Contents)]
        left, bottom, right, top = (float(edge) for edge in mark.Rect)
    drawn = pypdfium2.PdfDocument(copy)
    page = drawn[len(drawn) - 1]
    picture = page.render(scale=200 / 72, grayscale=True).to_pil()
    high = page.get_height()
    spot = picture.crop(tuple(round(each * 200 / 72) for each in (left, high - top, right, high - bottom)))
    ink = sum(spot.histogram()[:100]) / (spot.width * spot.height)
    assert 0.03 < ink < 0.5  # letters stand under the mark


def test_the_web_page_shows_the_evidence_on_its_page() -> None:
    found = report(formats.as_pdf(TEXT))
    pages = evidence_pages(found)
    pictures = page_pictures(found.document, pages)
    assert set(pictures) == set(pages) == {0}
    with Image.open(BytesIO(pictures[0])) as picture:
        assert picture.size == (935, 1210)
    shown = to_html(found, "QualCare", pictures)
    assert shown == to_html(found, "QualCare", page_pictures(found.document, pages))
    assert shown.count('href="data:image/png;base64,') == 1
    box = re.search(r'<a href="#(c[^"]+)"[^>]*><rect class="box shows" id="p(q\d+)"', shown)
    assert box is not None
    assert f'id="{box[1]}"' in shown
    assert f'href="#{box[2]}"' in shown
    assert '<rect class="box' not in to_html(found, "QualCare")


def test_the_command_writes_the_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chart, copy = tmp_path / "chart.pdf", tmp_path / "copy.pdf"
    chart.write_bytes(formats.as_pdf(TEXT))
    ask = ["check", str(chart), "--payer", "qualcare", "--code", "63047", "--date-of-service", "2026-08-03"]
    assert run([*ask, "--output", str(copy)]) == 1
    assert copy.read_bytes().startswith(b"%PDF")
    assert run([*ask, "--output", str(tmp_path / "page.html")]) == 1
    assert "data:image/png" in (tmp_path / "page.html").read_text("utf-8")
    capsys.readouterr()


def test_the_web_page_counts_lines_within_their_page_as_the_other_reports_do() -> None:
    first = "\n".join(f"Line {number} of the first page." for number in range(1, 9))
    made = report(files.pdf(first, "SECOND PAGE\nLow back pain.\nLeft leg pain for eight months, worse with walking."))
    page = to_html(made)
    numbers = re.findall(r'<div class="line[^"]*" data-n="(\d+)"[^>]*><span>(.*?)</span></div>', page)
    plain = [(int(number), re.sub("<[^>]+>", "", told)) for number, told in numbers]
    assert [number for number, told in plain if "Line 8 of the first page." in told] == [8]
    (at,) = (number for number, told in plain if "Left leg pain for eight months" in told)
    assert at == made.document.place(made.document.text.index("Left leg pain")).line == 3
    cited = {int(line) for line in re.findall(r"page 2, line&nbsp;(\d+)", page)}
    assert cited
    assert cited <= {1, 2, 3}
