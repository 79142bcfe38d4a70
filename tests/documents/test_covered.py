"""Text of a PDF that lies under an opaque area, or on a ground of its own color, is told and not used."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.colors import Color, black, white, yellow
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from praxigen import read_document
from praxigen.documents.ocr_options import Recognition
from praxigen.model.document import Document
from support import files

Draw = Callable[[Canvas], None]


def _read(*draw: Draw) -> Document:
    sheet = BytesIO()
    canvas = Canvas(sheet, pagesize=(612, 792), invariant=1)
    for step in draw:
        canvas.setFillColor(black)
        canvas.setFont("Helvetica", 10)
        step(canvas)
    canvas.save()
    return read_document(sheet.getvalue(), ocr=Recognition(on=False))


def _hidden(document: Document) -> str:
    return " ".join(document.text[span.start : span.end] for span in document.unused)


def _words(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "Failed physical therapy.")
    canvas.drawString(72, 680, "Strength 4/5.")


def _area(color: Color, y: float = 696, high: float = 14) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(color)
        canvas.rect(60, y, 300, high, stroke=0, fill=1)

    return draw


def _picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 20), "white")), 60, 690, 300, 30)


def _white_words(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    _words(canvas)


@pytest.mark.parametrize("color", [black, white, yellow])
def test_text_under_an_opaque_area_is_told_and_not_used(color: Color) -> None:
    document = _read(_words, _area(color))
    assert _hidden(document) == "Failed physical therapy."
    (warning,) = (each for each in document.warnings if "cannot see" in each)
    assert "covered" in warning


def test_shading_that_is_painted_before_the_text_hides_nothing() -> None:
    assert not _read(_area(yellow), _words).unused
    assert not _read(_area(Color(0.95, 0.95, 0.95)), _words).unused


def test_a_marker_that_lets_the_text_shine_through_hides_nothing() -> None:
    assert not _read(_words, _area(Color(1, 1, 0, alpha=0.4))).unused


@pytest.mark.parametrize(("y", "high"), [(698, 1), (702, 2)])
def test_a_line_under_or_through_the_text_hides_nothing(y: float, high: float) -> None:
    assert not _read(_words, _area(black, y, high)).unused


def test_an_outline_and_a_round_stamp_over_the_text_hide_nothing() -> None:
    document = _read(
        _words,
        lambda canvas: canvas.rect(60, 690, 300, 30, stroke=1, fill=0),
        lambda canvas: canvas.circle(150, 703, 12, stroke=0, fill=1),
    )
    assert not document.unused


def test_an_area_that_a_clip_keeps_off_the_text_hides_nothing() -> None:
    def clipped(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(400, 100, 50, 50)
        canvas.clipPath(path, stroke=0, fill=0)
        _area(black)(canvas)

    assert not _read(_words, clipped).unused


def test_what_was_typed_anew_over_a_white_area_is_read() -> None:
    document = _read(_words, _area(white), lambda canvas: canvas.drawString(72, 700, "No physical therapy."))
    assert _hidden(document) == "Failed physical therapy."
    assert "No physical therapy." in document.text


def test_white_text_is_read_on_a_dark_ground_alone() -> None:
    assert _hidden(_read(_white_words)).startswith("Failed")
    assert _hidden(_read(_area(black), _white_words)) == "Strength 4/5."


def test_text_on_a_ground_of_its_own_color_is_not_used() -> None:
    assert _hidden(_read(_area(black), _words)) == "Failed physical therapy."


def test_an_area_inside_a_form_covers_where_the_form_is_painted() -> None:
    def form(canvas: Canvas) -> None:
        canvas.beginForm("cover")
        canvas.setFillColor(black)
        canvas.rect(0, 0, 300, 14, stroke=0, fill=1)
        canvas.endForm()
        canvas.translate(60, 696)
        canvas.doForm("cover")

    assert _hidden(_read(_words, form)) == "Failed physical therapy."


def test_a_picture_over_the_text_is_compared_or_told() -> None:
    document = _read(_words, _picture)
    assert any("a picture lies over or under part of the text" in each for each in document.warnings)
    assert not _read(_picture, _words).warnings


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_is_covered_where_it_shows(rotation: int) -> None:
    words = b"BT /F 10 Tf 72 700 Td (Failed physical therapy.) Tj 0 -20 Td (Strength 4/5.) Tj ET "
    document = read_document(files.raw_pdf(words + b"60 696 300 14 re f", page=f"/Rotate {rotation}"))
    assert _hidden(document) == "Failed physical therapy."
