"""Reading a note: nothing is lost, and what cannot be read is refused with one clear message."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from praxigen.documents import MAX_BYTES, read_document
from praxigen.errors import InputError


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_bytes("Leg pain 8/10.\r\nSchmerz: Füße\r\n".encode())
    document = read_document(note)
    assert document.name == "note.txt"
    assert document.text == "Leg pain 8/10.\r\nSchmerz: Füße\r\n"
    assert document.warnings == ()


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_document(b"\xef\xbb\xbfLeg pain").text == "Leg pain"


def test_utf_16_with_its_mark_is_read() -> None:
    assert read_document("Füße".encode("utf-16")).text == "Füße"


def test_a_name_can_be_given() -> None:
    assert read_document(b"Leg pain").name == "note"
    assert read_document(b"Leg pain", name="visit").name == "visit"


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Leg pain")))
    document = read_document("-")
    assert (document.name, document.text) == ("stdin", "Leg pain")


def test_bytes_that_are_not_utf_8_are_read_as_windows_1252_with_a_warning() -> None:
    document = read_document(b"The patient\x92s pain \x96 caf\xe9")
    assert document.text == "The patient\u2019s pain \u2013 caf\xe9"
    assert len(document.warnings) == 1
    assert "Windows-1252" in document.warnings[0]


def test_bytes_that_windows_1252_does_not_know_keep_their_place() -> None:
    data = bytes(range(0x80, 0x100)) + b" pain"
    text = read_document(data).text
    assert len(text) == len(data)
    assert text[0x81 - 0x80] == "\x81"
    assert text.endswith(" pain")


def test_a_mark_before_windows_1252_is_left_out_too() -> None:
    assert read_document(b"\xef\xbb\xbfcaf\xe9").text == "caf\xe9"


def test_one_line_is_a_note() -> None:
    assert read_document(b"Leg pain for eight months").text == "Leg pain for eight months"


def test_ten_megabytes_are_read_and_more_are_not() -> None:
    largest = b"pain " * (MAX_BYTES // 5)
    assert len(read_document(largest).text) == len(largest)
    with pytest.raises(InputError, match="larger than 10 MB") as caught:
        read_document(largest + b"pains")
    assert caught.value.exit_code == 3


def test_a_file_that_never_ends_is_refused() -> None:
    with pytest.raises(InputError, match="is a binary file"):
        read_document("/dev/zero")


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", "\u3000".encode()])
def test_an_empty_note_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="note is empty"):
        read_document(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\nrest", "a damaged or cut off PDF"),
        (b"\n%PDF-1.7\nrest", "a damaged or cut off PDF"),
        (b"PK\x03\x04....word/document.xml", "a damaged or cut off Word file"),
        (b"PK\x03\x04....xl/workbook.xml", "a spreadsheet"),
        (b"PK\x03\x04....other", "a damaged or cut off ZIP"),
        (b"\xd0\xcf\x11\xe0rest", "an old Word"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b'<?xml version="1.0"?><Patient xmlns="http://hl7.org/fhir"/>', "FHIR in XML"),
        (b'<?xml version="1.0"?><order xmlns="urn:x"/>', "XML of a kind"),
        (b"\x1f\x8b\x08rest", "a compressed file"),
        (b"pain\x00pain", "a binary file"),
        (b"\x01\x02\x03pain\x04\x05\x06", "a binary file"),
        (b"\xff\xfep\x00a", "a binary file"),
        (b"\xff\xfe\x00\xd8a\x00", "a binary file"),
    ],
)
def test_what_is_not_text_is_refused_and_named(data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=kind) as caught:
        read_document(data)
    assert caught.value.hint


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file") as caught:
        read_document(tmp_path / "none.txt")
    assert "none.txt" in caught.value.message
    assert "- reads standard input" in caught.value.hint


def test_a_folder_without_files_is_no_chart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder without files"):
        read_document(str(tmp_path))


def test_a_path_through_a_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("pain")
    with pytest.raises(InputError, match="there is no such file"):
        read_document(tmp_path / "note.txt" / "more")


def test_a_path_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="could not be read: not a path"):
        read_document("a\x00b")


def test_a_name_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputError, match="could not be read: File name too long"):
        read_document("a" * 5000)


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_arguments: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(InputError, match="no permission to read this file"):
        read_document(tmp_path / "note.txt")


def test_line_ends_and_form_feeds_stay() -> None:
    text = "one\r\ntwo\rthree\nfour\x0cfive\x0bsix\ttab"
    assert read_document(text.encode()).text == text
