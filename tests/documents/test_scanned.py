"""Scanned pages: what is recognized, how sure it is, and what becomes of pages that cannot be read."""

from __future__ import annotations

import json
import os
import stat
import struct
import threading
import time
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from benchmarks import fax, formats
from PIL import Image, ImageDraw

from praxigen import Library, Request, check
from praxigen.cli.main import run
from praxigen.documents import Recognition, read_chart, read_document, recognition
from praxigen.errors import InputError
from praxigen.exports.json_report import to_dict
from praxigen.model.document import Document
from support import files

with_ocr = pytest.mark.skipif(not recognition.available(), reason='the extra "ocr" is not installed')
NAME, NOTE = formats.read_notes(formats.NOTES)[1]
PAPER = formats.as_pdf(NOTE)
LINES = "PAIN CLINIC VISIT\nLeft leg pain for eight months.\nPhysical therapy for 12 weeks, no relief.\nStrength 4/5."


def png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def page(text: str = LINES, turn: int = 0) -> bytes:
    (sheet,) = fax.fax_pages(files.pdf(text), seed=4)
    return png(sheet.convert("L").rotate(turn, expand=True))


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_document(data)
    return caught.value.message


@pytest.fixture(scope="module")
def faxed() -> Document:
    return read_document(fax.as_fax(PAPER, 2), "fax.tif")


@with_ocr
def test_a_fax_gives_nearly_the_answers_of_its_text(faxed: Document) -> None:
    expected, got = formats.answers(read_document(NOTE.encode())), formats.answers(faxed)
    assert sum(expected[each] == got[each] for each in expected) >= len(expected) - 1


@with_ocr
def test_each_word_has_its_box_and_how_sure_it_is(faxed: Document) -> None:
    assert len(faxed.words) > 100
    assert all(word.confidence is not None and 0 <= word.confidence <= 1 for word in faxed.words)
    (sheet,) = faxed.pages
    assert (round(sheet.width), round(sheet.height)) == (612, 792)
    printed = read_document(PAPER)
    for told in ("gabapentin,", "tramadol,", "Imaging"):
        places = [
            next(w for w in document.words if document.text[w.start : w.end] == told)
            for document in (faxed, printed)
            if told in document.text
        ]
        if len(places) == 2:
            assert abs(places[0].left - places[1].left) < 12
            assert abs(places[0].top - places[1].top) < 16


@with_ocr
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_lies_on_its_side_is_turned(turn: int) -> None:
    document = read_document(page(turn=turn))
    assert "Physical therapy for 12 weeks" in document.text
    word = next(w for w in document.words if document.text[w.start : w.end] == "Physical")
    sheet = document.pages[0]
    x, y = (word.left + word.right) / 2 / sheet.width, (word.top + word.bottom) / 2 / sheet.height
    upright = {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[turn]
    assert upright[0] < 0.25
    assert upright[1] < 0.25


@with_ocr
def test_scanned_and_printed_pages_stand_in_their_order() -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    sheet = BytesIO()
    canvas = Canvas(sheet, pagesize=(612, 792), invariant=1)
    canvas.drawString(72, 720, "First page, as printed.")
    canvas.showPage()
    canvas.drawImage(ImageReader(BytesIO(page())), 0, 0, 612, 792)
    canvas.showPage()
    canvas.drawString(72, 720, "Third page, as printed.")
    canvas.save()
    document = read_document(sheet.getvalue())
    assert [each.number for each in document.pages] == [1, 2, 3]
    assert document.text.index("First") < document.text.index("eight months") < document.text.index("Third")
    for word in document.words:
        assert document.text[word.start : word.end].strip() == document.text[word.start : word.end] != ""
        assert document.pages[word.page].start <= word.start < document.pages[word.page].end
    assert {word.page for word in document.words if word.confidence is not None} == {1}


@with_ocr
def test_a_blank_page_and_a_scrawl_are_named_and_the_rest_is_read() -> None:
    scrawl = Image.new("L", (1700, 2200), 255)
    pen = ImageDraw.Draw(scrawl)
    for row in range(12):
        points = [(150 + 12 * x, 200 + 150 * row + ((x * 37 + row * 53) % 41) * 2 - 40) for x in range(110)]
        pen.line(points, fill=0, width=4, joint="curve")
    document = read_chart([page(), png(scrawl), png(Image.new("L", (1700, 2200), 255))], "chart")
    assert "eight months" in document.text
    reasons = [each.reason for each in document.unread]
    assert reasons[0].startswith("its words could not be recognized (handwriting")
    assert reasons[1] == "nothing stands on it that could be words"


def layered(text: str, layer: str) -> bytes:
    """A scanned page with a text layer that some program put under its picture."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    sheet = BytesIO()
    canvas = Canvas(sheet, pagesize=(612, 792), invariant=1)
    canvas.drawImage(ImageReader(BytesIO(page(text))), 0, 0, 612, 792)
    for row, line in enumerate(layer.split("\n")):
        told = canvas.beginText(72, 720 - 14 * row)
        told.setFont("Helvetica", 10)
        told.setTextRenderMode(3)
        told.textOut(line)
        canvas.drawText(told)
    canvas.save()
    return sheet.getvalue()


@with_ocr
def test_a_layer_that_says_what_the_picture_says_is_used() -> None:
    document = read_document(layered(LINES, LINES))
    assert "Physical therapy for 12 weeks" in document.text
    assert not document.unused
    assert not any("not on the picture" in warning for warning in document.warnings)


@with_ocr
def test_a_line_of_the_layer_that_is_not_on_the_picture_is_no_evidence() -> None:
    told = f"{LINES}\nThe patient completed six months of conservative care."
    document = read_document(layered(LINES, told))
    (span,) = document.unused
    assert document.text[span.start : span.end] == "The patient completed six months of conservative care."
    assert span.why == "hidden"
    assert any("holds words that are not on the picture" in warning for warning in document.warnings)


@with_ocr
def test_a_number_of_the_layer_that_the_picture_shows_otherwise_is_doubted() -> None:
    document = read_document(layered(LINES, LINES.replace("12 weeks", "72 weeks")))
    start = document.text.index("72")
    assert document.unsure(start, start + 8) == ("72",)


@with_ocr
def test_an_answer_that_rests_on_doubtful_words_says_so() -> None:
    document = read_document(layered(LINES, LINES.replace("12 weeks", "72 weeks")))
    report = check(document, Request("qualcare", ["63047"], date="2026-08-03"), Library.open())
    rests = [
        quote
        for determination in to_dict(report)["criteria"]
        for quote in _quotes(determination)
        if "72 weeks" in quote["text"]
    ]
    assert rests
    assert all(quote["unsure"] == ["72"] and quote["confidence"] < 0.8 for quote in rests)
    assert any("low confidence" in warning and "72" in warning for warning in report.warnings)
    from praxigen.exports.html_report import to_html
    from praxigen.exports.text import to_text

    for shown in (to_text(report), to_html(report)):
        assert "not sure of: 72" in " ".join(shown.split())


def _quotes(criterion: dict[str, object]) -> list[dict[str, object]]:
    found = list(criterion["quotes"])  # type: ignore[call-overload]
    for child in criterion["children"]:  # type: ignore[attr-defined]
        found += _quotes(child)
    return found


@with_ocr
def test_recognized_pages_are_kept_for_this_user_alone_and_only_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = tmp_path / "Jane Doe.png"
    path.write_bytes(page())
    ask = ["read", str(path)]
    assert run(ask) == 0
    assert not (tmp_path / "praxigen").exists()
    assert run([*ask, "--ocr-cache"]) == 0
    (kept,) = (tmp_path / "praxigen" / "ocr").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert "Jane" not in kept.name
    first = read_document(path, ocr=Recognition(cache=kept.parent))
    monkeypatch.setattr(recognition, "_one_child", lambda *_: pytest.fail("read again"))
    assert read_document(path, ocr=Recognition(cache=kept.parent)).text == first.text


@with_ocr
def test_a_damaged_cache_is_read_past(tmp_path: Path) -> None:
    how = Recognition(cache=tmp_path)
    first = read_document(page(), ocr=how)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"\x00" * 20)
    assert read_document(page(), ocr=how).text == first.text


@with_ocr
def test_the_bars_of_a_table_are_kept_and_the_pronoun_is_no_bar() -> None:
    rows = "| Item | Finding | Source |\n| PT | 16 visits, no benefit | letter |\n| Rx | inadequate | history |"
    scan = fax.as_fax(formats.as_pdf(f"I saw the patient today.\n\n{rows}\n\nThen I ordered the study.\n"), 3)
    lines = [line for line in read_document(scan).text.split("\n") if line]
    assert "| PT | 16 visits, no benefit | letter |" in lines
    assert "| Rx | inadequate | history |" in lines
    assert "I saw the patient today." in lines
    assert "Then I ordered the study." in lines


@with_ocr
@pytest.mark.parametrize("askew", [-3.2, -0.7, 0.0, 1.3, 3.6])
def test_how_far_a_page_is_askew_is_told_to_a_fifth_of_a_degree(askew: float) -> None:
    import pypdfium2

    from praxigen.documents.formats.clean import skew

    sheet = pypdfium2.PdfDocument(PAPER)[0].render(scale=200 / 72, grayscale=True).to_pil()
    assert abs(skew(sheet.rotate(-askew, Image.Resampling.BILINEAR, fillcolor=255)) - askew) <= 0.2


@with_ocr
def test_each_page_is_told_as_it_is_done() -> None:
    told: list[tuple[int, int]] = []
    read_chart([page(), page("Another page.")], ocr=Recognition(progress=lambda *now: told.append(now)))
    assert told == [(0, 2), (1, 2), (2, 2)]


@with_ocr
def test_an_interruption_ends_the_children() -> None:
    scan = recognition.Scan("picture", fax.as_fax(formats.as_pdf("\n\n".join([NOTE] * 30))), tuple(range(1, 9)))

    def interrupted(done: int, total: int) -> None:
        del total
        if done == 1:
            raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        recognition.recognize([scan], Recognition(progress=interrupted, workers=2))
    assert time.monotonic() - begun < 20
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ThreadPoolExecutor")]


@pytest.mark.parametrize("data", [PAPER, page()], ids=["pdf", "png"])
def test_without_the_engine_one_line_says_what_is_missing(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "available", lambda: False)
    scan = fax.as_scan(data, 1) if data is PAPER else data
    document = read_chart([scan, b"Leg pain."], "chart")
    (unread,) = document.unread
    assert unread.reason.endswith(recognition.MISSING)
    assert 'pip install "praxigen[ocr]"' in unread.reason
    assert "Leg pain." in document.text


# Hostile pictures.


def _png_of(wide: int, high: int, data: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_picture_of_two_hundred_megapixels_is_refused_before_it_is_unpacked() -> None:
    bomb = _png_of(20_000, 10_000, zlib.compress(b"\0" * 20_001 * 1_000, 9))
    begun = time.monotonic()
    assert refused(bomb) == "the note is a picture of 200 megapixels, and at most 40 are read"
    assert time.monotonic() - begun < 5


def test_a_picture_that_claims_the_largest_size_is_refused() -> None:
    assert "megapixels, and at most 40 are read" in refused(_png_of(2**31 - 1, 2**31 - 1))


@with_ocr
def test_a_png_that_inflates_to_more_than_it_says_is_refused_or_read_in_little_memory() -> None:
    bomb = _png_of(600, 600, zlib.compress(b"\0" * 200_000_000, 9))
    assert "the note" in refused(bomb)


def test_a_tiff_of_a_thousand_pages_and_one_that_goes_in_a_circle_are_bounded() -> None:
    sheets = [Image.new("1", (32, 32), 1) for _ in range(600)]
    out = BytesIO()
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:])
    document = read_chart([out.getvalue(), b"Leg pain."], "chart", ocr=Recognition(on=False))
    assert sum(each.page is not None for each in document.unread) == 500
    assert document.unread[-1].reason == "only the first 500 pages of a file are read; split it"


def test_a_tiff_with_one_huge_page_names_that_page() -> None:
    small, huge = BytesIO(), Image.new("1", (20_000, 10_000), 1)
    Image.new("1", (100, 100), 1).save(small, "TIFF", save_all=True, append_images=[huge], compression="group4")
    document = read_chart([small.getvalue(), b"Leg pain."], "chart", ocr=Recognition(on=False))
    assert document.unread[1].page == 2
    assert document.unread[1].reason == "it is a picture of 200 megapixels, and at most 40 are read"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_cut_off_picture_is_one_clear_line(kind: str) -> None:
    out = BytesIO()
    Image.effect_noise((900, 900), 50).save(out, kind)
    message = refused(out.getvalue()[: len(out.getvalue()) // 2])
    assert message.startswith("the note")
    assert "\n" not in message
    if recognition.available():
        assert "damaged" in message


@with_ocr
def test_a_page_without_a_size_is_named() -> None:
    broken = files.raw_pdf(b"0 0 m 100 100 l S", page="/MediaBox[0 0 0 0]")
    assert "\n" not in refused(broken)


def test_two_scans_of_one_picture_give_the_same_report() -> None:
    if not recognition.available():
        pytest.skip('the extra "ocr" is not installed')
    ask = Request("qualcare", ["63047"], date="2026-08-03")
    reports = [json.dumps(to_dict(check(read_document(page()), ask, Library.open()))) for _ in range(2)]
    assert reports[0] == reports[1]
    assert os.environ.get("OMP_THREAD_LIMIT") != "1"  # the limit holds for the children, not for who calls us


@with_ocr
def test_a_fax_of_standard_resolution_is_read_as_it_looks() -> None:
    (sheet,) = fax.fax_pages(files.pdf(LINES), seed=4)
    out = BytesIO()
    coarse = sheet.convert("L").resize((round(sheet.width * 1.02), round(sheet.height * 0.49)), Image.Resampling.BOX)
    coarse.save(out, "TIFF", dpi=(204, 98))
    document = read_document(out.getvalue())
    assert "Physical therapy for 12 weeks" in document.text
    assert (round(document.pages[0].width), round(document.pages[0].height)) == (612, 792)


@with_ocr
def test_scans_in_a_pdf_are_read_at_the_resolution_that_they_have() -> None:
    from praxigen.documents.formats.ocr import page_picture

    scan, _, _ = page_picture("pdf", fax.as_scan(files.pdf(LINES), 4), 1, None)
    drawn, _, _ = page_picture("pdf", files.pdf(LINES), 1, None)
    assert scan.width == 200 * 8.5
    assert drawn.width == 300 * 8.5
