"""Locked PDF and ZIP files are opened with their password once; a wrong one is told, and damage from it apart."""

from __future__ import annotations

import base64
from io import BytesIO
from zipfile import ZipFile

import pytest

from praxigen.documents import read_document, unlock_document
from praxigen.errors import InputError, LockedError
from support import files

TEXT = "Left leg pain for 8 months.\n" * 8
# Made by Info-ZIP and by pyzipper, which writes what WinZip and 7-Zip write; the password is "open sesame".
ZIPS = {
    "aes-256 deflated": (
        "UEsDBBQAAQBjAGI2dl0AAAAAPQAAAOAAAAAIAAsAbm90ZS50eHQBmQcAAgBBRQMIAF/geM1kJB8bhmLYiSJdiy783P/4qrNED0/B"
        "kg60IuOuh7/XnN4fyX8PxJhlrsJuiHl21VT+ym8Y5YpBRglQSwECFAMUAAEAYwBiNnZdAAAAAD0AAADgAAAACAALAAAAAAAAAAAA"
        "gAEAAAAAbm90ZS50eHQBmQcAAgBBRQMIAFBLBQYAAAAAAQABAEEAAABuAAAAAAA="
    ),
    "aes-128 stored": (
        "UEsDBBQAAQBjAGI2dl0AAAAA9AAAAOAAAAAIAAsAbm90ZS50eHQBmQcAAgBBRQEAAMl78+F2KEzZ4N81mNaajlLd5QoX2RoteQVs"
        "IKShzq2OIs9LEKf3oH7gGUKcsr/Ti9IZOhbOk3LDC9EG2GaHWLyJ0p5xeclV0A4VaBf/tmwYhpWwYGpU+pVUsaKb0p6P6XJ8iPJf"
        "0cjgejkZWKYVEyRTLs8TU4uXruuxG3QNJLiF0hCD8lVp4eomNsRGDf22qqFAYalRyir2KTHwc45QUdYTz8U2J5wTZq+ibi3O0Mlb"
        "lMjRiX/tZLhI6O3vgHS5LypdXSPWMy1m3FYywOIjaPeiTVQJNmvdhj1/XFcoZKx7wa3s8s8/ZEjShHUDyIlslNM+ULNQSwECFAMU"
        "AAEAYwBiNnZdAAAAAPQAAADgAAAACAALAAAAAAAAAAAAgAEAAAAAbm90ZS50eHQBmQcAAgBBRQEAAFBLBQYAAAAAAQABAEEAAAAl"
        "AQAAAAA="
    ),
    "pkware": (
        "UEsDBBQACQAIAGI2dl0hUOUuLQAAAOAAAAAIAAAAbm90ZS50eHRGICpljbL7iP6xQ8AQn2uEuR/F8t1LrCclp0V2OnNaAjMjxX6D"
        "32/1NHm49rdQSwcIIVDlLi0AAADgAAAAUEsBAh4DFAAJAAgAYjZ2XSFQ5S4tAAAA4AAAAAgAAAAAAAAAAQAAAKSBAAAAAG5vdGUu"
        "dHh0UEsFBgAAAAABAAEANgAAAGMAAAAAAA=="
    ),
}
LOCKED_PDF = files.pdf("Left leg pain.", password="open sesame")


def zipped(how: str) -> bytes:
    """The note in a locked ZIP."""
    return base64.b64decode(ZIPS[how])


@pytest.mark.parametrize("how", list(ZIPS))
def test_a_zip_is_opened_with_its_password(how: str) -> None:
    opened = unlock_document(zipped(how), "open sesame")
    with ZipFile(BytesIO(opened)) as archive:
        assert [(entry.filename, entry.flag_bits & 1) for entry in archive.infolist()] == [("note.txt", 0)]
        assert archive.read("note.txt").decode() == TEXT
    assert "Left leg pain for 8 months." in read_document(opened).text
    assert unlock_document(zipped(how), "open sesame") == opened


def test_a_pdf_is_opened_with_its_password() -> None:
    opened = unlock_document(LOCKED_PDF, "open sesame")
    assert read_document(opened).text == "Left leg pain.\n"


@pytest.mark.parametrize("data", [LOCKED_PDF, *map(zipped, ZIPS)])
@pytest.mark.parametrize("password", ["", "Open Sesame", "\N{SNOWMAN}", "open sesame "])
def test_a_wrong_password_is_told(data: bytes, password: str) -> None:
    with pytest.raises(LockedError) as told:
        unlock_document(data, password)
    assert told.value.message == "the file cannot be opened: the password does not open it"
    assert password not in told.value.message or not password


def test_each_of_many_wrong_passwords_of_an_old_zip_is_told() -> None:
    """The old way of locking lets one wrong password in 256 pass its first test."""
    from praxigen.documents.formats.unlock import unlock
    from praxigen.documents.parsed import Locked

    for number in range(600):
        with pytest.raises(Locked):
            unlock(zipped("pkware"), {"kind": "zip"}, str(number))


@pytest.mark.parametrize("how", list(ZIPS))
def test_a_locked_zip_without_a_password_is_locked(how: str) -> None:
    with pytest.raises(LockedError, match="is a ZIP file locked with a password"):
        read_document(zipped(how))


def test_a_zip_of_which_one_file_is_locked_is_read_and_opened() -> None:
    mixed = BytesIO(zipped("pkware"))
    with ZipFile(mixed, "a") as archive:
        archive.writestr("open.txt", "Right leg pain.")
    read = read_document(mixed.getvalue())
    assert "Right leg pain." in read.text
    assert [each.reason for each in read.unread] == ["note.txt is locked with a password"]
    assert "Left leg pain" in read_document(unlock_document(mixed.getvalue(), "open sesame")).text


@pytest.mark.parametrize("how", ["aes-256 deflated", "aes-128 stored"])
@pytest.mark.parametrize("at", [60, 90, -120])
def test_a_damaged_entry_is_refused(how: str, at: int) -> None:
    data = bytearray(zipped(how))
    data[at] ^= 0xFF
    with pytest.raises(InputError) as told:
        unlock_document(bytes(data), "open sesame")
    assert told.value.message in {
        "the file is damaged inside its ZIP file",
        "the file cannot be opened: the password does not open it",
        "the file is a damaged or cut off ZIP file",
        "the file is locked in a way that is not known",
    }


def test_what_has_no_lock_is_refused() -> None:
    with pytest.raises(InputError, match="no PDF and no ZIP file"):
        unlock_document(b"Left leg pain.", "open sesame")
    with pytest.raises(InputError, match="damaged"):
        unlock_document(b"%PDF-1.7\nnothing", "open sesame")
