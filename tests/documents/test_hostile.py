"""Broken files, and files made to do harm: each ends in one clear line, and the rest of the chart is read."""

from __future__ import annotations

import base64
import json
import struct
import time
import zlib
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest

from praxigen import read_document
from praxigen.documents import Recognition, read_chart
from praxigen.documents.formats.pdf import MOST_PAGES
from praxigen.documents.recognition import OFF
from praxigen.errors import InputError
from support import files


def refused(data: bytes, password: str | None = None) -> str:
    """The message with which a file is refused; and the same file beside a note leaves the note readable."""
    with pytest.raises(InputError) as caught:
        read_document(data, password=password)
    assert caught.value.exit_code == 3
    assert caught.value.hint
    assert "\n" not in caught.value.message
    return caught.value.message


def outcome(data: bytes) -> str:
    """The text of a file, or the message with which it is refused."""
    try:
        return read_document(data).text
    except InputError as error:
        return str(error)


def test_an_encrypted_pdf_asks_for_its_password() -> None:
    data = files.pdf("Leg pain.", password="open sesame")
    assert refused(data) == "the note cannot be opened: it is encrypted and no password was given"
    assert refused(data, "wrong") == "the note cannot be opened: the password does not open it"
    assert read_document(data, password="open sesame").text == "Leg pain.\n"


def test_a_pdf_that_breaks_off_is_refused_or_read_as_far_as_it_goes() -> None:
    whole = files.pdf("Leg pain.", "Second page.")
    for share in (0.1, 0.5, 0.9):
        told = outcome(whole[: int(len(whole) * share)])
        assert told in ("Leg pain.\n", "Leg pain.\n\fSecond page.\n") or "damaged or cut off PDF" in told


def test_a_pdf_without_pages_says_so() -> None:
    assert refused(files.raw_pdf(b"", count=0)) == "the note is a PDF without pages"


def test_of_too_many_pages_the_first_are_read_and_the_others_named() -> None:
    data = files.pdf(*(f"Page {number}: leg pain." for number in range(1, 1001)))
    document = read_document(data)
    assert len(document.pages) == MOST_PAGES == 500
    assert [unread.page for unread in document.unread] == list(range(501, 1001))
    assert "pages of a file are read; split it" in document.unread[0].reason
    assert document.warnings == (
        "note, pages 501 to 1000: not read: only the first 500 pages of a file are read; split it.",
    )


def test_a_small_pdf_that_inflates_to_gigabytes_is_refused_in_time() -> None:
    bomb = zlib.compress(zlib.compress(b"q Q " * (300 * 1024 * 1024 // 4), 9), 9)
    data = files.raw_pdf(bomb).replace(b"/Length", b"/Filter[/FlateDecode/FlateDecode]/Length")
    assert len(data) < 4000
    begun = time.monotonic()
    message = refused(data)
    assert time.monotonic() - begun < 40
    assert "needs more than 512 MB" in message or "seconds" in message or "crashed" in message


def test_scanned_pages_are_named_and_the_others_read() -> None:
    document = read_document(files.drawn_pdf(3, written={2: "Leg pain for eight months."}), ocr=Recognition(on=False))
    assert document.text == "Leg pain for eight months.\n"
    assert [page.number for page in document.pages] == [2]
    assert [(unread.page, unread.reason) for unread in document.unread] == [
        (1, f"it has no text layer, only a picture; {OFF}"),
        (3, f"it has no text layer, only a picture; {OFF}"),
    ]
    assert document.warnings == (f"note, pages 1, 3: not read: it has no text layer, only a picture; {OFF}.",)


def test_a_scanned_file_alone_is_refused_with_the_reason() -> None:
    with pytest.raises(InputError) as caught:
        read_document(files.drawn_pdf(2), ocr=Recognition(on=False))
    assert caught.value.message == (
        f"the note: none of its 2 pages could be read: page 1: it has no text layer, only a picture; {OFF}"
    )


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = files.packed(("note.txt", b"\0" * (50 * 1024 * 1024)))
    assert len(data) < 100_000
    assert refused(data) == "the note inflates to far more than it is: a ZIP bomb, or no chart"


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    data = bytearray(files.packed(("note.txt", b"pain " * 1000)))
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)  # the size in the directory
    assert refused(bytes(data)) == "the note: it could not be read: note.txt is damaged inside its ZIP file"


def test_a_word_file_that_is_a_bomb_is_refused() -> None:
    data = files.docx(files.paragraph("a") + " " * (30 * 1024 * 1024))
    assert "inflates to far more than it is" in refused(data)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\boot.ini", "C:\\boot.ini"])
def test_names_that_lead_out_of_a_zip_are_not_followed(name: str) -> None:
    document = read_document(files.packed((name, b"Gone."), ("note.txt", b"Leg pain.")))
    assert document.text == "Leg pain."
    (unread,) = document.unread
    assert "leads out of the ZIP file" in unread.reason


def test_a_zip_of_nothing_but_files_that_lead_out_is_refused_as_files() -> None:
    with pytest.raises(InputError) as caught:
        read_document(files.packed(("../one.txt", b"Gone."), ("/two.txt", b"Gone.")))
    assert caught.value.message.startswith("the note: none of its 2 files could be read: ../one.txt has a name")
    assert caught.value.hint == "Ask the sender for the files themselves."


def test_a_locked_file_in_a_zip_is_said_to_be_locked() -> None:
    data = bytearray(files.packed(("locked.txt", b"Gone."), ("note.txt", b"Leg pain.")))
    struct.pack_into("<H", data, data.index(b"PK\x03\x04") + 6, 1)
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 8, 1)
    document = read_document(bytes(data))
    assert document.text == "Leg pain."
    (unread,) = document.unread
    assert unread.reason == "locked.txt is locked with a password"


def test_a_word_file_that_was_cut_off_is_called_one() -> None:
    from benchmarks import formats

    assert refused(formats.as_docx("Leg pain for eight months.")[:3000]) == (
        "the note is a damaged or cut off Word file"
    )


def test_a_zip_inside_a_zip_is_not_unpacked() -> None:
    inner = files.packed(("inner.txt", b"Inner."))
    document = read_document(files.packed(("inner.zip", inner), ("note.txt", b"Leg pain.")))
    assert document.text == "Leg pain."
    assert [(unread.file, unread.reason) for unread in document.unread] == [
        ("inner.zip", "it is a ZIP file inside another file, which is not read")
    ]


def test_too_many_files_in_a_zip_are_refused() -> None:
    data = files.packed(*((f"{number}.txt", b"Leg pain.") for number in range(101)))
    assert refused(data) == "the note holds 101 files; at most 100 are read"


def test_a_damaged_entry_of_a_zip_is_named_and_the_rest_read() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        archive.writestr("bad.txt", b"Damaged words.")
        archive.writestr("note.txt", b"Leg pain.")
    data = out.getvalue().replace(b"Damaged words.", b"Damaged wor\0s.", 1)
    document = read_document(data)
    assert document.text == "Leg pain."
    assert "bad.txt is damaged inside its ZIP file" in document.unread[0].reason


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("before", [LAUGHS, OUTSIDE, '<!DOCTYPE l SYSTEM "http://example.org/x.dtd">'])
def test_entities_and_document_types_are_refused(before: str) -> None:
    data = files.ccda(files.section("HPI", "&f;&b;"), before=before)
    assert "declares a document type or entities" in refused(data)
    assert "declares a document type or entities" in refused(data.decode().replace("UTF-8", "UTF-16").encode("utf-16"))


def test_entities_in_a_word_file_are_refused() -> None:
    data = files.packed(("[Content_Types].xml", b"x"), ("word/document.xml", OUTSIDE.encode() + b"<w:document/>"))
    assert "declares a document type or entities" in refused(data)


def test_xml_that_breaks_off_says_where() -> None:
    whole = files.ccda(files.section("HPI", "Leg\npain\n"))
    assert refused(whole[:-30]) == "the note is not well-formed XML: it breaks off or is damaged at line 3"


def test_xml_nested_too_deep_is_refused() -> None:
    data = files.ccda(files.section("HPI", "<content>" * 200 + "pain" + "</content>" * 200))
    assert "nested deeper than 64" in refused(data) or "not well-formed" in refused(data)


def test_a_web_page_nested_too_deep_is_refused() -> None:
    page = b"<html><body><p>Leg pain" + b"<div>" * 100_000 + b"lost" + b"</div>" * 100_000
    assert refused(page) == "the note is nested too deep to be a clinical document"


@pytest.mark.parametrize("deep", [40, 100_000])
def test_json_nested_too_deep_is_refused(deep: int) -> None:
    data = b'{"resourceType": "Bundle", "x": ' + b"[" * deep + b"]" * deep + b"}"
    message = refused(data)
    assert "nested deeper than 32 levels" in message or "breaks off or is damaged" in message


def test_json_that_breaks_off_is_refused() -> None:
    whole = json.dumps(files.reference(b"Leg pain.")).encode()
    assert refused(whole[:-5]) == "the note is JSON that breaks off or is damaged"


def test_files_inside_files_inside_files_come_to_an_end() -> None:
    data = b"Leg pain."
    for _ in range(6):
        data = json.dumps(files.reference(data)).encode()
    with pytest.raises(InputError, match="too deep inside other files"):
        read_document(data)


def test_an_old_word_file_and_an_encrypted_one_are_refused() -> None:
    assert "old Word or Office file, or one with a password" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")


def test_rtf_with_unbalanced_and_endless_groups_ends() -> None:
    assert refused(b"{\\rtf1 " + b"{" * 200_000)
    assert read_document(b"{\\rtf1 Leg pain.").warnings == ("The file breaks off: its end is missing.",)


@pytest.mark.parametrize("number", ["25299999999999", "-99999", "70000"])
def test_rtf_with_the_number_of_no_letter_is_read_all_the_same(number: str) -> None:
    assert read_document(b"{\\rtf1 Leg pain \\u" + number.encode() + b" here.}").text.startswith("Leg pain \ufffd")


def test_a_web_page_of_nothing_says_so() -> None:
    assert "nothing on it that can be read" in refused(b"<!doctype html>")


def test_a_picture_beside_a_note_is_named() -> None:
    document = read_chart([b"Leg pain.", b"\x89PNG\r\n\x1a\nrest"])
    assert document.text == "Leg pain."
    assert [unread.reason for unread in document.unread] == [
        "it is a picture that is damaged or of a kind that is not read"
    ]


@pytest.mark.parametrize("data", [b"MSH|^~\\&|A", b"MSH|", b"MSH|^~\\&|A|B|C|D|2026||ADT^A01|1|P|2.5\rPID|1"])
def test_hl7_without_a_note_says_so(data: bytes) -> None:
    assert "HL7 v2 file without a note" in refused(data)


def test_a_damaged_attachment_is_named() -> None:
    attachment = {"attachment": {"data": "%%%", "title": "MRI"}}
    bad = {"resourceType": "DocumentReference", "status": "current", "content": [attachment]}
    document = read_document(files.bundle(bad, files.reference(b"Leg pain.")))
    assert [unread.reason for unread in document.unread] == ["MRI: its data is damaged"]


def test_no_word_of_the_file_stands_in_a_message() -> None:
    canary = "Wilhelmina Canary"
    broken = [
        files.pdf(canary)[:-200],
        files.ccda(files.section(canary, canary))[:-20],
        json.dumps({"resourceType": "Patient", "name": canary}).encode(),
        files.packed(("note.pdf", files.pdf(canary)[:50])),
        base64.b64encode(canary.encode()) + b"\0",
    ]
    for data in broken:
        assert canary not in outcome(data).replace(f"{canary}\n", "")
